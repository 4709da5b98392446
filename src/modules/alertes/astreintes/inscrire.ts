/** Who enters whom on a list. What gives a power is not typed by who gains it: the file says who may hold a function, the coordination gives those that validate. */
import type { Utilisateur } from '../../../core/authorize.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { peutInscrire, peutTenirLaListe } from '../alertes.policy.ts';
import { direTenue, fonctionDe, peutTenirLaFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import type { Inscrit, InscritSaisi } from './astreintes.queries.ts';

export const DONNE_UN_POUVOIR =
  'Qui est de garde pour cette fonction valide, écarte et lève les alertes : la coordination, ou le coordonnateur du lieu, y inscrit. Demandez-le-lui.';
/** A commune is of no mandate's place: only who holds the whole contract keeps its line. */
export const ouDe = (cat: Catalogue, v: { territoire: string; organisationId: string }) => ({
  territoireId: cat.territoires.has(v.territoire) ? v.territoire : undefined,
  organisationId: v.organisationId,
});

/** The mandate first; then who may hold the function, and who may give it. */
export function verifierInscrit(r: Reglement, cat: Catalogue, u: Utilisateur | null, v: InscritSaisi): ErreurDeChamp[] {
  const ou = ouDe(cat, { territoire: v.territoire, organisationId: v.organisation });
  const f = fonctionDe(r, v.fonction);
  if (!f || !peutTenirLaListe(u, ou, cat.contient))
    return [{ champ: 'territoire', message: 'Votre mandat ne couvre pas cette ligne : choisissez votre organisme, ou un territoire de votre mandat.' }];
  if (!peutTenirLaFonction(f, cat, v.organisation))
    return [
      { champ: 'organisation', message: `${f.libelle} : cette fonction se tient par ${direTenue(f, cat)}. Choisissez un de ceux-là, ou une autre fonction.` },
    ];
  if (!peutInscrire(u, ou, f, cat.contient)) return [{ champ: 'fonction', message: DONNE_UN_POUVOIR }];
  return [];
}
/** Functions that this person may enter somebody for; houses, those that hold one of them. */
export function choixDe(r: Reglement, cat: Catalogue, u: Utilisateur, i: Pick<Inscrit, 'fonction' | 'organisationId'> | null) {
  const toutTenir = [...cat.territoires.keys()].some((t) => peutInscrire(u, { territoireId: t, organisationId: '' }, { valide: true }, cat.contient));
  const fonctions = r.fonctions.filter((f) => f.code === i?.fonction || toutTenir || (!f.valide && peutTenirLaFonction(f, cat, u.organisationId)));
  const organismes = [...cat.acteurs.values()].filter(
    (a) => a.id === i?.organisationId || (toutTenir ? fonctions.some((f) => peutTenirLaFonction(f, cat, a.id)) : a.id === u.organisationId),
  );
  return { fonctions, organismes };
}
