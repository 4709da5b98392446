/** The exercise of the demonstration as its file says it (`demonstration/exercice.yaml`), checked against what the contract offers. */
import { z } from 'zod';
import type { Profils } from '../../core/module.ts';
import { type Cadre, getCadre } from './crises.schema.ts';
import { getScenarios, type Scenario } from './exercices/scenario.schema.ts';
import { CODES_ETATS_MOYEN } from './moyens/moyens.rules.ts';
import { CODES_TEMPS } from './retex/retex.rules.ts';
import { CODES_ETATS_DE_SERVICE } from './continuite/continuite.rules.ts';
import { getSoutien, type Soutien } from './soutien.schema.ts';

const minute = z.number().int().min(0).max(2880);
const texte = z.string().min(2).max(500);
const exerciceDemoSchema = z.strictObject({
  scenario: texte,
  titre: texte,
  territoire: texte,
  lieu: texte,
  il_y_a: z.number().int().min(3).max(300),
  heure: z.string().regex(/^\d\d:\d\d$/),
  /** Address of the invented person who leads it. */
  meneur: z.email(),
  acteurs: z.array(z.strictObject({ organisation: texte, entite: texte })).min(1),
  population: z.strictObject({ nombre: z.number().int().min(1), ou: texte }),
  suites: z.array(z.strictObject({ minute, inject: z.number().int().min(1), suite: texte })),
  moyens: z.array(
    z.strictObject({
      minute,
      moyen: texte,
      nombre: z.number().int().min(1),
      lieu: texte,
      demandeur: texte,
      pas: z.array(z.union([z.tuple([minute, z.enum(CODES_ETATS_MOYEN)]), z.tuple([minute, z.enum(CODES_ETATS_MOYEN), texte])])),
    }),
  ),
  centre: z.strictObject({
    genre: texte,
    nom: texte,
    adresse: texte,
    point: z.strictObject({ lon: z.number(), lat: z.number() }).optional(),
    capacite: z.number().int().min(1),
    ouvre: minute,
    ferme: minute,
    guichets: z.array(z.strictObject({ guichet: z.string(), des: minute, chaque: z.number().int().min(1), touches: z.record(z.string(), z.number().int()) })),
    besoins: z.record(z.string(), z.number().int()),
  }),
  services: z.array(z.strictObject({ minute, service: texte, lieu: z.string(), etat: z.enum(CODES_ETATS_DE_SERVICE), note: z.string() })),
  point: z.strictObject({ minute, signe: minute, synthese: texte }),
  fin: minute,
  retex: z.strictObject({
    participants: z.number().int().min(1),
    synthese: texte,
    constats: z.array(
      z.strictObject({
        temps: z.enum(CODES_TEMPS),
        nature: z.enum(['fort', 'ameliorer']),
        texte,
        decision: texte.optional(),
        responsable: texte.optional(),
        dans: z.number().int().optional(),
        fiche: z.string().optional(),
      }),
    ),
  }),
});
type Voulu = z.output<typeof exerciceDemoSchema>;
export const lireExerciceDemo = (p: Profils): Voulu | undefined => p.lire('exercice', exerciceDemoSchema);

interface Cadres {
  cadre: Cadre;
  soutien: Soutien;
  scenarios: readonly Scenario[];
}
export async function getCadres(dossier: string): Promise<Cadres | null> {
  const [cadre, soutien, scenarios] = await Promise.all([getCadre(dossier), getSoutien(dossier), getScenarios(dossier)]);
  return cadre && soutien ? { cadre, soutien, scenarios } : null;
}
/** What the engine would refuse; empty when all may happen. */
export function verifierExerciceDemo(
  profils: Profils,
  o: Cadres | null,
  contrat: { acteurs: { has(id: string): boolean }; territoires: { has(id: string): boolean } },
): string[] {
  const v = lireExerciceDemo(profils);
  if (!v) return [];
  const s = o?.scenarios.find((x) => x.code === v.scenario);
  if (!o || !s) return [`demonstration/exercice.yaml : scénario « ${v.scenario} » inconnu`];
  const dans = (liste: readonly { code: string }[], codes: readonly string[]) => codes.filter((c) => !liste.some((x) => x.code === c));
  return [
    ...(contrat.territoires.has(v.territoire) ? [] : [`territoire « ${v.territoire} » inconnu`]),
    ...v.acteurs.filter((a) => !contrat.acteurs.has(a.organisation)).map((a) => `acteur « ${a.organisation} » inconnu`),
    ...dans(
      o.cadre.entites,
      v.acteurs.map((a) => a.entite),
    ).map((c) => `entité « ${c} » inconnue`),
    ...dans(
      o.soutien.moyens,
      v.moyens.map((m) => m.moyen),
    ).map((c) => `moyen « ${c} » inconnu`),
    ...dans(o.soutien.centres, [v.centre.genre]).map((c) => `centre « ${c} » inconnu`),
    ...dans(
      o.soutien.personnes,
      v.centre.guichets.flatMap((g) => Object.keys(g.touches)),
    ).map((c) => `personnes « ${c} » inconnues`),
    ...dans(o.soutien.besoins, Object.keys(v.centre.besoins)).map((c) => `besoin « ${c} » inconnu`),
    ...dans(
      o.soutien.services,
      v.services.map((x) => x.service),
    ).map((c) => `service « ${c} » inconnu`),
    ...v.suites.filter((x) => !s.injects[x.inject - 1]).map((x) => `événement ${x.inject} inconnu du scénario`),
  ].map((f) => `demonstration/exercice.yaml : ${f}`);
}
