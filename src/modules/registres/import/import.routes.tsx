/** Importing a file: check, read the preview, publish, undo. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { accesRegistres } from '../../../core/authorize.ts';
import { conflit, ErreurConcorde, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { dossierDeRequete } from '../../../core/base/deposits.ts';
import { type FichierOuvert, OCTETS_MAX, ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { EtatLigne, Lot } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutCreer, peutEcrire, peutGererLot, type Portee, situationDe } from '../registres.policy.ts';
import { auteurDe, filDe } from '../saisie/saisie.routes.tsx';
import { annulerLot, compterLot, getLot, listLignes, listLots, listPorteesPubliees, publierLot } from './lots.queries.ts';
import { titresConnus } from './colonnes.rules.ts';
import { modeleCsv, modeleXlsx } from './modele.ts';
import { ImportPage } from './pages/ImportPage.tsx';
import { LotPage } from './pages/LotPage.tsx';
import { ecrireClasseur, oublierClasseur, remplacerLot, saveClasseur } from './classeurs.queries.ts';
import { comparer, type Preparation, preparerLot } from './preparation.ts';

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
      if (!peutCreer(c.utilisateur, d)) throw interdit();
      return accueil(c, d);
    }),

    /** 303 to the preview · 422 with what to do · 413 · 403 · 404. The batch is written whole or not at all. */
    post(
      '/registres/:registre/imports',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        if (!peutCreer(c.utilisateur, d)) throw interdit();
        const recu = c.fichiers.find((f) => f.champ === 'fichier');
        if (!recu) return accueil(c, d, 'Choisissez un fichier à importer.');
        try {
          const ouvert = await ouvrirFichier(recu.chemin, recu.nom, null, titresConnus(d));
          const ou = { contratId: c.contrat.id, registre: d.code };
          const id = await enTransaction(c, async (tx) => {
            const lot = await preparerLot(tx, preparation(c, { ou, d, rep }, recu.nom, ouvert));
            if (ouvert.feuilles.length > 1) await saveClasseur(tx, ou, lot, recu.chemin);
            return lot;
          });
          return redirige(`/registres/${d.code}/imports/${id}`);
        } catch (e) {
          return accueil(c, d, refusDeFichier(e));
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

    /** 303 to the preview of that sheet, in place of this one · 422 · 403 · 404 · 409 when published or when the file is kept no more */
    post(
      '/registres/:registre/imports/:lot/feuille',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const lot = await charger(c, d);
        const ou = { contratId: c.contrat.id, registre: d.code };
        const dossier = await dossierDeRequete();
        try {
          const chemin = join(dossier, 'classeur');
          if (lot.etat !== 'prepare' || !(await ecrireClasseur(c.db, ou, lot.id, chemin)))
            throw conflit('Cet import a déjà été publié, annulé ou remplacé. Importez le fichier de nouveau pour en lire une autre feuille.');
          const ouvert = await ouvrirFichier(chemin, lot.fichier, texte(c.corps.feuille), titresConnus(d));
          const id = await enTransaction(c, async (tx) => {
            const encore = await getLot(tx, ou, lot.id, true);
            if (encore?.etat !== 'prepare') throw conflit('Cet import vient d’être publié ou remplacé. Revenez à sa page.');
            const nouveau = await preparerLot(tx, preparation(c, { ou, d, rep }, lot.fichier, ouvert));
            await remplacerLot(tx, ou, lot.id, nouveau, auteurDe(c), c.maintenant);
            return nouveau;
          });
          return redirige(`/registres/${d.code}/imports/${id}`);
        } catch (e) {
          return vueDuLot(c, d, lot, { feuille: refusDeFichier(e) });
        } finally {
          await rm(dossier, { recursive: true, force: true });
        }
      },
      { sansTransaction: true },
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
      await oublierClasseur(c.db, ou, lot.id);
      await c.auditer('lot.publie', `/registres/${d.code}/imports/${lot.id}`, { nouvelles: lot.nouvelles, corrigees: lot.corrigees });
      return redirige(`/registres/${d.code}/imports/${lot.id}`);
    }),

    /** 303 · 422 without a reason · 403 · 404 · 409 when not published */
    post('/registres/:registre/imports/:lot/annuler', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const lot = await charger(c, d, true);
      if (lot.etat !== 'publie') throw conflit('Seul un import publié peut être annulé. Revenez à sa page.');
      const motif = texte(c.corps.motif).slice(0, 300);
      if (motif === '') return vueDuLot(c, d, lot, { motif: 'Indiquez pourquoi cet import est annulé.' });
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

  async function vueDuLot(c: Contexte, d: DefinitionRegistre, lot: Lot, erreurs: { motif?: string; feuille?: string } = {}): Promise<Reponse> {
    const { rep } = await ouvrir(r, c);
    const demande = texte(c.requete.etat);
    const etat = ETATS.includes(demande) ? (demande as EtatLigne) : null;
    const numero = numeroDePage(c);
    const lignes = await listLignes(c.db, { contratId: c.contrat.id, registre: d.code }, lot.id, etat, PAR_PAGE, (numero - 1) * PAR_PAGE);
    return page({
      titre: `Import ${lot.fichier}`,
      statut: erreurs.motif || erreurs.feuille ? 422 : 200,
      largeur: 'travail',
      section: 'registres',
      fil: [...filDe(d), { libelle: 'Imports', href: `/registres/${d.code}/imports` }],
      corps: <LotPage d={d} rep={rep} lot={lot} etat={etat} lignes={lignes} page={numero} parPage={PAR_PAGE} erreurs={erreurs} />,
    });
  }
}

const enTransaction = <T,>(c: Contexte, f: (tx: Db) => Promise<T>): Promise<T> =>
  inTransaction(c.db, { contratId: c.contrat.id, utilisateurId: c.utilisateur?.id ?? '' }, f);

function preparation(c: Contexte, r: Pick<Preparation, 'ou' | 'd' | 'rep'>, nom: string, ouvert: FichierOuvert): Preparation {
  const permet = (p: Portee) => peutEcrire(c.utilisateur, situationDe(r.d, p), r.rep.contient);
  return { ...r, auteur: auteurDe(c), quand: c.maintenant, fichier: { nom, ouvert }, permet };
}

/** What is wrong with the file is said beside its field; any other failure goes on. */
function refusDeFichier(e: unknown): string {
  if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd')) return e.message;
  throw e;
}

async function charger(c: Contexte, d: DefinitionRegistre, verrou = false): Promise<Lot> {
  const lot = await getLot(c.db, { contratId: c.contrat.id, registre: d.code }, c.params.lot ?? '', verrou);
  if (!lot || !peutGererLot(c.utilisateur, lot, d)) throw introuvable('Cet import');
  return lot;
}
