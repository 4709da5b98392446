import { Tag, type Ton } from '../../../../ui/Tag.tsx';
import { accorder, jour, nombre, pluriel } from '../../../../ui/typographie.ts';
import { ETATS, type EtatDemande, estClose, joursRestants } from '../demandes.rules.ts';

const TONS: Record<EtatDemande, Ton> = { recue: 'laiton', en_cours: 'bleu', prolongee: 'laiton', repondue: 'vert', refusee: 'neutre' };

export const EtatTag = ({ etat }: { etat: EtatDemande }) => <Tag ton={TONS[etat]}>{ETATS[etat]}</Tag>;

/** The deadline and how far it is; a closed request only says its day. */
export function Echeance({ echeance, etat, aujourdhui }: { echeance: string; etat: EtatDemande; aujourdhui: string }) {
  if (estClose(etat)) return jour(echeance);
  const reste = joursRestants(echeance, aujourdhui);
  return (
    <span>
      {jour(echeance)}{' '}
      {reste < 0 ? (
        <Tag ton="garance">En retard de {pluriel(-reste, 'jour')}</Tag>
      ) : reste <= 7 ? (
        <Tag ton="laiton">{reste === 0 ? 'Aujourd’hui' : `Dans ${pluriel(reste, 'jour')}`}</Tag>
      ) : (
        <span className="govuk-hint">
          ({nombre(reste)} {accorder(reste, 'jour')})
        </span>
      )}
    </span>
  );
}
