/** Things of the contract that were found: what each is, the words marked, its figure with its year and place. */
import { Chiffre } from '../../../../ui/Chiffre.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { type Catalogue, type Cible, reperer } from '../../../contrats/index.ts';
import type { FigureSuivie } from '../../accueil.queries.ts';
import { preuveDe } from '../../pages/figures.tsx';
import { direTrouvaille } from '../dire.rules.ts';

interface Props {
  trouvailles: readonly Pick<Cible, 'genre' | 'id' | 'titre' | 'url' | 'note'>[];
  mots: readonly string[];
  figures: ReadonlyMap<string, FigureSuivie>;
  catalogue: Catalogue;
}

export function Trouvailles({ trouvailles, mots, figures, catalogue }: Props) {
  return (
    <ul className="govuk-list c-resultats">
      {trouvailles.map((t) => {
        const dit = direTrouvaille(catalogue, t);
        const figure = dit.mesure === null ? undefined : figures.get(dit.mesure);
        return (
          <li key={`${t.genre}-${t.id}`}>
            <span className="govuk-caption-m">{dit.legende}</span>
            <a className="govuk-link" href={t.url}>
              <Marque texte={t.titre} mots={mots} />
            </a>
            {dit.extrait && (
              <p className="govuk-body-s c-resultats__extrait">
                <Marque texte={dit.extrait} mots={mots} />
              </p>
            )}
            {t.note && <p className="govuk-body-s c-resultats__extrait">{t.note}</p>}
            {figure && <Actuel figure={figure} catalogue={catalogue} />}
          </li>
        );
      })}
    </ul>
  );
}

const Marque = ({ texte, mots }: { texte: string; mots: readonly string[] }) =>
  enSuite(reperer(texte, mots), (m) => (m.dit ? <mark>{m.texte}</mark> : m.texte));

/** The latest that is known, or what is said of the year where none is. */
function Actuel({ figure: f, catalogue: c }: { figure: FigureSuivie; catalogue: Catalogue }) {
  const a = f.annees.findLast((x) => x.chiffre.valeur !== null) ?? f.annees.at(-1);
  if (!a || a.chiffre.texte) return null;
  // A figure that says until when has said its year.
  const quand = a.chiffre.valeur !== null && a.chiffre.jusqua ? '' : `, ${a.annee}${a.enCours && a.chiffre.valeur !== null ? ` (${a.enCours})` : ''}`;
  return (
    <p className="govuk-body-s c-resultats__extrait">
      <Chiffre {...a.chiffre} nommer={c.nomActeur} href={preuveDe(f.mesure.id, a.annee, c.racine.id)} />
      {quand}, {c.racine.nom}
    </p>
  );
}
