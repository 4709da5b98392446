/** What the list, the card and the pages of who keeps them say alike. */
import { isoDuMoment, heureDuMoment, jour, jourCourt } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Moment } from '../../horaires.ts';
import type { Structure } from '../../structures/structures.queries.ts';

type Ou = Pick<Structure, 'adresse' | 'complement' | 'codePostal' | 'commune' | 'territoireId'>;
/** « 1 rue d’Exemple, 75000 Exemple », or the territory when nothing more is known. */
export const lieuEcrit = (s: Ou, catalogue: Catalogue): string =>
  [s.adresse, s.complement, [s.codePostal, s.commune].filter(Boolean).join(' ')].filter(Boolean).join(', ') ||
  `${catalogue.territoires.get(s.territoireId)?.nom ?? ''} : adresse à compléter`;

export function EtatDuMoment({ moment: m, maintenant }: { moment: Moment; maintenant: Date }) {
  if (m.etat === 'ouvert') {
    const tard = m.jusqu.getTime() - maintenant.getTime() > 86_400_000;
    return <strong className="govuk-tag govuk-tag--green">{tard ? 'Ouvert en ce moment' : `Ouvert jusqu’à ${heureDuMoment(m.jusqu)}`}</strong>;
  }
  if (m.etat === 'inconnu') return <strong className="govuk-tag govuk-tag--grey">Horaires à vérifier</strong>;
  if (m.etat === 'peut-etre') return <strong className="govuk-tag govuk-tag--grey">Sous condition : voir les horaires</strong>;
  const memeJour = m.rouvre && isoDuMoment(m.rouvre) === isoDuMoment(maintenant);
  return (
    <>
      <strong className="govuk-tag govuk-tag--grey">Fermé</strong>
      {m.rouvre && ` ouvre ${memeJour ? '' : `le ${jour(isoDuMoment(m.rouvre), { annee: false, semaine: true })} `}à ${heureDuMoment(m.rouvre)}`}
    </>
  );
}

const appel = (t: string): string => `tel:${t.replace(/[^\d+]/g, '')}`;
export function Joindre({ structure: s }: { structure: Pick<Structure, 'telephone' | 'courriel' | 'siteWeb'> }) {
  const liens = [
    ...(s.telephone ? [{ href: appel(s.telephone), dit: s.telephone }] : []),
    ...(s.courriel ? [{ href: `mailto:${s.courriel}`, dit: s.courriel }] : []),
    ...(s.siteWeb ? [{ href: s.siteWeb, dit: s.siteWeb.replace(/^https?:\/\/(www\.)?|\/$/g, '') }] : []),
  ];
  if (liens.length === 0) return null;
  return (
    <p className="govuk-body-s c-lieux__quoi">
      {liens.map((l, i) => (
        <span key={l.href}>
          {i > 0 && ' · '}
          <a className="govuk-link" href={l.href} rel="noreferrer">
            {l.dit}
          </a>
        </span>
      ))}
    </p>
  );
}

/** When someone last said that it is right; what nobody confirmed for long says so. */
export function direVerification(s: Pick<Structure, 'verifieLe' | 'verifiePar' | 'revoirLe'>, aujourdhui: string): { aVerifier: boolean; phrase: string } {
  const par = s.verifiePar ? ` par ${s.verifiePar}` : '';
  if (!s.verifieLe) return { aVerifier: true, phrase: 'À vérifier : personne n’a encore confirmé cette fiche.' };
  return s.revoirLe < aujourdhui
    ? { aVerifier: true, phrase: `À vérifier : dernière vérification le ${jour(s.verifieLe)}${par}.` }
    : { aVerifier: false, phrase: `Vérifié${par} le ${jourCourt(s.verifieLe)}.` };
}
