/** Rooms of the demonstration: `contrats/<slug>/demonstration/crises.yaml`. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../core/base/database.ts';
import { instantDe } from '../../core/clock.ts';
import type { Persona, Profils } from '../../core/module.ts';
import type { Catalogue } from '../contrats/index.ts';
import { plusJours } from '../echeances/index.ts';
import { appliquerFaits } from '../indicateurs/index.ts';
import { CANAL_DE_LA_SALLE, getCadre } from './crises.schema.ts';
import { sourceCrises } from './crises.source.ts';
import { ecrireEntrees } from './main-courante/main-courante.queries.ts';
import { setTache } from './roles/taches.queries.ts';
import { addActeur, addCrise, setEtat } from './salle/salle.queries.ts';

const minute = z.number().int().min(0);
const rang = z.number().int().positive();
const scenesSchema = z.array(
  z.strictObject({
    graine: z.string().min(1),
    type: z.string().min(1),
    titre: z.string().min(3),
    lieu: z.string(),
    territoire: z.string().min(1),
    exercice: z.boolean(),
    jours_avant: z.number().int().positive(),
    heure: z.string().regex(/^\d{2}:\d{2}$/),
    par: z.string().min(3),
    acteurs: z.array(z.tuple([z.string(), z.string()])),
    /** `arrive`: written without a network, and numbered at that minute. */
    lignes: z.array(
      z.strictObject({
        minute,
        classe: z.string(),
        de: z.string(),
        texte: z.string().min(1),
        pour: minute.optional(),
        arrive: minute.optional(),
        fait: rang.optional(),
        corrige: rang.optional(),
      }),
    ),
    taches: z.array(z.tuple([z.string(), z.string()])),
  }),
);
export const lireScenesDemo = (profils: Profils) => profils.lire('crises', scenesSchema) ?? [];
/** How long after its last line a crisis is closed, and after its opening tasks are stamped, in minutes. */
const CLOSE_APRES = 20;
const POINTEES_A = 15;

const cleDe = (...parts: (string | number)[]): string => {
  const h = createHash('sha256').update(parts.join('|')).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

interface Options {
  contratId: number;
  dossier: string;
  aujourdhui: string;
  profils: Profils;
  personas: readonly Persona[];
}
/** Returns how many rooms. */
export async function genererCrisesDemo(tx: Db, cat: Catalogue, d: Options): Promise<number> {
  const cadre = await getCadre(d.dossier);
  const scenes = lireScenesDemo(d.profils);
  if (!cadre || scenes.length === 0) return 0;
  for (const s of scenes) {
    const type = cadre.types.find((t) => t.code === s.type);
    const par = d.personas.find((p) => p.courriel === s.par);
    const debut = instantDe(plusJours(d.aujourdhui, -s.jours_avant), s.heure, cat.contrat.fuseau);
    if (!type || !par || !debut) throw new Error(`demonstration/crises.yaml, ${s.graine} : type, personne ou heure inconnus.`);
    const a = (minutes: number) => new Date(debut.getTime() + minutes * 60_000);
    const id = await addCrise(
      tx,
      d.contratId,
      { type: s.type, titre: s.titre, territoireId: s.territoire, lieu: s.lieu, fiche: cadre.fiche, exercice: s.exercice, commandement: type.commande },
      { id: cleDe(d.contratId, s.graine, 'par'), quand: debut },
    );
    await appliquerFaits(tx, d.contratId, sourceCrises.nom, { ids: [id] }, 1);
    for (const [organisationId, entite] of s.acteurs)
      await addActeur(tx, d.contratId, id, { organisationId, territoireId: s.territoire, entite }, { nom: par.nom, quand: debut });
    await ecrireEntrees(
      tx,
      id,
      s.lignes.map((l, i) => ({
        cle: cleDe(d.contratId, s.graine, i),
        poste: l.arrive === undefined ? 'demo' : 'demo-hors-ligne',
        ordre: i + 1,
        arriveLe: a(l.arrive ?? l.minute),
        survenuLe: a(l.minute),
        saisiLe: a(l.minute),
        ecartMs: 0,
        source: l.de,
        canal: CANAL_DE_LA_SALLE,
        vers: '',
        contenu: l.texte,
        classe: l.classe,
        decideur: '',
        duLe: l.pour === undefined ? null : a(l.pour),
        renvoiGenre: l.fait ? 'fait' : l.corrige ? 'correction' : null,
        renvoi: l.fait ?? l.corrige ?? null,
        auteur: par.nom,
        auteurId: null,
        organisationId: par.organisation,
        confirme: [],
        automatique: i === 0,
      })),
    );
    for (const [entite, tache] of s.taches)
      await setTache(tx, d.contratId, id, { entite, tache, faiteLe: a(POINTEES_A), par: par.nom, organisationId: par.organisation, numero: 1 });
    if (!s.exercice) await setEtat(tx, d.contratId, id, 'close', a((s.lignes.at(-1)?.minute ?? 0) + CLOSE_APRES));
  }
  return scenes.length;
}
