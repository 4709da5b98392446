/**
 * What follows from a definition, without reading anything: its checks, its dimensions and quantities, its list columns.
 */
import type { Lexique } from '../../core/faits.ts';
import type {
  Champ,
  ChampDeclare,
  ChampLien,
  ChampLignesDeclare,
  ChampListe,
  DefinitionRegistre,
  ListeDeclaree,
  OptionListe,
  QuantiteDeLignes,
  RegistreDeclare,
} from './definition.ts';
import { CHAMP_LIEU } from './lieux/lieux.rules.ts';

/** A code added to a closed list by an administrator. `champ` is a field code, or `<field>.<column>`. */
export interface Extension {
  registre: string;
  champ: string;
  code: string;
  libelle: string;
}

/** What a record says; the same shape as the SQL function `activite_contenu`. */
export interface Contenu {
  jour: string;
  fin: string | null;
  titre: string;
  territoire_id: string;
  adresse: string | null;
  lon: number | null;
  lat: number | null;
  organisation_id: string;
  commentaire: string;
  fiches: string[];
  lignes: string[];
  /** Only known values: a field without value is absent. */
  donnees: Record<string, ValeurChamp>;
  /** Versions kept before stages existed have none: what they say was done. */
  etape: Etape;
  annulation: string | null;
}
/** Only what is done counts in figures. */
export type Etape = 'programmee' | 'realisee' | 'annulee';
export type LigneRepetee = Record<string, string | number>;
export type ValeurChamp = string | number | boolean | LigneRepetee[];

const CODE_REGISTRE = /^[a-z][a-z-]{1,40}$/;
const CODE_CHAMP = /^[a-z][a-z0-9_]{0,50}$/;
const CODE_OPTION = /^[a-z0-9-]{1,60}$/;
/** Columns that every view of facts has: a field may not take their name. */
const COLONNES_RESERVEES = new Set([
  ...['contrat_id', 'id', 'jour', 'fin', 'territoire_id', 'organisation_id', 'lot_id', 'titre', 'fiches', 'lignes', 'lieux'],
  // names that the SQL which compiles measures gives to its own columns
  ...['mois', 'nombre', 'somme', 'sans_valeur', 'mesure_id', 'ventilation'],
]);

/** Words of the address of every list. */
const FILTRES_COMMUNS = new Set(['q', 'du', 'au', 'annee', 'territoire', 'organisation', 'fiche', 'ligne', 'lot', 'serie', 'statut', 'tri', 'page']);

/** What is wrong in a definition, in French; empty when it may be used. Its codes become SQL identifiers. */
export function verifierDefinition(d: RegistreDeclare): string[] {
  const erreurs: string[] = [];
  const refuser = (ou: string, quoi: string) => erreurs.push(`${d.code || '(sans code)'} › ${ou} : ${quoi}`);
  if (!CODE_REGISTRE.test(d.code)) refuser('code', 'minuscules ASCII et tirets seulement.');
  for (const cle of ['libelle', 'singulier', 'objet', 'jour', 'organisation'] as const) if (d[cle].trim() === '') refuser(cle, 'ne peut pas être vide.');
  const vus = new Set<string>();
  const dits = new Set([d.jour, d.organisation, ...(d.fin ? [d.fin] : []), ...(d.etapes ? ['Étape'] : []), 'Titre', 'Territoire', 'Adresse', 'Commentaire']);
  for (const c of d.champs) {
    const ou = `champ ${c.code}`;
    if (!CODE_CHAMP.test(c.code)) refuser(ou, 'minuscules ASCII, chiffres et _ seulement.');
    if (COLONNES_RESERVEES.has(c.code)) refuser(ou, 'ce nom est celui d’une colonne commune.');
    if (c.filtre && (FILTRES_COMMUNS.has(c.code) || (d.etapes && c.code === 'etape'))) refuser(ou, 'ce nom est celui d’un filtre de toutes les listes.');
    if (vus.has(c.code)) refuser(ou, 'déclaré deux fois.');
    vus.add(c.code);
    // A file would have two columns of that name, and could not be read back.
    if (dits.has(c.libelle)) refuser(ou, `« ${c.libelle} » est aussi le libellé d’un autre champ.`);
    dits.add(c.libelle);
    if (c.public && (c.type === 'texte' || c.type === 'texte-long') && !c.format) refuser(ou, 'un texte libre n’est jamais public.');
    if (c.type === 'liste') verifierOptions(c, (q) => refuser(ou, q));
    if (c.type === 'lignes') verifierLignes(c, vus, (q) => refuser(ou, q));
    if (c.type === 'lien' && c.obligatoire) refuser(ou, 'un lien est toujours facultatif : ce qu’il désigne n’est peut-être pas enregistré.');
  }
  const type = (code: string) => d.champs.find((c) => c.code === code)?.type;
  if (d.agenda && (!d.etapes || type(d.agenda.annonce) !== 'booleen' || type(d.agenda.heure) !== 'texte' || type(d.agenda.inscription) !== 'texte'))
    refuser('agenda', 'il demande des étapes, un champ oui ou non, une heure et une adresse.');
  if (d.supports && (type(d.supports.champ) !== 'liste' || type(d.supports.versions) !== 'lignes'))
    refuser('supports', 'ils demandent un champ de liste et des lignes de versions.');
  erreurs.push(...fautesDePertinence(d.champs).map((f) => `${d.code} › ${f}`));
  if (d.champs.some((c) => c.date) && !(d.fin && d.champs.some((c) => c.code === DEPUIS && c.type === 'date')))
    refuser(DEPUIS, 'un champ daté demande une date de fin et un champ de date « depuis ».');
  return erreurs;
}

/** Field that says since when dated fields are what they are. */
export const DEPUIS = 'depuis';
/** Links go to a register that exists. */
export const verifierLiens = (definitions: readonly RegistreDeclare[]): string[] =>
  definitions.flatMap((d) =>
    liensDe(d).flatMap((c) => (definitions.some((x) => x.code === c.vers) ? [] : [`${d.code} › champ ${c.code} : il n’y a pas de registre « ${c.vers} ».`])),
  );

function verifierOptions(c: ListeDeclaree, refuser: (quoi: string) => void): void {
  if ('liste' in c) {
    if (!CODE_OPTION.test(c.liste)) refuser(`clé de liste « ${c.liste} » : [a-z0-9-] seulement.`);
    return;
  }
  if (c.options.length === 0) refuser('une liste fermée a au moins une valeur.');
  for (const o of c.options) if (!CODE_OPTION.test(o.code)) refuser(`code de liste « ${o.code} » : [a-z0-9-] seulement.`);
  if (new Set(c.options.map((o) => o.code)).size !== c.options.length) refuser('deux valeurs ont le même code.');
}

function verifierLignes(c: ChampLignesDeclare, vus: Set<string>, refuser: (quoi: string) => void): void {
  if (c.colonnes.length === 0) refuser('des lignes ont au moins une colonne.');
  for (const col of c.colonnes) {
    if (!CODE_CHAMP.test(col.code)) refuser(`colonne « ${col.code} » mal nommée.`);
    if (col.type === 'liste') verifierOptions(col, refuser);
  }
  for (const q of c.quantites) {
    if (!CODE_CHAMP.test(q.code) || COLONNES_RESERVEES.has(q.code) || vus.has(q.code)) refuser(`quantité « ${q.code} » mal nommée.`);
    vus.add(q.code);
    if ('somme' in q) {
      if (!c.colonnes.some((x) => x.code === q.somme && x.type === 'nombre'))
        refuser(`quantité « ${q.code} » : « ${q.somme} » n’est pas une colonne de nombre.`);
      continue;
    }
    const col = c.colonnes.find((x) => x.code === q.colonne);
    // The view of facts counts this code for every contract: its list cannot be a contract's.
    if (col?.type !== 'liste' || 'liste' in col || !col.options.some((o) => o.code === q.valeur))
      refuser(`quantité « ${q.code} » : « ${q.colonne} = ${q.valeur} » n’existe pas.`);
  }
}

/** What one of its quantities is in these lines; null when they do not say. */
export function quantiteDesLignes(q: QuantiteDeLignes, lignes: readonly LigneRepetee[]): number | null {
  if ('valeur' in q) return lignes.filter((l) => l[q.colonne] === q.valeur).length;
  const nombres = lignes.flatMap((l) => (typeof l[q.somme] === 'number' ? [Number(l[q.somme])] : []));
  return nombres.length === 0 ? null : nombres.reduce((a, b) => a + b, 0);
}

/** A field asked for values that do not exist would never be asked. A field that others depend on depends on none, and is always there. */
function fautesDePertinence(champs: readonly (Champ | ChampDeclare)[]): string[] {
  return champs.flatMap((c) => {
    const { pour } = c;
    if (!pour) return [];
    const de = champs.find((x) => x.code === pour.champ);
    if (de?.type !== 'liste' || de.pour) return [`champ ${c.code} : « ${pour.champ} » n’est pas une liste toujours demandée.`];
    if (c.obligatoire) return [`champ ${c.code} : un champ obligatoire est toujours demandé.`];
    if ('liste' in de) return [`champ ${c.code} : les valeurs de « ${de.liste} » sont au contrat, c’est lui qui le dit (listes.yaml).`];
    const inconnues = pour.valeurs.filter((v) => !de.options.some((o) => o.code === v));
    return inconnues.length > 0 ? [`champ ${c.code} : « ${pour.champ} » n’a pas la valeur « ${inconnues.join(', ')} ».`] : [];
  });
}

/** Code of the source of facts drawn from repeated lines. */
export const codeDesLignes = (d: Pick<RegistreDeclare, 'code'>, c: Pick<ChampLignesDeclare, 'code'>): string => `${d.code}-${c.code.replaceAll('_', '-')}`;

/** Every register may say at which place; nobody has to. */
export const avecLieu = (d: RegistreDeclare): RegistreDeclare => ({
  ...d,
  champs: [...d.champs, { code: CHAMP_LIEU, libelle: 'Lieu connu', type: 'lieu', public: true, aide: AIDE_LIEU }],
});
const AIDE_LIEU = 'École, gare, commissariat, parc, quartier prioritaire : commencez à écrire son nom.';

export const champDe = (d: DefinitionRegistre, code: string): Champ | undefined => d.champs.find((c) => c.code === code);

/** Keys of the contract's lists that this register needs. */
export const listesNommees = (d: RegistreDeclare): string[] =>
  d.champs.flatMap((c) => (c.type === 'lignes' ? [...c.colonnes] : [c])).flatMap((c) => (c.type === 'liste' && 'liste' in c ? [c.liste] : []));

/** The register as one contract has it: its lists, its words, without the fields that it does without. */
export function pourContrat(d: RegistreDeclare, lexique: Lexique): DefinitionRegistre {
  const resoudre = (c: ListeDeclaree): ChampListe => {
    if (!('liste' in c)) return c;
    const { liste, ...reste } = c;
    const options = lexique.listes.get(liste);
    if (!options) throw new Error(`Le registre « ${d.code} » a besoin de la liste « ${liste} », que le contrat n’a pas (listes.yaml).`);
    return { ...reste, options };
  };
  const champs = d.champs.flatMap((c: ChampDeclare): Champ[] => {
    const mots = lexique.champs.get(`${d.code}.${c.code}`);
    if (mots?.absent) return [];
    const dit = { ...(mots?.libelle ? { libelle: mots.libelle } : {}), ...(mots?.aide ? { aide: mots.aide } : {}), ...(mots?.pour ? { pour: mots.pour } : {}) };
    if (c.type === 'liste') return [{ ...resoudre(c), ...dit }];
    if (c.type === 'lignes') return [{ ...c, colonnes: c.colonnes.map((x) => (x.type === 'liste' ? resoudre(x) : x)), ...dit }];
    return [{ ...c, ...dit }];
  });
  const fautes = fautesDePertinence(champs);
  if (fautes.length > 0) throw new Error(`Le registre « ${d.code} » ne peut pas servir : ${fautes.join(' ')}`);
  return { ...d, champs };
}

/** What `listes.yaml` says of the fields of registers, against the registers; empty when it holds. */
export function verifierMots(definitions: readonly RegistreDeclare[], lexique: Lexique): string[] {
  return [...lexique.champs].flatMap(([cle, mots]) => {
    const [registre = '', champ = ''] = cle.split('.');
    const c = definitions.find((d) => d.code === registre)?.champs.find((x) => x.code === champ);
    if (!c) return [`listes.yaml, champs : le registre « ${registre} » n’a pas de champ « ${champ} »`];
    return mots.absent && c.obligatoire ? [`listes.yaml, champs : « ${cle} » est obligatoire, il ne peut pas être absent`] : [];
  });
}

/** The definition with the codes added to its lists. */
export function etendre(d: DefinitionRegistre, extensions: readonly Extension[]): DefinitionRegistre {
  const siennes = extensions.filter((e) => e.registre === d.code);
  if (siennes.length === 0) return d;
  const options = (chemin: string, base: readonly OptionListe[]): readonly OptionListe[] => {
    const ajout = siennes.filter((e) => e.champ === chemin && !base.some((o) => o.code === e.code));
    return ajout.length === 0 ? base : [...base, ...ajout.map(({ code, libelle }) => ({ code, libelle }))];
  };
  const champs = d.champs.map((c): Champ => {
    if (c.type === 'liste') return { ...c, options: options(c.code, c.options) };
    if (c.type !== 'lignes') return c;
    const colonnes = c.colonnes.map((x) => (x.type === 'liste' ? { ...x, options: options(`${c.code}.${x.code}`, x.options) } : x));
    return { ...c, colonnes };
  });
  return { ...d, champs };
}

/** Closed lists of a definition by path (`champ` or `champ.colonne`), for the page where they are extended. */
export function listesDe(d: DefinitionRegistre): { chemin: string; libelle: string; options: readonly OptionListe[] }[] {
  return d.champs.flatMap((c) => {
    if (c.type === 'liste') return [{ chemin: c.code, libelle: c.libelle, options: c.options }];
    if (c.type !== 'lignes') return [];
    return c.colonnes.flatMap((x) =>
      x.type === 'liste' ? [{ chemin: `${c.code}.${x.code}`, libelle: `${c.libelle} › ${x.libelle}`, options: x.options }] : [],
    );
  });
}

export interface DimensionDefinie {
  code: string;
  libelle: string;
  type: 'liste' | 'booleen' | 'acteur' | 'texte';
  options?: readonly OptionListe[];
}
export const dimensionsDe = (d: DefinitionRegistre): DimensionDefinie[] =>
  d.champs.flatMap((c): DimensionDefinie[] => {
    if (c.type === 'liste') return [{ code: c.code, libelle: c.libelle, type: 'liste', options: c.options }];
    if (c.type === 'booleen' || c.type === 'acteur') return [{ code: c.code, libelle: c.libelle, type: c.type }];
    if (c.type === 'lien' || c.type === 'lieu') return [{ code: c.code, libelle: c.libelle, type: 'texte' }];
    return [];
  });

export const quantitesDe = (d: DefinitionRegistre): { code: string; libelle: string; unite: string }[] =>
  d.champs.flatMap((c) => {
    if (c.type === 'nombre') return [{ code: c.code, libelle: c.libelle, unite: c.unite }];
    if (c.type === 'lignes') return c.quantites.map(({ code, libelle, unite }) => ({ code, libelle, unite }));
    return [];
  });

export const liensDe = (d: { champs: readonly ChampDeclare[] }): ChampLien[] => d.champs.filter((c): c is ChampLien => c.type === 'lien');

export const colonnesDe = (d: DefinitionRegistre): Champ[] => d.champs.filter((c) => c.colonne === true && c.type !== 'lignes');

type Nomme = Pick<DefinitionRegistre, 'singulier' | 'genre'>;
/** « cette formation », « cet audit », « ce poste ». */
export function ceNom(d: Nomme): string {
  const voyelle = /^[aeiouyéèêh]/i.test(d.singulier);
  return `${d.genre === 'f' ? 'cette' : voyelle ? 'cet' : 'ce'} ${d.singulier}`;
}
export const nouveauNom = (d: Nomme): string => {
  const voyelle = /^[aeiouyéèêh]/i.test(d.singulier);
  return `${d.genre === 'f' ? 'Nouvelle' : voyelle ? 'Nouvel' : 'Nouveau'} ${d.singulier}`;
};

/** Order of keys does not matter; a missing field and an empty one are the same. */
export function memeValeur(a: unknown, b: unknown): boolean {
  return canonique(a) === canonique(b);
}
function canonique(v: unknown): string {
  if (v === null || v === undefined || v === '') return 'null';
  if (Array.isArray(v)) return v.length === 0 ? 'null' : `[${v.map(canonique).join()}]`;
  if (typeof v === 'object')
    return `{${Object.entries(v)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, x]) => `${k}:${canonique(x)}`)
      .join()}}`;
  return JSON.stringify(v);
}

export interface Difference {
  /** `jour`, or `donnees.theme`. */
  champ: string;
  avant: unknown;
  apres: unknown;
}

/** Fields that differ between two states of a record, in the order of the form. */
export function differences(d: DefinitionRegistre, avant: Contenu, apres: Contenu): Difference[] {
  const communs = Object.keys(apres).filter((c) => c !== 'donnees') as (keyof Contenu)[];
  const liste: Difference[] = communs.map((c) => ({ champ: c, avant: c === 'etape' ? (avant.etape ?? 'realisee') : avant[c], apres: apres[c] }));
  for (const c of d.champs) liste.push({ champ: `donnees.${c.code}`, avant: avant.donnees[c.code], apres: apres.donnees[c.code] });
  return liste.filter((x) => !memeValeur(x.avant, x.apres));
}
