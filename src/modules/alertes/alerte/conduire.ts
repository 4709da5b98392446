/** What is done with an alert: each act holds its row, is a line of its history, and is told to every open page. Who may was asked before. */
import { abreger } from '../../../core/couper.ts';
import { code as enCode } from '../../../core/trace/details.ts';
import { emettre } from '../../../core/direct/direct.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Auditer } from '../../../core/trace/audit.ts';
import { enumerer, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { accorder, grouper, plusJours } from '../../echeances/index.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { annoncerLaFin, retirer } from '../envois/annonces.ts';
import { type Envoi, listEnvois, repondre, rouvrirLaCharge } from '../envois/envois.queries.ts';
import { direPlace } from '../envois/lettres.rules.ts';
import { type Outils, type Ou, prevenirLesListes, type Prevenus } from '../envois/prevenir.ts';
import { chargerLaProcedure } from '../envois/procedure.ts';
import { libelleDeFonction, palierDe, SURVENUE } from '../reglement/reglement.ts';
import * as q from './alertes.queries.ts';
import { duesAlertes } from './alertes.dus.ts';
import { cocherPoint, rouvrirPoint } from './points.queries.ts';

export interface Qui {
  nom: string;
  organisationId: string | null;
}
export type Acte = Ou & { auditer: Auditer };
export const salleDe = (contratId: number, alerteId: string): string => `alerte:${contratId}:${alerteId}`;
const chemin = (id: string): string => `/alertes/${id}`;

interface Fait {
  acte: string;
  texte?: string;
}
/** Lines of its history, and a word to every open page. A hole is counted with its line: the line goes one day, not the count. */
export async function noterTous(c: Ou, id: string, faits: readonly Fait[], qui: Qui | null): Promise<void> {
  if (faits.length === 0) return;
  const par = { quand: c.maintenant, auteur: qui?.nom ?? '', organisationId: qui?.organisationId ?? null };
  await q.addEvenements(
    c.db,
    c.contrat.id,
    id,
    faits.map((f) => ({ ...f, texte: abreger(f.texte ?? '', q.TEXTE_MAX), ...par })),
  );
  const trous = faits.filter((f) => f.acte === 'trou').length;
  if (trous > 0) await q.compterTrous(c.db, c.contrat.id, id, trous);
  await emettre(c.db, salleDe(c.contrat.id, id), { genre: faits.at(-1)?.acte ?? '' });
}
export const noter = (c: Ou, id: string, e: Fait, qui: Qui | null): Promise<void> => noterTous(c, id, [e], qui);

/** What counts is moved with what is written. Exercises count nowhere. */
export async function enComptant(c: Ou, a: Pick<q.Alerte, 'id' | 'exercice' | 'diffuseeLe'>, v: Parameters<typeof q.updateAlerte>[3]): Promise<void> {
  const compte = (etait: boolean, signe: 1 | -1) => (etait && !a.exercice ? appliquerFaits(c.db, c.contrat.id, 'alertes', { ids: [a.id] }, signe) : null);
  await compte(a.diffuseeLe !== null, -1);
  await q.updateAlerte(c.db, c.contrat.id, a.id, v);
  await compte((v.diffuseeLe ?? a.diffuseeLe) !== null, 1);
}

export type Saisie = Pick<q.NouvelleAlerte, 'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'fin' | 'faits' | 'exercice'>;
/** Of one account: more than that in so little time waits for somebody, whatever the tier; nobody writes so many by hand. */
export const FREIN = { alertes: 3, minutes: 10, validation: 5 };
export async function ecritTrop(c: Ou, auteur: { id: string | null }): Promise<boolean> {
  const depuis = new Date(c.maintenant.getTime() - FREIN.minutes * 60_000);
  return auteur.id !== null && (await q.countEcrites(c.db, c.contrat.id, auteur.id, depuis)) >= FREIN.alertes;
}
/** Written: asks whoever is on duty, or leaves at once where the tier waits for nobody, where its author validates, or where nobody is on duty. */
export async function ecrire(c: Acte, o: Outils, cat: Catalogue, s: Saisie, auteur: Qui & { id: string | null }, valide: boolean): Promise<q.Alerte> {
  const palier = palierDe(o.reglement, s.palier);
  const freinee = !valide && (await ecritTrop(c, auteur));
  const directe = valide || (palier.validation === 0 && !freinee);
  const a = await q.createAlerte(c.db, c.contrat.id, {
    ...s,
    survenue: palier.survenue,
    auteur: auteur.nom,
    auteurId: auteur.id,
    auteurOrganisation: auteur.organisationId ?? '',
    ecriteLe: c.maintenant,
    validerAvant: directe ? null : new Date(c.maintenant.getTime() + (palier.validation || FREIN.validation) * 60_000),
  });
  const frein = `Plus de ${FREIN.alertes} alertes en ${FREIN.minutes} minutes par la même personne : celle-ci attend une validation.`;
  await noter(c, a.id, { acte: 'ecrite', ...(freinee ? { texte: frein } : {}) }, auteur);
  await c.auditer('alerte.ecrite', chemin(a.id), { palier: enCode(s.palier), exercice: s.exercice });
  if (directe) {
    await diffuser(c, o, cat, a, { validation: 'directe', qui: valide ? auteur : null });
    return a;
  }
  const { nombre } = await prevenirLesListes(c, o, cat, a, 'validation');
  if (nombre > 0) return a;
  await noter(c, a.id, { acte: 'trou', texte: 'Personne n’est d’astreinte pour valider : l’alerte part sans attendre.' }, null);
  await diffuser(c, o, cat, a, { validation: 'delai', qui: null });
  return a;
}

/** The caller holds its row, and saw that it waits. */
export async function diffuser(
  c: Acte,
  o: Outils,
  cat: Catalogue,
  a: q.Alerte,
  par: { validation: 'garde' | 'delai' | 'directe'; qui: Qui | null },
): Promise<Prevenus> {
  const v = { etat: 'diffusee' as const, diffuseeLe: c.maintenant, validation: par.validation, valideePar: par.qui?.nom ?? '' };
  await enComptant(c, a, v);
  // Nobody is asked to validate any more.
  await retirer(
    c,
    (await listEnvois(c.db, c.contrat.id, a.id)).filter((e) => e.genre === 'validation' && e.reponse === null),
  );
  const dite = await prevenirLesListes(c, o, cat, { ...a, ...v }, 'accuse');
  const combien = dite.nombre === 0 ? 'Personne à prévenir sur les listes.' : direEnvoi(dite);
  await noter(c, a.id, { acte: par.validation === 'delai' ? 'partie-seule' : 'diffusee', texte: combien }, par.qui);
  await q.compterTrous(c.db, c.contrat.id, a.id, 0);
  await direLesTrous(c, o, cat, a.id, dite);
  await noterTous(c, a.id, await chargerLaProcedure(c, o, cat, { ...a, ...v }), null);
  await c.auditer('alerte.diffusee', chemin(a.id), { validation: par.validation, destinataires: dite.nombre });
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
  return dite;
}

/** Written to, not told yet: their rows say what became of each message. */
export const direEnvoi = (p: Prevenus): string => `Envoi à ${pluriel(p.nouveaux, 'personne', 'personnes')}.`;
export async function direLesTrous(c: Ou, o: Outils, cat: Catalogue, id: string, p: Prevenus): Promise<void> {
  const trous = [...grouper(p.sansPersonne, (x) => x.territoire)].map(([place, la]) => ({
    acte: 'trou',
    texte: `${direPlace(cat, o.reglement, place)}, personne à prévenir : ${enumerer(la.map((x) => libelleDeFonction(o.reglement, x.fonction)))}.`,
  }));
  await noterTous(c, id, trous, null);
}

export async function ecarter(c: Acte, o: Outils, cat: Catalogue, a: q.Alerte, motif: string, qui: Qui): Promise<void> {
  const v = { etat: 'ecartee' as const, ecarteeMotif: motif, valideePar: qui.nom, closeLe: c.maintenant };
  await q.updateAlerte(c.db, c.contrat.id, a.id, v);
  await noter(c, a.id, { acte: 'ecartee', texte: motif }, qui);
  await annoncerLaFin(c, o, cat, { ...a, ...v });
  await c.auditer('alerte.ecartee', chemin(a.id));
}

export const REPONSES = { vu: 'Vu', vais: 'J’y vais', rien: 'Rien chez moi' } as const;
export type ReponseDAccuse = keyof typeof REPONSES;
/** One answer of one person is of every list that they are on. */
export async function accuser(c: Acte, o: Outils, lignes: readonly Envoi[], reponse: ReponseDAccuse): Promise<void> {
  const [e] = lignes;
  if (!e) return;
  await repondre(
    c.db,
    c.contrat.id,
    lignes.map((x) => x.id),
    reponse,
    c.maintenant,
  );
  const fonctions = [...new Set(lignes.map((x) => libelleDeFonction(o.reglement, x.fonction)))].sort();
  await noter(c, e.alerteId, { acte: 'accusee', texte: `${REPONSES[reponse]} (${fonctions.join(', ')})` }, { nom: e.nom, organisationId: e.organisationId });
  await c.auditer('alerte.accusee', chemin(e.alerteId), { reponse, fonction: enCode(e.fonction) });
}

export async function agir(c: Acte, id: string, texte: string, qui: Qui): Promise<void> {
  await noter(c, id, { acte: 'action', texte }, qui);
  await c.auditer('alerte.action', chemin(id));
}

/** True when this point was still to do. */
export async function cocher(c: Acte, id: string, code: string, note: string, qui: Qui): Promise<boolean> {
  const point = await cocherPoint(c.db, c.contrat.id, id, code, { quand: c.maintenant, par: qui.nom, note });
  if (!point) return false;
  await noter(c, id, { acte: 'point', texte: [point.libelle, note].filter(Boolean).join(' : ') }, qui);
  await c.auditer('alerte.point', chemin(id), { code: enCode(code) });
  return true;
}

/** True when this point was done. */
export async function rouvrir(c: Acte, id: string, code: string, qui: Qui): Promise<boolean> {
  const point = await rouvrirPoint(c.db, c.contrat.id, id, code);
  if (!point) return false;
  await rouvrirLaCharge(c.db, c.contrat.id, id, code);
  await noter(c, id, { acte: 'point', texte: `Dit fait par erreur : ${point.libelle}` }, qui);
  await c.auditer('alerte.point', chemin(id), { code: enCode(code), fait: false });
  return true;
}

export const plusTard = (x: Date, y: Date | null): Date => (y && y > x ? y : x);
/** The all-clear: what came of it, and until when an answer is feared; told to those who had been told. Over at once where none is feared. */
export async function lever(c: Acte, o: Outils, cat: Catalogue, a: q.Alerte, v: { issue: string; heures: number }, qui: Qui): Promise<void> {
  const palier = palierDe(o.reglement, a.palier);
  const dite = new Date(c.maintenant.getTime() + v.heures * 3_600_000);
  // One that was feared until later, by an alert that was joined to it or before it was opened again, is feared still.
  const jusqua = palier.represailles ? plusTard(dite, a.represaillesJusqua) : null;
  const change = {
    etat: jusqua ? ('levee' as const) : ('close' as const),
    leveeLe: c.maintenant,
    leveePar: qui.nom,
    issue: v.issue,
    // What is said at the end is truer than what the tier supposed.
    survenue: v.issue === SURVENUE,
    represaillesJusqua: jusqua,
    closeLe: jusqua ? null : c.maintenant,
    // Lessons are drawn once it is over.
    retexDu: palier.retex === undefined ? null : plusJours(jourDe(c.maintenant), palier.retex),
  };
  await enComptant(c, a, change);
  const dits = await annoncerLaFin(c, o, cat, { ...a, ...change });
  await noter(c, a.id, { acte: 'levee', ...(dits > 0 ? { texte: `Levée écrite à ${pluriel(dits, 'personne', 'personnes')}.` } : {}) }, qui);
  await c.auditer('alerte.levee', chemin(a.id), { issue: enCode(v.issue) });
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
}

export async function changerLaFenetre(c: Acte, a: q.Alerte, heures: number, qui: Qui): Promise<void> {
  const base = a.leveeLe ?? c.maintenant;
  await q.updateAlerte(c.db, c.contrat.id, a.id, { represaillesJusqua: new Date(base.getTime() + heures * 3_600_000) });
  await noter(c, a.id, { acte: 'fenetre', texte: `${heures} heures après la levée` }, qui);
  await c.auditer('alerte.fenetre', chemin(a.id), { heures });
}

export async function clore(c: Ou, id: string): Promise<void> {
  await q.updateAlerte(c.db, c.contrat.id, id, { etat: 'close', closeLe: c.maintenant });
  await noter(c, id, { acte: 'close' }, null);
}

export async function ecrireRetex(c: Acte, a: q.Alerte, retex: string, qui: Qui): Promise<void> {
  await q.updateAlerte(c.db, c.contrat.id, a.id, { retex, retexLe: a.retexLe ?? c.maintenant, retexPar: qui.nom });
  await noter(c, a.id, { acte: 'retex' }, qui);
  await c.auditer('alerte.retex', chemin(a.id));
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
}

/** It should not have left: those who were told learn it, and it counts nowhere. */
export async function direErreur(c: Acte, o: Outils, cat: Catalogue, a: q.Alerte, motif: string, qui: Qui): Promise<void> {
  const v = {
    etat: 'close' as const,
    erreurLe: c.maintenant,
    erreurMotif: motif,
    leveeLe: a.leveeLe ?? c.maintenant,
    leveePar: a.leveePar || qui.nom,
    closeLe: a.closeLe ?? c.maintenant,
    represaillesJusqua: null,
    ...(a.retexLe ? {} : { retexDu: null }),
  };
  await enComptant(c, a, v);
  await annoncerLaFin(c, o, cat, { ...a, ...v });
  await noter(c, a.id, { acte: 'erreur', texte: motif }, qui);
  await c.auditer('alerte.erreur', chemin(a.id));
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
}

/** Somebody is silent, or cannot be reached: who comes next was asked, or nobody is left. */
export const noterRelais = (c: Ou, id: string, faits: readonly { acte: 'relais' | 'trou'; texte: string }[]): Promise<void> => noterTous(c, id, faits, null);
/** Messages left: open pages read it. */
export const direLesDeparts = (c: Ou, id: string): Promise<void> => emettre(c.db, salleDe(c.contrat.id, id), { genre: 'depart' });
