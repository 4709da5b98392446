import type { Contexte } from '../../../core/http/http.ts';

/** The page that a link opens. */
export const CHEMIN = '/collecte/repondre/:acces/:signature';
export const iciDe = (c: Contexte): string => `/collecte/repondre/${c.params.acces}/${c.params.signature}`;
