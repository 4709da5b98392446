/** Conventions, charters, orders and protocols of sites, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { jourDans } from '../../../tests/support/jours.ts';
import { HOUSE } from '../../modules.ts';
import { listComptes } from '../comptes/sessions.queries.ts';
import { verifierEcheances } from '../echeances/accorder.ts';
import { envoyerRappels } from '../echeances/index.ts';
import { listSources } from '../echeances/genres.ts';
import { creerInstance, creerMembre } from '../instances/instances.fixtures.ts';
import { creerActe } from './conventions.fixtures.ts';

let app: AppDeTest;
const k = () => app.contratId;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const RECTORAT: Qui = { comme: 'agent', organisation: 'RECTORAT' };
const PP: Qui = { comme: 'agent', organisation: 'PP' };
const PARQUET: Qui = { comme: 'agent', organisation: 'PARQUET' };
const ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
const idDe = (r: { headers: { location?: unknown } }): string => ID.exec(String(r.headers.location))?.[1] ?? '';
const creer = async (champs: Record<string, string | string[]>, qui: Qui = COORDINATION): Promise<string> => {
  const r = await app.post('/conventions/nouvelle', { nature: 'convention', porteur: 'DPMP', ...champs }, qui);
  expect([champs.titre, r.statusCode]).toEqual([champs.titre, 303]);
  return idDe(r);
};
const partie = async (acte: string, organisation: string, signee = ''): Promise<void> => {
  const r = await app.post(
    `/conventions/${acte}/parties/nouvelle`,
    { ...(organisation === organisation.toUpperCase() ? { organisation } : { nom: organisation }), signee_le: signee },
    COORDINATION,
  );
  expect([organisation, r.statusCode]).toEqual([organisation, 303]);
};
const texte = (acte: string, champs: Record<string, string> = {}) =>
  app.post(`/conventions/${acte}/textes/nouveau`, { genre: 'texte', resume: 'Texte signé', texte: 'Article 1. Un point par mois.', ...champs }, COORDINATION);
/** A convention in force, of the Rectorat and the Préfecture. */
const enVigueur = async (titre: string, champs: Record<string, string | string[]> = {}, jour = jourDans(-100)): Promise<string> => {
  const id = await creer({ titre, effet: jour, ...champs });
  await partie(id, 'RECTORAT', jour);
  await partie(id, 'PP', jour);
  await texte(id);
  return id;
};
/** What another noted in their name is theirs. */
const confirmer = async (acte: string, ...qui: Qui[]): Promise<void> => {
  for (const q of qui) {
    const { rows } = await sql<{ id: string; rang: number }>`
      select id, max(rang) as rang from convention_paroles where convention_id = ${acte}::uuid and de = ${q.organisation ?? ''} group by id having max(rang) = 1`.execute(
      app.base.owner,
    );
    for (const x of rows) expect((await app.post(`/conventions/${acte}/paroles/${x.id}`, { acte: 'confirmer', vu: String(x.rang) }, q)).statusCode).toBe(303);
  }
};
/** As it is read: without the spaces that do not break. */
const lisible = (corps: string): string => corps.replace(/[\u00a0\u202f]/g, ' ');
const page = async (id: string, qui?: Qui): Promise<string> => lisible((await app.get(`/conventions/${id}`, qui ?? COORDINATION)).body);
const etat = async (id: string): Promise<string> => /c-entete-page__etiquette"><strong[^>]*>([^<]+)</.exec(await page(id))?.[1] ?? '';
const dus = async (acte: string) =>
  (
    await sql<{ genre: string; qui: string; due: string | null; soldee: boolean; motif: string }>`
      select genre, organisation_id as qui, due_le as due, soldee_le is not null as soldee, sans_objet_motif as motif
      from echeances where contrat_id = ${k()} and sujet = ${acte} order by genre, organisation_id, ordre`.execute(app.base.owner)
  ).rows;
/** Without what parties have to confirm (signatures.test). */
const ouverts = async (acte: string) =>
  (await dus(acte))
    .filter((d) => !d.soldee && d.motif === '' && d.genre !== 'acte-confirmation' && d.genre !== 'acte-parole')
    .map((d) => [d.genre, d.qui, d.due]);
const differences = aLHeureDeParis(async () =>
  (await verifierEcheances(app.base.owner, k(), { maintenant: new Date() })).differences.filter((d) => JSON.stringify(d).includes('acte-')),
);
const fichier = async (url: string, champs: Record<string, string>, f: { nom: string; contenu: string | Buffer }, qui: Qui) => {
  const morceaux = Object.entries(champs).map(([nom, v]) => Buffer.from(`--lim\r\ncontent-disposition: form-data; name="${nom}"\r\n\r\n${v}\r\n`));
  const tete = Buffer.from(`--lim\r\ncontent-disposition: form-data; name="fichier"; filename="${f.nom}"\r\ncontent-type: application/octet-stream\r\n\r\n`);
  return app.serveur.inject({
    method: 'POST',
    url,
    headers: { cookie: await app.temoin(qui), 'content-type': 'multipart/form-data; boundary=lim' },
    payload: Buffer.concat([...morceaux, tete, Buffer.from(f.contenu), Buffer.from('\r\n--lim--\r\n')]),
  });
};

describe('Ce que le contrat demande', () => {
  test('est connu d’avance : sans acte, le texte n’a jamais été déposé, et rien ne le dit en vigueur', async () => {
    const attendus = (await app.get('/conventions/attendus', PP)).body;
    expect(attendus).toContain('Protocole MIPROF mineurs victimes de prostitution');
    expect((await app.get('/conventions?systeme=CONV-06&territoire=tous', PP)).body).toContain('texte jamais déposé');
    expect((await app.get('/dispositifs/CONV-06', PP)).body).toContain('/conventions?systeme=CONV-06');
    expect((await app.get('/fiches/1.5', PP)).body).toContain('texte jamais déposé');
    expect((await app.get('/fiches/1.5')).body).not.toContain('texte jamais déposé');
    const nouvelle = (await app.get('/conventions/nouvelle?systeme=CONV-06', PP)).body;
    expect(nouvelle).toContain('value="Protocole MIPROF mineurs victimes de prostitution"');
    expect((await app.get('/conventions/attendus')).statusCode).toBe(303);
  });
});

describe('La vie d’une convention', () => {
  test('CONV-01, convention : ses parties signent une à une, son échéance approche, sa revue se tient ; son état suit sans qu’on l’écrive', async () => {
    const id = await creer({ titre: 'Convention suivie', systemes: ['CONV-01'], effet: jourDans(-200), fin: jourDans(60), preavis: '30', revue: '6' });
    expect(await etat(id)).toBe('en négociation');
    for (const p of ['RECTORAT', 'PP']) await partie(id, p);
    await partie(id, 'Lycée partenaire');
    expect(await ouverts(id)).toEqual([
      ['acte-signature', 'DPMP', jourDans(-200)],
      ['acte-signature', 'PP', jourDans(-200)],
      ['acte-signature', 'RECTORAT', jourDans(-200)],
    ]);
    const lignes = [...(await page(id)).matchAll(/parties\/([0-9a-f-]{36})/g)].map((m) => m[1] ?? '');
    expect(lignes).toHaveLength(3);
    // Each party says for itself; nobody says for another.
    const [rectorat = '', pp = '', lycee = ''] = lignes;
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'signer', vu: '0', jour: jourDans(-201) }, RECTORAT)).statusCode).toBe(403);
    expect((await app.post(`/conventions/${id}/parties/${rectorat}`, { acte: 'signer', vu: '0', jour: jourDans(2) }, RECTORAT)).body).toContain(
      'n’est pas encore passé',
    );
    expect(
      (await app.post(`/conventions/${id}/parties/${rectorat}`, { acte: 'signer', vu: '0', jour: jourDans(-201), signataire: 'Ada Fictive' }, RECTORAT))
        .statusCode,
    ).toBe(303);
    expect(await etat(id)).toBe('texte jamais déposé');
    await texte(id);
    expect(await etat(id)).toBe('signée par 1 sur 3');
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'signer', vu: '0', jour: jourDans(-201) }, PP)).statusCode).toBe(303);
    expect((await app.post(`/conventions/${id}/parties/${pp}`, { acte: 'signer', vu: '0', jour: jourDans(-201) }, PP)).statusCode).toBe(409);
    expect((await app.post(`/conventions/${id}/parties/${lycee}`, { acte: 'signer', vu: '0', jour: jourDans(-200) }, COORDINATION)).statusCode).toBe(303);
    expect(await etat(id)).toBe('à renouveler');
    expect((await ouverts(id)).map((d) => d[0])).toEqual(['acte-renouvellement', 'acte-revue']);
    expect(lisible((await app.get('/echeances?territoire=tous&genre=acte-revue', COORDINATION)).body)).toContain('Tenir la revue : Convention suivie');
    // The review is late; held, the next one comes.
    expect(await page(id)).toContain('elle est en retard');
    expect((await app.post(`/conventions/${id}/revues/nouvelle`, { jour: jourDans(-300), issue: 'poursuivre' }, COORDINATION)).statusCode).toBe(422);
    expect(
      (await app.post(`/conventions/${id}/revues/nouvelle`, { jour: jourDans(-3), issue: 'modifier', texte: 'Un lycée de plus' }, COORDINATION)).statusCode,
    ).toBe(303);
    expect(await page(id)).toContain('Prochaine revue au plus tard le');
    // An avenant moves the end: nothing is to be renewed for now.
    expect((await texte(id, { genre: 'avenant', resume: 'Prolonge', signee_le: jourDans(-1), fin: jourDans(700) })).statusCode).toBe(303);
    await confirmer(id, RECTORAT, PP);
    expect(await etat(id)).toBe('en vigueur');
    expect((await dus(id)).filter((d) => d.genre === 'acte-renouvellement').map((d) => [d.due, d.soldee])).toEqual([
      [jourDans(30), true],
      [jourDans(670), false],
    ]);
    expect(await page(id)).toContain('Ada Fictive');
    expect(await differences()).toEqual([]);
  });

  test('une version de plus se dépose, se télécharge telle quelle et se compare à celle d’avant', async () => {
    const id = await enVigueur('Convention à versions');
    const pdf = '%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF';
    const url = `/conventions/${id}/textes/nouveau`;
    const depose = await fichier(
      url,
      { genre: 'texte', resume: 'Texte relu', texte: 'Article 1. Deux points par mois.' },
      { nom: 'signé.pdf', contenu: pdf },
      COORDINATION,
    );
    expect(depose.statusCode).toBe(303);
    const lien = /conventions\/[0-9a-f-]{36}\/textes\/[0-9a-f-]{36}\/fichier/.exec(await page(id))?.[0] ?? '';
    const lu = await app.get(`/${lien}`, PP);
    expect([lu.statusCode, lu.headers['content-type'], lu.body]).toEqual([200, 'application/pdf', pdf]);
    expect((await app.get(`/${lien}`)).statusCode).toBe(404);
    // Published, a file is everybody's only once it is chosen: a signed copy bears names.
    const version = /textes\/([0-9a-f-]{36})/.exec(lien)?.[1] ?? '';
    const publier = (champs: Record<string, string>) => app.post(`/conventions/${id}/publier`, champs, COORDINATION);
    expect((await publier({ acte: 'publier' })).statusCode).toBe(303);
    expect([(await app.get(`/${lien}`)).statusCode, (await page(id)).includes('Aucun fichier déposé.')]).toEqual([404, true]);
    expect((await publier({ acte: 'choisir', fichiers: version })).statusCode).toBe(303);
    expect([(await app.get(`/${lien}`)).statusCode, (await page(id)).includes('1 fichier déposé avec ses noms éventuels : signé.pdf')]).toEqual([200, true]);
    expect((await publier({ acte: 'restreindre' })).statusCode).toBe(303);
    const comparaison = (await app.get(`/conventions/${id}/comparer`, PP)).body;
    expect(comparaison).toMatch(/<del>.*Un point par mois.*<\/del>/s);
    expect(comparaison).toMatch(/<ins>.*Deux points par mois.*<\/ins>/s);
    // What is no document is refused, and what was typed stays.
    const faux = await fichier(url, { genre: 'texte', resume: 'Mot gardé' }, { nom: 'faux.pdf', contenu: '#!/bin/sh\nrm -rf /' }, COORDINATION);
    expect(faux.statusCode).toBe(422);
    expect(faux.body).toContain('ni un PDF');
    expect(faux.body).toContain('Mot gardé');
    expect((await app.post(url, { genre: 'texte', resume: 'Rien' }, COORDINATION)).body).toContain('Joignez le fichier signé');
    expect((await app.post(url, { genre: 'avenant', resume: 'Sans date', texte: 'x' }, COORDINATION)).body).toContain('donnez le jour de sa signature');
  });

  test('échue, elle ne se prolonge plus ; dénoncée, elle n’a plus d’avenant ; remplacée, elle cesse le jour de l’autre', async () => {
    const echue = await enVigueur('Convention échue', { fin: jourDans(-10) });
    expect(await etat(echue)).toBe('échue');
    expect((await texte(echue, { genre: 'avenant', signee_le: jourDans(-1), fin: jourDans(300) })).body).toContain('un acte échu ne se prolonge pas');
    // Signed while it ran, and deposited late: it counts.
    expect((await texte(echue, { genre: 'avenant', resume: 'Signé à temps', signee_le: jourDans(-12), fin: jourDans(300) })).statusCode).toBe(303);
    expect(await etat(echue)).toBe('échue');
    await confirmer(echue, RECTORAT, PP);
    expect(await etat(echue)).toBe('en vigueur');
    const finie = await enVigueur('Convention dénoncée');
    expect(
      (await app.post(`/conventions/${finie}/fin`, { acte: 'denoncer', jour: jourDans(-400), motif: 'Une partie se retire' }, COORDINATION)).statusCode,
    ).toBe(422);
    expect(
      (await app.post(`/conventions/${finie}/fin`, { acte: 'denoncer', jour: jourDans(30), motif: 'Une partie se retire' }, COORDINATION)).statusCode,
    ).toBe(303);
    expect(await etat(finie)).toBe('en vigueur');
    expect(await page(finie)).toContain('dénoncée, elle cesse le');
    expect((await app.post(`/conventions/${finie}/fin`, { acte: 'annuler' }, COORDINATION)).statusCode).toBe(303);
    await app.post(`/conventions/${finie}/fin`, { acte: 'denoncer', jour: jourDans(-1), motif: 'Une partie se retire' }, COORDINATION);
    expect(await etat(finie)).toBe('dénoncée');
    expect((await texte(finie, { genre: 'avenant', signee_le: jourDans(-1) })).statusCode).toBe(409);
    expect(await ouverts(finie)).toEqual([]);
    const suite = await creer({ titre: 'Convention qui remplace', effet: jourDans(-5), remplace: echue });
    expect(await etat(echue)).toBe('en vigueur');
    await partie(suite, 'PP', jourDans(-6));
    await texte(suite);
    expect(await etat(echue)).toBe('remplacée');
    expect(await ouverts(echue)).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  test('un engagement n’est en retard que passé son jour ; tenu, il revient à son rythme', async () => {
    const id = await enVigueur('Convention à engagements');
    const url = `/conventions/${id}/engagements/nouveau`;
    expect((await app.post(url, { libelle: 'Remettre un bilan', organisation: 'PP', du_le: jourDans(-400) }, COORDINATION)).body).toContain(
      'avant la date d’effet',
    );
    expect((await app.post(url, { libelle: 'Remettre un bilan', organisation: 'PP', du_le: jourDans(-2), tous_les_mois: '6' }, COORDINATION)).statusCode).toBe(
      303,
    );
    expect(await ouverts(id)).toEqual([]);
    await confirmer(id, PP);
    expect(await ouverts(id)).toEqual([['acte-engagement', 'PP', jourDans(-2)]]);
    expect(await page(id)).toContain('en retard');
    const engagement = /engagements\/([0-9a-f-]{36})/.exec(await page(id, PP))?.[0] ?? '';
    expect(await page(id, PARQUET)).not.toContain(engagement);
    const tenir = (champs: Record<string, string>, qui = PP) =>
      app.post(`/conventions/${id}/${engagement}`, { acte: 'faire', du_le: jourDans(-2), ...champs }, qui);
    expect((await tenir({ jour: jourDans(-1) }, PARQUET)).statusCode).toBe(403);
    expect((await tenir({ jour: jourDans(3) })).statusCode).toBe(422);
    expect((await tenir({ jour: jourDans(-1), preuve: 'Bilan remis' })).statusCode).toBe(303);
    expect((await tenir({ jour: jourDans(-1) })).statusCode).toBe(409);
    expect(await page(id)).toContain('Bilan remis');
    const [suivant] = await ouverts(id);
    expect(suivant?.[2] && suivant[2] > jourDans(170)).toBe(true);
    expect((await app.post(`/conventions/${id}/${engagement}`, { acte: 'arreter' }, PP)).statusCode).toBe(403);
    expect((await app.post(`/conventions/${id}/${engagement}`, { acte: 'arreter' }, COORDINATION)).statusCode).toBe(303);
    expect(await ouverts(id)).toEqual([]);
  });
});

describe('Chartes, arrêtés, sites', () => {
  test('CONV-22, charte : ses signataires s’ajoutent un à un, se retirent, et chacun lit la liste une fois la charte publiée', async () => {
    const id = await creer({ nature: 'charte', titre: 'Charte essayée', systemes: ['CONV-22'] });
    for (const bar of ['Bar du Canal', 'Festival du Parc']) await partie(id, bar, jourDans(-20));
    await partie(id, 'Café à venir');
    await texte(id, { resume: 'Charte adoptée' });
    expect(await etat(id)).toBe('en vigueur');
    expect(await page(id)).toContain('2 signataires');
    expect((await app.post(`/conventions/${id}/parties/nouvelle`, { nom: 'bar du canal' }, COORDINATION)).body).toContain('déjà partie');
    const bar = /parties\/[0-9a-f-]{36}/.exec(await page(id))?.[0] ?? '';
    expect((await app.post(`/conventions/${id}/${bar}`, { acte: 'retirer', vu: '1', jour: jourDans(-30) }, COORDINATION)).body).toContain(
      'avant d’avoir signé',
    );
    expect((await app.post(`/conventions/${id}/${bar}`, { acte: 'retirer', vu: '1', jour: jourDans(-1) }, COORDINATION)).statusCode).toBe(303);
    expect(await page(id)).toContain('retirée le');
    expect((await app.get(`/conventions/${id}`)).statusCode).toBe(404);
    expect((await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, AU_18E)).statusCode).toBe(403);
    expect((await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION)).statusCode).toBe(303);
    expect((await app.get('/conventions')).body).toContain('Charte essayée');
    expect((await app.get(`/conventions/${id}`)).body).toContain('Festival du Parc');
  });

  test('CONV-47, acte : un arrêté a une autorité, un périmètre, des heures et une saison, et aucun signataire', async () => {
    const id = await creer({
      nature: 'arrete',
      titre: 'Arrêté essayé',
      reference: '2026-00042',
      porteur: 'PP',
      systemes: ['CONV-47'],
      territoires: ['mairie-18'],
      effet: jourDans(-10),
      lieu: 'Deux places essayées',
      interdits: 'Vente d’alcool à emporter',
      jours: ['5', '6'],
      heure_de: '21:00',
      heure_a: '07:00',
      saison_de: '15/05',
      saison_a: '30/09',
    });
    expect(await etat(id)).toBe('texte jamais déposé');
    expect((await ouverts(id)).map((d) => d.slice(0, 2))).toEqual([['acte-texte', 'PP']]);
    await texte(id, { resume: 'Arrêté pris' });
    const lu = await page(id, PP);
    for (const mot of ['2026-00042', 'Deux places essayées', 'les vendredis et samedis', 'le lendemain', 'du 15 mai au 30 septembre', 'Autorité'])
      expect(lu).toContain(mot);
    expect(lu).not.toContain('id="parties"');
    expect((await app.post(`/conventions/${id}/parties/nouvelle`, { nom: 'Quelqu’un' }, COORDINATION)).statusCode).toBe(422);
    expect((await app.get('/conventions?nature=arrete&territoire=mairie-18', PP)).body).toContain('Arrêté essayé');
    expect((await app.get('/conventions?nature=arrete&territoire=mairie-12', PP)).body).not.toContain('Arrêté essayé');
  });

  test('CONV-27, protocole-de-site : ses versions restent, sa liste de contrôle est due point par point', async () => {
    const id = await enVigueur('Protocole de site essayé', { nature: 'protocole-site', systemes: ['CONV-27'], lieu: 'Une esplanade' });
    await texte(id, { resume: 'Après la visite', texte: 'Article 1. Un poste de secours de plus.' });
    await app.post(`/conventions/${id}/engagements/nouveau`, { libelle: 'Vérifier les issues', organisation: 'PP', du_le: jourDans(5) }, COORDINATION);
    await confirmer(id, PP);
    const lu = await page(id, PP);
    for (const mot of ['Liste de contrôle', 'Vérifier les issues', 'Texte n° 1', 'Texte n° 2', 'Comparer deux versions']) expect(lu).toContain(mot);
    expect(await ouverts(id)).toEqual([['acte-engagement', 'PP', jourDans(5)]]);
  });
});

describe('Qui lit, qui écrit', () => {
  test('les noms de signataires ne sortent ni en public, ni par l’API, ni par l’export', async () => {
    const id = await creer({ titre: 'Convention signée par quelqu’un' });
    await app.post(`/conventions/${id}/parties/nouvelle`, { organisation: 'PP', signee_le: jourDans(-3), signataire: 'Ysaline Fictive' }, COORDINATION);
    await texte(id);
    await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
    expect(await page(id, PARQUET)).toContain('Ysaline Fictive');
    expect((await app.get(`/conventions/${id}`)).body).toContain('Préfecture de Police');
    const ailleurs = [`/conventions/${id}`, '/conventions.csv'].map((u) => app.get(u));
    const dedans = ['/conventions.csv?territoire=tous', '/api/v1/conventions?territoire=tous'].map((u) => app.get(u, PARQUET));
    for (const r of await Promise.all([...ailleurs, ...dedans])) {
      expect(r.statusCode).toBe(200);
      expect(r.body).toContain('signée par quelqu’un');
      expect(r.body).not.toContain('Ysaline');
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit where details::text like '%Ysaline%'`.execute(app.base.owner);
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('un mandat borné à une mairie, une fiche, un autre organisme ou un registre n’écrit pas ; sans personne, rien', async () => {
    const { convention: id } = await creerActe(app.base.owner, k(), { organisation: 'PP', territoire: 'mairie-12', systemes: ['CONV-28'] });
    const modifier = (qui?: Qui) => app.post(`/conventions/${id}/modifier`, { version: '1', _vu: '{}' }, qui);
    for (const qui of [
      AU_18E,
      { ...COORDINATION, fiche: '1.6' },
      RECTORAT,
      { ...PP, territoire: 'mairie-18' },
      { ...PP, registre: 'marches' },
      { comme: 'elu', organisation: 'PP' } as Qui,
    ])
      expect([JSON.stringify(qui), (await modifier(qui)).statusCode]).toEqual([JSON.stringify(qui), 403]);
    expect((await modifier()).statusCode).toBe(401);
    expect((await app.get(`/conventions/${id}`)).statusCode).toBe(404);
    expect((await app.get(`/conventions/${id}/comparer`)).statusCode).toBe(404);
    expect((await modifier({ ...COORDINATION, fiche: '2.1' })).statusCode).toBe(303);
    expect((await app.get('/conventions/pas-un-id', PP)).statusCode).toBe(404);
    const hors = await app.post('/conventions/nouvelle', { nature: 'convention', titre: 'Ailleurs', porteur: 'RATP', territoires: ['mairie-12'] }, AU_18E);
    expect([hors.statusCode, hors.body.includes('Votre mandat ne couvre pas cet acte'), hors.body.includes('value="Ailleurs"')]).toEqual([422, true, true]);
  });

  test('deux personnes à la fois : ce qui ne se heurte pas est gardé ensemble, le reste est montré', async () => {
    const id = await creer({ titre: 'Convention disputée' });
    const vu = JSON.stringify({ titre: 'Convention disputée', objet: '', reference: '' });
    const envoyer = (champs: Record<string, string>) => app.post(`/conventions/${id}/modifier`, { version: '1', _vu: vu, ...champs }, COORDINATION);
    expect((await envoyer({ objet: 'Un objet' })).statusCode).toBe(303);
    expect((await envoyer({ objet: '', reference: 'REF-1' })).statusCode).toBe(200);
    const heurt = await envoyer({ objet: 'Un autre objet' });
    expect([heurt.statusCode, heurt.body.includes('Un autre objet')]).toEqual([409, true]);
    expect(await page(id)).toContain('REF-1');
  });

  test('une partie qui n’est plus de l’annuaire, un titre déjà pris, une ligne inconnue : dit sur le champ, sans rien perdre', async () => {
    const id = await creer({ titre: 'Convention aux fautes' });
    const absente = await app.post(`/conventions/${id}/parties/nouvelle`, { organisation: 'DISPARUE', signataire: 'Mot gardé' }, COORDINATION);
    expect([absente.statusCode, absente.body.includes('n’est plus, dans l’annuaire'), absente.body.includes('Mot gardé')]).toEqual([422, true, true]);
    const envoyer = (champs: Record<string, string>) =>
      app.post('/conventions/nouvelle', { nature: 'convention', porteur: 'DPMP', titre: 'Autre acte', ...champs }, COORDINATION);
    expect((await envoyer({ titre: 'CONVENTION aux fautes' })).body).toContain('tient déjà un acte');
    expect((await envoyer({ lignes: '9.9-R9' })).body).toContain('9.9-R9');
    expect((await envoyer({ effet: '2026-05-02', fin: '2026-05-01' })).body).toContain('La fin vient avant la date d’effet');
    expect((await envoyer({ porteur: 'DISPARUE' })).statusCode).toBe(422);
  });
});

describe('Tables et recherche', () => {
  const ENTETE = 'Nature;Titre;Tenu par;Parties;Signé le;Date d’effet;Date de fin;Dispositifs;Lignes d’action';
  const importer = (lignes: string[], qui = COORDINATION) =>
    fichier('/conventions/import', {}, { nom: 'actes.csv', contenu: `\ufeff${[ENTETE, ...lignes].join('\r\n')}\r\n` }, qui);
  test('un tableau entre en entier ou pas du tout ; chaque faute dit sa ligne ; renvoyé, il ne double rien', async () => {
    const bonne = 'Convention;Acte importé;Ville de Paris;"PP ; Association hors annuaire";03/02/2026;03/02/2026;03/02/2029;CONV-06;';
    const fautes = await importer([
      bonne,
      'Contrat;Sans nature;PP;;;;;;',
      'Protocole;Fin avant effet;PP;PP;;03/02/2026;02/02/2026;XX-1;',
      'Charte;Trop tôt;PP;PP;03/02/2099;;;;',
      'Charte;Signée par qui;PP;;03/02/2026;;;;',
      'Convention;Signée quand;PP;;pas une date;;;;',
      'Arrêté;Arrêté signé;PP;;03/02/2026;;;;',
      bonne.replace('03/02/2029', '03/02/2030').replace('Acte importé', 'ACTE importé'),
    ]);
    expect(fautes.statusCode).toBe(422);
    for (const mot of ['ligne 3', 'ligne 4', 'ligne 5', '« Contrat »', 'La fin vient avant', '« XX-1 »', 'n’est pas encore passé'])
      expect(fautes.body).toContain(mot);
    for (const mot of ['Écrivez qui a signé ce jour-là', 'pas une date', 'écrivez ce jour dans « Date d’effet »', 'qu’à la ligne 2'])
      expect(lisible(fautes.body)).toContain(mot);
    expect((await app.get('/conventions?q=importé&territoire=tous', PP)).body).not.toContain('Acte importé<');
    expect((await importer([bonne], PP)).statusCode).toBe(403);
    expect(String((await importer([bonne])).headers.location)).toBe('/conventions/import?faites=1&deja=0');
    // Who is said to have signed is told.
    const { rows: lettres } = await sql<{ texte: string }>`
      select m.texte from courriels m join comptes c on c.contrat_id = m.contrat_id and c.courriel = m.destinataire
      where m.contrat_id = ${k()} and c.organisation_id = 'PP' and m.sujet like '%Acte importé' limit 1`.execute(app.base.owner);
    expect(lisible(lettres[0]?.texte ?? '')).toContain('a noté une signature du 3 février 2026, au nom de Préfecture de Police');
    expect(String((await importer([bonne])).headers.location)).toBe('/conventions/import?faites=0&deja=1');
    const csv = (await app.get('/conventions.csv?systeme=CONV-06&territoire=tous', PP)).body;
    expect(csv).toContain('Ville de Paris;"Préfecture de Police ; Association hors annuaire";2026-02-03');
    // What went out comes back in.
    const ligne = csv.split('\r\n').slice(0, 2).join('\r\n');
    const retour = await fichier('/conventions/import', {}, { nom: 'retour.csv', contenu: ligne }, COORDINATION);
    expect(String(retour.headers.location)).toBe('/conventions/import?faites=0&deja=1');
    const xlsx = await app.get('/conventions.xlsx?territoire=tous', PP);
    expect([xlsx.statusCode, xlsx.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  });

  test('la liste se filtre par état, par organisation engagée et par échéance ; la recherche trouve, et rien de restreint pour tous', async () => {
    await enVigueur('Convention filtrée', { fin: jourDans(40), systemes: ['CONV-12'] });
    const liste = async (q: string) => (await app.get(`/conventions?territoire=tous&q=filtrée${q}`, PP)).body.includes('>Convention filtrée<');
    expect(await liste('')).toBe(true);
    expect([await liste('&etat=a-renouveler'), await liste('&etat=echue')]).toEqual([true, false]);
    expect([await liste('&partie=RECTORAT'), await liste('&partie=RATP')]).toEqual([true, false]);
    expect([await liste('&dans=3'), await liste('&dans=1')]).toEqual([true, false]);
    expect([await liste('&fiche=2.2'), await liste('&fiche=1.6')]).toEqual([true, false]);
    expect((await app.get('/recherche?q=filtrée', PP)).body).toContain('Convention filtrée');
    expect((await app.get('/recherche?q=filtrée')).body).not.toContain('Convention filtrée');
    const api = (await app.get('/api/v1/conventions?territoire=tous&systeme=CONV-12&limite=1', PP)).json();
    expect(api).toMatchObject({ donnees: [{ titre: 'Convention filtrée', etat: 'a-renouveler', dispositifs: ['CONV-12'] }], suite: null });
    expect((await app.get('/api/v1/conventions?limite=0', PP)).statusCode).toBe(422);
  });
});

describe('Les rappels', () => {
  const D = '2028-06-14';
  const passer = aLHeureDeParis((jour: string) =>
    envoyerRappels(app.db, {
      contratId: k(),
      coffre: app.coffre,
      adresse: 'https://concorde.example',
      comptes: listComptes,
      maintenant: new Date(`${jour}T09:00:00Z`),
    }),
  );
  test('ALERTE-09, rappels-d-echeance : collecte, séances, conventions, chartes et délais sont rappelés par lettre avant leur jour, ce jour-là et après', async () => {
    // Every kind that the house declares tells when it reminds, and whom.
    const muets = listSources().flatMap((s) => s.genres.filter((g) => (g.rappels ?? [0]).length === 0).map((g) => g.code));
    expect([muets, HOUSE.modules.filter((m) => m.echeances).length > 8]).toEqual([[], true]);
    const personne = async (qui: Qui) => {
      await app.temoin(qui);
      return (
        (await sql<{ courriel: string }>`select courriel from comptes order by cree_le desc, ordre desc limit 1`.execute(app.base.owner)).rows[0]?.courriel ??
        ''
      );
    };
    const moi = await personne({ comme: 'producteur', organisation: 'RATP' });
    const dpo = await personne({ comme: 'dpo', organisation: 'VILLE' });
    const convention = await creer({ titre: 'Convention rappelée', porteur: 'RATP', effet: jourDans(-9), fin: D });
    await partie(convention, 'RATP', jourDans(-9));
    await texte(convention);
    const charte = await creer({ nature: 'charte', titre: 'Charte rappelée', effet: D });
    await partie(charte, 'RATP');
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'RATP', nom: 'Comité rappelé', cadence: 6 });
    await creerMembre(app.base.owner, k(), instance, { organisation: 'RATP', qualite: 'secretaire', courriel: moi });
    await sql`update echeances set due_le = ${D}::date where contrat_id = ${k()} and genre = 'reunion' and objet_id = ${instance}`.execute(app.base.owner);
    const mesure =
      [...app.catalogue.mesures.values()].find((m) => m.obtention === 'collecte' && m.aupres.includes('RATP')) ?? [...app.catalogue.mesures.values()][0];
    await sql`
      insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, periode, territoire_id, fiche, ouverte_le, due_le)
      values (${k()}, 'chiffre', 'indicateurs', ${mesure?.id ?? ''}, ${mesure?.id ?? ''}, 'Chiffre rappelé', ${`/chiffres/${mesure?.id}`}, 'RATP', '2027', 'paris',
        ${mesure?.fiche ?? ''}, '2028-01-01', ${D}::date)`.execute(app.base.owner);
    const demande = (
      await sql<{
        id: string;
      }>`insert into demandes_droits (contrat_id, recue_le, nature, demandeur, moyen, objet) values (${k()}, '2028-05-14', 'acces', 'Personne Fictive', 'courriel', 'Copie') returning id`.execute(
        app.base.owner,
      )
    ).rows[0]?.id;
    await sql`
      insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, ouverte_le, due_le)
      values (${k()}, 'demande-droits', 'comptes', ${demande ?? ''}, ${demande ?? ''}, 'Droit d’accès', ${`/dpo/demandes/${demande}`}, '', '2028-05-14', ${D}::date)`.execute(
      app.base.owner,
    );
    const vues: string[] = [];
    for (const jour of ['2028-06-07', D, '2028-07-21']) {
      await passer(jour);
      const { rows } = await sql<{
        texte: string;
      }>`select texte from courriels where contrat_id = ${k()} and destinataire = any(${[moi, dpo]}::text[]) order by cree_le, id`.execute(app.base.owner);
      await sql`delete from courriels where contrat_id = ${k()}`.execute(app.base.owner);
      const tout = rows.map((r) => r.texte).join('\n');
      for (const mot of ['Convention rappelée', 'Charte rappelée', 'Comité rappelé', 'Chiffre rappelé', 'Demande de droits'])
        vues.push(`${jour} ${mot} ${tout.includes(mot) ? 'rappelé' : 'tu'}`);
    }
    expect(vues.filter((v) => v.endsWith('tu'))).toEqual([]);
    expect(vues).toHaveLength(15);
  });
});
