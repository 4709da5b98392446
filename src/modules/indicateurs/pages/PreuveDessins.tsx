/** A figure drawn: year by year, month by month, place by place. */
import { BarFigure } from '../../../ui/charts/BarChart.tsx';
import { LineFigure } from '../../../ui/charts/LineChart.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import { type Chiffre, dessin } from '../chiffres.rules.ts';
import type { Preuve } from '../preuve/preuve.ts';

const pointDe = (x: string, c: Chiffre, enCours: string | undefined) => ({ x, ...dessin(c), enCours });

export function PreuveDessins({ preuve, nom }: { preuve: Preuve; nom: string }) {
  const { mesure: m, chiffre, parAnnee, parMois } = preuve;
  // What is still to be told is no point: it is neither due nor late.
  const annees = parAnnee.filter((a) => !a.chiffre.pasEncorePublic).map((a) => pointDe(a.annee, a.chiffre, a.enCours));
  const mois = parMois.filter((x) => !x.chiffre.pasEncorePublic).map((x) => pointDe(x.mois, x.chiffre, x.enCours));
  // An axis without a point says nothing that the words above do not.
  const dessinable = annees.some((p) => p.valeur !== null);
  return (
    <>
      {(dessinable || mois.length > 0) && (
        <Section titre="Évolution" id="evolution">
          {dessinable && <LineFigure titre={`${m.court}, par année`} unite={chiffre.unite} series={[{ nom, points: annees }]} />}
          {mois.some((p) => p.valeur !== null) && (
            <LineFigure titre={`Mois par mois en ${preuve.periode}`} unite={chiffre.unite} series={[{ nom: preuve.periode, points: mois }]} />
          )}
        </Section>
      )}
      {[...preuve.parTerritoire, ...preuve.parDimension]
        .filter((r) => r.lignes.length > 0)
        .map((r) => (
          <Section key={r.titre} titre={r.titre}>
            <BarFigure
              titre={`${r.titre}, ${formatPeriode(preuve.periode)}`}
              unite={r.unite ?? chiffre.unite}
              barres={r.lignes.map((l) => ({ libelle: l.libelle, ...dessin(l.chiffre), ...(l.href ? { href: l.href } : {}) }))}
            />
          </Section>
        ))}
    </>
  );
}
