import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { BilanDeRegle } from '../controles.queries.ts';
import type { Regle } from '../regles.rules.ts';

export interface ReglesPageProps {
  regles: readonly Regle[];
  bilans: ReadonlyMap<string, BilanDeRegle>;
  page: number;
  parPage: number;
  total: number;
}

export function ReglesPage(p: ReglesPageProps) {
  return (
    <>
      <PageHeader
        titre="Règles de qualité"
        chapo="Ce qu’un chiffre doit à son contrat avant d’être enregistré. Une règle demande de corriger, ou d’expliquer : l’explication reste avec le chiffre."
      />
      <Table<Regle>
        legende="Règles, raisons, et ce que chacune a relevé"
        legendeMasquee
        dense
        colonnes={[
          {
            cle: 'regle',
            titre: 'Règle',
            entete: true,
            cellule: (r) => (
              <a className="govuk-link" href={`/chiffres/regles/${r.id}`}>
                {r.libelle}
              </a>
            ),
          },
          { cle: 'raison', titre: 'Pourquoi', cellule: (r) => r.raison },
          { cle: 'effet', titre: 'Effet', cellule: (r) => direEffet(r) },
          { cle: 'bilan', titre: 'Relevé', cellule: (r) => direBilan(p.bilans.get(r.id)) },
        ]}
        lignes={p.regles}
        cle={(r) => r.id}
      />
      <Pagination page={p.page} parPage={p.parPage} total={p.total} href={(n) => `/chiffres/regles?page=${n}`} objet="règle" />
    </>
  );
}

export const direEffet = (r: Pick<Regle, 'gravite'>): string => (r.gravite === 'refus' ? 'Refusé' : 'À corriger ou à expliquer');

function direBilan(b: BilanDeRegle | undefined): string {
  if (!b || b.souleves === 0) return 'N’a jamais rien relevé';
  const attend = b.souleves - b.corriges - b.expliques;
  const suites = [
    b.corriges > 0 ? pluriel(b.corriges, 'corrigé') : '',
    b.expliques > 0 ? pluriel(b.expliques, 'expliqué') : '',
    attend > 0 ? `${attend} sans suite` : '',
  ].filter(Boolean);
  return `${b.souleves} fois : ${suites.join(', ')}${b.dernier ? ` ; la dernière, ${jourEtHeure(b.dernier)}` : ''}`;
}
