import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourCourt, pluriel } from '../../../../ui/typographie.ts';
import type { Preuve } from '../liste.queries.ts';

export interface PreuvesPageProps {
  ligne: { id: string; libelle: string; fiche: string };
  annee: string | null;
  lieu: string | null;
  total: number;
  preuves: readonly Preuve[];
  page: number;
  parPage: number;
  href: (page: number) => string;
  nomRegistre: (code: string) => string;
  nomActeur: (id: string) => string;
  nomTerritoire: (id: string) => string;
}

/** What supports one action line of the contract, whatever the register it was written in. */
export function PreuvesPage(p: PreuvesPageProps) {
  const quand = [p.annee && `en ${p.annee}`, p.lieu].filter(Boolean).join(', ');
  const retour = { libelle: `Fiche ${p.ligne.fiche}`, href: `/fiches/${p.ligne.fiche}` };
  return (
    <>
      <PageHeader
        titre={`${pluriel(p.total, 'preuve')}${quand ? ` ${quand}` : ''}`}
        surtitre={`Fiche ${p.ligne.fiche} · ligne ${p.ligne.id}`}
        chapo="Les enregistrements de tous les registres que leurs auteurs rattachent à cette ligne d’action."
      />
      <InsetText>{p.ligne.libelle}</InsetText>
      {p.total === 0 ? (
        <EmptyState titre="Aucun enregistrement n’appuie encore cette ligne" actions={[retour, { libelle: 'Tous les registres', href: '/registres' }]}>
          <p className="govuk-body">Rattachez une activité à cette ligne d’action en l’enregistrant, sous « Preuve pour le contrat ».</p>
        </EmptyState>
      ) : (
        <>
          <Table
            legende="Preuves"
            legendeMasquee
            dense
            lignes={p.preuves}
            cle={(l) => l.id}
            colonnes={[
              { cle: 'jour', titre: 'Date', cellule: (l) => jourCourt(l.jour) },
              {
                cle: 'titre',
                titre: 'Enregistrement',
                entete: true,
                cellule: (l) => (
                  <>
                    <a className="govuk-link" href={`/registres/${l.registre}/${l.id}`}>
                      {l.titre}
                    </a>
                    <div className="govuk-hint govuk-!-margin-bottom-0">{p.nomActeur(l.organisationId)}</div>
                  </>
                ),
              },
              { cle: 'territoire', titre: 'Territoire', cellule: (l) => p.nomTerritoire(l.territoireId) },
              { cle: 'registre', titre: 'Registre', cellule: (l) => p.nomRegistre(l.registre) },
            ]}
          />
          <Pagination page={p.page} total={p.total} parPage={p.parPage} href={p.href} objet="preuve" />
        </>
      )}
    </>
  );
}
