/** Places: what they are, what was done there, and bringing in a file of them. */
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, ErreurConcorde, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { ajouterTravail } from '../../../core/jobs/jobs.ts';
import { lireDate } from '../../../core/jours.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Registres } from '../registres.contexte.ts';
import { peutLire } from '../registres.policy.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { bilanDe, SANS_DATE } from './importer.ts';
import { accesDesImports, peutImporterDesLieux } from './lieux.policy.ts';
import * as q from './lieux.queries.ts';
import { connaitre, LISTE_DES_TYPES } from './lieux.rules.ts';
import { comparer, empreinteDe } from './plan.rules.ts';
import { lireLieux } from './lire.ts';
import { ImportDeLieuxPage, ImportsDeLieuxPage, type SaisieDImport } from './pages/ImportsPages.tsx';
import { LieuPage, LieuxPage } from './pages/LieuxPages.tsx';
import { GENRE_RATTACHEMENT } from './rattacher.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';

const FIL = [{ libelle: 'Lieux', href: '/lieux' }];
const FIL_DES_IMPORTS = [...FIL, { libelle: 'Imports', href: '/lieux/imports' }];
const RESERVE = 'Les lieux valent pour tout le contrat : seules la coordination sans limite de territoire et l’administration les importent.';
const FICHIER_MAX = 50 * 1_048_576;
const VIDE: SaisieDImport = { type: '', depuis: '', fermer: false, source: '', licence: '' };

const typesDe = async (c: Contexte) => (await getCatalogue(c.db, c.contrat.id)).listes.get(LISTE_DES_TYPES) ?? [];
/** Throws 403. */
function exigerImport(c: Contexte): void {
  if (!peutImporterDesLieux(c.utilisateur)) throw interdit(RESERVE);
}

export function lieuxRoutes(r: Registres): Route[] {
  /** Registers whose records this reader may count: those open to all, and those that the reader reads. */
  const comptables = (c: Contexte) => r.definitions.filter((d) => d.publique || peutLire(c.utilisateur, d));

  return [
    /** 200 */
    get('/lieux', acces.public, async (c) => {
      const types = await typesDe(c);
      const connus = [...connaitre(await q.listLieux(c.db, c.contrat.id), types).values()];
      const corps = <LieuxPage types={types} lieux={connus} type={texte(c.requete.type)} importer={peutImporterDesLieux(c.utilisateur)} />;
      return page({ titre: 'Lieux', section: 'registres', corps });
    }),

    /** 200 · 403 */
    get('/lieux/imports', accesDesImports, async (c) => {
      exigerImport(c);
      return accueil(c, VIDE, []);
    }),

    /** 303 to the preview · 422 with every fault and what was typed · 413 · 403 */
    post(
      '/lieux/imports',
      accesDesImports,
      async (c) => {
        exigerImport(c);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const saisie: SaisieDImport = {
          type: texte(c.corps.type),
          depuis: texte(c.corps.depuis),
          fermer: texte(c.corps.fermer) !== '',
          source: texte(c.corps.source),
          licence: texte(c.corps.licence),
        };
        const recu = c.fichiers.find((f) => f.champ === 'fichier');
        const erreurs: ErreurDeChamp[] = [];
        if (!recu) erreurs.push({ champ: 'fichier', message: 'Choisissez un fichier à importer.' });
        if (!(catalogue.listes.get(LISTE_DES_TYPES) ?? []).some((t) => t.code === saisie.type && !t.retiree))
          erreurs.push({ champ: 'type', message: 'Dites de quel type sont ces lieux.' });
        const jour = lireDate(saisie.depuis);
        if (!jour.ok) erreurs.push({ champ: 'depuis', message: jour.message });
        if (saisie.fermer && saisie.depuis === '') erreurs.push({ champ: 'depuis', message: SANS_DATE });
        if (saisie.source === '') erreurs.push({ champ: 'source', message: 'Dites d’où vient le fichier.' });
        if (saisie.licence === '') erreurs.push({ champ: 'licence', message: 'Dites sous quelle licence il se réutilise.' });
        erreurs.push(...fautesDeTaille('source', 'Source', saisie.source, 300), ...fautesDeTaille('licence', 'Licence', saisie.licence, 120));
        if (erreurs.length > 0 || !recu || !jour.ok) return accueil(c, saisie, erreurs);
        try {
          const lu = await lireLieux(recu.chemin, recu.nom, catalogue.contrat.emprise);
          if (lu.fautes.length > 0) return accueil(c, saisie, [{ champ: 'fichier', message: `Corrigez ${lu.fautes.length} lignes du fichier.` }], lu.fautes);
          const auteur = auteurDe(c);
          const id = await q.createImport(c.db, c.contrat.id, {
            ...saisie,
            depuis: jour.valeur,
            fichier: recu.nom,
            lus: lu.lus,
            avertissements: lu.avertissements,
            creePar: auteur.id,
            auteur: auteur.nom,
          });
          await c.auditer('lieux.deposes', `/lieux/imports/${id}`, { type: code(saisie.type), lieux: lu.lus.length });
          return redirige(`/lieux/imports/${id}`);
        } catch (e) {
          if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd'))
            return accueil(c, saisie, [{ champ: 'fichier', message: e.message }]);
          throw e;
        }
      },
      { creation: true, televersementMax: FICHIER_MAX },
    ),

    /** 200 · 403 · 404 */
    get('/lieux/imports/:id', accesDesImports, async (c) => {
      exigerImport(c);
      return apercu(c, await charger(c));
    }),

    /** 303 · 409 already done, or something else was imported since · 422 faults · 403 · 404 */
    post('/lieux/imports/:id/publier', accesDesImports, async (c) => {
      exigerImport(c);
      await q.verrouiller(c.db);
      const i = await charger(c, true);
      if (i.publieLe !== null) throw conflit('Cet import est déjà publié.');
      const plan = comparer(i.lus, await q.listTenus(c.db, c.contrat.id, i.type), i);
      if (plan.fautes.length > 0) return apercu(c, i, 422);
      if (texte(c.corps.empreinte) !== empreinteDe(plan)) return apercu(c, i, 409);
      await q.ecrirePlan(c.db, c.contrat.id, plan, { type: i.type, source: i.source, licence: i.licence, par: i.auteur });
      await q.fermerImport(c.db, c.contrat.id, i.id, c.maintenant, bilanDe(plan));
      await ajouterTravail(c.db, c.contrat.id, {
        genre: GENRE_RATTACHEMENT,
        libelle: `Rattachement aux lieux de « ${i.fichier} »`,
        charge: {},
        demandePar: c.utilisateur?.id ?? null,
      });
      await c.auditer('lieux.importes', `/lieux/imports/${i.id}`, { type: code(i.type), ...bilanDe(plan) });
      return redirige(`/lieux/imports/${i.id}`);
    }),

    /** 200 · 404 */
    get('/lieux/:type/:code', acces.public, async (c) => {
      const cle = { type: c.params.type ?? '', code: c.params.code ?? '' };
      const etats = await q.listEtatsDuLieu(c.db, c.contrat.id, cle);
      const [dernier] = etats;
      if (!dernier) throw introuvable('Ce lieu');
      const comptes = await q.countParRegistre(
        c.db,
        c.contrat.id,
        cle,
        comptables(c).map((d) => d.code),
      );
      const lisibles = new Set(r.definitions.filter((d) => peutLire(c.utilisateur, d)).map((d) => d.code));
      const corps = <LieuPage types={await typesDe(c)} etats={etats} comptes={comptes} definitions={r.definitions} lisibles={lisibles} />;
      return page({ titre: dernier.nom, section: 'registres', fil: FIL, corps });
    }),
  ];

  async function charger(c: Contexte, verrou = false): Promise<q.ImportDeLieux> {
    const i = await q.getImport(c.db, c.contrat.id, c.params.id ?? '', verrou);
    if (!i) throw introuvable('Cet import');
    return i;
  }

  async function accueil(
    c: Contexte,
    saisie: SaisieDImport,
    erreurs: readonly ErreurDeChamp[],
    fautes: readonly { ligne: number; message: string }[] = [],
  ): Promise<Reponse> {
    return page({
      titre: 'Importer des lieux',
      statut: erreurs.length > 0 ? 422 : 200,
      largeur: 'travail',
      section: 'registres',
      fil: FIL,
      corps: (
        <ImportsDeLieuxPage
          types={await typesDe(c)}
          saisie={saisie}
          erreurs={erreurs}
          fautes={fautes}
          imports={enPages(c, await q.listImports(c.db, c.contrat.id), 50)}
        />
      ),
    });
  }

  async function apercu(c: Contexte, i: q.ImportDeLieux, statut = 200): Promise<Reponse> {
    const plan = i.publieLe === null ? comparer(i.lus, await q.listTenus(c.db, c.contrat.id, i.type), i) : null;
    return page({
      titre: `Import de « ${i.fichier} »`,
      statut,
      largeur: 'travail',
      section: 'registres',
      fil: FIL_DES_IMPORTS,
      corps: <ImportDeLieuxPage i={i} plan={plan} empreinte={plan ? empreinteDe(plan) : ''} types={await typesDe(c)} change={statut === 409} />,
    });
  }
}
