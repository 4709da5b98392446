/** Following figures: their list, and their block on the page of a system. Partners' alone, and in no figure of the contract. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { fichierCsv } from '../../../core/csv.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { type Catalogue, getCatalogue, type Suivi } from '../../contrats/index.ts';
import { direContributions, direValidation } from '../chiffres.rules.ts';
import { peutVoirSaisie } from '../indicateurs.policy.ts';
import { etatDuChiffre } from '../preuve/export.ts';
import { cheminDeSaisie } from '../saisie/grain.rules.ts';
import { casesPermises } from '../saisie/saisie.cadre.ts';
import { getSuivis, type SuiviLu } from './suivis.ts';
import { SuivisPage } from './SuivisPage.tsx';
import { SuivisTable } from './SuivisTable.tsx';

const ANNEES = (c: Catalogue): number[] => {
  const [debut, fin] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  return Array.from({ length: fin - debut + 1 }, (_, i) => debut + i);
};

/** The form of a figure that this person may give; a part is given with its measure, a computed one by its records. */
const fournirDe =
  (c: Contexte, cat: Catalogue, annee: number) =>
  ({ suivi }: SuiviLu): string | null => {
    const m = suivi.partDe ? cat.mesures.get(suivi.partDe.mesure) : suivi;
    if (!m || m.obtention === 'calcul' || casesPermises(c.utilisateur, cat, m).length === 0) return null;
    return cheminDeSaisie(m, cat, { periode: String(annee) });
  };

async function lire(c: Contexte) {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const annees = ANNEES(cat);
  const demandee = Number(texte(c.requete.annee) || aujourdhui.slice(0, 4));
  const annee = annees.includes(demandee) ? demandee : (annees.at(-1) ?? demandee);
  const fiche = cat.fiches.has(texte(c.requete.fiche)) ? texte(c.requete.fiche) : '';
  const retenus = [...cat.suivis.values()].filter((s: Suivi) => !fiche || s.fiche === fiche);
  return { cat, annees, annee, fiche, lignes: await getSuivis(c.db, cat, retenus, { annee, aujourdhui }) };
}

export const suivisRoutes: Route[] = [
  /** 200 */
  get('/chiffres/suivis', accesMetier, async (c) => {
    const { cat, ...lu } = await lire(c);
    return page({
      titre: 'Chiffres de suivi',
      largeur: 'travail',
      section: 'chiffres',
      fil: [{ libelle: 'Chiffres à fournir', href: '/chiffres' }],
      corps: <SuivisPage {...lu} catalogue={cat} fournir={fournirDe(c, cat, lu.annee)} />,
    });
  }),
  /** 200 the same list, two years */
  get('/chiffres/suivis.csv', accesMetier, async (c) => {
    const { cat, annee, lignes } = await lire(c);
    return fichier(
      fichierCsv(
        ['chiffre', 'libelle', 'dispositifs', 'fiche', 'part de', 'annee', 'etat', 'valeur', 'unite', 'du le', 'validation', 'contributions'],
        lignes.flatMap((l) =>
          (
            [
              [annee, l.annee],
              [annee - 1, l.avant],
            ] as const
          ).map(([a, x]) => [
            l.suivi.id,
            l.suivi.court,
            l.suivi.systemes.map((s) => `${s} ${cat.systemes.get(s)?.nom ?? ''}`).join(' ; '),
            l.suivi.fiche,
            l.suivi.partDe?.mesure ?? '',
            a,
            etatDuChiffre(x),
            x.valeur,
            x.unite,
            x.depuis,
            direValidation(x),
            direContributions(x),
          ]),
        ),
      ),
      { nom: `chiffres-de-suivi-${annee}.csv`, type: 'text/csv; charset=utf-8' },
    );
  }),
];

/** What is followed of that system, apart from the measures that add it to others. */
export const suivisDuDispositif: Emplacement<{ systeme: string }> = async (c, { systeme }) => {
  if (!peutVoirSaisie(c.utilisateur)) return null;
  const cat = await getCatalogue(c.db, c.contrat.id);
  const siens = [...cat.suivis.values()].filter((s) => s.systemes.includes(systeme));
  if (siens.length === 0) return null;
  const aujourdhui = jourDe(c.maintenant);
  const annee = Number(aujourdhui.slice(0, 4));
  const lignes = await getSuivis(c.db, cat, siens, { annee, aujourdhui });
  return {
    rang: 10,
    corps: (
      <Section titre="Ce qui est suivi" id="suivi">
        <SuivisTable legende="Chiffres suivis de ce dispositif" {...{ lignes, annee }} catalogue={cat} fournir={fournirDe(c, cat, annee)} sansDispositif />
        <p className="govuk-body">
          <a className="govuk-link" href="/chiffres/suivis">
            Tous les chiffres de suivi
          </a>
        </p>
      </Section>
    ),
  };
};
