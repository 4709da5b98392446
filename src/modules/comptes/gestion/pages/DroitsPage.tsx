import { direRole, ROLES, type Role } from '../../../../core/authorize.ts';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { INCOMPATIBLES } from '../separation.rules.ts';
import { ETENDUES, type Etendue, LEGENDE, type LigneDeMatrice } from '../matrice.rules.ts';

const COLONNES: readonly Etendue[] = ['oui', 'perimetre', 'organisation', 'les-deux', 'entier'];
const TITRES: Partial<Record<Etendue, string>> = { oui: 'Partout', 'les-deux': 'Pour son organisation et dans son périmètre' };
const majuscule = (t: string) => t.charAt(0).toUpperCase() + t.slice(1);

/** Who may what, made from the functions that the application asks at each request. */
export function DroitsPage({ matrice }: { matrice: readonly LigneDeMatrice[] }) {
  const objets = [...new Set(matrice.map((l) => l.objet))];
  return (
    <>
      <PageHeader titre="Qui peut quoi" chapo={`Tiré des règles mêmes que l’application applique à chaque demande. ${LEGENDE}`} />
      <Section titre="Ce qui ne se cumule pas">
        <ul className="govuk-list govuk-list--bullet">
          {INCOMPATIBLES.map((i) => (
            <li key={i.pourquoi}>
              {ROLES[i.role]} et {i.avec.length > 2 ? 'tout autre rôle' : i.avec.map(direRole).join(', ')}. {i.pourquoi}
            </li>
          ))}
        </ul>
        <p className="govuk-body">Ce qui se fait « à deux » est proposé par l’un et confirmé par un autre compte dans les sept jours.</p>
      </Section>
      {objets.map((objet) => {
        const lignes = matrice.filter((l) => l.objet === objet);
        const utiles = COLONNES.filter((e) => lignes.some((l) => Object.values(l.roles).includes(e)));
        return (
          <Section key={objet} titre={objet}>
            <Table
              legende={objet}
              legendeMasquee
              dense
              lignes={lignes}
              cle={(l) => l.action}
              colonnes={[
                { cle: 'action', titre: 'Action', entete: true, cellule: (l) => l.action },
                ...utiles.map((e) => ({
                  cle: e,
                  titre: TITRES[e] ?? majuscule(ETENDUES[e]),
                  cellule: (l: LigneDeMatrice) => {
                    const roles = (Object.keys(ROLES) as Role[]).filter((r) => l.roles[r] === e).map((r) => ROLES[r]);
                    return roles.length > 0 ? roles.join(', ') : '–';
                  },
                })),
                { cle: 'registre', titre: 'Mandat limité à un registre', cellule: (l) => (l.registre ? 'Pour ce registre' : 'Fermé') },
              ]}
            />
          </Section>
        );
      })}
    </>
  );
}
