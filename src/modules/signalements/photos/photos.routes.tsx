/** Photographs of reports: what everyone may see of them, and what a service decides before anyone does. */
import { acces, accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, fichier, get, post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { peutLire, peutTraiter } from '../demandes/demandes.policy.ts';
import { type Demande, getDemande } from '../demandes/demandes.queries.ts';
import { deciderPhoto, getPhoto, getPubliee } from './photos.queries.ts';

const JPEG = { nom: 'photo.jpg', type: 'image/jpeg', affiche: true } as const;

async function ouvrir(c: Contexte): Promise<{ d: Demande; catalogue: Catalogue; traite: boolean }> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const d = await getDemande(c.db, c.contrat.id, c.params.demandeId ?? '');
  if (!d || !peutLire(c.utilisateur, d, catalogue, catalogue.contient)) throw introuvable('Cette demande');
  return { d, catalogue, traite: peutTraiter(c.utilisateur, d, catalogue, catalogue.contient) };
}

export const photosRoutes: Route[] = [
  /** 200 a released one · 404 */
  get('/signalements/photos/:photoId', acces.public, async (c) => {
    const contenu = await getPubliee(c.db, c.contrat.id, c.params.photoId ?? '');
    if (!contenu) throw introuvable('Cette photo');
    return fichier(contenu, JPEG);
  }),
  /** 200 · 404 held ones, to whoever does not handle the report */
  get(
    '/signalements/demandes/:demandeId/photos/:photoId',
    accesMetier,
    async (c) => {
      const { d, traite } = await ouvrir(c);
      const p = await getPhoto(c.db, c.contrat.id, c.params.photoId ?? '');
      if (p?.demandeId !== d.id || !(traite || p.etat === 'publiee')) throw introuvable('Cette photo');
      return fichier(p.contenu, JPEG);
    },
    { sensible: true },
  ),
  /** 303 · 403 · 404 · 409 somebody decided before · 422 */
  post('/signalements/demandes/:demandeId/photos/:photoId', accesMetier, async (c) => {
    const { d, traite } = await ouvrir(c);
    if (!traite) throw interdit('Le service en charge, ou la coordination, décide des photos de cette demande.');
    const acte = texte(c.corps.acte);
    if (acte !== 'publier' && acte !== 'ecarter') throw invalide('Choisissez : montrer la photo, ou l’écarter.');
    if (acte === 'publier' && (d.closLe !== null || d.lecteurs !== null))
      throw conflit('Une photo ne se publie pas quand la demande est close, ni quand elle est réservée à ses services.');
    const p = { id: c.params.photoId ?? '', demandeId: d.id, publier: acte === 'publier', par: c.utilisateur?.nom ?? '', quand: c.maintenant };
    if (!(await deciderPhoto(c.db, c.contrat.id, p))) throw conflit('Cette photo n’est plus à décider : rechargez la page de la demande.');
    await c.auditer('demande.photo', `/signalements/demandes/${d.id}`, { acte });
    return redirige(`/signalements/demandes/${d.id}`);
  }),
];
