/** Places that come back: opened from reports, closed with what was seen, tied to the decisions that they caused. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier, type Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { type Catalogue, choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { type DecisionDeListe, listDecisions } from '../../decisions/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Demande, listDemandes } from '../demandes/demandes.queries.ts';
import { lectureDe, peutLire, peutTraiter, pourLecteur } from '../demandes/demandes.policy.ts';
import type { Services } from '../demandes/ecrire.ts';
import { detecter, direTrouvailles } from '../texte/detecteur.rules.ts';
import { NouvelleRecurrencePage } from './pages/NouvelleRecurrencePage.tsx';
import { RecurrencePage } from './pages/RecurrencePage.tsx';
import { RecurrencesPage } from './pages/RecurrencesPage.tsx';
import { cheminDeRecurrence, clore, direLEffet, lier, MINIMUM, ouvrir } from './recurrences.ts';
import {
  getRecurrence,
  listDecisionsLiees,
  listDejaLiees,
  listEvenementsDeRecurrence,
  listIdsDeRecurrence,
  listRecurrences,
  listSuiveursDuLieu,
} from './recurrences.queries.ts';

const CHEMIN = '/signalements/recurrences';
const MAX = 60;
const PAR_PAGE = 100;
const FIL = [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }];
const FIL_DU_LIEU = [...FIL, { libelle: 'Lieux qui reviennent', href: CHEMIN }];
const lireIds = (v: string): string[] => [...new Set(v.split('.').filter((x) => /^[0-9a-f-]{36}$/.test(x)))].slice(0, MAX);
const cadre = { largeur: 'travail', section: 'recurrences' } as const;
const lecteur = (c: Contexte): Utilisateur => {
  if (!c.utilisateur) throw interdit();
  return c.utilisateur;
};

/** What keeps these reports from being followed as one place; empty when nothing does. */
function fautesDuChoix(circuits: Circuits, demandes: readonly Demande[], deja: readonly string[]): ErreurDeChamp[] {
  const genres = new Set(demandes.map((d) => `${d.circuit} ${d.categorie}`));
  const liees = demandes.filter((d) => deja.includes(d.id)).map((d) => `n° ${d.numero}`);
  const dire = (message: string): ErreurDeChamp => ({ champ: 'demandes', message });
  return [
    ...(demandes.length < MINIMUM ? [dire(`Choisissez au moins ${MINIMUM} demandes : moins ne dit pas qu’un lieu revient.`)] : []),
    ...(genres.size > 1 ? [dire('Ces demandes n’ont pas le même objet : revenez à la liste et choisissez celles d’un seul.')] : []),
    ...(new Set(demandes.map((d) => d.lecteurs === null)).size > 1 ? [dire('Certaines sont réservées à leurs services : elles se suivent à part.')] : []),
    ...(demandes.some((d) => circuits.get(d.circuit)?.lieu === 'aucun') ? [dire('Ce circuit ne dit aucun lieu : il n’y a rien à suivre.')] : []),
    ...(demandes.some((d) => circuits.get(d.circuit)?.lieu === 'aucun') ? [dire('Ce circuit ne dit aucun lieu : il n’y a rien à suivre.')] : []),
    ...(liees.length > 0 ? [dire(`Déjà d’un lieu suivi : ${liees.join(', ')}.`)] : []),
  ];
}

export const recurrencesRoutes = (s: Services, circuits: Circuits): Route[] => {
  /** All readable, the latest one handled by this person. */
  async function choisir(c: Contexte, ids: readonly string[], verrou: boolean) {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const demandes = (await listDemandes(c.db, c.contrat.id, ids, verrou)).reverse();
    const [meneuse] = demandes;
    if (!meneuse || demandes.some((d) => !peutLire(c.utilisateur, d, catalogue, catalogue.contient))) throw introuvable('Ces demandes');
    if (!peutTraiter(c.utilisateur, meneuse, catalogue, catalogue.contient))
      throw interdit(`La demande n° ${meneuse.numero} n’est pas confiée à votre service : lui seul, et la coordination, suivent ce lieu. Rien n’a été changé.`);
    return { catalogue, demandes, meneuse, erreurs: fautesDuChoix(circuits, demandes, await listDejaLiees(c.db, c.contrat.id, ids)) };
  }
  const nouvelle = (c: Contexte, x: { catalogue: Catalogue; demandes: readonly Demande[]; erreurs: readonly ErreurDeChamp[] }, statut = 200) => {
    const demandes = x.demandes.map((d) => pourLecteur(c.utilisateur, d, x.catalogue, x.catalogue.contient));
    return page({
      ...cadre,
      titre: 'Suivre un lieu qui revient',
      fil: FIL_DU_LIEU,
      statut,
      corps: <NouvelleRecurrencePage {...x} demandes={demandes} minimum={MINIMUM} />,
    });
  };

  async function charger(c: Contexte, verrou = false) {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const r = await getRecurrence(c.db, c.contrat.id, c.params.recurrenceId ?? '', verrou);
    if (!r || !peutLire(c.utilisateur, r, catalogue, catalogue.contient)) throw introuvable('Ce lieu suivi');
    return { catalogue, r, traite: peutTraiter(c.utilisateur, r, catalogue, catalogue.contient) };
  }
  type Chargee = Awaited<ReturnType<typeof charger>>;
  async function pourTraiter(c: Contexte): Promise<Chargee> {
    const o = await charger(c, true);
    if (!o.traite) throw interdit('Ce lieu est suivi par un autre service : lui seul, et la coordination, disent ce qu’il devient.');
    return o;
  }
  const lireDecisions = (c: Contexte, catalogue: Catalogue, filtre: { ids?: string[]; territoires?: readonly string[] }): Promise<DecisionDeListe[]> =>
    listDecisions(c.db, c.contrat.id, { u: lecteur(c), catalogue, aujourdhui: jourDe(c.maintenant) }, filtre, null, PAR_PAGE);

  async function rendre(c: Contexte, o: Chargee, erreurs: readonly ErreurDeChamp[] = [], champs: Readonly<Record<string, string>> = {}): Promise<Reponse> {
    const { r, catalogue } = o;
    const [ids, evenements, liees, suiveurs] = await lireEnsemble(c.db, [
      () => listIdsDeRecurrence(c.db, c.contrat.id, r.id),
      () => listEvenementsDeRecurrence(c.db, c.contrat.id, r.id),
      () => listDecisionsLiees(c.db, c.contrat.id, r.id),
      () => listSuiveursDuLieu(c.db, c.contrat.id, r.id),
    ]);
    const lieux = [...catalogue.ascendants(r.territoireId).map((t) => t.id), ...(catalogue.aire(r.territoireId) ?? [])];
    const [demandes, lues, choix] = [
      (await listDemandes(c.db, c.contrat.id, ids)).reverse(),
      liees.length > 0 ? await lireDecisions(c, catalogue, { ids: liees.map((x) => x.decisionId) }) : [],
      o.traite ? await lireDecisions(c, catalogue, { territoires: lieux }) : [],
    ];
    const parId = new Map(lues.map((d) => [d.id, d]));
    return page({
      ...cadre,
      titre: `Lieu suivi : ${r.titre}`,
      fil: FIL_DU_LIEU,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <RecurrencePage
          {...o}
          // The exact place is of who handles it.
          r={o.traite ? r : { ...r, adresse: '' }}
          circuit={circuits.get(r.circuit)}
          circuits={circuits}
          demandes={demandes}
          lisibles={demandes
            .filter((d) => peutLire(c.utilisateur, d, catalogue, catalogue.contient))
            .map((d) => pourLecteur(c.utilisateur, d, catalogue, catalogue.contient))}
          evenements={evenements}
          liees={liees.map((x) => ({ ...x, decision: parId.get(x.decisionId) ?? null }))}
          // What is closed to others is not said to residents, nor to whoever opens this page.
          choix={choix.filter((d) => d.citable && !liees.some((x) => x.decisionId === d.id))}
          suiveurs={suiveurs.length}
          erreurs={erreurs}
          champs={champs}
          fait={texte(c.requete.fait)}
        />
      ),
    });
  }
  /** What is written to residents: said, short enough, without anybody named. */
  function fautesDuMessage(champ: string, message: string): ErreurDeChamp[] {
    const personnes = detecter(message).filter((t) => t.genre !== 'insulte' && t.genre !== 'sante');
    if (message === '' || message.length > 2000) return [{ champ, message: 'Écrivez ce que les habitants liront, en 2 000 caractères au plus.' }];
    return personnes.length > 0 ? [{ champ, message: `Ce texte contient ${direTrouvailles(personnes)} : il est lu par tous ceux qui ont signalé.` }] : [];
  }

  return [
    /** 200 · 403 */
    get(
      CHEMIN,
      accesMetier,
      async (c) => {
        const u = lecteur(c);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const lieu = choisirLieu(u, texte(c.requete.territoire), catalogue);
        const dit = texte(c.requete.etat);
        const etat = dit === 'closes' || dit === 'toutes' ? dit : 'suivies';
        const lecture = lectureDe(u, catalogue);
        const lignes = await listRecurrences(c.db, c.contrat.id, { lecture, territoires: lieu.territoires, etat }, PAR_PAGE + 1);
        return page({
          ...cadre,
          titre: 'Lieux qui reviennent',
          fil: FIL,
          corps: (
            <RecurrencesPage
              catalogue={catalogue}
              circuits={circuits}
              lignes={lignes.slice(0, PAR_PAGE).map((r) => (peutTraiter(u, r, catalogue, catalogue.contient) ? r : { ...r, adresse: '' }))}
              enPlus={lignes.length > PAR_PAGE}
              etat={etat}
              lieu={lieu}
            />
          ),
        });
      },
      { sensible: true },
    ),
    /** 200 `?demandes=<id>.<id>…` · 403 the latest is not theirs · 404 one cannot be read · 422 they are not one place */
    get(`${CHEMIN}/nouvelle`, accesMetier, async (c) => {
      const x = await choisir(c, lireIds(texte(c.requete.demandes)), false);
      return nouvelle(c, x, x.erreurs.length > 0 ? 422 : 200);
    }),
    /** 303 to the place · 422 · 403 · 404 */
    post(
      `${CHEMIN}/nouvelle`,
      accesMetier,
      async (c) => {
        const x = await choisir(c, lireIds(texte(c.corps.demandes)), true);
        if (x.erreurs.length > 0) return nouvelle(c, x, 422);
        const id = await ouvrir(c, x.demandes, x.meneuse);
        await c.auditer('recurrence.ouverte', cheminDeRecurrence(id), { demandes: x.demandes.length });
        return redirige(cheminDeRecurrence(id));
      },
      { creation: true },
    ),
    /** 200 · 404 unknown, or reserved to others */
    get(`${CHEMIN}/:recurrenceId`, accesMetier, async (c) => rendre(c, await charger(c)), { sensible: true }),
    /** 303 · 422 nothing said, or somebody named · 403 · 404 · 409 closed already */
    post(`${CHEMIN}/:recurrenceId/clore`, accesMetier, async (c) => {
      const o = await pourTraiter(c);
      const circuit = circuits.get(o.r.circuit);
      if (o.r.closeLe || !circuit) throw conflit('Ce lieu n’est plus suivi : il a été clos, ou son circuit n’est plus au contrat.');
      const message = texte(c.corps.message);
      const erreurs = fautesDuMessage('message', message);
      if (erreurs.length > 0) return rendre(c, o, erreurs, { message });
      const avertis = await clore(c, s, circuit, o.r, message);
      await c.auditer('recurrence.close', cheminDeRecurrence(o.r.id), { avertis });
      return redirige(`${cheminDeRecurrence(o.r.id)}?fait=close`);
    }),
    /** 303 · 422 none chosen, or closed to others · 403 · 404 · 409 linked already */
    post(`${CHEMIN}/:recurrenceId/decision`, accesMetier, async (c) => {
      const o = await pourTraiter(c);
      const id = texte(c.corps.decision);
      const [d] = /^[0-9a-f-]{36}$/.test(id) ? await lireDecisions(c, o.catalogue, { ids: [id] }) : [];
      if (!d?.citable) return rendre(c, o, [{ champ: 'decision', message: 'Choisissez une décision que tous les partenaires peuvent lire.' }]);
      if (!(await lier(c, o.r, d.id))) throw conflit('Cette décision est déjà liée à ce lieu.');
      await c.auditer('recurrence.decision', cheminDeRecurrence(o.r.id), { decision: code(d.id) });
      return redirige(`${cheminDeRecurrence(o.r.id)}?fait=decision`);
    }),
    /** 303 · 422 nothing said, or somebody named · 403 · 404 not linked · 409 told already, or the decision is still open */
    post(`${CHEMIN}/:recurrenceId/effet`, accesMetier, async (c) => {
      const o = await pourTraiter(c);
      const [id, effet] = [texte(c.corps.decision), texte(c.corps.effet)];
      const liee = (await listDecisionsLiees(c.db, c.contrat.id, o.r.id)).find((x) => x.decisionId === id);
      const [d] = liee ? await lireDecisions(c, o.catalogue, { ids: [id] }) : [];
      if (!liee || !d) throw introuvable('Cette décision liée');
      if (d.closeLe === null) throw conflit('Cette décision est encore en cours : son effet se dit quand elle est faite ou abandonnée.');
      const erreurs = fautesDuMessage(`effet-${id}`, effet);
      if (erreurs.length > 0) return rendre(c, o, erreurs, { [`effet-${id}`]: effet });
      const avertis = await direLEffet(c, s, circuits, o.r, id, effet);
      if (avertis === null) throw conflit('L’effet de cette décision a déjà été dit.');
      await c.auditer('recurrence.effet', cheminDeRecurrence(o.r.id), { decision: code(id), avertis });
      return redirige(`${cheminDeRecurrence(o.r.id)}?fait=effet`);
    }),
  ];
};
