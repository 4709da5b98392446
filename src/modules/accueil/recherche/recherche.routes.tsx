/** The page of the search box, and what it could not answer. */
import { acces, auTravail } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { couper } from '../../../core/couper.ts';
import { type Contexte, get, numeroDePage, page, type Route, texte } from '../../../core/http/http.ts';
import { mene } from '../../../core/http/reachable.ts';
import type { House } from '../../../core/module.ts';
import {
  type Appel,
  choisirLieu,
  GENRES_RECHERCHE,
  type GenreRecherche,
  getCatalogue,
  JOURS_AVANT_D_ECRIRE,
  lireRequete,
  listManques,
  motsComptables,
  noterManque,
  rechercher,
} from '../../contrats/index.ts';
import { cadrerEn } from '../accueil.contexte.ts';
import { getSuivi } from '../accueil.queries.ts';
import { titreDeRecherche } from './dire.rules.ts';
import { ManquesPage } from './pages/ManquesPage.tsx';
import { RecherchePage } from './pages/RecherchePage.tsx';
import { chercherPartout } from './partout.ts';

const PAR_PAGE = 30;
const MANQUES_AU_PLUS = 200;

/** Only what leads somewhere in this house: an address of the file whose page is not there is not shown. */
function joignables(c: Contexte, appels: readonly Appel[]): Appel[] {
  const { server } = c.brut.request;
  return appels.map((a) => ({ ...a, liens: a.liens.filter((l) => mene(server, l.adresse)) })).filter((a) => a.liens.length > 0);
}

export const buildRechercheRoutes = (house: House, coffre: Coffre): Route[] => [
  /** 200: help, answers known without searching, then the contract for anyone, beside it what this person may read */
  get(
    '/recherche',
    acces.public,
    async (c) => {
      const q = couper(texte(c.requete.q), 200);
      const demande = texte(c.requete.genre);
      const genre = demande in GENRES_RECHERCHE ? (demande as GenreRecherche) : null;
      const n = numeroDePage(c);
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
      // Beside the first page of everything: who chose a kind of entry has left them.
      const entiere = genre === null && n === 1;
      const compris = catalogue.comprendre(q);
      const lue = await lireRequete(c.db, q, catalogue);
      const [resultats, groupes] =
        q.trim() === ''
          ? [null, []]
          : await lireEnsemble(c.db, [
              () => rechercher(c.db, c.contrat.id, q, { parPage: PAR_PAGE, page: n, genre, lue }),
              () => (entiere ? chercherPartout(house, c, { q, lue, catalogue, lieu }) : []),
            ]);
      const appels = entiere ? joignables(c, compris.appels) : [];
      const directes = entiere ? compris.cibles : [];
      const lignes = resultats?.lignes.filter((l) => !directes.some((d) => d.url === l.url)) ?? [];
      const mesures = [...directes, ...lignes].flatMap((x) => (x.genre === 'mesure' ? (catalogue.mesures.get(x.id) ?? []) : []));
      const cadre = mesures.length > 0 ? await cadrerEn(c, { annee: '', territoire: '' }) : null;
      const figures = cadre ? await getSuivi(cadre, mesures) : new Map();
      const sansReponse = (resultats?.total ?? 0) === 0 || resultats?.palier === 3;
      if (resultats && entiere && sansReponse && compris.appels.length + compris.cibles.length + compris.sigles.length + groupes.length === 0) {
        const mots = motsComptables(q);
        const empreinte = (mot: string) => coffre.signer(`mot cherché ${c.contrat.slug} ${mot}`);
        if (mots.length > 0) c.apres(() => noterManque(c.db, mots, empreinte, jourDe(c.maintenant)));
      }
      return page({
        titre: titreDeRecherche(q, genre && GENRES_RECHERCHE[genre], n, Math.ceil((resultats?.total ?? 0) / PAR_PAGE)),
        corps: (
          <RecherchePage
            q={q}
            genre={genre ?? ''}
            page={n}
            parPage={PAR_PAGE}
            resultats={resultats && { ...resultats, lignes }}
            mots={lue.mots}
            appels={appels}
            sigles={entiere ? compris.sigles : []}
            directes={directes}
            figures={figures}
            groupes={groupes}
            lieu={lieu}
            catalogue={catalogue}
            connecte={auTravail(c.utilisateur)}
          />
        ),
      });
    },
    { discrete: true },
  ),
  /** 200: words that found nothing, for who keeps the words of the contract */
  get('/recherche/sans-reponse', acces.role('coordination'), async (c) =>
    page({
      titre: 'Mots sans réponse',
      largeur: 'travail',
      section: 'mots-sans-reponse',
      corps: <ManquesPage manques={await listManques(c.db, MANQUES_AU_PLUS)} seuil={JOURS_AVANT_D_ECRIRE} />,
    }),
  ),
];
