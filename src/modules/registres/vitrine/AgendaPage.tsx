import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { heure, jour } from '../../../ui/typographie.ts';
import type { Lieu } from '../../contrats/index.ts';
import { AdresseWeb, nomTerritoire } from '../champs.tsx';
import type { Repertoire } from '../registres.repertoire.ts';
import type { Annonce } from './vitrine.queries.ts';

export interface AgendaPageProps {
  annonces: readonly Annonce[];
  /** There are others, later. */
  encore: boolean;
  rep: Repertoire;
  lieu: Lieu;
  lieux: readonly { valeur: string; libelle: string }[];
  partenaire: boolean;
  /** The name of an actor in a place: « Mairie du 18e ». */
  nommer: (acteur: string, territoire: string) => string;
}

const quand = (a: Annonce): string => {
  const le = a.fin && a.fin !== a.jour ? `du ${jour(a.jour, { semaine: true })} au ${jour(a.fin, { semaine: true })}` : jour(a.jour, { semaine: true });
  return a.heure ? `${le}, ${heure(a.heure)}` : le;
};

/** The next ones of a place, on its page. */
export function AnnoncesDuLieu({ annonces, territoire }: { annonces: readonly Annonce[]; territoire: string }) {
  return (
    <Section titre="À venir ici" id="a-venir">
      <ul className="govuk-list c-suites">
        {annonces.map((a) => (
          <li key={a.id}>
            <a className="govuk-link" href={`/agenda?territoire=${territoire}#a-${a.id}`}>
              {a.titre}
            </a>{' '}
            : {quand(a)}
            {a.annulee && ', annulé'}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What partners announce to residents: when, where, who holds it, and how to come. */
export function AgendaPage({ annonces, encore, rep, lieu, lieux, partenaire, nommer }: AgendaPageProps) {
  return (
    <>
      <PageHeader titre="Agenda" chapo="Réunions, journées et rendez-vous que les partenaires du contrat annoncent aux habitants." />
      <form method="get" action="/agenda" className="c-filtres-ligne">
        <Select nom="territoire" libelle="Où" options={lieux} valeur={lieu.territoire || rep.racine.id} />
        <Button variante="secondaire">Filtrer</Button>
      </form>
      {annonces.length === 0 ? (
        <EmptyState
          titre="Rien n’est annoncé pour le moment"
          actions={[
            ...(lieu.territoire ? [{ libelle: 'Voir tout le contrat', href: '/agenda' }] : []),
            { libelle: 'Trouver un lieu d’aide', href: '/aide/trouver' },
          ]}
        >
          Un rendez-vous paraît ici quand son organisateur l’annonce.
        </EmptyState>
      ) : (
        <ul className="c-agenda">
          {annonces.map((a) => (
            <li key={a.id} id={`a-${a.id}`} className="c-agenda__rendezvous">
              <h2 className="govuk-heading-s c-agenda__titre">
                {partenaire ? (
                  <a className="govuk-link" href={`/registres/${a.registre}/${a.id}`}>
                    {a.titre}
                  </a>
                ) : (
                  a.titre
                )}
                {a.annulee && <Tag ton="garance">Annulé</Tag>}
              </h2>
              <p className="c-agenda__quand">
                <time dateTime={a.heure ? `${a.jour}T${a.heure.padStart(5, '0')}` : a.jour}>{quand(a)}</time>
              </p>
              <p className="c-agenda__ou">
                {enSuite([a.adresse, nomTerritoire(rep, a.territoireId)].filter(Boolean), (x, rang) => (
                  <>
                    {rang > 0 && ' · '}
                    {x}
                  </>
                ))}
              </p>
              <p className="c-agenda__qui">{nommer(a.organisationId, a.territoireId)}</p>
              {a.inscription && !a.annulee && (
                <p className="c-agenda__inscription">
                  <AdresseWeb adresse={a.inscription} libelle="S’inscrire" />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="govuk-body">
        Guides, affiches et dépliants :{' '}
        <a className="govuk-link" href="/supports">
          tous les documents
        </a>
        .
      </p>
      {encore && <p className="govuk-body">D’autres rendez-vous suivent : choisissez un lieu.</p>}
    </>
  );
}
