import { Details } from '../../../ui/Details.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { FINE } from '../../../ui/typographie.ts';
import { fr } from '../langues/fr.ts';
import type { Mots } from '../langues/mots.ts';
import { direDate, direLangues, direPlage } from '../secours.rules.ts';
import { type Source, sansBlancs } from '../secours.schema.ts';
import { heuresSures, type NumeroLu } from '../verifications/verifications.rules.ts';

/** Where a source is read, and the date that it bears. */
export function Sources({ sources, mots = fr }: { sources: readonly Source[]; mots?: Mots }) {
  return (
    <>
      {mots.source}{' '}
      <span lang="fr" dir="ltr">
        {enSuite(sources, (s, rang) => (
          <>
            {rang > 0 && ' ; '}
            <a className="govuk-link" href={s.adresse} rel="noreferrer">
              {s.organisme}
            </a>
            {s.le && ` (${direDate(s.le)})`}
          </>
        ))}
      </span>
      {sources.every((s) => !s.le) && ` (${mots.sansDate})`}
    </>
  );
}

/** One number: the whole card calls. What is less urgent to know is under it. */
export function NumeroCarte({ n, mots = fr, pour }: { n: NumeroLu; mots?: Mots; pour?: string | undefined }) {
  const horaires =
    n.horaires === 'toujours' ? mots.toujours : (n.horaires?.map((p) => direPlage(p, mots.langue, mots.tousLesJours)).join(' ; ') ?? mots.horairesInconnus);
  // What nobody checked within the year is not said as sure; what was found wrong is not said at all.
  const { verification: v } = n;
  const dits = v.etat === 'faux' || !n.horaires ? mots.horairesInconnus : heuresSures(n) ? horaires : `${horaires} (${mots.languesInconnues})`;
  const faits = [dits, mots.prix[n.prix ?? 'inconnu'], ...(n.anonyme ? [mots.anonyme] : []), ...(n.confidentiel ? [mots.confidentiel] : [])];
  const sms = n.par === 'sms';
  return (
    <li className="c-numero">
      <a className="c-numero__lien" href={`${sms ? 'sms' : 'tel'}:${sansBlancs(n.numero)}`}>
        <span className="govuk-visually-hidden">{sms ? mots.ecrire : mots.appeler} </span>
        <span className="c-numero__chiffres" dir="ltr">
          {n.numero.replaceAll(' ', FINE)}
          {sms && <span className="c-numero__sms"> SMS</span>}
        </span>
        <span className="c-numero__pour">{pour ?? n.pour}</span>
        <span className="c-numero__faits">{faits.join(' · ')}</span>
      </a>
      <Details
        resume={
          <>
            {mots.precisions}
            <span className="govuk-visually-hidden">
              {' '}
              <span lang="fr">{n.nom}</span>
            </span>
          </>
        }
      >
        <p className="govuk-body-s">
          <strong lang="fr">{n.nom}</strong>
          <br />
          {mots.repond} <span lang="fr">{n.repond}</span>
          <br />
          {mots.langues} {n.langues ? direLangues(n.langues, mots.langue) : mots.languesInconnues}
        </p>
        {n.note && (
          <p className="govuk-body-s" lang="fr" dir="ltr">
            {n.note}
          </p>
        )}
        <p className="govuk-body-s">
          <Sources sources={n.sources} mots={mots} />
          <br />
          {v.etat === 'verifie' && v.le ? (
            <>
              {mots.verifie}{' '}
              <span lang="fr" dir="ltr">
                {direDate(v.le)}, {v.par}
              </span>
            </>
          ) : (
            mots.nonVerifie
          )}
        </p>
      </Details>
    </li>
  );
}
