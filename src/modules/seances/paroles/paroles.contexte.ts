/** Who holds the link of something noted in their name, and what it may still open; checked anew at each read. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { getCompteOuvert, listComptes } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { getInstance, pourSeance } from '../../instances/index.ts';
import { lireEtat } from '../cloture/clore.page.tsx';
import { estDUnAutre, type LigneDApprobation, ligneDuTexte, type Voie } from '../cloture/cloture.rules.ts';
import { type Approbation, listApprobations } from '../cloture/contenu.queries.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { getSeance, listParticipants, type Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { listMotsDePresence } from '../tenue/presences.queries.ts';
import { adresseDuRepresentant, type MotDePresence, type VoieDePresence, voieDeLigne } from '../tenue/presences.rules.ts';
import { type FinDeParole, lireLien, type Notee, type Possible } from './lien.rules.ts';
import { adressesConvoquees, avecLeursAdresses, getSeanceDuParticipant, listSuccesseurs } from './paroles.queries.ts';

interface Commune {
  s: SeanceChargee;
  participant: Participant;
  /** Who the link was sent to, in words. */
  nom: string;
  /** Of a restricted body, that there was a meeting and when. */
  discrete: boolean;
  /** Somebody else is signed in: they answer nothing here. `compte`: they are, themselves. */
  autre: boolean;
  compte: boolean;
  /** Path of the page. */
  ici: string;
}
export interface ParoleDApprobation extends Commune {
  genre: 'approbation';
  voie: Voie;
  ligne: LigneDApprobation;
  approbation: Approbation;
  etat: Awaited<ReturnType<typeof lireEtat>>;
  /** The address is that of who noted it: another confirms. */
  aNote: boolean;
  /** The address is one to which the seat was convoked, or that of an open account: any other was chosen since by who keeps the body, and only contests. */
  confirme: boolean;
}
export interface ParoleDePresence extends Commune {
  genre: 'presence';
  voie: VoieDePresence;
  participants: Participant[];
  mots: MotDePresence[];
}
export type Parole = ParoleDApprobation | ParoleDePresence;

/** Every approval and every presence ever noted of them, with whom each was told to. */
function possibles(
  p: Participant,
  participants: readonly Participant[],
  approbations: readonly Approbation[],
  mots: readonly MotDePresence[],
  /** Where the seat was convoked, and who holds the chair since. */
  autres: readonly string[],
): Possible[] {
  const siennes = [p.courriel, p.suppleantCourriel];
  const dites = [p, ...mots.filter((m) => m.participantId === p.id && m.acte === 'notee')];
  return [
    ...approbations
      .filter((a) => a.participantId === p.id && estDUnAutre(a))
      .map((a) => ({ notee: { genre: 'approbation' as const, empreinte: a.empreinte }, adresses: [...new Set([...siennes, ...autres])] })),
    ...dites.flatMap(({ presence, representePar }) =>
      presence === null
        ? []
        : [
            {
              notee: { genre: 'presence' as const, presence, representePar },
              adresses: [...siennes, adresseDuRepresentant({ ...p, presence, representePar }, participants)],
            },
          ],
    ),
  ];
}

/** 404 for a link that was never made, or of an address that is theirs no more; `fin` says why one that was opens nothing any more. */
export async function chargerParole(c: Contexte, services: ServicesSeances, verrou = false): Promise<Parole | { fin: FinDeParole }> {
  const id = c.params.participant ?? '';
  const aujourdhui = jourDe(c.maintenant);
  const seanceId = await getSeanceDuParticipant(c.db, c.contrat.id, id);
  const seance = seanceId ? await getSeance(c.db, c.contrat.id, seanceId, verrou) : null;
  if (!seance) throw introuvable('Ce lien');
  const [catalogue, lue, convoques, approbations, mots, successeurs] = await lireEnsemble(c.db, [
    () => getCatalogue(c.db, c.contrat.id),
    () => getInstance(c.db, c.contrat.id, seance.instanceId, { courriel: '', aujourdhui }),
    () => listParticipants(c.db, c.contrat.id, seance.id),
    () => listApprobations(c.db, c.contrat.id, seance.id),
    () => listMotsDePresence(c.db, c.contrat.id, seance.id),
    () => listSuccesseurs(c.db, c.contrat.id, seance.id, aujourdhui),
  ]);
  const participants = await avecLeursAdresses(c.db, c.contrat.id, seance.id, convoques);
  const participant = participants.find((p) => p.id === id);
  const convoque = convoques.find((p) => p.id === id);
  const successeur = successeurs.get(id);
  if (!lue || !participant || !convoque) throw introuvable('Ce lien');
  const lu = lireLien(services.coffre, c.params.signature ?? '', {
    seanceId: seance.id,
    participantId: id,
    possibles: possibles(participant, participants, approbations, mots, [...adressesConvoquees(convoque), ...(successeur ? [successeur.courriel] : [])]),
    aujourdhui,
  });
  if (!lu) throw introuvable('Ce lien');
  const ici = `/paroles/${id}/${c.params.signature}`;
  if (lu.expire) return { fin: 'expire' };
  if (await services.estParti(c.db, c.contrat.id, lu.adresse)) return { fin: 'parti' };
  const instance = pourSeance(lue, seance);
  const s: SeanceChargee = { catalogue, instance, seance, tient: false };
  const autre = c.utilisateur !== null && c.utilisateur.courriel.toLowerCase() !== lu.adresse;
  const commune = { s, participant, discrete: discrete(instance), autre, compte: c.utilisateur !== null && !autre, ici };
  const arretable = seance.etat === 'relecture' || seance.etat === 'figee';
  if (lu.notee.genre === 'presence') {
    const voie = estCelle(participant, lu.notee) && arretable ? voieDeLigne(participant, participants, lu.adresse) : null;
    if (voie === null) return { fin: 'presence' };
    return { genre: 'presence', ...commune, voie, nom: nomDe(participant, voie), participants, mots };
  }
  const { empreinte } = lu.notee;
  const etat = arretable ? await lireEtat(c, s) : null;
  const ligne = etat ? ligneDuTexte(etat, id, empreinte) : undefined;
  const approbation = ligne?.approbation;
  if (!etat || !ligne || !approbation) return { fin: 'texte' };
  const desormais = successeur?.courriel === lu.adresse ? successeur : null;
  const sienne = [participant.courriel, convoque.courriel.toLowerCase()].includes(lu.adresse) ? 'titulaire' : 'suppleant';
  const voie = desormais ? 'successeur' : sienne;
  // Whoever notes an approval may have given the address too: it was written to before, or is that of somebody who signs in, whose word it is then, under their name.
  const convoquee = adressesConvoquees(convoque).includes(lu.adresse);
  const titulaireDuCompte = convoquee
    ? undefined
    : (await listComptes(c.db, c.contrat.id, c.maintenant)).ouverts.find((u) => u.courriel.toLowerCase() === lu.adresse);
  const confirme = convoquee || titulaireDuCompte !== undefined;
  const noteur = approbation.noteeCompte ? await getCompteOuvert(c.db, c.contrat.id, approbation.noteeCompte, c.maintenant) : null;
  const aNote = noteur?.courriel.toLowerCase() === lu.adresse;
  const nom = titulaireDuCompte?.nom ?? desormais?.nom ?? nomDe(participant, sienne);
  return { genre: 'approbation', ...commune, voie, nom, ligne, approbation, etat, aNote, confirme };
}
const estCelle = (p: Participant, n: Extract<Notee, { genre: 'presence' }>): boolean => p.presence === n.presence && p.representePar === n.representePar;
/** As they are told: their name, or what they are. */
function nomDe(p: Participant, voie: VoieDePresence): string {
  if (voie === 'titulaire') return p.nom || p.fonction;
  return voie === 'representant' ? p.representePar : p.suppleantNom || `Suppléance de ${p.nom || p.fonction}`;
}
