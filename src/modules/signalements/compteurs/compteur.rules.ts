/** A counter of a circuit that others hold: its file, its periods, what is typed of one. Pure. */
import { z } from 'zod';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { estUneLigne, SUR_UNE_LIGNE } from '../../../core/http/fields.ts';
import type { ContratLu, Profils } from '../../../core/module.ts';
import { lireNombre } from '../../../core/nombres.ts';
import { plusJours } from '../../echeances/index.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'attendu : un code en minuscules, chiffres et tirets');
const dit = z.string().trim().min(2).max(600).refine(estUneLigne, SUR_UNE_LIGNE);

/** What a step counts: what leaves, what arrives, what becomes of it; `delai`, days between two of them on average. */
export const SENS = { envoi: 'Parti', reception: 'Arrivé', delai: 'Délai', issue: 'Suite' } as const;
type Sens = keyof typeof SENS;

const etapeSchema = z.strictObject({
  code,
  libelle: z.string().min(2).max(120),
  sens: z.enum(Object.keys(SENS) as [Sens, ...Sens[]]),
  /** Who counts it. */
  tenu_par: z.string().min(1),
});
export type Etape = z.output<typeof etapeSchema>;

export const compteurSchema = z.strictObject({
  titre: z.string().min(3).max(120).refine(estUneLigne, SUR_UNE_LIGNE),
  objet: dit,
  /** What never comes here. */
  exclut: dit,
  /** Months of a period. */
  tous_les: z.union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)]),
  /** Month of the first period asked for; periods of a year begin with it. */
  depuis: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'attendu : un mois, 2026-01'),
  /** Days after the end of a period before its numbers are late. */
  delai: z.number().int().min(1).max(365),
  /** Numbers are given value by value of this closed list. */
  par: z
    .strictObject({
      titre: z.string().min(2).max(60),
      valeurs: z
        .array(z.strictObject({ code, libelle: z.string().min(1).max(120) }))
        .min(2)
        .max(40),
    })
    .optional(),
  etapes: z.array(etapeSchema).min(1).max(20),
});
export interface Compteur extends z.output<typeof compteurSchema> {
  code: string;
}
export type Compteurs = ReadonlyMap<string, Compteur>;

export const DOSSIER_DES_COMPTEURS = 'compteurs';
export const lireCompteurs = (fichiers: Profils): Compteur[] =>
  fichiers.noms.flatMap((nom) => {
    const lu = fichiers.lire(nom, compteurSchema);
    return lu ? [{ ...lu, code: nom }] : [];
  });

const doubles = (codes: readonly string[]): string[] => [...new Set(codes.filter((c, i) => codes.indexOf(c) !== i))];
export function verifierCompteur(c: Compteur, contrat: Pick<ContratLu, 'acteurs'>, circuits: readonly string[]): string[] {
  return [
    ...(circuits.includes(c.code) ? [`« ${c.code} » est déjà le nom d’un circuit`] : []),
    ...c.etapes.filter((e) => !contrat.acteurs.has(e.tenu_par)).map((e) => `etapes.${e.code}, tenu_par : « ${e.tenu_par} » inconnu`),
    ...doubles(c.etapes.map((e) => e.code)).map((d) => `etapes : « ${d} » est là deux fois`),
    ...doubles((c.par?.valeurs ?? []).map((v) => v.code)).map((d) => `par : « ${d} » est là deux fois`),
  ];
}
/** Circuits that the contract’s list of systems names and that no file describes. */
export const verifierSystemes = (nommes: readonly { code: string }[], codes: readonly string[]): string[] =>
  nommes.filter((n) => !codes.includes(n.code)).map((n) => `listes.yaml, systemes-des-circuits : « ${n.code} » n’est ni un circuit ni un compteur`);

export const teneurs = (c: Compteur): string[] => [...new Set(c.etapes.map((e) => e.tenu_par))];
export const etapesDe = (c: Compteur, organisationId: string): Etape[] => c.etapes.filter((e) => e.tenu_par === organisationId);

export interface PeriodeDue {
  debut: string;
  /** First day after it. */
  fin: string;
  dueLe: string;
}
/** Those that are over, the first one first. */
export function periodesFinies(c: Pick<Compteur, 'depuis' | 'tous_les' | 'delai'>, aujourdhui: string): PeriodeDue[] {
  const periodes: PeriodeDue[] = [];
  for (let debut = `${c.depuis}-01`; ; ) {
    const fin = decalerMois(debut, c.tous_les);
    if (fin > aujourdhui) return periodes;
    periodes.push({ debut, fin, dueLe: plusJours(fin, c.delai) });
    debut = fin;
  }
}
/** « 2026-T1 », « 2026-S2 », « 2026 », « 2026-03 »: the months of a period that does not begin with the year. */
export function codeDePeriode(debut: string, mois: number): string {
  const [annee = '', m = '01'] = debut.split('-');
  const rang = (Number(m) - 1) / mois;
  if (mois === 1 || !Number.isInteger(rang)) return mois === 1 ? `${annee}-${m}` : `${annee}-${m}..${decalerMois(debut, mois - 1).slice(0, 7)}`;
  return mois === 12 ? annee : `${annee}-${mois === 3 ? 'T' : 'S'}${rang + 1}`;
}

export type Nombres = Readonly<Record<string, number>>;
/** The number of a step, for a value where numbers are given by value. */
export const cleDe = (etape: string, valeur: string | null): string => (valeur === null ? etape : `${etape}.${valeur}`);
export const valeursDe = (c: Compteur): readonly ({ code: string; libelle: string } | null)[] => c.par?.valeurs ?? [null];
/** Days are an average: they are never added. Null: nobody said any. */
export function totalDe(c: Compteur, e: Etape, nombres: Nombres): number | null {
  const dits = valeursDe(c).flatMap((v) => nombres[cleDe(e.code, v?.code ?? null)] ?? []);
  if (dits.length === 0 || (e.sens === 'delai' && dits.length > 1)) return null;
  return dits.reduce((a, b) => a + b, 0);
}

const PLUS = 10_000_000;
type Lue = { ok: true; nombres: Nombres; source: string } | { ok: false; erreurs: ErreurDeChamp[] };
/** One number at least: what nobody counts is left empty, and is not a zero. */
export function lireReleve(c: Compteur, etapes: readonly Etape[], dit: (champ: string) => string): Lue {
  const erreurs: ErreurDeChamp[] = [];
  const nombres: Record<string, number> = {};
  for (const e of etapes)
    for (const v of valeursDe(c)) {
      const champ = `n.${cleDe(e.code, v?.code ?? null)}`;
      const n = lireNombre(dit(champ), e.sens === 'delai' ? { entier: false, unite: 'jours' } : { entier: true });
      if (!n.ok) erreurs.push({ champ, message: `${e.libelle} : ${n.message}` });
      else if (n.valeur !== null && (n.valeur < 0 || n.valeur > PLUS))
        erreurs.push({ champ, message: `${e.libelle} : écrivez un nombre entre 0 et 10 millions.` });
      else if (n.valeur !== null) nombres[champ.slice(2)] = n.valeur;
    }
  const source = dit('source').trim();
  if (source.length < 3 || source.length > 300 || !estUneLigne(source))
    erreurs.push({
      champ: 'source',
      message: 'Dites d’où viennent ces nombres, en une ligne de 3 à 300 signes : « tableau de bord du service, arrêté au 31 mars ».',
    });
  if (erreurs.length === 0 && Object.keys(nombres).length === 0)
    erreurs.push({ champ: `n.${cleDe(etapes[0]?.code ?? '', valeursDe(c)[0]?.code ?? null)}`, message: 'Écrivez au moins un nombre. Un zéro est un nombre.' });
  return erreurs.length > 0 ? { ok: false, erreurs } : { ok: true, nombres, source };
}
