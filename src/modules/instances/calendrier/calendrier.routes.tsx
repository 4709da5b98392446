/** When bodies meet: by month, as a list, over a year, and as feeds that calendars read. GET 200, 404; POST 303, 403, 404. */
import { couper } from '../../../core/couper.ts';
import { codes } from '../../../core/trace/details.ts';
import { randomBytes } from 'node:crypto';
import { ETATS_SEANCE } from '../instances.rules.ts';
import { origineDe, type ServicesInstances } from '../instances.services.ts';
import { addFlux, getTitreDeFlux, listFlux, renewFlux, revokeFlux } from './calendrier.queries.ts';
import { decalerMois, dernierJour, estMois, type FiltresCalendrier, type SeanceDeCalendrier, semainesDe } from './calendrier.rules.ts';
import { buildFlux, type EcheanceDeFlux } from './ical.ts';
import { AbonnementPage } from './pages/AbonnementPage.tsx';
import { AnneePage } from './pages/AnneePage.tsx';
import { CalendrierPage } from './pages/CalendrierPage.tsx';
import { reunions } from '../reunions.ts';
import { listDates } from './dates.ts';
import { type Vue, vueDe, vueDeLecture } from '../instances.vue.ts';
import { acces, type Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { exigerPreuvePourCreer } from '../../../core/http/confirmation.ts';
import { introuvable, invalide, nonConnecte } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { type Catalogue, choisirLieu, getCatalogue, TOUT } from '../../contrats/index.ts';
import { type EcheanceDeCalendrier, listEcheancesDuCalendrier } from '../../echeances/index.ts';
import type { DateDeCalendrier } from '../../../core/module.ts';
import { capitale } from '../../../ui/typographie.ts';
import { fichierCsv } from '../../../core/csv.ts';

export type ServicesCalendrier = Pick<ServicesInstances, 'adresse' | 'identifier' | 'mandatsDe'>;

const ICS = 'text/calendar; charset=utf-8';
const FIL = [{ libelle: 'Calendrier', href: '/calendrier' }];

async function lireFiltres(c: Contexte) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const q = (nom: string) => couper(texte(c.requete[nom]), 100);
  const aujourdhui = jourDe(c.maintenant);
  // One's own sittings are of no place in particular.
  const lieu = choisirLieu(c.utilisateur, q('territoire') || (q('qui') === 'moi' || q('instance') ? TOUT : ''), catalogue);
  const champs = {
    mois: estMois(q('mois')) ? q('mois') : aujourdhui.slice(0, 7),
    vue: q('vue') === 'liste' ? 'liste' : '',
    qui: q('qui') === 'moi' && c.utilisateur ? 'moi' : '',
    territoire: lieu.champ,
    fiche: catalogue.fiches.has(q('fiche')) ? q('fiche') : '',
    instance: q('instance'),
  };
  const filtres: Omit<FiltresCalendrier, 'debut' | 'fin'> = {
    moi: champs.qui === 'moi' && c.utilisateur ? { courriel: c.utilisateur.courriel.toLowerCase(), aujourdhui } : undefined,
    territoires: lieu.territoires,
    fiche: champs.fiche || undefined,
    instance: champs.instance || undefined,
  };
  return { catalogue, champs, filtres, lieu, vue: vueDeLecture(c.utilisateur, catalogue, aujourdhui), aujourdhui };
}
/** What partners planned on those days; nothing for the public, nor among the sessions of one body. */
async function datesDe(
  c: Contexte,
  vue: Vue | null,
  champs: { qui: string; instance: string },
  filtres: Omit<FiltresCalendrier, 'debut' | 'fin'>,
  f: { debut: string; fin: string },
) {
  const u = c.utilisateur;
  if (!u || vue === null || champs.instance !== '') return [];
  return listDates(c.db, { contratId: c.contrat.id, u, ...f, territoires: filtres.territoires, fiche: filtres.fiche, siennes: champs.qui === 'moi' });
}
const anneeDe = (c: Contexte, aujourdhui: string): string => (/^20\d{2}$/.test(texte(c.requete.annee)) ? texte(c.requete.annee) : aujourdhui.slice(0, 4));

/** What waits for this person on those days; sessions, and answers to their convocations, are there already. */
const echeancesDe = (c: Contexte, u: Utilisateur | null, catalogue: Catalogue, f: { debut: string; fin: string }): Promise<EcheanceDeCalendrier[]> | [] =>
  u
    ? listEcheancesDuCalendrier(
        c.db,
        { u, contratId: c.contrat.id, catalogue, aujourdhui: jourDe(c.maintenant), maintenant: c.maintenant },
        { ...f, sauf: ['tenue', 'reponse'] },
      )
    : [];

/** A day owed, on the whole day, which stays free; the title of what not every partner may open does not leave the platform. */
const duEnFlux = (e: EcheanceDeCalendrier, origine: string): EcheanceDeFlux => ({
  uid: `${e.id}@concorde`,
  titre: e.partagee ? `${e.genreDit} : ${e.titre}` : e.genreDit,
  jour: e.dueLe,
  url: `${origine}${e.chemin}`,
  confidentielle: !e.partagee,
});

/** What one's own organisation planned: the title says what, its page the rest. */
const dateEnFlux = (d: DateDeCalendrier, origine: string): EcheanceDeFlux => ({
  uid: `${d.id}@concorde`,
  titre: `${capitale(d.genre)} : ${d.titre}`,
  jour: d.jour,
  url: `${origine}${d.chemin}`,
  confidentielle: false,
});

const enFlux = (s: SeanceDeCalendrier, origine: string) => ({
  uid: `${s.id}@concorde`,
  sequence: s.sequence,
  titre: `${s.instance} : ${s.titre}`,
  jour: s.jour,
  heure: s.heure,
  dureeMinutes: s.dureeMinutes ?? 0,
  lieu: s.lieu,
  description: '',
  url: `${origine}/seances/${s.id}`,
  confidentielle: s.confidentialite === 'restreinte',
  etat: s.etat,
});
/** A year back, two years on: what a calendar needs. */
const fenetre = (aujourdhui: string) => ({ debut: `${Number(aujourdhui.slice(0, 4)) - 1}-01-01`, fin: `${Number(aujourdhui.slice(0, 4)) + 2}-12-31` });

export function buildCalendrierRoutes(k: ServicesCalendrier): Route[] {
  return [
    get(
      '/calendrier',
      acces.public,
      async (c) => {
        const { catalogue, champs, filtres, lieu, vue, aujourdhui } = await lireFiltres(c);
        const semaines = semainesDe(champs.mois);
        // The list goes on for three months; the month shows its whole weeks.
        const debut = champs.vue === 'liste' ? `${champs.mois}-01` : (semaines[0]?.[0] ?? '');
        const fin = champs.vue === 'liste' ? dernierJour(decalerMois(champs.mois, 2)) : (semaines.at(-1)?.at(-1) ?? '');
        const [seances, echeances, dates] = await lireEnsemble(c.db, [
          () => reunions().duCalendrier(c.db, c.contrat.id, vue, { ...filtres, debut, fin }),
          () => echeancesDe(c, c.utilisateur, catalogue, { debut, fin }),
          () => datesDe(c, vue, champs, filtres, { debut, fin }),
        ]);
        return page({
          titre: 'Calendrier',
          largeur: c.utilisateur ? 'travail' : 'public',
          section: 'calendrier',
          corps: (
            <CalendrierPage
              catalogue={catalogue}
              seances={seances}
              echeances={echeances}
              dates={dates}
              semaines={semaines}
              filtres={champs}
              lieu={lieu}
              precedent={decalerMois(champs.mois, -1)}
              suivant={decalerMois(champs.mois, 1)}
              aujourdhui={aujourdhui}
              connecte={vue !== null}
            />
          ),
        });
      },
      { sensible: true },
    ),
    get(
      '/calendrier/annee',
      acces.public,
      async (c) => {
        const { catalogue, champs, filtres, lieu, vue, aujourdhui } = await lireFiltres(c);
        const annee = anneeDe(c, aujourdhui);
        const seances = await reunions().duCalendrier(c.db, c.contrat.id, vue, { ...filtres, debut: `${annee}-01-01`, fin: `${annee}-12-31` });
        return page({
          titre: `Année ${annee}`,
          largeur: c.utilisateur ? 'travail' : 'public',
          section: 'calendrier',
          fil: FIL,
          corps: <AnneePage catalogue={catalogue} annee={annee} seances={seances} filtres={champs} lieu={lieu} connecte={vue !== null} />,
        });
      },
      { sensible: true },
    ),
    get(
      '/calendrier.csv',
      acces.public,
      async (c) => {
        const { catalogue, filtres, vue, aujourdhui } = await lireFiltres(c);
        const annee = anneeDe(c, aujourdhui);
        const seances = await reunions().duCalendrier(c.db, c.contrat.id, vue, { ...filtres, debut: `${annee}-01-01`, fin: `${annee}-12-31` });
        const contenu = fichierCsv(
          ['jour', 'heure', 'duree_minutes', 'instance', 'seance', 'territoire', 'lieu', 'etat'],
          seances.map((s) => [
            s.jour,
            s.heure,
            s.dureeMinutes,
            s.instance,
            s.titre,
            catalogue.territoires.get(s.territoireId)?.nom ?? s.territoireId,
            s.lieu,
            ETATS_SEANCE[s.etat],
          ]),
        );
        return fichier(contenu, { nom: `calendrier-${annee}.csv`, type: 'text/csv; charset=utf-8' });
      },
      { sensible: true },
    ),
    get(
      '/calendrier/public.ics',
      acces.public,
      async (c) => {
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const [fiche, lieu] = [texte(c.requete.fiche), texte(c.requete.territoire)];
        if (fiche !== '' && !catalogue.fiches.has(fiche)) throw introuvable('Cette fiche');
        if (lieu !== '' && !catalogue.territoires.has(lieu)) throw introuvable('Ce territoire');
        const filtres = { fiche: fiche || undefined, territoires: lieu === '' ? undefined : catalogue.descendants(lieu) };
        const seances = await reunions().duCalendrier(c.db, c.contrat.id, null, { ...filtres, ...fenetre(jourDe(c.maintenant)) });
        const origine = origineDe(k);
        const flux = buildFlux({
          nom: `Séances publiques (${[catalogue.contrat.sigle, fiche && `fiche ${fiche}`, catalogue.territoires.get(lieu)?.nom].filter(Boolean).join(', ')})`,
          maintenant: c.maintenant,
          // The public has no page of a session: the body's page says what is public of it.
          seances: seances.map((s) => ({ ...enFlux(s, origine), url: `${origine}/instances/${s.instanceId}` })),
        });
        return fichier(flux, { nom: 'seances-publiques.ics', type: ICS, affiche: true });
      },
      { parMinute: 60 },
    ),

    get(
      '/calendrier/abonnement',
      acces.connecte,
      async (c) => {
        if (c.utilisateur?.session) await renewFlux(c.db, c.contrat.id, c.utilisateur, c.maintenant);
        return pageAbonnement(c, null);
      },
      { sensible: true },
    ),
    /** 200 with the address, shown this once · 303 to a fresh proof, or to the second factor that a role asks for. */
    post(
      '/calendrier/abonnement',
      acces.connecte,
      async (c) => {
        const u = c.utilisateur;
        if (!u) throw nonConnecte();
        if (texte(c.corps.acte) !== 'creer') throw invalide('Utilisez le bouton « Créer mon adresse privée ».');
        const preuve = exigerPreuvePourCreer(c, '/calendrier/abonnement');
        if (preuve) return preuve;
        const jeton = randomBytes(24).toString('base64url');
        const mandats = (await k.mandatsDe(c.db, c.contrat.id, u, c.maintenant)).map((m) => m.id);
        await addFlux(c.db, c.contrat.id, { compteId: u.id, forte: u.forte, mandats }, jeton, c.maintenant);
        await c.auditer('calendrier.flux_cree', '/calendrier/abonnement', { forte: u.forte, mandats: codes(mandats) });
        return pageAbonnement(c, `${origineDe(k)}/calendrier/flux/${jeton}.ics`);
      },
      { creation: true },
    ),
    post('/calendrier/abonnement/:flux/revoquer', acces.connecte, async (c) => {
      if (!c.utilisateur) throw nonConnecte();
      if (!(await revokeFlux(c.db, c.contrat.id, c.utilisateur.id, c.params.flux ?? '', c.maintenant))) throw introuvable('Cette adresse');
      await c.auditer('calendrier.flux_revoque', '/calendrier/abonnement');
      return redirige('/calendrier/abonnement');
    }),
    /** The address is the right; what it shows follows the seats of the day and the mandates it was made under. */
    get(
      '/calendrier/flux/:jeton',
      acces.public,
      async (c) => {
        const jeton = /^([\w-]{32})\.ics$/.exec(c.params.jeton ?? '')?.[1];
        const titre = jeton ? await getTitreDeFlux(c.db, c.contrat.id, jeton, c.maintenant) : null;
        const u = titre ? await k.identifier(c.db, c.contrat.id, titre, c.maintenant) : null;
        if (!titre || !u) throw introuvable('Ce calendrier');
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const aujourdhui = jourDe(c.maintenant);
        // The same eyes as on the page: without work on the contract any more, only what is public is left.
        const vue = vueDeLecture(u, catalogue, aujourdhui);
        const seances = await reunions().duCalendrier(c.db, c.contrat.id, vue, { ...fenetre(aujourdhui), siens: vueDe(u, catalogue, aujourdhui) });
        const dues = await echeancesDe(c, u, catalogue, fenetre(aujourdhui));
        const siennes = vue ? await listDates(c.db, { contratId: c.contrat.id, u, ...fenetre(aujourdhui), siennes: true }) : [];
        const origine = origineDe(k);
        c.noterLecture(`/calendrier/flux/${titre.id}`, u);
        const flux = buildFlux({
          nom: `Concorde (${catalogue.contrat.sigle})`,
          maintenant: c.maintenant,
          seances: seances.map((s) => enFlux(s, origine)),
          echeances: [...dues.map((e) => duEnFlux(e, origine)), ...siennes.filter((d) => d.etat !== 'annule').map((d) => dateEnFlux(d, origine))],
        });
        return fichier(flux, {
          nom: 'concorde.ics',
          type: ICS,
          affiche: true,
        });
      },
      { parMinute: 30, secrete: true },
    ),
  ];

  async function pageAbonnement(c: Contexte, adresse: string | null) {
    if (!c.utilisateur) throw nonConnecte();
    return page({
      titre: 'S’abonner au calendrier',
      largeur: 'travail',
      section: 'calendrier',
      fil: FIL,
      corps: (
        <AbonnementPage
          flux={await listFlux(c.db, c.contrat.id, c.utilisateur.id, c.maintenant)}
          adresse={adresse}
          publique={`${origineDe(k)}/calendrier/public.ics`}
        />
      ),
    });
  }
}
