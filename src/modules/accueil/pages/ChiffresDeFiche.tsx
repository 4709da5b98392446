/** The figures of a fiche by rank: the few that lead, large and drawn; the rest in a table, in the contract's order. */
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { Table } from '../../../ui/Table.tsx';
import { direComparaison, mois } from '../../../ui/typographie.ts';
import { ancre, type Catalogue, type Fiche } from '../../contrats/index.ts';
import { choisirMeneurs } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import { abregerPhrase, FigureCourte, pointsDe, preuveDe } from './figures.tsx';

interface Props {
  fiche: Fiche;
  suivi: ReadonlyMap<string, FigureSuivie>;
  annee: string;
  territoireId: string;
  catalogue: Catalogue;
  fraicheur: (mesureId: string) => string | null;
}
const MENEURS = 3;

export function ChiffresDeFiche(p: Props) {
  const figures = p.fiche.mesures.flatMap((m) => p.suivi.get(m.id) ?? []);
  const meneurs = choisirMeneurs(figures, MENEURS);
  const autres = figures.filter((f) => !meneurs.includes(f));
  const commun = { annee: p.annee, territoireId: p.territoireId, catalogue: p.catalogue };
  return (
    <>
      {meneurs.length > 0 && (
        <div className="c-meneurs">
          {meneurs.map((f) => (
            <Meneur key={f.mesure.id} figure={f} {...commun} fraicheur={p.fraicheur(f.mesure.id)} />
          ))}
        </div>
      )}
      {autres.length > 0 && (
        <Table
          legende={meneurs.length > 0 ? 'Les autres chiffres de la fiche' : 'Les chiffres de la fiche'}
          dense
          lignes={autres}
          cle={(f) => f.mesure.id}
          colonnes={[
            { cle: 'nom', titre: 'Chiffre', entete: true, cellule: (f) => <Nom figure={f} fraicheur={p.fraicheur(f.mesure.id)} {...commun} /> },
            { cle: 'valeur', titre: p.annee, cellule: (f) => <Valeur figure={f} {...commun} /> },
            {
              cle: 'comparaison',
              titre: 'Comparaison',
              cellule: (f) => (f.comparaison && f.chiffre.valeur !== null ? direComparaison(f.comparaison, p.annee) : ''),
            },
          ]}
        />
      )}
    </>
  );
}

type Commun = Pick<Props, 'annee' | 'territoireId' | 'catalogue'>;

function Meneur({ figure: f, annee, territoireId, catalogue, fraicheur }: Commun & { figure: FigureSuivie; fraicheur: string | null }) {
  const points = pointsDe(f);
  return (
    <div className="c-meneur" data-mesure={f.mesure.id}>
      <h3 className="c-meneur__nom">{f.mesure.court}</h3>
      <Chiffre
        {...f.chiffre}
        nommer={catalogue.nomActeur}
        taille="grand"
        href={preuveDe(f.mesure.id, annee, territoireId)}
        comparaison={f.comparaison && { ...f.comparaison, montree: annee }}
        direction={f.mesure.direction ?? undefined}
      />
      {points.filter((x) => x.valeur !== null).length > 1 && (
        <LineFigure id={`annees-${ancre(f.mesure.id)}`} titre="Par année" unite={f.chiffre.unite} series={[{ nom: f.mesure.court, points }]} hauteur={190} />
      )}
      <p className="c-meneur__note">{origine(f, fraicheur)}</p>
    </div>
  );
}

const Nom = ({ figure: f, annee, territoireId, fraicheur }: Commun & { figure: FigureSuivie; fraicheur: string | null }) => (
  <>
    <a className="govuk-link" href={preuveDe(f.mesure.id, annee, territoireId)}>
      {f.mesure.court}
    </a>
    <span className="c-note c-fiche__origine">{origine(f, fraicheur)}</span>
  </>
);

/** Without its comparison, which has its own column. */
const Valeur = ({ figure: f, ...commun }: Commun & { figure: FigureSuivie }) => (
  <FigureCourte figure={{ ...f, comparaison: null, chiffre: { ...f.chiffre, texte: abregerPhrase(f.chiffre.texte) } }} {...commun} />
);

const origine = (f: FigureSuivie, fraicheur: string | null): string =>
  f.mesure.obtention === 'calcul' ? (fraicheur ? `calculé, à jour de ${mois(fraicheur)}` : 'calculé') : 'fourni par les partenaires';
