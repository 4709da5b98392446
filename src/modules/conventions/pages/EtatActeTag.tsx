import { Tag } from '../../../ui/Tag.tsx';
import type { Acte } from '../conventions.queries.ts';
import { etatDe } from '../conventions.rules.ts';
import { direAttente, direEtat, TONS } from '../mots.ts';

/** The state, and beside it what rests on the word of another than the party. */
export const EtatActeTag = ({ acte, aujourdhui }: { acte: Acte; aujourdhui: string }) => (
  <>
    <Tag ton={TONS[etatDe(acte, aujourdhui)]}>{direEtat(acte, aujourdhui)}</Tag>
    {direAttente(acte) && (
      <>
        {' '}
        <Tag ton="laiton">{direAttente(acte)}</Tag>
      </>
    )}
  </>
);
