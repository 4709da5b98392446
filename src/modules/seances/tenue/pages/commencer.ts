/** A form of the session as it is drawn: what was refused, else what this person had begun, else new. */
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Saisie, Tenue } from './tenue.modele.ts';

interface Commence {
  id: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** Found again as it had been begun. */
  repris: boolean;
  /** What the island reads: which draft this is, and the form when nothing is begun. */
  donnees: Record<`data-${string}`, string>;
}

/** `formulaire`: name of the draft; `vierge`: fields of the form when nothing is begun. */
export function commencer(
  t: Pick<Tenue, 'brouillons' | 'compteId'>,
  saisie: Saisie | null,
  formulaire: string,
  vierge: Readonly<Record<string, string>>,
): Commence {
  const saisi = saisie?.formulaire === formulaire.split(':')[0] || (saisie?.formulaire === 'decision' && formulaire.startsWith('correction:')) ? saisie : null;
  const b = saisi ? undefined : t.brouillons.find((x) => x.ecarteLe === null && x.compteId === t.compteId && x.formulaire === formulaire);
  const id = saisi?.champs.id || b?.id || crypto.randomUUID();
  return {
    id,
    champs: { ...vierge, ...(b?.champs ?? saisi?.champs) },
    erreurs: saisi?.erreurs ?? [],
    repris: b !== undefined,
    donnees: {
      'data-brouillon': formulaire,
      'data-brouillon-id': id,
      'data-vierge': JSON.stringify(vierge),
      ...(b ? { 'data-brouillon-connu': 'oui' as const } : {}),
    },
  };
}
