import { type Page, page } from '../../core/http/http.ts';
import { fr } from './langues/fr.ts';

/** Every page of help: a calm frame, a neutral title, a way out. */
export const enSecours = (p: Pick<Page, 'corps'> & Partial<Page>) => page({ titre: fr.titrePage, quitter: true, sobre: true, ...p });
