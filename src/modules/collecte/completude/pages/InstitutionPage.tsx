import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { accorder, formatPeriode, jour, jourDuMoment, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { arrives, type ComptesDAvancement, dus, type Echeance, joursEntre, type RappelsPartis } from '../../../echeances/index.ts';
import type { Raison } from '../raisons.queries.ts';
import { Regles } from './AttendusPage.tsx';
import { RaisonDite } from './RaisonDite.tsx';

export interface InstitutionPageProps {
  catalogue: Catalogue;
  nom: string;
  total: ComptesDAvancement;
  retards: readonly Echeance[];
  aVenir: readonly Echeance[];
  rappels: ReadonlyMap<string, RappelsPartis>;
  raisons: ReadonlyMap<string, Raison>;
  aujourdhui: string;
  suite: string | null;
}

const direRappels = (r: RappelsPartis | undefined): string =>
  r ? `rappelé ${nombre(r.fois)} fois, la dernière le ${jourDuMoment(r.dernier)}` : 'jamais rappelé par la plateforme';

export function InstitutionPage(p: InstitutionPageProps) {
  const { total: t } = p;
  const colonne = (e: Echeance) => (
    <>
      <a className="govuk-link" href={e.chemin}>
        {e.titre}
      </a>
      {`, ${formatPeriode(e.periode)}`}
    </>
  );
  return (
    <>
      <PageHeader
        surtitre="Chiffres attendus"
        titre={p.nom}
        chapo={
          dus(t) === 0
            ? 'Aucun de ses chiffres n’est encore dû.'
            : `Sur ${pluriel(dus(t), 'chiffre dû', 'chiffres dus')}, ${nombre(arrives(t))} ${accorder(arrives(t), 'est arrivé', 'sont arrivés')} et ${nombre(t.en_retard)} ${accorder(t.en_retard, 'est en retard', 'sont en retard')}.`
        }
      />
      <Regles />
      <Table<Echeance>
        legende={pluriel(t.en_retard, 'chiffre en retard', 'chiffres en retard')}
        lignes={p.retards}
        cle={(e) => e.id}
        vide={<EmptyState titre="Aucun retard">Tout chiffre des fiches qui lui était demandé est arrivé.</EmptyState>}
        colonnes={[
          { cle: 'chiffre', titre: 'Chiffre', entete: true, cellule: colonne },
          {
            cle: 'retard',
            titre: 'Retard',
            cellule: (e) => (e.dueLe ? `${pluriel(joursEntre(e.dueLe, p.aujourdhui), 'jour')} : dû le ${jour(e.dueLe)}` : ''),
          },
          { cle: 'rappels', titre: 'Rappels', cellule: (e) => direRappels(p.rappels.get(e.id)) },
          { cle: 'raison', titre: 'Réponse de l’institution', cellule: (e) => <Reponse e={e} p={p} /> },
        ]}
      />
      {p.suite && (
        <p className="govuk-body">
          <a className="govuk-link" href={p.suite}>
            Suite de la liste
          </a>
        </p>
      )}
      {p.aVenir.length > 0 && (
        <Table<Echeance>
          legende={`${pluriel(t.attendu, 'chiffre pas encore dû', 'chiffres pas encore dus')}${t.attendu > p.aVenir.length ? `, dont les ${p.aVenir.length} premiers` : ''}`}
          lignes={p.aVenir}
          cle={(e) => e.id}
          dense
          colonnes={[
            { cle: 'chiffre', titre: 'Chiffre', entete: true, cellule: colonne },
            { cle: 'due', titre: 'Dû le', cellule: (e) => (e.dueLe ? jour(e.dueLe) : '') },
          ]}
        />
      )}
    </>
  );
}

/** Its own words, or the way to write them. */
function Reponse({ e, p }: { e: Echeance; p: InstitutionPageProps }) {
  const raison = p.raisons.get(e.id);
  if (raison) return <RaisonDite r={raison} nom={p.catalogue.nomActeurA(e.organisationId, e.territoireId)} />;
  return (
    <>
      Pas encore donnée.{' '}
      <a className="govuk-link" href={`/collecte/retards/${e.id}`}>
        Répondre pour cette institution
        <span className="govuk-visually-hidden">{` : ${e.titre}, ${formatPeriode(e.periode)}`}</span>
      </a>
    </>
  );
}
