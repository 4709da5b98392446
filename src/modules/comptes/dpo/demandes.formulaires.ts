/** The act on a request, which two people may have open at once: what is recorded, as its form compares it. */
import type { Champs } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import type { Demande } from './demandes.queries.ts';
import { ETATS, NATURES } from './demandes.rules.ts';

export const champsDeDemande = (d: Demande): Champs => ({ etat: d.etat, reponse: d.reponse ?? '', motif: d.motif ?? '' });
export const formulaireDeDemande = (d: Demande): FormulairePartage => ({
  objet: `Demande : ${NATURES[d.nature].libelle.toLowerCase()}`,
  action: `/dpo/demandes/${d.id}`,
  retour: `/dpo/demandes/${d.id}`,
  champs: {
    etat: { libelle: 'Suite donnée', dire: (v) => Object.entries(ETATS).find(([code]) => code === v)?.[1] ?? v },
    reponse: { libelle: 'Réponse', long: true },
    motif: { libelle: 'Motif', long: true },
  },
});
