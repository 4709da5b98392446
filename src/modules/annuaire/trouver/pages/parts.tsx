/** What the list, the card and the pages of who keeps them say alike. */
import { JOUR_MS } from '../../../../core/jours.ts';
import { enumerer, heureDuMoment, isoDuMoment, jour, jourCourt } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Moment } from '../../horaires.ts';
import type { Structure } from '../../structures/structures.queries.ts';
import { adresseDAppel } from '../../telephone.rules.ts';

type Ou = Pick<Structure, 'adresse' | 'complement' | 'codePostal' | 'commune' | 'territoireId'>;
/** « 1 rue d’Exemple, 75000 Exemple », or the territory alone when nothing more is known. */
export const lieuConnu = (s: Ou, catalogue: Catalogue): string =>
  [s.adresse, s.complement, [s.codePostal, s.commune].filter(Boolean).join(' ')].filter(Boolean).join(', ') ||
  (catalogue.territoires.get(s.territoireId)?.nom ?? '');
/** The same, which says what it does not say. */
export const lieuEcrit = (s: Ou, catalogue: Catalogue): string =>
  `${lieuConnu(s, catalogue)}${s.adresse || s.complement || s.codePostal || s.commune ? '' : ' : adresse à compléter'}`;

export function EtatDuMoment({ moment: m, maintenant }: { moment: Moment; maintenant: Date }) {
  if (m.etat === 'ouvert') {
    const tard = m.jusqu.getTime() - maintenant.getTime() > JOUR_MS;
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

/** Calling first, as a button: on a phone it is what one came for. */
export function Joindre({ structure: s }: { structure: Pick<Structure, 'nom' | 'telephone' | 'courriel' | 'siteWeb'> }) {
  const liens = [
    ...(s.courriel ? [{ href: `mailto:${s.courriel}`, dit: s.courriel }] : []),
    ...(s.siteWeb ? [{ href: s.siteWeb, dit: s.siteWeb.replace(/^https?:\/\/(www\.)?|\/$/g, '') }] : []),
  ];
  const appel = adresseDAppel(s.telephone);
  if (liens.length === 0 && !s.telephone) return null;
  return (
    <div className="c-lieux__joindre">
      {/* What is not one whole number is shown, never dialled. */}
      {s.telephone && !appel && <span className="c-lieux__numero">Téléphone : {s.telephone}</span>}
      {appel && (
        <a className="c-lieux__appel" href={appel}>
          Appeler<span className="govuk-visually-hidden"> {s.nom}, au</span> <span className="c-lieux__numero">{s.telephone}</span>
        </a>
      )}
      {liens.map((l) => (
        <a key={l.href} className="govuk-link c-lieux__lien" href={l.href} rel="noreferrer">
          {l.dit}
        </a>
      ))}
    </div>
  );
}

const MANQUES = [
  ['adresse', 'adresse'],
  ['horaires', 'horaires'],
  ['telephone', 'téléphone'],
] as const;
/** « adresse, horaires et téléphone à compléter »: once, and calmly; empty when all three are known. */
export function direManques(s: Pick<Structure, 'adresse' | 'horaires' | 'telephone'>): string {
  const manquent = MANQUES.flatMap(([champ, dit]) => (s[champ] === '' ? [dit] : []));
  return manquent.length > 0 ? `${enumerer(manquent)} à compléter` : '';
}

type Dates = Pick<Structure, 'verifieLe' | 'verifiePar' | 'corrigeLe' | 'corrigePar' | 'sourceLe' | 'source' | 'revoirLe'>;
/** What was written last, if nobody said since that all is right: by someone, or by the file of a source. */
function dernierEcrit(s: Dates): { mot: string; par: string; le: string } | null {
  const parUneSource = s.sourceLe !== null && s.sourceLe > (s.verifieLe ?? '') && s.sourceLe > (s.corrigeLe ?? '');
  if (parUneSource && s.sourceLe !== null) return { mot: 'mis à jour', par: s.source, le: s.sourceLe };
  return s.corrigeLe === null ? null : { mot: 'corrigé', par: s.corrigePar, le: s.corrigeLe };
}
const par = (qui: string): string => (qui ? ` par ${qui}` : '');
const enTete = (t: string): string => t.charAt(0).toUpperCase() + t.slice(1);

/**
 * When someone last said that it is right, and what was written since; what nobody confirmed, or not for long, says so. `court`: the same
 * in a column of that name.
 */
export function direVerification(s: Dates, aujourdhui: string): { aVerifier: boolean; phrase: string; court: string } {
  const ecrit = dernierEcrit(s);
  const dit = ecrit && `${ecrit.mot}${par(ecrit.par)} le ${jourCourt(ecrit.le)}`;
  if (!s.verifieLe)
    return {
      aVerifier: true,
      phrase: `${dit ? `${enTete(dit)}. ` : ''}À vérifier : personne n’a encore confirmé cette fiche.`,
      court: dit ? `jamais, ${dit}` : 'jamais',
    };
  const aVerifier = s.revoirLe < aujourdhui;
  const derniere = `dernière vérification le ${aVerifier ? jour(s.verifieLe) : jourCourt(s.verifieLe)}${par(s.verifiePar)}`;
  const derniereCourt = `dernière le ${jourCourt(s.verifieLe)}${par(s.verifiePar)}`;
  if (dit) return { aVerifier, phrase: `${enTete(dit)}. ${aVerifier ? `À vérifier : ${derniere}` : enTete(derniere)}.`, court: `${dit}, ${derniereCourt}` };
  return aVerifier
    ? { aVerifier, phrase: `À vérifier : ${derniere}.`, court: `à refaire, ${derniereCourt}` }
    : { aVerifier, phrase: `Vérifié${par(s.verifiePar)} le ${jourCourt(s.verifieLe)}.`, court: `le ${jourCourt(s.verifieLe)}${par(s.verifiePar)}` };
}
