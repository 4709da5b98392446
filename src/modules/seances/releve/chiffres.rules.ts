/**
 * Sheets of a session as the public may read their figures. Members read live what a source tells late, above a threshold or less finely: those stay theirs, in the
 * frozen minutes. Figures that are everyone's stay as members had them. Pure.
 */
import type { DossierDePoint, PointEcrit, ReleveContenu } from './releve.modele.ts';

/** `estPublic`: is this measure read by everyone as it is written? */
export type EstPublic = (mesureId: string) => boolean;

export const chiffresPublics = (c: ReleveContenu, estPublic: EstPublic): ReleveContenu => ({
  ...c,
  points: c.points.map((p) => (p.dossier ? { ...p, dossier: dossierPublic(p.dossier, p.genre, estPublic) } : p)),
});

/** A sheet about one measure says it by its source: all of it is that figure, put off from another session or not. */
const mesureDe = (d: DossierDePoint): string | null => (d.source ? (/^\/chiffres\/([^/?#]+)/.exec(d.source.href)?.[1] ?? null) : null);

/** Items whose sentences count what members read live; those of the others are written by persons. */
const COMPTES: ReadonlySet<PointEcrit['genre']> = new Set(['chiffre', 'preuve', 'lieu']);
/** What such a sheet says without counting: where it comes from, what is owed by whom, that it is over. */
const SANS_COMPTE = [/^Reporté de la séance du /, / manque(nt)? sur \d+ pour /, / n’est plus dans le contrat\.$/];
/** How many of them moved counts those that only members read; over which period is everyone's. */
const BOUGES = / nettement bougé (au .+\.)$/;

function faitsPublics(d: DossierDePoint, genre: PointEcrit['genre'], montre: boolean): string[] {
  if (!COMPTES.has(genre)) return d.faits;
  return d.faits.flatMap((f) => {
    if (SANS_COMPTE.some((r) => r.test(f))) return [f];
    const periode = montre ? BOUGES.exec(f)?.[1] : undefined;
    return periode ? [`A${periode.slice(1)}`] : [];
  });
}

function dossierPublic(d: DossierDePoint, genre: PointEcrit['genre'], estPublic: EstPublic): DossierDePoint {
  const mesure = mesureDe(d);
  if (mesure !== null) return estPublic(mesure) ? d : { ...d, faits: [], chiffres: [], lieux: [], enregistrements: [], reserve: true };
  const chiffres = d.chiffres.filter((x) => estPublic(x.id));
  const faits = faitsPublics(d, genre, chiffres.length > 0);
  const entier = chiffres.length === d.chiffres.length && d.lieux.length === 0 && faits.every((f, i) => f === d.faits[i]) && faits.length === d.faits.length;
  return entier ? d : { ...d, faits, chiffres, lieux: [], reserve: true };
}
