import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { capitale, enumerer, formatPeriode, jour, jourDuMoment, nombre, pluriel } from '../../../../ui/typographie.ts';
import { Ailleurs } from '../../signaler/pages/Ailleurs.tsx';
import { NUITS_D_ATTENTE, REJETES_POUR_MILLE } from '../../import/couverture.rules.ts';
import { ditLe, type Nombres, type Quartiers } from '../quartiers.ts';

type Groupe = Quartiers['groupes'][number];
type Quartier = Groupe['quartiers'][number];
type Voie = keyof Nombres;

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
const COURTS = { ici: 'faits ici', importe: 'importés' } as const;
/** « faits ici : 45 · importés : masqué · 2 points chauds ». */
const resumer = (n: Nombres, voies: readonly Voie[], chauds: string): string =>
  [...voies.map((v) => `${COURTS[v]} : ${dire(n[v])}`), ...(chauds === '' ? [] : [chauds])].join(' · ');
/** Whatever way was told, there is none. */
const estVide = (n: Nombres, voies: readonly Voie[]): boolean => voies.every((v) => n[v] === 0);
/** « Aucun signalement : … », of the ways that were told. */
const direAucun = (noms: readonly string[], [voie, autre]: readonly Voie[]): string =>
  `Aucun signalement ${autre ? 'fait ici, ni dans les fichiers importés' : voie === 'ici' ? 'fait ici' : 'dans les fichiers importés'} : ${enumerer(noms)}.`;
const MUETTES: Record<Voie, string> = {
  ici: 'Rien de ce qui a été signalé ici n’est publié pour ce trimestre.',
  importe: `Rien d’importé n’est publié pour ce trimestre : il faut que des fichiers de tout le canal en couvrent chaque jour, puis ${NUITS_D_ATTENTE} nuits.`,
};

function Lieu({ g, voies }: { g: Groupe; voies: readonly Voie[] }) {
  const vides = g.quartiers.filter((q) => estVide(q.nombres, voies));
  const lignes = g.quartiers.filter((q) => !vides.includes(q));
  const chauds = lignes.filter((q) => q.chaud).length;
  return (
    <Details
      id={g.id}
      resume={
        <>
          {g.nom}
          <span className="c-quartiers__resume">{resumer(g.total, voies, chauds > 0 ? pluriel(chauds, 'point chaud', 'points chauds') : '')}</span>
        </>
      }
    >
      {lignes.length > 0 && (
        <Table
          legende={`Signalements, ${g.nom}`}
          legendeMasquee
          dense
          colonnes={[
            { cle: 'quartier', titre: 'Quartier', entete: true, cellule: (q: Quartier) => q.nom },
            ...voies.map((v) => ({ cle: v, titre: capitale(COURTS[v]), numerique: true, cellule: (q: Quartier) => dire(q.nombres[v]) })),
            ...(chauds > 0
              ? [
                  {
                    cle: 'chaud',
                    titre: 'Point chaud',
                    cellule: (q: Quartier) => (q.chaud === null ? 'non dit' : q.chaud ? <Tag ton="laiton">point chaud</Tag> : 'non'),
                  },
                ]
              : []),
          ]}
          enPhrase={(q) => resumer(q.nombres, voies, q.chaud ? 'point chaud' : '')}
          lignes={lignes}
          cle={(q) => q.id}
        />
      )}
      {vides.length > 0 && (
        <p className="govuk-body">
          {direAucun(
            vides.map((q) => q.nom),
            voies,
          )}
        </p>
      )}
    </Details>
  );
}

export function QuartiersPage({ trimestre, arreteLe, dits, total, groupes }: Quartiers) {
  const autres = [dits.find((t) => t < trimestre), dits.findLast((t) => t > trimestre), dits[0]];
  const voies = (['ici', 'importe'] as const).filter((v) => total[v] !== undefined);
  // Of a place without any, each quartier is without any.
  const vides = groupes.filter((g) => estVide(g.total, voies) && g.quartiers.every((q) => estVide(q.nombres, voies)));
  const dedans = groupes.filter((g) => !vides.includes(g));
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
            De un à quatre, un nombre est masqué, et un autre avec lui pour qu’il ne se retrouve pas par différence. « Non dit » : le quartier n’existait pas
            quand le trimestre a été arrêté.
          </li>
          <li>
            « Aucun », de ce qui est fait ici, est un vrai zéro au jour où chaque mois est arrêté. De ce qui est importé, il veut dire : aucun dans les fichiers
            reçus. Qui importe un fichier dit s’il est celui de tout le canal, et il peut y manquer jusqu’à {REJETES_POUR_MILLE} lignes illisibles pour mille.
            Des fichiers importés avant qu’on le demande, personne ne l’a dit.
          </li>
          <li>
            Un canal importé est dit {NUITS_D_ATTENTE} nuits après que ses fichiers couvrent chaque jour du trimestre. Plus de six jours de suite sans ligne ne
            sont pas couverts, ni le dernier jour d’un fichier tant qu’un autre ne va pas plus loin. Un fichier d’une partie du canal, ou dont trop de lignes
            sont illisibles, ne couvre rien. Ce qui est arrêté ne se corrige pas.
          </li>
          <li>Un signalement fait ou corrigé après l’arrêt n’y est pas, et n’est pas reporté sur un autre trimestre.</li>
          <li>
            « Point chaud » : le quartier contient un lieu d’où viennent plus de signalements que le hasard n’en mettrait. Ce n’est pas une prévision ; aucune
            rue ni personne n’est montrée. D’un nombre masqué, on ne le dit pas.
          </li>
        </ul>
      </Details>
      {arreteLe && (
        <Section titre="Quartier par quartier">
          {(['ici', 'importe'] as const)
            .filter((v) => !voies.includes(v))
            .map((v) => (
              <p key={v} className="govuk-body">
                {MUETTES[v]}
              </p>
            ))}
          <div className="c-quartiers">
            {dedans.map((g) => (
              <Lieu key={g.id} g={g} voies={voies} />
            ))}
          </div>
          {vides.length > 0 && (
            <p className="govuk-body">
              {direAucun(
                vides.map((g) => g.nom),
                voies,
              )}
            </p>
          )}
        </Section>
      )}
      <Ailleurs sauf="/signaler/quartiers" />
    </>
  );
}
