/** Who holds the link of something noted in their name, and what it may still open; checked anew at each read. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { getCompteOuvert } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { getInstance, pourSeance } from '../../instances/index.ts';
import { lireEtat } from '../cloture/clore.page.tsx';
import { type Chaise, chaiseDe, ligneDuTexte } from '../cloture/cloture.rules.ts';
import { type Approbation, listApprobations } from '../cloture/contenu.queries.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { getSeance, listParticipants, type Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { listMotsDePresence } from '../tenue/presences.queries.ts';
import { adressesDuRepresentant, type MotDePresence, type VoieDePresence, voixDite } from '../tenue/presences.rules.ts';
import { type FinDeParole, lireLien, type Notee, type Possible, SE_CONNECTER } from './lien.rules.ts';
import { listTenants } from '../cloture/tenants.queries.ts';
import { avecLeursAdresses, getSeanceDuParticipant } from './paroles.queries.ts';
import { adressesDuSiegeLu } from './voix.rules.ts';

interface Commune {
  s: SeanceChargee;
  participant: Participant;
  /** Who the link was sent to, in words, and where. */
  nom: string;
  adresse: string;
  /** They were not convoked there. */
  depuis: boolean;
  /** From there, why one says nothing without its account; null: they were convoked there, or are signed in as it. */
  seConnecter: string | null;
  /** Of a restricted body, that there was a meeting and when. */
  discrete: boolean;
  /** Somebody else is signed in: they answer nothing here. `compte`: they are, themselves. */
  autre: boolean;
  compte: boolean;
  /** Its name. */
  parCompte: string;
  /** Path of the page. */
  ici: string;
}
export interface ParoleDApprobation extends Commune {
  genre: 'approbation';
  voie: Chaise['voie'];
  chaise: Chaise;
  approbation: Approbation;
  etat: Awaited<ReturnType<typeof lireEtat>>;
  /** The address is that of who noted it: another confirms. */
  aNote: boolean;
}
export interface ParoleDePresence extends Commune {
  genre: 'presence';
  voie: VoieDePresence;
  participants: Participant[];
  mots: MotDePresence[];
}
export type Parole = ParoleDApprobation | ParoleDePresence;

/** The line as it was convoked, and as its seat is written to today, among those of the session. */
interface Lignes {
  ligne: Participant;
  participants: readonly Participant[];
}
/** Every approval given or noted for them, and every presence ever noted of them, at every address that was or is of the seat: who it is now is asked after. */
function possibles(sieges: readonly Lignes[], approbations: readonly Approbation[], mots: readonly MotDePresence[], tenant: string): Possible[] {
  const lignes = sieges.map((x) => x.ligne);
  const adresses = adressesDuSiegeLu(lignes, tenant);
  const dites = [...lignes.slice(0, 1), ...mots.filter((m) => m.participantId === lignes[0]?.id && m.acte === 'notee')];
  return [
    ...approbations
      .filter((a) => a.participantId === lignes[0]?.id)
      .map((a) => ({ notee: { genre: 'approbation' as const, empreinte: a.empreinte }, adresses })),
    ...dites.flatMap(({ presence, representePar }) => {
      const autres = sieges.flatMap((x) => adressesDuRepresentant({ ...x.ligne, presence, representePar }, x.participants));
      return presence === null ? [] : [{ notee: { genre: 'presence' as const, presence, representePar }, adresses: [...adresses, ...autres] }];
    }),
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
    () => listTenants(c.db, c.contrat.id, seance.id, aujourdhui),
  ]);
  const participants = await avecLeursAdresses(c.db, c.contrat.id, seance.id, convoques);
  const participant = participants.find((p) => p.id === id);
  const convoque = convoques.find((p) => p.id === id);
  const successeur = successeurs.get(id);
  if (!lue || !participant || !convoque) throw introuvable('Ce lien');
  const sieges = [
    { ligne: convoque, participants: convoques },
    { ligne: participant, participants },
  ];
  const lu = lireLien(services.coffre, c.params.signature ?? '', {
    seanceId: seance.id,
    participantId: id,
    possibles: possibles(sieges, approbations, mots, successeur?.courriel ?? ''),
    aujourdhui,
  });
  if (!lu) throw introuvable('Ce lien');
  const ici = `/paroles/${id}/${c.params.signature}`;
  if (lu.expire) return { fin: 'expire' };
  if (await services.estParti(c.db, c.contrat.id, lu.adresse)) return { fin: 'parti' };
  const instance = pourSeance(lue, seance);
  const s: SeanceChargee = { catalogue, instance, seance, tient: false };
  const autre = c.utilisateur !== null && c.utilisateur.courriel.toLowerCase() !== lu.adresse;
  const compte = c.utilisateur !== null && !autre;
  const parCompte = c.utilisateur?.nom ?? '';
  const commune = { s, participant, discrete: discrete(instance), adresse: lu.adresse, autre, compte, parCompte, ici };
  const ailleurs = (convoquee: boolean, sinon: keyof typeof SE_CONNECTER) => (compte || convoquee ? null : SE_CONNECTER[sinon]);
  const arretable = seance.etat === 'relecture' || seance.etat === 'figee';
  if (lu.notee.genre === 'presence') {
    const dite = estCelle(participant, lu.notee) && arretable ? voixDite(id, [convoques, participants], lu.adresse) : null;
    if (!dite) return { fin: 'presence' };
    return {
      genre: 'presence',
      ...commune,
      voie: dite.voie,
      nom: dite.nom,
      depuis: dite.depuis,
      seConnecter: ailleurs(dite.convoquee, dite.depuis ? 'depuis' : 'siege'),
      participants,
      mots,
    };
  }
  const { empreinte } = lu.notee;
  const etat = arretable ? await lireEtat(c, s) : null;
  const ligne = etat ? ligneDuTexte(etat, id, empreinte) : undefined;
  const approbation = ligne?.approbation;
  if (!etat || !ligne || !approbation) return { fin: 'texte' };
  const chaise = chaiseDe(ligne, lu.adresse, compte ? parCompte : null);
  if (!chaise) throw introuvable('Ce lien');
  const { voie, nom, depuis } = chaise;
  const seConnecter = ailleurs(chaise.convoquee, voie === 'successeur' || voie === 'suppleant_successeur' ? voie : depuis ? 'depuis' : 'siege');
  const noteur = approbation.noteeCompte ? await getCompteOuvert(c.db, c.contrat.id, approbation.noteeCompte, c.maintenant) : null;
  const aNote = noteur?.courriel.toLowerCase() === lu.adresse;
  return { genre: 'approbation', ...commune, voie, nom, depuis, seConnecter, chaise, approbation, etat, aNote };
}
const estCelle = (p: Participant, n: Extract<Notee, { genre: 'presence' }>): boolean => p.presence === n.presence && p.representePar === n.representePar;
