/** Cells and who sits there: made and composed by the coordination, whose durations the data protection officer decides. */
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { cheminDe, cleOuverte, nomDe, type Outils, signataires, voirCellule, type Vue } from '../cellules.contexte.ts';
import { empreinteCourte } from '../cles/cles.ts';
import { listSeances } from '../seances/seances.queries.ts';
import { accesCellules, accesTableau, peutComposer, peutControler, siege } from '../cellules.policy.ts';
import { redemanderSignatures } from '../charte/redemander.ts';
import { listReglees } from '../charte/reglement.queries.ts';
import { CellulePage } from '../pages/CellulePage.tsx';
import { listNombres } from '../nombres/nombres.queries.ts';
import { TableauPage } from '../pages/TableauPage.tsx';
import { CellulesPage } from '../pages/CellulesPage.tsx';
import { listMesSituations } from '../situations/situations.queries.ts';
import {
  addCellule,
  addMembre,
  countSituations,
  exclure,
  getCompteDeCellule,
  listCellules,
  listCompteurs,
  listSieges,
  type Membre,
  raccourcir,
  remettre,
  setDurees,
} from './cellule.queries.ts';
import { celluleSchema, dureesSchema, exclusionSchema, membreSchema } from './cellule.schema.ts';

export const FIL = [{ libelle: 'Cellules', href: '/cellules' }];
export const travail = { largeur: 'travail', section: 'cellules', scripts: ['cellule-hors-ligne.js'] } as const;
export type Champs = Readonly<Record<string, string>>;

/** Cells that this person composes, controls or sits in. */
async function listeDesCellules(c: Contexte, o: Outils, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const sieges = new Map((await listSieges(c.db, c.contrat.id, c.utilisateur?.id ?? '')).map((m) => [m.celluleId, m]));
  const compose = peutComposer(c.utilisateur);
  const toutes = await listCellules(c.db, c.contrat.id);
  const reglees = await listReglees(c.db, c.contrat.id);
  const controle = peutControler(c.utilisateur);
  const siennes = toutes.filter((x) => compose || controle || siege(c.utilisateur, sieges.get(x.id) ?? null, x.territoireId, aujourdhui, cat.contient));
  return page({
    ...travail,
    titre: 'Cellules',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <CellulesPage
        charte={o.charte}
        catalogue={cat}
        cellules={siennes.map((x) => ({ ...x, nom: nomDe(o.charte, cat, x), membre: sieges.has(x.id), reglement: reglees.get(x.id) ?? null }))}
        compose={compose}
        champs={champsDe(c)}
        erreurs={erreurs}
      />
    ),
  });
}

/** Of the public keys that wait for the cell's: for who passes it, and for whom it is passed to. */
async function empreintesDe(v: Vue, ouverte: boolean): Promise<ReadonlyMap<string, string>> {
  const montrees = ouverte ? signataires(v) : v.moi ? [v.moi] : [];
  return new Map(await Promise.all(montrees.flatMap((m) => (m.publique ? [empreinteCourte(m.publique).then((e) => [m.id, e] as const)] : []))));
}

const PAR_PAGE = 50;

async function pageDeCellule(c: Contexte, o: Outils, v: Vue, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const cle = cleOuverte(c, o, v);
  const { moi, cellule, aujourdhui } = v;
  return page({
    ...travail,
    titre: v.nom,
    fil: FIL,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <CellulePage
        vue={v}
        charte={o.charte}
        ouverte={cle !== null}
        situations={enPages(
          c,
          cle && moi ? await listMesSituations(c.db, c.contrat.id, { celluleId: cellule.id, membreId: moi.id, aujourdhui }) : [],
          PAR_PAGE,
          'situations',
        )}
        seances={enPages(c, moi && v.signee ? await listSeances(c.db, c.contrat.id, cellule.id) : [], PAR_PAGE, 'seances')}
        empreintes={await empreintesDe(v, cle !== null)}
        compteurs={moi && v.signee ? await listCompteurs(c.db, c.contrat.id, cellule.id) : []}
        champs={champsDe(c)}
        erreurs={erreurs}
        fait={texte(c.requete.fait)}
      />
    ),
  });
}

export const buildCelluleRoutes = (o: Outils): Route[] => [
  get('/cellules', accesCellules, (c) => listeDesCellules(c, o)),
  /** 200 numbers of finished years, by cell, as they were written once: none below five, nor what would tell it. */
  get('/cellules/tableau', accesTableau, async (c) => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const nombres = await listNombres(c.db);
    return page({ ...travail, titre: 'Tableau d’activité', fil: FIL, corps: <TableauPage charte={o.charte} catalogue={cat} nombres={nombres} /> });
  }),
  /** 303 made; 422 wrong, or there already; 403 not the coordination. */
  post(
    '/cellules/creer',
    accesCellules,
    async (c) => {
      const u = c.utilisateur;
      if (!u || !peutComposer(u)) throw interdit('Une cellule se crée par la coordination centrale.');
      const lu = lire(celluleSchema, c.corps);
      if (!lu.ok) return listeDesCellules(c, o, lu.erreurs);
      const cat = await getCatalogue(c.db, c.contrat.id);
      const { genre, territoire } = lu.valeur;
      if (!o.charte.genres.some((g) => g.code === genre)) return listeDesCellules(c, o, [{ champ: 'genre', message: 'Choisissez le genre dans la liste.' }]);
      if (!cat.territoires.has(territoire)) return listeDesCellules(c, o, [{ champ: 'territoire', message: 'Choisissez le territoire dans la liste.' }]);
      const id = await addCellule(c.db, c.contrat.id, { genre, territoireId: territoire, creeePar: u.id }, c.maintenant);
      if (!id) return listeDesCellules(c, o, [{ champ: 'territoire', message: 'Il y a déjà une cellule de ce genre sur ce territoire.' }]);
      await c.auditer('cellule.creee', cheminDe(id), { genre: code(genre), territoire: code(territoire) });
      return redirige(cheminDe(id));
    },
    { creation: true },
  ),
  /** 200; 404 for who has no business there. */
  get('/cellules/:cellule', accesCellules, async (c) => pageDeCellule(c, o, await voirCellule(c, o)), { sensible: true }),
  /** 303 decided: the charter says them, so everyone signs it again; 422; 403 not the data protection officer. */
  post('/cellules/:cellule/durees', accesCellules, async (c) => {
    const v = await voirCellule(c, o, true);
    const u = c.utilisateur;
    if (!u || !v.controle) throw interdit('Les durées sont fixées par le délégué à la protection des données.');
    const confirmation = exigerConfirmation(c, cheminDe(v.cellule.id));
    if (confirmation) return confirmation;
    const lu = lire(dureesSchema, c.corps);
    if (!lu.ok) return pageDeCellule(c, o, v, lu.erreurs);
    await setDurees(c.db, c.contrat.id, v.cellule.id, lu.valeur, u.id, c.maintenant);
    await raccourcir(c.db, c.contrat.id, v.cellule.id, lu.valeur);
    await redemanderSignatures(c, o, v);
    await c.auditer('cellule.durees', cheminDe(v.cellule.id), { ...lu.valeur });
    return redirige(`${cheminDe(v.cellule.id)}?fait=durees`);
  }),
  /** 303 named; 422 no such account, or named already; 403 not the coordination. */
  post(
    '/cellules/:cellule/membres',
    accesCellules,
    async (c) => {
      const v = await voirCellule(c, o, true);
      if (!v.compose) throw interdit('Les membres sont désignés par la coordination centrale.');
      const confirmation = exigerConfirmation(c, cheminDe(v.cellule.id));
      if (confirmation) return confirmation;
      const lu = lire(membreSchema, c.corps);
      if (!lu.ok) return pageDeCellule(c, o, v, lu.erreurs);
      const { courriel, ...dit } = lu.valeur;
      const refus = (message: string) => pageDeCellule(c, o, v, [{ champ: 'courriel', message }]);
      const compte = await getCompteDeCellule(c.db, courriel);
      if (!compte)
        return refus('Aucun compte ouvert avec un mandat « membre de cellule » n’a cette adresse. Donnez-lui d’abord ce mandat, depuis la page des comptes.');
      const membre = { celluleId: v.cellule.id, compteId: compte.id, nom: compte.nom, organisationId: compte.organisationId, ...dit };
      const id = await addMembre(c.db, c.contrat.id, membre);
      if (!id) return refus('Cette personne est déjà membre de la cellule.');
      await c.auditer('cellule.membre', cheminDe(v.cellule.id), {
        membre: code(id),
        institution: code(compte.organisationId),
        debut: code(dit.debut),
        fin: code(dit.fin),
      });
      return redirige(`${cheminDe(v.cellule.id)}?fait=membre`);
    },
    { anonyme: true },
  ),
  /** 303 closed to that person from this instant; 422 not confirmed; 409 gone already; 403 not the coordination. */
  post('/cellules/:cellule/exclure/:affilie', accesCellules, async (c) => {
    const v = await voirCellule(c, o, true);
    if (!v.compose) throw interdit('Un membre est exclu par la coordination centrale.');
    const membre = v.membres.find((m) => m.id === c.params.affilie);
    if (!membre) throw introuvable('Ce membre');
    const confirmation = exigerConfirmation(c, cheminDe(v.cellule.id));
    if (confirmation) return confirmation;
    const lu = lire(exclusionSchema, c.corps);
    if (!lu.ok)
      return pageDeCellule(
        c,
        o,
        v,
        lu.erreurs.map((e) => ({ ...e, champ: `${e.champ}-${membre.id}` })),
      );
    // The last one who has the key leaves with everything, unless custodians hold it.
    const porteur = (m: Membre) => m.excluLe === null && (m.boite ?? m.ancienneBoite) !== null;
    const dernier = porteur(membre) && v.membres.filter(porteur).length === 1;
    if (dernier && v.cellule.partsEpoque !== v.cellule.epoque && (await countSituations(c.db, c.contrat.id, v.cellule.id)) > 0)
      throw conflit(
        'Cette personne est la dernière à avoir la clé : son départ rendrait illisible ce que la cellule garde. Faites d’abord passer la clé à un autre membre, ou donner les parts à trois dépositaires.',
      );
    if (!(await exclure(c.db, c.contrat.id, membre, lu.valeur.motif, c.maintenant))) throw conflit('Ce membre a déjà quitté la cellule.');
    for (const r of await remettre(c.db, c.contrat.id, v.cellule.id, v.aujourdhui, c.maintenant))
      await c.auditer('situation.habilitee', `${cheminDe(v.cellule.id)}/situations/${r.situationId}`, { membre: code(r.membreId), d_office: true });
    await c.auditer('cellule.exclusion', cheminDe(v.cellule.id), { membre: code(membre.id), institution: code(membre.organisationId), motif: lu.valeur.motif });
    return redirige(`${cheminDe(v.cellule.id)}?fait=exclusion`);
  }),
];
