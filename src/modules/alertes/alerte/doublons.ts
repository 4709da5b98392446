/** One fact, one alert: what is written twice is joined to the first, which alone counts. Who may was asked before. */
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { accorder } from '../../echeances/index.ts';
import type { Chargee } from '../alertes.contexte.ts';
import { direPalier } from '../envois/lettres.rules.ts';
import { retirer, secteurDe } from '../envois/prevenir.ts';
import { listSuivis } from '../envois/suivis.ts';
import { DOUBLON } from '../reglement/reglement.ts';
import * as q from './alertes.queries.ts';
import { type Acte, agir, enComptant, noter, type Qui, type Saisie } from './conduire.ts';
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

/** At writing: « c’est la même ». The caller holds the row of the first. */
export async function rejoindre(c: Acte, cat: Catalogue, premiere: q.Alerte, s: Saisie, qui: Qui): Promise<void> {
  for (const texte of enLignes(cat, s)) await agir(c, premiere.id, texte, qui);
  await c.auditer('alerte.rejointe', `/alertes/${premiere.id}`, { palier: code(s.palier) });
}

/** Afterwards: `a` was the same as `vers`. Its words go there, its figures leave; what was joined to it follows. The caller holds both rows. */
export async function joindre(c: Acte, cat: Catalogue, a: q.Alerte, vers: q.Alerte, qui: Qui): Promise<void> {
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
  // What waited to leave for it leaves no more: the first has its own.
  await retirer(
    c,
    a,
    (await listSuivis(c.db, c.contrat.id, a.id)).filter((e) => e.partiLe === null),
  );
  await q.reporterDoublons(c.db, c.contrat.id, a.id, vers.id);
  await noter(c, a.id, { acte: 'doublon', texte: `La même que celle du ${jourEtHeure(vers.ecriteLe)}.` }, qui);
  for (const texte of enLignes(cat, a)) await noter(c, vers.id, { acte: 'action', texte }, { nom: a.auteur, organisationId: a.auteurOrganisation });
  await c.auditer('alerte.doublon', `/alertes/${a.id}`, { vers: code(vers.id) });
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
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
