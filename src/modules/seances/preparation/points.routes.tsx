/** The agenda of a session in preparation: items added, taken from proposals, ordered, changed, taken out. */
import { markDemandesInscrites, rouvrirDemande } from '../../instances/index.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, json, type Lecture, lire, liste, page, post, redirige, type Route, texte, veutJson, champsDe } from '../../../core/http/http.ts';
import { changesDepuis, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage, removalPage } from '../../../ui/Conflict.tsx';
import type { SeanceChargee } from '../seances.contexte.ts';
import { listPoints } from '../seances.queries.ts';
import { REFUS_RESERVE } from '../partie/partie.rules.ts';
import { suivreOrdreDuJour } from '../suivre.ts';
import { cadreDePage, demandesDe, exigerEnPreparation, parDe, pointDe, POINT_LIBRE } from './preparation.contexte.ts';
import { formulaireDuPoint, pointEnregistre } from './preparation.formulaires.ts';
import { pagePreparer } from './preparation.pages.tsx';
import { ecarter } from './recurrents.queries.ts';
import { listPropositions } from './propositions.ts';
import { nouveauPointSchema, pointModifieSchema, type SaisiePoint } from './seances.schema.ts';
import * as seances from './seances.queries.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';

/** The fiche named must be one of the contract's. */
const avecFiche = (lu: Lecture<SaisiePoint>, s: SeanceChargee): Lecture<SaisiePoint> =>
  lu.ok && lu.valeur.fiche && !s.catalogue.fiches.has(lu.valeur.fiche)
    ? { ok: false, erreurs: [{ champ: 'fiche', message: 'Cette fiche n’est pas dans le contrat.' }] }
    : lu;
const enPoint = (v: SaisiePoint) => ({ ...v, fiche: v.fiche || null });

/** An item of this session; 404 otherwise. */
async function chargerPoint(c: Contexte) {
  const s = await exigerEnPreparation(c);
  const point = (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === c.params.point);
  if (!point) throw introuvable('Ce point');
  return { ...s, point };
}

/** `<id>:haut`, `<id>:bas`, or `<id>:<id of the item before, empty for the first place>`, read on the order as it is now. */
function replacer(ordre: readonly string[], geste: string): string[] | null {
  const [id = '', ou = ''] = geste.split(':');
  const rang = ordre.indexOf(id);
  if (rang < 0) return null;
  const autres = ordre.filter((x) => x !== id);
  const place = ou === 'haut' ? rang - 1 : ou === 'bas' ? rang + 1 : ou === '' ? 0 : autres.indexOf(ou) + 1;
  if (ou !== 'haut' && ou !== 'bas' && ou !== '' && place === 0) return null;
  return [...autres.slice(0, Math.max(0, place)), id, ...autres.slice(Math.max(0, place))];
}

export const pointsRoutes: Route[] = [
  /** A proposal taken up (`cle`), or an item of one's own. */
  post(
    '/seances/:id/points',
    accesMetier,
    async (c) => {
      const s = await exigerEnPreparation(c);
      const cles = liste(c.corps.cle);
      if (cles.length > 0) {
        const propositions = await listPropositions(c.db, c.contrat.id, s.instance, jourDe(c.maintenant));
        const choisies = propositions.filter((p) => cles.includes(p.cle));
        await seances.addPoints(c.db, c.contrat.id, s.seance.id, choisies.map(pointDe));
        await markDemandesInscrites(c.db, c.contrat.id, s.instance.id, demandesDe(choisies));
      } else {
        const lu = avecFiche(lire(nouveauPointSchema, c.corps), s);
        if (!lu.ok) return pagePreparer(c, { champs: champsDe(c), erreurs: lu.erreurs });
        await seances.addPoints(c.db, c.contrat.id, s.seance.id, [{ ...POINT_LIBRE, ...enPoint(lu.valeur) }]);
      }
      await suivreOrdreDuJour(c, s.seance);
      await c.auditer('seance.ordre_du_jour', `/seances/${s.seance.id}`, { ajout: cles.length || 1 });
      return redirige(`/seances/${s.seance.id}/preparer#ordre-du-jour`);
    },
    { creation: true },
  ),
  /**
   * `deplacer` is one move, made again on the order as it is now: two people who order at once keep both their moves. 303, or
   * 200 `{ ordre }` for the island; 409 one of the two items left the agenda meanwhile.
   */
  post('/seances/:id/ordre', accesMetier, async (c) => {
    const s = await exigerEnPreparation(c);
    const geste = texte(c.corps.deplacer);
    if (!geste.includes(':')) throw invalide('Dites quel point vous déplacez. Rechargez la page et recommencez.');
    const ordre = replacer(
      (await listPoints(c.db, c.contrat.id, s.seance.id)).map((p) => p.id),
      geste,
    );
    if (!ordre) throw conflit('Ce point, ou celui près duquel vous le placez, vient d’être retiré de l’ordre du jour. Rechargez la page.');
    await seances.orderPoints(c.db, c.contrat.id, s.seance.id, ordre);
    await c.auditer('seance.ordre_du_jour', `/seances/${s.seance.id}`, { points: ordre.length });
    return veutJson(c.brut.request) ? json({ ordre }) : redirige(`/seances/${s.seance.id}/preparer#point-${geste.split(':')[0]}`);
  }),
  /** 303; 200 both changes kept; 409 both shown; 422 with what was typed; 403; 404. */
  post('/seances/:id/points/:point/modifier', accesMetier, async (c) => {
    const s = await chargerPoint(c);
    const { point } = s;
    if (point.genre === 'reserve') throw conflit(REFUS_RESERVE);
    const formulaire = formulaireDuPoint(s.seance, point, s.catalogue);
    const r = rapprocher(c.corps, pointEnregistre(point));
    if (r.genre === 'heurt') return page(conflictPage(cadreDePage(s), { formulaire, r }));
    const lu = avecFiche(lire(pointModifieSchema, r.champs), s);
    if (!lu.ok) return pagePreparer(c, { champs: { ...champsDe(c), ...r.champs, point_modifie: point.id }, erreurs: lu.erreurs });
    await seances.updatePoint(c.db, { contratId: c.contrat.id, seanceId: s.seance.id, id: point.id, version: point.version }, enPoint(lu.valeur), parDe(c));
    await c.auditer('seance.point_modifie', `/seances/${s.seance.id}`);
    return r.venus.length > 0 ? page(mergedPage(cadreDePage(s), formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
  /** 303; 409 someone wrote in it since; 403; 404. */
  post('/seances/:id/points/:point/retirer', accesMetier, async (c) => {
    const s = await chargerPoint(c);
    if (s.point.genre === 'reserve') throw conflit('Ce point tient la place de la partie réservée : annulez-la pour l’enlever.');
    const motif = texte(c.corps.motif).trim();
    const fautes =
      motif.length < 5
        ? [{ champ: 'motif', message: 'Dites pourquoi ce point est écarté cette fois.' }]
        : fautesDeTaille('motif', 'Pourquoi l’écarter cette fois', motif, 1000);
    if (s.point.genre === 'recurrent' && fautes.length > 0)
      return pagePreparer(c, { champs: { ...enTextes(pointEnregistre(s.point).champs), motif, point_modifie: s.point.id }, erreurs: fautes });
    const actuel = pointEnregistre(s.point);
    const ecarts = changesDepuis(c.corps, actuel);
    const formulaire = { ...formulaireDuPoint(s.seance, s.point, s.catalogue), action: `/seances/${s.seance.id}/points/${s.point.id}/retirer` };
    if (ecarts.length > 0) return page(removalPage(cadreDePage(s), { formulaire, actuel, ecarts, acte: 'Enlever de l’ordre du jour', masques: { motif } }));
    if (s.point.genre === 'recurrent')
      await ecarter(c.db, c.contrat.id, s.seance.id, {
        cle: s.point.cle,
        titre: s.point.titre,
        motif,
        par: parDe(c).nom,
        quand: c.maintenant,
      });
    const cle = await seances.deletePoint(c.db, { contratId: c.contrat.id, seanceId: s.seance.id, id: s.point.id });
    if (cle?.startsWith('demande:')) await rouvrirDemande(c.db, c.contrat.id, cle.slice(8));
    await suivreOrdreDuJour(c, s.seance);
    await c.auditer('seance.point_retire', `/seances/${s.seance.id}`, {}, motif ? { apres: { motif } } : {});
    return redirige(`/seances/${s.seance.id}/preparer#ordre-du-jour`);
  }),
];
