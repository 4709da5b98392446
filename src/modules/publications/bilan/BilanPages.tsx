/** The bilan a chapter at a time: a summary, then one page for each fiche. */
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Fiche } from './BilanFiche.tsx';
import { type BilanContenu, type FicheBilan, parle } from './bilan.modele.ts';
import { Annexes, Essentiel, Lire, Rectificatifs, Reperes, SeancesEtDecisions } from './BilanParties.tsx';
import { Couverture } from './bilan.html.tsx';
import { chapoDe, nomDAxe, phraseMuettes } from './bilan.phrases.ts';

const adresse = (c: BilanContenu, suite = ''): string => `/bilan/${c.annee}/${c.territoire.id}${suite}`;
const chapitres = (c: BilanContenu): FicheBilan[] => c.fiches.filter(parle);

/** `redige`: this person may write its texts. */
export function SommairePage({ c, redige }: { c: BilanContenu; redige: boolean }) {
  return (
    <div className="c-bilan">
      <Couverture c={c} />
      <ButtonGroup>
        {redige && <LinkButton href={adresse(c, '/rediger')}>Rédiger le bilan</LinkButton>}
        <LinkButton variante="secondaire" href={`/bilan?annee=${c.annee}&territoire=${c.territoire.id}`}>
          Obtenir un fichier
        </LinkButton>
      </ButtonGroup>
      <Essentiel c={c} />
      <Reperes c={c} />
      <SeancesEtDecisions c={c} />
      <Rectificatifs c={c} />
      <nav aria-label="Chapitres du bilan" className="c-bilan__sommaire">
        <h2>Fiche par fiche</h2>
        {c.synthese.parAxe.map((a) => (
          <div key={a.numero}>
            <h3>{nomDAxe(a)}</h3>
            <ul>
              {chapitres(c)
                .filter((f) => f.axe === a.numero)
                .map((f) => (
                  <li key={f.numero}>
                    <a href={adresse(c, `/fiches/${f.numero}`)}>
                      {f.numero} · {f.titre}
                    </a>
                  </li>
                ))}
            </ul>
            <p className="c-bilan__precision">{phraseMuettes(c, a.numero)}</p>
          </div>
        ))}
        <h3>Annexes</h3>
        <ul>
          <li>
            <a href={adresse(c, '/annexes')}>Toutes les mesures, toutes les actions, d’où viennent les chiffres</a>
          </li>
        </ul>
      </nav>
      <Lire c={c} />
    </div>
  );
}

export function ChapitrePage({ c, f }: { c: BilanContenu; f: FicheBilan }) {
  const liste = chapitres(c);
  const rang = liste.indexOf(f);
  const [avant, apres] = [liste[rang - 1], liste[rang + 1]];
  return (
    <div className="c-bilan">
      <p className="c-bilan__surtitre">
        Bilan {c.annee} · {c.territoire.nom}
      </p>
      <h1 className="govuk-heading-l">
        {f.numero} · {f.titre}
      </h1>
      <p className="c-bilan__chapo">{f.resume}</p>
      <Fiche f={f} c={c} titre={false} />
      <p className="c-bilan__precision">
        {chapoDe(f) && <a href={`/fiches/${f.numero}?annee=${c.annee}&territoire=${c.territoire.id}`}>Toute la fiche, chiffre par chiffre</a>}
      </p>
      <Suite
        avant={avant && { href: adresse(c, `/fiches/${avant.numero}`), dit: `${avant.numero} · ${avant.titre}` }}
        apres={apres && { href: adresse(c, `/fiches/${apres.numero}`), dit: `${apres.numero} · ${apres.titre}` }}
      />
    </div>
  );
}

export function AnnexesPage({ c }: { c: BilanContenu }) {
  return (
    <div className="c-bilan">
      <p className="c-bilan__surtitre">
        Bilan {c.annee} · {c.territoire.nom}
      </p>
      <h1 className="govuk-heading-l">Annexes</h1>
      <Annexes c={c} />
      <Suite avant={{ href: adresse(c), dit: 'Le bilan' }} apres={undefined} />
    </div>
  );
}

interface Pas {
  href: string;
  dit: string;
}
/** The page before and the one after. */
function Suite({ avant, apres }: { avant: Pas | undefined; apres: Pas | undefined }) {
  return (
    <nav className="govuk-pagination govuk-pagination--block" aria-label="Chapitres">
      {avant && <Lien sens="prev" mot="Précédent" pas={avant} />}
      {apres && <Lien sens="next" mot="Suivant" pas={apres} />}
    </nav>
  );
}
const Lien = ({ sens, mot, pas }: { sens: 'prev' | 'next'; mot: string; pas: Pas }) => (
  <div className={`govuk-pagination__${sens}`}>
    <a className="govuk-link govuk-pagination__link" href={pas.href} rel={sens}>
      <span className="govuk-pagination__link-title">
        {mot}
        <span className="govuk-visually-hidden"> :</span>
      </span>{' '}
      <span className="govuk-pagination__link-label">{pas.dit}</span>
    </a>
  </div>
);
