/** Decisions, actions and votes typed while the session is open. */
import { randomUUID } from 'node:crypto';
import { origineInstance } from '../../instances/index.ts';
import { listPoints } from '../seances.queries.ts';
import { cadrePage, champsDe, chargerPourEcrire, dire, fait, refuser, refusSiFermee, type SeanceEcrite, type ServicesTenue } from './tenue.contexte.tsx';
import { addVote, deleteVote } from './tenue.queries.ts';
import { buildCorrectionSchema, buildNouvelleDecisionSchema, type DecisionSaisie, voteSchema } from './tenue.schema.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, json, type Lecture, lire, page, post, type Route, texte, veutJson } from '../../../core/http/http.ts';
import { type Champs, changesDepuis, enTextes, memeChamp, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage, removalPage } from '../../../ui/Conflict.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import { ecritureEnregistree, formulaireDEcriture, corriger, type Decision, decider, getDecision, numeroEcrit, retirer } from '../../decisions/index.ts';

/** « 1.6-R2.5 », « 1.6 », or either followed by its label: the fiche and the line meant. Null when it is neither. */
function lireEngagement(catalogue: Catalogue, saisi: string): { fiche: string | null; ligne: string | null } | null {
  if (saisi === '') return { fiche: null, ligne: null };
  const id = /^\S+/.exec(saisi)?.[0] ?? '';
  const ligne = catalogue.lignes.get(id);
  if (ligne) return { fiche: ligne.fiche, ligne: ligne.id };
  return catalogue.fiches.has(id) ? { fiche: id, ligne: null } : null;
}

type Lue =
  | { ok: true; d: DecisionSaisie & { id?: string | undefined }; pointId: string | null; territoireId: string; fiche: string | null; ligne: string | null }
  | { ok: false; erreurs: ErreurDeChamp[] };

/** What the schema cannot know: the directory, the contract, the agenda. */
async function lireDecision(
  c: Contexte,
  s: SeanceEcrite,
  lu: Lecture<DecisionSaisie & { id?: string | undefined }>,
  champs: Champs | typeof c.corps,
): Promise<Lue> {
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  const responsable = texte(champs.responsable);
  if (responsable && !s.catalogue.acteurs.has(responsable)) erreurs.push({ champ: 'responsable', message: 'Cette organisation n’est pas dans l’annuaire.' });
  const engagement = lireEngagement(s.catalogue, texte(champs.engagement));
  if (!engagement) erreurs.push({ champ: 'engagement', message: 'Choisissez dans la liste une fiche (1.6) ou un engagement (1.6-R2.5), ou laissez vide.' });
  const voulu = texte(champs.point);
  const point = voulu ? (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === voulu) : undefined;
  if (voulu && !point) erreurs.push({ champ: 'point', message: 'Ce point n’est pas à l’ordre du jour de cette séance.' });
  if (!lu.ok || !engagement || erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, d: lu.valeur, pointId: point?.id ?? null, territoireId: point?.territoireId ?? s.instance.territoireId, ...engagement };
}
/** What the form says, as it is recorded. */
const contenuDe = ({ d, pointId, fiche, ligne }: Extract<Lue, { ok: true }>) => ({
  pointId,
  nature: d.nature,
  libelle: d.libelle,
  responsableId: d.responsable,
  responsableNom: d.responsable_nom,
  responsableCourriel: d.responsable_courriel,
  echeance: d.echeance,
  fiche,
  ligne,
});
const ecritDe = (c: Contexte) => [{ libelle: 'Décision ou action', texte: texte(c.corps.libelle) }];

/** A decision of this session; 404 otherwise. */
async function chargerDecision(c: Contexte, s: SeanceEcrite): Promise<Decision> {
  const d = await getDecision(c.db, c.contrat.id, c.params.decision ?? '', true);
  if (d?.seanceId !== s.seance.id) throw introuvable('Cette décision');
  return d;
}

async function formulaireDe(c: Contexte, s: SeanceEcrite, d: Decision, acte?: 'retirer') {
  const points = new Map((await listPoints(c.db, c.contrat.id, s.seance.id)).map((p) => [p.id, p.titre]));
  return formulaireDEcriture(d, s.catalogue, { seanceId: s.seance.id, points, ...(acte ? { acte } : {}) });
}
const direConflit = (d: Decision): string =>
  `${d.modifiePar} vient de modifier ${numeroEcrit(d)}, qui dit maintenant : « ${d.libelle} ». Votre texte est gardé ; rechargez la page pour réunir les deux.`;

export const buildDecisionsRoutes = (k: ServicesTenue): Route[] => [
  /** 303 to the item (or 200 with its number), the same when it was already sent; 409 the session is closed; 422; 403; 404. */
  post(
    '/seances/:id/decisions',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      const ferme = await refusSiFermee(c, s, ecritDe(c));
      if (ferme) return ferme;
      const lu = await lireDecision(c, s, lire(buildNouvelleDecisionSchema(s.seance.jour ?? ''), c.corps), c.corps);
      if (!lu.ok) return refuser(c, k, s, 'decision', lu.erreurs);
      const { d, pointId } = lu;
      const contenu = contenuDe(lu);
      const cree = await decider(
        c,
        {
          id: d.id,
          origine: origineInstance(s.instance.id),
          confidentialite: s.seance.confidentialite,
          seanceId: s.seance.id,
          ...contenu,
          territoireId: lu.territoireId,
        },
        s.u.nom,
        { details: { seance: s.seance.id }, apres: { ...d, point: pointId } },
      );
      if (!cree) {
        const deja = await getDecision(c.db, c.contrat.id, d.id ?? '');
        if (deja?.seanceId !== s.seance.id) throw conflit('Cette décision porte le numéro d’une autre. Rechargez la page et recommencez.');
        // The same form, changed after it was sent: neither text may take the place of the other unseen.
        if (Object.entries(contenu).some(([champ, v]) => deja[champ as keyof typeof contenu] !== v)) {
          const message = `${numeroEcrit(deja)} est déjà notée autrement : « ${deja.libelle} ». Pour la changer, choisissez « Corriger » ; sinon, ajoutez celle-ci à nouveau.`;
          return refuser(c, k, s, 'decision', [{ champ: 'libelle', message }], { champs: { ...champsDe(c), id: randomUUID() } });
        }
        return fait(c, s.seance.id, { point: pointId }, { id: deja.id, numero: numeroEcrit(deja) });
      }
      const numero = numeroEcrit({ nature: d.nature, numero: cree.numero });
      await dire(c, s.seance.id, { genre: 'decisions', point: pointId });
      return fait(c, s.seance.id, { point: pointId }, { id: cree.id, numero });
    },
    { creation: true },
  ),
  /** 303 to the item; 409 changed meanwhile, already followed up, or session closed; 422; 403; 404. */
  post('/seances/:id/decisions/:decision', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s, ecritDe(c));
    if (ferme) return ferme;
    const avant = await chargerDecision(c, s);
    const r = rapprocher(c.corps, ecritureEnregistree(avant));
    if (r.genre === 'heurt')
      return veutJson(c.brut.request)
        ? json({ message: direConflit(avant) }, 409)
        : page(conflictPage(cadrePage(s), { formulaire: await formulaireDe(c, s, avant), r }));
    const lu = await lireDecision(c, s, lire(buildCorrectionSchema(s.seance.jour ?? ''), r.champs), r.champs);
    if (!lu.ok) return refuser(c, k, s, 'decision', lu.erreurs, { corrigee: avant, champs: { ...champsDe(c), ...enTextes(r.champs) } });
    // Sent again because its answer was lost: it is done.
    if (Object.entries(r.actuel.champs).every(([champ, v]) => memeChamp(v, r.champs[champ] ?? '')))
      return fait(c, s.seance.id, { point: lu.pointId }, { id: avant.id });
    await corriger(c, avant, contenuDe(lu), s.u.nom);
    await dire(c, s.seance.id, { genre: 'decisions', point: lu.pointId });
    if (r.venus.length > 0 && !veutJson(c.brut.request)) {
      const formulaire = await formulaireDe(c, s, avant);
      return page(mergedPage(cadrePage(s), formulaire, r, formulaire.retour));
    }
    return fait(c, s.seance.id, { point: lu.pointId }, { id: avant.id });
  }),
  /** 303; 409 when someone has already followed it up; 403; 404. */
  post('/seances/:id/decisions/:decision/retirer', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    const d = await chargerDecision(c, s);
    const actuel = ecritureEnregistree(d);
    const ecarts = changesDepuis(c.corps, actuel);
    if (ecarts.length > 0)
      return veutJson(c.brut.request)
        ? json({ message: direConflit(d) }, 409)
        : page(removalPage(cadrePage(s), { formulaire: await formulaireDe(c, s, d, 'retirer'), actuel, ecarts, acte: `Retirer ${numeroEcrit(d)}` }));
    if (d.version > 1) throw conflit(`${numeroEcrit(d)} a déjà une suite : elle ne se retire plus. Abandonnez-la depuis sa page, avec le motif.`);
    await retirer(c, d);
    await dire(c, s.seance.id, { genre: 'decisions', point: d.pointId });
    return fait(c, s.seance.id, { point: d.pointId });
  }),
  /** 303 (or 200), the same when already sent; 404 also where this body does not vote; 409; 422; 403. */
  post(
    '/seances/:id/votes',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c, true);
      if (!s.instance.vote) throw introuvable('Le vote');
      const ferme = await refusSiFermee(c, s, [{ libelle: 'Vote', texte: texte(c.corps.objet) }]);
      if (ferme) return ferme;
      const lu = lire(voteSchema, c.corps);
      const point = (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === texte(c.corps.point));
      const erreurs = [...(lu.ok ? [] : lu.erreurs), ...(point ? [] : [{ champ: 'point', message: 'Choisissez le point sur lequel on vote.' }])];
      if (!lu.ok || !point) return refuser(c, k, s, 'vote', erreurs);
      const id = await addVote(c.db, c.contrat.id, { seanceId: s.seance.id, pointId: point.id }, lu.valeur, { nom: s.u.nom, quand: c.maintenant });
      if (id) {
        const { pour, contre, abstention } = lu.valeur;
        await c.auditer('seance.vote', `/seances/${s.seance.id}/tenir`, { point: point.id, pour, contre, abstention });
        await dire(c, s.seance.id, { genre: 'votes', point: point.id });
      }
      return fait(c, s.seance.id, { point: point.id }, { id: id ?? lu.valeur.id });
    },
    { creation: true },
  ),
  /** 303; nothing to do when it is already gone; 409; 403; 404. */
  post('/seances/:id/votes/:vote/retirer', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    const ferme = await refusSiFermee(c, s);
    if (ferme) return ferme;
    if (await deleteVote(c.db, c.contrat.id, s.seance.id, c.params.vote ?? '')) {
      await c.auditer('seance.vote_retire', `/seances/${s.seance.id}/tenir`, { vote: c.params.vote });
      await dire(c, s.seance.id, { genre: 'votes' });
    }
    return fait(c, s.seance.id, { point: texte(c.corps.point) });
  }),
];
