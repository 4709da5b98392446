/** From an invitation to an account with its mandate, by password or by an identity provider. */
import type { Contexte } from '../../../core/http.ts';
import type { Mandat } from '../../../core/authorize.ts';
import { consommerLien, type CompteDeConnexion, getCompteDeConnexion, getInvitationPour, type Lien } from '../connexion/connexion.queries.ts';
import { siretConvient } from '../oidc/oidc.queries.ts';
import { createCompte, getAuteur } from '../sessions.queries.ts';
import { peutAccorder } from './gestion.policy.ts';

/** What an invitation promises, as kept in `liens.charge`. */
export interface Promesse {
  nom: string;
  fonction: string;
  organisation: string;
  mandat: Mandat & { debut: string; fin: string | null };
  accordePar: string;
}
export const promesseDe = (l: Lien): Promesse => l.charge as unknown as Promesse;

/** It gives what its author may still give: an account closed, a mandate ended, and it opens nothing any more. */
export async function estValable(c: Contexte, lien: Lien): Promise<boolean> {
  const auteur = lien.creePar ? await getAuteur(c.db, c.contrat.id, { compteId: lien.creePar, forte: lien.forte }, c.maintenant) : null;
  const p = promesseDe(lien);
  return auteur !== null && peutAccorder(auteur, p.mandat.role, p.organisation);
}

/** Makes the account of an invitation; null when it was used meanwhile, or the address has an account already. */
export async function ouvrirCompteInvite(c: Contexte, lien: Lien, nom: string, motDePasse: string | null): Promise<CompteDeConnexion | null> {
  const p = promesseDe(lien);
  if (!(await consommerLien(c.db, c.contrat.id, lien.id, c.maintenant))) return null;
  const id = await createCompte(c.db, c.contrat.id, {
    courriel: lien.courriel,
    nom,
    fonction: p.fonction,
    organisationId: p.organisation,
    motDePasse,
    demonstration: false,
    ordre: 0,
    mandats: [p.mandat],
    accordePar: p.accordePar,
    debut: p.mandat.debut,
    fin: p.mandat.fin,
  });
  if (!id) return null;
  await c.auditer('compte.cree', `/comptes/${id}`, { invitation: lien.id }, { auteur: { id, organisationId: p.organisation } });
  return getCompteDeConnexion(c.db, c.contrat.id, id);
}

/** For someone vouched for by a provider: the account, or why there is none and what to do. */
export async function accepterInvitation(c: Contexte, i: { courriel: string; siret: string | null; nom: string }): Promise<CompteDeConnexion | string> {
  const lien = await getInvitationPour(c.db, c.contrat.id, i.courriel, c.maintenant);
  if (!lien || !(await estValable(c, lien)))
    return `Votre identité est vérifiée, mais aucune invitation n’attend ${i.courriel}. Demandez à votre organisation, ou à la coordination du contrat, de vous inviter à cette adresse.`;
  if (!(await siretConvient(c.db, c.contrat.id, promesseDe(lien).organisation, i.siret)))
    return 'Votre identité est vérifiée, mais le SIRET de votre employeur n’est pas celui de l’organisation qui vous a invité. Signalez-le à la coordination du contrat.';
  return (await ouvrirCompteInvite(c, lien, i.nom, null)) ?? 'Cette invitation a déjà servi. Connectez-vous, ou demandez-en une autre.';
}
