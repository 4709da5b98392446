import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { nombre } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Compteur } from '../cellule/cellule.queries.ts';
import type { Nombre } from '../nombres/nombres.queries.ts';
import type { Charte } from '../charte/charte.schema.ts';

export const COMPTES: Readonly<Record<Compteur, string>> = {
  recues: 'Situations reçues',
  recevables: 'Recevables',
  examinees: 'Examinées',
  suivies: 'Entrées en suivi',
  accompagnees: 'Suivies dans l’année',
  closes: 'Closes',
  orientations: 'Orientations',
  accuses: 'Prises en charge confirmées',
  issues: 'Issues connues',
  detruites: 'Détruites',
  seances: 'Séances',
  secours: 'Lectures d’urgence',
  droits: 'Demandes des personnes',
};

/** What the steering committee looks at: the rest is on each cell's page. */
const AU_TABLEAU = ['recues', 'recevables', 'examinees', 'suivies', 'accompagnees', 'orientations', 'issues', 'seances'] as const;

export function TableauPage({ charte, catalogue, nombres }: { charte: Charte; catalogue: Catalogue; nombres: readonly Nombre[] }) {
  const sections = [...new Set(nombres.map((n) => `${n.annee} ${n.genre}`))];
  return (
    <>
      <PageHeader
        titre="Tableau d’activité"
        surtitre="Cellules"
        chapo="Ce que chaque cellule a fait, les années finies seulement. De 1 à 4 le nombre ne se dit pas, ni celui qui le ferait deviner par un autre ; aucun total n’est donné."
      />
      {sections.length === 0 && <EmptyState titre="Rien encore">Les nombres d’une année paraissent quand elle est finie.</EmptyState>}
      {sections.map((s) => {
        const siens = nombres.filter((n) => `${n.annee} ${n.genre}` === s);
        const [annee = '', genre = ''] = s.split(' ');
        return (
          <Section key={s} titre={`${charte.genres.find((g) => g.code === genre)?.libelle ?? genre}, ${annee}`}>
            {siens.some((x) => !x.entiere) && (
              <p className="govuk-body">En partie : la cellule est entrée ici en cours d’année, ou après. Son nombre n’est pas celui de l’année entière.</p>
            )}
            <Table
              legende={`Activité ${annee}`}
              legendeMasquee
              lignes={[...new Set(siens.map((n) => n.territoireId))]}
              cle={(t) => t}
              colonnes={[
                {
                  cle: 'lieu',
                  titre: 'Cellule',
                  entete: true,
                  cellule: (t) => `${catalogue.territoires.get(t)?.nom ?? t}${siens.some((x) => x.territoireId === t && !x.entiere) ? ', en partie' : ''}`,
                },
                ...AU_TABLEAU.map((quoi) => ({
                  cle: quoi,
                  titre: COMPTES[quoi],
                  numerique: true,
                  cellule: (t: string) => {
                    const n = siens.find((x) => x.territoireId === t && x.quoi === quoi);
                    return n ? (n.nombre === null ? 'secret' : nombre(n.nombre)) : 'non compté';
                  },
                })),
              ]}
            />
          </Section>
        );
      })}
    </>
  );
}
