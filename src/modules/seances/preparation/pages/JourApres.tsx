import { Checkbox } from '../../../../ui/Choices.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour as direJour } from '../../../../ui/typographie.ts';

/** Asked once a day was chosen after the one by which the body must meet: the answer is for that day. */
export function JourApres({ erreurs, jour }: { erreurs: readonly ErreurDeChamp[]; jour: string | undefined }) {
  const erreur = erreurDe(erreurs, 'confirme_jour');
  if (!erreur || !jour) return null;
  return <Checkbox nom="confirme_jour" valeur={jour} libelle={`Retenir quand même le ${direJour(jour)} : une séance plus tôt restera due`} erreur={erreur} />;
}
