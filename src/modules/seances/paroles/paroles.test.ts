/** Who may say what by the link of a letter: from which address, and what the page tells of who noted it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { jourDe } from '../../../core/clock.ts';
import { ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';
import { cheminDeParole, type Notee } from './lien.rules.ts';

/** As people read them. */
const dit = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');
const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const [TITULAIRE, SUPPLEANT, TIERS] = ['titulaire@exemple.fr', 'suppleant@exemple.fr', 'directrice@exemple.fr'];

describe('Le lien d’une lettre', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());

  const ouvrir = (url: string) => salle.app.serveur.inject({ url });
  const repondre = async (url: string, champs: Record<string, string>) =>
    (
      await salle.app.serveur.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(champs).toString(),
      })
    ).statusCode;
  const lettres = async () =>
    (await courriels(salle.app, `/seances/${salle.seance}`))
      .filter((x) => x.sujet.startsWith('Approbation en votre nom'))
      .map((x) => ({ a: x.destinataire, texte: x.texte }));
  const poserAuSiege = (maire: string, courriel: string) =>
    sql`update instance_membres m set courriel = ${courriel} from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id`.execute(
      salle.app.base.owner,
    );
  /** A session whose president and substitute were convoked; represented by the headmistress. */
  async function lever(confidentialite: string) {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite });
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    const poser = sql`courriel = ${TITULAIRE}, suppleant_nom = 'Paul Petit', suppleant_courriel = ${SUPPLEANT}`;
    await sql`update seance_participants set ${poser} where id = ${maire}::uuid`.execute(owner);
    await sql`update seance_participants set courriel = ${TIERS} where id = ${directrice}::uuid`.execute(owner);
    await sql`update instance_membres m set ${poser} from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id`.execute(owner);
    await sql`update instance_membres m set courriel = ${TIERS} from seance_participants p where p.id = ${directrice}::uuid and m.id = p.membre_id`.execute(
      owner,
    );
    await salle.convoquer();
    const presence = { [`presence-${maire}`]: 'represente', [`par-${maire}`]: 'Jeanne Essai', [`avant-${maire}`]: '|' };
    expect((await salle.poster(salle.anne, '/presences', presence)).statusCode).toBe(303);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return maire;
  }
  async function noter(maire: string): Promise<string> {
    const empreinte = /name="empreinte" value="([0-9a-f]{64})"/.exec((await salle.lire(salle.anne, '/clore')).body)?.[1] ?? '';
    const champs = { participant: maire, piece: 'Message du cabinet', empreinte, confirme_absence: maire };
    expect((await salle.poster(salle.anne, '/approbations', champs)).statusCode).toBe(303);
    return empreinte;
  }

  test('une adresse changée depuis la séance ne dit rien sans compte ; celle de la convocation l’apprend et confirme', async () => {
    const maire = await lever('publique');
    await poserAuSiege(maire, 'boite@exemple.fr');
    const empreinte = await noter(maire);
    const ecrites = await lettres();
    expect(ecrites.map((x) => x.a).sort()).toEqual(['boite@exemple.fr', SUPPLEANT, TITULAIRE].sort());
    const [neuve, ancienne] = ['boite@exemple.fr', TITULAIRE].map((a) => ecrites.find((x) => x.a === a)?.texte ?? '');
    expect(neuve).toContain('ou contestez-la, avec le compte de cette adresse');
    expect(ancienne).toMatch(/part aussi à une adresse où ce siège n’a pas été convoqué[\s\S]*ou contestez-la, sans compte/);
    const page = dit((await ouvrir(lien(neuve ?? ''))).body);
    expect(
      ['Confirmer cette approbation', 'Contester cette approbation', 'connectez-vous avec le compte de cette adresse'].map((x) => page.includes(x)),
    ).toEqual([false, false, true]);
    expect(await repondre(lien(neuve ?? ''), { acte: 'confirmer', empreinte })).toBe(403);
    const contester = { acte: 'contester', empreinte, contestation: 'Je n’ai rien approuvé' };
    expect(await repondre(lien(neuve ?? ''), contester)).toBe(403);
    expect(await repondre(lien(ancienne ?? ''), { acte: 'confirmer', empreinte })).toBe(303);
    expect(dit((await salle.lire(salle.anne, '/releve.html')).body)).toContain(
      'confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye',
    );
  });

  test.each(['publique', 'restreinte'])('d’une instance %s, la page dit qui a noté, ou tait nom et organisation, par chaque voie', async (confidentialite) => {
    const maire = await lever(confidentialite);
    const empreinte = await noter(maire);
    const chemin = (notee: Notee, adresse: string) =>
      cheminDeParole(salle.app.coffre, { seanceId: salle.seance, participantId: maire }, notee, { adresse, aujourdhui: jourDe(new Date(), 'Europe/Paris') });
    const presence: Notee = { genre: 'presence', presence: 'represente', representePar: 'Jeanne Essai' };
    const chemins = [
      ...[TITULAIRE, SUPPLEANT].map((a) => chemin({ genre: 'approbation', empreinte }, a)),
      ...[TITULAIRE, SUPPLEANT, TIERS].map((a) => chemin(presence, a)),
    ];
    const organisation = salle.app.catalogue.nomActeur('DPMP').replace(/[\s\u00a0\u202f]+/g, ' ');
    const lues = await Promise.all(
      chemins.map(async (url) => {
        const { statusCode, body } = await ouvrir(url);
        const corps = dit(/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '');
        return [statusCode, corps.includes('Anne Essai'), corps.includes(organisation), corps.includes('Jeanne Essai')];
      }),
    );
    const nomme = confidentialite === 'publique';
    // Who is said to stand in is named to the holder and their substitute alone, who read it in words.
    expect(lues).toEqual(chemins.map((_, i) => [200, nomme, nomme, nomme && (i === 2 || i === 3)]));
    const ecrites = (await lettres()).map(({ texte }) => dit(texte.replace(/\/paroles\/\S+/g, '')));
    expect(ecrites.map((x) => [x.includes('Anne Essai'), x.includes(organisation)])).toEqual([TITULAIRE, SUPPLEANT].map(() => [nomme, nomme]));
  });
});
