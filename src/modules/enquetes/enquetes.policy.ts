/** Rights on surveys. A wave gives a figure: who answers for its debtor there, and the coordination, open the wave and close it. */
import { auTravail, type Contient, type Droit, permis, type Utilisateur } from '../../core/authorize.ts';
import type { Catalogue } from '../contrats/index.ts';
import { casesPermises, type ContributionVisee, repondPour } from '../indicateurs/index.ts';
import type { Enquete } from './definition/definition.schema.ts';
import type { Publication } from './vagues/vagues.rules.ts';

type Personne = Utilisateur | null;
const peutMener = (u: Personne, v: ContributionVisee, contient: Contient): boolean => permis(u, ['coordination'], v, contient) || repondPour(u, v, contient);

/** What a right on a survey is read of. */
export interface Menee extends Pick<Enquete, 'demandeurs'> {
  resultats: readonly Pick<Enquete['resultats'][number], 'mesure'>[];
}
/** For whom and where this person may hold a wave: every figure of the survey is theirs to give there. */
export function peutConduire(u: Personne, cat: Catalogue, e: Menee): { debiteur: string; territoireId: string }[] {
  const parMesure = e.resultats.map((r) => {
    const m = cat.mesures.get(r.mesure);
    return m ? casesPermises(u, cat, m, peutMener).filter((x) => e.demandeurs.includes(x.debiteur)) : [];
  });
  const [premieres = [], ...autres] = parMesure;
  return premieres.filter((x) => autres.every((cases) => cases.some((y) => y.debiteur === x.debiteur && y.territoireId === x.territoireId)));
}
export const conduit = (u: Personne, cat: Catalogue, e: Menee, v: { debiteur: string; territoireId: string }): boolean =>
  peutConduire(u, cat, e).some((x) => x.debiteur === v.debiteur && x.territoireId === v.territoireId);

/** Results, once the wave is closed: everyone’s while they are published, those at work before; under a secret, who holds the wave alone. */
export const peutLireResultats = (u: Personne, v: { close: boolean; publication: Publication; conduite: boolean }): boolean =>
  v.close && (v.publication === 'publiee' || v.conduite || (v.publication !== 'secrete' && auTravail(u)));

export const DROITS: readonly Droit[] = [
  {
    objet: 'Enquêtes',
    action: 'ouvrir et clore une vague',
    permis: (u, s) =>
      peutMener(u, { fiche: s.fiche, territoireId: s.territoireId, repondants: [s.organisationId], locale: false, memeMaison: () => true }, (a, b) => a === b),
  },
  {
    objet: 'Enquêtes',
    action: 'lire les résultats d’une vague close',
    permis: (u) => peutLireResultats(u, { close: true, publication: 'a-valider', conduite: false }),
  },
];
