import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { capitale, enumerer, formatPeriode, jour, jourDuMoment, nombre, pluriel } from '../../../../ui/typographie.ts';
import { Ailleurs } from '../../signaler/pages/Ailleurs.tsx';
import { ditLe, type Nombres, type Quartiers } from '../quartiers.ts';

const dire = (n: number | null | undefined): string => (n === undefined ? 'non dit' : n === null ? 'masqué' : nombre(n));
/** What was told of the whole, way by way. */
const direTotal = ({ ici, importe }: Nombres): string =>
  capitale(
    `${enumerer([
      ...(ici === undefined ? [] : [ici === null ? 'un nombre masqué de signalements faits ici' : `${pluriel(ici, 'signalement')} d’habitants faits ici`]),
      ...(importe === undefined
        ? []
        : [importe === null ? 'un nombre masqué d’importés' : pluriel(importe, 'importé d’un autre canal', 'importés d’autres canaux')]),
    ])}.`,
  );

export function QuartiersPage({ trimestre, arreteLe, dits, total, groupes }: Quartiers) {
  const autres = [dits.find((t) => t < trimestre), dits.findLast((t) => t > trimestre), dits[0]];
  const liens = [...new Set(autres)].filter((t): t is string => t !== undefined && t !== trimestre);
  return (
    <>
      <PageHeader
        titre="Signalements par quartier"
        surtitre={formatPeriode(trimestre)}
        chapo={arreteLe ? direTotal(total) : 'Les nombres de ce trimestre ne sont pas encore publiés.'}
      />
      {liens.length > 0 && (
        <p className="govuk-body">
          {liens.map((t, i) => (
            <span key={t}>
              {i > 0 && ' · '}
              <a className="govuk-link" href={`/signaler/quartiers?trimestre=${t}`}>
                {formatPeriode(t)}
              </a>
            </span>
          ))}
        </p>
      )}
      <InsetText>
        {arreteLe
          ? `Arrêté le ${jourDuMoment(arreteLe)}. Ce qui arrive ensuite n’y change rien ; un canal importé en entier plus tard s’y ajoute une fois.`
          : `Un trimestre s’arrête une fois, la nuit, au plus tôt le ${jour(ditLe(trimestre))}. D’ici là, aucun nombre n’en est publié.`}
      </InsetText>
      <Details resume="Ce que ces nombres ne disent pas">
        <ul className="govuk-list govuk-list--bullet">
          <li>
            « Faits ici » : reçus par cette plateforme dans le trimestre, par tous ses canaux. « Importés » : publiés par un autre service, au jour qu’il donne.
          </li>
          <li>On compte ce qui est signalé, non ce qui arrive : on signale plus là où l’on connaît le moyen de le faire, et quand une campagne le rappelle.</li>
          <li>Ils ne sont rapportés ni aux habitants, ni à ceux qui passent ou qui sortent dans le quartier.</li>
          <li>
            De un à quatre, un nombre est masqué, et un autre avec lui pour qu’il ne se retrouve pas par différence. Un zéro est un vrai zéro. « Non dit » : le
            trimestre n’est pas importé jusqu’à sa fin, ou le quartier n’existait pas quand il a été arrêté.
          </li>
          <li>Un signalement fait ou corrigé après l’arrêt n’y est pas, et n’est pas reporté sur un autre trimestre.</li>
          <li>
            « Point chaud » : le quartier contient un lieu d’où viennent plus de signalements que le hasard n’en mettrait. Ce n’est pas une prévision ; aucune
            rue ni personne n’est montrée.
          </li>
        </ul>
      </Details>
      {arreteLe &&
        groupes.map((g) => (
          <Section key={g.id} titre={g.nom} id={g.id}>
            <Table
              legende={`Signalements, ${g.nom}`}
              legendeMasquee
              dense
              colonnes={[
                { cle: 'quartier', titre: 'Quartier', entete: true, cellule: (q) => q.nom },
                { cle: 'ici', titre: 'Faits ici', numerique: true, cellule: (q) => dire(q.nombres.ici) },
                { cle: 'importe', titre: 'Importés', numerique: true, cellule: (q) => dire(q.nombres.importe) },
                { cle: 'chaud', titre: 'Point chaud', cellule: (q) => (q.chaud === null ? 'non dit' : q.chaud ? <Tag ton="laiton">point chaud</Tag> : 'non') },
              ]}
              lignes={g.quartiers}
              cle={(q) => q.id}
              pied={['Ensemble', dire(g.total.ici), dire(g.total.importe), '']}
            />
          </Section>
        ))}
      <Ailleurs sauf="/signaler/quartiers" />
    </>
  );
}
