/** What leaves by mail about a session: convocation, move, cancellation, poll of dates, reminder. Plain texts, one link. */
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { buildInvitation, origineDe } from '../../instances/index.ts';
import type { Participant, Seance } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { adressesDe, discrete, type Envoi, nomDit, ordreDuJour, texteAnnulation, texteConvocation, texteRetrait, texteSondage } from './convocation.rules.ts';
import { addConvocations, type Partie } from './convocation.queries.ts';
import { cheminInvitation, finDuLien } from './lien.rules.ts';

const uid = (seanceId: string): string => `${seanceId}@concorde`;

function invitation(
  e: Envoi,
  methode: 'REQUEST' | 'CANCEL',
  organisateur: { nom: string; courriel: string },
  invite: { nom: string; courriel: string },
  p: Participant,
  lien: string,
  creeLe: Date,
) {
  const { seance: s, instance: i } = e;
  return {
    methode,
    contenu: buildInvitation({
      methode,
      uid: uid(s.id),
      sequence: s.sequence,
      titre: `${nomDit(e)} : ${s.titre}`,
      jour: s.jour ?? '',
      heure: s.heure ?? '',
      dureeMinutes: s.dureeMinutes,
      lieu: s.lieu,
      description: `${ordreDuJour(e)}\n\n${lien}`.trim(),
      url: lien,
      organisateur,
      invites: [
        {
          ...invite,
          role: p.qualite === 'president' ? 'president' : p.qualite === 'invite' ? 'invite' : 'membre',
          reponse: reponseDeLInvite(p, invite.courriel),
        },
      ],
      confidentielle: discrete(i),
      creeLe,
    }),
  };
}

/** A calendar says of somebody what they answered themselves, and nothing that was noted for them. */
function reponseDeLInvite(p: Participant, courriel: string): Participant['reponse'] {
  if (courriel !== p.courriel) return p.suppleantReponsePar ? null : p.suppleantReponse;
  return p.reponseVoie === 'titulaire' ? p.reponse : null;
}

/** Who the invitation comes from in calendars: the secretariat's address, or the person who convokes. */
const organisateurDe = (e: Envoi, c: Contexte): { nom: string; courriel: string } => ({
  nom: discrete(e.instance) ? 'Secrétariat' : nomDit(e),
  courriel: e.participants.find((p) => p.qualite === 'secretaire' && p.courriel && !p.parti)?.courriel ?? c.utilisateur?.courriel ?? '',
});

/** Each address has its own link: it ends with the session, or when another person takes the seat. */
export function lienDe(
  c: Contexte,
  services: ServicesSeances,
  e: Pick<Envoi, 'seance'>,
  p: Participant,
  adresse: string,
  dates: readonly { jour: string }[] = [],
): string {
  const fin = finDuLien([e.seance.jour, ...dates.map((d) => d.jour)], jourDe(c.maintenant));
  return `${origineDe(services)}${cheminInvitation(services.coffre, { participantId: p.id, seanceId: e.seance.id, sequence: e.seance.sequence, adresse }, fin)}`;
}
/** Where the seat is convoked, and the other address that it has that day: who reads there is theirs too, whatever the seat says later. */
const adressesCeJour = (p: Participant, ecrites: readonly { courriel: string }[]): Partie[] =>
  [
    { adresse: p.courriel, suppleant: false, nom: p.nom },
    { adresse: p.suppleantCourriel, suppleant: true, nom: p.suppleantNom },
  ]
    .filter((x) => x.adresse !== '')
    .map((x) => ({ ...x, participantId: p.id, partie: ecrites.some((a) => a.courriel === x.adresse) }));
const objetDe = (s: Seance): string => `/seances/${s.id}`;

/** Queues the mails in the caller's transaction; returns how many, and the seats that no address reaches. */
export async function envoyerConvocations(
  c: Contexte,
  services: ServicesSeances,
  e: Envoi,
  genre: 'convocation' | 'deplacee' | 'modifiee',
): Promise<{ envoyes: number; sansAdresse: Participant[] }> {
  const attendus = e.participants.filter((p) => p.retireLe === null);
  const parties: Partie[] = [];
  let envoyes = 0;
  for (const p of attendus) {
    const ecrites = adressesDe(p);
    for (const a of ecrites) {
      const lien = lienDe(c, services, e, p, a.courriel);
      await ajouterCourriel(
        c.db,
        c.contrat.id,
        {
          a: a.courriel,
          ...texteConvocation(e, genre, lien),
          ical: invitation(e, 'REQUEST', organisateurDe(e, c), a, p, lien, c.maintenant),
          objet: objetDe(e.seance),
        },
        services.coffre,
      );
    }
    envoyes += ecrites.length;
    if (ecrites.length > 0) parties.push(...adressesCeJour(p, ecrites));
  }
  await addConvocations(c.db, c.contrat.id, parties, c.maintenant);
  return { envoyes, sansAdresse: attendus.filter((p) => adressesDe(p).length === 0) };
}

/** To those convoked before: the session will not take place. */
/** `sondes`: nobody is convoked yet, but everybody was asked which dates suited them, and waits for one. */
export async function envoyerAnnulation(c: Contexte, services: ServicesSeances, e: Envoi, motif: string, sondes: boolean): Promise<number> {
  let envoyes = 0;
  for (const p of e.participants.filter((x) => (sondes ? x.retireLe === null : x.convoqueLe !== null)))
    for (const a of adressesDe(p)) {
      await ajouterCourriel(
        c.db,
        c.contrat.id,
        {
          a: a.courriel,
          ...texteAnnulation(e, motif),
          ...(e.seance.jour && !sondes
            ? { ical: invitation(e, 'CANCEL', organisateurDe(e, c), a, p, lienDe(c, services, e, p, a.courriel), c.maintenant) }
            : {}),
          objet: objetDe(e.seance),
        },
        services.coffre,
      );
      envoyes += 1;
    }
  return envoyes;
}

/** Their invitation is withdrawn: they no longer sit there. */
export async function envoyerRetrait(c: Contexte, services: ServicesSeances, e: Envoi, retires: readonly Participant[]): Promise<void> {
  for (const p of retires)
    for (const a of adressesDe(p))
      await ajouterCourriel(
        c.db,
        c.contrat.id,
        {
          a: a.courriel,
          ...texteRetrait(e),
          ...(e.seance.jour ? { ical: invitation(e, 'CANCEL', organisateurDe(e, c), a, p, lienDe(c, services, e, p, a.courriel), c.maintenant) } : {}),
          objet: objetDe(e.seance),
        },
        services.coffre,
      );
}

export async function envoyerSondage(
  c: Contexte,
  services: ServicesSeances,
  e: Envoi,
  dates: readonly { jour: string; heure: string }[],
): Promise<{ envoyes: number; sansAdresse: Participant[] }> {
  const attendus = e.participants.filter((p) => p.retireLe === null);
  let envoyes = 0;
  for (const p of attendus)
    for (const a of adressesDe(p)) {
      await ajouterCourriel(
        c.db,
        c.contrat.id,
        {
          a: a.courriel,
          ...texteSondage(e, dates, lienDe(c, services, e, p, a.courriel, dates)),
          objet: objetDe(e.seance),
        },
        services.coffre,
      );
      envoyes += 1;
    }
  return { envoyes, sansAdresse: attendus.filter((p) => adressesDe(p).length === 0) };
}
