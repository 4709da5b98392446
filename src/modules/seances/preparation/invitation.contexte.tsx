/** Who holds a convocation's link, and what it may still open; checked anew at each read. */
import { sql } from 'kysely';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { AVEC_INSTANCE, AVEC_SIEGE, getInstance, type Instance, pourSeance } from '../../instances/index.ts';
import { getSeance, listParticipants, type Participant, type Seance } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { adresseDeLettre, type FinDeLien, lireLien } from './lien.rules.ts';
import { type QuiRepond, quiRepond } from './reponses.rules.ts';
import { FinDeLienPage } from './pages/FinDeLienPage.tsx';
import { jourDe } from '../../../core/clock.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { couper } from '../../../core/couper.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, page, type Reponse } from '../../../core/http/http.ts';

interface Siege {
  seanceId: string;
  instanceId: string;
  adresses: string[];
  nom: string;
  siege: boolean;
}
/** The seat as it is held today: a new holder's mail does not open by the link of the former one. */
async function getSiege(db: Db, contratId: number, participantId: string, aujourdhui: string): Promise<Siege | null> {
  const { rows } = await sql<Siege>`
    select p.seance_id, s.instance_id,
      case when m.id is null then array[p.courriel, p.suppleant_courriel] else array[m.courriel, m.suppleant_courriel] end as adresses,
      coalesce(m.nom, p.nom) as nom,
      p.retire_le is null and i.close_le is null
        and (p.membre_id is null or (m.id is not null and (m.fin is null or m.fin >= ${aujourdhui}::date))) as siege
    from seance_participants p
    join seances s on s.contrat_id = p.contrat_id and s.id = p.seance_id
    ${AVEC_INSTANCE}
    ${AVEC_SIEGE}
    where p.contrat_id = ${contratId} and p.id = ${uuid(participantId)}`.execute(db);
  return rows[0] ?? null;
}

export interface Invitation {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  participants: Participant[];
  participant: Participant;
  /** Whose answer this reader gives, and by which account when it is somebody else's. */
  qui: QuiRepond;
  /** A restricted body says by mail that it meets, and nothing more: its agenda and papers are read signed in. */
  discrete: boolean;
  /** Path of the page. */
  ici: string;
}

/** 404 for a link that was never made; `fin` says why one that was opens nothing any more. */
export async function chargerInvitation(c: Contexte, services: ServicesSeances): Promise<Invitation | { fin: FinDeLien }> {
  const id = c.params.participant ?? '';
  const signature = c.params.signature ?? '';
  const aujourdhui = jourDe(c.maintenant);
  const siege = await getSiege(c.db, c.contrat.id, id, aujourdhui);
  if (!siege) throw introuvable('Cette invitation');
  const [catalogue, seance, lue, participants] = await lireEnsemble(c.db, [
    () => getCatalogue(c.db, c.contrat.id),
    () => getSeance(c.db, c.contrat.id, siege.seanceId),
    () => getInstance(c.db, c.contrat.id, siege.instanceId, { courriel: '', aujourdhui }),
    () => listParticipants(c.db, c.contrat.id, siege.seanceId),
  ]);
  const participant = participants.find((p) => p.id === id);
  if (!seance || !lue || !participant) throw introuvable('Cette invitation');
  // A body that opens opens nothing of a session promised closed; one session may be closed by itself.
  const instance = pourSeance(lue, seance);
  const adresses = [...siege.adresses.filter((a) => a !== ''), adresseDeLettre(siege.nom)];
  const lu = lireLien(services.coffre, signature, { ...seance, ...siege, participantId: id, adresses, aujourdhui });
  if (!lu) throw introuvable('Cette invitation');
  if (lu.fin) return { fin: lu.fin };
  if (!lu.adresse.startsWith('lettre:') && (await services.estParti(c.db, c.contrat.id, lu.adresse))) return { fin: 'parti' };
  const [titulaire = '', suppleant = ''] = siege.adresses;
  const u = c.utilisateur;
  const compte = u ? { courriel: u.courriel, dit: couper([u.nom, catalogue.nomActeur(u.organisationId)].filter(Boolean).join(', '), 300) } : null;
  return {
    seance,
    instance,
    catalogue,
    participants,
    participant,
    qui: quiRepond({ lien: lu.adresse, titulaire, suppleant, compte }),
    discrete: instance.confidentialite === 'restreinte',
    ici: `/invitations/${id}/${signature}`,
  };
}

/** What was read, by whom: the seat, since there is no account. */
export const noterLectureParLien = (c: Contexte, i: Invitation, objet: string): void =>
  c.noterLecture(objet, { organisationId: i.participant.organisationId, titre: `lien de convocation, ${i.qui.voie} ${i.participant.id}` });

/** 410: it was a link, it opens nothing any more; says why and what to do, and nothing of the session. */
export const pageFin = (fin: FinDeLien): Reponse => page({ titre: 'Ce lien ne sert plus', statut: 410, corps: <FinDeLienPage fin={fin} /> });
