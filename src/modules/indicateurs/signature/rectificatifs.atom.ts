/** The errata as a feed. Pure. */
import { ecrireAtom } from '../../../core/atom.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Rectificatif } from './rectificatifs.queries.ts';
import { cheminDuChiffre, direCote, direMotif, direOu } from './rectificatifs.rules.ts';

/** « Rixes : 41, au lieu de 45 ». */
export const titreDuRectificatif = (r: Rectificatif, c: Catalogue): string =>
  `${r.mesure.court} : ${direCote(r, r.apres, c, 'apres')}, au lieu de : ${direCote(r, r.avant, c, 'avant')}`;

export function fluxAtom(c: Catalogue, rectificatifs: readonly Rectificatif[], adresse: string): string {
  const page = `${adresse}/rectificatifs`;
  const { contrat } = c;
  return ecrireAtom({
    page,
    adresse: `${page}.xml`,
    titre: `Rectificatifs, ${contrat.titre}`,
    sousTitre: 'Chiffres corrigés après avoir été publiés : l’ancienne valeur, la nouvelle, et pourquoi.',
    auteur: contrat.titre,
    debut: new Date(`${contrat.debut}T00:00:00Z`),
    licence: contrat.licence,
    entrees: rectificatifs.map((r) => ({
      id: `${page}#${r.id}`,
      titre: titreDuRectificatif(r, c),
      le: r.le,
      auteur: c.nomActeur(r.par),
      page: adresse + cheminDuChiffre(r),
      resume: `${direOu(r, c)}. ${direMotif(r)}`,
    })),
  });
}
