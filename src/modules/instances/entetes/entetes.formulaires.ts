/** The form of a letterhead that two people may have open at once: what is recorded, as the form shows it. */
import type { Enregistre } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import type { EnteteGarde } from './entetes.queries.ts';

export const enteteEnregistree = (e: EnteteGarde | null): Enregistre => ({
  version: e?.version ?? 0,
  champs: {
    nom: e?.nom ?? '',
    adresse: e?.adresse ?? '',
    telephone: e?.telephone ?? '',
    courriel: e?.courriel ?? '',
    lieu: e?.lieu ?? '',
    logo_alt: e?.logoAlt ?? '',
  },
  par: e?.modifiePar ?? '',
  le: e?.modifieLe ?? null,
});
export const formulaireDEntete = (chemin: string): FormulairePartage => ({
  objet: 'En-tête des papiers',
  action: chemin,
  retour: chemin,
  champs: {
    nom: { libelle: 'Nom' },
    adresse: { libelle: 'Adresse', long: true },
    telephone: { libelle: 'Téléphone' },
    courriel: { libelle: 'Adresse électronique pour répondre' },
    lieu: { libelle: 'Fait à' },
    logo_alt: { libelle: 'Ce que montre le logo' },
  },
});
