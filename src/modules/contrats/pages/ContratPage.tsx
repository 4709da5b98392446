import { Card, CardGrid } from '../../../ui/Card.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { jour, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../catalogue.ts';

export function ContratPage({ catalogue: c }: { catalogue: Catalogue }) {
  const fiches = [...c.fiches.values()];
  const mesures = [...c.mesures.values()];
  const n = (o: string) => mesures.filter((m) => m.obtention === o).length;
  return (
    <>
      <PageHeader titre={c.contrat.titre} surtitre={c.contrat.sigle} chapo={c.contrat.resume} />
      <SummaryList
        lignes={[
          { cle: 'Période', valeur: `du ${jour(c.contrat.debut)} au ${jour(c.contrat.fin)}` },
          { cle: 'Signataires', valeur: c.contrat.signataires.map((s) => `${c.nomActeur(s.acteur)} (${s.titre})`).join(' ; ') },
          ...(c.contrat.succede_a ? [{ cle: 'Fait suite à', valeur: c.contrat.succede_a }] : []),
          {
            cle: 'Engagements',
            valeur: `${pluriel(fiches.length, 'fiche')}, ${pluriel(c.lignes.size, 'ligne')} d’action, ${pluriel(c.indicateurs.size, 'indicateur')} suivis par ${pluriel(mesures.length, 'mesure')}`,
          },
          {
            cle: 'Comment on mesure',
            valeur: `${n('calcul')} mesures calculées à partir des enregistrements, ${n('collecte')} fournies par ceux qui les produisent, ${n('narratif')} bilans écrits, ${n('enquete')} enquêtes`,
          },
          {
            cle: 'Le document',
            valeur: (
              <a className="govuk-link" href="/anomalies">
                Ce qu’il faut savoir en le lisant
              </a>
            ),
          },
        ]}
      />
      {c.axes.map((a) => (
        <Section key={a.numero} titre={`Axe ${a.numero} : ${a.titre}`}>
          <CardGrid>
            {fiches
              .filter((f) => f.axe === a.numero)
              .map((f) => (
                <Card key={f.numero} titre={f.titre} href={`/fiches/${f.numero}`} surtitre={`Fiche ${f.numero}`}>
                  <p className="govuk-body-s">{f.resume}</p>
                </Card>
              ))}
          </CardGrid>
        </Section>
      ))}
      <Section titre="Ce que la plateforme ne fait pas">
        <ul className="govuk-list govuk-list--bullet">
          <li>Elle ne tient aucun fichier de police, de justice ou de santé.</li>
          <li>Elle ne prédit pas la délinquance et ne note personne.</li>
          <li>
            Elle ne copie pas les outils de secours, de protection de l’enfance ou de suivi de la radicalisation : elle retient qu’une information a été
            transmise, et quand.
          </li>
        </ul>
      </Section>
    </>
  );
}
