import { acces, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { fichierCsv } from '../../core/csv.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { introuvable } from '../../core/errors.ts';
import { blocksOf, linesOf, nextOf } from '../../core/house.ts';
import type { House } from '../../core/module.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../core/http/http.ts';
import { type Cible, getCibles, SENS } from '../decisions/index.ts';
import { choisirFigures, completude, direContributions, direPortee, direValidation, estAValider, etatDuChiffre } from '../indicateurs/index.ts';
import { formatPeriode } from '../../ui/typographie.ts';
import { peutValiderSynthese } from './accueil.policy.ts';
import { getSynthese } from './syntheses/syntheses.queries.ts';
import { cadrer, etats, figuresDesPhrases, litAvant } from './accueil.contexte.ts';
import { anneesJusqua, type Cadre, comparer, getFraicheurDesMesures, getAppuisDe, getSuivi } from './accueil.queries.ts';
import { choisirAnnee, retardsDAvant } from './accueil.rules.ts';
import { carteDe } from './carte.ts';
import { empreinteDesPhrases, phrasesDeFiche } from './phrases.rules.ts';
import { AxePage } from './pages/AxePage.tsx';
import { BarometrePage } from './pages/BarometrePage.tsx';
import { FichePage } from './pages/FichePage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { MaJourneePage } from './pages/MaJourneePage.tsx';
import { TerritoirePage, TerritoiresPage } from './pages/TerritoirePage.tsx';

/** Address, day, database and reader: nothing else makes these pages. */
const lire = (chemin: string, a: Route['acces'], executer: Route['executer']): Route => get(chemin, a, executer, { gardable: true });
/** Set by a decision, or nothing. */
const COLONNES_DES_CIBLES = ['cible', 'sens de la cible', 'cible au', 'ecart a la cible', 'ecart lu sur', 'decision'] as const;
const colonnesDeLaCible = (c: Cible | undefined) =>
  c ? [c.valeur, SENS[c.sens], `${c.annee}-12-31`, c.ecart?.ecart ?? null, c.ecart ? String(c.ecart.annee) : '', c.reference] : ['', '', '', null, '', ''];
/** The next target of each measure. */
const ciblesDe = async (k: Cadre): Promise<Cible[]> => getCibles(k.db, k.contratId, [...k.f.catalogue.mesures.keys()], k);

/** `compare` and `avec`: the complete months of the year and the same months of the year before, where they can stand side by side. */
const COLONNES = [
  'fiche',
  'mesure',
  'libelle',
  'annee',
  'territoire',
  'etat',
  'valeur',
  'unite',
  'obtention',
  'attendu de',
  'du le',
  'en partie',
  'contributions',
  'validation',
  'en cours',
  'compare',
  'valeur comparee',
  'avec',
  'valeur d’avant',
  ...COLONNES_DES_CIBLES,
];

const anneesDuContrat = (k: Cadre, c: Contexte) => anneesJusqua(k.f, choisirAnnee('', k.f.catalogue, jourDe(c.maintenant)));

/** An axis of the contract, or `retard`; all the fiches otherwise. */
const vueDuBarometre = (vue: string, k: Cadre): string => (vue === 'retard' || k.f.catalogue.axes.some((a) => vue === `axe-${a.numero}`) ? vue : '');

export const buildRoutes = (house: House): Route[] => [
  lire('/', acces.public, async (c) => {
    // `territoire` is its name everywhere else: an address made by hand is not silently ignored.
    const k = await cadrer(c, texte(c.requete.pres) || texte(c.requete.territoire));
    const cat = k.f.catalogue;
    const { suivi, etats: liste } = await etats(k);
    const entier = k.territoireId === cat.racine.id;
    const suites = await nextOf(house, c, { aujourdhui: k.aujourdhui, max: 4, ...(entier ? {} : { territoires: cat.descendants(k.territoireId) }) });
    return page({
      titre: 'Accueil',
      description: `${cat.contrat.titre} : ce qui a changé, ce qui est en retard et qui le doit, ce qui vient. Chaque chiffre s’ouvre jusqu’à sa preuve.`,
      flux: [{ titre: 'Nouveautés de tout le contrat', href: '/nouvelles.xml', type: 'application/atom+xml' }],
      corps: (
        <HomePage
          catalogue={cat}
          annee={k.annee}
          territoireId={k.territoireId}
          completude={completude([...suivi.values()].map((x) => x.chiffre))}
          retards={retardsDAvant(suivi, k.annee)}
          suivi={[...suivi.values()]}
          etats={liste}
          suites={suites}
          lignesAvecPreuve={liste.reduce((t, e) => t + e.lignesAvecPreuve, 0)}
          carte={await carteDe(k, suivi, texte(c.requete.carte))}
          connecte={c.utilisateur !== null}
          personas={c.personas}
        />
      ),
    });
  }),
  lire('/axes/:numero', acces.public, async (c) => {
    const k = await cadrer(c);
    const axe = k.f.catalogue.axes.find((a) => String(a.numero) === c.params.numero);
    if (!axe) throw introuvable('Cet axe');
    const { etats: liste } = await etats(k);
    return page({
      titre: `Axe ${axe.numero} ${axe.titre}, ${k.annee}`,
      section: 'contrat',
      fil: [{ libelle: 'Le contrat', href: '/contrat' }],
      corps: (
        <AxePage catalogue={k.f.catalogue} axe={axe} annee={k.annee} territoireId={k.territoireId} etats={liste.filter((e) => e.fiche.axe === axe.numero)} />
      ),
    });
  }),
  /** 200 the fiche; 404 unknown number. Five reads whatever the number of measures. */
  lire('/fiches/:numero', acces.public, async (c) => {
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
    const figures = await comparer(k, [...suivi.values()]);
    const suites = await nextOf(house, c, { fiche: fiche.numero, aujourdhui: k.aujourdhui, max: 3 });
    const dites = await figuresDesPhrases(k, fiche.mesures, figures);
    const phrases = phrasesDeFiche({ ...k, fiche, figures: dites, suites, nommer: k.f.catalogue.nomActeur });
    const ou = { fiche: fiche.numero, annee: k.annee, territoireId: k.territoireId };
    return page({
      titre: `${fiche.numero} ${fiche.titre}, ${k.annee}`,
      description: fiche.resume,
      flux: [{ titre: `Nouveautés de la fiche ${fiche.numero}`, href: `/fiches/${fiche.numero}/nouvelles.xml`, type: 'application/atom+xml' }],
      section: 'barometre',
      fil: [{ libelle: 'Baromètre', href: `/barometre?annee=${k.annee}` }, ...(axe ? [{ libelle: `Axe ${axe.numero}`, href: `/axes/${axe.numero}` }] : [])],
      corps: (
        <FichePage
          catalogue={k.f.catalogue}
          fiche={fiche}
          annee={k.annee}
          annees={anneesDuContrat(k, c)}
          territoireId={k.territoireId}
          suivi={new Map(figures.map((x) => [x.mesure.id, x]))}
          phrases={phrases}
          signature={{
            ...ou,
            litAvant: litAvant(k, fiche.mesures),
            empreinte: empreinteDesPhrases(phrases),
            validee: await getSynthese(c.db, c.contrat.id, ou),
            nommer: k.f.catalogue.nomActeur,
            peutValider: peutValiderSynthese(c.utilisateur, { fiche, territoireId: k.territoireId }, k.f.catalogue.contient),
          }}
          appuis={appuis}
          dits={await linesOf(house, c, lignes)}
          blocs={await blocksOf(house, (m) => m.fiche, c, { ...lieu, fiche: fiche.numero })}
          fraicheur={fraicheur}
          connecte={auTravail(c.utilisateur)}
        />
      ),
    });
  }),
  lire('/barometre', acces.public, async (c) => {
    const k = await cadrer(c);
    const { etats: liste } = await etats(k);
    return page({
      titre: `Baromètre ${k.annee}`,
      section: 'barometre',
      corps: (
        <BarometrePage
          catalogue={k.f.catalogue}
          annee={k.annee}
          annees={anneesDuContrat(k, c)}
          territoireId={k.territoireId}
          etats={liste}
          vue={vueDuBarometre(texte(c.requete.vue), k)}
          cibles={await ciblesDe(k)}
          ouvre={auTravail(c.utilisateur)}
        />
      ),
    });
  }),
  get('/barometre.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    const suivi = await comparer(k, [...(await getSuivi(k, [...k.f.catalogue.mesures.values()])).values()]);
    const cibles = await ciblesDe(k);
    const lignes = suivi.map((x) => [
      x.mesure.fiche,
      x.mesure.id,
      x.mesure.court,
      k.annee,
      k.territoireId,
      etatDuChiffre(x.chiffre),
      x.chiffre.valeur,
      x.chiffre.unite,
      x.mesure.obtention,
      estAValider(x.chiffre) ? '' : x.chiffre.attenduDe.map(k.f.catalogue.nomActeur).join(', '),
      estAValider(x.chiffre) ? '' : x.chiffre.depuis,
      x.mesure.part ?? '',
      direContributions(x.chiffre),
      direValidation(x.chiffre),
      direPortee(x.chiffre, k.annee, k.aujourdhui) ?? '',
      x.comparaison ? formatPeriode(x.comparaison.periode) : '',
      x.comparaison?.apres ?? null,
      x.comparaison ? formatPeriode(x.comparaison.precedente) : '',
      x.comparaison?.avant ?? null,
      ...colonnesDeLaCible(cibles.find((y) => y.mesureId === x.mesure.id && String(y.annee) >= k.annee)),
    ]);
    return fichier(fichierCsv(COLONNES, lignes), {
      nom: `barometre-${k.annee}.csv`,
      licence: k.f.catalogue.contrat.licence,
      type: 'text/csv; charset=utf-8',
    });
  }),
  lire('/territoires', acces.public, async (c) => {
    const k = await cadrer(c, '');
    const suivi = await getSuivi(k, [...k.f.catalogue.mesures.values()]);
    const carte = await carteDe(k, suivi, texte(c.requete.carte));
    return page({
      titre: `Les territoires, ${k.annee}`,
      section: 'territoires',
      corps: <TerritoiresPage catalogue={k.f.catalogue} annee={k.annee} carte={carte} />,
    });
  }),
  lire('/territoires/:id', acces.public, async (c) => {
    const k = await cadrer(c, c.params.id);
    const territoire = k.f.catalogue.territoires.get(k.territoireId);
    if (!territoire) throw introuvable('Ce territoire');
    const { suivi, etats: liste } = await etats(k);
    return page({
      titre: `${territoire.nom}, ${k.annee}`,
      flux: [{ titre: `Nouveautés : ${territoire.nom}`, href: `/territoires/${territoire.id}/nouvelles.xml`, type: 'application/atom+xml' }],
      section: 'territoires',
      fil: [{ libelle: 'Territoires', href: '/territoires' }],
      corps: (
        <TerritoirePage
          catalogue={k.f.catalogue}
          territoire={territoire}
          annee={k.annee}
          annees={anneesDuContrat(k, c)}
          figures={await comparer(k, choisirFigures(k.f.catalogue, suivi, 2))}
          suivi={[...suivi.values()]}
          etats={liste}
          completude={completude([...suivi.values()].map((x) => x.chiffre))}
          blocs={await blocksOf(house, (m) => m.territoire, c, { territoireId: territoire.id, annee: k.annee })}
        />
      ),
    });
  }),
  /** 200 what waits for this person, block by block; each module draws its own and leaves out what they may not open. */
  lire('/ma-journee', acces.connecte, async (c) => {
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
