import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Table } from '../../../ui/Table.tsx';
import { formatPeriode, jour, nombre } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import type { Vague } from '../vagues/vagues.queries.ts';
import { DIRE_ETAT, type EtatDeVague } from '../vagues/vagues.rules.ts';

interface VagueListee extends Vague {
  etat: EtatDeVague;
  conduite: boolean;
}
interface Props {
  enquetes: readonly (Enquete & { ouvrable: boolean })[];
  vagues: readonly VagueListee[];
  catalogue: Catalogue;
  travail: boolean;
  /** The page of closed waves that `vagues` holds. */
  closes: { page: number; total: number; parPage: number };
}

export function EnquetesPage({ enquetes, vagues, catalogue, travail, closes }: Props) {
  const aRepondre = vagues.filter((v) => v.etat === 'ouverte' && v.acces === 'ouvert');
  const lisibles = vagues.filter((v) => v.etat === 'close');
  const menees = vagues.filter((v) => v.conduite);
  return (
    <>
      <PageHeader
        titre="Enquêtes"
        chapo="Ce que le contrat demande de mesurer en posant des questions : des réponses anonymes, qui s’ajoutent à des comptes."
      />
      <Section titre="Donner votre avis">
        {aRepondre.length === 0 ? (
          <EmptyState titre="Aucune enquête ouverte à tous">Rien à remplir en ce moment. Les enquêtes à venir paraîtront ici.</EmptyState>
        ) : (
          <ul className="govuk-list">
            {aRepondre.map((v) => (
              <li key={v.id}>
                <a className="govuk-link" href={`/enquetes/vagues/${v.id}/repondre`}>
                  {v.definition.titre.fr}
                </a>
                , jusqu’au {jour(v.fin)}
                {v.definition.langues.includes('en') && (
                  <>
                    {' · '}
                    <a className="govuk-link" href={`/enquetes/vagues/${v.id}/repondre?langue=en`} hrefLang="en" lang="en">
                      {v.definition.titre.en}
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section titre="Résultats">
        {lisibles.length === 0 ? (
          <EmptyState titre="Aucun résultat publié">Ceux d’une vague paraissent quand elle est close et que son chiffre est validé.</EmptyState>
        ) : (
          <>
            <Vagues legende="Vagues closes" vagues={lisibles} catalogue={catalogue} lien={(v) => `/enquetes/vagues/${v.id}`} />
            <Pagination {...closes} href={(n) => `/enquetes?page=${n}`} objet="vague" />
          </>
        )}
      </Section>
      {menees.length > 0 && (
        <Section titre="Vagues que vous menez">
          <Vagues legende="Vagues que vous menez" vagues={menees} catalogue={catalogue} lien={(v) => `/enquetes/vagues/${v.id}/conduire`} />
        </Section>
      )}
      {travail && (
        <Section titre="Questionnaires du contrat">
          <ul className="govuk-list">
            {enquetes.map((e) => (
              <li key={e.code}>
                {e.ouvrable ? (
                  <a className="govuk-link" href={`/enquetes/ouvrir/${e.code}`}>
                    Ouvrir une vague : {e.titre.fr}
                  </a>
                ) : (
                  e.titre.fr
                )}{' '}
                ({e.resultats.map((r) => r.mesure).join(', ')})
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Vagues({
  legende,
  vagues,
  catalogue,
  lien,
}: {
  legende: string;
  vagues: readonly VagueListee[];
  catalogue: Catalogue;
  lien: (v: VagueListee) => string;
}) {
  return (
    <Table<VagueListee>
      legende={legende}
      legendeMasquee
      cle={(v) => v.id}
      lignes={vagues}
      colonnes={[
        {
          cle: 'enquete',
          titre: 'Enquête',
          entete: true,
          cellule: (v) => (
            <a className="govuk-link" href={lien(v)}>
              {v.definition.titre.fr}
              <span className="govuk-visually-hidden">
                , {formatPeriode(v.periode)}, du {jour(v.debut)} au {jour(v.fin)}
              </span>
            </a>
          ),
        },
        { cle: 'periode', titre: 'Période', cellule: (v) => formatPeriode(v.periode) },
        { cle: 'pour', titre: 'Menée pour', cellule: (v) => catalogue.nomActeur(v.debiteur) },
        { cle: 'dates', titre: 'Dates', cellule: (v) => `du ${jour(v.debut)} au ${jour(v.fin)}` },
        { cle: 'etat', titre: 'État', cellule: (v) => DIRE_ETAT[v.etat] },
        { cle: 'reponses', titre: 'Réponses', numerique: true, cellule: (v) => nombre(v.reponses) },
      ]}
    />
  );
}
