import { Tag } from '../../../ui/Tag.tsx';
import { ETATS_SEANCE, type EtatSeance } from '../instances.rules.ts';

const TONS: Record<EtatSeance, 'neutre' | 'bleu' | 'vert' | 'laiton' | 'garance'> = {
  preparation: 'neutre',
  convoquee: 'bleu',
  ouverte: 'laiton',
  relecture: 'laiton',
  figee: 'vert',
  annulee: 'garance',
  declaree: 'vert',
};
export const EtatSeanceTag = ({ etat }: { etat: EtatSeance }) => <Tag ton={TONS[etat]}>{ETATS_SEANCE[etat]}</Tag>;
