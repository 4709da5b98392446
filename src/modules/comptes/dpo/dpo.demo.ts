/** Requests made of the data protection officer, invented: `contrats/<slug>/demonstration/droits.yaml`. Without the file, none is made. */
import { z } from 'zod';
import { instantDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import { plusJours } from '../../echeances/index.ts';
import { createDemande, updateDemande } from './demandes.queries.ts';
import { type EtatDemande, ETATS, MOYENS, type Moyen, NATURES, type Nature, verifierChangement } from './demandes.rules.ts';

const cles = <K extends string>(o: Record<K, unknown>) => Object.keys(o) as [K, ...K[]];
const droitsSchema = z.array(
  z.strictObject({
    il_y_a: z.number().int().min(1).max(300),
    nature: z.enum(cles<Nature>(NATURES)),
    moyen: z.enum(cles<Moyen>(MOYENS)),
    demandeur: z.string().min(1).max(100),
    objet: z.string().min(1).max(500),
    suites: z
      .array(
        z.strictObject({
          /** Days after the act before. */
          apres: z.number().int().min(0).max(60),
          vers: z.enum(cles<EtatDemande>(ETATS)),
          motif: z.string().default(''),
          reponse: z.string().default(''),
        }),
      )
      .default([]),
  }),
);
const lire = (p: Profils) => p.lire('droits', droitsSchema) ?? [];

/** What the desk would refuse; empty when all may happen. */
export function verifierDroitsDemo(profils: Profils): string[] {
  return lire(profils).flatMap((d, i) => {
    const fautes: string[] = [];
    let etat: EtatDemande = 'recue';
    let jour = plusJours('2026-01-01', -d.il_y_a);
    const recueLe = jour;
    for (const s of d.suites) {
      jour = plusJours(jour, s.apres);
      const dit = verifierChangement({ etat, recueLe }, { ...s, repondueLe: '' }, jour);
      if (!dit.ok) fautes.push(`demonstration/droits.yaml, ${i + 1} : ${dit.raison}`);
      etat = s.vers;
    }
    return fautes;
  });
}

/** As the officer keeps them, each act on its day; none that is still to come. Returns how many. */
export async function genererDroitsDemo(
  tx: Db,
  o: { contratId: number; profils: Profils; aujourdhui: string; fuseau: string; compteId: string },
): Promise<number> {
  const dites = lire(o.profils);
  const moment = (jour: string): Date => instantDe(jour, '10:00', o.fuseau) ?? new Date(`${jour}T10:00:00Z`);
  for (const d of dites) {
    let jour = plusJours(o.aujourdhui, -d.il_y_a);
    const { id } = await createDemande(tx, o.contratId, { ...d, recue_le: jour }, o.compteId, moment(jour));
    let version = 1;
    for (const s of d.suites) {
      jour = plusJours(jour, s.apres);
      if (jour > o.aujourdhui) break;
      const par = { compteId: o.compteId, quand: moment(jour), aujourdhui: jour };
      await updateDemande(tx, { contratId: o.contratId, id, version }, { ...s, repondueLe: '' }, par);
      version++;
    }
  }
  return dites.length;
}
