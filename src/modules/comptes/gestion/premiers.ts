/**
 * From an empty installation to people who work: whoever holds the server makes the first administrator, the first coordination and the
 * first DPO, three accounts of three people. After that, sensitive roles are given by two people, on the pages.
 */
import { sql } from 'kysely';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { ROLES } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { createCompte } from '../sessions.queries.ts';

const PREMIERS = { administrateur: 'Administration', coordination: 'Coordination centrale', dpo: 'Délégué à la protection des données' } as const;
export type PremierRole = keyof typeof PREMIERS;

/** Why the account was not made. */
export class RefusDePremier extends Error {}

export interface Premier {
  role: PremierRole;
  courriel: string;
  nom: string;
  organisationId: string;
  /** argon2id. */
  motDePasse: string;
  /** Made although somebody holds the role already: everyone who does is told. */
  secours: boolean;
}
/** `owner`: runs as the owner of the database, which only the server's holder is. */
export async function creerPremier(owner: Db, contratId: number, n: Premier, maintenant: Date): Promise<string> {
  return owner.transaction().execute(async (tx) => {
    const jour = jourDe(maintenant);
    const { rows: titulaires } = await sql<{ courriel: string; nom: string }>`
      select distinct c.courriel, c.nom from comptes c
      join mandats m on m.contrat_id = c.contrat_id and m.compte_id = c.id
      where c.contrat_id = ${contratId} and c.ferme_le is null and not c.demonstration and m.role = ${n.role} and (m.fin is null or m.fin >= ${jour}::date)`.execute(
      tx,
    );
    if (titulaires.length > 0 && !n.secours)
      throw new RefusDePremier(
        `Ce contrat a déjà un compte « ${ROLES[n.role]} ». Le suivant se propose et se confirme à deux, depuis la page de son compte. Si plus personne ne peut entrer : ajoutez --secours ; les titulaires en sont prévenus.`,
      );
    const id = await createCompte(tx, contratId, {
      courriel: n.courriel,
      nom: n.nom,
      fonction: PREMIERS[n.role],
      organisationId: n.organisationId,
      motDePasse: n.motDePasse,
      demonstration: false,
      ordre: 0,
      mandats: [{ role: n.role, territoireId: null, fiche: null }],
      accordePar: 'commande',
      debut: jour,
    });
    if (!id)
      throw new RefusDePremier(
        `Un compte utilise déjà l’adresse ${n.courriel}. Ces rôles ne se cumulent pas : il faut un compte, et une adresse, par personne.`,
      );
    for (const t of titulaires)
      await ajouterCourriel(tx, contratId, {
        a: t.courriel,
        sujet: 'Un compte sensible vient d’être créé sur le serveur',
        texte: `Bonjour ${t.nom},\n\nUn compte « ${ROLES[n.role]} » vient d’être créé en ligne de commande pour ${n.nom} (${n.courriel}), avec l’option de secours. Si vous ne l’attendiez pas, parlez-en au délégué à la protection des données.\n`,
      });
    const par = entree({ utilisateur: null, quand: maintenant, adresse: null }, 'compte.cree', `/comptes/${id}`, {
      role: n.role,
      commande: true,
      secours: n.secours,
    });
    await ecrireAudit(tx, contratId, [par]);
    return id;
  });
}
