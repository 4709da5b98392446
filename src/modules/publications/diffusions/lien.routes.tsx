/** The link of who has no account: it opens once, for an hour; another one is sent to the same address. */
import { acces } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { fini } from './diffusions.contexte.ts';
import { accorderLectures } from './diffusions.dus.ts';
import {
  type DocumentDiffuse,
  getDocument,
  getLecteur,
  type Lecteur,
  lireFichierDiffuse,
  marquerLu,
  ouvrirLeLien,
  TOURS_MAX,
  tournerLeLien,
} from './diffusions.queries.ts';
import { CHEMIN, CHEMIN_DU_LIEN, envoyerAuxLecteurs, estSien, OUVERT_MS } from './lien.ts';
import { LienPage } from './pages/LienPage.tsx';

export function liensRoutes(s: Pick<Services, 'coffre' | 'adresse'>): Route[] {
  /** By the letter's own link; 404 when it is not whole, or another was sent since. */
  const parLien =
    (suite: (c: Contexte, o: { l: Lecteur; d: DocumentDiffuse }) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const l = await getLecteur(c.db, c.contrat.id, c.params.lecteur ?? '', c.brut.request.method === 'POST');
      if (!l || !estSien(s.coffre, l, c.params.sceauDeLecture ?? '')) throw introuvable('Ce lien');
      const d = await getDocument(c.db, c.contrat.id, l.documentId);
      if (!d) throw introuvable('Ce document');
      return suite(c, { l, d });
    };
  const estOuvert = (l: Lecteur, c: Contexte): boolean => l.ouvertLe !== null && c.maintenant.getTime() - l.ouvertLe.getTime() < OUVERT_MS;
  const etatDe = (c: Contexte, { l, d }: { l: Lecteur; d: DocumentDiffuse }) => {
    if (fini(d, c) || (d.retireLe !== null && !estOuvert(l, c))) return 'fini';
    if (estOuvert(l, c)) return 'ouvert';
    if (l.ouvertLe === null) return 'a-lire';
    return l.tour < TOURS_MAX ? 'lu' : 'trop';
  };
  const montrer = async (c: Contexte, o: { l: Lecteur; d: DocumentDiffuse }): Promise<Reponse> =>
    page({
      titre: o.d.titre,
      sobre: true,
      corps: <LienPage {...o} catalogue={await getCatalogue(c.db, c.contrat.id)} action={c.url.pathname} etat={etatDe(c, o)} />,
    });

  return [
    /** 200 what it is, or what it says while it is open · 404 */
    get(
      CHEMIN_DU_LIEN,
      acces.public,
      parLien((c, o) => montrer(c, o)),
      { parMinute: 60, secrete: true },
    ),
    /** 303 opened, once, or nothing to open · 200 another link leaves for the same address · 404 */
    post(
      CHEMIN_DU_LIEN,
      acces.public,
      parLien(async (c, { l, d }) => {
        if (fini(d, c) || d.retireLe) return redirige(c.url.pathname);
        if (texte(c.corps.acte) === 'relire') {
          const neuf = estOuvert(l, c) ? null : await tournerLeLien(c.db, c.contrat.id, l.id);
          // Open still, or asked for too often: nothing leaves, and its page says which.
          if (!neuf) return redirige(c.url.pathname);
          await envoyerAuxLecteurs(c.db, c.contrat.id, s, d, [neuf], (await getCatalogue(c.db, c.contrat.id)).nomActeur(d.organisationId));
          await c.auditer('document.lien', `${CHEMIN}/${d.id}`, { tour: neuf.tour });
          return page({
            titre: d.titre,
            sobre: true,
            corps: <LienPage l={l} d={d} catalogue={await getCatalogue(c.db, c.contrat.id)} action="" etat="envoye" />,
          });
        }
        await ouvrirLeLien(c.db, c.contrat.id, l.id, c.maintenant);
        if (await marquerLu(c.db, c.contrat.id, l.id, 'lien', c.maintenant)) {
          await accorderLectures(c.db, c.contrat.id, [l.id], c.maintenant);
          await c.auditer('document.lu', `${CHEMIN}/${d.id}`, { voie: 'lien' });
        }
        return redirige(c.url.pathname);
      }),
      { parMinute: 30, secrete: true },
    ),
    /** 200 within the hour of its reading · 404 */
    get(
      `${CHEMIN_DU_LIEN}/fichier`,
      acces.public,
      parLien(async (c, { l, d }) => {
        const f = estOuvert(l, c) && !fini(d, c) ? await lireFichierDiffuse(c.db, c.contrat.id, d.id) : null;
        if (!f) throw introuvable('Ce fichier');
        return fichier(f.contenu, { nom: f.nom, type: f.type });
      }),
      { parMinute: 60, secrete: true },
    ),
  ];
}
