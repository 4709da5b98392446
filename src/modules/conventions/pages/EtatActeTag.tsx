import { Tag } from '../../../ui/Tag.tsx';
import type { Acte } from '../conventions.queries.ts';
import { etatDe } from '../conventions.rules.ts';
import { direEtat, TONS } from '../mots.ts';

export const EtatActeTag = ({ acte, aujourdhui }: { acte: Acte; aujourdhui: string }) => (
  <Tag ton={TONS[etatDe(acte, aujourdhui)]}>{direEtat(acte, aujourdhui)}</Tag>
);
