/** How a rectificatif is told, on the page, in the feed and in the bilan. Pure. */
import { avecUnite, formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { genreDe, libelleDeCle } from '../saisie/grain.rules.ts';
import type { Rectificatif } from './rectificatifs.queries.ts';

type Noms = Pick<Catalogue, 'nomActeur' | 'nomActeurA' | 'territoires'>;

/** « 41 personnes », « secret », « non donné » ; a text or a document is named, not copied. What it became says on whose word. */
export function direCote(
  r: Pick<Rectificatif, 'genre' | 'mesure' | 'debiteur' | 'territoireId'>,
  v: Rectificatif['avant'],
  c: Noms,
  cote: 'avant' | 'apres',
): string {
  if (r.genre === 'choix') return cote === 'apres' ? `source retenue : ${c.nomActeurA(r.debiteur, r.territoireId)}` : 'deux sources, en désaccord';
  if (v === null) return 'non donné';
  if (v.etat === 'secret') return 'secret';
  if (v.etat === 'sans_objet') return 'sans objet';
  const genre = genreDe(r.mesure);
  const dite = genre === 'nombre' && v.valeur !== null ? avecUnite(v.valeur, r.mesure.unite) : genre === 'document' ? 'document' : 'texte';
  return cote === 'apres' && v.parole !== '' ? `${dite} (${v.parole})` : dite;
}
/** « 2025, Paris, femmes, donné par la Préfecture de police ». */
export const direOu = (r: Rectificatif, c: Noms): string =>
  [
    formatPeriode(r.periode),
    c.territoires.get(r.territoireId)?.nom ?? r.territoireId,
    ...(r.ventilation === '' ? [] : [libelleDeCle(r.mesure, r.ventilation)]),
    ...(r.genre === 'choix' ? [] : [`donné par ${c.nomActeurA(r.debiteur, r.territoireId)}`]),
  ].join(', ');
export const direMotif = (r: Pick<Rectificatif, 'motif'>): string => r.motif ?? 'Raison non publiée : elle pourrait dire ce qui est secret.';
export const cheminDuChiffre = (r: Rectificatif): string => `/chiffres/${r.mesure.id}?periode=${r.periode}&territoire=${encodeURIComponent(r.territoireId)}`;
