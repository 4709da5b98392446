/** Documents sent to a list: written, read by account, followed, withdrawn, replaced. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { fichier, get, lire, numeroDePage, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import { getCatalogue, nomsConnus } from '../../contrats/index.ts';
import { FICHIER_MAX } from '../../indicateurs/index.ts';
import { encoreLa } from './destinataires.ts';
import { diffuser, formulaire, PERSONNE } from './diffuser.tsx';
import { CADRE, FIL, fini, lisible, ouvrir } from './diffusions.contexte.ts';
import { accorderLectures } from './diffusions.dus.ts';
import { peutDiffuserUnDocument, peutSuivreUnDocument } from './diffusions.policy.ts';
import { getSuivant, lireFichierDiffuse, listDocuments, listLecteurs, marquerLu, retirerDocument } from './diffusions.queries.ts';
import { retraitDeDocumentSchema } from './diffusions.schema.ts';
import { annoncerLeRetrait, CHEMIN } from './lien.ts';
import { liensRoutes } from './lien.routes.tsx';
import { lireLesNoms } from './noms.rules.ts';
import { DocumentPage } from './pages/DocumentPage.tsx';
import { DocumentsPage } from './pages/DocumentsPage.tsx';

const PAR_PAGE = 50;
const DEJA = 'Ce document est déjà retiré, remplacé ou effacé.';

export function diffusionsRoutes(s: Pick<Services, 'coffre' | 'adresse'>): Route[] {
  return [
    /** 200: those sent to this person, and those that they follow */
    get(CHEMIN, accesMetier, async (c) => {
      const u = c.utilisateur;
      if (!u) throw interdit('Connectez-vous pour lire les documents qui vous sont adressés.');
      const n = numeroDePage(c);
      const [documents, cat] = [
        await listDocuments(c.db, c.contrat.id, {
          compteId: u.id,
          organisation: peutSuivreUnDocument(u, u) ? u.organisationId : null,
          toutes: peutSuivreUnDocument(u, { organisationId: '' }),
          limite: PAR_PAGE + 1,
          depuis: (n - 1) * PAR_PAGE,
        }),
        await getCatalogue(c.db, c.contrat.id),
      ];
      return page({
        ...CADRE,
        titre: 'Documents à lire',
        corps: (
          <DocumentsPage
            documents={documents.slice(0, PAR_PAGE)}
            catalogue={cat}
            diffuse={peutDiffuserUnDocument(u)}
            page={n}
            suite={documents.length > PAR_PAGE}
            suit={(d) => peutSuivreUnDocument(u, d)}
          />
        ),
      });
    }),
    /** 200 · 403 */
    get(`${CHEMIN}/nouveau`, accesMetier, (c) => formulaire(c, { champs: {}, choix: PERSONNE, erreurs: [], doutes: [] }, null)),
    /** 303 · 403 · 422 with what was typed */
    post(`${CHEMIN}/nouveau`, accesMetier, (c) => diffuser(c, s, null), { creation: true, televersementMax: FICHIER_MAX }),
    /** 200: what it says, once read · 404 not on its list */
    get(`${CHEMIN}/:documentDiffuse`, accesMetier, async (c) => {
      const o = await ouvrir(c);
      return page({
        ...CADRE,
        titre: o.d.titre,
        fil: FIL,
        corps: (
          <DocumentPage
            d={o.d}
            sien={o.sien}
            lisible={lisible(o, c)}
            fini={fini(o.d, c)}
            lecteurs={o.suit ? await listLecteurs(c.db, c.contrat.id, o.d.id) : null}
            suivant={await getSuivant(c.db, c.contrat.id, o.d.id)}
            catalogue={await getCatalogue(c.db, c.contrat.id)}
            fait={texte(c.requete.fait)}
          />
        ),
      });
    }),
    /** 303 read, already or not · 404 · 409 withdrawn before it was read */
    post(`${CHEMIN}/:documentDiffuse/lire`, accesMetier, async (c) => {
      const { d, sien } = await ouvrir(c, true);
      if (!sien) throw interdit('Ce document ne vous est pas adressé : ses lecteurs seuls disent l’avoir lu.');
      if ((d.retireLe || fini(d, c)) && !sien.luLe) throw conflit('Ce document est retiré, ou sa diffusion a pris fin.');
      if (await marquerLu(c.db, c.contrat.id, sien.id, 'compte', c.maintenant)) {
        await accorderLectures(c.db, c.contrat.id, [sien.id], c.maintenant);
        await c.auditer('document.lu', `${CHEMIN}/${d.id}`, { voie: 'compte' });
      }
      return redirige(`${CHEMIN}/${d.id}?fait=lu`);
    }),
    /** 200 · 404 no file, or not read yet */
    get(
      `${CHEMIN}/:documentDiffuse/fichier`,
      accesMetier,
      async (c) => {
        const o = await ouvrir(c);
        const f = lisible(o, c) ? await lireFichierDiffuse(c.db, c.contrat.id, o.d.id) : null;
        if (!f) throw introuvable('Ce fichier');
        return fichier(f.contenu, { nom: f.nom, type: f.type });
      },
      { sensible: true },
    ),
    /** 303, told to those of its list · 403 · 404 · 409 already, or erased · 422 no reason, or somebody named */
    post(`${CHEMIN}/:documentDiffuse/retirer`, accesMetier, async (c) => {
      const { u, d, suit, sien } = await ouvrir(c, true);
      if (!suit) throw interdit('L’organisme qui a diffusé ce document le retire.');
      if (d.retireLe || d.anonymiseeLe) throw conflit(DEJA);
      const motif = texte(c.corps.motif);
      const lu = lire(retraitDeDocumentSchema, { motif });
      const cat = await getCatalogue(c.db, c.contrat.id);
      const noms = lireLesNoms([{ champ: 'motif', texte: motif }], Number(jourDe(c.maintenant).slice(0, 4)), nomsConnus(cat));
      const lecteurs = await listLecteurs(c.db, c.contrat.id, d.id);
      if (!lu.ok || noms.erreurs.length > 0 || !estConfirme(noms.doutes, c.corps[CONFIRME]))
        return page({
          ...CADRE,
          titre: d.titre,
          fil: FIL,
          statut: 422,
          corps: (
            <DocumentPage
              d={d}
              sien={sien}
              lisible
              fini={fini(d, c)}
              lecteurs={lecteurs}
              suivant={null}
              catalogue={cat}
              fait=""
              retrait={{ motif, erreurs: [...(lu.ok ? [] : lu.erreurs), ...noms.erreurs], doutes: noms.doutes }}
            />
          ),
        });
      if (!(await retirerDocument(c.db, c.contrat.id, d.id, { par: u.nom, motif: lu.valeur.motif, quand: c.maintenant }))) throw conflit(DEJA);
      const prevenus = await encoreLa(c, lecteurs);
      await annoncerLeRetrait(c.db, c.contrat.id, s.coffre, { ...d, motif: lu.valeur.motif }, prevenus, cat.nomActeur(d.organisationId));
      await accorderLectures(
        c.db,
        c.contrat.id,
        lecteurs.map((l) => l.id),
        c.maintenant,
      );
      await c.auditer('document.retire', `${CHEMIN}/${d.id}`, {
        lus: lecteurs.filter((l) => l.luLe).length,
        prevenus: prevenus.length,
        confirmes: noms.doutes.length,
      });
      return redirige(`${CHEMIN}/${d.id}?fait=retire`);
    }),
    /** 200 · 403 · 404 · 409 withdrawn */
    get(`${CHEMIN}/:documentDiffuse/remplacer`, accesMetier, async (c) => {
      const { d, suit } = await ouvrir(c);
      if (!suit) throw interdit('L’organisme qui a diffusé ce document le remplace.');
      if (d.retireLe || d.anonymiseeLe) throw conflit(DEJA);
      return formulaire(c, { champs: { titre: d.titre, texte: d.texte, jusqu_au: d.jusquAu }, choix: PERSONNE, erreurs: [], doutes: [] }, d);
    }),
    /** 303 to the new version · 403 · 404 · 409 · 422 */
    post(
      `${CHEMIN}/:documentDiffuse/remplacer`,
      accesMetier,
      async (c) => {
        const o = await ouvrir(c, true);
        if (!o.suit) throw interdit('L’organisme qui a diffusé ce document le remplace.');
        if (o.d.retireLe || o.d.anonymiseeLe) throw conflit(DEJA);
        return diffuser(c, s, o);
      },
      { creation: true, televersementMax: FICHIER_MAX },
    ),
    ...liensRoutes(s),
  ];
}
