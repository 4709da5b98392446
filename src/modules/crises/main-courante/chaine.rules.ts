/** The chain of a main courante, checked on a file alone: complete, in order, and saying what was digested. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const FORMAT = 'concorde-main-courante-1';
const hexa = z.string().regex(/^[0-9a-f]{64}$/);
/** What the line of an entry holds, in its order (migration `crises`). */
export const CHAMPS = [
  'crise',
  'numero',
  'arrive_le',
  'survenu_le',
  'saisi_le',
  'ecart_ms',
  'de',
  'canal',
  'a',
  'contenu',
  'classe',
  'decideur',
  'pour_le',
  'renvoi_genre',
  'renvoi',
  'auteur',
  'auteur_id',
  'organisation',
  'poste',
  'ordre',
  'cle',
  'confirme',
  'tardive',
  'automatique',
  'exercice',
] as const;
const exportSchema = z.object({
  format: z.literal(FORMAT),
  crise: z.object({ id: z.uuid(), titre: z.string(), type: z.string(), exercice: z.boolean(), ouverte_le: z.string(), close_le: z.string().nullable() }),
  tete: z.object({ numero: z.number().int().min(0), empreinte: hexa }),
  entrees: z.array(z.object({ numero: z.number().int(), ligne: z.string(), precedente: hexa, empreinte: hexa })),
});
export type Export = z.output<typeof exportSchema>;
export interface Maillon {
  numero: number;
  ligne: string;
  precedente: string;
  empreinte: string;
}
export interface Verification {
  entrees: number;
  tete: string;
  fautes: string[];
}
const FAUTES_MAX = 20;

/** What a chain begins with: the room, its nature and its moment, so that no other entries can stand in its place. */
interface Debut {
  id: string;
  exercice: boolean;
  /** ISO 8601, UTC, to the thousandth. */
  ouverteLe: string;
}
const origineDe = (d: Debut): string => createHash('sha256').update(`["${d.id}", ${d.exercice}, "${d.ouverteLe}"]`, 'utf8').digest('hex');

/** Goes along the chain, piece by piece. */
export function suivreChaine(debut: Debut) {
  let attendu = 1;
  let precedente = origineDe(debut);
  const fautes: string[] = [];
  const dire = (f: string) => void (fautes.length < FAUTES_MAX && fautes.push(f));
  return {
    passer(maillons: readonly Maillon[]): void {
      for (const m of maillons) {
        if (m.numero !== attendu) dire(`après le n° ${attendu - 1} vient le n° ${m.numero}`);
        if (m.precedente !== precedente) dire(`n° ${m.numero} : ${m.numero === 1 ? 'ne commence pas cette salle' : 'ne suit pas l’entrée d’avant'}`);
        const empreinte = createHash('sha256').update(Buffer.from(m.precedente, 'hex')).update(m.ligne, 'utf8').digest('hex');
        if (empreinte !== m.empreinte) dire(`n° ${m.numero} : ce qui est écrit n’est pas ce qui a été scellé`);
        const champs = lireLigneScellee(m.ligne);
        if (!champs) dire(`n° ${m.numero} : ligne illisible`);
        else {
          if (champs.crise !== debut.id) dire(`n° ${m.numero} : entrée d’une autre crise`);
          if (champs.numero !== m.numero) dire(`n° ${m.numero} : la ligne porte le n° ${String(champs.numero)}`);
          if (champs.exercice !== debut.exercice)
            dire(`n° ${m.numero} : ${debut.exercice ? 'd’une crise, dans un exercice' : 'd’un exercice, dans une crise'}`);
        }
        attendu = m.numero + 1;
        precedente = m.empreinte;
      }
    },
    finir(tete: { numero: number; empreinte: string } | null): Verification {
      const entrees = attendu - 1;
      if (tete && tete.numero !== entrees) dire(`la chaîne va jusqu’au n° ${tete.numero}, il n’y en a que ${entrees}`);
      if (tete && entrees > 0 && tete.empreinte !== precedente) dire('la dernière entrée n’est pas celle de la tête de la chaîne');
      return { entrees, tete: entrees > 0 ? precedente : '', fautes };
    },
  };
}
export function lireLigneScellee(ligne: string): Record<(typeof CHAMPS)[number], unknown> | null {
  try {
    const valeurs = z.array(z.unknown()).length(CHAMPS.length).parse(JSON.parse(ligne));
    return Object.fromEntries(CHAMPS.map((c, i) => [c, valeurs[i]])) as Record<(typeof CHAMPS)[number], unknown>;
  } catch {
    return null;
  }
}

export function verifierExport(contenu: unknown): Verification {
  const lu = exportSchema.safeParse(contenu);
  if (!lu.success) return { entrees: 0, tete: '', fautes: [`ce fichier n’est pas une main courante exportée (${lu.error.issues[0]?.path.join('.') ?? ''})`] };
  const { id, exercice, ouverte_le: ouverteLe } = lu.data.crise;
  const suivi = suivreChaine({ id, exercice, ouverteLe });
  suivi.passer(lu.data.entrees);
  return suivi.finir(lu.data.tete);
}
