import { Tag } from '../../../ui/Tag.tsx';
import { INSECABLE, jourCourt } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
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
/** Where it is owed: the place when it is not the whole contract, and the fiche. */
export const ouDit = (e: Pick<Echeance, 'territoireId' | 'fiche'>, c: Catalogue): string =>
  [e.territoireId && e.territoireId !== c.racine.id ? c.territoires.get(e.territoireId)?.court : '', e.fiche && `fiche${INSECABLE}${e.fiche}`]
    .filter(Boolean)
    .join(', ');
export const DateDue = ({ e }: { e: Pick<Echeance, 'dueLe'> }) => <>{e.dueLe ? jourCourt(e.dueLe) : 'sans date'}</>;
