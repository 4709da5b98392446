/** A planned record whose day has passed asks whether it was done. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import type { Attendue, Source } from '../../echeances/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { limitesDEcriture, peutEcrire, peutLire } from '../registres.policy.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';

interface Ligne {
  id: string;
  registre: string;
  titre: string;
  organisationId: string;
  territoireId: string;
  fiches: string[];
  etape: 'programmee' | 'realisee' | 'annulee';
  annulation: string | null;
  statut: 'publie' | 'retire';
  dernier: string;
  creeLe: string;
  diteLe: Date | null;
}

/** Days given to say what became of it. */
const DELAI = 7;
const chemin = (l: Pick<Ligne, 'registre' | 'id'>): string => `/registres/${l.registre}/${l.id}`;

function attendue(l: Ligne): Attendue {
  const ouverteLe = plusJours(l.dernier, 1);
  return {
    genre: 'activite-programmee',
    sujet: l.id,
    objetId: l.id,
    titre: l.titre,
    chemin: chemin(l),
    organisationId: l.organisationId,
    territoireId: l.territoireId,
    fiche: l.fiches[0] ?? null,
    ouverteLe,
    dueLe: plusJours(l.dernier, DELAI),
    soldee: l.etape === 'realisee' && l.diteLe ? { le: l.diteLe, par: '', chemin: chemin(l) } : null,
    sansObjet: l.statut === 'retire' ? 'retirée' : l.etape === 'annulee' ? `annulée : ${l.annulation}` : null,
  };
}

export const sourceEtapes: Source = {
  code: 'etapes',
  module: 'registres',
  genres: [
    {
      code: 'activite-programmee',
      libelle: 'Activité à confirmer',
      rappels: [0, 7],
      puisTousLes: 30,
      acte: { libelle: 'Réalisée ?', chemin: (e) => `${e.chemin}#realisee` },
    },
  ],
  sujets: async (db, o) => {
    const { rows } = await sql<Pick<Ligne, 'id'>>`
      select a.id from activites a
      where a.contrat_id = ${o.contratId} and (a.dite_le is not null or (a.etape = 'programmee' and a.statut = 'publie'))
        ${o.apres ? sql`and a.id > ${uuid(o.apres)}` : sql``}
      order by a.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
  attendues: async (db, o) => {
    const { rows } = await sql<Ligne>`
      select a.id, a.registre, a.titre, a.organisation_id as "organisationId", a.territoire_id as "territoireId", a.fiches, a.etape, a.annulation,
        a.statut, coalesce(a.fin, a.jour) as dernier, a.dite_le as "diteLe"
      from activites a
      where a.contrat_id = ${o.contratId} and coalesce(a.fin, a.jour) < ${o.aujourdhui}::date
        and (a.dite_le is not null or (a.etape = 'programmee' and a.statut = 'publie'))
        ${o.sujets ? sql`and a.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: (_, { u }) => {
    const lus = definitionsDecouvertes.filter((d) => peutLire(u, d)).map((d) => d.code);
    return sql`exists (select from activites a where a.contrat_id = e.contrat_id and a.id = e.objet and a.registre = any(${lus}::text[]))`;
  },
  /** Those of one's own organisation that one's mandates let one write. */
  miennes: (_, { u, catalogue }) => {
    const limites = limitesDEcriture(u).map(
      (m) => sql`(${m.territoireId ? sql`a.territoire_id = any(${[...catalogue.descendants(m.territoireId)]}::text[])` : sql`true`}
        and ${m.fiche ? sql`${m.fiche} = any(a.fiches)` : sql`true`} and ${m.registre ? sql`a.registre = ${m.registre}` : sql`true`})`,
    );
    return sql`(e.organisation_id = ${u.organisationId} and exists (
      select from activites a where a.contrat_id = e.contrat_id and a.id = e.objet and (${sql.join([sql`false`, ...limites], sql` or `)})))`;
  },
  destinataires: async (db, p) => {
    const { rows } = await sql<Pick<Ligne, 'id' | 'registre' | 'fiches'>>`
      select id, registre, fiches from activites where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
    const parId = new Map(rows.map((r) => [r.id, r]));
    const peut = (u: Utilisateur, e: (typeof p.echeances)[number]): boolean => {
      const a = parId.get(e.objetId);
      if (!a || u.organisationId !== e.organisationId) return false;
      const situation = { organisationId: e.organisationId, territoireId: e.territoireId ?? '', fiche: a.fiches, registre: a.registre };
      return peutEcrire(u, situation, (ancetre, t) => p.catalogue.descendants(ancetre).includes(t));
    };
    return new Map(p.echeances.map((e) => [e.id, p.comptes.filter((u) => peut(u, e)).map((u) => ({ courriel: u.courriel, nom: u.nom }))]));
  },
};
