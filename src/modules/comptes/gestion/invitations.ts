/** From an invitation to an account with its mandate, by password or by an identity provider. */
import { code } from '../../../core/trace/details.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { z } from 'zod';
import { type Contient, type Role, ROLES } from '../../../core/authorize.ts';
import { consommerLien, type CompteDeConnexion, getCompteDeConnexion, getInvitationPour, type Lien } from '../connexion/connexion.queries.ts';
import { siretConvient } from '../oidc/oidc.queries.ts';
import { createCompte, getAuteur } from '../sessions.queries.ts';
import { juger } from './gestion.policy.ts';
import { estSensible } from './separation.rules.ts';

/** What an invitation promises, as kept in `liens.charge`. */
const promesseSchema = z.object({
  nom: z.string(),
  fonction: z.string(),
  organisation: z.string(),
  /** Null: the account is born without mandate. */
  mandat: z
    .object({
      role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]),
      territoireId: z.string().nullable(),
      fiche: z.string().nullable(),
      registre: z.string().nullish(),
      debut: z.iso.date(),
      fin: z.iso.date().nullable(),
    })
    .nullable(),
  accordePar: z.string(),
});
export type Promesse = z.infer<typeof promesseSchema>;

/** Throws on what no version of Concorde wrote. */
export const promesseGardee = (charge: Record<string, unknown>): Promesse => promesseSchema.parse(charge);
export const promesseDe = (l: Lien): Promesse => promesseGardee(l.charge);

/** It gives what its author may still give: an account closed, a mandate ended, and it opens nothing any more. */
export async function estValable(c: Contexte, lien: Lien, contient: Contient): Promise<boolean> {
  const auteur = lien.creePar ? await getAuteur(c.db, c.contrat.id, { compteId: lien.creePar, forte: lien.forte }, c.maintenant) : null;
  const { organisation, mandat } = promesseDe(lien);
  // A role that takes two people is left out when the account opens.
  const donne = mandat && !estSensible(mandat.role) ? mandat : null;
  return juger(auteur, { genre: 'inviter', organisationId: organisation, mandat: donne }, contient).issue === 'seul';
}

/** Makes the account of an invitation; null when it was used meanwhile, or the address has an account already. */
export async function ouvrirCompteInvite(c: Contexte, lien: Lien, nom: string, motDePasse: string | null): Promise<CompteDeConnexion | null> {
  const p = promesseDe(lien);
  // A role that takes two people is never given by an invitation, even one sent before that was so.
  const mandat = p.mandat && !estSensible(p.mandat.role) ? p.mandat : null;
  if (!(await consommerLien(c.db, c.contrat.id, lien.id, c.maintenant))) return null;
  const id = await createCompte(c.db, c.contrat.id, {
    courriel: lien.courriel,
    nom,
    fonction: p.fonction,
    organisationId: p.organisation,
    motDePasse,
    demonstration: false,
    ordre: 0,
    mandats: mandat ? [mandat] : [],
    accordePar: p.accordePar,
    debut: mandat?.debut ?? jourDe(c.maintenant),
    fin: mandat?.fin ?? null,
  });
  if (!id) return null;
  await c.auditer('compte.cree', `/comptes/${id}`, { invitation: code(lien.id) }, { auteur: { id, organisationId: p.organisation } });
  return getCompteDeConnexion(c.db, c.contrat.id, id);
}

/** For someone vouched for by a provider: the account, or why there is none and what to do. */
export async function accepterInvitation(
  c: Contexte,
  contient: Contient,
  i: { courriel: string; siret: string | null; nom: string },
): Promise<CompteDeConnexion | string> {
  const lien = await getInvitationPour(c.db, c.contrat.id, i.courriel, c.maintenant);
  if (!lien || !(await estValable(c, lien, contient)))
    return `Votre identité est vérifiée, mais aucune invitation n’attend ${i.courriel}. Demandez à votre organisation, ou à la coordination du contrat, de vous inviter à cette adresse.`;
  if (!(await siretConvient(c.db, c.contrat.id, promesseDe(lien).organisation, i.siret)))
    return 'Votre identité est vérifiée, mais le SIRET de votre employeur n’est pas celui de l’organisation qui vous a invité. Signalez-le à la coordination du contrat.';
  return (await ouvrirCompteInvite(c, lien, i.nom, null)) ?? 'Cette invitation a déjà servi. Connectez-vous, ou demandez-en une autre.';
}
