/** Forms of a decision that two people may have open at once: what is recorded, as each form shows it. */
import type { Enregistre } from '../../core/http/versions.ts';
import type { FormulairePartage } from '../../ui/Conflict.tsx';
import { capitale, jour } from '../../ui/typographie.ts';
import type { Catalogue } from '../contrats/index.ts';
import type { Decision } from './decisions.queries.ts';
import { ETATS_DECISION, NATURES, numeroEcrit } from './decisions.rules.ts';

const dit = (mots: Readonly<Record<string, string>>) => (v: string) => capitale(mots[v] ?? v);
const objetDe = (d: Decision) => `${capitale(NATURES[d.nature])} ${numeroEcrit(d)}`;

export const suiteEnregistree = (d: Decision): Enregistre => ({
  version: d.version,
  champs: { etat: d.etat, condition: d.condition, preuve: d.preuve, preuve_lien: d.preuveLien, motif: d.motif },
  par: d.modifiePar,
  le: d.modifieLe,
});
export const formulaireDeSuite = (d: Decision): FormulairePartage => ({
  objet: objetDe(d),
  action: `/decisions/${d.id}`,
  retour: `/decisions/${d.id}`,
  champs: {
    etat: { libelle: 'État', dire: dit(ETATS_DECISION) },
    condition: { libelle: 'Ce qui débloquerait' },
    preuve: { libelle: 'Ce qui le montre', long: true },
    preuve_lien: { libelle: 'Lien vers la preuve' },
    motif: { libelle: 'Pourquoi', long: true },
  },
});

const charge = (d: Decision) => ({
  libelle: d.libelle,
  responsable: d.responsableId,
  responsable_nom: d.responsableNom,
  responsable_courriel: d.responsableCourriel,
  echeance: d.echeance ?? '',
});
const champsDeCharge = (catalogue: Catalogue): FormulairePartage['champs'] => ({
  libelle: { libelle: 'Ce qui est décidé ou à faire', long: true },
  responsable: { libelle: 'Organisation chargée', dire: catalogue.nomActeur },
  responsable_nom: { libelle: 'Personne ou fonction' },
  responsable_courriel: { libelle: 'Son adresse électronique' },
  echeance: { libelle: 'Échéance', dire: (v) => jour(v) },
});
export const chargeEnregistree = (d: Decision): Enregistre => ({ version: d.version, champs: charge(d), par: d.modifiePar, le: d.modifieLe });
export const formulaireDeCharge = (d: Decision, catalogue: Catalogue): FormulairePartage => ({
  objet: objetDe(d),
  action: `/decisions/${d.id}/charge`,
  retour: `/decisions/${d.id}`,
  champs: champsDeCharge(catalogue),
});

/** While its session is open it is still being written: no version is kept, the moment it was written tells it apart. */
export const ecritureEnregistree = (d: Decision): Enregistre => ({
  version: d.modifieLe.getTime(),
  champs: { nature: d.nature, ...charge(d), engagement: d.ligne ?? d.fiche ?? '', point: d.pointId ?? '' },
  par: d.modifiePar,
  le: d.modifieLe,
});
/** `points`: titles of the items by id. */
export const formulaireDEcriture = (
  d: Decision,
  catalogue: Catalogue,
  o: { seanceId: string; acte?: 'retirer'; points: ReadonlyMap<string, string> },
): FormulairePartage => ({
  objet: objetDe(d),
  action: `/seances/${o.seanceId}/decisions/${d.id}${o.acte ? `/${o.acte}` : ''}`,
  retour: `/seances/${o.seanceId}/tenir?point=${d.pointId ?? ''}#point`,
  champs: {
    nature: { libelle: 'Nature', dire: dit(NATURES) },
    ...champsDeCharge(catalogue),
    engagement: { libelle: 'Fiche ou engagement du contrat' },
    point: { libelle: 'Au sujet de', dire: (v) => o.points.get(v) ?? v },
  },
});
