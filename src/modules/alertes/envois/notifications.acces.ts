/** Browsers that are told in someone's name: they end with the rest of what identifies the person. */
import type { Titres } from '../../../core/module.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { removeNavigateurs, removeNavigateursDepuis } from './navigateurs.queries.ts';

export const accesParNotification: Titres = {
  dire: (nombre) => pluriel(nombre, 'navigateur prévenu des alertes', 'navigateurs prévenus des alertes'),
  revoquer: removeNavigateurs,
  revoquerDepuis: async (tx, contratId, depuis) => void (await removeNavigateursDepuis(tx, contratId, depuis)),
};
