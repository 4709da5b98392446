/** Importing a file: check, read the preview, publish, undo. */
import { accesRegistres } from '../../../core/authorize.ts';
import { conflit, ErreurConcorde, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http.ts';
import { inTransaction } from '../../../core/database.ts';
import type { EtatLigne, Lot } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutEcrire, peutGererLot, peutImporter, type Portee, situationDe } from '../registres.policy.ts';
import { auteurDe, filDe } from '../saisie/saisie.routes.tsx';
import { OCTETS_MAX, ouvrirFichier } from './lecture.ts';
import { annulerLot, compterLot, getLot, listLignes, listLots, listPorteesPubliees, publierLot } from './lots.queries.ts';
import { modeleCsv, modeleXlsx } from './modele.ts';
import { ImportPage } from './pages/ImportPage.tsx';
import { LotPage } from './pages/LotPage.tsx';
import { comparer, preparerLot } from './preparation.ts';

const PAR_PAGE = 100;
const ETATS: readonly string[] = ['nouvelle', 'corrigee', 'connue', 'erreur'] satisfies EtatLigne[];
const TYPE_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function importRoutes(r: Registres): Route[] {
  return [
    /** 200 · 404 */
    get('/registres/:registre/modele.csv', accesRegistres, async (c) => {
      const { d } = await ouvrir(r, c);
      return fichier(modeleCsv(d), { nom: `modele-${d.code}.csv`, type: 'text/csv; charset=utf-8' });
    }),
    get('/registres/:registre/modele.xlsx', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      return fichier(await modeleXlsx(d, rep), { nom: `modele-${d.code}.xlsx`, type: TYPE_XLSX });
    }),

    /** 200 · 403 · 404 */
    get('/registres/:registre/imports', accesRegistres, async (c) => {
      const { d } = await ouvrir(r, c);
      if (!peutImporter(c.utilisateur, d)) throw interdit();
      return accueil(c, d);
    }),

    /** 303 to the preview · 422 with what to do · 413 · 403 · 404. The batch is written whole or not at all. */
    post(
      '/registres/:registre/imports',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        if (!peutImporter(c.utilisateur, d)) throw interdit();
        const recu = c.fichiers.find((f) => f.champ === 'fichier');
        if (!recu) return accueil(c, d, 'Choisissez un fichier à importer.');
        try {
          const ouvert = await ouvrirFichier(recu.chemin, recu.nom);
          const ou = { contratId: c.contrat.id, registre: d.code };
          const id = await inTransaction(c.db, { contratId: c.contrat.id, utilisateurId: c.utilisateur?.id ?? '' }, (tx) =>
            preparerLot(tx, {
              ou,
              d,
              rep,
              auteur: auteurDe(c),
              quand: c.maintenant,
              fichier: { nom: recu.nom, ouvert },
              permet: (p: Portee) => peutEcrire(c.utilisateur, situationDe(d, p), rep.contient),
            }),
          );
          return redirige(`/registres/${d.code}/imports/${id}`);
        } catch (e) {
          if (e instanceof ErreurConcorde && e.id === 'invalide') return accueil(c, d, e.message);
          throw e;
        }
      },
      { creation: true, televersementMax: OCTETS_MAX, sansTransaction: true },
    ),

    /** 200 · 404 also for a batch of someone else: its rows are not published, or were refused */
    get(
      '/registres/:registre/imports/:lot',
      accesRegistres,
      async (c) => {
        const { d } = await ouvrir(r, c);
        return vueDuLot(c, d, await charger(c, d));
      },
      { sensible: true },
    ),

    /** 303 · 403 · 404 · 409 when already published */
    post('/registres/:registre/imports/:lot/publier', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const lot = await charger(c, d, true);
      if (lot.etat !== 'prepare') throw conflit('Cet import a déjà été publié ou annulé. Revenez à sa page.');
      const ou = { contratId: c.contrat.id, registre: d.code };
      // Records may have changed since the preview: rows are compared again under lock, so that nothing newer is missed.
      await comparer(c.db, { ou, permet: (p) => peutEcrire(c.utilisateur, situationDe(d, p), rep.contient) }, lot.id);
      await compterLot(c.db, ou, lot.id, lot.remarques);
      await publierLot(c.db, r, ou, lot.id, { auteur: auteurDe(c), quand: c.maintenant, acte: 'import', motif: `Import de ${lot.fichier}` });
      await c.auditer('lot.publie', `/registres/${d.code}/imports/${lot.id}`, { nouvelles: lot.nouvelles, corrigees: lot.corrigees });
      return redirige(`/registres/${d.code}/imports/${lot.id}`);
    }),

    /** 303 · 422 without a reason · 403 · 404 · 409 when not published */
    post('/registres/:registre/imports/:lot/annuler', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const lot = await charger(c, d, true);
      if (lot.etat !== 'publie') throw conflit('Seul un import publié peut être annulé. Revenez à sa page.');
      const motif = texte(c.corps.motif).slice(0, 300);
      if (motif === '') return vueDuLot(c, d, lot, 'Indiquez pourquoi cet import est annulé.');
      const ou = { contratId: c.contrat.id, registre: d.code };
      for (const p of await listPorteesPubliees(c.db, ou, lot.id))
        if (!peutEcrire(c.utilisateur, situationDe(d, p), rep.contient))
          throw interdit('Cet import porte sur des enregistrements que votre mandat ne permet plus de changer. Adressez-vous à votre coordination.');
      const compte = await annulerLot(c.db, r, ou, lot.id, { auteur: auteurDe(c), quand: c.maintenant, motif });
      await c.auditer('lot.annule', `/registres/${d.code}/imports/${lot.id}`, compte);
      return redirige(`/registres/${d.code}/imports/${lot.id}`);
    }),
  ];

  async function accueil(c: Contexte, d: DefinitionRegistre, erreur?: string): Promise<Reponse> {
    const lots = (await listLots(c.db, { contratId: c.contrat.id, registre: d.code }, 200)).filter((lot) => peutGererLot(c.utilisateur, lot, d)).slice(0, 30);
    return page({
      titre: 'Importer un fichier',
      statut: erreur ? 422 : 200,
      largeur: 'travail',
      section: 'registres',
      fil: filDe(d),
      corps: <ImportPage d={d} lots={lots} erreur={erreur} />,
    });
  }

  async function vueDuLot(c: Contexte, d: DefinitionRegistre, lot: Lot, erreurMotif?: string): Promise<Reponse> {
    const { rep } = await ouvrir(r, c);
    const demande = texte(c.requete.etat);
    const etat = ETATS.includes(demande) ? (demande as EtatLigne) : null;
    const numero = numeroDePage(c);
    const lignes = await listLignes(c.db, { contratId: c.contrat.id, registre: d.code }, lot.id, etat, PAR_PAGE, (numero - 1) * PAR_PAGE);
    return page({
      titre: `Import ${lot.fichier}`,
      statut: erreurMotif ? 422 : 200,
      largeur: 'travail',
      section: 'registres',
      fil: [...filDe(d), { libelle: 'Imports', href: `/registres/${d.code}/imports` }],
      corps: <LotPage d={d} rep={rep} lot={lot} etat={etat} lignes={lignes} page={numero} parPage={PAR_PAGE} erreurMotif={erreurMotif} />,
    });
  }
}

async function charger(c: Contexte, d: DefinitionRegistre, verrou = false): Promise<Lot> {
  const lot = await getLot(c.db, { contratId: c.contrat.id, registre: d.code }, c.params.lot ?? '', verrou);
  if (!lot || !peutGererLot(c.utilisateur, lot, d)) throw introuvable('Cet import');
  return lot;
}
