import { acces, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { fichierCsv } from '../../core/csv.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { introuvable } from '../../core/errors.ts';
import { blocksOf, linesOf } from '../../core/house.ts';
import type { House } from '../../core/module.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route, texte } from '../../core/http/http.ts';
import { type Catalogue, getContours, rechercher } from '../contrats/index.ts';
import { choisirFigures, completude } from '../indicateurs/index.ts';
import { cadrer, etats } from './accueil.contexte.ts';
import { anneesJusqua, type Cadre, getCarte, getFraicheurDesMesures, getAppuisDe, getSuivi } from './accueil.queries.ts';
import { choisirAnnee } from './accueil.rules.ts';
import { AxePage } from './pages/AxePage.tsx';
import { BarometrePage } from './pages/BarometrePage.tsx';
import { FichePage } from './pages/FichePage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { MaJourneePage } from './pages/MaJourneePage.tsx';
import { RecherchePage } from './pages/RecherchePage.tsx';
import { TerritoirePage, TerritoiresPage } from './pages/TerritoirePage.tsx';

const PAR_PAGE = 30;

const anneesDuContrat = (k: Cadre, c: Contexte) => anneesJusqua(k.f, choisirAnnee('', k.f.catalogue, jourDe(c.maintenant)));

/** The measure shown on maps: the computed count with the largest value that has a place in territories. */
async function carteDe(k: Cadre, cat: Catalogue, suivi: Awaited<ReturnType<typeof getSuivi>>) {
  const candidates = [...suivi.values()].filter(
    (x) =>
      x.mesure.obtention === 'calcul' &&
      x.chiffre.etat === 'valeur' &&
      k.f.formules.get(x.mesure.id)?.expression.genre === 'atome' &&
      k.f.formules.get(x.mesure.id)?.atomes.every((a) => a.mode === 'compte'),
  );
  const meilleure = candidates.sort((a, b) => (b.chiffre.valeur ?? 0) - (a.chiffre.valeur ?? 0))[0];
  const lieux = cat.enfants(cat.racine.id).map((t) => t.id);
  if (!meilleure || lieux.length === 0) return null;
  const [territoires, contours] = await lireEnsemble(k.db, [() => getCarte(k, meilleure.mesure, lieux), () => getContours(k.db, cat, lieux)]);
  return { titre: meilleure.mesure.libelle, unite: meilleure.mesure.unite, territoires, contours };
}

export const buildRoutes = (house: House): Route[] => [
  get('/', acces.public, async (c) => {
    const k = await cadrer(c, '');
    const cat = k.f.catalogue;
    const { suivi, etats: liste } = await etats(k);
    return page({
      titre: 'Accueil',
      corps: (
        <HomePage
          catalogue={cat}
          annee={k.annee}
          completude={completude([...suivi.values()].map((x) => x.chiffre))}
          figures={choisirFigures(cat, suivi, 3)}
          lignesAvecPreuve={liste.reduce((t, e) => t + e.lignesAvecPreuve, 0)}
          carte={await carteDe(k, cat, suivi)}
          connecte={c.utilisateur !== null}
          personas={c.personas}
        />
      ),
    });
  }),
  get('/axes/:numero', acces.public, async (c) => {
    const k = await cadrer(c);
    const axe = k.f.catalogue.axes.find((a) => String(a.numero) === c.params.numero);
    if (!axe) throw introuvable('Cet axe');
    const { etats: liste } = await etats(k);
    return page({
      titre: axe.titre,
      section: 'contrat',
      fil: [{ libelle: 'Le contrat', href: '/contrat' }],
      corps: (
        <AxePage catalogue={k.f.catalogue} axe={axe} annee={k.annee} territoireId={k.territoireId} etats={liste.filter((e) => e.fiche.axe === axe.numero)} />
      ),
    });
  }),
  /** 200 the fiche; 404 unknown number. Five reads whatever the number of measures. */
  get('/fiches/:numero', acces.public, async (c) => {
    const k = await cadrer(c);
    const fiche = k.f.catalogue.fiches.get(c.params.numero ?? '');
    if (!fiche) throw introuvable('Cette fiche');
    const lignes = fiche.lignes.map((l) => l.id);
    const [suivi, appuis, fraicheur] = await lireEnsemble(c.db, [
      () => getSuivi(k, fiche.mesures),
      () => getAppuisDe(k, [fiche.numero]),
      () => getFraicheurDesMesures(k),
    ]);
    const axe = k.f.catalogue.axes.find((a) => a.numero === fiche.axe);
    const lieu = { territoireId: k.territoireId, annee: k.annee };
    return page({
      titre: `${fiche.numero} ${fiche.titre}`,
      section: 'barometre',
      fil: [{ libelle: 'Baromètre', href: `/barometre?annee=${k.annee}` }, ...(axe ? [{ libelle: `Axe ${axe.numero}`, href: `/axes/${axe.numero}` }] : [])],
      corps: (
        <FichePage
          catalogue={k.f.catalogue}
          fiche={fiche}
          annee={k.annee}
          annees={anneesDuContrat(k, c)}
          territoireId={k.territoireId}
          suivi={suivi}
          appuis={appuis}
          dits={await linesOf(house, c, lignes)}
          blocs={await blocksOf(house, (m) => m.fiche, c, { ...lieu, fiche: fiche.numero })}
          fraicheur={fraicheur}
          connecte={auTravail(c.utilisateur)}
        />
      ),
    });
  }),
  get('/barometre', acces.public, async (c) => {
    const k = await cadrer(c);
    const { etats: liste } = await etats(k);
    return page({
      titre: `Baromètre ${k.annee}`,
      section: 'barometre',
      corps: <BarometrePage catalogue={k.f.catalogue} annee={k.annee} annees={anneesDuContrat(k, c)} territoireId={k.territoireId} etats={liste} />,
    });
  }),
  get('/barometre.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    const { suivi } = await etats(k);
    const lignes = [...suivi.values()].map((x) => [
      x.mesure.fiche,
      x.mesure.id,
      x.mesure.libelle,
      k.annee,
      k.territoireId,
      x.chiffre.etat.replace('_', ' '),
      x.chiffre.valeur,
      x.mesure.unite,
      x.mesure.obtention,
      x.chiffre.attenduDe.map(k.f.catalogue.nomActeur).join(', '),
    ]);
    return fichier(fichierCsv(['fiche', 'mesure', 'libelle', 'annee', 'territoire', 'etat', 'valeur', 'unite', 'obtention', 'attendu de'], lignes), {
      nom: `barometre-${k.annee}.csv`,
      type: 'text/csv; charset=utf-8',
    });
  }),
  get('/territoires', acces.public, async (c) => {
    const k = await cadrer(c, '');
    const suivi = await getSuivi(k, [...k.f.catalogue.mesures.values()]);
    const carte = await carteDe(k, k.f.catalogue, suivi);
    return page({
      titre: 'Les territoires',
      section: 'territoires',
      corps: <TerritoiresPage catalogue={k.f.catalogue} annee={k.annee} carte={carte} />,
    });
  }),
  get('/territoires/:id', acces.public, async (c) => {
    const k = await cadrer(c, c.params.id);
    const territoire = k.f.catalogue.territoires.get(k.territoireId);
    if (!territoire) throw introuvable('Ce territoire');
    const { suivi, etats: liste } = await etats(k);
    return page({
      titre: territoire.nom,
      section: 'territoires',
      fil: [{ libelle: 'Territoires', href: '/territoires' }],
      corps: (
        <TerritoirePage
          catalogue={k.f.catalogue}
          territoire={territoire}
          annee={k.annee}
          annees={anneesDuContrat(k, c)}
          figures={choisirFigures(k.f.catalogue, suivi, 3)}
          etats={liste}
          completude={completude([...suivi.values()].map((x) => x.chiffre))}
          blocs={await blocksOf(house, (m) => m.territoire, c, { territoireId: territoire.id, annee: k.annee })}
        />
      ),
    });
  }),
  get('/recherche', acces.public, async (c) => {
    const q = texte(c.requete.q).slice(0, 200);
    const genre = texte(c.requete.genre);
    const n = numeroDePage(c);
    const resultats = q === '' ? null : await rechercher(c.db, c.contrat.id, q, { parPage: PAR_PAGE, page: n, genre: genre || null });
    return page({
      titre: q ? `Recherche : ${q}` : 'Rechercher',
      corps: <RecherchePage q={q} genre={genre} page={n} parPage={PAR_PAGE} resultats={resultats} />,
    });
  }),
  /** 200 what waits for this person, block by block; each module draws its own and leaves out what they may not open. */
  get('/ma-journee', acces.connecte, async (c) => {
    const u = c.utilisateur;
    if (!u) throw introuvable();
    const { f } = await cadrer(c, '');
    const blocs = await blocksOf(house, (m) => m.journee, c, null);
    return page({
      titre: 'Ma journée',
      largeur: 'travail',
      section: 'ma-journee',
      corps: <MaJourneePage personne={u} organisation={f.catalogue.nomActeur(u.organisationId)} blocs={blocs} />,
    });
  }),
];
