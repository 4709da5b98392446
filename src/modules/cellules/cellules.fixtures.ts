/** A cell as two institutions hold it, through its pages alone. */
import { sql } from 'kysely';
import type { AppDeTest } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';

export const PHRASE = 'sept mots que personne ne devine jamais ici';
export interface Personne {
  cookie: string;
  courriel: string;
  id: string;
}
export async function membreDe(app: AppDeTest, organisation: string, territoire = 'mairie-18'): Promise<Personne> {
  const cookie = await app.temoin({ comme: 'membre_cellule', organisation, territoire });
  const { rows } = await sql<Personne>`
    select id, courriel from comptes where contrat_id = ${app.contratId} order by cree_le desc, courriel desc limit 1`.execute(app.base.owner);
  return { ...(rows[0] as Personne), cookie };
}
export async function creerCellule(app: AppDeTest, coordination: string, genre = 'cenomed', territoire = 'mairie-18'): Promise<string> {
  const r = await app.post('/cellules/creer', { genre, territoire }, coordination);
  return String(r.headers.location);
}
export const designer = (app: AppDeTest, coordination: string, cellule: string, p: Personne) =>
  app.post(`${cellule}/membres`, { courriel: p.courriel, fonction: 'Référent', debut: '2020-01-01', fin: '' }, coordination);
export const fixer = (app: AppDeTest, dpo: string, cellule: string, mois = '6') =>
  app.post(`${cellule}/durees`, { sansSuiteMois: mois, suiviMois: '24', apresSuiviMois: '12' }, dpo);
export async function signer(app: AppDeTest, cellule: string, p: Personne, phrase = PHRASE) {
  const champs = lireFormulaire((await app.get(`${cellule}/charte`, p.cookie)).body, `${cellule}/signer`);
  return app.post(`${cellule}/signer`, { ...champs, lu: 'oui', reglement: 'oui', ...('phrase' in champs ? { phrase, encore: phrase } : {}) }, p.cookie);
}
export const ouvrir = (app: AppDeTest, cellule: string, p: Personne, phrase = PHRASE) => app.post(`${cellule}/ouvrir`, { phrase }, p.cookie);
export async function admettre(app: AppDeTest, cellule: string, par: Personne, p: Personne) {
  const action = `${cellule}/admettre/${await siegeDe(app, cellule, p)}`;
  const page = (await app.get(cellule, par.cookie)).body;
  return app.post(action, page.includes(action) ? lireFormulaire(page, action) : {}, par.cookie);
}
export async function siegeDe(app: AppDeTest, cellule: string, p: Personne): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from nominatif.cellule_membres where cellule_id = ${cellule.split('/').pop()}::uuid and compte_id = ${p.id}::uuid and exclu_le is null`.execute(
    app.base.owner,
  );
  return rows[0]?.id ?? '';
}
export const QUI = { nom: 'Quatrebarbes', prenom: 'Zéphyrine', naissance: '2012-05' };
export async function entrer(app: AppDeTest, cellule: string, p: Personne, qui: typeof QUI | null = QUI): Promise<string> {
  const cherche = await app.post(`${cellule}/chercher`, qui ? { ...qui, _cle: crypto.randomUUID() } : { sans: 'oui' }, p.cookie);
  const champs = lireFormulaire(cherche.body, `${cellule}/entrer`);
  return String((await app.post(`${cellule}/entrer`, { ...champs, origine: 'ecole', difficulte: 'decrochage' }, p.cookie)).headers.location);
}
/** Moves a situation forward from its page. */
export async function avancer(app: AppDeTest, situation: string, etat: string, p: Personne) {
  const version = lireFormulaire((await app.get(situation, p.cookie)).body, `${situation}/avancer`).version ?? '1';
  return app.post(`${situation}/avancer`, { etat, version }, p.cookie);
}
/** A session of today where these are, one of them presiding; its items by number. */
export async function seance(app: AppDeTest, cellule: string, preside: Personne, presents: readonly Personne[], situations: readonly string[], jour: string) {
  const r = await app.post(`${cellule}/seances/convoquer`, { jour, heure: '14:30', preside: await siegeDe(app, cellule, preside) }, preside.cookie);
  const url = String(r.headers.location);
  await app.post(`${url}/inscrire`, { situations: situations.map((s) => s.split('/').at(-1) ?? '') }, preside.cookie);
  await app.post(`${url}/ouvrir`, {}, preside.cookie);
  for (const p of presents) await app.post(`${url}/present`, {}, p.cookie);
  return url;
}
export async function pointsDe(app: AppDeTest, url: string): Promise<{ id: string; situationId: string }[]> {
  const { rows } = await sql<{ id: string; situationId: string }>`
    select id, situation_id from nominatif.cellule_points where seance_id = ${url.split('/').pop()}::uuid order by rang`.execute(app.base.owner);
  return rows;
}
/** Examined in a session of these, from its entry. */
export async function examiner(app: AppDeTest, cellule: string, situation: string, preside: Personne, presents: readonly Personne[], jour: string) {
  await avancer(app, situation, 'recevable', preside);
  const url = await seance(app, cellule, preside, presents, [situation], jour);
  for (const p of await pointsDe(app, url)) {
    await app.post(`${url}/points/${p.id}/ouvrir`, {}, preside.cookie);
    await app.post(`${url}/points/${p.id}/clore`, {}, preside.cookie);
  }
  await app.post(`${url}/fermer`, {}, preside.cookie);
  return url;
}
/** A file sent with its fields, as a browser does. */
export const envoyer = (app: AppDeTest, url: string, champs: Record<string, string>, fichier: string | null, cookie: string) =>
  app.serveur.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'multipart/form-data; boundary=lim' },
    payload: [
      ...Object.entries(champs).map(([nom, v]) => `--lim\r\ncontent-disposition: form-data; name="${nom}"\r\n\r\n${v}\r\n`),
      fichier === null
        ? ''
        : `--lim\r\ncontent-disposition: form-data; name="fichier"; filename="reglement.pdf"\r\ncontent-type: application/pdf\r\n\r\n${fichier}\r\n`,
      '--lim--\r\n',
    ].join(''),
  });
export const REGLEMENT = 'La cellule se réunit à huis clos.';
/** The règlement of the cell, attached by the coordination. */
const reglementer = (app: AppDeTest, coordination: string, cellule: string, texte = REGLEMENT, rang = '0') =>
  envoyer(app, `${cellule}/reglement`, { reference: 'Délibération d’essai 2020-1', adopteLe: '2020-01-02', rang }, texte, coordination);
/** Two institutions, signed, admitted, open. */
export async function celluleOuverte(app: AppDeTest, genre = 'cenomed', territoire = 'mairie-18') {
  const coordination = await app.temoin({ comme: 'coordination', organisation: 'VILLE' });
  const dpo = await app.temoin({ comme: 'dpo', organisation: 'VILLE' });
  const a = await membreDe(app, 'RECTORAT', territoire);
  const b = await membreDe(app, 'PJJ', territoire);
  const cellule = await creerCellule(app, coordination, genre, territoire);
  await fixer(app, dpo, cellule);
  await reglementer(app, coordination, cellule);
  for (const p of [a, b]) await designer(app, coordination, cellule, p);
  for (const p of [a, b]) await signer(app, cellule, p);
  await ouvrir(app, cellule, a);
  await admettre(app, cellule, a, b);
  await ouvrir(app, cellule, b);
  return { coordination, dpo, a, b, cellule, territoire };
}
