import { accesMetier } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { lireFichier } from '../../../core/base/files.ts';
import { type Contexte, fichier, get, json, page, type Route } from '../../../core/http/http.ts';
import { getTravail, type Travail } from '../../../core/jobs/jobs.ts';
import { TravailPage } from './TravailPage.tsx';

/** A job is followed by the person who asked for it. */
async function lireTravail(c: Contexte): Promise<Travail> {
  const t = await getTravail(c.db, c.contrat.id, c.params.id ?? '');
  if (!t || t.demandePar !== c.utilisateur?.id) throw introuvable('Ce travail');
  return t;
}

export const routes: Route[] = [
  get('/travaux/:id', accesMetier, async (c) => {
    const t = await lireTravail(c);
    const fini = t.etat === 'fait' || t.etat === 'echec';
    return page({ titre: t.libelle, largeur: 'travail', rafraichir: fini ? undefined : 2, corps: <TravailPage travail={t} /> });
  }),
  get(
    '/travaux/:id/suivi',
    accesMetier,
    async (c) => {
      const t = await lireTravail(c);
      return json({ etat: t.etat, fait: t.fait, total: t.total, message: t.message, termine: t.etat === 'fait' || t.etat === 'echec' });
    },
    { api: true },
  ),
  get('/travaux/:id/fichier', accesMetier, async (c) => {
    const t = await lireTravail(c);
    const f = typeof t.resultat?.fichier === 'string' ? await lireFichier(c.db, c.contrat.id, t.resultat.fichier) : null;
    if (!f) throw introuvable('Ce fichier');
    return fichier(f.contenu, { nom: f.nom, type: f.type });
  }),
];
