/** What commands share: their misuse, their arguments, what an import says. Exit codes: 0 done, 1 a check failed, 2 wrong use. */
import type { Reponse } from './module.ts';

export class MauvaisUsage extends Error {}

/** Text of an option or argument that the declaration makes necessary; an empty one is refused. */
export const exiger = (valeur: string | boolean | undefined, nom: string): string => {
  if (typeof valeur !== 'string' || valeur === '') throw new MauvaisUsage(`« ${nom} » est vide.`);
  return valeur;
};

/** What an import did with the rows that it read. */
interface BilanDImport {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
  motifs?: readonly { motif: string; nombre: number; lignes: readonly number[] }[];
  /** What follows from it, for who imported. */
  avis?: string;
}
export const direImport = (b: BilanDImport): Reponse => ({
  json: {
    lus: b.lus,
    nouveaux: b.nouveaux,
    connus: b.connus,
    avertis: b.avertis,
    rejetes: b.rejetes,
    ...(b.motifs ? { motifs: b.motifs } : {}),
    ...(b.avis ? { avis: b.avis } : {}),
  },
  texte: [
    `${b.lus} lus, ${b.nouveaux} nouveaux, ${b.connus} déjà connus, ${b.avertis} avertis, ${b.rejetes} rejetés`,
    ...(b.motifs ?? []).map((m) => `  ${m.nombre} × ${m.motif} (lignes ${m.lignes.join(', ')}…)`),
    ...(b.avis ? [b.avis] : []),
  ].join('\n'),
});
