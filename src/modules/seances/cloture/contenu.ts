/** The content of a session's minutes as it stands: what the screen shows, what documents write, what is approved and frozen. */
import { jourDe } from '../../../core/clock.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { avecContestations, avecReponses, empreinteContenu, type PresenceContestee } from '../releve/contenu.rules.ts';
import type { ApprobationEcrite, ApprobationNotee, DecisionEcrite, ParticipantEcrit, ReleveContenu, VoteEcrit } from '../releve/releve.modele.ts';
import { enteteDe, type Instance, nomEntier } from '../../instances/index.ts';
import { listParticipants, listPoints, type Participant, type Seance } from '../seances.queries.ts';
import { listMotsDePresence } from '../tenue/presences.queries.ts';
import { contestationEcrite, contestationsClassees, contestationsDe, contestationsEcrites, type MotDePresence, parOrdre } from '../tenue/presences.rules.ts';
import { representantDit } from '../preparation/reponses.rules.ts';
import { finDe, heuresReelles } from '../seances.rules.ts';
import { type Approbation, countReleves, getProchaine, getTerritoireDeSeance, listApprobations, listVotes, type Vote } from './contenu.queries.ts';
import { aCoteEcrit, deContestations } from '../releve/approbations.rules.ts';
import { ditACote, donneePour, estNotee } from './cloture.rules.ts';
import { voieDAutre } from '../releve/qualites.rules.ts';
import { type Decision, listDecisionsDeSeance, numeroEcrit } from '../../decisions/index.ts';

const resultatDe = (v: { pour: number; contre: number }): VoteEcrit['resultat'] => (v.pour > v.contre ? 'adopté' : v.pour < v.contre ? 'rejeté' : 'partagé');
const voteEcrit = ({ objet, pour, contre, abstention }: Vote): VoteEcrit => ({ objet, pour, contre, abstention, resultat: resultatDe({ pour, contre }) });

/** As minutes write it: who gave it and in which quality, or on whose word it rests. */
function approbationEcrite(a: Approbation, catalogue: Catalogue): ApprobationEcrite & { participant: string } {
  const voie = donneePour(a);
  const notee = (): ApprobationNotee | null => {
    if (estNotee(a)) return { par: a.noteePar, de: a.noteeDe ? catalogue.nomActeur(a.noteeDe) : '', ...reponseEcrite(a) };
    return voie && a.reponse ? { donnee: voie, par: '', de: '', ...reponseEcrite(a) } : null;
  };
  const dite = notee();
  const aCote = ditACote(a).map(aCoteEcrit);
  return {
    fonction: a.fonction,
    par: a.par,
    piece: a.piece,
    quand: jourDe(a.quand),
    participant: a.participantId,
    ...(voie && voie !== 'titulaire' ? { voie } : {}),
    ...(voie && a.depuis ? { depuis: true } : {}),
    ...(dite ? { notee: dite } : {}),
    ...(aCote.length > 0 ? { dabord: aCote } : {}),
  };
}
function reponseEcrite(a: Approbation): Partial<ApprobationNotee> {
  if (!a.reponse) return a.sansAdresse ? { sansAdresse: true } : {};
  const reponseVoie = voieDAutre(a.reponseVoie);
  return {
    reponse: a.reponse,
    reponsePar: a.reponsePar,
    ...(reponseVoie ? { reponseVoie } : {}),
    ...(a.reponseDepuis ? { reponseDepuis: true } : {}),
    ...(a.reponseParLien ? { reponseParLien: true } : {}),
  };
}

/**
 * Frozen minutes with what is known now of what was noted: their text stays. `nommer`: for those who read names. `arrete`: of published minutes, the frozen
 * text from which they come, whose words tell the lines apart.
 */
export async function avecCeQuiEstDit(
  db: Db,
  contratId: number,
  r: { seanceId: string; empreinte: string; contenu: ReleveContenu; arrete?: ReleveContenu },
  nommer = true,
): Promise<ReleveContenu> {
  const [catalogue, approbations, participants, mots, territoireId] = await lireEnsemble(db, [
    () => getCatalogue(db, contratId),
    () => listApprobations(db, contratId, r.seanceId),
    () => listParticipants(db, contratId, r.seanceId),
    () => listMotsDePresence(db, contratId, r.seanceId),
    () => getTerritoireDeSeance(db, contratId, r.seanceId),
  ]);
  const connues = approbations.filter((a) => a.empreinte === r.empreinte).map((a) => approbationEcrite(a, catalogue));
  const presences = presencesContestees(participants, mots, catalogue, territoireId);
  return avecContestations(avecReponses(r.contenu, connues, nommer, r.arrete), presences, nommer, r.arrete);
}
/** Every contestation that its author did not take back, closed or not, with what it contests: of the line as it stands, or as it stood in a former version. */
function presencesContestees(
  participants: readonly Participant[],
  mots: readonly MotDePresence[],
  catalogue: Catalogue,
  territoireId: string,
): PresenceContestee[] {
  const tiennent = (p: Participant, m: MotDePresence) => contestationsDe({ ...m, id: p.id }, mots).includes(m);
  const classee = (p: Participant, m: MotDePresence) => contestationsClassees({ ...m, id: p.id }, mots).find((x) => x.contestee === m)?.mot;
  return participants.flatMap((p) =>
    mots
      .filter((m) => m.participantId === p.id && m.acte === 'contestee')
      .map((m) => ({ m, tient: tiennent(p, m), classement: classee(p, m) }))
      .filter(({ tient, classement }) => tient || classement)
      .sort((a, b) => Number(b.tient) - Number(a.tient) || parOrdre(a.m, b.m))
      .map(({ m, classement }) => ({
        participant: p.id,
        fonction: p.fonction,
        organisation: catalogue.nomActeurA(p.organisationId, territoireId),
        nom: m.nom,
        presence: m.presence,
        representePar: m.representePar,
        ...contestationEcrite(m, classement),
      })),
  );
}

function representantEcrit(p: Participant): Pick<ParticipantEcrit, 'representant'> {
  const representant = representantDit(p);
  return representant ? { representant } : {};
}
/** A draft: no number yet. Only approvals of this very content are in it. */
export async function lireContenu(
  db: Db,
  contratId: number,
  catalogue: Catalogue,
  instance: Instance,
  seance: Seance,
  o: { demonstration: boolean },
): Promise<ReleveContenu> {
  const [participants, mots, points, decisions, votes, approbations, prochaine, versions] = await lireEnsemble(db, [
    () => listParticipants(db, contratId, seance.id),
    () => listMotsDePresence(db, contratId, seance.id),
    () => listPoints(db, contratId, seance.id),
    () => listDecisionsDeSeance(db, contratId, seance.id),
    () => listVotes(db, contratId, seance.id),
    () => listApprobations(db, contratId, seance.id),
    () => getProchaine(db, contratId, seance, seance.jour ?? jourDe(new Date(0))),
    () => countReleves(db, contratId, seance.id),
  ]);
  const decisionEcrite = (d: Decision): DecisionEcrite => ({
    numero: numeroEcrit(d),
    nature: d.nature,
    libelle: d.libelle,
    responsable: [d.responsableNom, catalogue.nomActeurA(d.responsableId, d.territoireId)].filter(Boolean).join(', '),
    organisation: catalogue.nomActeurA(d.responsableId, d.territoireId),
    echeance: d.echeance,
    fiche: d.fiche,
    ligne: d.ligne,
  });
  const contenu: ReleveContenu = {
    ecriture: 2,
    contrat: { titre: catalogue.contrat.titre, sigle: catalogue.contrat.sigle },
    entete: await enteteDe(db, contratId, instance, catalogue),
    instance: {
      nom: nomEntier(instance, catalogue),
      territoire: catalogue.territoires.get(instance.territoireId)?.nom ?? '',
      confidentialite: instance.confidentialite,
    },
    seance: {
      titre: seance.titre,
      jour: seance.jour ?? '',
      debut: seance.heure ?? '',
      fin: seance.heure ? finDe(seance.heure, seance.dureeMinutes) : '',
      lieu: seance.lieu,
      ...(seance.ouverteLe ? { reel: heuresReelles(seance.ouverteLe, seance.leveeLe) } : {}),
    },
    numero: null,
    rectificatif: versions,
    motif: seance.motifRectification,
    // Who left the body before the session and did not come was not expected.
    participants: participants
      .filter((p) => p.retireLe === null || p.presence !== null)
      .map((p) => ({
        participant: p.id,
        qualite: p.qualite,
        fonction: p.fonction,
        organisation: catalogue.nomActeurA(p.organisationId, instance.territoireId),
        nom: p.nom,
        presence: p.presence,
        representePar: p.representePar,
        ...(p.nom === '' ? { vacant: true as const } : {}),
        ...deContestations(contestationsEcrites(p, mots)),
        ...representantEcrit(p),
      })),
    points: points.map((p, i) => ({
      rang: i + 1,
      titre: p.titre,
      genre: p.genre,
      ...(p.acceptePar ? { acceptePar: catalogue.nomActeur(p.acceptePar) } : {}),
      fiche: p.fiche,
      rapporteur: p.rapporteur,
      dossier: p.dossier,
      notes: p.notes,
      etat: p.etat,
      decisions: decisions.filter((d) => d.pointId === p.id).map(decisionEcrite),
      votes: votes.filter((v) => v.pointId === p.id).map(voteEcrit),
    })),
    decisions: decisions.filter((d) => d.pointId === null).map(decisionEcrite),
    approbations: [],
    prochaine,
    demonstration: o.demonstration,
  };
  const empreinte = empreinteContenu(contenu);
  return {
    ...contenu,
    approbations: approbations.filter((a) => a.empreinte === empreinte && a.reponse !== 'contestee').map((a) => approbationEcrite(a, catalogue)),
    ...(seance.relectureTerme && seance.relectureCloseLe
      ? { relecture: { terme: seance.relectureTerme, le: jourDe(seance.relectureCloseLe), par: seance.relectureClosePar ?? '' } }
      : {}),
  };
}
