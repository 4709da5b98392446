/** An act as a request meets it: read, held, with the right to it. */
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { fichesDe } from './attendus.rules.ts';
import { peutLire, peutTenir, type Tenu } from './conventions.policy.ts';
import { type Acte, getActe, tenirActe } from './conventions.queries.ts';

export interface Charge {
  acte: Acte;
  catalogue: Catalogue;
  fiches: string[];
  tenu: Tenu;
  aujourdhui: string;
}
export const tenuDe = (
  c: Catalogue,
  a: { porteurId: string; territoires: readonly string[]; systemes: readonly string[]; lignes: readonly string[] },
): Tenu => ({
  porteurId: a.porteurId,
  territoires: a.territoires.length > 0 ? a.territoires : [c.racine.id],
  fiches: fichesDe(c, a),
});
/** 404 for what this person may not read: nobody learns that it is there. `verrou`: held until the end of the transaction. */
export async function charger(c: Contexte, verrou = false): Promise<Charge> {
  const id = c.params.convention ?? '';
  if (verrou) await tenirActe(c.db, c.contrat.id, id);
  const acte = await getActe(c.db, c.contrat.id, id);
  if (!acte || !peutLire(c.utilisateur, { publique: acte.publieeLe !== null })) throw introuvable('Cet acte');
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const tenu = tenuDe(catalogue, acte);
  return { acte, catalogue, fiches: [...tenu.fiches], tenu, aujourdhui: jourDe(c.maintenant) };
}
export const PAS_A_VOUS = 'Un acte est tenu par l’organisation qui le porte et par la coordination de ses territoires. Adressez-vous à l’une d’elles.';
export async function chargerPourEcrire(c: Contexte): Promise<Charge> {
  const s = await charger(c, true);
  if (!peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)) throw interdit(PAS_A_VOUS);
  return s;
}
export const auteurDe = (c: Contexte) => ({ par: c.utilisateur?.nom ?? '', organisationId: c.utilisateur?.organisationId ?? '', quand: c.maintenant });
