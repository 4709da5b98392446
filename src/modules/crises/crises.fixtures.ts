/** A room for tests, written as the owner: an exercise of the 18e, the control room named in it. */
import type { Db } from '../../core/base/database.ts';
import { randomUUID } from 'node:crypto';
import type { NouvelleEntree } from './main-courante/main-courante.queries.ts';
import { addActeur, addCrise, setEtat } from './salle/salle.queries.ts';

/** One entry, as a device would have kept it. */
export const entreeDEssai = (contenu: string): NouvelleEntree => ({
  ...{ cle: randomUUID(), poste: 'essai', ordre: 1, arriveLe: new Date(), survenuLe: new Date(), saisiLe: new Date(), ecartMs: 0 },
  ...{ source: '', canal: 'salle', vers: '', contenu, classe: 'information', decideur: '', duLe: null, renvoiGenre: null, renvoi: null },
  ...{ auteur: 'Une personne', auteurId: null, organisationId: 'SCOP', confirme: [], automatique: false },
});

export async function creerCrise(db: Db, contratId: number, o: { close?: boolean } = {}): Promise<string> {
  const quand = new Date();
  const c = { type: 'cyber', titre: 'Panne essayée', territoireId: 'mairie-18', lieu: '', fiche: '3.13', exercice: true, commandement: 'pp' };
  const id = await addCrise(db, contratId, c, { id: '00000000-0000-4000-8000-0000000000a1', quand });
  await addActeur(db, contratId, id, { organisationId: 'SCOP', territoireId: 'mairie-18', entite: 'scop' }, { nom: 'Une personne', quand });
  if (o.close) await setEtat(db, contratId, id, 'close', quand);
  return id;
}
