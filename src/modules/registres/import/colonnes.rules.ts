/** The columns of a file for a register: the same for import, export and the template to fill in. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { cleTexte, offertes } from '../valeurs.rules.ts';

export interface Colonne {
  /** Name of the field in a form: `titre`, `donnees.theme`. */
  cle: string;
  libelle: string;
  obligatoire: boolean;
  /** What may be written, for the template. */
  format: string;
  options?: readonly string[];
}

export function colonnesDeFichier(d: DefinitionRegistre): Colonne[] {
  const c = (cle: string, libelle: string, obligatoire: boolean, format: string): Colonne => ({ cle, libelle, obligatoire, format });
  const colonnes: Colonne[] = [
    c('id_externe', 'Identifiant', false, 'le numéro que vos propres outils lui donnent ; il évite les doublons'),
    c('jour', d.jour, true, 'jj/mm/aaaa'),
    ...(d.fin ? [c('fin', d.fin, false, 'jj/mm/aaaa')] : []),
    c('titre', 'Titre', true, 'texte'),
    c('territoire_id', 'Territoire', true, 'nom, numéro ou code officiel'),
    c('adresse', 'Adresse', false, 'texte'),
    c('organisation_id', d.organisation, true, 'nom ou sigle de l’annuaire'),
  ];
  for (const x of d.champs) {
    const format = FORMATS[x.type];
    const options = x.type === 'liste' ? offertes(x.options).map((o) => o.libelle) : x.type === 'booleen' ? ['oui', 'non'] : undefined;
    const detail = x.type === 'lignes' ? `une ligne de texte pour chacune, colonnes séparées par | : ${x.colonnes.map((k) => k.libelle).join(' | ')}` : format;
    colonnes.push({ cle: `donnees.${x.code}`, libelle: x.libelle, obligatoire: x.obligatoire ?? false, format: detail, ...(options ? { options } : {}) });
  }
  return [
    ...colonnes,
    c('fiches', 'Fiches', false, 'numéros séparés par des virgules'),
    c('lignes', 'Lignes d’action', false, 'identifiants séparés par des virgules'),
    c('commentaire', 'Commentaire', false, 'texte'),
    c('lon', 'Longitude', false, 'degrés décimaux'),
    c('lat', 'Latitude', false, 'degrés décimaux'),
  ];
}
const FORMATS = {
  liste: 'une valeur de la liste',
  booleen: 'oui ou non',
  nombre: 'nombre ; vide si vous ne savez pas',
  texte: 'texte',
  'texte-long': 'texte',
  date: 'jj/mm/aaaa',
  acteur: 'nom ou sigle de l’annuaire',
  lignes: '',
} as const;

/** Headings that everyone understands, besides labels and codes. */
const SYNONYMES: Readonly<Record<string, string>> = {
  id: 'id_externe',
  'identifiant externe': 'id_externe',
  date: 'jour',
  jour: 'jour',
  'date de debut': 'jour',
  'date de fin': 'fin',
  fin: 'fin',
  intitule: 'titre',
  titre: 'titre',
  territoire: 'territoire_id',
  arrondissement: 'territoire_id',
  lieu: 'adresse',
  organisation: 'organisation_id',
  organisme: 'organisation_id',
  fiche: 'fiches',
  'ligne d action': 'lignes',
  lignes: 'lignes',
  remarques: 'commentaire',
  longitude: 'lon',
  latitude: 'lat',
};
/** Columns that an export adds for the reader and an import passes over. */
export const COLONNES_LUES_SEULES = ['Version', 'Saisi le', 'Adresse de la fiche'] as const;

export interface Entetes {
  /** Field name of each column of the file; null for a column that means nothing here. */
  cles: (string | null)[];
  remarques: string[];
  /** Why the file cannot be read at all. */
  refus: string | null;
}

/** Every heading that this register understands, as it is compared -> name of the field. */
function clesConnues(d: DefinitionRegistre): Map<string, string> {
  const colonnes = colonnesDeFichier(d);
  const parCle = new Map<string, string>();
  for (const [t, cle] of Object.entries(SYNONYMES)) if (colonnes.some((c) => c.cle === cle)) parCle.set(t, cle);
  for (const c of d.champs) parCle.set(cleTexte(c.code), `donnees.${c.code}`);
  for (const c of colonnes) {
    parCle.set(cleTexte(c.cle), c.cle);
    parCle.set(cleTexte(c.libelle), c.cle);
  }
  return parCle;
}
/** By which the row of headings is found in a file. */
export const titresConnus = (d: DefinitionRegistre): string[] => [...clesConnues(d).keys()];

export function lireEntetes(d: DefinitionRegistre, entetes: readonly string[]): Entetes {
  const colonnes = colonnesDeFichier(d);
  const parCle = clesConnues(d);
  const cles = entetes.map((e) => parCle.get(cleTexte(e.replace(/\*\s*$/, ''))) ?? null);
  const remarques: string[] = [];
  const passees = new Set(COLONNES_LUES_SEULES.map(cleTexte));
  const inconnues = entetes.filter((e, i) => cles[i] === null && e.trim() !== '' && !passees.has(cleTexte(e)));
  if (inconnues.length > 0) remarques.push(`Colonnes inconnues, laissées de côté : ${inconnues.map((e) => `« ${e.slice(0, 40)} »`).join(', ')}.`);
  const double = cles.find((c, i) => c !== null && cles.indexOf(c) !== i);
  const libelle = (cle: string) => colonnes.find((c) => c.cle === cle)?.libelle ?? cle;
  if (double) return { cles, remarques, refus: `Deux colonnes veulent dire « ${libelle(double)} ». Gardez-en une seule.` };
  const absentes = colonnes.filter((c) => c.obligatoire && !cles.includes(c.cle));
  if (cles.every((c) => c === null))
    return {
      cles,
      remarques,
      refus: 'Aucune colonne de ce fichier n’est connue de ce registre. La première ligne doit porter les titres des colonnes : partez du modèle.',
    };
  if (absentes.length > 0)
    return {
      cles,
      remarques,
      refus: `Il manque ${absentes.length > 1 ? 'les colonnes' : 'la colonne'} ${absentes.map((c) => `« ${c.libelle} »`).join(', ')}. Ajoutez-${absentes.length > 1 ? 'les' : 'la'} ou partez du modèle.`,
    };
  if (!cles.includes('id_externe')) remarques.push('Sans colonne « Identifiant », le même fichier publié deux fois compterait deux fois.');
  return { cles, remarques, refus: null };
}

/** Field name -> column label, for errors and previews. */
export function libelleDeColonne(d: DefinitionRegistre): (cle: string) => string {
  const map = new Map(colonnesDeFichier(d).map((c) => [c.cle, c.libelle]));
  return (cle) => map.get(cle) ?? map.get(cle.split('.').slice(0, 2).join('.')) ?? cle;
}

export interface ErreurDeCellule {
  colonne: string;
  message: string;
}
export const erreursDeCellules = (erreurs: readonly ErreurDeChamp[], libelle: (cle: string) => string): ErreurDeCellule[] =>
  erreurs.map((e) => ({ colonne: libelle(e.champ), message: e.message }));
