/** Forms of the minutes that two people may have open at once: what is recorded, as each form shows it. */
import { type Enregistre, sansNumero } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import type { Point, Seance } from '../seances.queries.ts';
import type { HeuresReelles } from '../seances.rules.ts';
import type { Publication } from './cloture.queries.ts';

export const texteEnregistre = (p: Point): Enregistre => ({ version: p.notesVersion, champs: { texte: p.notes }, par: p.notesPar, le: null });
export const formulaireDuTexte = (s: Seance, p: Point): FormulairePartage => ({
  objet: `${p.titre}, ${s.titre}`,
  action: `/seances/${s.id}/points/${p.id}/texte`,
  retour: `/seances/${s.id}/clore#point-${p.id}`,
  champs: { texte: { libelle: 'Texte du point', long: true } },
});

/** Until when amendments are taken in; empty once it is over. */
export const relectureEnregistree = (s: Seance): Enregistre => sansNumero({ jusqu_a: s.relectureJusqua ?? '' }, s.modifiePar, s.modifieLe);
export const formulaireDeRelecture = (s: Seance): FormulairePartage => ({
  objet: `Relecture de ${s.titre}`,
  action: `/seances/${s.id}/relecture`,
  retour: `/seances/${s.id}/clore#approbations`,
  champs: { jusqu_a: { libelle: 'Relecture ouverte jusqu’au', dire: (v) => jour(v) } },
});

/** When it really took place, by the contract's clock. */
export const heuresEnregistrees = (s: Seance, h: HeuresReelles | null): Enregistre =>
  sansNumero(
    { ouverte_jour: h?.jour ?? '', ouverte_heure: h?.ouverte ?? '', levee_jour: h?.leveeJour ?? '', levee_heure: h?.levee ?? '' },
    s.modifiePar,
    s.modifieLe,
  );
export const formulaireDesHeures = (s: Seance): FormulairePartage => ({
  objet: `Heures réelles de ${s.titre}`,
  action: `/seances/${s.id}/heures`,
  retour: `/seances/${s.id}/clore#heures`,
  champs: {
    ouverte_jour: { libelle: 'Ouverte le', dire: (v) => jour(v) },
    ouverte_heure: { libelle: 'à' },
    levee_jour: { libelle: 'Levée le', dire: (v) => jour(v) },
    levee_heure: { libelle: 'à' },
  },
});

/** What the public does not read: passages ticked and passages copied, one list. The frozen version is part of what was seen. */
export const publicationEnregistree = (version: number, p: Publication | null): Enregistre => ({
  version: `${version}|${p?.version === version ? p.publieLe.getTime() : 'aucune'}`,
  champs: { retires: p?.version === version ? p.passages : [] },
  par: p?.publiePar ?? '',
  le: p?.publieLe ?? null,
});
export const formulaireDePublication = (s: Seance): FormulairePartage => ({
  objet: `Publication du relevé de ${s.titre}`,
  action: `/seances/${s.id}/publier`,
  retour: `/seances/${s.id}/publier`,
  champs: { retires: { libelle: 'Passages retirés de la version publique', dire: (v) => `« ${v} »` } },
});
