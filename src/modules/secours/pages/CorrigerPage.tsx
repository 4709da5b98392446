import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { listVersions } from '../demarches/corrections.queries.ts';
import { ETAPES_MAX, RESERVE_MAX } from '../demarches/corrections.schema.ts';
import type { Demarche } from '../guide/guide.schema.ts';

type Versions = Awaited<ReturnType<typeof listVersions>>;

export interface CorrigerPageProps {
  d: Demarche;
  versions: Versions;
  champs: { etapes: string; reserve: string };
  erreurs: readonly ErreurDeChamp[];
  /** Someone wrote meanwhile: theirs is shown above what was typed. */
  venue: Versions[number] | null;
  nommer: (acteur: string) => string;
}

export function CorrigerPage({ d, versions, champs, erreurs, venue, nommer }: CorrigerPageProps) {
  const page = `/aide/demarches/${d.code}`;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Corriger une démarche" surtitre={d.titre} chapo="Ce que vous enregistrez est public aussitôt, signé de votre institution et daté." />
      {venue && (
        <NotificationBanner ton="alerte" id="venue">
          {nommer(venue.organisationId)} a enregistré une autre version le {jourEtHeure(venue.le)}, pendant que vous écriviez. Rien n’est perdu : ce que vous
          avez écrit est ci-dessous, la leur est en bas de la page. Réunissez-les, puis enregistrez.
        </NotificationBanner>
      )}
      <Form action={`${page}/corriger`} masques={{ version: String(versions[0]?.version ?? 0) }}>
        <Textarea
          nom="etapes"
          libelle="Ce que lit le public"
          aide="Une étape par ligne, des phrases courtes, sans nom de personne ni ligne directe. Vide : les étapes du contrat reviennent."
          valeur={champs.etapes}
          erreur={erreurDe(erreurs, 'etapes')}
          lignes={10}
          max={ETAPES_MAX}
          facultatif
        />
        <Textarea
          nom="reserve"
          libelle="Réservé aux professionnels"
          aide="Conditions, ligne directe d’un service. Seuls les partenaires connectés le lisent. Sans nom de personne."
          valeur={champs.reserve}
          erreur={erreurDe(erreurs, 'reserve')}
          lignes={5}
          max={RESERVE_MAX}
          facultatif
        />
        <ActionBar>
          <Button>Enregistrer et publier</Button>
          <a className="govuk-link" href={page}>
            Annuler
          </a>
        </ActionBar>
      </Form>
      <Section titre="Les étapes du contrat">
        <ol className="govuk-list govuk-list--number">
          {enSuite(d.etapes, (e) => (
            <li>{e}</li>
          ))}
        </ol>
      </Section>
      {versions.length > 0 && (
        <Section titre="Versions">
          {versions.map((v) => (
            <div key={v.version}>
              <h3 className="govuk-heading-s">
                Version {v.version}, {nommer(v.organisationId)}, le {jourEtHeure(v.le)}
              </h3>
              <ol className="govuk-list govuk-list--number">
                {enSuite(v.etapes === '' ? ['Étapes du contrat'] : v.etapes.split('\n'), (e) => (
                  <li>{e}</li>
                ))}
              </ol>
              {v.texte !== '' && <p className="govuk-body-s">Réservé : {v.texte}</p>}
            </div>
          ))}
        </Section>
      )}
    </>
  );
}
