/**
 * The only writer of the list. A source says what its subjects make people owe; the entries are brought to it by four acts
 * (open, move, settle, void), in the caller's transaction. Doing it twice changes nothing.
 */
import { sql } from 'kysely';
import { horloge, jourDe } from '../../core/clock.ts';
import { type Db, remettreEnsemble } from '../../core/base/database.ts';
import { requete } from '../../core/base/requete.ts';
import type { Fusion } from '../../core/base/transaction.ts';
import { enJson } from '../../core/couper.ts';
import { type Ecarts, comparer, nombreDEcarts } from './echeances.rules.ts';
import type { Attendue, Dues } from './echeances.types.ts';
import { listSujetsTenus, listTenues, tenir } from './echeances.queries.ts';
import { listSources } from './genres.ts';

type Bougee = Ecarts['deplacer'][number];
interface Quand {
  maintenant: Date;
}

const enLignes = (source: Dues, attendues: readonly (Attendue & { id?: string })[]): string =>
  enJson(
    attendues.map((a) => ({
      ...a,
      module: source.module,
      personne: a.personne ?? '',
      courriel: (a.courriel ?? '').toLowerCase(),
      periode: a.periode ?? '',
      fiche: a.fiche ?? null,
      suspendueLe: a.suspendueLe ?? null,
      soldeeLe: a.soldee?.le ?? null,
      soldeePar: a.soldee?.par ?? '',
      soldeChemin: a.soldee?.chemin ?? '',
      soldeEtat: a.soldee?.etat ?? '',
      sansObjet: a.sansObjet ?? '',
    })),
  );
const COLONNES = sql`id uuid, genre text, module text, sujet text, "objetId" text, titre text, chemin text, "organisationId" text, personne text,
  courriel text, periode text, "territoireId" text, fiche text, "ouverteLe" date, "dueLe" date, "suspendueLe" date, "soldeeLe" timestamptz,
  "soldeePar" text, "soldeChemin" text, "soldeEtat" text, "sansObjet" text`;

/** Someone else may have opened it meanwhile: then nothing is added, and what they wrote is brought to what is owed by their own act. */
const ouvrantes = requete<unknown, { contratId: number; lignes: string; maintenant: Date }>(
  (v) => sql`
    insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, personne, courriel, periode, territoire_id,
      fiche, ouverte_le, due_le, suspendue_le, soldee_le, soldee_par, solde_chemin, solde_etat, sans_objet_le, sans_objet_motif)
    select ${v.contratId}::smallint, genre, module, sujet, "objetId", titre, chemin, "organisationId", personne, courriel, periode, "territoireId",
      fiche, "ouverteLe", "dueLe", "suspendueLe", "soldeeLe", "soldeePar", "soldeChemin", "soldeEtat",
      case when "sansObjet" <> '' then ${v.maintenant}::timestamptz end, "sansObjet"
    from jsonb_to_recordset(${v.lignes}::jsonb) as v (${COLONNES})
    on conflict (contrat_id, genre, objet_id, organisation_id, periode) do nothing`,
);
const ouvrir = (tx: Db, contratId: number, source: Dues, attendues: readonly Attendue[], q: Quand): Promise<unknown> =>
  ouvrantes(tx, { contratId, lignes: enLignes(source, attendues), maintenant: q.maintenant });
interface Nouvelle extends Quand {
  contratId: number;
  source: Dues;
  attendue: Attendue;
}
const ouvrirEnsemble: Fusion<Nouvelle> = {
  ecrire: (parts) => {
    const parSource = new Map<Dues, Nouvelle[]>();
    for (const p of parts) parSource.set(p.source, [...(parSource.get(p.source) ?? []), p]);
    return [...parSource].flatMap(([source, siennes]) => {
      const [premiere] = siennes;
      const attendues = siennes.map((p) => p.attendue);
      return premiere ? [ouvrantes.avec({ contratId: premiere.contratId, lignes: enLignes(source, attendues), maintenant: premiere.maintenant })] : [];
    });
  },
};
/**
 * What a subject that this very transaction makes owes: nothing can be listed of it yet, so that nothing is read, and it leaves with the
 * next statement, or with what other transactions open at the same moment.
 */
export const ouvrirLaNouvelle = (tx: Db, contratId: number, source: Dues, attendue: Attendue, q: Quand): Promise<void> =>
  remettreEnsemble(tx, ouvrirEnsemble, { contratId, source, attendue, ...q });

/** Words, person, day, and what settled it: what is owed again is open again. */
async function deplacer(tx: Db, contratId: number, source: Dues, lignes: readonly Bougee[]): Promise<void> {
  await sql`
    update echeances e
    set sujet = v.sujet, titre = v.titre, chemin = v.chemin, personne = v.personne, courriel = v.courriel, territoire_id = v."territoireId",
      fiche = v.fiche, ouverte_le = v."ouverteLe", due_le = v."dueLe", suspendue_le = v."suspendueLe", soldee_le = v."soldeeLe",
      soldee_par = v."soldeePar", solde_chemin = v."soldeChemin", solde_etat = v."soldeEtat", sans_objet_le = null, sans_objet_motif = ''
    from jsonb_to_recordset(${enLignes(
      source,
      lignes.map((l) => ({ ...l.attendue, id: l.id })),
    )}::jsonb) as v (${COLONNES})
    where e.contrat_id = ${contratId} and e.id = v.id`.execute(tx);
}

async function rendreSansObjet(tx: Db, contratId: number, lignes: Ecarts['sansObjet'], q: Quand): Promise<void> {
  await sql`
    update echeances e
    set soldee_le = null, soldee_par = '', solde_chemin = '', solde_etat = '', sans_objet_le = ${q.maintenant}, sans_objet_motif = v.motif
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (id uuid, motif text)
    where e.contrat_id = ${contratId} and e.id = v.id`.execute(tx);
}

interface Lues {
  ecarts: Ecarts;
  vues: number;
  /** Subjects of entries that are not as they should be. */
  deranges: readonly string[];
}
/**
 * Reads what is listed, then what is owed; changes nothing. In this order: what someone settles between the two is read as settled, whereas
 * the other way round the list would be brought back to what was owed before. `verrou` holds the entries until the end of the transaction.
 */
async function ecartsDe(db: Db, contratId: number, source: Dues, sujets: readonly string[] | null, q: Quand, verrou = false): Promise<Lues> {
  const genres = source.genres.map((g) => g.code);
  const tenues = await listTenues(db, contratId, genres, sujets, verrou);
  const attendues = await source.attendues(db, { contratId, aujourdhui: jourDe(q.maintenant), maintenant: q.maintenant, sujets });
  const ecarts = comparer(attendues, tenues);
  const bougees = [...ecarts.deplacer, ...ecarts.solder];
  const ids = new Set([...bougees, ...ecarts.sansObjet].map((x) => x.id));
  const deranges = new Set([...bougees.map((x) => x.attendue.sujet), ...tenues.filter((e) => ids.has(e.id)).map((e) => e.sujet)]);
  return { ecarts, vues: attendues.length, deranges: [...deranges] };
}

/** Subjects read at once: what a pass holds in memory, whatever the history. */
const PAR_PAGE = 2000;

/** The next subjects in order, of the source or only of the list: none is passed over by the shorter of the two pages. */
async function pageDeSujets(db: Db, contratId: number, source: Dues, page: Required<Dues>['sujets'], apres: string | null): Promise<string[]> {
  const o = { contratId, apres, limite: PAR_PAGE };
  const genres = source.genres.map((g) => g.code);
  const [siens, tenus] = [await page(db, o), await listSujetsTenus(db, genres, o)];
  const derniers = [siens, tenus].flatMap((l) => (l.length === PAR_PAGE ? (l.at(-1) ?? []) : [])).sort();
  const borne = derniers[0];
  return [...new Set([...siens, ...tenus])].filter((s) => borne === undefined || s <= borne).sort();
}

/** What is listed against what is owed, for all of a source: page by page where it says its subjects in order, at once otherwise. */
async function* ecartsParPage(db: Db, contratId: number, source: Dues, q: Quand): AsyncGenerator<Lues> {
  if (!source.sujets) return yield await ecartsDe(db, contratId, source, null, q);
  let sujets = await pageDeSujets(db, contratId, source, source.sujets, null);
  while (sujets.length > 0) {
    yield await ecartsDe(db, contratId, source, sujets, q);
    sujets = await pageDeSujets(db, contratId, source, source.sujets, sujets.at(-1) ?? null);
  }
}

/** All of a source. Read without holding anything: what is to change is read again, held. */
async function accorderSource(tx: Db, contratId: number, source: Dues, q: Quand): Promise<number> {
  let n = 0;
  const aRelire = new Set<string>();
  for await (const { ecarts, deranges } of ecartsParPage(tx, contratId, source, q)) {
    if (ecarts.ouvrir.length > 0) await ouvrir(tx, contratId, source, ecarts.ouvrir, q);
    n += ecarts.ouvrir.length;
    for (const s of deranges) aRelire.add(s);
  }
  const sujets = [...aRelire];
  // Held all together, in the order of every other writer, then read again a few at a time.
  if (sujets.length > PAR_PAGE)
    await tenir(
      tx,
      contratId,
      source.genres.map((g) => g.code),
      sujets,
    );
  for (let i = 0; i < sujets.length; i += PAR_PAGE) n += await accorder(tx, contratId, source, sujets.slice(i, i + PAR_PAGE), q);
  return n;
}

/**
 * Brings the entries of these subjects (null: all of the source) to what is owed now; returns how many changed. Call it after the
 * write, in its transaction.
 */
export async function accorder(
  tx: Db,
  contratId: number,
  source: Dues,
  sujets: readonly string[] | null,
  q: Quand = { maintenant: horloge() },
): Promise<number> {
  if (sujets === null) return accorderSource(tx, contratId, source, q);
  if (sujets.length === 0) return 0;
  const { ecarts } = await ecartsDe(tx, contratId, source, sujets, q, true);
  if (ecarts.ouvrir.length > 0) await ouvrir(tx, contratId, source, ecarts.ouvrir, q);
  const bougees = [...ecarts.deplacer, ...ecarts.solder];
  if (bougees.length > 0) await deplacer(tx, contratId, source, bougees);
  if (ecarts.sansObjet.length > 0) await rendreSansObjet(tx, contratId, ecarts.sansObjet, q);
  return nombreDEcarts(ecarts);
}

/** Every source, in the caller's transaction: after a bulk load, and at each pass for what only the passing of days makes owed. */
export async function accorderTout(tx: Db, contratId: number, q: Quand): Promise<number> {
  let n = 0;
  for (const s of listSources()) n += await accorder(tx, contratId, s, null, q);
  return n;
}

export interface Difference {
  source: string;
  quoi: string;
}
/** `concorde verifier echeances`: what should be owed, read from the objects, against the list. Writes nothing. */
export async function verifierEcheances(db: Db, contratId: number, q: Quand): Promise<{ echeances: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  let echeances = 0;
  for (const s of listSources()) {
    const dire = (acte: string, quoi: string) => differences.push({ source: s.code, quoi: `${acte} : ${quoi}` });
    for await (const { ecarts: e, vues } of ecartsParPage(db, contratId, s, q)) {
      echeances += vues;
      for (const a of e.ouvrir) dire('manque', `${a.genre} ${a.objetId} ${a.organisationId}${a.periode ? ` ${a.periode}` : ''}`);
      for (const x of e.deplacer) dire('à déplacer', `${x.attendue.genre} ${x.attendue.objetId}`);
      for (const x of e.solder) dire('à solder', `${x.attendue.genre} ${x.attendue.objetId}`);
      for (const x of e.sansObjet) dire('sans objet', `${x.id}, ${x.motif}`);
    }
  }
  return { echeances, differences };
}
