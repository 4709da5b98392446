/** Importing a file: check, read the preview, publish, undo. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accesRegistres } from '../../../core/authorize.ts';
import { dossierDeRequete } from '../../../core/base/deposits.ts';
import { conflit, interdit } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { OCTETS_MAX, ouvrirFichier } from '../../../core/tableur/tableur.ts';
import { jourEtHeure, nombre } from '../../../ui/typographie.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ouvrirImport } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutCreer, peutGererLot } from '../registres.policy.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { filDe } from '../saisie/saisie.vues.tsx';
import { oublierClasseur, saveClasseur } from './classeurs.queries.ts';
import { titresConnus } from './entetes.rules.ts';
import { charger, enTransaction, ouDe, permetDe, preparation, refusDeFichier, relire, retenuesDe, vueDuLot } from './lot.vue.tsx';
import { annulerLot, compterLot, getLot, listLots, listPorteesPubliees, publierLot } from './lots.queries.ts';
import { modeleCsv, modeleXlsx } from './modele.ts';
import { ImportPage } from './pages/ImportPage.tsx';
import { enTable } from './collage.rules.ts';
import { comparer, preparerLot } from './preparation.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';

const TYPE_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Characters pasted at once: as a form writes them, they still fit in what it may send. */
const COLLE_MAX = 150_000;

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

    /**
     * 303 to the preview, or to « Vos colonnes » · 422 with what to do · 413 · 403 · 404. A file, or cells pasted from a spreadsheet;
     * the batch is written whole or not at all.
     */
    post(
      '/registres/:registre/imports',
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const { d } = ici;
        if (!peutCreer(c.utilisateur, d)) throw interdit();
        const colle = typeof c.corps.colle === 'string' ? c.corps.colle : null;
        const recu = colle === null ? c.fichiers.find((f) => f.champ === 'fichier') : undefined;
        if (colle !== null && colle.trim() === '') return accueil(c, d, { colle: 'Collez d’abord des cellules copiées dans votre tableur.' });
        if (colle !== null && colle.length > COLLE_MAX)
          return accueil(c, d, {
            colle: `Ce collage a ${nombre(colle.length)} caractères, pour ${nombre(COLLE_MAX)} au plus. Collez-le en plusieurs fois ou importez un fichier.`,
          });
        if (!recu && colle === null) return accueil(c, d, { fichier: 'Choisissez un fichier à importer.' });
        const dossier = recu ? null : await dossierDeRequete();
        try {
          const collage = colle === null ? null : enTable(colle);
          const chemin = recu?.chemin ?? join(dossier ?? '', 'collage.txt');
          const nom = recu?.nom ?? `Collage du ${jourEtHeure(c.maintenant)}`;
          if (collage) await writeFile(chemin, collage.texte);
          const retenues = await retenuesDe(c, d);
          const ouvert = await ouvrirFichier(chemin, nom, null, titresConnus(d, retenues ?? undefined));
          const { id, aApparier } = await enTransaction(c, async (tx) => {
            const lot = await preparerLot(
              tx,
              preparation(c, ici, { nom, ouvert: { ...ouvert, ...collage?.lu } }, { retenues, titres: colle === null ? 'presents' : 'peut-etre' }),
            );
            // Kept until it is published: another sheet, or its columns, may be read otherwise.
            await saveClasseur(tx, ouDe(c, d), lot, chemin);
            return { id: lot, aApparier: (await getLot(tx, ouDe(c, d), lot))?.aApparier ?? false };
          });
          return redirige(`/registres/${d.code}/imports/${id}${aApparier ? '/colonnes' : ''}`);
        } catch (e) {
          return accueil(c, d, colle === null ? { fichier: refusDeFichier(e) } : { colle: refusDeFichier(e) });
        } finally {
          if (dossier) await rm(dossier, { recursive: true, force: true });
        }
      },
      { creation: true, televersementMax: OCTETS_MAX, sansTransaction: true },
    ),

    /** 200 · 303 to « Vos colonnes » while they are to be paired · 404 also for a batch of someone else */
    get(
      '/registres/:registre/imports/:lot',
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const lot = await charger(c, ici.d);
        if (lot.aApparier && lot.etat === 'prepare') return redirige(`/registres/${ici.d.code}/imports/${lot.id}/colonnes`);
        return vueDuLot(r, c, ici, lot);
      },
      { sensible: true },
    ),

    /** 303 to the preview of that sheet, in place of this one · 422 · 403 · 404 · 409 when published or when the file is kept no more */
    post(
      '/registres/:registre/imports/:lot/feuille',
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const lot = await charger(c, ici.d);
        try {
          const id = await relire(c, ici, lot, { feuille: texte(c.corps.feuille), retenues: await retenuesDe(c, ici.d), memesLignes: false });
          return redirige(`/registres/${ici.d.code}/imports/${id}`);
        } catch (e) {
          return vueDuLot(r, c, ici, lot, { feuille: refusDeFichier(e) });
        }
      },
      { sansTransaction: true },
    ),

    /** 303 · 403 · 404 · 409 when already published */
    post('/registres/:registre/imports/:lot/publier', accesRegistres, async (c) => {
      const ici = await ouvrirImport(r, c);
      const { d } = ici;
      const lot = await charger(c, d, true);
      if (lot.etat !== 'prepare') throw conflit('Cet import a déjà été publié ou annulé. Revenez à sa page.');
      if (lot.aApparier) throw conflit('Dites d’abord ce que veulent dire les colonnes de ce fichier : rien n’est encore lu.');
      const ou = ouDe(c, d);
      // Records may have changed since the preview: rows are compared again under lock, so that nothing newer is missed.
      await comparer(c.db, { ou, permet: permetDe(c, ici) }, lot.id);
      await compterLot(c.db, ou, lot.id, lot.remarques);
      await publierLot(c.db, r, ou, lot.id, { auteur: auteurDe(c), quand: c.maintenant, acte: 'import', motif: `Import de ${lot.fichier}` });
      await oublierClasseur(c.db, ou, lot.id);
      await c.auditer('lot.publie', `/registres/${d.code}/imports/${lot.id}`, { nouvelles: lot.nouvelles, corrigees: lot.corrigees });
      return redirige(`/registres/${d.code}/imports/${lot.id}`);
    }),

    /** 303 · 422 without a reason · 403 · 404 · 409 when not published */
    post('/registres/:registre/imports/:lot/annuler', accesRegistres, async (c) => {
      const ici = await ouvrirImport(r, c);
      const { d } = ici;
      const lot = await charger(c, d, true);
      if (lot.etat !== 'publie') throw conflit('Seul un import publié peut être annulé. Revenez à sa page.');
      const motif = texte(c.corps.motif);
      const [faute] = motif === '' ? [{ message: 'Indiquez pourquoi cet import est annulé.' }] : fautesDeTaille('motif', 'Motif de l’annulation', motif, 300);
      if (faute) return vueDuLot(r, c, ici, lot, { motif: { ecrit: motif, message: faute.message } });
      const ou = ouDe(c, d);
      const permet = permetDe(c, ici);
      for (const p of await listPorteesPubliees(c.db, ou, lot.id))
        if (!permet(p))
          throw interdit('Cet import porte sur des enregistrements que votre mandat ne permet plus de changer. Adressez-vous à votre coordination.');
      const compte = await annulerLot(c.db, r, ou, lot.id, { auteur: auteurDe(c), quand: c.maintenant, motif });
      await c.auditer('lot.annule', `/registres/${d.code}/imports/${lot.id}`, compte);
      return redirige(`/registres/${d.code}/imports/${lot.id}`);
    }),
  ];

  async function accueil(c: Contexte, d: DefinitionRegistre, erreurs: { fichier?: string; colle?: string } = {}): Promise<Reponse> {
    // Whose they are is asked with the bound: thirty of one's own, whatever the others imported since.
    const de = peutGererLot(c.utilisateur, { creePar: null }, d) ? null : (c.utilisateur?.id ?? '');
    const lots = (await listLots(c.db, { contratId: c.contrat.id, registre: d.code }, { limite: 30, de })).filter((lot) => peutGererLot(c.utilisateur, lot, d));
    return page({
      titre: 'Importer un fichier',
      statut: Object.keys(erreurs).length > 0 ? 422 : 200,
      largeur: 'travail',
      section: 'registres',
      fil: filDe(d),
      corps: <ImportPage d={d} lots={lots} erreurs={erreurs} colle={typeof c.corps.colle === 'string' ? c.corps.colle : ''} colleMax={COLLE_MAX} />,
    });
  }
}
