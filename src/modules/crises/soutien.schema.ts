/** What supports people during a crisis: `contrats/<slug>/soutien.yaml`. No quantity is written there. */
import { z } from 'zod';
import type { ContratLu, Profils } from '../../core/module.ts';
import { lireDossier } from '../contrats/index.ts';

const code = z.string().regex(/^[a-z0-9-]{2,40}$/, 'attendu : un code en minuscules, chiffres et tirets');
const libelle = z.string().min(2).max(120);
const sens = z.string().min(5).max(400);
const ligne = z.string().min(3);
const item = z.strictObject({ code, libelle });

const soutienSchema = z
  .strictObject({
    /** `tenu_par`: whose it is; `par`: through whom it is asked. */
    moyens: z.array(z.strictObject({ code, libelle, sigle: z.string().max(20).optional(), tenu_par: z.string(), par: z.string(), ligne, sens })).min(1),
    /** `dans`: kind of centre in which one of these may be. */
    centres: z.array(z.strictObject({ code, libelle, sigle: z.string().max(20).optional(), dans: code.optional(), ligne, sens })).min(1),
    /** `ailleurs`: looked after by others, counted as sent to them, never as present. */
    personnes: z.array(z.strictObject({ code, libelle, un: libelle, ailleurs: z.boolean().default(false), sens })).min(2),
    besoins: z.array(item).min(1),
    /** Entities of `crises.yaml` that work in a centre. */
    dans_un_centre: z.array(z.string().min(1)),
    /** Entities that open and close one. */
    ouvrent_un_centre: z.array(z.string().min(1)),
    services: z.array(item).min(1),
    points: z.strictObject({ minutes: z.number().int().min(5).max(1440) }),
    /** `froid_des`: days after the close before which lessons are not « à froid ». */
    retex: z.strictObject({ froid_des: z.number().int().min(1).max(30) }).default({ froid_des: 7 }),
  })
  .superRefine((s, x) => {
    for (const liste of ['moyens', 'centres', 'personnes', 'besoins', 'services'] as const) {
      const codes = s[liste].map((l) => l.code);
      const double = codes.find((c, i) => codes.indexOf(c) !== i);
      if (double) x.addIssue({ code: 'custom', path: [liste], message: `le code « ${double} » y est deux fois` });
    }
    for (const c of s.centres)
      if (c.dans && !s.centres.some((k) => k.code === c.dans))
        x.addIssue({ code: 'custom', path: ['centres', c.code], message: `centre « ${c.dans} » inconnu` });
  });
export type Soutien = z.output<typeof soutienSchema>;
export type Moyen = Soutien['moyens'][number];
export type GenreDeCentre = Soutien['centres'][number];

/** Codes that the view `faits_crises` reads: the centre that figures count, and who is not counted among those received. */
const COMPTE = 'care';
const CONFIEES = 'victime';

/** « VPU », or the whole name where there is no acronym. */
export const court = (x: { libelle: string; sigle?: string | undefined }): string => x.sigle ?? x.libelle;

export const lireSoutien = (fichiers: Profils): Soutien | undefined => fichiers.lire('soutien', soutienSchema);
export const getSoutien = async (dossierContrat: string): Promise<Soutien | undefined> => lireSoutien((await lireDossier(dossierContrat))(''));

export function verifierSoutien(s: Soutien, contrat: ContratLu, entites: readonly string[]): string[] {
  const acteur = (ou: string, a: string) => (contrat.acteurs.has(a) ? [] : [`${ou} : acteur « ${a} » inconnu`]);
  const laLigne = (ou: string, l: string) => (contrat.lignes.has(l) ? [] : [`${ou} : ligne « ${l} » inconnue`]);
  // What figures count is said by these codes in the facts of the database.
  const ailleurs = s.personnes.filter((p) => p.ailleurs).map((p) => p.code);
  return [
    ...(s.centres.some((c) => c.code === COMPTE) ? [] : [`centres : « ${COMPTE} » manque, c’est celui que les chiffres comptent`]),
    ...(ailleurs.length === 1 && ailleurs[0] === CONFIEES
      ? []
      : [`personnes : « ${CONFIEES} », et nul autre code, dit qui est confié aux secours (ailleurs: true) : les chiffres ne comptent pas ce code`]),
    ...s.moyens.flatMap((m) => [...acteur(`moyen ${m.code}`, m.tenu_par), ...acteur(`moyen ${m.code}`, m.par), ...laLigne(`moyen ${m.code}`, m.ligne)]),
    ...s.centres.flatMap((c) => laLigne(`centre ${c.code}`, c.ligne)),
    ...(['dans_un_centre', 'ouvrent_un_centre'] as const).flatMap((cle) =>
      s[cle].filter((e) => !entites.includes(e)).map((e) => `${cle} : entité « ${e} » inconnue de crises.yaml`),
    ),
  ].map((f) => `soutien.yaml, ${f}`);
}
