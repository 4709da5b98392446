import type { Commande, CommandeHorsLigne } from '../../core/module.ts';
import { direChaines, direFichier } from './main-courante/verifier.ts';

export const COMMANDES: Readonly<Record<string, Commande>> = {
  'crises verifier': {
    sens: 'Vérifie la main courante de chaque crise, ou d’une seule : complète, dans l’ordre, telle qu’elle a été scellée. 1 quand une faute est trouvée.',
    argument: '[crise]',
    executer: ({ p, db, args }) => direChaines(db, p.contratId, args[0]),
  },
};
export const COMMANDES_HORS_LIGNE: Readonly<Record<string, CommandeHorsLigne>> = {
  'crises verifier-fichier': {
    sens: 'Vérifie un fichier JSON de main courante, sans base ni réseau. 1 quand une faute est trouvée.',
    argument: '<fichier>',
    executer: ({ args }) => direFichier(args[0] ?? ''),
  },
};
