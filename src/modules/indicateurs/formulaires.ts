/**
 * The formulas of a contract, compiled once against the registered sources and kept in memory beside the catalogue. At start
 * the versions of the formulas are compared with those under which the cells were computed, and what changed is recomputed.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../core/base/database.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../contrats/index.ts';
import { atomesParFiche, CLE_FICHE, compte, suffixeDe } from './appuis/appuis.rules.ts';
import { buildFormule, estDistinct, type Formule, verifierFormule } from './calcul/atomes.rules.ts';
import { calculSchema, direIllisible } from './calcul/calcul.schema.ts';
import { appliquerCible, CLE_FLUX, type Delta, fluxParSource, type Formulaire, tenirFaits, type Touches } from './calcul/cellules.queries.ts';
import { recalculerCellules, recalculerMesures, verifierCellules, type Verification } from './calcul/recalcul.queries.ts';
import type { Lexique, SourceDeclaree, SourceDeFaits } from '../../core/faits.ts';
import { verifierFaits } from './faits/faits.queries.ts';
import { oublierFaits } from './faits/reprise.ts';
import { recalculerTotaux, verifierTotaux } from './saisie/totaux.queries.ts';
import { buildSources, type Sources } from './sources.ts';
import { enJson } from '../../core/couper.ts';

export interface FormulaireDeContrat extends Formulaire {
  catalogue: Catalogue;
  mesures: ReadonlyMap<string, Mesure>;
}

/** Declared by the modules at start, the same for every contract: names, and how to build each source for one. */
let declarees: ReadonlyMap<string, SourceDeclaree> = new Map();
/** Lists that modules read for something else than facts. */
let autresListes: readonly string[] = [];
const gardes = new WeakMap<Catalogue, FormulaireDeContrat>();

/** Declares the sources of facts of this process, which know no contract; called once at start, before any contract is used. */
export function installerSources(liste: readonly (SourceDeclaree | SourceDeFaits)[], listes: readonly string[] = []): void {
  autresListes = listes;
  declarees = new Map(liste.map((s) => [s.nom, 'pour' in s ? s : { nom: s.nom, listes: [], pour: () => s }]));
}
const sourcesPour = (lexique: Lexique): Sources => buildSources([...declarees.values()].map((s) => s.pour(lexique)));

interface MesureACompiler {
  id: string;
  obtention: string;
  calcul?: unknown;
  ventilations: readonly string[];
  tenuPar?: readonly string[];
}

/** Lists of a contract against the sources of facts: those that one needs and the contract lacks, those that none reads. */
export function verifierListes(lexique: Lexique): string[] {
  const demandees = new Map([...declarees.values()].flatMap((s) => s.listes.map((l) => [l, s.nom] as const)));
  const possibles = new Set([...autresListes, ...[...declarees.values()].flatMap((s) => s.listesPossibles ?? [])]);
  const manquent = [...demandees].filter(([l]) => !lexique.listes.has(l));
  const inconnues = [...lexique.listes.keys()].filter((l) => !demandees.has(l) && !possibles.has(l));
  return [
    ...manquent.map(([l, source]) => `listes.yaml : la liste « ${l} » manque, le registre « ${source} » en a besoin`),
    ...inconnues.map((l) => `listes.yaml, ${l} : aucun registre ne lit cette liste (connues : ${[...demandees.keys()].sort().join(', ')})`),
  ];
}

/** Faults of every formula of a contract with these lists, as « fiche 1.6, mesure 1.6-10b : … »; empty when all hold. */
export function verifierFormules(mesures: readonly MesureACompiler[], lexique: Lexique): string[] {
  const sources = sourcesPour(lexique);
  const ids = new Set(mesures.map((m) => m.id));
  return mesures
    .filter((m) => m.obtention === 'calcul')
    .flatMap((m) => {
      const lu = calculSchema.safeParse(m.calcul);
      if (!lu.success) return [`mesure ${m.id}, calcul : ${direIllisible(m.calcul)}`];
      return verifierFormule(buildFormule(m.id, lu.data, m.ventilations, sources, m.tenuPar), sources, ids).map((f) => `mesure ${m.id}, calcul : ${f}`);
    });
}

interface SystemeAVerifier {
  id: string;
  exige?: readonly { registre?: string | undefined; ou?: Readonly<Record<string, string | boolean>> | undefined }[] | undefined;
}

/** Registers and values that systems ask for and that no source has: the same check as a formula's filter. */
export function verifierExigences(systemes: readonly SystemeAVerifier[], lexique: Lexique): string[] {
  const sources = sourcesPour(lexique);
  return systemes.flatMap((s) =>
    (s.exige ?? []).flatMap(({ registre, ou = {} }, rang) =>
      registre === undefined
        ? []
        : verifierFormule(buildFormule(s.id, { compte: registre, ou: [{ ...ou }], sauf: [] }, [], sources), sources, new Set()).map(
            (f) => `systemes.yaml, ${s.id}, exige[${rang}] : ${f}`,
          ),
    ),
  );
}

export async function getFormulaire(db: Db, contratId: number): Promise<FormulaireDeContrat> {
  const catalogue = await getCatalogue(db, contratId);
  const garde = gardes.get(catalogue);
  if (garde) return garde;
  const sources = sourcesPour(catalogue);
  const formules = new Map<string, Formule>();
  // A part of a measure has no proof of its own: it is read there.
  const mesures = new Map<string, Mesure>([...catalogue.mesures, ...[...catalogue.suivis].filter(([, s]) => s.partDe === null)]);
  for (const m of mesures.values())
    if (m.obtention === 'calcul') formules.set(m.id, buildFormule(m.id, calculSchema.parse(m.calcul), m.ventilations, sources, m.tenuPar));
  const fiches = atomesParFiche(catalogue.fiches.keys(), formules, catalogue.mesures);
  const formulaire = { sources, formules, fiches, flux: fluxParSource(formules.values()), catalogue, mesures };
  gardes.set(catalogue, formulaire);
  return formulaire;
}

/**
 * Adds (+1) or takes away (-1) what these records contribute to the figures, in the caller's transaction. Call with -1
 * before published records change and with +1 after. What both give, together, is what `ceQuiABouge` asks for. What is taken away is held: who
 * changes the same records at the same moment waits here until the commit, then reads what was left, so that nothing is taken away twice.
 */
export async function appliquerFaits(tx: Db, contratId: number, source: string, cible: Touches, signe: 1 | -1): Promise<Delta[]> {
  const f = await getFormulaire(tx, contratId);
  const touchees = [...f.sources.values()].filter((s) => s.nom === source || s.de === source);
  if (!f.sources.has(source)) throw new Error(`Source de faits inconnue : ${source}`);
  if (signe === -1) await tenirFaits(tx, contratId, source, cible);
  const deltas: Delta[] = [];
  for (const s of touchees) deltas.push(...(await appliquerCible(tx, f, contratId, s, cible, signe)));
  return deltas;
}

/** What makes a row a fact, beside any formula: when it changes, everything that an older database holds is recomputed. */
const FAITS = '_faits';
const regleDesFaits = (sources: Sources) => ({ seulement: 'ce qui est réalisé', aPart: [...sources.values()].map(suffixeDe).filter(Boolean).sort() });

/** Recomputes the cells of the formulas that changed since they were last computed; returns their measures. As the owner. */
export async function actualiserFormules(owner: Db, contratId: number): Promise<string[]> {
  const f = await getFormulaire(owner, contratId);
  const voulues = [
    { id: FAITS, calcul: regleDesFaits(f.sources) },
    ...[...f.formules.values()].map((x) => ({ id: x.mesureId, calcul: { atomes: x.atomes, expression: x.expression } })),
    // What counts as evidence for a fiche follows its formulas, and is recomputed with them.
    ...[...f.fiches].map(([numero, atomes]) => ({
      id: `${CLE_FICHE}${numero}`,
      calcul: { atomes: atomes.map(({ source, ou, sauf, mode, colonne }) => ({ source, ou, sauf, ...(estDistinct(mode) ? { colonne } : {}) })) },
    })),
    // So does what tells that a register, and each of its feeds, was kept.
    ...[...f.sources.keys()].map((nom) => ({ id: `${CLE_FLUX}${nom}`, calcul: { flux: f.flux.get(nom) ?? [] } })),
  ];
  const lignes = voulues.map((v) => {
    const calcul = enJson(v.calcul);
    return { mesure_id: v.id, calcul, empreinte: createHash('sha256').update(calcul).digest('hex') };
  });
  const toutes = new Set(voulues.map((v) => v.id));
  return owner.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mesureId: string; empreinte: string; version: number; courante: boolean }>`
      select mesure_id, empreinte, version, valide_jusqu_a is null as courante
      from mesure_formules where contrat_id = ${contratId} order by version`.execute(tx);
    const courantes = new Map(rows.filter((r) => r.courante).map((r) => [r.mesureId, r.empreinte]));
    const changees = lignes.filter((l) => courantes.get(l.mesure_id) !== l.empreinte);
    const parties = [...courantes.keys()].filter((id) => !toutes.has(id));
    const touchees = [...changees.map((l) => l.mesure_id), ...parties];
    if (touchees.length === 0) return [];
    await sql`update mesure_formules set valide_jusqu_a = now()
      where contrat_id = ${contratId} and valide_jusqu_a is null and mesure_id = any(${touchees}::text[])`.execute(tx);
    await sql`
      insert into mesure_formules (contrat_id, mesure_id, version, empreinte, calcul)
      select ${contratId}, v.mesure_id,
        coalesce((select max(p.version) from mesure_formules p where p.contrat_id = ${contratId} and p.mesure_id = v.mesure_id), 0) + 1,
        v.empreinte, v.calcul::jsonb
      from jsonb_to_recordset(${enJson(changees)}::jsonb) as v (mesure_id text, empreinte text, calcul text)`.execute(tx);
    await recalculerMesures(tx, f, contratId, touchees.includes(FAITS) ? null : touchees);
    if (touchees.includes(FAITS)) await oublierFaits(tx, contratId);
    return touchees.filter((id) => id !== FAITS && !id.startsWith(CLE_FICHE) && !id.startsWith(CLE_FLUX));
  });
}

/**
 * Recomputes every cell of the contract; after a bulk load or a restored backup. As the owner. What proofs list is read from the registers
 * until `reprendreFaits` has written it again.
 */
export async function recalculerChiffres(owner: Db, contratId: number): Promise<void> {
  const f = await getFormulaire(owner, contratId);
  await oublierFaits(owner, contratId);
  await recalculerCellules(owner, f, contratId);
  await recalculerTotaux(owner, f.catalogue);
}

/** `concorde verifier chiffres`: cells and what proofs list against records, totals against contributions. As the owner. */
export async function verifierChiffres(owner: Db, contratId: number): Promise<Verification & { totaux: number; faits: number }> {
  const f = await getFormulaire(owner, contratId);
  const { cellules, differences } = await verifierCellules(owner, f, contratId);
  const gardes = await verifierFaits(owner, f, contratId);
  const contributions = await verifierTotaux(owner, f.catalogue);
  return { cellules, totaux: contributions.totaux, faits: gardes.faits, differences: [...differences, ...gardes.differences, ...contributions.differences] };
}

export interface VersionFormule {
  version: number;
  valideDepuis: Date;
  valideJusqua: Date | null;
}
export async function listVersionsFormule(db: Db, contratId: number, mesureId: string): Promise<VersionFormule[]> {
  const { rows } = await sql<VersionFormule>`
    select version, valide_depuis as "valideDepuis", valide_jusqu_a as "valideJusqua"
    from mesure_formules where contrat_id = ${contratId} and mesure_id = ${mesureId} order by version desc`.execute(db);
  return rows;
}

/** Measures that count a record of this source with these values: what it « counts for ». */
export const mesuresQuiComptent = (f: FormulaireDeContrat, source: string, valeur: (code: string) => unknown): Mesure[] =>
  [...f.formules.values()].filter((x) => x.atomes.some((a) => compte(a, source, valeur))).flatMap((x) => f.mesures.get(x.mesureId) ?? []);

/** Registers that feed a fiche: those of the formulas of its measures. */
export const sourcesDeFiche = (f: FormulaireDeContrat, fiche: string): SourceDeFaits[] =>
  [...f.sources.values()].filter((s) => f.fiches.get(fiche)?.some((a) => a.source === s.nom));
