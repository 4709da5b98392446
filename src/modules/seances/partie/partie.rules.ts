/** The reserved part of a session, in words. Pure. */
import type { Participant, Point } from '../seances.queries.ts';

/** What everybody else reads in its place; the database lets it say nothing more. */
export const TITRE_RESERVE = 'Point réservé';
export const REFUS_RESERVE = 'Ce point tient la place de la partie réservée, et tous les membres le lisent : écrivez dans la partie réservée.';

/** The presidency and the secretariat read every part, for the minutes to be kept and approved; so does who makes it. */
export const dOffice = (p: Pick<Participant, 'qualite' | 'courriel' | 'suppleantCourriel'>, moi: string): boolean =>
  p.qualite === 'president' || p.qualite === 'secretaire' || (moi !== '' && [p.courriel, p.suppleantCourriel].includes(moi));

/** Comes from nowhere else: what another body passed, a member asked or the body follows is already read outside. */
export const deplacable = (p: Pick<Point, 'genre' | 'cle'>): boolean => p.genre === 'libre' && p.cle === '';
