import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { FINE, jour } from '../../../ui/typographie.ts';
import { fr } from '../langues/fr.ts';
import { direLangues, direPlage } from '../secours.rules.ts';
import type { EtatDeVerification, NumeroLu, SecoursLu } from '../verifications/verifications.rules.ts';
import { Sources } from './NumeroCarte.tsx';

const ETATS = {
  verifie: { ton: 'mousse', libelle: 'vérifié' },
  'a-verifier': { ton: 'laiton', libelle: 'à vérifier' },
  faux: { ton: 'garance', libelle: 'dit inexact' },
} as const satisfies Readonly<Record<EtatDeVerification, { ton: string; libelle: string }>>;

export interface VerifierPageProps {
  s: SecoursLu;
  /** Of the last check of each number. */
  versions: ReadonlyMap<string, number>;
  /** Number whose form is open. */
  choisi: string;
  erreurs: readonly ErreurDeChamp[];
}

/** One number after the other: what the public reads of it, from where it was taken, and what to say of it. */
export function VerifierPage({ s, versions, choisi, erreurs }: VerifierPageProps) {
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Numéros d’aide à vérifier"
        chapo="Appelez, ou lisez la page officielle, puis dites si le numéro et ses horaires sont justes. Le public lit qui l’a vérifié, et quand ; une vérification se refait tous les six mois."
      />
      {s.groupes.map((g) => (
        <Section key={g.code} titre={g.titre}>
          {s.numeros
            .filter((n) => n.groupe === g.code)
            .map((n) => (
              <Numero key={n.code} n={n} version={versions.get(n.code) ?? 0} ouvert={choisi === n.code} erreurs={erreurs} />
            ))}
        </Section>
      ))}
    </>
  );
}

function Numero({ n, version, ouvert, erreurs }: { n: NumeroLu; version: number; ouvert: boolean; erreurs: readonly ErreurDeChamp[] }) {
  const { etat, le, par } = n.verification;
  const horaires =
    n.horaires === 'toujours' ? fr.toujours : (n.horaires?.map((p) => direPlage(p, 'fr', fr.tousLesJours)).join(' ; ') ?? 'aucune source ne les dit');
  return (
    <article id={n.code}>
      <h3 className="govuk-heading-s">
        {n.numero.replaceAll(' ', FINE)}, {n.nom} <Tag ton={ETATS[etat].ton}>{ETATS[etat].libelle}</Tag>
      </h3>
      <SummaryList
        lignes={[
          { cle: 'Horaires', valeur: horaires },
          ...(n.langues ? [{ cle: 'Langues', valeur: direLangues(n.langues, 'fr') }] : []),
          { cle: 'Lu dans', valeur: <Sources sources={n.sources} /> },
          { cle: 'Dernière vérification', valeur: le ? `${jour(le)}, ${par}` : 'aucune' },
        ]}
      />
      <Details
        resume={
          <>
            Dire ce qu’il en est<span className="govuk-visually-hidden"> : {n.nom}</span>
          </>
        }
        ouvert={ouvert}
      >
        <Form action={`/aide/numeros/${n.code}`} masques={{ version: String(version) }}>
          <Radios
            nom="moyen"
            id={`moyen-${n.code}`}
            legende="Comment l’avez-vous vérifié ?"
            erreur={erreurDe(erreurs, `moyen-${n.code}`)}
            options={[
              { valeur: 'appel', libelle: 'En appelant' },
              { valeur: 'page', libelle: 'Sur la page officielle du service' },
            ]}
          />
          <Radios
            nom="juste"
            id={`juste-${n.code}`}
            legende="Le numéro et ses horaires sont-ils justes ?"
            erreur={erreurDe(erreurs, `juste-${n.code}`)}
            options={[
              { valeur: 'oui', libelle: 'Oui, tels qu’ils sont écrits ici' },
              { valeur: 'non', libelle: 'Non', aide: 'Le public lira « horaires à vérifier » jusqu’à ce que le dossier du contrat soit corrigé.' },
            ]}
          />
          <Button>Enregistrer</Button>
        </Form>
      </Details>
    </article>
  );
}
