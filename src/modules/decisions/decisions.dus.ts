/** What decisions make people owe: to say where they are, by the day that was set with them. */
import { sql } from 'kysely';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { jour } from '../../ui/typographie.ts';
import { compteFermeLe } from '../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import type { Adresses, Attendue, Prevenir, Source } from '../echeances/index.ts';
import { limitesDeSuivi } from './decisions.policy.ts';
import type { Decision } from './decisions.queries.ts';
import { numeroEcrit } from './decisions.rules.ts';
import { avecOrigines, listOrigines, origineDe, ouOrigine, selonOrigine } from './origines.ts';

interface DecisionDue
  extends Pick<
    Decision,
    | 'id'
    | 'numero'
    | 'nature'
    | 'libelle'
    | 'responsableId'
    | 'responsableNom'
    | 'responsableCourriel'
    | 'echeance'
    | 'fiche'
    | 'territoireId'
    | 'etat'
    | 'motif'
    | 'creeLe'
    | 'origineGenre'
  > {
  /** Since when, and by whom, it is in this state: rewording what is blocked or done does not begin it again. */
  depuis: Date;
  par: string;
  /** Not who is in charge. */
  diteOrganisation: string | null;
  origineClose: boolean | null;
}

function attendue(d: DecisionDue, c: Pick<Catalogue, 'nomActeur'>): Attendue {
  const chemin = `/decisions/${d.id}`;
  return {
    genre: 'decision',
    sujet: d.id,
    objetId: d.id,
    titre: `${numeroEcrit(d)}, ${d.libelle}`,
    chemin,
    organisationId: d.responsableId,
    personne: d.responsableNom,
    courriel: d.responsableCourriel,
    territoireId: d.territoireId,
    fiche: d.fiche,
    ouverteLe: jourDe(d.creeLe),
    dueLe: d.echeance,
    suspendueLe: d.etat === 'bloque' ? jourDe(d.depuis) : null,
    soldee: d.etat === 'fait' ? { le: d.depuis, par: d.diteOrganisation === null ? d.par : `${d.par}, ${c.nomActeur(d.diteOrganisation)}`, chemin } : null,
    sansObjet:
      d.etat === 'abandonne' ? `abandonnée : ${d.motif}` : d.origineClose && d.etat !== 'fait' ? `${origineDe(d.origineGenre).mots.le} n’existe plus` : null,
  };
}

/** By entry: who keeps, or presides over, what made the decision. */
async function adressesDe(db: Db, p: Prevenir, qui: 'garant' | 'presidence'): Promise<Adresses> {
  const { rows } = await sql<{ id: string; genre: string; origine: string }>`
    select id, origine_genre as genre, origine_id as origine from decisions
    where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
  const parDecision = new Map(rows.map((r) => [r.id, r]));
  const parOrigine = new Map<string, Adresses>();
  for (const o of listOrigines()) {
    const ids = [...new Set(rows.filter((r) => r.genre === o.genre).map((r) => r.origine))];
    if (ids.length > 0) parOrigine.set(o.genre, await o.adresses(db, { contratId: p.contratId, ids, qui, aujourdhui: p.aujourdhui }));
  }
  return new Map(
    p.echeances.map((e) => {
      const d = parDecision.get(e.objetId);
      return [e.id, (d && parOrigine.get(d.genre)?.get(d.origine)) ?? []];
    }),
  );
}

export const sourceDecisions: Source = {
  code: 'decisions',
  module: 'decisions',
  genres: [
    {
      code: 'decision',
      libelle: 'Décision à suivre',
      puisTousLes: 14,
      bloqueeTousLes: 30,
      escalade: { apres: 30, a: 'la présidence de l’instance' },
      acte: { libelle: 'Dire où vous en êtes', chemin: (e) => e.chemin },
    },
  ],
  sujets: async (db, o) => {
    const { rows } = await sql<Pick<Decision, 'id'>>`
      select d.id from decisions d
      where d.contrat_id = ${o.contratId} ${o.apres ? sql`and d.id > ${uuid(o.apres)}` : sql``} order by d.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
  attendues: async (db, o) => {
    const { rows } = await sql<DecisionDue>`
      select d.id, d.numero, d.nature, d.libelle, d.responsable_id, case when la.parti then '' else d.responsable_nom end as "responsableNom",
        case when la.parti then '' else d.responsable_courriel end as "responsableCourriel", d.echeance, d.fiche, d.territoire_id, d.etat, d.motif,
        d.cree_le, coalesce(passage.quand, d.modifie_le) as depuis, coalesce(d.dite_par, passage.par, d.modifie_par) as par, d.dite_organisation, d.origine_genre,
        ${selonOrigine(listOrigines(), (x) => x.close)} as "origineClose"
      from ${avecOrigines(listOrigines())}
      -- Who left is in charge of nothing any more: their organisation is.
      cross join lateral (select ${compteFermeLe(sql`d.contrat_id`, sql`d.responsable_courriel`)} is not null as parti) la
      left join lateral (
        select v.quand, v.par from decision_versions v
        where v.contrat_id = d.contrat_id and v.decision_id = d.id and d.etat in ('bloque', 'fait')
          and v.version > (
            select coalesce(max(x.version), 0) from decision_versions x
            where x.contrat_id = d.contrat_id and x.decision_id = d.id and x.contenu->>'etat' <> d.etat)
        order by v.version limit 1) passage on true
      where d.contrat_id = ${o.contratId} ${o.sujets ? sql`and d.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    const c = await getCatalogue(db, o.contratId);
    return rows.map((d) => attendue(d, c));
  },
  lisibles: (_, { u, catalogue, aujourdhui }) =>
    u
      ? sql`exists (
          select from ${avecOrigines(listOrigines())}
          where d.contrat_id = e.contrat_id and d.id = e.objet and ${ouOrigine(listOrigines(), (o) => o.lisibles({ u, catalogue, aujourdhui }))})`
      : sql`false`,
  miennes: (_, { u, catalogue }) => {
    const courriel = u.courriel.toLowerCase();
    const limites = limitesDeSuivi(u).map(
      (m) => sql`(${m.territoireId ? sql`e.territoire_id = any(${[...catalogue.descendants(m.territoireId)]}::text[])` : sql`true`}
        and ${m.fiche ? sql`e.fiche = ${m.fiche}` : sql`true`})`,
    );
    return sql`((${courriel} <> '' and e.courriel = ${courriel})
      or (e.organisation_id = ${u.organisationId} and (${sql.join([sql`false`, ...limites], sql` or `)})))`;
  },
  /** Whoever is in charge, or who keeps what made it when nobody in charge has an address; that of a closed account is none. */
  destinataires: async (db, p) => {
    const garants = await adressesDe(db, { ...p, echeances: p.echeances.filter((e) => e.courriel === '') }, 'garant');
    return new Map(p.echeances.map((e) => [e.id, e.courriel ? [{ courriel: e.courriel, nom: e.personne }] : (garants.get(e.id) ?? []).slice(0, 1)]));
  },
  escalade: (db, p) => adressesDe(db, p, 'presidence'),
  /** A letter says nothing of what is closed to others but the number of its decision. */
  ligne: async (tx, e, _, o) => {
    const { rows } = await sql<{ genre: string; origine: string; restreinte: boolean; condition: string; bloquee: boolean }>`
      select d.origine_genre as genre, ${selonOrigine(listOrigines(), (x) => x.nom)} as origine,
        'restreinte' in (${selonOrigine(listOrigines(), (x) => x.confidentialite)}, d.confidentialite) as restreinte, d.condition,
        d.etat = 'bloque' as bloquee
      from ${avecOrigines(listOrigines())}
      where d.contrat_id = ${o.contratId} and d.id = ${uuid(e.objetId)}`.execute(tx);
    const d = rows[0];
    const numero = e.titre.split(',')[0] ?? '';
    const quand = e.dueLe === null ? 'sans échéance' : e.dueLe < o.aujourdhui ? `attendue depuis le ${jour(e.dueLe)}` : `attendue le ${jour(e.dueLe)}`;
    if (!d || d.restreinte) return { phrase: `${numero}, décision ${d ? origineDe(d.genre).mots.restreinte : 'réservée'}, ${d?.bloquee ? 'bloquée' : quand}` };
    return { phrase: `${e.titre} (${d.origine}), ${d.bloquee ? `bloquée : ${d.condition}` : quand}` };
  },
};
