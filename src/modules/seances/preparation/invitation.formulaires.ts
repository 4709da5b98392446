/** Answers to a convocation: the holder's, or the substitute's own. */
import { type Enregistre, type Rapprochement, rapprocher, sansNumero } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import type { Participant, Seance } from '../seances.queries.ts';
import { REPONSES } from '../seances.rules.ts';
import { reponseAMontrer, type Voie } from './reponses.rules.ts';
import { REPONSES_DATE } from './pages/TableauDesDates.tsx';
import type { DateProposee } from './seances.queries.ts';

const dire = (mots: Readonly<Record<string, string>>) => (v: string) => mots[v] ?? v;

export const reponseEnregistree = (p: Participant, voie: Voie): Enregistre =>
  voie === 'suppleant'
    ? sansNumero({ reponse: p.suppleantReponse ?? '', mot: p.suppleantReponseMot }, '', p.suppleantReponseLe)
    : sansNumero({ reponse: p.reponse ?? '', representant: p.representeDit, mot: p.reponseMot }, '', p.reponseLe);
export const formulaireDeReponse = (s: Seance, ici: string, voie: Voie): FormulairePartage => ({
  objet: s.titre,
  action: ici,
  retour: ici,
  champs: {
    reponse: { libelle: 'Votre réponse', dire: dire(REPONSES) },
    ...(voie === 'suppleant' ? {} : { representant: { libelle: 'Qui vous représente' } }),
    mot: { libelle: 'Un mot pour le secrétariat' },
  },
});

const champDe = (d: DateProposee) => `date-${d.id}`;
export const datesEnregistrees = (dates: readonly DateProposee[], participant: string, voie: Voie): Enregistre =>
  sansNumero(Object.fromEntries(dates.map((d) => [champDe(d), reponseAMontrer(d.reponses[participant], voie)])));
export const formulaireDesDates = (s: Seance, dates: readonly DateProposee[], ici: string): FormulairePartage => ({
  objet: s.titre,
  action: `${ici}/dates`,
  retour: ici,
  champs: Object.fromEntries(dates.map((d) => [champDe(d), { libelle: `${jour(d.jour, { semaine: true })} à ${d.heure}`, dire: dire(REPONSES_DATE) }])),
});

/** A first answer replaces none: it needs no mark. */
export function rapprocherReponse(corps: Readonly<Record<string, unknown>>, e: Enregistre): Rapprochement {
  const premiere = Object.values(e.champs).every((v) => v === '');
  return rapprocher(premiere ? { ...corps, version: e.version } : corps, e);
}
