/** The columns of a file for a register: the same for import, export and the template to fill in. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ETAPES } from '../etapes/etapes.rules.ts';
import { offertes } from '../valeurs.rules.ts';

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
    ...(d.etapes
      ? [
          { ...c('etape', 'Étape', false, 'réalisée, programmée ou annulée ; vide : réalisée'), options: Object.values(ETAPES) },
          c('annulation', 'Motif de l’annulation', false, 'texte ; pour ce qui est annulé'),
        ]
      : []),
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
  lieu: 'nom ou code du lieu',
  lien: 'titre, titre et date, ou numéro de l’enregistrement',
  lignes: '',
} as const;

/** Field name -> column label, for errors and previews. */
export function libelleDeColonne(d: DefinitionRegistre): (cle: string) => string {
  const map = new Map(colonnesDeFichier(d).map((c) => [c.cle, c.libelle]));
  return (cle) => map.get(cle) ?? map.get(cle.split('.').slice(0, 2).join('.')) ?? cle;
}

/** `champ`: field name of the column that is wrong, where it is one. */
export interface ErreurDeCellule {
  colonne: string;
  message: string;
  champ?: string;
}
export const erreursDeCellules = (d: DefinitionRegistre, erreurs: readonly ErreurDeChamp[], libelle: (cle: string) => string): ErreurDeCellule[] => {
  const cles = new Set(colonnesDeFichier(d).map((c) => c.cle));
  return erreurs.map((e) => {
    const champ = cles.has(e.champ) ? e.champ : e.champ.split('.').slice(0, 2).join('.');
    return { colonne: libelle(e.champ), message: e.message, ...(cles.has(champ) ? { champ } : {}) };
  });
};
