import { Tag } from '../../../ui/Tag.tsx';
import { jour, jourCourt } from '../../../ui/typographie.ts';
import { ETATS_DECISION, type EtatDecision, estEnRetard } from '../decisions.rules.ts';

const TONS: Record<EtatDecision, 'neutre' | 'bleu' | 'vert' | 'laiton' | 'garance'> = {
  a_faire: 'neutre',
  en_cours: 'bleu',
  bloque: 'laiton',
  fait: 'vert',
  abandonne: 'neutre',
};
export const EtatDecisionTag = ({ etat }: { etat: EtatDecision }) => <Tag ton={TONS[etat]}>{ETATS_DECISION[etat]}</Tag>;

/** The date, and « en retard » in words when it is past and the decision open. */
export function EcheanceDite({ d, aujourdhui, long = false }: { d: { echeance: string | null; etat: EtatDecision }; aujourdhui: string; long?: boolean }) {
  if (!d.echeance) return <>sans date</>;
  const date = long ? jour(d.echeance) : jourCourt(d.echeance);
  return estEnRetard(d, aujourdhui) ? (
    <>
      {date} <Tag ton="garance">en retard</Tag>
    </>
  ) : (
    date
  );
}
