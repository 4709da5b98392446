/** What may be followed: a fiche, a territory with what lies in it, the whole contract. Pure. */
import type { Catalogue } from '../../contrats/index.ts';

export interface Suivi {
  fiche: string | undefined;
  /** Undefined: everywhere. */
  territoires: readonly string[] | undefined;
  nom: string;
  /** For a breadcrumb. */
  court: string;
  /** Paths of its page, of its feed and of its calendar. */
  page: string;
  atom: string;
  ical: string;
}

/** Null: the contract has no such fiche or place. */
export function suivi(cat: Catalogue, voulu: { fiche?: string | undefined; territoire?: string | undefined }): Suivi | null {
  if (voulu.fiche !== undefined) {
    const f = cat.fiches.get(voulu.fiche);
    if (!f) return null;
    return {
      fiche: f.numero,
      territoires: undefined,
      nom: `fiche ${f.numero}, ${f.titre}`,
      court: `Fiche ${f.numero}`,
      page: `/fiches/${f.numero}`,
      atom: `/fiches/${f.numero}/nouvelles.xml`,
      ical: `/calendrier/public.ics?fiche=${f.numero}`,
    };
  }
  const id = voulu.territoire;
  if (id !== undefined && id !== cat.racine.id) {
    const t = cat.territoires.get(id);
    if (!t) return null;
    const page = `/territoires/${encodeURIComponent(id)}`;
    return {
      fiche: undefined,
      territoires: cat.descendants(id),
      nom: t.nom,
      court: t.nom,
      page,
      atom: `${page}/nouvelles.xml`,
      ical: `/calendrier/public.ics?territoire=${encodeURIComponent(id)}`,
    };
  }
  const nom = 'tout le contrat';
  return { fiche: undefined, territoires: undefined, nom, court: nom, page: '/', atom: '/nouvelles.xml', ical: '/calendrier/public.ics' };
}
