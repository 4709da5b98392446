import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx';
import { jour } from '../../../ui/typographie.ts';
import { anneesDe, type DateDActe, type Frise, placeDe } from '../frise.rules.ts';

const [MARGE, LIGNE] = [12, 40];
/** Drawn twice: the width of its frame decides which one shows. */
const [LARGE, ETROIT] = [720, 320];

const Forme = ({ d, x }: { d: DateDActe; x: number }) => {
  const titre = <title>{`${jour(d.jour)} : ${d.libelle}`}</title>;
  if (d.genre === 'avenant')
    return (
      <path className="c-svg__point" d={`M${x} ${LIGNE - 7}l7 13h-14z`}>
        {titre}
      </path>
    );
  if (d.genre === 'revue')
    return (
      <rect className="c-svg__point" x={x - 5.5} y={LIGNE - 5.5} width="11" height="11">
        {titre}
      </rect>
    );
  if (d.genre === 'limite')
    return (
      <path className="c-svg__point" d={`M${x} ${LIGNE - 8}l8 8l-8 8l-8 -8z`}>
        {titre}
      </path>
    );
  if (d.genre === 'fin')
    return (
      <path className="c-svg__ligne" d={`M${x} ${LIGNE - 10}v20`}>
        {titre}
      </path>
    );
  return (
    <circle className="c-svg__point" cx={x} cy={LIGNE} r="5.5">
      {titre}
    </circle>
  );
};

/** The life of an act on one line, and the same dates in a table. */
export function FriseDesDates({ frise: f, titre, aujourdhui }: { frise: Frise; titre: string; aujourdhui: string }) {
  return (
    <ChartFigure
      titre="Les dates de l’acte"
      description="La barre est le temps où l’acte est en vigueur. Rond : signature ou effet ; carré : revue ; triangle : avenant ; losange : dernier jour pour agir ; trait : fin."
      tableau={{
        legende: `Dates de « ${titre} »`,
        mots: true,
        colonnes: ['Date', 'Quoi', 'Quand'],
        lignes: f.dates.map((d) => [jour(d.jour), d.libelle, d.jour < aujourdhui ? 'passé' : d.jour === aujourdhui ? 'aujourd’hui' : 'à venir']),
      }}
    >
      <Trace f={f} aujourdhui={aujourdhui} largeur={LARGE} />
      <Trace f={f} aujourdhui={aujourdhui} largeur={ETROIT} />
    </ChartFigure>
  );
}
function Trace({ f, aujourdhui, largeur }: { f: Frise; aujourdhui: string; largeur: number }) {
  const x = (d: string) => MARGE + placeDe(f, d) * (largeur - 2 * MARGE);
  const ici = x(aujourdhui);
  return (
    <svg
      className={`c-svg serie-1 ${largeur === ETROIT ? 'c-svg--etroit' : 'c-svg--large'}`}
      viewBox={`0 0 ${largeur} 78`}
      role="img"
      aria-label="Les dates de l’acte, dites dans le tableau"
    >
      <path className="c-svg__base" d={`M${MARGE} ${LIGNE}H${largeur - MARGE}`} />
      {anneesDe(f).map((a) => (
        <g key={a}>
          <path className="c-svg__grille" d={`M${x(a)} 22V58`} />
          <text className="c-svg__axe" x={x(a)} y="72" textAnchor="middle">
            {a.slice(0, 4)}
          </text>
        </g>
      ))}
      {f.vigueur && (
        <rect className="c-frise__barre" x={x(f.vigueur.de)} y={LIGNE - 4} width={Math.max(1, x(f.vigueur.a) - x(f.vigueur.de))} height="8" rx="2" />
      )}
      {f.dates.map((d) => (
        <Forme key={`${d.jour} ${d.genre} ${d.libelle}`} d={d} x={x(d.jour)} />
      ))}
      <path className="c-frise__ici" d={`M${ici} 18V58`} />
      <text className="c-svg__mot" x={Math.min(largeur - 34, Math.max(34, ici))} y="12" textAnchor="middle">
        aujourd’hui
      </text>
    </svg>
  );
}
