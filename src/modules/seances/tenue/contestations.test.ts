/** What is contested of a presence once its author has left, or once the minutes have. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { faireTravaux } from '../../../../tests/support/travaux.ts';
import { dit, type Gens, ouvrirSalle, type Salle } from './tenue.fixtures.ts';

const DIRECTRICE = 'directrice@exemple.fr';

describe('Une présence contestée', () => {
  let salle: Salle;
  let directrice: Gens;
  beforeAll(async () => {
    salle = await ouvrirSalle();
    directrice = await salle.personne(DIRECTRICE);
  });
  afterAll(() => salle.app.close());

  const releve = async () => dit((await salle.lire(salle.anne, '/releve.html?genre=compte-rendu')).body);
  const clore = async () => dit((await salle.lire(salle.anne, '/clore')).body);
  const lettresDe = async (objet: string) =>
    (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet)).map((x) => ({ a: x.pour, texte: x.texte }));
  const siegeDe = (id: string) => sql`(select membre_id from seance_participants where id = ${id}::uuid)`;
  /** Lifted, the director noted absent, whom the body writes to. */
  async function lever(confidentialite = 'publique') {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite });
    const elle = await salle.siege('Directrice du collège');
    await sql`update seance_participants set courriel = ${DIRECTRICE}, presence = 'absent' where id = ${elle}::uuid`.execute(owner);
    await sql`update instance_membres set courriel = ${DIRECTRICE} where id = ${siegeDe(elle)}`.execute(owner);
    await salle.convoquer();
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return elle;
  }
  const contester = (participant: string) =>
    salle.poster(directrice, '/presences/contester', { participant, vu: 'absent|', contestation: 'J’y étais de bout en bout', acte: 'contester' });
  const classer = async (participant: string, q = salle.anne, classement = 'Partie du collège, jointe par téléphone') => {
    const { rang } = await salle.un(
      sql<{ rang: number }>`select max(rang) as rang from seance_presence_mots where participant_id = ${participant}::uuid and acte = 'contestee'`,
    );
    return salle.poster(q, '/presences/classer', { participant, vu: 'absent|', rang: String(rang), classement });
  };

  test('se classe par qui tient l’instance quand son auteur est parti, et alors seulement : le relevé dit l’une et l’autre', async () => {
    const { owner } = salle.app.base;
    const elle = await lever();
    expect((await contester(elle)).statusCode).toBe(303);
    // She is there: nobody else settles it.
    expect([(await clore()).includes('Contestations de personnes parties'), (await classer(elle)).statusCode]).toEqual([false, 409]);
    // Her name written otherwise, her seat ended and given to her again: she is there. So she is as long as she signs in.
    await sql`update instance_membres set nom = 'ESSAI Jeanne' where id = ${siegeDe(elle)}`.execute(owner);
    expect([(await clore()).includes('Contestations de personnes parties'), (await classer(elle)).statusCode]).toEqual([false, 409]);
    await sql`update instance_membres set fin = current_date - 1 where id = ${siegeDe(elle)}`.execute(owner);
    expect((await classer(elle)).statusCode).toBe(409);
    const compte = (de: string, vers: string) => sql`update comptes set courriel = ${vers} where courriel = ${de}`.execute(owner);
    await compte(DIRECTRICE, 'ailleurs@exemple.fr');
    await sql`
      insert into instance_membres (contrat_id, instance_id, qualite, fonction, organisation_id, nom, courriel, debut, ordre)
      select contrat_id, instance_id, qualite, 'Autre siège', organisation_id, 'Jeanne ESSAI', courriel, current_date, 90
      from instance_membres where id = ${siegeDe(elle)}`.execute(owner);
    expect((await classer(elle)).statusCode).toBe(409);
    await sql`delete from instance_membres where fonction = 'Autre siège'`.execute(owner);
    expect(await clore()).toMatch(/Contestations de personnes parties .*contestée par directrice : « J’y étais de bout en bout »/);
    expect((await classer(elle, directrice)).statusCode).not.toBe(303);
    const court = await classer(elle, salle.anne, 'non');
    expect([court.statusCode, dit(court.body).includes('pourquoi vous classez')]).toEqual([422, true]);
    expect((await classer(elle)).statusCode).toBe(303);
    expect((await classer(elle)).statusCode).toBe(409);
    expect(await releve()).toMatch(/contestée par directrice : « J’y étais de bout en bout » ; contestation classée par Anne Essai : « Partie du collège/);
    expect(await releve()).not.toContain('1 présence contestée');
    const trace = await sql<{ pour: string }>`
      select details ->> 'participant' as pour from audit where objet = ${`/seances/${salle.seance}`} and action = 'seance.contestation_classee'`.execute(
      owner,
    );
    expect(trace.rows).toEqual([{ pour: elle }]);
    // Where she still reads, she learns it, and may say it again.
    const [lettre, ...autres] = await lettresDe('Contestation classée');
    expect([lettre?.a, autres]).toEqual([DIRECTRICE, []]);
    const url = /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(lettre?.texte ?? '')?.[0] ?? '';
    expect(dit((await salle.app.serveur.inject({ url })).body)).toContain('Vous l’avez contesté, et le secrétariat l’a classé');
    const encore = await salle.app.serveur.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ acte: 'contester', contestation: 'Je le maintiens' }).toString(),
    });
    expect([encore.statusCode, (await releve()).includes('1 présence contestée')]).toEqual([303, true]);
    await compte('ailleurs@exemple.fr', DIRECTRICE);
  });

  test('d’une personne dont le compte est fermé se classe aussi, et personne n’est là pour le lire', async () => {
    const { owner } = salle.app.base;
    const elle = await lever();
    expect((await contester(elle)).statusCode).toBe(303);
    await sql`update comptes set ferme_le = now() where courriel = ${DIRECTRICE}`.execute(owner);
    expect((await classer(elle)).statusCode).toBe(303);
    await sql`update comptes set ferme_le = null where courriel = ${DIRECTRICE}`.execute(owner);
    expect([(await clore()).includes('Contestations de personnes parties'), await lettresDe('Contestation classée')]).toEqual([false, []]);
  });

  test('après le départ du relevé, est dite à ceux qui l’ont reçu, comme sa reprise ; d’une instance restreinte, sans nommer personne', async () => {
    const { owner } = salle.app.base;
    for (const [confidentialite, mots] of [
      [
        'publique',
        /La présence notée de Jeanne Essai \(« absent »\) est contestée par directrice\.[\s\S]*Les fichiers reçus ne le disent pas[\s\S]*\/clore#releve/,
      ],
      ['restreinte', /Vous avez reçu le relevé d’une réunion d’une instance dont vous êtes membre\. Une présence qu’il note est contestée\./],
    ] as const) {
      const elle = await lever(confidentialite);
      const maire = await salle.siege('Maire');
      await sql`update seance_participants set courriel = 'maire@exemple.fr', qualite = 'membre' where id = ${maire}::uuid`.execute(owner);
      // Before it left, nobody has anything to be told.
      expect((await contester(elle)).statusCode).toBe(303);
      expect((await salle.poster(directrice, '/presences/contester', { participant: elle, vu: 'absent|', acte: 'reprendre' })).statusCode).toBe(303);
      expect((await lettresDe('Présence')).filter((x) => x.a === 'maire@exemple.fr')).toEqual([]);
      expect((await salle.figer()).statusCode).toBe(303);
      await faireTravaux(salle.app);
      expect((await contester(elle)).statusCode).toBe(303);
      const dites = (await lettresDe('Présence contestée')).filter((x) => x.a === 'maire@exemple.fr');
      expect(dites.map((x) => mots.test(x.texte))).toEqual([true]);
      expect((await salle.poster(directrice, '/presences/contester', { participant: elle, vu: 'absent|', acte: 'reprendre' })).statusCode).toBe(303);
      expect((await lettresDe('Présence plus contestée')).map((x) => x.a)).toEqual(['maire@exemple.fr']);
    }
  });
});
