import { createHash } from 'node:crypto';
import { Checkboxes } from './Choices.tsx';
import type { ErreurDeChamp } from './types.ts';

/** Field of a form that says « yes, I saw it »; its value names what was seen, so that another surprise asks again. */
export const CONFIRME = 'confirme';

/** Names what surprises: what a script sends back in `confirme`. */
export const marqueDe = (etonnements: readonly ErreurDeChamp[]): string =>
  createHash('sha256')
    .update(JSON.stringify(etonnements.map((e) => [e.champ, e.message])))
    .digest('base64url')
    .slice(0, 16);

/** Is there nothing surprising, or was it said to be right? */
export const estConfirme = (etonnements: readonly ErreurDeChamp[], confirme: unknown): boolean =>
  etonnements.length === 0 || confirme === marqueDe(etonnements);

interface ConfirmerProps {
  etonnements: readonly ErreurDeChamp[];
  legende?: string;
  /** Of the box. */
  libelle?: string;
}
/** What a form may say and yet surprises, asked once: the box comes back with the form, everything typed is kept. */
export function Confirmer({ etonnements, legende, libelle = 'Oui, c’est juste' }: ConfirmerProps) {
  if (etonnements.length === 0) return null;
  return (
    <Checkboxes
      nom={CONFIRME}
      legende={legende ?? (etonnements.length > 1 ? 'Ces valeurs surprennent' : 'Cette valeur surprend')}
      aide={etonnements.map((e) => e.message).join(' ')}
      options={[{ valeur: marqueDe(etonnements), libelle }]}
    />
  );
}
