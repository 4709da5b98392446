import { Tag } from '../../../../ui/Tag.tsx';
import type { Etape } from '../../registres.rules.ts';
import { ETAPES } from '../etapes.rules.ts';

/** Nothing for what is done: lists are of what is done, unless they say otherwise. */
export const EtapeTag = ({ etape }: { etape: Etape | undefined }) =>
  etape === 'programmee' ? <Tag ton="bleu">{ETAPES.programmee}</Tag> : etape === 'annulee' ? <Tag ton="neutre">{ETAPES.annulee}</Tag> : null;
