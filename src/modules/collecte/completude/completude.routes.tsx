/** The completeness board, for people at work, and the very list behind each of its counts. */
import { estJour } from '../../../core/jours.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { fichierCsv } from '../../../core/csv.ts';
import { lireCurseur } from '../../../core/http/cursors.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import { fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import {
  additionnerAvancement,
  arrives,
  AVANCEMENTS,
  avancementDe,
  CODES_AVANCEMENT,
  compterAvancement,
  compterRappels,
  dus,
  type LigneDAvancement,
  listEcheances,
  listMoisDeDettes,
  part,
  requeteDesEcheances,
} from '../../echeances/index.ts';
import { repondDeLaDette } from '../../indicateurs/index.ts';
import { adresse, axeLu, type Cadre, cadrer } from './completude.cadre.ts';
import { AXES, resumer, tendance } from './completude.rules.ts';
import { CompletudePage, nommer } from './pages/CompletudePage.tsx';
import { DettesPage } from './pages/DettesPage.tsx';
import { listRaisons } from './raisons.queries.ts';

const PAR_PAGE = 50;
const MOIS_DE_TENDANCE = 13;
const SECTION = { largeur: 'travail', section: 'completude' } as const;

/** The most late first; fiches, places and periods in their own order. */
function ranger(k: Cadre, lignes: readonly LigneDAvancement[]): LigneDAvancement[] {
  const { axe } = k.champs;
  const ordre = axe === 'fiche' ? [...k.catalogue.fiches.keys()] : axe === 'territoire' ? [...k.catalogue.territoires.keys()] : [];
  const nom = (l: LigneDAvancement) => nommer(k.catalogue, axe, l);
  return [...lignes].sort((a, b) => {
    if (axe === 'periode') return b.cle.localeCompare(a.cle);
    if (axe !== 'institution') return ordre.indexOf(a.cle) - ordre.indexOf(b.cle);
    return b.comptes.en_retard - a.comptes.en_retard || nom(a).localeCompare(nom(b), 'fr');
  });
}

const listeDe = (k: Cadre) => ({ ...k.filtres, etat: 'toutes' as const, ...(k.champs.etat ? { avancement: k.champs.etat } : {}) });

export const completudeRoutes: Route[] = [
  /** 200: counts of everyone's debts, which are public one by one; 403 for those who do not work on data. */
  get('/collecte', accesMetier, async (c) => {
    const k = await cadrer(c);
    const axe = axeLu(k.champs);
    const [lues, institutions, mois] = await lireEnsemble(c.db, [
      () => compterAvancement(c.db, k.lecteur, axe, k.filtres),
      () => (axe === 'organisation' ? [] : compterAvancement(c.db, k.lecteur, 'organisation', k.filtres)),
      () => listMoisDeDettes(c.db, k.lecteur, k.filtres),
    ]);
    const total = additionnerAvancement(lues);
    return page({
      ...SECTION,
      titre: 'Qui doit quoi',
      corps: (
        <CompletudePage
          catalogue={k.catalogue}
          champs={k.champs}
          lignes={ranger(k, lues)}
          resume={resumer(total, axe === 'organisation' ? lues : institutions)}
          tendance={tendance(mois, k.lecteur.aujourdhui, MOIS_DE_TENDANCE)}
        />
      ),
    });
  }),
  /** 200: the rows of the board. */
  get('/collecte.csv', accesMetier, async (c) => {
    const k = await cadrer(c);
    const lignes = ranger(k, await compterAvancement(c.db, k.lecteur, axeLu(k.champs), k.filtres));
    const entete = [AXES[k.champs.axe], ...CODES_AVANCEMENT.map((e) => AVANCEMENTS[e]), 'arrivés', 'dus', 'part arrivée (%)'];
    const contenu = fichierCsv(
      entete,
      lignes.map((l) => [
        nommer(k.catalogue, k.champs.axe, l),
        ...CODES_AVANCEMENT.map((e) => l.comptes[e]),
        arrives(l.comptes),
        dus(l.comptes),
        part(l.comptes),
      ]),
    );
    return fichier(contenu, { nom: `completude-${k.champs.axe}.csv`, type: 'text/csv; charset=utf-8' });
  }),
  /** 200: the debts that a count of the board counts, by due day. */
  get('/collecte/liste', accesMetier, async (c) => {
    const k = await cadrer(c);
    const apres = lireCurseur(texte(c.requete.apres), (cle) => cle === 'infinity' || estJour(cle));
    const lues = await listEcheances(c.db, k.lecteur, listeDe(k), apres, PAR_PAGE + 1);
    const lignes = lues.slice(0, PAR_PAGE);
    const ids = lignes.map((e) => e.id);
    const [rappels, raisons] = await lireEnsemble(c.db, [() => compterRappels(c.db, c.contrat.id, ids), () => listRaisons(c.db, c.contrat.id, ids)]);
    const derniere = lignes.at(-1);
    const suite =
      lues.length > PAR_PAGE && derniere ? adresse('/collecte/liste', { ...k.champs, apres: `${derniere.dueLe ?? 'infinity'}_${derniere.id}` }) : null;
    return page({
      ...SECTION,
      titre: 'Chiffres dus',
      fil: [{ libelle: 'Qui doit quoi', href: adresse('/collecte', { axe: k.champs.axe }) }],
      corps: (
        <DettesPage
          catalogue={k.catalogue}
          champs={k.champs}
          lignes={lignes}
          rappels={rappels}
          raisons={raisons}
          repond={new Set(lignes.filter((e) => repondDeLaDette(c.utilisateur, k.catalogue, e)).map((e) => e.id))}
          aujourdhui={k.lecteur.aujourdhui}
          suite={suite}
        />
      ),
    });
  }),
  /** 200: all of them. */
  get('/collecte/liste.csv', accesMetier, async (c) => {
    const k = await cadrer(c);
    const paquets = parcourir(c.db, await requeteDesEcheances(c.db, k.lecteur, listeDe(k), null, null));
    const entete = ['chiffre', 'mesure', 'fiche', 'période', 'institution', 'territoire', 'dû le', 'état', 'page'];
    const contenu = exporterCsv(paquets, entete, (e) => [
      e.titre,
      e.sujet,
      e.fiche,
      formatPeriode(e.periode),
      k.catalogue.nomActeurA(e.organisationId, e.territoireId),
      (e.territoireId && k.catalogue.territoires.get(e.territoireId)?.nom) ?? '',
      e.dueLe,
      AVANCEMENTS[avancementDe(e, k.lecteur.aujourdhui)],
      e.soldeChemin || e.chemin,
    ]);
    return fichier(contenu, { nom: 'chiffres-dus.csv', type: 'text/csv; charset=utf-8' });
  }),
];
