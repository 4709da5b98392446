/** A contract without one of these files: its menu leads somewhere all the same. */
import type { Acces } from '../../core/authorize.ts';
import { get, page, type Route } from '../../core/http/http.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

export const sansFichier = (chemin: string, acces: Acces, o: { titre: string; section?: string; fichier: string }): Route =>
  get(chemin, acces, () =>
    page({
      titre: o.titre,
      ...(o.section ? { largeur: 'travail' as const, section: o.section } : {}),
      corps: <EmptyState titre={`${o.titre} : rien dans ce contrat`}>{`Son dossier n’a pas de fichier « ${o.fichier} ».`}</EmptyState>,
    }),
  );
