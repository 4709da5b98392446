/** Tables of acts, out and in, and the same for programs. GET 200, 403; POST 303, 422 every fault by its line and nothing written, 403, 413. */
import { acces, accesMetier, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { type Cellule, fichierCsv, protegerCellule } from '../../core/csv.ts';
import { ErreurConcorde, type ErreurDeChamp, interdit } from '../../core/errors.ts';
import { type Contexte, exiger, fichier, get, json, page, post, redirige, type Reponse, type Route, texte } from '../../core/http/http.ts';
import { jour } from '../../ui/typographie.ts';
import { choisirLieu, getCatalogue } from '../contrats/index.ts';
import { grouper } from '../echeances/index.ts';
import { suivreActes } from './conventions.dus.ts';
import { aConfirmerDe, cellulesDe, LUES_SEULES, TITRES } from './colonnes.rules.ts';
import { peutImporter } from './conventions.policy.ts';
import { listActes, listParties } from './conventions.queries.ts';
import { apiSchema } from './conventions.schema.ts';
import { dansDe, FIL } from './formulaires.ts';
import { type Faute, importer } from './importer.ts';
import { annoncerSignatures, type Outils } from './lettres.ts';
import { chercher, lireFiltres } from './liste.ts';
import { direEtat } from './mots.ts';
import { ImportPage } from './pages/ImportPage.tsx';

const FICHIER_MAX = 10 * 1_048_576;
const RESERVE = 'Un tableau d’actes s’importe par la coordination de tout le contrat.';

/** The list as it is filtered, without its pages: what this reader may read of it. */
async function trouver(c: Contexte) {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const travail = auTravail(c.utilisateur);
  const lieu = choisirLieu(travail ? c.utilisateur : null, texte(c.requete.territoire), cat);
  const filtres = lireFiltres((nom) => texte(c.requete[nom]), cat);
  const { lignes } = await chercher(c.db, cat, filtres, { publiques: !travail, lieu, aujourdhui });
  const parties = grouper(
    await listParties(
      c.db,
      c.contrat.id,
      lignes.map((l) => l.acte.id),
    ),
    (p) => p.conventionId,
  );
  return { cat, aujourdhui, lignes, parties };
}
async function tableau(c: Contexte): Promise<Cellule[][]> {
  const { cat, aujourdhui, lignes, parties } = await trouver(c);
  return lignes.map((l) => cellulesDe(l.acte, parties.get(l.acte.id) ?? [], cat, aujourdhui));
}
const ENTETE = [...TITRES, ...LUES_SEULES];
/** Says its day, not its second: the same list makes the same workbook. */
async function classeur(c: Contexte, lignes: readonly (readonly Cellule[])[]): Promise<Buffer> {
  const { default: exceljs } = await import('exceljs');
  const livre = new exceljs.Workbook();
  livre.created = livre.modified = new Date(`${jourDe(c.maintenant)}T00:00:00Z`);
  const feuille = livre.addWorksheet('Actes', { views: [{ state: 'frozen', ySplit: 1 }] });
  feuille.addRow(ENTETE).font = { bold: true };
  for (const l of lignes) feuille.addRow(l.map((x) => (typeof x === 'string' ? protegerCellule(x) : x)));
  return Buffer.from(await livre.xlsx.writeBuffer());
}
const importPage = (
  c: Contexte,
  erreurs: readonly ErreurDeChamp[] = [],
  fautes: readonly Faute[] = [],
  faits: { crees: number; deja: number } | null = null,
): Reponse =>
  page({
    ...dansDe(c),
    fil: FIL,
    titre: 'Importer un tableau d’actes',
    statut: erreurs.length > 0 || fautes.length > 0 ? 422 : 200,
    corps: <ImportPage erreurs={erreurs} fautes={fautes} faits={faits} />,
  });
function exigerImport(c: Contexte): void {
  if (!peutImporter(c.utilisateur)) throw interdit(RESERVE);
}
const nombre = (v: unknown): number | null => (/^\d{1,5}$/.test(texte(v)) ? Number(texte(v)) : null);

export const buildEchangeRoutes = (o: Outils): Route[] => [
  get('/conventions.csv', acces.public, async (c) => fichier(fichierCsv(ENTETE, await tableau(c)), { nom: 'actes.csv', type: 'text/csv; charset=utf-8' })),
  get('/conventions.xlsx', acces.public, async (c) =>
    fichier(await classeur(c, await tableau(c)), { nom: 'actes.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }),
  ),
  get('/conventions/modele.xlsx', accesMetier, async (c) =>
    fichier(await classeur(c, []), { nom: 'modele-actes.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }),
  ),
  get('/conventions/import', accesMetier, async (c) => {
    exigerImport(c);
    const crees = nombre(c.requete.faites);
    return importPage(c, [], [], crees === null ? null : { crees, deja: nombre(c.requete.deja) ?? 0 });
  }),
  post(
    '/conventions/import',
    accesMetier,
    async (c) => {
      exigerImport(c);
      const recu = c.fichiers.find((f) => f.champ === 'fichier' && f.octets > 0);
      if (!recu) return importPage(c, [{ champ: 'fichier', message: 'Choisissez un fichier CSV, XLSX ou ODS.' }]);
      try {
        const cat = await getCatalogue(c.db, c.contrat.id);
        const b = await importer(c, cat, recu, jourDe(c.maintenant));
        if (b.fautes.length > 0) return importPage(c, [], b.fautes);
        if (b.crees.length > 0) {
          await suivreActes(c, b.crees);
          const actes = new Map((await listActes(c.db, c.contrat.id, { ids: b.crees })).map((a) => [a.id, a]));
          const dites = b.signees.flatMap((x) => {
            const acte = actes.get(x.acte);
            return acte ? [{ ...x, acte, dit: `a noté une signature du ${jour(x.jour)}` }] : [];
          });
          await annoncerSignatures(c, o, cat, dites);
        }
        await c.auditer('convention.importees', '/conventions', { crees: b.crees.length, deja: b.deja });
        return redirige(`/conventions/import?faites=${b.crees.length}&deja=${b.deja}`);
      } catch (e) {
        if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd')) return importPage(c, [{ champ: 'fichier', message: e.message }]);
        throw e;
      }
    },
    { creation: true, televersementMax: FICHIER_MAX },
  ),
  /** 200 acts, filtered as the list is, a page after an id · 401 · 403 · 422 */
  get(
    '/api/v1/conventions',
    accesMetier,
    async (c) => {
      if (!auTravail(c.utilisateur)) throw interdit();
      const q = exiger(apiSchema, { limite: texte(c.requete.limite) || '100', apres: texte(c.requete.apres) });
      const { cat, aujourdhui, lignes, parties } = await trouver(c);
      const suivants = lignes.toSorted((a, b) => (a.acte.id < b.acte.id ? -1 : 1)).filter((l) => l.acte.id > q.apres);
      const ici = suivants.slice(0, q.limite);
      return json({
        donnees: ici.map(({ acte: a, etat, fiches, prochaine }) => ({
          id: a.id,
          nature: a.nature,
          titre: a.titre,
          reference: a.reference,
          etat,
          etat_dit: direEtat(a, aujourdhui),
          signatures_a_confirmer: aConfirmerDe(a),
          autres_a_confirmer: a.enAttente,
          porteur: a.porteurId,
          effet: a.effet,
          fin: a.fin,
          prochaine,
          fiches,
          dispositifs: a.systemes,
          lignes: a.lignes,
          territoires: a.territoires,
          publique: a.publieeLe !== null,
          parties: (parties.get(a.id) ?? []).map((p) => ({
            organisation: p.organisationId,
            nom: p.organisationId ? cat.nomActeur(p.organisationId) : p.nom,
            signee_le: p.signeeLe,
            retiree_le: p.retireeLe,
            signature: p.etat,
            notee_par: p.noteeDe || null,
          })),
        })),
        suite: suivants.length > ici.length ? (ici.at(-1)?.acte.id ?? null) : null,
      });
    },
    { api: true, portees: ['lire'] },
  ),
];
