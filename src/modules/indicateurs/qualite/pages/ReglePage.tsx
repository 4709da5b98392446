import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { formatPeriode, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { libelleDeCle, repondants } from '../../saisie/grain.rules.ts';
import type { PriseDeRegle } from '../controles.queries.ts';
import type { Regle } from '../regles.rules.ts';
import { direEffet } from './ReglesPage.tsx';

export interface ReglePageProps {
  regle: Regle;
  catalogue: Catalogue;
  prises: readonly PriseDeRegle[];
  page: number;
  parPage: number;
  total: number;
}

export function ReglePage({ regle: r, catalogue: c, ...p }: ReglePageProps) {
  return (
    <>
      <PageHeader titre={r.libelle} surtitre="Règle de qualité" chapo={r.raison} />
      <p className="govuk-body">
        {direEffet(r)}
        {r.mesures.length === 0 && '. Vaut pour tout chiffre dont c’est la nature.'}
      </p>
      {r.mesures.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {r.mesures.map((id) => (
            <li key={id}>
              <a className="govuk-link" href={`/chiffres/${id}`}>
                {`${id}, ${c.mesures.get(id)?.court ?? ''}`}
              </a>
            </li>
          ))}
        </ul>
      )}
      {p.total === 0 ? (
        <EmptyState titre="Cette règle n’a jamais rien relevé">
          <p>Aucun chiffre proposé ne l’a enfreinte depuis qu’elle est en place.</p>
        </EmptyState>
      ) : (
        <Table<PriseDeRegle>
          legende="Ce qu’elle a relevé, le plus récent d’abord"
          dense
          colonnes={[
            {
              cle: 'chiffre',
              titre: 'Chiffre',
              entete: true,
              cellule: (x) => (
                <a className="govuk-link" href={`/chiffres/${x.mesureId}?periode=${x.periode}&territoire=${encodeURIComponent(x.territoireId)}#contributions`}>
                  {direPrise(c, x)}
                </a>
              ),
            },
            {
              cle: 'qui',
              titre: 'Donné par',
              cellule: (x) =>
                [c.nomActeurA(x.debiteur, x.territoireId), repondants(c, x).includes(x.organisationId) ? '' : `saisi par ${c.nomActeur(x.organisationId)}`]
                  .filter(Boolean)
                  .join(', '),
            },
            { cle: 'le', titre: 'Relevé', cellule: (x) => jourEtHeure(x.le) },
            {
              cle: 'suite',
              titre: 'Suite',
              cellule: (x) => (
                <Tag ton={x.issue === null ? 'bleu' : 'vert'}>{x.issue === 'explique' ? 'expliqué' : x.issue === 'corrige' ? 'corrigé' : 'sans suite'}</Tag>
              ),
            },
          ]}
          lignes={p.prises}
          cle={(x) => x.id}
        />
      )}
      {p.total > 0 && (
        <Pagination
          page={p.page}
          parPage={p.parPage}
          total={p.total}
          href={(n) => `/chiffres/regles/${r.id}?page=${n}`}
          objet="fait relevé"
          objets="faits relevés"
        />
      )}
    </>
  );
}

function direPrise(c: Catalogue, x: PriseDeRegle): string {
  const m = c.mesures.get(x.mesureId);
  return [
    m?.court ?? x.mesureId,
    c.territoires.get(x.territoireId)?.nom ?? x.territoireId,
    m && x.ventilation !== '' ? libelleDeCle(m, x.ventilation) : '',
    formatPeriode(x.periode),
  ]
    .filter(Boolean)
    .join(', ');
}
