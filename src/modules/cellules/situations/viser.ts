/** A situation and by which right it is read now: asked again at each request. */
import { interdit, introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { cheminDe, exigerOuverte, type Outils, type Ouverte } from '../cellules.contexte.ts';
import type { Titre } from '../charte/charte.schema.ts';
import { getVisee, type Visee } from './situations.queries.ts';
import { titreDe } from './situations.rules.ts';

/** The situation asked for, and by which right this member reads it. */
export interface Lisible {
  v: Ouverte;
  s: Visee;
  titre: Titre;
  chemin: string;
}
/** Throws 404 for who has no right to it now, or from the day of its end; `motif` when it is closed and no reason was given. */
export async function viser(c: Contexte, o: Outils, tenue: boolean): Promise<Omit<Lisible, 'titre'> & { titre: Titre | 'motif' }> {
  const v = await exigerOuverte(c, o, tenue);
  const qui = { id: c.params.situation ?? '', celluleId: v.cellule.id, membreId: v.moi.id, aujourdhui: v.aujourdhui, maintenant: c.maintenant };
  const s = await getVisee(c.db, c.contrat.id, qui, tenue);
  const titre = s && titreDe(s);
  if (!s || !titre) throw introuvable('Cette situation');
  return { v, s, titre, chemin: `${cheminDe(v.cellule.id)}/situations/${s.id}` };
}
/** Throws 403 when it is closed and no reason was given. */
export async function exigerLisible(c: Contexte, o: Outils, tenue: boolean): Promise<Lisible> {
  const { titre, ...x } = await viser(c, o, tenue);
  if (titre === 'motif') throw interdit('Cette situation est close. Rouvrez sa page : elle vous demande pourquoi vous la relisez.');
  return { ...x, titre };
}
/** For acts of who is named for it; who is only present, or reads in emergency, does not decide. */
export async function exigerDesigne(c: Contexte, o: Outils, tenue: boolean): Promise<Lisible> {
  const x = await exigerLisible(c, o, tenue);
  if (!x.s.designe) throw interdit('Seul un membre désigné pour cette situation fait cela.');
  return x;
}
