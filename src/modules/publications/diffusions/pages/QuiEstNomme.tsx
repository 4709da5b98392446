import { CONFIRME, Confirmer } from '../../../../ui/Confirmer.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';

/** What a text may name, asked once. */
export const QuiEstNomme = ({ doutes }: { doutes: readonly ErreurDeChamp[] }) => (
  <Confirmer etonnements={doutes} legende="Quelqu’un est-il nommé ?" libelle="Aucun n’est un mineur : des adultes, au titre de leur fonction, ou des lieux" />
);
/** Said above the form too, so that the question is not missed. */
export const annoncer = (erreurs: readonly ErreurDeChamp[], doutes: readonly ErreurDeChamp[]): readonly ErreurDeChamp[] =>
  doutes.length > 0 ? [...erreurs, { champ: CONFIRME, message: 'Dites si quelqu’un est nommé.' }] : erreurs;
