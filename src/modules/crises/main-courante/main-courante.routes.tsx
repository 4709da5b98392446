/** The main courante as it is written and followed: the room, one entry, what a device kept while it was alone, what changed, live events. */
import { renderToStaticMarkup } from 'react-dom/server';
import { openEnsemble } from '../../../core/direct/together.ts';
import { conflit, ErreurConcorde, type ErreurDeChamp, indisponible } from '../../../core/errors.ts';
import { type Contexte, exiger, flux, get, json, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { CONFIRME, estConfirme, marqueDe } from '../../../ui/Confirmer.tsx';
import { listTenus, type MessageTenu } from '../../alertes/index.ts';
import { type Chargee, chargerCrise, chargerPourEcrire, salleDe } from '../crises.contexte.ts';
import { accesCrises } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import { Commande } from '../pages/CriseTete.tsx';
import { Entrees } from '../pages/Entrees.tsx';
import { CoquillePage, Dues, SallePage } from '../pages/SallePage.tsx';
import { FIL, titreDe, travail } from '../salle/cadre.ts';
import { ecrire, entreeDe } from './ecrire.ts';
import { type Gardee, lireGardee, lotSchema, saisieSchema } from './entree.schema.ts';
import { getTete, listEntrees, type NouvelleEntree } from './main-courante.queries.ts';
import { listObligations } from './obligations.queries.ts';
import { preparer } from './preparer.rules.ts';

const ensemble = openEnsemble();
const PAR_PAGE = 100;
/** More at once than that: the page reads itself again. */
const RATTRAPE_MAX = 200;

/** Those in force come first: there are never so many. */
const MESSAGES_LUS = 50;
/** In force, where the room is or all around it; of an exercise in a room of an exercise, and there alone. */
const estDIci = (m: MessageTenu, { crise, cat }: Chargee): boolean =>
  m.finiLe === null && m.exercice === crise.exercice && (cat.contient(m.porteeId, crise.territoireId) || cat.contient(crise.territoireId, m.porteeId));

async function ecran(
  c: Contexte,
  k: Chargee,
  o: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[] } = {},
): Promise<Reponse> {
  const avant = Number(/^\d{1,9}$/.exec(texte(c.requete.avant))?.[0] ?? 0) || undefined;
  const lues = await listEntrees(c.db, c.contrat.id, k.crise.id, { nombre: PAR_PAGE + 1, ...(avant ? { avant } : {}) });
  const tete = await getTete(c.db, c.contrat.id, k.crise.id);
  const tenus = await listTenus(c.db, c.contrat.id, MESSAGES_LUS);
  const etonnements = o.etonnements ?? [];
  return page({
    ...travail,
    titre: titreDe(k.crise),
    fil: FIL,
    statut: (o.erreurs ?? []).length + etonnements.length > 0 ? 422 : 200,
    scripts: ['main-courante.js'],
    corps: (
      <SallePage
        k={k}
        entrees={lues.slice(0, PAR_PAGE)}
        suite={lues.length > PAR_PAGE}
        {...(await listObligations(c.db, c.contrat.id, k.crise.id))}
        messages={tenus.filter((m) => estDIci(m, k))}
        derniere={tete?.numero ?? 0}
        moi={{ id: c.utilisateur?.id ?? '' }}
        maintenant={c.maintenant}
        champs={o.champs ?? {}}
        erreurs={o.erreurs ?? []}
        etonnements={etonnements}
      />
    ),
  });
}

type Sort = { cle: string; numero: number } | { cle: string; message: string } | { cle: string; demande: string; confirme: string };
const ARCHIVEE = 'Cette crise est archivée : sa main courante ne s’écrit plus. Copiez ce texte et remettez-le à qui conduit la suite.';

const avec = (k: Chargee) => ({ ouverteLe: k.crise.ouverteLe, sigles: k.cat.sigles });
/** What each entry that a device kept becomes: ready, refused with the reason, or to be confirmed. */
function trier(c: Contexte, k: Chargee, brutes: readonly unknown[], o: { ecartMs: number; derniere: number }) {
  const pretes: NouvelleEntree[] = [];
  const autres: Sort[] = [];
  const vues = new Set<string>();
  for (const brute of brutes) {
    const lue = lireGardee(brute);
    if (!lue.ok) {
      autres.push({ cle: lue.cle, message: lue.message });
      continue;
    }
    const g: Gardee = lue.valeur;
    if (vues.has(g.cle)) continue;
    vues.add(g.cle);
    const saisiLe = new Date(g.quand);
    const lu = preparer(g, k.cadre, { ...avec(k), reference: saisiLe, derniere: o.derniere });
    if (!lu.ok) {
      autres.push({ cle: g.cle, message: lu.erreurs.map((e) => e.message).join(' ') });
      continue;
    }
    const { dite, etonnements, confirme } = lu.valeur;
    if (!estConfirme(etonnements, g.confirme)) {
      autres.push({ cle: g.cle, demande: etonnements.map((d) => d.message).join(' '), confirme: marqueDe(etonnements) });
      continue;
    }
    pretes.push(entreeDe(c, dite, { cle: g.cle, poste: g.poste, ordre: g.ordre, saisiLe, ecartMs: o.ecartMs, confirme }));
  }
  return { pretes: pretes.sort((a, b) => a.ordre - b.ordre), autres };
}

const lisible = (c: Contexte, o: Outils): Promise<boolean> =>
  chargerCrise(c, o.cadre).then(
    () => true,
    (e) => {
      if (e instanceof ErreurConcorde) return false;
      throw e;
    },
  );

export const buildMainCouranteRoutes = (o: Outils): Route[] => [
  /** 200 the room and its last entries; 403 not of the room; 404. */
  get('/crises/:crise', accesCrises, async (c) => ecran(c, await chargerCrise(c, o.cadre)), { sensible: true }),
  /** 200 the form alone, kept by the device of who writes here so that it opens without network; 403; 404; 409 once closed. */
  get('/crises/:crise/hors-ligne', accesCrises, async (c) => {
    const k = await chargerPourEcrire(c, o.cadre);
    if (k.crise.etat !== 'ouverte') throw conflit('Cette salle est close : sa main courante ne s’écrit plus.');
    return page({
      ...travail,
      titre: 'Main courante, sans réseau',
      fil: FIL,
      scripts: ['main-courante.js'],
      corps: <CoquillePage k={k} compte={c.utilisateur?.id ?? ''} />,
    });
  }),
  /** 303 written, with its number in the address; 422 with what was typed, to be mended or confirmed; 403; 404. */
  post(
    '/crises/:crise/entrees',
    accesCrises,
    async (c) => {
      const k = await chargerPourEcrire(c, o.cadre);
      const champs = champsDe(c);
      if (k.crise.etat !== 'ouverte')
        return ecran(c, k, {
          champs,
          erreurs: [{ champ: 'texte', message: `La salle vient d’être close : rien n’est écrit. Votre texte : ${champs.texte ?? ''}` }],
        });
      const lue = lire(saisieSchema, c.corps);
      if (!lue.ok) return ecran(c, k, { champs, erreurs: lue.erreurs });
      const derniere = (await getTete(c.db, c.contrat.id, k.crise.id))?.numero ?? 0;
      const lu = preparer(lue.valeur, k.cadre, { ...avec(k), reference: c.maintenant, derniere });
      if (!lu.ok) return ecran(c, k, { champs, erreurs: lu.erreurs });
      const { dite, etonnements, confirme } = lu.valeur;
      if (!estConfirme(etonnements, c.corps[CONFIRME])) return ecran(c, k, { champs, etonnements });
      const [ecrite] = await ecrire(c, k.crise.id, [entreeDe(c, dite, { confirme })]);
      return redirige(`/crises/${k.crise.id}#e-${ecrite?.numero ?? ''}`);
    },
    { creation: true, sansEffetPublic: true },
  ),
  /**
   * What a device kept: each entry has its own fate, and one that is there already keeps its number. JSON: `faites` (key, number), `autres` (key
   * and why, or what to confirm), `ecart` of its clock. 403; 404; 422 unreadable.
   */
  post(
    '/crises/:crise/lot',
    accesCrises,
    async (c) => {
      const k = await chargerPourEcrire(c, o.cadre);
      const lot = exiger(lotSchema, c.corps);
      const ecartMs = lot.envoye - c.maintenant.getTime();
      const derniere = (await getTete(c.db, c.contrat.id, k.crise.id))?.numero ?? 0;
      const { pretes, autres } = trier(c, k, lot.entrees, { ecartMs, derniere });
      if (k.crise.etat === 'archivee') return json({ faites: [], autres: pretes.map((p) => ({ cle: p.cle, message: ARCHIVEE })), ecart: ecartMs });
      const ecrites = pretes.length > 0 ? await ecrire(c, k.crise.id, pretes) : [];
      return json({ faites: ecrites.map((e) => ({ cle: e.cle, numero: Number(e.numero) })), autres, ecart: ecartMs });
    },
    { sansEffetPublic: true },
  ),
  /** JSON for the island: entries after `apres` and those they point to, what is due, who commands; `recharger` when there are too many. */
  get(
    '/crises/:crise/etat',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      const apres = Number(/^\d{1,9}$/.exec(texte(c.requete.apres))?.[0] ?? 0);
      // What it shows hangs on the crisis alone: many screens that hear the same event are given one reading.
      const lu = await ensemble(`${c.contrat.id} ${k.crise.id} ${apres}`, async () => {
        const derniere = (await getTete(c.db, c.contrat.id, k.crise.id))?.numero ?? 0;
        const trop = derniere - apres > RATTRAPE_MAX;
        const entrees = trop || derniere <= apres ? [] : await listEntrees(c.db, c.contrat.id, k.crise.id, { apres });
        const obligations = await listObligations(c.db, c.contrat.id, k.crise.id);
        return {
          derniere,
          recharger: trop,
          entrees: entrees.length === 0 ? '' : renderToStaticMarkup(<Entrees k={k} entrees={entrees} jour={c.maintenant} />),
          dues: renderToStaticMarkup(<Dues k={k} {...obligations} maintenant={c.maintenant} />),
        };
      });
      const { dues, ...suite } = lu;
      return json({
        ...suite,
        etat: k.crise.etat,
        heure: c.maintenant.getTime(),
        blocs: [
          { id: 'b-commande', html: renderToStaticMarkup(<Commande k={k} />) },
          { id: 'b-dues', html: dues },
        ],
        presents: o.direct?.presents(salleDe(c.contrat.id, k.crise.id)) ?? [],
      });
    },
    { sensible: 'minute' },
  ),
  /** Server-sent events; 503 where nothing is told live. Closed when the right is lost. */
  get(
    '/crises/:crise/direct',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      if (!o.direct) throw indisponible('Le direct n’est pas ouvert sur ce serveur. La page se met à jour de temps en temps.');
      const { id = '', nom = '' } = c.utilisateur ?? {};
      return flux(o.direct.ouvrirFlux(salleDe(c.contrat.id, k.crise.id), { id, nom }), (u) => lisible({ ...c, utilisateur: u, maintenant: new Date() }, o));
    },
    { sensible: true },
  ),
];
