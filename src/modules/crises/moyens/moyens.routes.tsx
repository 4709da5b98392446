/** Means of a crisis: asked for, granted or refused, on the way, on site, given back. */
import { motDe } from '../../../ui/types.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { peutTenirMoyen } from '../conduite.policy.ts';
import { agir, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { accesCrises, peutEntrer } from '../crises.policy.ts';
import { listSalles } from '../crises.queries.ts';
import { court, type Moyen } from '../soutien.schema.ts';
import { dejaEcrit, phrase, RIEN, su } from '../main-courante/phrase.rules.ts';
import { addMoyen, getMoyen, listDehors, listMoyens, listPassages, listStocks, passerMoyen, plusDehors, setStock, tenirStock } from './moyens.queries.ts';
import { direStock, ETATS_MOYEN, ilEnReste, type Part, passagesDepuis } from './moyens.rules.ts';
import { demandeDeMoyenSchema, passageSchema, stockSchema } from './moyens.schema.ts';
import { type Dehors, MoyensPage } from './pages/MoyensPage.tsx';

/** Requests on the page. */
const MONTREES = 200;
const FAITS: Readonly<Record<string, string>> = {
  demande: 'Demande envoyée.',
  passage: 'C’est noté, et écrit dans la main courante.',
  stock: 'Nombre enregistré.',
};

export function buildMoyensRoutes(o: OutilsDeConduite): Route[] {
  const moyenDe = (code: string): Moyen | undefined => o.soutien.moyens.find((m) => m.code === code);
  const partsDe = (c: Contexte, k: Salle, m: Moyen | undefined, demandeurId: string): Part[] => [
    ...(m && peutTenirMoyen(c.utilisateur, k.salle, m, k.cat.contient) ? (['tenant'] as const) : []),
    ...(k.conduit || demandeurId === k.qui.organisationId ? (['demandeur'] as const) : []),
  ];
  /** What is out, room by room; a room that this person does not enter is not named. */
  async function dehorsDits(c: Contexte, k: Salle): Promise<Dehors[]> {
    const parSalle = await listDehors(c.db, c.contrat.id, k.crise);
    const salles = new Map((await listSalles(c.db, c.contrat.id, [...new Set(parSalle.map((d) => d.criseId))])).map((s) => [s.id, s]));
    return parSalle.map(({ moyen, criseId, nombre }) => {
      const s = salles.get(criseId);
      const vue = s && peutEntrer(c.utilisateur, s, k.cat.contient);
      return { moyen, nombre, salle: criseId === k.crise.id ? 'ici' : vue ? { id: s.id, titre: s.titre, close: s.etat !== 'ouverte' } : 'ailleurs' };
    });
  }
  async function pageDesMoyens(c: Contexte, k: Salle, plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; demande?: string } = {}): Promise<Reponse> {
    const stocks = await listStocks(c.db, c.contrat.id, k.crise);
    const { demandes, enTout } = await listMoyens(c.db, c.contrat.id, k.crise.id, MONTREES);
    const passages = await listPassages(c.db, c.contrat.id, k.crise.id);
    return montrer(k, {
      titre: 'Moyens',
      ici: 'moyens',
      erreurs: plus.erreurs ?? [],
      fait: motDe(FAITS, texte(c.requete.fait)) ?? undefined,
      corps: (
        <MoyensPage
          salle={k}
          soutien={o.soutien}
          stocks={stocks}
          dehors={await dehorsDits(c, k)}
          enTout={enTout}
          demandes={demandes.map((d) => ({
            d,
            moyen: moyenDe(d.moyen),
            passages: passages.filter((x) => x.demandeId === d.id),
            suites: k.ecrit && k.crise.etat !== 'archivee' ? passagesDepuis(d.etat, partsDe(c, k, moyenDe(d.moyen), d.demandeurId), k.fini) : [],
          }))}
          tenus={o.soutien.moyens.filter((m) => !k.fini && k.ecrit && peutTenirMoyen(c.utilisateur, k.salle, m, k.cat.contient))}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
          ouverte={plus.demande ?? ''}
        />
      ),
    });
  }
  const chemin = (k: Salle, fait: string) => redirige(`${cheminDe(k.crise.id, '/moyens')}?fait=${fait}`);

  return [
    /** 200 · 403 not of the room · 404 */
    get('/crises/:crise/moyens', accesCrises, async (c) => pageDesMoyens(c, await entrer(c, o)), { sensible: true }),
    /** 303 asked · 422 · 409 closed · 403 · 404 */
    post(
      '/crises/:crise/moyens',
      accesCrises,
      async (c) => {
        const k = await agir(c, o);
        const lu = lire(demandeDeMoyenSchema, c.corps);
        const m = moyenDe(texte(c.corps.moyen));
        if (!lu.ok || !m)
          return pageDesMoyens(c, k, { champs: champsDe(c), erreurs: lu.ok ? [{ champ: 'moyen', message: 'Choisissez un moyen de la liste.' }] : lu.erreurs });
        const { moyen, nombre, lieu } = lu.valeur;
        const relus = relireTextes(c, k, { lieu });
        if (!relus.ok) return pageDesMoyens(c, k, { champs: champsDe(c), erreurs: relus.etonnements });
        const cree = await addMoyen(c.db, c.contrat.id, { criseId: k.crise.id, moyen, nombre, lieu, demandeurId: k.qui.organisationId }, k.qui);
        await consigner(c, k, {
          classe: 'moyens',
          contenu: phrase`Moyen n° ${cree.numero} demandé : ${nombre} × ${su(court(m))}, ${relus.relus.lieu}. Par ${su(k.cat.nomActeur(k.qui.organisationId))}, à ${su(k.cat.nomActeur(m.par))}.`,
        });
        await c.auditer('crise.moyen', cheminDe(k.crise.id, '/moyens'), { numero: cree.numero, moyen: code(moyen), nombre });
        return chemin(k, 'demande');
      },
      { creation: true },
    ),
    /** 303 · 409 someone moved it on meanwhile, or not enough left: one of two who grant the last gets it · 422 refused without reason · 403 · 404 */
    post('/crises/:crise/moyens/:demandeDeMoyen', accesCrises, async (c) => {
      // What is out comes back after the end too.
      const k = await agir(c, o, true);
      const d = await getMoyen(c.db, c.contrat.id, k.crise.id, c.params.demandeDeMoyen ?? '');
      if (!d) throw introuvable('Cette demande');
      const m = moyenDe(d.moyen);
      const lu = lire(passageSchema, c.corps);
      const refus = (erreurs: readonly ErreurDeChamp[]) => pageDesMoyens(c, k, { champs: champsDe(c), erreurs, demande: d.id });
      if (!lu.ok) return refus(lu.erreurs.map((e) => ({ ...e, champ: `${d.id}-${e.champ}` })));
      const { de, vers, motif } = lu.valeur;
      const nom = m ? court(m) : d.moyen;
      if (de !== d.etat)
        throw conflit(`Le moyen n° ${d.numero} est déjà « ${ETATS_MOYEN[d.etat].libelle.toLowerCase()} » : quelqu’un vient de le dire. Rien n’a été changé.`);
      const parts = partsDe(c, k, m, d.demandeurId);
      if (!passagesDepuis(d.etat, ['demandeur', 'tenant'], k.fini).some((p) => p.vers === vers))
        throw conflit(k.fini ? 'Cette crise est close : un moyen ne peut plus qu’être rendu.' : 'Ce moyen ne peut pas passer à cet état.');
      if (!passagesDepuis(d.etat, parts, k.fini).some((p) => p.vers === vers))
        throw interdit(`Cela revient à qui tient ce moyen (${m ? k.cat.nomActeur(m.tenu_par) : nom}), à la salle de commandement ou à la coordination.`);
      const relus = relireTextes(c, k, { motif }, { prefixe: `${d.id}-` });
      if (!relus.ok) return refus(relus.etonnements);
      if (vers === 'accorde') {
        const stock = await tenirStock(c.db, c.contrat.id, k.crise, d.moyen);
        if (!ilEnReste(stock, d.nombre))
          throw conflit(
            `Il en reste ${direStock(stock)} (${nom}), et il en faut ${d.nombre} : rien n’a été accordé. Refusez en le disant, ou attendez un retour.`,
          );
      }
      await passerMoyen(c.db, c.contrat.id, d.id, { ...k.qui, etat: vers, motif });
      await consigner(c, k, {
        classe: 'moyens',
        contenu: phrase`Moyen n° ${d.numero} (${d.nombre} × ${su(nom)}, ${dejaEcrit(d.lieu, k.cat.sigles)}) : ${su(ETATS_MOYEN[vers].libelle.toLowerCase())}${motif ? phrase`. Motif : ${relus.relus.motif}` : RIEN}.`,
      });
      await c.auditer('crise.moyen', cheminDe(k.crise.id, '/moyens'), { numero: d.numero, de, vers });
      return chemin(k, 'passage');
    }),
    /** How many there are, for every crisis. 303 · 422 fewer than are out · 403 · 404 */
    post('/crises/:crise/stock', accesCrises, async (c) => {
      const k = await agir(c, o);
      const lu = lire(stockSchema, c.corps);
      const m = moyenDe(texte(c.corps.moyen));
      const refus = (erreurs: readonly ErreurDeChamp[]) =>
        pageDesMoyens(c, k, { champs: champsDe(c), erreurs: erreurs.map((e) => ({ ...e, champ: `${e.champ}-${m?.code ?? ''}` })) });
      if (!m) throw introuvable('Ce moyen');
      if (!peutTenirMoyen(c.utilisateur, k.salle, m, k.cat.contient))
        throw interdit(`Seul qui tient ce moyen (${k.cat.nomActeur(m.tenu_par)}) dit combien il y en a.`);
      if (!lu.ok) return refus(lu.erreurs);
      await tenirStock(c.db, c.contrat.id, k.crise, m.code);
      const dehors = await plusDehors(c.db, c.contrat.id, m.code);
      if (lu.valeur.total < dehors) return refus([{ champ: 'total', message: `Il y en a au moins ${dehors} : ce qui est dehors.` }]);
      await setStock(c.db, c.contrat.id, { moyen: m.code, total: lu.valeur.total, par: k.qui.par, le: c.maintenant });
      await c.auditer('crise.stock', cheminDe(k.crise.id, '/moyens'), { moyen: code(m.code), total: lu.valeur.total });
      return chemin(k, 'stock');
    }),
  ];
}
