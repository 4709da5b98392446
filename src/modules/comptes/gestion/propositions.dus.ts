/** Who may answer a proposal that waits for a second person, and who may know of it. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db } from '../../../core/base/database.ts';
import { dependDeLHeure } from '../../../core/base/read-tables.ts';
import type { Lecteur, Source } from '../../echeances/index.ts';
import { peutConfirmer, peutVoirPropositions } from './gestion.policy.ts';
import { getCompteGere } from './gestion.queries.ts';
import { acteDe } from './propositions.ts';
import { propositionsDues } from './propositions.attendues.ts';
import { estOuverte, listSansReponse } from './propositions.queries.ts';

/** Open ones that each of these people may confirm. */
async function aConfirmerPar(db: Db, l: Omit<Lecteur, 'u'>, personnes: readonly Utilisateur[]): Promise<Map<string, Utilisateur[]>> {
  const parProposition = new Map<string, Utilisateur[]>();
  const attendues = await listSansReponse(db, l.contratId);
  // One of them ends at an hour.
  if (attendues.length > 0) dependDeLHeure();
  for (const p of attendues) {
    const compte = estOuverte(p, l.maintenant) ? await getCompteGere(db, l.contratId, p.compteId) : null;
    const acte = compte && acteDe(p, compte, l.aujourdhui);
    if (acte)
      parProposition.set(
        p.id,
        personnes.filter((u) => peutConfirmer(u, { acte, proposePar: p.proposePar }, l.catalogue.contient)),
      );
  }
  return parProposition;
}

export const sourcePropositions: Source = {
  ...propositionsDues,
  /** As the page of proposals: those who answer for accounts, whoever made it, whoever it is about. */
  lisibles: (_, l) =>
    peutVoirPropositions(l.u)
      ? sql`true`
      : sql`exists (select from propositions p where p.contrat_id = e.contrat_id and p.id = e.objet and ${l.u?.id ?? null}::uuid in (p.propose_par, p.compte_id))`,
  miennes: async (db, l) => {
    const siennes = [...(await aConfirmerPar(db, l, [l.u]))].filter(([, qui]) => qui.length > 0).map(([id]) => id);
    return sql`e.objet = any(${siennes}::uuid[])`;
  },
  destinataires: async (db, p) => {
    const qui = await aConfirmerPar(db, p, p.comptes);
    return new Map(p.echeances.map((e) => [e.id, qui.get(e.objetId) ?? []]));
  },
};
