/** To whoever minutes say was represented, or stood in for somebody; to whom a presence is changed of once the session is lifted; to who keeps it. */
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege, origineDe } from '../../instances/index.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { dite, ecrireAuxDestinataires } from '../cloture/destinataires.lettres.ts';
import { AUSSI_AILLEURS, commentRepondre, lienDeParole, POUR_VOUS_SEUL } from '../paroles/lettre.ts';
import { direPar } from '../paroles/lien.rules.ts';
import { direVoix } from '../releve/qualites.rules.ts';
import { avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { adressesDuSiegeLu, premier } from '../paroles/voix.rules.ts';
import { estSaParole } from '../preparation/reponses.rules.ts';
import { type AClasser, adressesDuRepresentant, direPresence, type MotDePresence, type VoixDeLigne, voixDeLigne, voixDite } from './presences.rules.ts';

type Services = Pick<ServicesSeances, 'adresse' | 'coffre'>;
/** As sent by who answers from an address that was not convoked. */
type DOu = Pick<MotDePresence, 'parLien' | 'voie' | 'depuis'>;
const direDOu = (o: DOu & { par: string }): string => `${direPar(o.par, o.parLien)}${direVoix(o)}`;
/**
 * `touchees`: lines to tell of; their holder, and who is said to stand in when they are somebody of the session, where they were convoked and where the
 * seat is written to since. Each contests by a link of their own.
 */
export async function ecrireAuxPresences(
  c: Contexte,
  s: SeanceChargee,
  k: Services,
  participants: readonly Participant[],
  touchees: readonly Participant[],
): Promise<void> {
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const joignables = await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, participants);
  const ids = new Set(touchees.map((p) => p.id));
  const { nom, quoi } = dite(s);
  const u = c.utilisateur;
  const qui = u ? `${u.nom}, ${s.catalogue.nomActeur(u.organisationId)}, a noté` : 'Il est noté';
  const lettres = joignables
    .filter((p) => ids.has(p.id))
    .flatMap((p) => {
      const ligne = participants.find((x) => x.id === p.id) ?? p;
      const lectures = [participants, joignables];
      const voix = adressesDuSiegeLu([ligne, p], ...adressesDuRepresentant(p, joignables), ...adressesDuRepresentant(ligne, participants)).flatMap(
        (adresse) => {
          const v = premier(lectures, (tous) => voixDeLigne(tous.find((x) => x.id === p.id) ?? p, tous, adresse));
          // Who was written to as a substitute, now or first, is told of what they stood in for alone.
          const enSuppleance =
            v?.voie === 'suppleant' || (v?.voie === 'convoque_dabord' && !ligne.convocations.some((k) => k.adresse === adresse && !k.suppleant));
          return v && !enSuppleance ? [{ ...v, adresse }] : [];
        },
      );
      const a = (qui: (v: (typeof voix)[number]) => boolean, dit: (autrement: boolean) => string) => {
        const siens = voix.filter(qui);
        return siens.map((v) => {
          const ailleurs = v.convoquee && siens.some((x) => x.depuis);
          return { p, a: v.adresse, comment: commentRepondre(v), ailleurs, dit: dit(v.voie === 'convoque_dabord') };
        });
      };
      const [siennes, autres] = [(v: VoixDeLigne) => v.voie !== 'representant', (v: VoixDeLigne) => v.voie === 'representant'];
      // Neither who, nor who stood in, nor who noted it.
      if (discrete(s.instance))
        return [
          ...a(siennes, (autre) => `Ce que le relevé ${quoi} dit ${autre ? 'd’une présence' : 'de votre présence'} vient d’être noté.`),
          ...a(autres, () => `Il est noté au relevé ${quoi} que vous représentiez un membre.`),
        ];
      const selon = estSaParole(p) ? { titulaire: ', comme vous l’avez répondu à la convocation', autre: ', comme sa réponse à la convocation le dit' } : null;
      return [
        ...a(siennes, (autre) =>
          autre
            ? `Vous aviez été convoqué pour le siège de ${p.nom || p.fonction}. ${selon ? 'Il est noté' : qui} au relevé ${quoi} : « ${direPresence(p)} »${selon?.autre ?? ''}.`
            : `${selon ? 'Il est noté' : qui} au relevé ${quoi} : vous étiez « ${direPresence(p)} »${selon?.titulaire ?? ''}.`,
        ),
        ...a(autres, () => `${selon ? 'Il est noté' : qui} au relevé ${quoi} que vous représentiez ${p.nom || p.fonction}${selon?.autre ?? ''}.`),
      ];
    });
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    lettres
      .filter(({ a }) => a !== '' && !fermees.has(a.toLowerCase()) && a.toLowerCase() !== u?.courriel.toLowerCase())
      .map(({ p, a, dit, comment, ailleurs }) => ({
        a,
        sujet: `Votre présence : ${nom}`,
        texte: ['Madame, Monsieur,', dit, ...(ailleurs ? [AUSSI_AILLEURS] : []), ...contester(c, k, s.seance.id, p, a, comment)].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
    k.coffre,
  );
}
/** A line that says nothing any more has nothing to contest. */
function contester(c: Contexte, k: Services, seanceId: string, { id, presence, representePar }: Participant, adresse: string, comment: string): string[] {
  if (presence === null) return [];
  const lien = lienDeParole(c, k, { seanceId, participantId: id }, { genre: 'presence', presence, representePar }, adresse);
  return [`Si ce n’est pas exact, contestez-le, ${comment}, le relevé le dira :\n${lien}`, POUR_VOUS_SEUL];
}

/** What is contested of a presence, to who keeps the body. */
export async function ecrireAuSecretariat(
  c: Contexte,
  s: SeanceChargee,
  k: Pick<Services, 'adresse'>,
  p: Participant,
  o: DOu & { par: string; motif: string },
): Promise<void> {
  const sieges = await adressesDuSiege(c.db, c.contrat.id, [s.instance.id], 'secretaire', jourDe(c.maintenant));
  const adresses = new Set((sieges.get(s.instance.id) ?? []).map((x) => x.courriel.toLowerCase()));
  const { nom, quoi } = dite(s);
  const cache = discrete(s.instance);
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [...adresses]
      .filter((a) => a !== c.utilisateur?.courriel.toLowerCase())
      .map((a) => ({
        a,
        sujet: `Présence contestée : ${nom}`,
        texte: [
          'Madame, Monsieur,',
          cache
            ? `Une présence notée au relevé ${quoi} est contestée.`
            : `La présence notée de ${p.nom || p.fonction} (${direPresence(p)}) au relevé ${quoi} est contestée ${direDOu(o)} : « ${o.motif} ».`,
          `${s.seance.etat === 'figee' ? 'Le relevé arrêté le dit en ligne ; un rectificatif le règle' : 'Corrigez-la, ou laissez le relevé dire qu’elle est contestée'} :\n${origineDe(k)}/seances/${s.seance.id}/clore#presences`,
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}

/** What they contested is closed, they having left: where they still read, they may say again that it is not so. */
export async function ecrireAQuiConteste(
  c: Contexte,
  s: SeanceChargee,
  k: Services,
  participants: readonly Participant[],
  { participant, mot }: AClasser,
  o: { u: Utilisateur; motif: string },
): Promise<void> {
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const joignables = await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, participants);
  const p = joignables.find((x) => x.id === participant.id) ?? participant;
  // From where they said it; of words whose address was not kept, where their seat is written to. Who was forgotten has none, nor who is nobody of it now.
  const ancienne = mot.voie === 'suppleant' ? p.suppleantCourriel : mot.voie === 'representant' ? (adressesDuRepresentant(p, joignables)[0] ?? '') : p.courriel;
  const a = (mot.adresse || ancienne).toLowerCase();
  const voix = voixDite(p.id, [participants, joignables], a);
  if (!voix || fermees.has(a)) return;
  const { nom, quoi } = dite(s);
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [
      {
        a,
        sujet: `Contestation classée : ${nom}`,
        texte: [
          'Madame, Monsieur,',
          discrete(s.instance)
            ? `Ce que vous contestiez d’une présence au relevé ${quoi} vient d’être classé.`
            : `${o.u.nom}, ${s.catalogue.nomActeur(o.u.organisationId)}, a classé ce que vous contestiez d’une présence au relevé ${quoi} : « ${o.motif} ».`,
          ...contester(c, k, s.seance.id, p, a, commentRepondre(voix)),
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      },
    ],
    k.coffre,
  );
}

const SUJETS = { contestee: 'Présence contestée', reprise: 'Présence plus contestée', classee: 'Contestation classée' } as const;
const DITS = {
  contestee: 'est contestée',
  reprise: 'n’est plus contestée',
  classee: 'était contestée par une personne partie ; sa contestation est classée',
} as const;
/** To those whom frozen minutes reached: their files have the former list. */
export async function direPresenceAuxDestinataires(
  c: Contexte,
  s: SeanceChargee,
  k: Pick<Services, 'adresse'>,
  p: Participant,
  o: DOu & { participants: readonly Participant[]; acte: keyof typeof DITS; par: string },
): Promise<void> {
  const par = o.acte === 'contestee' ? ` ${direDOu(o)}` : '';
  await ecrireAuxDestinataires(c, s, {
    participants: o.participants,
    sujet: SUJETS[o.acte],
    dit: `La présence notée de ${p.nom || p.fonction} (« ${direPresence(p)} ») ${DITS[o.acte]}${par}.`,
    cache: `Une présence qu’il note ${DITS[o.acte]}.`,
    ancre: 'releve',
    origine: origineDe(k),
  });
}
