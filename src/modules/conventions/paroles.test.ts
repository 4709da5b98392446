/** Nothing that another writes makes the word of a party count: withdrawals, avenants, promises, denunciations, dates, over HTTP on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { jourDans } from '../../../tests/support/jours.ts';
import { jour, jourCourt } from '../../ui/typographie.ts';
import { verifierEcheances } from '../echeances/accorder.ts';

let app: AppDeTest;
const k = () => app.contratId;
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const PAV: Qui = { comme: 'association', organisation: 'PAV' };
const PP: Qui = { comme: 'agent', organisation: 'PP' };
const RECTORAT: Qui = { comme: 'agent', organisation: 'RECTORAT' };
beforeAll(async () => {
  app = await ouvrirApp();
  for (const qui of [COORDINATION, PAV, PP, RECTORAT]) await app.temoin(qui);
});
afterAll(() => app.close());

const ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;
const lisible = (corps: string): string => corps.replace(/[\u00a0\u202f]/g, ' ').replaceAll('&#x27;', '’');
const creer = async (champs: Record<string, string>): Promise<string> => {
  const r = await app.post('/conventions/nouvelle', { nature: 'convention', porteur: 'PAV', ...champs }, PAV);
  expect([champs.titre, r.statusCode]).toEqual([champs.titre, 303]);
  return ID.exec(String(r.headers.location))?.[1] ?? '';
};
const ligne = async (acte: string, organisation: string): Promise<{ id: string; vu: string }> => {
  const { rows } = await sql<{ id: string; vu: string }>`
    select p.id, ((select count(*) from convention_signatures s where s.partie_id = p.id) + (select count(*) from convention_paroles w where w.objet_id = p.id))::text as vu
    from convention_parties p where p.convention_id = ${acte}::uuid and p.organisation_id = ${organisation} order by p.cree_le desc limit 1`.execute(
    app.base.owner,
  );
  return rows[0] ?? { id: '', vu: '' };
};
const surPartie = async (acte: string, organisation: string, champs: Record<string, string>, qui: Qui): Promise<number> => {
  const { id, vu } = await ligne(acte, organisation);
  return (await app.post(`/conventions/${acte}/parties/${id}`, { vu, ...champs }, qui)).statusCode;
};
/** The last thing said in that name, of that kind: answered. */
const repondre = async (...x: Parameters<typeof reponse>): Promise<number> => (await reponse(...x)).statusCode;
const reponse = async (acte: string, genre: string, de: string, champs: Record<string, string>, qui: Qui) => {
  const { rows } = await sql<{ id: string; vu: string }>`
    select w.id, max(w.rang)::text as vu from convention_paroles w
    where w.convention_id = ${acte}::uuid and w.genre = ${genre} and w.de = ${de} group by w.id order by min(w.quand) desc limit 1`.execute(app.base.owner);
  const [parole = { id: '', vu: '' }] = rows;
  return app.post(`/conventions/${acte}/paroles/${parole.id}`, { vu: parole.vu, motif: 'Un motif essayé', ...champs }, qui);
};
const page = async (id: string, qui: Qui | undefined = COORDINATION) => lisible((await app.get(`/conventions/${id}`, qui)).body);
const enPublic = async (id: string) => lisible((await app.get(`/conventions/${id}`)).body);
const etat = async (id: string): Promise<string> => /c-entete-page__etiquette"><strong[^>]*>([^<]+)</.exec(await page(id))?.[1] ?? '';
const ouverts = async (acte: string) =>
  (
    await sql<{ dit: string }>`select genre || ' ' || organisation_id as dit from echeances
      where contrat_id = ${k()} and sujet = ${acte} and soldee_le is null and sans_objet_motif = '' order by 1`.execute(app.base.owner)
  ).rows.map((r) => r.dit);
const motifs = async (acte: string) =>
  (
    await sql<{
      dit: string;
    }>`select sans_objet_motif as dit from echeances where sujet = ${acte} and genre = 'acte-parole' and soldee_le is null order by 1`.execute(app.base.owner)
  ).rows.map((r) => r.dit);
const lettres = async (): Promise<string[]> => {
  const { rows } = await sql<{ dit: string }>`
    delete from courriels m using comptes c where m.contrat_id = ${k()} and c.contrat_id = m.contrat_id and c.courriel = m.destinataire
    returning c.organisation_id || ' : ' || m.sujet as dit`.execute(app.base.owner);
  return [...new Set(rows.map((r) => lisible(r.dit)))].sort();
};
const differences = aLHeureDeParis(async () =>
  (await verifierEcheances(app.base.owner, k(), { maintenant: new Date() })).differences.filter((d) => JSON.stringify(d).includes('acte-')),
);
/** Of PAV, that keeps it and signed, and of PP. */
const aDeux = async (titre: string, champs: Record<string, string> = {}, ppSigne = true): Promise<string> => {
  const id = await creer({ titre, effet: jourDans(-100), ...champs });
  for (const organisation of ['PAV', 'PP'])
    expect(
      (await app.post(`/conventions/${id}/parties/nouvelle`, { organisation, signee_le: organisation === 'PAV' ? jourDans(-100) : '' }, PAV)).statusCode,
    ).toBe(303);
  await app.post(`/conventions/${id}/textes/nouveau`, { genre: 'texte', resume: 'Texte signé', texte: 'Article 1.' }, PAV);
  if (ppSigne) expect(await surPartie(id, 'PP', { acte: 'signer', jour: jourDans(-99) }, PP)).toBe(303);
  await lettres();
  return id;
};

test('qui tient l’acte ne le met pas en vigueur en retirant la partie qui n’a pas signé : le retrait attend qu’elle le dise', async () => {
  const id = await aDeux('Convention où l’on retire', {}, false);
  expect(await etat(id)).toBe('signée par 1 sur 2');
  const perime = await app.post(`/conventions/${id}/parties/${(await ligne(id, 'PP')).id}`, { acte: 'retirer', vu: '7', jour: jourDans(-1) }, PAV);
  expect([perime.statusCode, lisible(perime.body).includes('Quelqu’un vient d’écrire')]).toEqual([422, true]);
  expect(await surPartie(id, 'PP', { acte: 'retirer', jour: jourDans(-1) }, PAV)).toBe(303);
  expect(await etat(id)).toBe('signée par 1 sur 2');
  expect(await lettres()).toEqual(['PP : À confirmer au nom de votre organisation : Convention où l’on retire']);
  expect(await ouverts(id)).toEqual(['acte-parole PP', 'acte-signature PP']);
  await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
  expect(await enPublic(id)).toMatch(/Note de Paris Aide aux Victimes, le [^;]+ ; à confirmer par Préfecture de Police/);
  expect((await app.get('/conventions?territoire=tous&q=retire', COORDINATION)).body).toContain('1 à confirmer');
  expect(lisible((await app.get('/recherche?q=retire', COORDINATION)).body)).toContain('signée par 1 sur 2 · 1 à confirmer');
  expect((await app.get('/api/v1/conventions?territoire=tous&limite=1', PP)).json()).toMatchObject({
    donnees: [{ autres_a_confirmer: 1, signatures_a_confirmer: 0 }],
  });
  // Nobody else answers; again, it is noted already.
  for (const qui of [PAV, COORDINATION, RECTORAT, { ...PP, territoire: 'mairie-18' }, { ...PP, registre: 'marches' }])
    expect(await repondre(id, 'retrait', 'PP', { acte: 'confirmer' }, qui)).toBe(403);
  expect(await surPartie(id, 'PP', { acte: 'retirer', jour: jourDans(-1) }, PAV)).toBe(409);
  expect(await repondre(id, 'retrait', 'PP', { acte: 'contester', vu: '9' }, PP)).toBe(422);
  expect(await repondre(id, 'retrait', 'PP', { acte: 'contester' }, PP)).toBe(303);
  expect(await lettres()).toEqual(['DPMP : Contesté : Convention où l’on retire', 'PAV : Contesté : Convention où l’on retire']);
  expect(await page(id)).toContain('retrait contesté');
  expect([await etat(id), await ouverts(id)]).toEqual(['signée par 1 sur 2', ['acte-signature PP']]);
  // What it says itself counts at once, and it may take it back; another may not.
  expect(await surPartie(id, 'PP', { acte: 'retirer', jour: jourDans(-1) }, PP)).toBe(303);
  expect(await etat(id)).toBe('en vigueur');
  expect(await enPublic(id)).toMatch(/Parole de Préfecture de Police/);
  expect(await repondre(id, 'retrait', 'PP', { acte: 'annuler' }, PAV)).toBe(409);
  expect(await enPublic(id)).toMatch(/Note de Paris Aide aux Victimes, le [^;]+ ; dit autrement par Préfecture de Police/);
  expect(await motifs(id)).toEqual(['dit autrement par elle']);
  // Named again by another, it is not bound by what that other notes.
  expect((await app.post(`/conventions/${id}/parties/nouvelle`, { organisation: 'PP', signee_le: jourDans(-1) }, PAV)).statusCode).toBe(303);
  // It left, and contested nothing: everybody reads why it does not count, and it is asked.
  expect(await etat(id)).toBe('signée par 1 sur 2');
  const deTous = await enPublic(id);
  expect(deTous).toContain('1 signature manque encore. 1 signature notée ne compte pas tant que sa partie ne l’a pas confirmée.');
  expect(deTous).toContain('Notée par Paris Aide aux Victimes après qu’elle s’est retirée : une signature du');
  expect([deTous.includes('Contestée par elle'), deTous.includes('signature contestée')]).toEqual([false, false]);
  expect((await app.get('/api/v1/conventions?territoire=tous&limite=1', PP)).json()).toMatchObject({
    donnees: [
      {
        etat: 'partielle',
        signatures_a_confirmer: 1,
        autres_a_confirmer: 0,
        parties: [{ signature: 'confirmee' }, { signature: 'suspendue' }, { signature: null }],
      },
    ],
  });
  // Files and programs count what waits as the page does.
  expect((await app.get('/conventions.csv?territoire=tous', PP)).body).toMatch(/Convention où l’on retire.*;signée par 1 sur 2;1;0;/);
  expect(await ouverts(id)).toEqual(['acte-confirmation PP']);
  expect(await surPartie(id, 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await etat(id)).toBe('en vigueur');
  const doublon = await app.post(`/conventions/${id}/parties/nouvelle`, { nom: 'préfecture de police', signee_le: jourDans(-1) }, PAV);
  expect([doublon.statusCode, lisible(doublon.body).includes('choisissez-la dans la liste')]).toEqual([422, true]);
  expect(await differences()).toEqual([]);
});

test('une signature contestée ne revient ni annulée et notée de nouveau, ni par la nature de l’acte', async () => {
  const id = await aDeux('Convention contestée', {}, false);
  expect(await surPartie(id, 'PP', { acte: 'signer', jour: jourDans(-99) }, PAV)).toBe(303);
  expect(await surPartie(id, 'PP', { acte: 'contester', motif: 'Jamais signée ici' }, PP)).toBe(303);
  expect(await surPartie(id, 'PP', { acte: 'annuler', motif: 'On recommence' }, PAV)).toBe(303);
  expect(await surPartie(id, 'PP', { acte: 'signer', jour: jourDans(-98) }, PAV)).toBe(303);
  expect(await etat(id)).toBe('signature contestée');
  expect(await page(id)).toContain('Contestée par elle, puis notée de nouveau par Paris Aide aux Victimes');
  expect(await ouverts(id)).toEqual(['acte-confirmation PP']);
  const [{ version = 0 } = {}] = (await sql<{ version: number }>`select version from conventions where id = ${id}::uuid`.execute(app.base.owner)).rows;
  for (const nature of ['arrete', 'charte']) {
    const r = await app.post(`/conventions/${id}/modifier`, { version: String(version), _vu: '{}', nature }, PAV);
    expect([r.statusCode, lisible(r.body).includes('La nature ne change plus dès qu’une partie est nommée')]).toEqual([422, true]);
  }
  expect(await surPartie(id, 'PP', { acte: 'contester', motif: 'Toujours pas signée' }, PP)).toBe(303);
  expect(await surPartie(id, 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await etat(id)).toBe('en vigueur');
  expect(await differences()).toEqual([]);
});

test('un avenant ne déplace la fin qu’une fois confirmé par chaque partie ; d’ici là celle d’avant court, et la page le dit', async () => {
  const fin = jourDans(60);
  const id = await aDeux('Convention à avenant', { fin });
  expect(await etat(id)).toBe('à renouveler');
  const avenant = (champs: Record<string, string> = {}) =>
    app.post(
      `/conventions/${id}/textes/nouveau`,
      { genre: 'avenant', resume: 'Prolonge', texte: 'x', signee_le: jourDans(-1), fin: jourDans(900), ...champs },
      PAV,
    );
  expect((await avenant()).statusCode).toBe(303);
  expect(await lettres()).toEqual(['PP : À confirmer au nom de votre organisation : Convention à avenant']);
  expect(await etat(id)).toBe('à renouveler');
  expect(await page(id)).toContain(lisible(`inchangée ; portée au ${jourCourt(jourDans(900))} si les parties confirment`));
  expect(await ouverts(id)).toEqual(['acte-parole PP', 'acte-renouvellement PAV']);
  expect(lisible((await avenant()).body)).toContain('L’acte attend encore ses parties');
  expect(await repondre(id, 'avenant', 'PP', { acte: 'confirmer' }, PAV)).toBe(403);
  expect(await repondre(id, 'avenant', 'PP', { acte: 'contester' }, PP)).toBe(303);
  expect(await page(id)).toContain('contestation de Préfecture de Police');
  expect(await repondre(id, 'avenant', 'PP', { acte: 'annuler' }, PAV)).toBe(303);
  expect(await repondre(id, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(409);
  expect(await etat(id)).toBe('à renouveler');
  expect((await avenant({ resume: 'Prolonge encore' })).statusCode).toBe(303);
  await lettres();
  expect(await repondre(id, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await lettres()).toEqual(['PAV : Avenant : Convention à avenant']);
  expect(await etat(id)).toBe('en vigueur');
  expect(await page(id)).toContain(lisible(`portée du ${jourCourt(fin)} au ${jourCourt(jourDans(900))}`));
  // An avenant moves the end that it found, and never one that was corrected since.
  const notes = await aDeux('Convention aux deux fins', { fin }, false);
  expect(await surPartie(notes, 'PP', { acte: 'signer', jour: jourDans(-99) }, PAV)).toBe(303);
  const depot = { genre: 'avenant', resume: 'Prolonge', texte: 'x', signee_le: jourDans(-1), fin: jourDans(500) };
  expect((await app.post(`/conventions/${notes}/textes/nouveau`, depot, PAV)).statusCode).toBe(303);
  const [{ version = 0 } = {}] = (await sql<{ version: number }>`select version from conventions where id = ${notes}::uuid`.execute(app.base.owner)).rows;
  const corrige = { version: String(version), _vu: '{}', fin: jourDans(700), motif_correction: 'Faute de frappe' };
  expect((await app.post(`/conventions/${notes}/modifier`, corrige, PAV)).statusCode).toBe(303);
  expect(await surPartie(notes, 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await repondre(notes, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(409);
  const lu = await page(notes);
  expect([lu.includes('l’avenant est à déposer de nouveau'), lu.includes(lisible(`jusqu’au ${jour(jourDans(700))}`))]).toEqual([true, true]);
  expect(await ouverts(notes)).toEqual(['acte-renouvellement PAV']);
  expect(await differences()).toEqual([]);
});

test('un engagement n’est promis que par une partie, ne se doit et n’est tenu que de sa parole ; une revue contestée ne compte pas', async () => {
  const id = await aDeux('Convention de promesses', { revue: '1' });
  const promettre = (organisation: string) =>
    app.post(`/conventions/${id}/engagements/nouveau`, { libelle: 'Remettre un bilan', organisation, du_le: jourDans(-2) }, PAV);
  expect(lisible((await promettre('PARQUET')).body)).toContain('Seule une partie à l’acte');
  expect((await promettre('PP')).statusCode).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-parole PP', 'acte-revue PAV']);
  expect(await page(id)).toContain('si elle le confirme');
  expect(await repondre(id, 'promesse', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-engagement PP', 'acte-revue PAV']);
  const engagement = /engagements\/([0-9a-f-]{36})/.exec(await page(id, PP))?.[0] ?? '';
  const tenir = { acte: 'faire', du_le: jourDans(-2), jour: jourDans(-1), preuve: 'Bilan remis' };
  expect((await app.post(`/conventions/${id}/${engagement}`, tenir, COORDINATION)).statusCode).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-engagement PP', 'acte-parole PP', 'acte-revue PAV']);
  expect(await page(id)).toMatch(/jamais.*à confirmer.*Note de [^<]+ ; à confirmer par Préfecture de Police/s);
  expect(await repondre(id, 'tenu', 'PP', { acte: 'contester' }, PP)).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-engagement PP', 'acte-revue PAV']);
  expect((await app.post(`/conventions/${id}/${engagement}`, tenir, PP)).statusCode).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-revue PAV']);
  expect(await page(id)).toContain('dit par Préfecture de Police');
  // Contested, or its note taken back, a promise says so and is kept no more.
  for (const [acte, qui, dit] of [
    ['contester', PP, 'contesté'],
    ['annuler', PAV, 'note retirée'],
  ] as const) {
    const autre = { libelle: `Promesse à ${acte}`, organisation: 'PP', du_le: jourDans(20) };
    expect((await app.post(`/conventions/${id}/engagements/nouveau`, autre, PAV)).statusCode).toBe(303);
    const lien = new RegExp(`engagements/[0-9a-f-]{36}(?=">Promesse à ${acte})`).exec(await page(id, PP))?.[0] ?? '';
    expect(lisible((await app.get(`/conventions/${id}/${lien}`, PP)).body)).toContain('Dire qu’il est tenu');
    expect(await repondre(id, 'promesse', 'PP', { acte }, qui)).toBe(303);
    const ferme = lisible((await app.get(`/conventions/${id}/${lien}`, PP)).body);
    expect([ferme.includes(`rien n’est dû : ${dit}`), ferme.includes('Dire qu’il est tenu')]).toEqual([true, false]);
    expect((await app.post(`/conventions/${id}/${lien}`, { ...tenir, du_le: jourDans(20) }, PP)).statusCode).toBe(409);
    expect(await page(id)).toContain(`rien n’est dû : ${dit}`);
  }
  expect(await page(id)).not.toContain('si elle le confirme');
  await lettres();
  // A review is told to each; denied by one, it was not held.
  expect((await app.post(`/conventions/${id}/revues/nouvelle`, { jour: jourDans(-1), issue: 'arreter' }, PAV)).statusCode).toBe(303);
  expect(await lettres()).toEqual(['PP : À confirmer au nom de votre organisation : Convention de promesses']);
  expect(await page(id)).toContain('Prochaine revue au plus tard le');
  expect(await repondre(id, 'revue', 'PP', { acte: 'contester' }, PP)).toBe(303);
  expect(await page(id)).toContain('elle est en retard');
  expect(await differences()).toEqual([]);
});

test('une dénonciation dit de qui elle est et attend sa parole ; des dates corrigées après une signature se disent et se confirment de nouveau', async () => {
  const id = await aDeux('Convention dénoncée par qui', { fin: jourDans(400) });
  const finir = (champs: Record<string, string>, qui = PAV) =>
    app.post(`/conventions/${id}/fin`, { acte: 'denoncer', jour: jourDans(-1), motif: 'Une raison', ...champs }, qui);
  expect((await finir({ par: 'PARQUET' })).statusCode).toBe(422);
  expect((await finir({ par: 'PP' })).statusCode).toBe(303);
  expect(await etat(id)).toBe('en vigueur');
  expect(await lettres()).toEqual(['PP : À confirmer au nom de votre organisation : Convention dénoncée par qui']);
  expect(await repondre(id, 'denonciation', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await etat(id)).toBe('dénoncée');
  expect(await page(id)).toMatch(/par Préfecture de Police, pour le [^<]+ : Une raison\. Note de [^<]+ ; confirmation de Préfecture de Police/);
  expect(await lettres()).toEqual(['PAV : Dénonciation : Convention dénoncée par qui']);
  expect((await finir({ acte: 'annuler' })).statusCode).toBe(403);
  expect(await repondre(id, 'denonciation', 'PP', { acte: 'annuler' }, PP)).toBe(303);
  expect(await etat(id)).toBe('en vigueur');
  // Each of those that were told is told again.
  expect(await lettres()).toEqual(['PAV : Dénonciation annulée : Convention dénoncée par qui']);
  const [{ version = 0 } = {}] = (await sql<{ version: number }>`select version from conventions where id = ${id}::uuid`.execute(app.base.owner)).rows;
  const modifier = (champs: Record<string, string>) => app.post(`/conventions/${id}/modifier`, { version: String(version), _vu: '{}', ...champs }, PAV);
  // The Préfecture said that it signed: the end waits for it, as by an avenant; the object changes at once, and is asked again.
  const sans = await modifier({ fin: jourDans(800) });
  expect([sans.statusCode, lisible(sans.body).includes('Ceci n’y change que si chacune le confirme : date de fin')]).toEqual([422, true]);
  const objet = await modifier({ titre: 'Convention autrement dite', interdits: 'Une promesse de plus' });
  expect(lisible(objet.body)).toContain('avant que change : titre, ce qui est interdit ou promis.');
  expect((await modifier({ objet: 'Un objet', fin: jourDans(800), motif_correction: 'Faute de frappe' })).statusCode).toBe(303);
  expect(await lettres()).toEqual([
    'PP : Signature au nom de votre organisation : Convention dénoncée par qui',
    'PP : À confirmer au nom de votre organisation : Convention dénoncée par qui',
  ]);
  const attend = await page(id);
  expect(attend).toContain('l’acte a été corrigé depuis par Paris Aide aux Victimes');
  expect(attend).toContain('« objet : Faute de frappe »');
  expect(attend).toContain(lisible(`date de fin, ${jour(jourDans(800))} au lieu de ${jour(jourDans(400))} : « Faute de frappe »`));
  expect(attend).toContain(lisible(`jusqu’au ${jour(jourDans(400))}`));
  expect(await ouverts(id)).toEqual(['acte-confirmation PP', 'acte-parole PP', 'acte-renouvellement PAV']);
  // One at a time.
  const autre = await modifier({ fin: jourDans(900), version: String(version + 1), motif_correction: 'Encore' });
  expect([autre.statusCode, lisible(autre.body).includes('L’acte attend encore ses parties')]).toEqual([422, true]);
  expect(await surPartie(id, 'PP', { acte: 'contester', motif: 'L’objet était le bon' }, PP)).toBe(303);
  expect(await etat(id)).toBe('signature contestée');
  expect(await surPartie(id, 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await repondre(id, 'correction', 'PP', { acte: 'confirmer' }, PAV)).toBe(403);
  expect(await repondre(id, 'correction', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await page(id)).toContain(lisible(`jusqu’au ${jour(jourDans(800))}`));
  await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
  const deTous = await enPublic(id);
  expect([deTous.includes(lisible(`date de fin, ${jour(jourDans(800))}`)), deTous.includes('Faute de frappe')]).toEqual([true, false]);
  expect(await differences()).toEqual([]);
});

test('la dénonciation d’un nom hors annuaire se lit et s’annule en entier ; en retirer la vieille note ne touche pas celle d’une autre partie', async () => {
  const id = await aDeux('Convention deux fois dénoncée');
  expect((await app.post(`/conventions/${id}/parties/nouvelle`, { nom: 'Café hors annuaire', signee_le: jourDans(-90) }, PAV)).statusCode).toBe(303);
  await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
  const cafe = /parties\/([0-9a-f-]{36})"[^>]*>[^<]*<span[^>]*>[^<]*Café/.exec(await page(id, PAV))?.[1] ?? '';
  const finir = (champs: Record<string, string>) =>
    app.post(`/conventions/${id}/fin`, { acte: 'denoncer', jour: jourDans(-1), motif: 'Une raison', ...champs }, PAV);
  expect((await finir({ par: cafe })).statusCode).toBe(303);
  expect(await etat(id)).toBe('dénoncée');
  // Everybody reads who noted it, and nobody is told that it was not kept.
  expect(await enPublic(id)).toMatch(/Dénonciation<\/dt>.*pour le [^<]+\. Note de Paris Aide aux Victimes, le/s);
  expect(await page(id)).not.toContain('Notée avant que l’on garde par qui');
  expect((await finir({ acte: 'annuler' })).statusCode).toBe(303);
  expect(await enPublic(id)).toMatch(/Note de Paris Aide aux Victimes, le [^,]+, retirée par Paris Aide aux Victimes/);
  // As it was left before it was closed with the denunciation.
  await sql`delete from convention_paroles where convention_id = ${id}::uuid and genre = 'denonciation' and de = '' and rang = 2`.execute(app.base.owner);
  expect((await finir({ par: 'PP' })).statusCode).toBe(303);
  expect(await repondre(id, 'denonciation', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await repondre(id, 'denonciation', '', { acte: 'annuler' }, PAV)).toBe(303);
  expect(await etat(id)).toBe('dénoncée');
  expect((await finir({ acte: 'annuler' })).statusCode).toBe(403);
  expect(await repondre(id, 'denonciation', 'PP', { acte: 'annuler' }, PP)).toBe(303);
  expect([await etat(id), await differences()]).toEqual(['en vigueur', []]);
});

test('ce qui est demandé à toutes les parties se retire en entier, et n’attend plus celle qui s’est retirée', async () => {
  const fin = jourDans(400);
  const aTrois = async (titre: string, champs: Record<string, string>) => {
    const id = await aDeux(titre, { fin, ...champs });
    await app.post(`/conventions/${id}/parties/nouvelle`, { organisation: 'RECTORAT' }, PAV);
    expect(await surPartie(id, 'RECTORAT', { acte: 'signer', jour: jourDans(-98) }, RECTORAT)).toBe(303);
    const depot = { genre: 'avenant', resume: 'Prolonge', texte: 'x', signee_le: jourDans(-1), fin: jourDans(900) };
    expect((await app.post(`/conventions/${id}/textes/nouveau`, depot, PAV)).statusCode).toBe(303);
    await app.post(`/conventions/${id}/publier`, { acte: 'publier' }, COORDINATION);
    await lettres();
    return id;
  };
  const id = await aTrois('Convention à avenant retiré', {});
  expect(await enPublic(id)).toContain('Avenant : Prolonge, à confirmer');
  // A party that is asked denies it, and takes nothing back for the others.
  expect(await repondre(id, 'avenant', 'PP', { acte: 'annuler' }, PP)).toBe(403);
  expect(await repondre(id, 'avenant', 'PP', { acte: 'annuler' }, PAV)).toBe(303);
  expect(await ouverts(id)).toEqual(['acte-renouvellement PAV']);
  expect(await lettres()).toEqual(['PP : Retiré : Convention à avenant retiré', 'RECTORAT : Retiré : Convention à avenant retiré']);
  expect(await repondre(id, 'avenant', 'RECTORAT', { acte: 'confirmer' }, RECTORAT)).toBe(409);
  const lu = await enPublic(id);
  expect([lu.includes('Avenant : Prolonge'), lu.includes('>retiré<')]).toEqual([false, true]);
  // Of a charter, who leaves before having answered stops nothing: the others said so.
  const charte = await aTrois('Charte à avenant', { nature: 'charte' });
  expect(await repondre(charte, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect(await page(charte)).toContain(lisible(`jusqu’au ${jour(fin)}`));
  expect(await ouverts(charte)).toEqual(['acte-parole RECTORAT', 'acte-renouvellement PAV']);
  expect(await surPartie(charte, 'RECTORAT', { acte: 'retirer', jour: jourDans(0) }, RECTORAT)).toBe(303);
  expect(await lettres()).toEqual(['PAV : Retrait : Charte à avenant', 'PP : Retrait : Charte à avenant']);
  expect(await page(charte)).toContain(lisible(`jusqu’au ${jour(jourDans(900))}`));
  expect(await enPublic(charte)).toMatch(/retrait de Rectorat[^<]* avant sa réponse/);
  expect(await ouverts(charte)).toEqual(['acte-renouvellement PAV']);
  expect(await differences()).toEqual([]);
});

test('ce que toutes ont conclu d’une revue ne se défait que par une autre, confirmée par toutes', async () => {
  const id = await aDeux('Convention qui s’arrête', { fin: jourDans(60) });
  const revue = async (le: number, issue: string) =>
    expect((await app.post(`/conventions/${id}/revues/nouvelle`, { jour: jourDans(le), issue }, PAV)).statusCode).toBe(303);
  expect(await etat(id)).toBe('à renouveler');
  await revue(-9, 'arreter');
  expect(await etat(id)).toBe('à renouveler');
  await lettres();
  expect(await repondre(id, 'revue', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect([await etat(id), await ouverts(id), await lettres()]).toEqual(['en vigueur', [], ['PAV : Revue : Convention qui s’arrête']]);
  for (const [le, issue] of [
    [-5, 'arreter'],
    [-1, 'poursuivre'],
  ] as const) {
    await revue(le, issue);
    expect([issue, await etat(id), await ouverts(id)]).toEqual([issue, 'en vigueur', ['acte-parole PP']]);
    if (issue === 'arreter') expect(await repondre(id, 'revue', 'PP', { acte: 'contester' }, PP)).toBe(303);
  }
  expect(await repondre(id, 'revue', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  expect([await etat(id), await ouverts(id)]).toEqual(['à renouveler', ['acte-renouvellement PAV']]);
  expect(await differences()).toEqual([]);
});

test('une dénonciation confirmée tard répond aux questions posées à qui la note : l’acte reconduit entre-temps, ou échu', async () => {
  const id = await aDeux('Convention reconduite entre-temps', { effet: jourDans(-700), fin: jourDans(5), reconduction: '12' });
  const finir = (acte: string, champs: Record<string, string>) =>
    app.post(`/conventions/${acte}/fin`, { acte: 'denoncer', motif: 'Une raison', par: 'PP', ...champs }, PAV);
  expect((await finir(id, { jour: jourDans(5) })).statusCode).toBe(303);
  // Its notice passes before the Préfecture answers.
  await sql`update conventions set preavis_jours = 30 where id = ${id}::uuid`.execute(app.base.owner);
  const question = await reponse(id, 'denonciation', 'PP', { acte: 'confirmer' }, PP);
  expect([question.statusCode, lisible(question.body).includes('Oui, il a été dénoncé à temps')]).toEqual([422, true]);
  expect([lisible(question.body).includes(lisible(`Le préavis a passé le ${jour(jourDans(-25))}`)), await etat(id)]).toEqual([true, 'en vigueur']);
  const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(question.body)?.[1] ?? '';
  expect(await repondre(id, 'denonciation', 'PP', { acte: 'confirmer', confirme }, PP)).toBe(303);
  expect(await page(id)).toContain(lisible(`dénoncée, elle cesse le ${jour(jourDans(5))}`));
  const echue = await aDeux('Convention échue avant sa réponse', { effet: jourDans(-700), fin: jourDans(300) });
  expect((await finir(echue, { jour: jourDans(200) })).statusCode).toBe(303);
  await sql`update conventions set fin = ${jourDans(-3)}::date where id = ${echue}::uuid`.execute(app.base.owner);
  const refus = await reponse(echue, 'denonciation', 'PP', { acte: 'confirmer' }, PP);
  expect([refus.statusCode, lisible(refus.body).includes('Cet acte est échu'), await etat(echue)]).toEqual([409, true, 'échue']);
  await sql`update conventions set fin = ${jourDans(300)}::date where id = ${echue}::uuid`.execute(app.base.owner);
});

test('une partie qui a signé dénonce elle-même, de sa seule parole ; d’une charte, elle sort', async () => {
  const id = await aDeux('Convention dénoncée par elle', { fin: jourDans(400) });
  const fin = `/conventions/${id}/fin`;
  const denoncer = { acte: 'denoncer', jour: jourDans(-1), motif: 'Une raison' };
  expect([(await page(id, PP)).includes(`href="${fin}"`), (await page(id, RECTORAT)).includes(`href="${fin}"`)]).toEqual([true, false]);
  for (const qui of [RECTORAT, { ...PP, territoire: 'mairie-18' }, { ...PP, registre: 'marches' }, { comme: 'elu', organisation: 'PP' } as Qui])
    expect([JSON.stringify(qui), (await app.get(fin, qui)).statusCode, (await app.post(fin, denoncer, qui)).statusCode]).toEqual([
      JSON.stringify(qui),
      403,
      403,
    ]);
  const formulaire = lisible((await app.get(fin, PP)).body);
  expect([formulaire.includes('Dénoncé par Préfecture de Police, de sa propre parole'), formulaire.includes('name="par"')]).toEqual([true, false]);
  expect((await app.post(fin, { ...denoncer, motif: '' }, PP)).statusCode).toBe(422);
  // Whatever the form sends, it says so of itself alone.
  expect((await app.post(fin, { ...denoncer, par: 'PAV' }, PP)).statusCode).toBe(303);
  expect([await etat(id), await lettres()]).toEqual(['dénoncée', ['PAV : Dénonciation : Convention dénoncée par elle']]);
  expect(await page(id)).toMatch(/par Préfecture de Police, pour le [^<]+ : Une raison\. Parole de/);
  expect((await app.post(fin, { acte: 'annuler' }, PAV)).statusCode).toBe(403);
  expect(lisible((await app.get(fin, PAV)).body)).toContain('dénoncé par Préfecture de Police : elle seule revient sur ce qu’elle a dit');
  expect((await app.post(fin, { acte: 'annuler' }, PP)).statusCode).toBe(303);
  expect([await etat(id), await lettres()]).toEqual(['en vigueur', ['PAV : Dénonciation annulée : Convention dénoncée par elle']]);
  expect((await app.post(fin, denoncer, PAV)).statusCode).toBe(303);
  expect((await app.post(fin, { acte: 'annuler' }, PP)).statusCode).toBe(403);
  const charte = await aDeux('Charte que l’on ne finit pas', { nature: 'charte' });
  const refus = await app.get(`/conventions/${charte}/fin`, PP);
  expect([refus.statusCode, lisible(refus.body).includes('notez le retrait de votre organisation')]).toEqual([403, true]);
  expect(await differences()).toEqual([]);
});

test('qui est demandé n’est pas une liste figée : une partie qui vient, part ou revient est demandée, ou ne l’est plus', async () => {
  const fin = jourDans(400);
  const [long, plusLong] = [jourDans(900), jourDans(1200)];
  const charte = await aDeux('Charte à qui l’on demande', { nature: 'charte', fin });
  const avenant = async (nouvelle: string) => {
    const depot = { genre: 'avenant', resume: 'Prolonge', texte: 'x', signee_le: jourDans(-1), fin: nouvelle };
    return (await app.post(`/conventions/${charte}/textes/nouveau`, depot, PAV)).statusCode;
  };
  const finit = async (le: string) => expect(await page(charte)).toContain(lisible(`jusqu’au ${jour(le)}`));
  // Its signature, taken off the papers by who keeps the act, is asked all the same: nothing moves without it.
  expect(await surPartie(charte, 'PP', { acte: 'annuler', motif: 'Un papier égaré' }, PAV)).toBe(303);
  await lettres();
  expect(await avenant(long)).toBe(303);
  expect(await lettres()).toEqual(['PP : À confirmer au nom de votre organisation : Charte à qui l’on demande']);
  await finit(fin);
  expect(await surPartie(charte, 'PP', { acte: 'signer', jour: jourDans(-99) }, PP)).toBe(303);
  // Of a charter, one is asked once it signs.
  expect((await app.post(`/conventions/${charte}/parties/nouvelle`, { organisation: 'RECTORAT' }, PAV)).statusCode).toBe(303);
  expect(await ouverts(charte)).toEqual(['acte-parole PP', 'acte-renouvellement PAV', 'acte-signature RECTORAT']);
  await lettres();
  expect(await surPartie(charte, 'RECTORAT', { acte: 'signer', jour: jourDans(-1) }, RECTORAT)).toBe(303);
  expect(await lettres()).toEqual(['RECTORAT : À confirmer au nom de votre organisation : Charte à qui l’on demande']);
  expect(await ouverts(charte)).toEqual(['acte-parole PP', 'acte-parole RECTORAT', 'acte-renouvellement PAV']);
  expect(await repondre(charte, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  await finit(fin);
  // It denies it, and leaves: the others no longer wait, and everybody reads that it denied it.
  expect(await repondre(charte, 'avenant', 'RECTORAT', { acte: 'contester' }, RECTORAT)).toBe(303);
  expect(await avenant(plusLong)).toBe(422);
  expect(await surPartie(charte, 'RECTORAT', { acte: 'retirer', jour: jourDans(0) }, RECTORAT)).toBe(303);
  await finit(long);
  await app.post(`/conventions/${charte}/publier`, { acte: 'publier' }, COORDINATION);
  expect(await enPublic(charte)).toMatch(/contestation de Rectorat[^<]*, le [^<]+, qui s’est retirée depuis/);
  // Back, it is not bound by what came without it: its signature waits for its word.
  await lettres();
  expect(await repondre(charte, 'retrait', 'RECTORAT', { acte: 'annuler' }, RECTORAT)).toBe(303);
  expect(await lettres()).toContain('RECTORAT : Signature au nom de votre organisation : Charte à qui l’on demande');
  await finit(long);
  expect(await ouverts(charte)).toEqual(['acte-confirmation RECTORAT', 'acte-renouvellement PAV']);
  expect(await page(charte)).toContain('l’acte a été corrigé depuis par Paris Aide aux Victimes : à confirmer par elle depuis le');
  expect(await page(charte)).toContain('pendant son retrait : avenant signé le');
  expect(await surPartie(charte, 'RECTORAT', { acte: 'confirmer' }, RECTORAT)).toBe(303);
  // What did not count yet waits for it again, once it is back.
  expect(await avenant(plusLong)).toBe(303);
  expect(await surPartie(charte, 'RECTORAT', { acte: 'retirer', jour: jourDans(0) }, RECTORAT)).toBe(303);
  expect(await repondre(charte, 'retrait', 'RECTORAT', { acte: 'annuler' }, RECTORAT)).toBe(303);
  expect(await ouverts(charte)).toEqual(['acte-parole PP', 'acte-parole RECTORAT', 'acte-renouvellement PAV']);
  // So does one whose signature is noted meanwhile.
  const parquet = { organisation: 'PARQUET', signee_le: jourDans(-1) };
  expect((await app.post(`/conventions/${charte}/parties/nouvelle`, parquet, PAV)).statusCode).toBe(303);
  expect((await ouverts(charte)).filter((x) => x.endsWith('PARQUET'))).toEqual(['acte-confirmation PARQUET', 'acte-parole PARQUET']);
  expect(await repondre(charte, 'avenant', 'PARQUET', { acte: 'confirmer' }, { comme: 'agent', organisation: 'PARQUET' })).toBe(303);
  expect(await repondre(charte, 'avenant', 'PP', { acte: 'confirmer' }, PP)).toBe(303);
  await finit(long);
  expect(await repondre(charte, 'avenant', 'RECTORAT', { acte: 'confirmer' }, RECTORAT)).toBe(303);
  await finit(plusLong);
  expect(await differences()).toEqual([]);
});
