/** What is done with an alert: each act holds its row, is a line of its history, and is told to every open page. Who may was asked before. */
import { emettre } from '../../../core/direct/direct.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Auditer } from '../../../core/trace/audit.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { accorder, plusJours } from '../../echeances/index.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { type Envoi, repondre } from '../envois/envois.queries.ts';
import { type Outils, type Ou, prevenirLesListes, type Prevenus } from '../envois/prevenir.ts';
import { libelleDeFonction, palierDe, SURVENUE } from '../reglement/reglement.ts';
import * as q from './alertes.queries.ts';
import { duesRetex } from './retex.dus.ts';

export interface Qui {
  nom: string;
  organisationId: string | null;
}
export type Acte = Ou & { auditer: Auditer };
export const salleDe = (contratId: number, alerteId: string): string => `alerte:${contratId}:${alerteId}`;
const chemin = (id: string): string => `/alertes/${id}`;

/** A line of its history, and a word to every open page. */
export async function noter(c: Ou, id: string, e: { acte: string; texte?: string }, qui: Qui | null): Promise<void> {
  await q.addEvenement(c.db, c.contrat.id, id, { ...e, quand: c.maintenant, auteur: qui?.nom ?? '', organisationId: qui?.organisationId ?? null });
  await emettre(c.db, salleDe(c.contrat.id, id), { genre: e.acte });
}

/** What counts is moved with what is written. Exercises count nowhere. */
export async function enComptant(c: Ou, a: Pick<q.Alerte, 'id' | 'exercice' | 'diffuseeLe'>, v: Parameters<typeof q.updateAlerte>[3]): Promise<void> {
  const compte = (etait: boolean, signe: 1 | -1) => (etait && !a.exercice ? appliquerFaits(c.db, c.contrat.id, 'alertes', { ids: [a.id] }, signe) : null);
  await compte(a.diffuseeLe !== null, -1);
  await q.updateAlerte(c.db, c.contrat.id, a.id, v);
  await compte((v.diffuseeLe ?? a.diffuseeLe) !== null, 1);
}

export type Saisie = Pick<q.NouvelleAlerte, 'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'fin' | 'faits' | 'exercice'>;
/** Written: asks whoever is on duty, or leaves at once where the tier waits for nobody, where its author validates, or where nobody is on duty. */
export async function ecrire(c: Acte, o: Outils, cat: Catalogue, s: Saisie, auteur: Qui & { id: string | null }, valide: boolean): Promise<q.Alerte> {
  const palier = palierDe(o.reglement, s.palier);
  const directe = valide || palier.validation === 0;
  const a = await q.createAlerte(c.db, c.contrat.id, {
    ...s,
    survenue: palier.survenue,
    auteur: auteur.nom,
    auteurId: auteur.id,
    auteurOrganisation: auteur.organisationId ?? '',
    ecriteLe: c.maintenant,
    validerAvant: directe ? null : new Date(c.maintenant.getTime() + palier.validation * 60_000),
  });
  await noter(c, a.id, { acte: 'ecrite' }, auteur);
  await c.auditer('alerte.ecrite', chemin(a.id), { palier: s.palier, exercice: s.exercice });
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
  const palier = palierDe(o.reglement, a.palier);
  const retexDu = palier.retex === undefined ? null : plusJours(jourDe(c.maintenant), palier.retex);
  const v = { etat: 'diffusee' as const, diffuseeLe: c.maintenant, validation: par.validation, valideePar: par.qui?.nom ?? '', retexDu };
  await enComptant(c, a, v);
  if (palier.procedure)
    await q.addPoints(
      c.db,
      c.contrat.id,
      a.id,
      o.reglement.procedure.map((p, ordre) => ({
        code: p.code,
        ordre,
        libelle: p.libelle,
        qui: p.qui,
        cellules: p.cellules,
        duLe: new Date(c.maintenant.getTime() + p.minutes * 60_000),
      })),
    );
  const dite = await prevenirLesListes(c, o, cat, { ...a, ...v }, 'accuse');
  const combien = dite.nombre === 0 ? 'Personne à prévenir sur les listes.' : `${pluriel(dite.nombre, 'personne prévenue', 'personnes prévenues')}.`;
  await noter(c, a.id, { acte: par.validation === 'delai' ? 'partie-seule' : 'diffusee', texte: combien }, par.qui);
  if (dite.sansPersonne.length > 0) {
    const qui = dite.sansPersonne.map((x) => libelleDeFonction(o.reglement, x.fonction)).join(', ');
    await noter(c, a.id, { acte: 'trou', texte: `Personne à prévenir : ${qui}.` }, null);
  }
  await c.auditer('alerte.diffusee', chemin(a.id), { validation: par.validation, prevenus: dite.nombre });
  if (retexDu) await accorder(c.db, c.contrat.id, duesRetex, [a.id], c);
  return dite;
}

export async function ecarter(c: Acte, a: q.Alerte, motif: string, qui: Qui): Promise<void> {
  await q.updateAlerte(c.db, c.contrat.id, a.id, { etat: 'ecartee', ecarteeMotif: motif, valideePar: qui.nom, closeLe: c.maintenant });
  await noter(c, a.id, { acte: 'ecartee', texte: motif }, qui);
  await c.auditer('alerte.ecartee', chemin(a.id));
}

export const REPONSES = { vu: 'Vu', vais: 'J’y vais', rien: 'Rien chez moi' } as const;
export type ReponseDAccuse = keyof typeof REPONSES;
export async function accuser(c: Acte, o: Outils, e: Envoi, reponse: ReponseDAccuse): Promise<void> {
  await repondre(c.db, c.contrat.id, e.id, reponse, c.maintenant);
  const texte = `${REPONSES[reponse]} (${libelleDeFonction(o.reglement, e.fonction)})`;
  await noter(c, e.alerteId, { acte: 'accusee', texte }, { nom: e.nom, organisationId: e.organisationId });
  await c.auditer('alerte.accusee', chemin(e.alerteId), { reponse, fonction: e.fonction });
}

export async function agir(c: Acte, id: string, texte: string, qui: Qui): Promise<void> {
  await noter(c, id, { acte: 'action', texte }, qui);
  await c.auditer('alerte.action', chemin(id));
}

/** True when this point was still to do. */
export async function cocher(c: Acte, id: string, code: string, note: string, qui: Qui): Promise<boolean> {
  const point = await q.cocherPoint(c.db, c.contrat.id, id, code, { quand: c.maintenant, par: qui.nom, note });
  if (!point) return false;
  await noter(c, id, { acte: 'point', texte: [point.libelle, note].filter(Boolean).join(' : ') }, qui);
  await c.auditer('alerte.point', chemin(id), { code });
  return true;
}

/** True when this point was done. */
export async function rouvrir(c: Acte, id: string, code: string, qui: Qui): Promise<boolean> {
  const point = await q.rouvrirPoint(c.db, c.contrat.id, id, code);
  if (!point) return false;
  await noter(c, id, { acte: 'point', texte: `Dit fait par erreur : ${point.libelle}` }, qui);
  await c.auditer('alerte.point', chemin(id), { code, fait: false });
  return true;
}

/** The all-clear: what came of it, and until when an answer is feared. Over at once where none is. */
export async function lever(c: Acte, o: Outils, a: q.Alerte, v: { issue: string; heures: number }, qui: Qui): Promise<void> {
  const palier = palierDe(o.reglement, a.palier);
  const jusqua = palier.represailles ? new Date(c.maintenant.getTime() + v.heures * 3_600_000) : null;
  const finie = jusqua === null && (a.retexDu === null || a.retexLe !== null);
  await enComptant(c, a, {
    etat: finie ? 'close' : 'levee',
    leveeLe: c.maintenant,
    leveePar: qui.nom,
    issue: v.issue,
    // What is said at the end is truer than what the tier supposed.
    survenue: v.issue === SURVENUE,
    represaillesJusqua: jusqua,
    closeLe: finie ? c.maintenant : null,
  });
  await noter(c, a.id, { acte: 'levee' }, qui);
  await c.auditer('alerte.levee', chemin(a.id), { issue: v.issue });
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
  await accorder(c.db, c.contrat.id, duesRetex, [a.id], c);
}

/** Somebody is silent, or cannot be reached: who comes next was told, or nobody is left. */
export const noterRelais = (c: Ou, id: string, acte: 'relais' | 'trou', texte: string): Promise<void> => noter(c, id, { acte, texte }, null);
