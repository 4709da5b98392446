/** What the contract says of crises: `contrats/<slug>/crises.yaml`. Format in words: README.md of this module. */
import { z } from 'zod';
import type { ContratLu, Profils } from '../../core/module.ts';
import { lireDossier } from '../contrats/index.ts';
import { maisonDe } from '../signalements/index.ts';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'attendu : un code en minuscules, chiffres et tirets');
const libelle = z.string().min(2).max(120);
const ligne = z.string().regex(/^\d+\.\d+-R[\d.]+$/, 'attendu : une ligne comme 3.13-R1.1');
const nommes = z.array(z.strictObject({ code, libelle })).min(1);
const types = z.array(code).min(1).optional();

const tacheSchema = z.strictObject({ code, libelle, ligne, types });
const entiteSchema = z.strictObject({
  code,
  libelle,
  role: libelle,
  /** Who may hold it: these organisations and the services under them; empty, whoever the room names. */
  acteurs: z.array(z.string().min(1)),
  systeme: z.string().optional(),
  types,
  taches: z.array(tacheSchema),
});
const crisesSchema = z.strictObject({
  /** A mandate limited to another fiche opens no room. */
  fiche: z.string().min(1),
  /** `commande`: entity that commands when such a crisis opens; `national`: with a correspondent of the national cell for victims. */
  types: z.array(z.strictObject({ code, libelle, commande: code, national: z.boolean().default(false) })).min(1),
  classes: nommes,
  canaux: nommes,
  /** Who tells a mairie, when it is not the control room. */
  provenances: nommes,
  /** `minutes`: after which the coordination is written to, when nobody said that the control room knows. */
  scop: z.strictObject({ acteur: z.string().min(1), libelle, ligne, minutes: z.int().min(1).max(1440).default(15) }),
  ciav: z.strictObject({ ligne, nomme: code }),
  /** Notes to mairies: the function of their rosters (`alertes.yaml`) that reads them, who owes the answer, minutes to give it. */
  fil: z.strictObject({ fonction: code, acteur: z.string().min(1), minutes: z.int().min(1).max(1440), ligne }).optional(),
  entites: z.array(entiteSchema).min(1),
});
export type Cadre = z.output<typeof crisesSchema>;
export type Entite = Cadre['entites'][number];
export type TypeDeCrise = Cadre['types'][number];

/** What a role gives (its tasks, its words) is for the organisations that the file names under it, and no other. */
export const peutTenirLeRole = (e: Pick<Entite, 'acteurs'>, cat: Pick<ContratLu, 'acteurs'>, organisationId: string): boolean =>
  e.acteurs.length === 0 || maisonDe(cat, organisationId).some((a) => e.acteurs.includes(a));

export const FICHIER = 'crises';
/** Undefined for a contract without crises. */
export const lireCadre = (fichiers: Profils): Cadre | undefined => fichiers.lire(FICHIER, crisesSchema);
export const getCadre = async (dossierContrat: string): Promise<Cadre | undefined> => lireCadre((await lireDossier(dossierContrat))(''));

/** Classes that the platform itself writes. */
export const CLASSES_ECRITES = ['information', 'decision', 'action', 'moyens', 'point'] as const;
/** Channel of what the platform writes itself. */
export const CANAL_DE_LA_SALLE = 'salle';

/** Faults of the file, each said in one line. */
export function verifierCadre(c: Cadre, contrat: ContratLu): string[] {
  const fautes: string[] = [];
  const entites = new Set(c.entites.map((e) => e.code));
  const typesConnus = new Set(c.types.map((t) => t.code));
  for (const [quoi, liste] of Object.entries({ types: c.types, classes: c.classes, canaux: c.canaux, provenances: c.provenances, entites: c.entites }))
    for (const double of doubles(liste)) fautes.push(`${quoi} : « ${double} » vient deux fois`);
  for (const t of c.types) if (!entites.has(t.commande)) fautes.push(`type ${t.code} : entité « ${t.commande} » inconnue`);
  for (const k of CLASSES_ECRITES) if (!c.classes.some((x) => x.code === k)) fautes.push(`classes : « ${k} » manque`);
  if (!c.canaux.some((x) => x.code === CANAL_DE_LA_SALLE)) fautes.push(`canaux : « ${CANAL_DE_LA_SALLE} » manque`);
  if (!entites.has(c.ciav.nomme)) fautes.push(`ciav : entité « ${c.ciav.nomme} » inconnue`);
  if (!contrat.fiches.has(c.fiche)) fautes.push(`fiche « ${c.fiche} » inconnue`);
  const acteur = (ou: string, a: string) => (contrat.acteurs.has(a) ? [] : [`${ou} : acteur « ${a} » inconnu`]);
  const laLigne = (ou: string, l: string) => (contrat.lignes.has(l) ? [] : [`${ou} : ligne « ${l} » inconnue`]);
  const lesTypes = (ou: string, ts: readonly string[] = []) => ts.filter((t) => !typesConnus.has(t)).map((t) => `${ou} : type « ${t} » inconnu`);
  if (c.fil) fautes.push(...acteur('fil', c.fil.acteur), ...laLigne('fil', c.fil.ligne));
  fautes.push(...acteur('scop', c.scop.acteur), ...laLigne('scop', c.scop.ligne), ...laLigne('ciav', c.ciav.ligne));
  for (const e of c.entites) {
    fautes.push(...e.acteurs.flatMap((a) => acteur(`entité ${e.code}`, a)), ...lesTypes(`entité ${e.code}`, e.types));
    if (e.systeme && !contrat.systemes.has(e.systeme)) fautes.push(`entité ${e.code} : système « ${e.systeme} » inconnu`);
    for (const double of doubles(e.taches)) fautes.push(`entité ${e.code} : la tâche « ${double} » vient deux fois`);
    for (const t of e.taches) fautes.push(...laLigne(`tâche ${e.code}/${t.code}`, t.ligne), ...lesTypes(`tâche ${e.code}/${t.code}`, t.types));
  }
  return fautes;
}
const doubles = (l: readonly { code: string }[]): string[] => l.map((x) => x.code).filter((k, i, tous) => tous.indexOf(k) !== i);
