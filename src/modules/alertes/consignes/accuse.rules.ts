import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Envoi } from './consignes.queries.ts';

/** A link proves that a letter was opened, not who by: it says the address, and no name. */
export const direAccuse = (e: Pick<Envoi, 'accuseLe' | 'accusePar' | 'accuseVoie' | 'personne' | 'courriel'>): string =>
  [
    e.accuseLe ? `le ${jourEtHeure(e.accuseLe)}` : '',
    e.accuseVoie === 'lien'
      ? `par le lien envoyé à ${[e.personne, e.courriel].filter(Boolean).join(', ') || 'ce site'}`
      : e.accusePar
        ? `par ${e.accusePar}`
        : '',
  ]
    .filter(Boolean)
    .join(', ');
