/** Fiches one under the other: each with the figure that leads it, what changed in it, and what is late. */
import { Sparkline } from '../../../ui/charts/Sparkline.tsx';
import { surTotal } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { FigureCourte, pointsDe } from './figures.tsx';

interface Props {
  catalogue: Catalogue;
  annee: string;
  territoireId: string;
  etats: readonly EtatFiche[];
}

export const ListeDesFiches = (p: Props) => (
  <ul className="c-fiches">
    {p.etats.map((e) => (
      <LigneDeFiche key={e.fiche.numero} {...p} etat={e} />
    ))}
  </ul>
);

function LigneDeFiche({ etat: e, catalogue, annee, territoireId }: Omit<Props, 'etats'> & { etat: EtatFiche }) {
  const figure = e.tete ?? e.absente;
  const commun = { annee, territoireId, catalogue };
  return (
    <li className="c-fiches__ligne">
      <div className="c-fiches__nom">
        <a className="govuk-link" href={`/fiches/${e.fiche.numero}?annee=${annee}&territoire=${territoireId}`}>{`${e.fiche.numero} ${e.fiche.titre}`}</a>
        <p className="c-fiches__etat">{direEtat(e)}</p>
      </div>
      <div className="c-fiches__chiffre">
        {figure && (
          <>
            <p className="c-fiches__mesure">{figure.mesure.court}</p>
            <FigureCourte figure={figure} {...commun} />
          </>
        )}
      </div>
      <div className="c-fiches__courbe">
        {e.tete && e.tete.annees.filter((a) => a.chiffre.valeur !== null).length > 1 && (
          <Sparkline points={pointsDe(e.tete)} libelle={e.tete.mesure.court} unite={e.tete.chiffre.unite} largeur={150} hauteur={44} />
        )}
      </div>
    </li>
  );
}

/** « 15 sur 19 chiffres connus · 2 en retard · 4 pas encore dus · 3 lignes sur 13 appuyées ». */
const direEtat = ({ completude: c, lignesAvecPreuve, fiche }: EtatFiche): string =>
  [
    `${surTotal(c.connus, c.total)} chiffres connus`,
    ...(c.enRetard > 0 ? [`${c.enRetard} en retard`] : []),
    ...(c.figes > 0 ? [`${c.figes} non donné${c.figes > 1 ? 's' : ''}, période figée`] : []),
    ...(c.aValider > 0 ? [`${c.aValider} à valider`] : []),
    ...(c.aVenir > 0 ? [`${c.aVenir} pas encore ${c.aVenir > 1 ? 'dus' : 'dû'}`] : []),
    ...(c.secrets > 0 ? [`${c.secrets} secret${c.secrets > 1 ? 's' : ''}`] : []),
    `${surTotal(lignesAvecPreuve, fiche.lignes.length)} lignes d’action appuyées`,
  ].join(' · ');
