/** One fact, one alert: what is written twice is joined to the first, which alone counts. Who may was asked before. */
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { accorder, plusJours } from '../../echeances/index.ts';
import type { Chargee } from '../alertes.contexte.ts';
import { direPalier } from '../envois/lettres.rules.ts';
import { retirer } from '../envois/annonces.ts';
import { noterDeparts, reprendreEnvois } from '../envois/envois.queries.ts';
import { estPrevenu } from '../envois/etat.rules.ts';
import { type Outils, secteurDe } from '../envois/prevenir.ts';
import { listSuivis } from '../envois/suivis.ts';
import { DOUBLON, estPlusHaut, palierDe, SURVENUE } from '../reglement/reglement.ts';
import * as q from './alertes.queries.ts';
import { type Acte, agir, diffuser, ecritTrop, enComptant, noter, plusTard, type Qui, type Saisie } from './conduire.ts';
import { relever } from './palier.ts';
import { reprendrePoints } from './points.queries.ts';
import { duesAlertes } from './alertes.dus.ts';

/** How far apart the same fact is written by two houses. */
export const MEME_FAIT_MS = 2 * 3_600_000;
/** Longest text of a line of the history. */
const TEXTE_MAX = 600;

/** The words of a second alert, as lines of the first: nothing of them is lost. */
function enLignes(cat: Catalogue, s: Pick<Saisie, 'palier' | 'debut' | 'lieu' | 'faits'>): string[] {
  const tete = `Signalée aussi : ${direPalier(cat, s.palier)}, ${jourEtHeure(s.debut)}${s.lieu ? `, ${s.lieu}` : ''}.`;
  const entiere = s.faits ? `${tete} ${s.faits}` : tete;
  return entiere.length <= TEXTE_MAX ? [entiere] : [tete, s.faits];
}

/** At writing: « c’est la même ». Said graver, the first climbs to it. The caller holds the row of the first. */
export async function rejoindre(
  c: Acte,
  o: Outils,
  cat: Catalogue,
  premiere: q.Alerte,
  s: Saisie,
  qui: Qui & { id: string | null },
  conduit: boolean,
): Promise<void> {
  for (const texte of enLignes(cat, s)) await agir(c, premiere.id, texte, qui);
  await c.auditer('alerte.rejointe', `/alertes/${premiere.id}`, { palier: code(s.palier) });
  if (!estPlusHaut(o.reglement, s.palier, premiere.palier)) return;
  await relever(c, o, cat, premiere, s.palier, qui, { conduit, freinee: !conduit && (await ecritTrop(c, qui)), rouvre: true });
}

/**
 * Afterwards: `a` was the same as `vers`. Its words go there, its figures leave, what was joined to it follows; people of whom only `a` told go on there,
 * their answers and clocks kept. What is graver of the two is kept: the tier, how long an answer is feared, the lessons owed. The caller holds both rows.
 */
export async function joindre(c: Acte, o: Outils, cat: Catalogue, a: q.Alerte, vers: q.Alerte, qui: Qui): Promise<void> {
  const attendait = a.etat === 'a-valider';
  await enComptant(c, a, {
    etat: attendait ? 'ecartee' : 'close',
    issue: DOUBLON,
    doublonDe: vers.id,
    ...(attendait || a.leveeLe ? {} : { leveeLe: c.maintenant, leveePar: qui.nom }),
    closeLe: a.closeLe ?? c.maintenant,
    // What is still feared, and what is learnt, are of the first.
    represaillesJusqua: null,
    ...(a.retexLe ? {} : { retexDu: null }),
  });
  await q.reporterDoublons(c.db, c.contrat.id, a.id, vers.id);
  await noter(c, a.id, { acte: 'doublon', texte: `La même que celle du ${jourEtHeure(vers.ecriteLe)}.` }, qui);
  for (const texte of enLignes(cat, a)) await noter(c, vers.id, { acte: 'action', texte }, { nom: a.auteur, organisationId: a.auteurOrganisation });
  const savent = await reprendre(c, a, vers);
  await garderLePlusGrave(c, o, cat, a, vers, qui, savent);
  await c.auditer('alerte.doublon', `/alertes/${a.id}`, { vers: code(vers.id) });
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id, vers.id], c);
}

/** Whom only `a` told goes on with `vers`; what waits to leave for the others leaves no more. Returns who knows what `a` said. */
async function reprendre(c: Acte, a: q.Alerte, vers: q.Alerte): Promise<Set<string>> {
  const id = c.contrat.id;
  const tous = [...(await listSuivis(c.db, id, a.id)), ...(await listSuivis(c.db, id, a.id, 'points'))];
  await noterDeparts(
    c.db,
    id,
    tous.filter((e) => e.partiLe !== null),
  );
  const repris = new Set(a.diffuseeLe ? await reprendreEnvois(c.db, id, a.id, vers.id) : []);
  const restent = new Set([...(await listSuivis(c.db, id, a.id)), ...(await listSuivis(c.db, id, a.id, 'points'))].map((e) => e.id));
  await retirer(
    c,
    tous.filter((e) => e.partiLe === null && restent.has(e.id)),
  );
  return new Set([...repris, ...tous.filter((e) => e.genre === 'accuse' && estPrevenu(e)).map((e) => e.inscritId)]);
}

async function garderLePlusGrave(c: Acte, o: Outils, cat: Catalogue, a: q.Alerte, vers: q.Alerte, qui: Qui, savent: ReadonlySet<string>): Promise<void> {
  const { reglement: r } = o;
  const partie = a.diffuseeLe !== null;
  let la = vers;
  if (estPlusHaut(r, a.palier, vers.palier))
    la = await relever(c, o, cat, vers, a.palier, qui, { conduit: partie, rouvre: a.etat === 'diffusee', sauf: savent });
  // What had left for one has left for both.
  else if (vers.etat === 'a-valider' && partie) {
    await diffuser(c, o, cat, vers, { validation: 'garde', qui });
    la = { ...vers, etat: 'diffusee', diffuseeLe: c.maintenant };
  }
  await reprendrePoints(c.db, c.contrat.id, a.id, vers.id);
  const finie = la.etat === 'levee' || la.etat === 'close';
  const craint = a.represaillesJusqua && palierDe(r, la.palier).represailles ? plusTard(a.represaillesJusqua, la.represaillesJusqua) : la.represaillesJusqua;
  const { retex } = palierDe(r, la.palier);
  const dus = [la.retexDu, a.retexDu, ...(retex === undefined ? [] : [plusJours(jourDe(c.maintenant), retex)])].flatMap((j) => j ?? []).sort();
  await enComptant(c, la, {
    // What was said at the end is truer than what a tier supposes.
    survenue: la.survenue || (finie ? a.issue === SURVENUE : a.survenue),
    represaillesJusqua: craint,
    ...(la.etat === 'close' && craint && craint > c.maintenant ? { etat: 'levee', closeLe: null } : {}),
    ...(finie && !la.retexLe ? { retexDu: dus[0] ?? null } : {}),
    ...(a.retexLe && !la.retexLe ? { retex: a.retex, retexLe: a.retexLe, retexPar: a.retexPar } : {}),
  });
}

export interface Voisinage {
  /** Alerts of the same place written about the same time, which this one may repeat. */
  candidates: readonly q.Alerte[];
  /** The one that it repeats. */
  premiere: Pick<q.Alerte, 'id' | 'ecriteLe'> | null;
  /** Those that repeat it. */
  jointes: readonly Pick<q.Alerte, 'id' | 'ecriteLe' | 'auteurOrganisation'>[];
}
export async function voisinageDe(c: Contexte, x: Chargee): Promise<Voisinage> {
  const { alerte: a, cat } = x;
  const u = c.utilisateur;
  if (!u) return { candidates: [], premiere: null, jointes: [] };
  const qui = q.lisibles(u, cat);
  const ecart = (ms: number) => new Date(a.ecriteLe.getTime() + ms);
  const fenetre = { depuis: ecart(-MEME_FAIT_MS), jusqua: ecart(MEME_FAIT_MS), exercice: a.exercice };
  const cherche = x.conduit && a.doublonDe === null && a.etat !== 'ecartee';
  return {
    candidates: cherche
      ? (await q.listOuvertes(c.db, c.contrat.id, qui, { ...fenetre, territoires: cat.descendants(secteurDe(cat, a.territoireId)) })).filter(
          (o) => o.id !== a.id,
        )
      : [],
    premiere: a.doublonDe ? await q.getAlerteLisible(c.db, c.contrat.id, a.doublonDe, qui) : null,
    jointes: await q.listDoublons(c.db, c.contrat.id, qui, a.id),
  };
}
