import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

const dit = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');

describe('Les heures et les présences, jusqu’à l’arrêt du relevé', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());

  /** Lifted the next day because nobody thought of it, on the contract's clock. */
  async function oubliee(): Promise<void> {
    await salle.preparer({ jour: '2026-11-03', heure: '09:00', etat: 'relecture' });
    await sql`update seances set ouverte_le = '2026-11-03 08:20 Europe/Paris', levee_le = '2026-11-04 10:00 Europe/Paris', relecture_jusqu_a = null
      where id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
    await sql`update seance_participants set qualite = 'membre' where seance_id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
  }

  test('une levée oubliée se corrige avant l’arrêt, et le relevé imprime les heures réelles', async () => {
    await oubliee();
    const page = (await salle.lire(salle.anne, '/clore')).body;
    expect(dit(page)).toContain('ouverte à 8 h 20, levée le 4 novembre 2026 à 10 h ; prévue de 9 h à 11 h');
    const champs = lireFormulaire(page, `/seances/${salle.seance}/heures`);
    const refus = await salle.poster(salle.anne, '/heures', { ...champs, levee_jour: '2026-11-03', levee_heure: '08:00' });
    expect([refus.statusCode, dit(refus.body)]).toEqual([422, expect.stringContaining('se lève après son ouverture')]);
    expect(refus.body).toContain('value="08:00"');
    expect((await salle.poster(salle.anne, '/heures', { ...champs, levee_jour: '2026-11-03', levee_heure: '09:05' })).statusCode).toBe(303);
    const apres = dit((await salle.lire(salle.anne, '/clore')).body);
    expect(apres).toContain('Mardi 3 novembre 2026, ouverte à 8 h 20, levée à 9 h 05 ; prévue de 9 h à 11 h');
    const { au } = await salle.un(sql<{ au: string }>`
      select to_char(levee_le at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as au from seances where id = ${salle.seance}::uuid`);
    expect(au).toBe('2026-11-03 09:05');
    // Someone else corrects from the page as it was.
    expect((await salle.poster(salle.bruno, '/heures', { ...champs, levee_jour: '2026-11-03', levee_heure: '10:45' })).statusCode).toBe(409);
  });

  test('arrêter demande les présences qui manquent ; notées après la levée ou confirmées, le relevé les dit', async () => {
    await oubliee();
    const premier = await salle.poster(salle.anne, '/figer', {});
    expect(premier.statusCode).toBe(422);
    expect(dit(premier.body)).toMatch(/Vérifiez les heures réelles.*Notez les présences qui manquent/);
    const [maire, procureur] = [await salle.siege('Maire'), await salle.siege('Procureur')];
    const vide = await salle.poster(salle.anne, '/presences', { [`presence-${procureur}`]: 'present', [`avant-${procureur}`]: '||' });
    expect([vide.statusCode, dit(vide.body)]).toEqual([422, expect.stringContaining('« Procureur » est vacant')]);
    const notees = { [`presence-${maire}`]: 'present', [`avant-${maire}`]: '|', [`nom-${procureur}`]: 'Paul Essai', [`avant-${procureur}`]: '||' };
    expect((await salle.poster(salle.anne, '/presences', notees)).headers.location).toBe(`/seances/${salle.seance}/clore#presences`);
    const heures = /name="confirme_heures" value="([^"]+)"/.exec((await salle.lire(salle.anne, '/clore')).body)?.[1] ?? '';
    expect((await salle.poster(salle.anne, '/figer', { confirme_heures: heures })).statusCode).toBe(422);
    // Hours that were noted meanwhile are others than those which were said to be exact.
    await sql`update seances set levee_le = levee_le + interval '1 minute' where id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
    const autres = await salle.poster(salle.anne, '/figer', { confirme_heures: heures, confirme_presences: '1' });
    expect([autres.statusCode, dit(autres.body)]).toEqual([422, expect.stringContaining('Vérifiez les heures réelles')]);
    const vues = /name="confirme_heures" value="([^"]+)"/.exec(autres.body)?.[1] ?? '';
    const fait = await salle.poster(salle.anne, '/figer', { confirme_heures: vues, confirme_presences: '1' });
    expect([fait.statusCode, dit(fait.body)]).toEqual([303, '']);
    const releve = dit((await salle.lire(salle.anne, '/releve.html?genre=compte-rendu')).body);
    for (const mot of [
      'Présents (2)',
      'Paul Essai',
      'Présence non relevée (1)',
      'Jeanne Essai',
      'Siège vacant : Commissaire central',
      '2 présents, 1 présence non relevée, 1 siège vacant',
    ])
      expect([mot, releve.includes(mot)]).toEqual([mot, true]);
    expect(releve).not.toMatch(/sans présence relevée|Aucune note n’a été prise/);
    expect((await salle.poster(salle.anne, '/presences', notees)).statusCode).toBe(409);
  });
});
