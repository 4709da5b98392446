/** A document as its address opens it: for those of its list, and those who follow it. */
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { peutSuivreUnDocument } from './diffusions.policy.ts';
import { type DocumentDiffuse, getDocument, getLecteurDuCompte, type Lecteur } from './diffusions.queries.ts';
import { CHEMIN } from './lien.ts';

export const FIL = [{ libelle: 'Documents à lire', href: CHEMIN }];
export const CADRE = { largeur: 'travail', section: 'documents-diffuses' } as const;
export interface Ouvert {
  u: Utilisateur;
  d: DocumentDiffuse;
  suit: boolean;
  /** The reader's own place on the list. */
  sien: Lecteur | null;
}
/** 404 for who is neither on the list nor follows it: that it exists is nobody else's business. */
export async function ouvrir(c: Contexte, verrou = false): Promise<Ouvert> {
  const u = c.utilisateur;
  const d = await getDocument(c.db, c.contrat.id, c.params.documentDiffuse ?? '', verrou);
  if (!u || !d) throw introuvable('Ce document');
  const sien = await getLecteurDuCompte(c.db, c.contrat.id, d.id, u.id);
  const suit = peutSuivreUnDocument(u, d);
  if (!sien && !suit) throw introuvable('Ce document');
  return { u, d, suit, sien };
}
/** Is it still to be read? A reader of before keeps what they read until its last day. */
export const fini = (d: DocumentDiffuse, c: Contexte): boolean => d.anonymiseeLe !== null || d.jusquAu < jourDe(c.maintenant);
export const lisible = (o: Ouvert, c: Contexte): boolean => o.suit || (o.sien?.luLe != null && !fini(o.d, c));
