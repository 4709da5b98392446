/** What somebody named says of their presence, signed in or by the link of their letter: contested, or taken back. Kept, told to who keeps the body, audited. */
import type { Utilisateur } from '../../../core/authorize.ts';
import { conflit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { direPresenceAuxDestinataires, ecrireAQuiConteste, ecrireAuSecretariat } from './presences.lettres.ts';
import { addMotDePresence } from './presences.queries.ts';
import { type AClasser, contestationAReprendre, type MotDePresence, type VoieDePresence } from './presences.rules.ts';

/** Who speaks of a line. `parLien`: by the link of their letter, without account. */
interface Parlant {
  ligne: Participant;
  voie: VoieDePresence;
  nom: string;
  par: string;
  organisationId: string;
  parLien: boolean;
  /** From where they speak. */
  adresse: string;
  /** Where the seat was not when it was convoked. */
  depuis: boolean;
}
type DOu = Pick<MotDePresence, 'voie' | 'adresse' | 'depuis'>;
/** 409 when they contest it already, or do not. Else the voice and the address under which it is kept: what is taken back is what was said. */
export function exigerContestable(ici: Parlant, mots: readonly MotDePresence[], reprise: boolean): DOu {
  const sienne = contestationAReprendre(ici.ligne, mots, ici);
  if (reprise !== (sienne !== undefined)) throw conflit(reprise ? 'Rien n’est contesté de cette présence.' : 'Vous contestez déjà cette présence.');
  const { voie, adresse, depuis } = sienne ?? ici;
  return { voie, adresse, depuis };
}
/** `motif`: null takes it back. The caller holds the session. */
export async function contesterPresence(
  c: Contexte,
  s: SeanceChargee,
  k: Pick<ServicesSeances, 'adresse'>,
  p: Omit<Parlant, 'voie'> & DOu,
  { motif, participants }: { motif: string | null; participants: readonly Participant[] },
): Promise<void> {
  const { ligne, voie, par, organisationId, parLien, adresse, depuis } = p;
  const acte = motif === null ? 'reprise' : 'contestee';
  const auteur = { nom: par, organisationId, quand: c.maintenant };
  await addMotDePresence(c.db, c.contrat.id, s.seance.id, ligne, { acte, motif: motif ?? '', voie, parLien, adresse, depuis }, auteur);
  if (motif !== null) await ecrireAuSecretariat(c, s, k, ligne, { par, parLien, voie, depuis, motif });
  await direPresenceAuxDestinataires(c, s, k, ligne, { participants, acte, par, parLien, voie, depuis });
  await c.auditer('seance.presence_contestee', `/seances/${s.seance.id}`, { participant: code(ligne.id), acte, voie, ...(parLien ? { parLien: true } : {}) });
}
/** Its author has left and takes nothing back any more: closed by who keeps the body, who says why. Said wherever it is, told to where they may still read. */
export async function classerContestation(
  c: Contexte,
  s: SeanceChargee,
  k: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  { participant, mot }: AClasser,
  o: { u: Utilisateur; motif: string; participants: readonly Participant[] },
): Promise<void> {
  const auteur = { nom: o.u.nom, organisationId: o.u.organisationId, quand: c.maintenant };
  await addMotDePresence(
    c.db,
    c.contrat.id,
    s.seance.id,
    participant,
    { acte: 'classee', motif: o.motif, voie: mot.voie, adresse: mot.adresse, depuis: mot.depuis, parLien: false },
    auteur,
  );
  await ecrireAQuiConteste(c, s, k, o.participants, { participant, mot }, o);
  await direPresenceAuxDestinataires(c, s, k, participant, { ...mot, participants: o.participants, acte: 'classee', par: '', parLien: false });
  await c.auditer('seance.contestation_classee', `/seances/${s.seance.id}`, { participant: code(participant.id), voie: mot.voie });
}
