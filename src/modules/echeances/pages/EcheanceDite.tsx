import { Tag } from '../../../ui/Tag.tsx';
import { jourCourt } from '../../../ui/typographie.ts';
import { ETATS, etatDe } from '../echeances.rules.ts';
import type { Echeance, Etat } from '../echeances.types.ts';

const TONS: Record<Etat, 'neutre' | 'vert' | 'laiton' | 'garance'> = {
  a_venir: 'neutre',
  due: 'laiton',
  en_retard: 'garance',
  soldee: 'vert',
  sans_objet: 'neutre',
};
export const EtatTag = ({ e, aujourdhui }: { e: Echeance; aujourdhui: string }) => {
  const etat = etatDe(e, aujourdhui);
  return <Tag ton={TONS[etat]}>{ETATS[etat]}</Tag>;
};
export const DateDue = ({ e }: { e: Pick<Echeance, 'dueLe'> }) => <>{e.dueLe ? jourCourt(e.dueLe) : 'sans date'}</>;
