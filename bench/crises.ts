/**
 * A main courante of 10,000 entries written by ten devices, some cut before their commit, some sent twice: what one entry takes alone and among
 * ten, what sharing one chain costs against ten rooms of one device each, whether the chain is whole, and its paper and its file.
 */
import { randomUUID } from 'node:crypto';
import { inTransaction } from '../src/core/base/database.ts';
import { creerCrise } from '../src/modules/crises/crises.fixtures.ts';
import { verifierExport } from '../src/modules/crises/main-courante/chaine.rules.ts';
import { ecrireEntrees, type NouvelleEntree } from '../src/modules/crises/main-courante/main-courante.queries.ts';
import { verifierChaines } from '../src/modules/crises/main-courante/verifier.ts';
import { chronometrer, type Contexte, lirePage, mediane, quantile } from './contexte.ts';

const POSTES = 10;

const entree = (poste: number, ordre: number): NouvelleEntree => ({
  cle: randomUUID(),
  poste: `banc-${poste}`,
  ordre,
  arriveLe: new Date(),
  survenuLe: new Date(),
  saisiLe: new Date(),
  ecartMs: 0,
  source: 'Banc',
  canal: 'salle',
  vers: '',
  contenu: `Entrée ${ordre} du poste ${poste} : véhicule attendu sur place dans vingt minutes`,
  classe: 'information',
  decideur: '',
  duLe: null,
  renvoiGenre: null,
  renvoi: null,
  auteur: 'Banc d’essai',
  auteurId: null,
  organisationId: 'SCOP',
  confirme: [],
  automatique: false,
});

export async function mesurerCrises(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const { noter } = c;
  const parPoste = (c.rapide ? 1000 : 10_000) / POSTES;
  const ecrire = (crise: string, une: NouvelleEntree) => inTransaction(e.db, { contratId: e.contratId }, (tx) => ecrireEntrees(tx, crise, [une]));
  const couper = (crise: string, une: NouvelleEntree) =>
    inTransaction(e.db, { contratId: e.contratId }, async (tx) => {
      await ecrireEntrees(tx, crise, [une]);
      throw new Error('coupure');
    }).catch(() => {});
  const durees: number[] = [];
  async function poste(crise: string, n: number, combien: number, pannes: boolean): Promise<void> {
    for (let ordre = 1; ordre <= combien; ordre++) {
      const une = entree(n, ordre);
      if (pannes && ordre % 50 === 0) await couper(crise, une);
      const debut = performance.now();
      await (pannes && ordre % 20 === 0 ? Promise.all([ecrire(crise, une), ecrire(crise, une)]) : ecrire(crise, une));
      if (pannes) durees.push(performance.now() - debut);
    }
  }
  /** Entries a second of ten devices, each in one of these rooms. */
  async function debit(salles: readonly string[], combien: number, pannes: boolean): Promise<number> {
    const debut = performance.now();
    await Promise.all(Array.from({ length: POSTES }, (_, n) => poste(salles[n % salles.length] ?? '', n + 1, combien, pannes)));
    return (POSTES * combien) / ((performance.now() - debut) / 1000);
  }

  const crise = await creerCrise(e.owner, e.contratId);
  noter('main-courante-1', mediane(await chronometrer(60, () => ecrire(crise, entree(0, 0)))), 'ms');
  const salles: string[] = [];
  for (let i = 0; i < POSTES; i++) salles.push(await creerCrise(e.owner, e.contratId));
  const essai = Math.min(200, parPoste);
  const separees = await debit(salles, essai, false);
  const ensemble = await debit([await creerCrise(e.owner, e.contratId)], essai, false);
  noter('main-courante-file', separees / ensemble, '×');
  noter('main-courante-10-postes-debit', await debit([crise], parPoste, true), 'entrées/s');
  noter('main-courante-10-postes-p95', quantile(durees, 0.95), 'ms');

  const debut = performance.now();
  const [v] = await verifierChaines(e.owner, e.contratId, crise);
  noter('main-courante-verifiee', performance.now() - debut, 'ms');
  noter('main-courante-entiere', v && v.fautes.length === 0 && v.entrees === 60 + POSTES * parPoste ? 1 : 0, 'oui');
  const temoin = await e.temoin('julie.perrin');
  const adresse = `${e.adresse}/crises/${crise}/main-courante`;
  const json = await lirePage(`${adresse}.json`, temoin);
  noter('main-courante-hors-ligne', verifierExport(JSON.parse(json.toString())).fautes.length === 0 ? 1 : 0, 'oui');
  noter('main-courante-pdf', mediane(await chronometrer(1, () => lirePage(`${adresse}.pdf`, temoin))), 'ms');
  noter('main-courante-page', mediane(await chronometrer(5, () => lirePage(`${e.adresse}/crises/${crise}`, temoin))), 'ms');
}
