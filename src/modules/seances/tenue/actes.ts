/** What the forms of a session do, whoever asks for it: a form that is sent, an act that waited for the network, a draft that is added. */
import { code } from '../../../core/trace/details.ts';
import { randomUUID } from 'node:crypto';
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import type { Evenement } from '../../../core/direct/direct.ts';
import { type Contexte, type Lecture, lire, texte } from '../../../core/http/http.ts';
import { type Champs, memeChamp, type Rapprochement, rapprocher } from '../../../core/http/versions.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import {
  corriger,
  dAilleurs,
  decider,
  type Decision,
  ecritureEnregistree,
  estDAilleurs,
  estUnSiege,
  getDecision,
  lireCharge,
  numeroEcrit,
} from '../../decisions/index.ts';
import { origineDeSeance } from '../partie/partie.origine.ts';
import { REFUS_RESERVE } from '../partie/partie.rules.ts';
import type { SeanceEcrite } from '../seances.contexte.ts';
import { listParticipants, listPoints, type Participant } from '../seances.queries.ts';
import { finirBrouillon } from './brouillons.queries.ts';
import { addInvite } from './presences.queries.ts';
import { addPoint, addVote, setEtatPoint } from './tenue.queries.ts';
import { siegesDeLaTable } from './tenue.rules.ts';
import { buildCorrectionSchema, buildNouvelleDecisionSchema, type DecisionSaisie, inviteSchema, nouveauPointSchema, voteSchema } from './tenue.schema.ts';

type Corps = Contexte['corps'];
export type Acte =
  | {
      ok: true;
      point: string | null;
      donnees: Record<string, unknown>;
      /** What the others are told; null when it was done already. */
      dit: Evenement | null;
    }
  | { ok: false; erreurs: readonly ErreurDeChamp[] /** The form takes another id: this one is another act's. */; autreId?: string };

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
async function lireDecision(c: Contexte, s: SeanceEcrite, lu: Lecture<DecisionSaisie & { id?: string | undefined }>, champs: Champs | Corps): Promise<Lue> {
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  const responsable = texte(champs.responsable);
  if (responsable && !s.catalogue.acteurs.has(responsable)) erreurs.push({ champ: 'responsable', message: 'Cette organisation n’est pas dans l’annuaire.' });
  if (estDAilleurs(s.catalogue, responsable, s.instance.territoireId))
    erreurs.push({ champ: 'responsable', message: dAilleurs(s.catalogue, s.instance.territoireId) });
  const engagement = lireEngagement(s.catalogue, texte(champs.engagement));
  if (!engagement) erreurs.push({ champ: 'engagement', message: 'Choisissez dans la liste une fiche (1.6) ou un engagement (1.6-R2.5), ou laissez vide.' });
  const voulu = texte(champs.point);
  const point = voulu ? (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === voulu) : undefined;
  if (voulu && !point) erreurs.push({ champ: 'point', message: 'Ce point n’est pas à l’ordre du jour de cette séance.' });
  if (point?.genre === 'reserve') erreurs.push({ champ: 'point', message: REFUS_RESERVE });
  if (!lu.ok || !engagement || erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, d: lu.valeur, pointId: point?.id ?? null, territoireId: point?.territoireId ?? s.instance.territoireId, ...engagement };
}
/** Someone around the table: their organisation, their name and their address. */
const lireQui = async (c: Contexte, s: SeanceEcrite, corps: Corps): Promise<Corps> =>
  estUnSiege(corps) ? lireCharge(corps, siegesDeLaTable(await listParticipants(c.db, c.contrat.id, s.seance.id))) : corps;

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

/** The same id with the same words is one decision; with other words it is another one, and asks for its own id. */
async function faireDecision(c: Contexte, s: SeanceEcrite, saisi: Corps): Promise<Acte> {
  const corps = await lireQui(c, s, saisi);
  const lu = await lireDecision(c, s, lire(buildNouvelleDecisionSchema(s.seance.jour ?? ''), corps), corps);
  if (!lu.ok) return lu;
  const { d, pointId } = lu;
  const contenu = contenuDe(lu);
  const cree = await decider(
    c,
    {
      id: d.id,
      origine: origineDeSeance(s.seance),
      confidentialite: s.seance.confidentialite,
      seanceId: s.seance.id,
      ...contenu,
      territoireId: lu.territoireId,
    },
    s.u.nom,
    { details: { seance: code(s.seance.id) }, apres: { ...d, point: pointId } },
  );
  if (cree) {
    const donnees = { id: cree.id, numero: numeroEcrit({ nature: d.nature, numero: cree.numero }) };
    return { ok: true, point: pointId, donnees, dit: { genre: 'decisions', point: pointId } };
  }
  const deja = await getDecision(c.db, c.contrat.id, d.id ?? '');
  if (deja?.seanceId !== s.seance.id) throw conflit('Cette décision porte le numéro d’une autre. Rechargez la page et recommencez.');
  // The same form, changed after it was sent: neither text may take the place of the other unseen.
  if (Object.entries(contenu).some(([champ, v]) => deja[champ as keyof typeof contenu] !== v)) {
    const message = `${numeroEcrit(deja)} est déjà notée autrement : « ${deja.libelle} ». Pour la changer, choisissez « Corriger » ; sinon, ajoutez celle-ci à nouveau.`;
    return { ok: false, erreurs: [{ champ: 'libelle', message }], autreId: randomUUID() };
  }
  return { ok: true, point: pointId, donnees: { id: deja.id, numero: numeroEcrit(deja) }, dit: null };
}

async function faireVote(c: Contexte, s: SeanceEcrite, corps: Corps): Promise<Acte> {
  const lu = lire(voteSchema, corps);
  const point = (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === texte(corps.point));
  const erreurs = [...(lu.ok ? [] : lu.erreurs), ...(point ? [] : [{ champ: 'point', message: 'Choisissez le point sur lequel on vote.' }])];
  if (point?.genre === 'reserve') erreurs.push({ champ: 'point', message: REFUS_RESERVE });
  if (lu.ok) erreurs.push(...voixEnTrop(lu.valeur, await listParticipants(c.db, c.contrat.id, s.seance.id)));
  if (!lu.ok || !point || erreurs.length > 0) return { ok: false, erreurs };
  const id = await addVote(c.db, c.contrat.id, { seanceId: s.seance.id, pointId: point.id }, lu.valeur, { nom: s.u.nom, quand: c.maintenant });
  const { pour, contre, abstention } = lu.valeur;
  if (id) await c.auditer('seance.vote', `/seances/${s.seance.id}/tenir`, { point: code(point.id), pour, contre, abstention });
  return { ok: true, point: point.id, donnees: { id: id ?? lu.valeur.id }, dit: id ? { genre: 'votes', point: point.id } : null };
}

/** Once people were called, no more voices than there are people to give them. */
function voixEnTrop(v: { pour: number; contre: number; abstention: number }, participants: readonly Participant[]): ErreurDeChamp[] {
  const la = participants.filter((p) => p.presence === 'present' || p.presence === 'represente').length;
  const voix = v.pour + v.contre + v.abstention;
  if (voix <= la || participants.every((p) => p.presence === null)) return [];
  const message = `${pluriel(voix, 'voix', 'voix')} pour ${pluriel(la, 'personne présente ou représentée', 'personnes présentes ou représentées')} : corrigez le vote, ou notez d’abord qui est là.`;
  return [{ champ: 'pour', message }];
}

async function faireInvite(c: Contexte, s: SeanceEcrite, corps: Corps): Promise<Acte> {
  const lu = lire(inviteSchema, corps);
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  if (lu.ok && !s.catalogue.acteurs.has(lu.valeur.organisation))
    erreurs.push({ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire.' });
  if (!lu.ok || erreurs.length > 0) return { ok: false, erreurs };
  const auteur = { nom: s.u.nom, organisationId: s.u.organisationId, quand: c.maintenant };
  const id = await addInvite(c.db, c.contrat.id, s.seance.id, { ...lu.valeur, fonction: lu.valeur.fonction || 'Invité' }, auteur);
  if (id) await c.auditer('seance.presences', `/seances/${s.seance.id}/tenir`, { invite: code(id) });
  return { ok: true, point: texte(corps.point) || null, donnees: {}, dit: id ? { genre: 'presences' } : null };
}

async function fairePoint(c: Contexte, s: SeanceEcrite, corps: Corps): Promise<Acte> {
  const lu = lire(nouveauPointSchema, corps);
  if (!lu.ok) return { ok: false, erreurs: lu.erreurs };
  const id = await addPoint(c.db, c.contrat.id, s.seance.id, lu.valeur);
  // Lifted: nobody dealt with it, a later session will.
  if (id && s.seance.etat !== 'ouverte') await setEtatPoint(c.db, c.contrat.id, s.seance.id, id, 'reporte');
  if (id) await c.auditer('seance.point_ajoute', `/seances/${s.seance.id}/tenir`, { point: code(id) });
  const point = id ?? lu.valeur.id ?? null;
  return { ok: true, point, donnees: { point }, dit: id ? { genre: 'points' } : null };
}

const PAR_FORMULAIRE = { decision: faireDecision, vote: faireVote, invite: faireInvite, point: fairePoint };
export type FormulaireDActe = keyof typeof PAR_FORMULAIRE;
export const estFormulaireDActe = (f: string): f is FormulaireDActe => Object.hasOwn(PAR_FORMULAIRE, f);

/** Does it, and ends the draft that bore its id. */
export async function faire(c: Contexte, s: SeanceEcrite, formulaire: FormulaireDActe, corps: Corps): Promise<Acte> {
  const acte = await PAR_FORMULAIRE[formulaire](c, s, corps);
  if (acte.ok) await finirBrouillon(c.db, c.contrat.id, s.seance.id, texte(corps.id));
  return acte;
}

/** A decision of this session; 404 otherwise. */
export async function chargerDecision(c: Contexte, s: SeanceEcrite, id: string): Promise<Decision> {
  const d = await getDecision(c.db, c.contrat.id, id, true);
  if (d?.seanceId !== s.seance.id) throw introuvable('Cette décision');
  return d;
}
export const direConflit = (d: Decision): string =>
  `${d.modifiePar} vient de modifier ${numeroEcrit(d)}, qui dit maintenant : « ${d.libelle} ». Votre texte est gardé ; rechargez la page pour réunir les deux.`;

type Correction = { r: Rapprochement } & (
  | { genre: 'heurt'; r: Extract<Rapprochement, { genre: 'heurt' }> }
  | { genre: 'refus'; erreurs: readonly ErreurDeChamp[] }
  | { genre: 'fait'; point: string | null; change: boolean }
);
export async function faireCorrection(c: Contexte, s: SeanceEcrite, avant: Decision, corps: Corps): Promise<Correction> {
  const r = rapprocher(await lireQui(c, s, corps), ecritureEnregistree(avant));
  if (r.genre === 'heurt') return { genre: 'heurt', r };
  const lu = await lireDecision(c, s, lire(buildCorrectionSchema(s.seance.jour ?? ''), r.champs), r.champs);
  if (!lu.ok) return { genre: 'refus', erreurs: lu.erreurs, r };
  // Sent again because its answer was lost: it is done.
  const change = !Object.entries(r.actuel.champs).every(([champ, v]) => memeChamp(v, r.champs[champ] ?? ''));
  if (change) await corriger(c, avant, contenuDe(lu), s.u.nom);
  return { genre: 'fait', point: lu.pointId, change, r };
}
