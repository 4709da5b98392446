/** The personal link of a campaign: nothing of it is kept, the platform's key signs who it was sent to. Pure. */
import type { Coffre } from '../../../core/coffre.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Acces } from '../campagnes/campagnes.queries.ts';

type Signe = Pick<Acces, 'id' | 'campagneId' | 'organisationId' | 'courriel'>;
const USAGE = 'collecte';
const partiesDe = (a: Signe) => [a.id, a.campagneId, a.organisationId, a.courriel.toLowerCase()];

/** Path of the page where its holder answers for the institution. */
export const cheminDeReponse = (coffre: Coffre, a: Signe): string => `/collecte/repondre/${a.id}/${signerLien(coffre, USAGE, partiesDe(a))}`;

export const estSignee = (coffre: Coffre, a: Signe, recue: string): boolean => estLienSigne(coffre, USAGE, partiesDe(a), recue);

export const FINS = {
  close: 'Cette campagne est close : ce lien ne sert plus. Un chiffre en retard se donne encore, une fois connecté, dans « Chiffres à fournir ».',
  ferme: 'Ce lien a été fermé. La coordination du contrat dira qui répond maintenant pour votre organisme.',
  mandat: 'Le mandat de la personne à qui ce lien a été envoyé a pris fin : il ne sert plus. La coordination du contrat dira qui répond maintenant.',
} as const;
export type FinDeLien = keyof typeof FINS;
