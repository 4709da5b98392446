/**
 * The directory in the State's schema: files for everybody, and bringing one in by the coordination. GET 200, 403, 404; POST 303, 422 with
 * what is wrong, 413, 403, 404.
 */
import { enPages } from '../../../core/http/list-page.ts';
import { acces, accesMetier } from '../../../core/authorize.ts';
import { ErreurConcorde, type ErreurDeChamp, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { exporterCsv } from '../../../core/http/export.ts';
import { type Contexte, fichier, get, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { buildLocaliser, getCatalogue } from '../../contrats/index.ts';
import { peutImporter } from '../annuaire.policy.ts';
import { DANS, FIL } from '../structures/structures.routes.tsx';
import { suivreStructures } from '../verification/verification.dus.ts';
import { joindre, listDoublons, separer } from './doublons.queries.ts';
import { cellules, CHAMPS_SERVICE, CHAMPS_STRUCTURE, enJson, servicesExportes, sourceDIci, structuresExportees } from './exporter.ts';
import { importer } from './importer.ts';
import { getImport, listImports } from './importer.queries.ts';
import { lireEchange } from './lire.ts';
import { EchangesPage, ImportPage } from './pages/EchangesPage.tsx';

const FICHIER_MAX = 60 * 1_048_576;
const PAR_PAGE = 25;
const CSV = 'text/csv; charset=utf-8';
const RESERVE = 'Seule la coordination de tout le contrat importe et réunit des lieux.';
const SIEN = [...FIL, { libelle: 'Échanges', href: '/annuaire/echanges' }];

function exiger(c: Contexte): void {
  if (!peutImporter(c.utilisateur)) throw interdit(RESERVE);
}
const nousDe = (c: Contexte): string => sourceDIci(c.contrat.slug);
const licenceDe = async (c: Contexte) => (await getCatalogue(c.db, c.contrat.id)).contrat.licence;

async function accueil(c: Contexte, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const n = numeroDePage(c);
  const etat = ['joint', 'separe'].includes(texte(c.requete.etat)) ? texte(c.requete.etat) : 'propose';
  return page({
    ...DANS,
    fil: FIL,
    titre: 'Importer, exporter, réunir',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <EchangesPage
        imports={enPages(c, await listImports(c.db, c.contrat.id), 20, 'imports')}
        doublons={await listDoublons(c.db, c.contrat.id, etat, n, PAR_PAGE)}
        etat={etat}
        page={n}
        parPage={PAR_PAGE}
        erreurs={erreurs}
      />
    ),
  });
}

export const echangeRoutes: Route[] = [
  get('/annuaire/echanges', accesMetier, async (c) => {
    exiger(c);
    return accueil(c);
  }),
  post(
    '/annuaire/echanges',
    accesMetier,
    async (c) => {
      exiger(c);
      const recu = c.fichiers.find((f) => f.champ === 'fichier');
      if (!recu) return accueil(c, [{ champ: 'fichier', message: 'Choisissez un fichier à importer.' }]);
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      try {
        const r = await importer(c.db, {
          catalogue,
          localiser: await buildLocaliser(c.db, catalogue),
          auteur: { par: c.utilisateur?.nom ?? '', organisme: '', voie: 'import', quand: c.maintenant },
          fichier: recu.nom,
          lues: lireEchange(recu.chemin, recu.nom),
        });
        await c.auditer('structure.import', `/annuaire/echanges/${r.id}`, r.bilan);
        return redirige(`/annuaire/echanges/${r.id}`);
      } catch (e) {
        if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd')) return accueil(c, [{ champ: 'fichier', message: e.message }]);
        throw e;
      }
    },
    { creation: true, televersementMax: FICHIER_MAX },
  ),
  get('/annuaire/echanges/:importation', accesMetier, async (c) => {
    exiger(c);
    const i = await getImport(c.db, c.contrat.id, c.params.importation ?? '');
    if (!i) throw introuvable('Cet import');
    return page({ ...DANS, fil: SIEN, titre: `Import de « ${i.fichier} »`, corps: <ImportPage i={i} /> });
  }),
  // Joins two cards, tells them apart, or says that they are two: each undoes the other.
  post('/annuaire/doublons/:doublon', accesMetier, async (c) => {
    exiger(c);
    const a = { par: c.utilisateur?.nom ?? '', quand: c.maintenant };
    const id = c.params.doublon ?? '';
    const acte = texte(c.corps.acte);
    if (acte !== 'joindre' && acte !== 'separer') throw invalide('Dites s’il faut joindre ces deux fiches ou les séparer : utilisez les boutons de la page.');
    const fait = acte === 'joindre' ? await joindre(c.db, c.contrat.id, id, a) : await separer(c.db, c.contrat.id, id, a);
    if (!fait) throw introuvable('Ce doublon, ou l’une de ses deux fiches encore séparée,');
    await c.auditer('structure.doublon', `/annuaire/doublons/${id}`, { acte });
    await suivreStructures(c, [fait.gardeId, fait.doubleId].sort());
    return redirige(`/annuaire/echanges?etat=${acte === 'joindre' ? 'joint' : 'propose'}#doublons`);
  }),
  get('/aide/annuaire.json', acces.public, async (c) => {
    const nous = nousDe(c);
    return fichier(enJson(structuresExportees(c.db, c.contrat.id, nous), servicesExportes(c.db, c.contrat.id, nous)), {
      nom: 'annuaire.json',
      type: 'application/json; charset=utf-8',
      licence: await licenceDe(c),
    });
  }),
  get('/aide/structures.csv', acces.public, async (c) =>
    fichier(
      exporterCsv(structuresExportees(c.db, c.contrat.id, nousDe(c)), CHAMPS_STRUCTURE, (o) => cellules(o, CHAMPS_STRUCTURE)),
      {
        nom: 'structures.csv',
        type: CSV,
        licence: await licenceDe(c),
      },
    ),
  ),
  get('/aide/services.csv', acces.public, async (c) =>
    fichier(
      exporterCsv(servicesExportes(c.db, c.contrat.id, nousDe(c)), CHAMPS_SERVICE, (o) => cellules(o, CHAMPS_SERVICE)),
      {
        nom: 'services.csv',
        type: CSV,
        licence: await licenceDe(c),
      },
    ),
  ),
];
