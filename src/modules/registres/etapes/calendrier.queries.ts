/** Days that were planned, for the shared calendar: what is to come, what was said done or cancelled since. */
import { sql } from 'kysely';
import type { Ligne } from '../../../core/base/database.ts';
import type { DatesDeCalendrier } from '../../../core/module.ts';
import { peutLire } from '../registres.policy.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import type { Etape } from '../registres.rules.ts';

interface Prevue extends Pick<Ligne<'activites'>, 'id' | 'registre' | 'titre' | 'jour' | 'fin' | 'adresse' | 'territoireId'> {
  etape: Etape;
  horaires: string | null;
}
const ETATS = { programmee: 'prevu', realisee: 'fait', annulee: 'annule' } as const;

export const datesProgrammees: DatesDeCalendrier = async (db, q) => {
  const lus = definitionsDecouvertes.filter((d) => (d.etapes || d.capacite) && peutLire(q.u, d));
  if (lus.length === 0) return [];
  const { rows } = await sql<Prevue>`
    select a.id, a.registre, a.titre, a.jour, a.fin, a.adresse, a.territoire_id as "territoireId", a.etape, a.donnees ->> 'horaires' as horaires
    from activites a
    where a.contrat_id = ${q.contratId} and a.jour between ${q.debut}::date and ${q.fin}::date and a.statut = 'publie'
      and (((a.etape <> 'realisee' or a.dite_le is not null) and a.registre = any(${lus.filter((d) => d.etapes).map((d) => d.code)}::text[]))
        or (a.registre = any(${lus.filter((d) => d.capacite).map((d) => d.code)}::text[]) and a.donnees ->> 'forme' in ('session', 'vague')))
      ${q.territoires ? sql`and a.territoire_id = any(${[...q.territoires]}::text[])` : sql``}
      ${q.fiche ? sql`and ${q.fiche} = any(a.fiches)` : sql``}
      ${q.siennes ? sql`and a.organisation_id = ${q.u.organisationId}` : sql``}
    order by a.jour, a.titre, a.id`.execute(db);
  const noms = { genres: new Map(lus.map((d) => [d.code, d.singulier])), sessions: new Set(lus.filter((d) => d.capacite).map((d) => d.code)) };
  return rows.map((l) => ({
    id: l.id,
    titre: l.horaires ? `${l.titre}, ${l.horaires}` : l.titre,
    genre: noms.genres.get(l.registre) ?? l.registre,
    jour: l.jour,
    fin: l.fin,
    chemin: `/registres/${l.registre}/${l.id}`,
    lieu: l.adresse ?? '',
    territoireId: l.territoireId,
    // A session of an offer is open on its day: nobody has to say so.
    etat: noms.sessions.has(l.registre) ? 'prevu' : ETATS[l.etape],
  }));
};
