import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { formatPeriode, nombre, pluriel } from '../../../../ui/typographie.ts';
import { Ailleurs } from '../../signaler/pages/Ailleurs.tsx';
import { type Quartiers, trimestreAvant } from '../quartiers.ts';

const dire = (n: number | null): string => (n === null ? 'masqué' : nombre(n));

export function QuartiersPage({ trimestre, dernier, total, groupes }: Quartiers & { dernier: string }) {
  const avant = trimestreAvant(trimestre);
  return (
    <>
      <PageHeader
        titre="Signalements par quartier"
        surtitre={formatPeriode(trimestre)}
        chapo={
          total === null
            ? 'Leur nombre est masqué : voyez ce que ces nombres ne disent pas.'
            : `${pluriel(total, 'signalement')} d’habitants, par tous les canaux qui arrivent ici.`
        }
      />
      <p className="govuk-body">
        <a className="govuk-link" href={`/signaler/quartiers?trimestre=${avant}`}>
          {formatPeriode(avant)}
        </a>
        {trimestre !== dernier && (
          <>
            {' '}
            ·{' '}
            <a className="govuk-link" href="/signaler/quartiers">
              {formatPeriode(dernier)}
            </a>
          </>
        )}
      </p>
      <Details resume="Ce que ces nombres ne disent pas">
        <ul className="govuk-list govuk-list--bullet">
          <li>On compte ce qui est signalé, non ce qui arrive : on signale plus là où l’on connaît le moyen de le faire, et quand une campagne le rappelle.</li>
          <li>Ils ne sont rapportés ni aux habitants, ni à ceux qui passent ou qui sortent dans le quartier.</li>
          <li>
            De un à quatre, un nombre est masqué, et un autre avec lui pour qu’il ne se retrouve pas par différence, ni en comparant un trimestre aux mois
            publiés ailleurs. Un zéro est un vrai zéro.
          </li>
          <li>
            « Point chaud » : le quartier contient un lieu d’où viennent plus de signalements que le hasard n’en mettrait. Ce n’est pas une prévision ; aucune
            rue ni personne n’est montrée.
          </li>
        </ul>
      </Details>
      {groupes.map((g) => (
        <Section key={g.id} titre={g.nom} id={g.id}>
          <Table
            legende={`Signalements, ${g.nom}`}
            legendeMasquee
            dense
            colonnes={[
              { cle: 'quartier', titre: 'Quartier', entete: true, cellule: (q) => q.nom },
              { cle: 'nombre', titre: 'Signalements', numerique: true, cellule: (q) => dire(q.nombre) },
              { cle: 'chaud', titre: 'Point chaud', cellule: (q) => (q.nombre === null ? 'non dit' : q.chaud ? <Tag ton="laiton">point chaud</Tag> : 'non') },
            ]}
            lignes={g.quartiers}
            cle={(q) => q.id}
            pied={['Ensemble', dire(g.total), '']}
          />
        </Section>
      ))}
      <Ailleurs sauf="/signaler/quartiers" />
    </>
  );
}
