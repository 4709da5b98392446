/** Papers of a session: joined while it is prepared, read by whoever may read it. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { fichier, get, lire, post, redirige, type Route, champsDe } from '../../../core/http/http.ts';
import { typeDuFichier, typeServi } from '../../../core/nature.ts';
import { chargerSeance } from '../seances.contexte.ts';
import { listPoints } from '../seances.queries.ts';
import { REFUS_RESERVE } from '../partie/partie.rules.ts';
import { exigerEnPreparation } from './preparation.contexte.ts';
import { pagePreparer } from './preparation.pages.tsx';
import { documentSchema } from './seances.schema.ts';
import { addDocument, deleteDocument, getDocument } from './documents.queries.ts';

const DOCUMENT_MAX = 25 * 1_048_576;
/** What members can open on any machine, and that runs nothing. */
const TYPES_DOCUMENT = /\.(pdf|docx|xlsx|pptx|odt|ods|odp|csv|txt|png|jpe?g)$/i;

export const documentsRoutes: Route[] = [
  post(
    '/seances/:id/documents',
    accesMetier,
    async (c) => {
      // Large files that arrive together do not wait for one another.
      const s = await exigerEnPreparation(c, 'avec-d-autres');
      const recu = c.fichiers[0];
      const lu = lire(documentSchema, c.corps);
      const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
      if (!recu) erreurs.push({ champ: 'fichier', message: 'Choisissez un fichier.' });
      else if (!TYPES_DOCUMENT.test(recu.nom))
        erreurs.push({ champ: 'fichier', message: 'Ce type de fichier n’est pas accepté : PDF, traitement de texte, tableur, présentation, texte ou image.' });
      if (!lu.ok || !recu || erreurs.length > 0) return pagePreparer(c, { champs: champsDe(c), erreurs });
      const points = await listPoints(c.db, c.contrat.id, s.seance.id);
      const point = points.find((p) => p.id === lu.valeur.point);
      if (point?.genre === 'reserve') return pagePreparer(c, { champs: champsDe(c), erreurs: [{ champ: 'fichier', message: REFUS_RESERVE }] });
      const pointId = point?.id ?? null;
      const titre = lu.valeur.titre || recu.nom.replace(/\.[^.]+$/, '');
      const { nom } = recu;
      const id = await addDocument(c.db, c.contrat.id, s.seance.id, {
        titre,
        pointId,
        nom,
        type: await typeDuFichier(recu.chemin),
        chemin: recu.chemin,
        octets: recu.octets,
        par: s.u.nom,
        quand: c.maintenant,
      });
      await c.auditer('seance.document_ajoute', `/seances/${s.seance.id}/documents/${id}`, { octets: recu.octets });
      return redirige(`/seances/${s.seance.id}/preparer#documents`);
    },
    { creation: true, televersementMax: DOCUMENT_MAX },
  ),
  post('/seances/:id/documents/:document/retirer', accesMetier, async (c) => {
    const s = await exigerEnPreparation(c);
    if (!(await deleteDocument(c.db, c.contrat.id, s.seance.id, c.params.document ?? ''))) throw introuvable('Ce document');
    await c.auditer('seance.document_retire', `/seances/${s.seance.id}/documents/${c.params.document}`);
    return redirige(`/seances/${s.seance.id}/preparer#documents`);
  }),
  get(
    '/seances/:id/documents/:document',
    accesMetier,
    async (c) => {
      const s = await chargerSeance(c);
      const d = await getDocument(c.db, c.contrat.id, s.seance.id, c.params.document ?? '');
      if (!d) throw introuvable('Ce document');
      return fichier(d.contenu, { nom: d.nom, type: typeServi(d.type) });
    },
    { sensible: true },
  ),
];
