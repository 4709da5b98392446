/** The address by which one person answers a campaign by letter: signed, as their link is, and read whatever its case. Pure. */
import type { Coffre } from '../../../core/coffre.ts';
import { ecrireEtiquette, estScellee, type Etiquette } from '../../../core/courrier/etiquette.ts';
import type { Acces } from '../campagnes/campagnes.queries.ts';

export const BOITE = 'collecte';
const USAGE = 'collecte par courriel';

type Signe = Pick<Acces, 'id' | 'campagneId' | 'organisationId' | 'courriel'>;
const partiesDe = (a: Signe): string[] => [a.campagneId, a.organisationId, a.courriel.toLowerCase()];

export const adresseDeReponse = (coffre: Coffre, a: Signe, domaine: string): string =>
  `${BOITE}+${ecrireEtiquette(coffre, USAGE, a.id, partiesDe(a))}@${domaine}`;
/** Signed here for this person, their campaign and their address. */
export const estSienne = (coffre: Coffre, a: Signe, e: Etiquette): boolean => e.id === a.id && estScellee(coffre, USAGE, e, partiesDe(a));
