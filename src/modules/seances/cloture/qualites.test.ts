/** In which quality minutes are approved, and for which chair: kept with the approval, told, contested, read by everybody. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { courriels } from '../../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { dit, type Gens, ouvrirSalle, type Salle } from '../tenue/tenue.fixtures.ts';

const TITULAIRE = 'titulaire@exemple.fr';
const SUPPLEANT = 'suppleant@exemple.fr';

describe('Un relevé s’approuve dans une qualité', () => {
  let salle: Salle;
  let titulaire: Gens;
  beforeAll(async () => {
    salle = await ouvrirSalle();
    titulaire = await salle.personne(TITULAIRE);
  });
  afterAll(() => salle.app.close());

  const clore = async (q: Gens) => (await salle.lire(q, '/clore')).body;
  const releve = async () => dit((await salle.lire(salle.anne, '/releve.html?genre=compte-rendu')).body);
  const figer = () => salle.figer();
  const lettres = async (objet: string) => (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet));
  const champs = async (q: Gens) => lireFormulaire(await clore(q), `/seances/${salle.seance}/approuver`) as Record<string, unknown>;
  const un = (x: unknown): string => String([x].flat()[0] ?? '');
  const approuver = async (q: Gens, plus: Record<string, string> = {}) => {
    const lus = await champs(q);
    return (await salle.poster(q, '/approuver', { empreinte: un(lus.empreinte), participant: un(lus.participant), ...plus })).statusCode;
  };
  const traces = async (action: string) =>
    (
      await sql<{ voie: string }>`select details ->> 'voie' as voie from audit where objet = ${`/seances/${salle.seance}`} and action = ${action}`.execute(
        salle.app.base.owner,
      )
    ).rows.map((r) => r.voie);
  const asseoir = async (fonction: string, poser: ReturnType<typeof sql>) => {
    const { owner } = salle.app.base;
    const id = await salle.siege(fonction);
    await sql`update seance_participants set ${poser} where id = ${id}::uuid`.execute(owner);
    await sql`update instance_membres m set ${poser} from seance_participants p where p.id = ${id}::uuid and m.id = p.membre_id`.execute(owner);
    return id;
  };
  async function lever(avant: () => Promise<unknown> = async () => undefined) {
    const { owner } = salle.app.base;
    await salle.preparer({}, { confidentialite: 'publique' });
    const maire = await asseoir('Maire', sql`courriel = ${TITULAIRE}, suppleant_nom = 'Paul Petit', suppleant_courriel = ${SUPPLEANT}`);
    await avant();
    await sql`update seance_participants set presence = 'present' where seance_id = ${salle.seance}::uuid and qualite = 'president'`.execute(owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
    return maire;
  }
  const donner = (participant: string, poser: ReturnType<typeof sql>) =>
    sql`update instance_membres set ${poser} where id = (select membre_id from seance_participants where id = ${participant}::uuid)`.execute(
      salle.app.base.owner,
    );

  test('qui préside désormais le dit partout ; qui présidait l’apprend, le conteste, puis le confirme ; rien n’est écrit deux fois', async () => {
    const maire = await lever();
    await donner(maire, sql`nom = 'Ada Neuve', courriel = 'ada@exemple.fr', suppleant_nom = '', suppleant_courriel = ''`);
    const ada = await salle.personne('ada@exemple.fr');
    const empreinte = un((await champs(ada)).empreinte);
    expect(dit(await clore(ada))).toContain('Pour : Maire, qui préside désormais');
    for (let fois = 0; fois < 2; fois += 1) expect((await salle.poster(ada, '/approuver', { empreinte, participant: maire })).statusCode).toBe(303);
    expect(await releve()).toContain('ada, qui préside désormais');
    const [lettre, ...autres] = await lettres('Approbation en votre nom');
    expect([lettre?.pour, autres, await traces('seance.approuvee')]).toEqual([TITULAIRE, [], ['successeur']]);
    expect(lettre?.texte).toContain('ada, qui préside désormais, vient d’approuver le relevé');
    expect(dit(await clore(titulaire))).toContain('Qui préside désormais a approuvé ce relevé');
    const reponse = { empreinte, participant: maire, acte: 'contester', contestation: 'Ce n’est pas ce qui fut dit' };
    // Who gave it does not answer for it.
    expect((await salle.poster(ada, '/approbations/repondre', reponse)).statusCode).toBe(409);
    expect((await salle.poster(titulaire, '/approbations/repondre', reponse)).statusCode).toBe(303);
    expect((await lettres('Approbation contestée')).find((x) => x.pour === 'ada@exemple.fr')?.texte).toContain(
      'l’approbation donnée par qui préside désormais',
    );
    expect((await salle.poster(ada, '/approuver', { empreinte, participant: maire })).statusCode).toBe(409);
    expect((await salle.poster(titulaire, '/approbations/repondre', { empreinte, participant: maire, acte: 'confirmer' })).statusCode).toBe(303);
    expect(await releve()).toContain('donnée par qui préside désormais ; confirmée depuis par titulaire');
    expect((await figer()).statusCode).toBe(303);
  });

  test('la suppléance de qui préside désormais n’est pas qui préside : elle approuve et confirme sous ce nom', async () => {
    const { owner } = salle.app.base;
    const maire = await lever();
    await sql`update comptes set ferme_le = now() where courriel = ${TITULAIRE}`.execute(owner);
    await donner(maire, sql`suppleant_nom = 'Sam Nouveau', suppleant_courriel = 'sam@exemple.fr'`);
    const sam = await salle.personne('sam@exemple.fr');
    expect(await approuver(sam)).toBe(303);
    expect([await traces('seance.approuvee'), (await releve()).includes('sam, en suppléance de qui préside désormais')]).toEqual([
      ['suppleant_successeur'],
      true,
    ]);
    // What is noted is answered so too.
    await lever();
    await donner(await salle.siege('Maire'), sql`suppleant_nom = 'Sam Nouveau', suppleant_courriel = 'sam@exemple.fr'`);
    const participant = await salle.siege('Maire');
    const empreinte = un((await champs(sam)).empreinte);
    expect((await salle.poster(salle.anne, '/approbations', { participant, piece: 'Message du cabinet', empreinte })).statusCode).toBe(303);
    expect((await salle.poster(sam, '/approbations/repondre', { participant, empreinte, acte: 'confirmer' })).statusCode).toBe(303);
    expect(await releve()).toContain('confirmée depuis par sam, en suppléance de qui préside désormais');
    await sql`update comptes set ferme_le = null where courriel = ${TITULAIRE}`.execute(owner);
  });

  test('qui a plusieurs présidences approuve et répond pour celle que le formulaire nomme, la sienne d’abord', async () => {
    let procureure = '';
    const maire = await lever(async () => {
      await asseoir('Maire', sql`suppleant_nom = 'Pia Loi', suppleant_courriel = 'pia@exemple.fr'`);
      procureure = await asseoir('Procureur', sql`qualite = 'president', nom = 'Pia Loi', courriel = 'pia@exemple.fr'`);
    });
    const pia = await salle.personne('pia@exemple.fr');
    expect(dit(await clore(pia))).toMatch(/Pour : Procureur\. Approuver ce relevé .* Pour : Maire, en suppléance de Fatou Ndiaye\. Approuver ce relevé/);
    expect(un((await champs(pia)).participant)).toBe(procureure);
    expect([await approuver(pia, { participant: '' }), await approuver(pia, { participant: await salle.siege('Commissaire central') })]).toEqual([409, 403]);
    expect(await approuver(pia)).toBe(303);
    const voies = async () =>
      (
        await sql<{ dit: string }>`select fonction || ' ' || a.voie as dit from seance_approbations a join seance_participants p on p.id = a.participant_id
          where a.seance_id = ${salle.seance}::uuid order by 1`.execute(salle.app.base.owner)
      ).rows.map((r) => r.dit);
    expect([await voies(), await lettres('Approbation en votre nom')]).toEqual([['Procureur titulaire'], []]);
    expect(await approuver(pia)).toBe(303);
    expect(await voies()).toEqual(['Maire suppleant', 'Procureur titulaire']);
    expect((await lettres('Approbation en votre nom')).map((x) => x.pour)).toEqual([TITULAIRE]);
    expect((await figer()).statusCode).toBe(303);
    expect(maire).not.toBe(procureure);
  });

  test('le public ne lit plus contestée une présence qu’un rectificatif a corrigée', async () => {
    const { owner } = salle.app.base;
    const elle = { id: '' };
    await lever(async () => {
      elle.id = await asseoir('Directrice du collège', sql`courriel = 'directrice@exemple.fr'`);
      await sql`update seance_participants set presence = 'represente', represente_par = 'Alice Avant' where id = ${elle.id}::uuid`.execute(owner);
    });
    const directrice = await salle.personne('directrice@exemple.fr');
    const contestee = { participant: elle.id, vu: 'represente|Alice Avant', acte: 'contester', contestation: 'Je n’ai pas envoyé Alice' };
    expect((await salle.poster(directrice, '/presences/contester', contestee)).statusCode).toBe(303);
    const publier = async () => {
      expect(await approuver(titulaire)).toBe(303);
      expect((await figer()).statusCode).toBe(303);
      const url = `/seances/${salle.seance}/publier`;
      const lus = lireFormulaire((await salle.lire(salle.anne, '/publier')).body, url) as Record<string, unknown>;
      const champsLus = Object.fromEntries(Object.entries(lus).map(([nom, x]) => [nom, un(x)]));
      const r = await salle.poster(salle.anne, '/publier', champsLus);
      const confirme = /name="confirme"[^>]* value="([^"]+)"/.exec(r.body)?.[1];
      if (confirme) expect((await salle.poster(salle.anne, '/publier', { ...champsLus, confirme })).statusCode).toBe(303);
      else expect(r.statusCode).toBe(303);
      return dit((await salle.app.serveur.inject({ url: `/releves/${salle.seance}` })).body);
    };
    expect(await publier()).toContain('Présence contestée');
    expect((await salle.poster(salle.anne, '/rectifier', { motif: 'Benoît la représentait' })).statusCode).toBe(303);
    const corrigee = { [`presence-${elle.id}`]: 'represente', [`par-${elle.id}`]: 'Benoît Après', [`avant-${elle.id}`]: 'represente|Alice Avant' };
    expect((await salle.poster(salle.anne, '/presences', corrigee)).statusCode).toBe(303);
    expect(await publier()).not.toContain('Présence contestée');
  });
});
