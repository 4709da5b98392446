/** The debt board: what is owed, by whom and for when, to whoever may open its object. */
import { couper } from '../../core/couper.ts';
import { estJour } from '../../core/jours.ts';
import { acces, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { estInstant, lireCurseur } from '../../core/http/cursors.ts';
import { exporterCsv, parcourir } from '../../core/http/export.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../core/http/http.ts';
import { choisirLieu, getCatalogue, TOUT } from '../contrats/index.ts';
import { type Apres, apresDe, countEcheances, type FiltresEcheances, listEcheances, requeteDesEcheances } from './echeances.queries.ts';
import { etatDe, ETATS } from './echeances.rules.ts';
import type { Etat, Lecteur } from './echeances.types.ts';
import { genreDe, libelleDuGenre, listGenres } from './genres.ts';
import { EcheancesPage } from './pages/EcheancesPage.tsx';

const PAR_PAGE = 50;

/** `2026-07-01_<id>`, `infinity_<id>` or `2026-07-01T08:00:00.000Z_<id>`: the last row already shown. */
const lireApres = (v: string, close: boolean): Apres | null => lireCurseur(v, close ? estInstant : (cle) => cle === 'infinity' || estJour(cle));

async function lireFiltres(c: Contexte) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const q = (nom: string) => couper(texte(c.requete[nom]), 100);
  const u = c.utilisateur;
  const moi = q('qui') === 'moi' && u !== null;
  // One's own list is of no place in particular.
  const lieu = choisirLieu(u, q('territoire') || (moi ? TOUT : ''), catalogue);
  const etat = Object.hasOwn(ETATS, q('etat')) ? (q('etat') as Etat) : undefined;
  const champs = {
    qui: moi ? 'moi' : '',
    etat: etat ?? '',
    genre: genreDe(q('genre')) ? q('genre') : '',
    organisation: catalogue.acteurs.has(q('organisation')) ? q('organisation') : '',
    territoire: lieu.champ,
    fiche: catalogue.fiches.has(q('fiche')) ? q('fiche') : '',
  };
  const filtres: FiltresEcheances = {
    moi,
    etat,
    genre: champs.genre || undefined,
    organisation: champs.organisation || undefined,
    territoires: lieu.territoires,
    fiche: champs.fiche || undefined,
  };
  const lecteur: Lecteur = { u, contratId: c.contrat.id, catalogue, aujourdhui: jourDe(c.maintenant), maintenant: c.maintenant };
  return { catalogue, champs, filtres, lieu, lecteur };
}

const ENTETE_CSV = ['genre', 'objet', 'periode', 'debiteur', 'personne', 'territoire', 'fiche', 'ouverte le', 'due le', 'etat', 'soldee le', 'motif', 'page'];

export const routes: Route[] = [
  /** 200: to each reader, what they may open; to the public, what is public. */
  get(
    '/echeances',
    acces.public,
    async (c) => {
      const { catalogue, champs, filtres, lieu, lecteur } = await lireFiltres(c);
      const close = filtres.etat === 'soldee' || filtres.etat === 'sans_objet';
      const [lignes, comptes] = await lireEnsemble(c.db, [
        () => listEcheances(c.db, lecteur, filtres, lireApres(texte(c.requete.apres), close), PAR_PAGE + 1),
        () => countEcheances(c.db, lecteur, filtres),
      ]);
      const lien = (changes: Record<string, string>) =>
        `/echeances?${new URLSearchParams(Object.entries({ ...champs, ...changes }).filter(([, v]) => v !== ''))}`;
      const derniere = lignes[PAR_PAGE - 1];
      const suite = lignes.length > PAR_PAGE && derniere ? apresDe(derniere) : null;
      return page({
        titre: 'Échéances',
        largeur: c.utilisateur ? 'travail' : 'public',
        section: 'echeances',
        corps: (
          <EcheancesPage
            catalogue={catalogue}
            lignes={lignes.slice(0, PAR_PAGE)}
            comptes={comptes}
            champs={champs}
            lieu={lieu}
            genres={listGenres().filter((g) => g.publique || c.utilisateur !== null)}
            lien={lien}
            suite={suite && lien({ apres: `${suite.cle}_${suite.id}` })}
            aujourdhui={lecteur.aujourdhui}
            connecte={c.utilisateur !== null}
            nommees={auTravail(c.utilisateur)}
          />
        ),
      });
    },
    { sensible: true },
  ),
  /** 200: the rows of the page, all of them. */
  get(
    '/echeances.csv',
    acces.public,
    async (c) => {
      const { catalogue, filtres, lecteur } = await lireFiltres(c);
      const nommees = auTravail(c.utilisateur);
      const paquets = parcourir(c.db, await requeteDesEcheances(c.db, lecteur, filtres, null, null));
      const contenu = exporterCsv(paquets, ENTETE_CSV, (e) => [
        libelleDuGenre(e.genre),
        e.titre,
        genreDe(e.genre)?.genre.parPeriode ? e.periode : '',
        catalogue.nomActeurA(e.organisationId, e.territoireId),
        nommees ? e.personne : '',
        (e.territoireId && catalogue.territoires.get(e.territoireId)?.nom) ?? '',
        e.fiche,
        e.ouverteLe,
        e.dueLe,
        ETATS[etatDe(e, lecteur.aujourdhui)],
        e.soldeeLe ? jourDe(e.soldeeLe) : '',
        e.sansObjetMotif,
        e.chemin,
      ]);
      return fichier(contenu, { nom: 'echeances.csv', type: 'text/csv; charset=utf-8' });
    },
    { sensible: true },
  ),
];
