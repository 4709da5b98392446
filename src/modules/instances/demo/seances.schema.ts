/** `contrats/<slug>/demonstration/instances.yaml`: the words from which invented sessions and decisions are drawn. */
import { z } from 'zod';
import type { Profils } from '../../../core/module.ts';

const textes = z.array(z.string().min(2)).min(1);
const profilSchema = z.strictObject({
  /** Usual hours of bodies. */
  heures: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'attendu : une heure comme "14:30"')).min(1),
  /** Of the session that is convoked. */
  lieu: z.string().min(2),
  mot: z.string().min(2),
  nombre_de_decisions: z.number().int().min(0),
  actions: textes,
  decisions: textes,
  preuves: textes,
  conditions: textes,
  motifs: textes,
});
export type ProfilDeSeances = z.output<typeof profilSchema>;

/** Undefined where the contract says nothing of them: its demonstration has no body. Throws ErreurContrat on a file that does not hold. */
export const lireProfilDeSeances = (profils: Profils): ProfilDeSeances | undefined => profils.lire('instances', profilSchema);
