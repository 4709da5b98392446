import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { de, jourCourt, pluriel } from '../../../ui/typographie.ts';
import { CadenceDite, type DecisionDeListe, EcheanceDite, EtatDecisionTag, EtatSeanceTag, type Journee, numeroEcrit } from '../../instances/index.ts';

const A_REUNIR = 6;

/** Sessions to prepare, to attend, to finish; bodies that should meet. */
export function JourneeSeances({ journee }: { journee: Journee }) {
  const { aReunir, seances } = journee;
  return (
    <>
      <Section
        titre="Vos séances"
        actions={
          <a className="govuk-link" href="/calendrier?qui=moi">
            Votre calendrier
          </a>
        }
      >
        <Table
          legende="Séances à préparer, à tenir ou à clore"
          legendeMasquee
          dense
          lignes={seances.slice(0, 10)}
          cle={(s) => s.id}
          vide={
            <EmptyState titre="Aucune séance en vue" actions={[{ libelle: 'Ouvrir les instances', href: '/instances' }]}>
              Aucune séance de vos instances n’est en préparation, convoquée ou en relecture.
            </EmptyState>
          }
          colonnes={[
            { cle: 'jour', titre: 'Date', cellule: (s) => (s.jour ? jourCourt(s.jour) : 'à choisir') },
            {
              cle: 'titre',
              titre: 'Séance',
              entete: true,
              cellule: (s) => (
                <a className="govuk-link" href={s.tient && s.etat === 'preparation' ? `/seances/${s.id}/preparer` : `/seances/${s.id}`}>
                  {s.titre}
                </a>
              ),
            },
            { cle: 'instance', titre: 'Instance', cellule: (s) => s.instance },
            { cle: 'etat', titre: 'État', cellule: (s) => <EtatSeanceTag etat={s.etat} /> },
          ]}
        />
      </Section>
      {aReunir.length > 0 && (
        <Section
          titre="À réunir"
          actions={
            <a className="govuk-link" href="/instances?etat=a-reunir">
              {aReunir.length > A_REUNIR ? `Les ${aReunir.length} instances à réunir` : 'Toutes les instances à réunir'}
            </a>
          }
        >
          <Table
            legende={pluriel(aReunir.length, 'instance sans séance à venir', 'instances sans séance à venir')}
            dense
            lignes={aReunir.slice(0, A_REUNIR)}
            cle={(i) => i.id}
            colonnes={[
              {
                cle: 'nom',
                titre: 'Instance',
                entete: true,
                cellule: (i) => (
                  <a className="govuk-link" href={`/instances/${i.id}`}>
                    {i.nom}
                  </a>
                ),
              },
              { cle: 'cadence', titre: 'Cadence', cellule: (i) => <CadenceDite cadence={i.cadence} mois={i.cadenceMois} /> },
              {
                cle: 'acte',
                titre: 'Que faire',
                cellule: (i) => (
                  <a className="govuk-link" href={`/instances/${i.id}/seances/nouvelle`}>
                    Préparer une séance<span className="govuk-visually-hidden">, {i.nom}</span>
                  </a>
                ),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}

/** What the instances have entrusted to this person, then to their organisation. */
export function JourneeDecisions({ decisions, organisation, aujourdhui }: { decisions: readonly DecisionDeListe[]; organisation: string; aujourdhui: string }) {
  return (
    <Section
      titre="Décisions à suivre"
      actions={
        <a className="govuk-link" href="/decisions?qui=mon-organisation&etat=ouvertes">
          Toutes celles {de(organisation)}
        </a>
      }
    >
      <Table
        legende="Décisions confiées à vous ou à votre organisation"
        legendeMasquee
        dense
        lignes={decisions}
        cle={(d) => d.id}
        vide={<EmptyState titre="Rien à suivre">Aucune décision ouverte n’est confiée à vous ni à votre organisation.</EmptyState>}
        colonnes={[
          {
            cle: 'libelle',
            titre: 'Quoi',
            entete: true,
            cellule: (d) => (
              <a className="govuk-link" href={`/decisions/${d.id}`}>
                {d.libelle}
              </a>
            ),
          },
          { cle: 'instance', titre: 'Instance', cellule: (d) => `${numeroEcrit(d)}, ${d.instance}` },
          { cle: 'echeance', titre: 'Échéance', cellule: (d) => <EcheanceDite d={d} aujourdhui={aujourdhui} /> },
          { cle: 'etat', titre: 'État', cellule: (d) => <EtatDecisionTag etat={d.etat} /> },
        ]}
      />
    </Section>
  );
}
