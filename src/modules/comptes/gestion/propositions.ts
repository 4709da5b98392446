/** Four eyes: an act is proposed, everyone concerned is told, somebody else confirms it, and it is done with the rights of that moment. */
import { JOUR_MS } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import type { Contient, Mandat, Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { jour } from '../../../ui/typographie.ts';
import { type Comptes, departDe, siteDe, type VueContrat } from '../comptes.contexte.ts';
import { ecrireAvis } from '../connexion/avis.ts';
import { type ActeSurCompte, type Cible, direConfirmants, juger, peutConfirmer, peutEtreAppele } from './gestion.policy.ts';
import { addMandat, type CompteGere, estVivant, fermerCompte, finirMandat, getCompteGere, type MandatAccorde } from './gestion.queries.ts';
import { direMandat } from './mandats.ts';
import {
  type Charge,
  createProposition,
  deciderProposition,
  type GenreProposition,
  getPareille,
  estOuverte,
  getProposition,
  listSansReponse,
  listTitulaires,
  type Proposition,
} from './propositions.queries.ts';
import { DELAI_JOURS, SENSIBLES } from './separation.rules.ts';
import { suivrePropositions } from './propositions.attendues.ts';

/** The account as the policy meets it: what is in force or to come. */
export const cibleDe = (compte: CompteGere, jourCourant: string): Cible => ({
  id: compte.id,
  organisationId: compte.organisationId,
  gestionnaire: compte.gestionnaire,
  mandats: compte.mandats.filter((m) => estVivant(m, jourCourant)),
});
/** The holder as somebody who acts: only what is in force. */
const acteurDe = (compte: CompteGere, jourCourant: string): Utilisateur => ({
  id: compte.id,
  nom: compte.nom,
  courriel: compte.courriel,
  fonction: compte.fonction,
  organisationId: compte.organisationId,
  gestionnaire: compte.gestionnaire,
  // A proposal is written from a session that showed two factors: the roles it takes sleep in any other.
  forte: true,
  mandats: compte.fermeLe ? [] : compte.mandats.filter((m) => estVivant(m, jourCourant) && m.debut <= jourCourant),
});

/** The act that a proposal stands for; null when the mandate it speaks of has ended. */
export function acteDe(p: Proposition, compte: CompteGere, jourCourant: string): ActeSurCompte | null {
  const cible = cibleDe(compte, jourCourant);
  if (p.genre === 'fermer') return { genre: 'fermer', cible };
  if (p.genre !== 'finir') return p.charge ? { genre: p.genre, cible, mandat: p.charge } : null;
  const mandat = cible.mandats.find((m) => (m as MandatAccorde).id === p.mandatId);
  return mandat ? { genre: 'finir', cible, mandat } : null;
}

/** « donner le mandat Coordination centrale à Claire Fontaine ». */
export function direActe(x: { genre: GenreProposition; nom: string; mandat: Mandat | null }, dire: (m: Mandat) => string): string {
  const mandat = x.mandat ? `« ${dire(x.mandat)} »` : '';
  if (x.genre === 'accorder') return `donner le mandat ${mandat} à ${x.nom}`;
  if (x.genre === 'deleguer') return `déléguer le mandat ${mandat} à ${x.nom}`;
  return x.genre === 'finir' ? `mettre fin au mandat ${mandat} de ${x.nom}` : `fermer le compte de ${x.nom}`;
}

export interface AProposer {
  acte: ActeSurCompte & { genre: GenreProposition };
  compte: CompteGere;
  mandatId: string | null;
  charge: Charge | null;
  motif: string;
}
/** Writes the proposal and tells whoever may confirm it, and the person concerned. The caller has judged it `a-deux`. */
export async function proposer(k: Comptes, c: Contexte, x: AProposer): Promise<void> {
  const u = c.utilisateur;
  if (!u) throw interdit();
  const { genre } = x.acte;
  const pareille = await getPareille(c.db, c.contrat.id, { genre, compteId: x.compte.id, mandatId: x.mandatId, role: x.charge?.role ?? null }, c.maintenant);
  if (pareille) throw conflit('Cet acte est déjà proposé et attend une confirmation : voyez la page « À confirmer ».');
  const expireLe = new Date(c.maintenant.getTime() + DELAI_JOURS * JOUR_MS);
  const proposition = { genre, compteId: x.compte.id, mandatId: x.mandatId, charge: x.charge, motif: x.motif, proposePar: u.id, expireLe };
  const id = await createProposition(c.db, c.contrat.id, proposition, c.maintenant);
  await suivrePropositions(c.db, c.contrat.id, [id], c.maintenant);
  await c.auditer('proposition.creee', `/comptes/${x.compte.id}`, { proposition: code(id), genre, role: x.charge?.role ?? null, mandat: code(x.mandatId) });

  const contrat = await k.contrat(c);
  const quoi = direActe({ genre, nom: x.compte.nom, mandat: 'mandat' in x.acte ? x.acte.mandat : null }, direMandat(k, contrat));
  const adresse = `${(await siteDe(k, c)).origine}/comptes/propositions`;
  const jourCourant = jourDe(c.maintenant);
  for (const titulaire of await listTitulaires(c.db, c.contrat.id, SENSIBLES, jourCourant)) {
    const compte = await getCompteGere(c.db, c.contrat.id, titulaire);
    if (!compte || titulaire === x.compte.id || !peutConfirmer(acteurDe(compte, jourCourant), { acte: x.acte, proposePar: u.id }, contrat.contient)) continue;
    await ecrire(c, compte, 'Une proposition attend votre confirmation', [
      `${u.nom} propose de ${quoi}.`,
      `Motif : ${x.motif}`,
      `Cet acte se fait à deux. Si vous êtes d’accord, confirmez-le avant le ${jour(jourDe(expireLe))} ; sinon, refusez-le :\n${adresse}`,
    ]);
  }
  await ecrire(c, x.compte, 'Une proposition vous concerne', [
    `${u.nom} propose de ${quoi}.`,
    `Motif : ${x.motif}`,
    `Rien ne change tant qu’une autre personne (${direConfirmants(x.acte)}) ne l’a pas confirmé. Si cela vous surprend, dites-le à la coordination ou au délégué à la protection des données.`,
  ]);
  await ecrire(c, u, 'Votre proposition est enregistrée', [
    `Vous proposez de ${quoi}. Elle attend une autre personne (${direConfirmants(x.acte)}) jusqu’au ${jour(jourDe(expireLe))} :\n${adresse}`,
  ]);
}

async function ecrire(c: Contexte, a: { courriel: string; nom: string }, sujet: string, lignes: readonly string[]): Promise<void> {
  await ajouterCourriel(c.db, c.contrat.id, { a: a.courriel, sujet, texte: `Bonjour ${a.nom},\n\n${lignes.join('\n\n')}\n`, objet: '/comptes/propositions' });
}

/** Open proposals that this person may confirm: what waits for them. */
export async function countAConfirmer(c: Contexte, contient: Contient): Promise<number> {
  const u = c.utilisateur;
  if (!peutEtreAppele(u)) return 0;
  let n = 0;
  for (const p of await listSansReponse(c.db, c.contrat.id)) {
    const compte = estOuverte(p, c.maintenant) && p.proposePar !== u.id ? await getCompteGere(c.db, c.contrat.id, p.compteId) : null;
    const acte = compte && acteDe(p, compte, jourDe(c.maintenant));
    if (acte && peutConfirmer(u, { acte, proposePar: p.proposePar }, contient)) n += 1;
  }
  return n;
}

const REPONSES = { confirmer: 'confirmee', refuser: 'refusee', retirer: 'retiree' } as const;
export type ReponseAProposition = keyof typeof REPONSES;

/** The proposal (locked), the account and the act, with what this person may answer. */
async function chargerProposition(c: Contexte, contrat: VueContrat, id: string) {
  const p = await getProposition(c.db, c.contrat.id, id);
  const compte = p ? await getCompteGere(c.db, c.contrat.id, p.compteId) : null;
  if (!p || !compte) throw introuvable('Cette proposition');
  const acte = acteDe(p, compte, jourDe(c.maintenant));
  const peut = acte !== null && peutConfirmer(c.utilisateur, { acte, proposePar: p.proposePar }, contrat.contient);
  return { p, compte, acte, peut, sienne: p.proposePar === c.utilisateur?.id };
}

/** Answers a proposal. The act is judged again for whoever proposed it: rights may have ended since. */
export async function repondre(k: Comptes, c: Contexte, id: string, reponse: ReponseAProposition): Promise<void> {
  const u = c.utilisateur;
  const contrat = await k.contrat(c);
  const { p, compte, acte, peut, sienne } = await chargerProposition(c, contrat, id);
  // What became of it is for those who may answer it, and for them alone.
  if (!u || !(sienne || peut || (acte === null && peutEtreAppele(u)))) throw interdit('Vous ne pouvez pas répondre à cette proposition.');
  if (!estOuverte(p, c.maintenant))
    throw conflit('Cette proposition a déjà reçu une réponse, ou ses sept jours sont passés. Proposez-la de nouveau si elle est encore utile.');
  if (acte === null && reponse !== 'retirer') throw conflit('Le mandat dont il s’agit a déjà pris fin : il n’y a plus rien à confirmer.');
  if (!(reponse === 'retirer' ? sienne : peut))
    throw interdit(sienne ? 'Un acte à deux se confirme par une autre personne que celle qui le propose.' : 'Vous ne pouvez pas répondre à cette proposition.');
  await deciderProposition(c.db, c.contrat.id, p.id, { etat: REPONSES[reponse], par: u.id }, c.maintenant);
  if (reponse === 'confirmer' && acte) await accomplir(k, c, { p, compte, acte, contrat });
  await suivrePropositions(c.db, c.contrat.id, [p.id], c.maintenant);
  await c.auditer(`proposition.${REPONSES[reponse]}`, `/comptes/${compte.id}`, { proposition: code(p.id), genre: p.genre, role: p.charge?.role ?? null });

  const mandat = acte && 'mandat' in acte ? acte.mandat : p.charge;
  const quoi = direActe({ genre: p.genre, nom: compte.nom, mandat }, direMandat(k, contrat));
  const issue = { confirmer: 'est confirmée : c’est fait', refuser: 'est refusée : rien ne change', retirer: 'est retirée : rien ne change' }[reponse];
  const proposeur = await getCompteGere(c.db, c.contrat.id, p.proposePar);
  const lecteurs = new Map([proposeur, compte, u].flatMap((x) => (x ? [[x.courriel, x] as const] : [])));
  for (const x of lecteurs.values())
    await ecrire(c, x, 'Réponse à une proposition', [`La proposition de ${p.proposeurNom} (${quoi}) ${issue}. Réponse donnée par ${u.nom}.`]);
}

interface AAccomplir {
  p: Proposition;
  compte: CompteGere;
  acte: ActeSurCompte;
  contrat: VueContrat;
}
async function accomplir(k: Comptes, c: Contexte, { p, compte, acte, contrat }: AAccomplir): Promise<void> {
  const jourCourant = jourDe(c.maintenant);
  const proposeur = await getCompteGere(c.db, c.contrat.id, p.proposePar);
  const jugement = juger(proposeur ? acteurDe(proposeur, jourCourant) : null, acte, contrat.contient);
  if (jugement.issue === 'non') throw conflit(`Cet acte ne peut plus se faire : ${jugement.pourquoi}`);
  if (compte.fermeLe) throw conflit('Ce compte est fermé.');
  const par = `${p.proposeurNom}, confirmé par ${c.utilisateur?.nom ?? ''}`;
  const objet = `/comptes/${compte.id}`;
  if (acte.genre === 'fermer') {
    const finis = await fermerCompte(c.db, c.contrat.id, compte.id, { ...departDe(k, c), par });
    await ecrireAvis(c, compte, 'Votre compte vient d’être fermé. Vos mandats et vos délégations prennent fin.', finis);
    await c.auditer('compte.ferme', objet, { proposition: code(p.id) });
  } else if (acte.genre === 'finir') {
    await finirMandat(c.db, c.contrat.id, compte.id, p.mandatId ?? '', jourCourant, par);
    await c.auditer('mandat.termine', objet, { proposition: code(p.id), mandat: code(p.mandatId) });
  } else if (p.charge) {
    const { role, territoireId, fiche, registre = null, fin } = p.charge;
    // What was proposed for a day gone by begins today.
    const debut = [p.charge.debut, jourCourant].sort().at(-1) ?? jourCourant;
    if (fin !== null && fin < debut) throw conflit('La fin de ce mandat est déjà passée.');
    const mandat = { role, territoireId, fiche, registre, debut, fin };
    await addMandat(c.db, c.contrat.id, compte.id, { ...mandat, accordePar: par, delegueDe: p.genre === 'deleguer' ? p.mandatId : null, propositionId: p.id });
    await c.auditer(p.genre === 'deleguer' ? 'mandat.delegue' : 'mandat.accorde', objet, {
      role,
      territoireId: code(territoireId),
      fiche: code(fiche),
      registre: code(registre),
      debut: code(debut),
      fin: code(fin),
      proposition: code(p.id),
    });
  }
}
