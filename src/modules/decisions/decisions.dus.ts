/** What decisions make people owe: to say where they are, by the day that the body set. */
import { sql } from 'kysely';
import { jourDe } from '../../core/clock.ts';
import type { Db } from '../../core/database.ts';
import { uuid, uuids } from '../../core/id.ts';
import { jour } from '../../ui/typographie.ts';
import type { Adresses, Attendue, Prevenir, Source } from '../echeances/index.ts';
import { limitesDeSuivi } from '../instances/instances.policy.ts';
import { type EtatDecision, type Nature, numeroEcrit } from './decisions.rules.ts';
import { visible } from './listes.queries.ts';
import { vueDe, vueDeLecture } from './decisions.contexte.ts';
import { adressesDuSiege } from '../instances/dus/sieges.queries.ts';

interface Ligne {
  id: string;
  numero: number;
  nature: Nature;
  libelle: string;
  responsableId: string;
  responsableNom: string;
  responsableCourriel: string;
  echeance: string | null;
  fiche: string | null;
  territoireId: string;
  etat: EtatDecision;
  motif: string;
  creeLe: Date;
  modifiePar: string;
  modifieLe: Date;
  instanceClose: boolean;
}

function attendue(d: Ligne): Attendue {
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
    suspendueLe: d.etat === 'bloque' ? jourDe(d.modifieLe) : null,
    soldee: d.etat === 'fait' ? { le: d.modifieLe, par: d.modifiePar, chemin } : null,
    sansObjet: d.etat === 'abandonne' ? `abandonnée : ${d.motif}` : d.instanceClose && d.etat !== 'fait' ? 'l’instance n’existe plus' : null,
  };
}

const objets = (p: Prevenir) => p.echeances.map(({ id, objetId }) => ({ id, objetId }));
const sieges = (db: Db, p: Prevenir, qualite: 'secretaire' | 'president'): Promise<Adresses> =>
  adressesDuSiege(db, p.contratId, { objets: objets(p), dans: 'decisions', qualite, aujourdhui: p.aujourdhui });

export const sourceDecisions: Source = {
  code: 'decisions',
  module: 'instances',
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
  attendues: async (db, o) => {
    const { rows } = await sql<Ligne>`
      select d.id, d.numero, d.nature, d.libelle, d.responsable_id as "responsableId", d.responsable_nom as "responsableNom",
        d.responsable_courriel as "responsableCourriel", d.echeance, d.fiche, d.territoire_id as "territoireId", d.etat, d.motif,
        d.cree_le as "creeLe", d.modifie_par as "modifiePar", d.modifie_le as "modifieLe", i.close_le is not null as "instanceClose"
      from decisions d
      join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id
      where d.contrat_id = ${o.contratId} ${o.sujets ? sql`and d.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v
      ? sql`exists (
          select from decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id
          where d.contrat_id = e.contrat_id and d.id = e.objet and ${visible(v, sql`d.confidentialite`)})`
      : sql`false`;
  },
  miennes: (_, l) => {
    const v = vueDe(l.u, l.catalogue, l.aujourdhui);
    const limites = limitesDeSuivi(l.u).map(
      (m) => sql`(${m.territoireId ? sql`e.territoire_id = any(${[...l.catalogue.descendants(m.territoireId)]}::text[])` : sql`true`}
        and ${m.fiche ? sql`e.fiche = ${m.fiche}` : sql`true`})`,
    );
    return sql`((${v.courriel} <> '' and e.courriel = ${v.courriel})
      or (e.organisation_id = ${v.organisationId} and (${sql.join([sql`false`, ...limites], sql` or `)})))`;
  },
  /** Whoever is in charge, or the secretariat when nobody in charge has an address. */
  destinataires: async (db, p) => {
    const secretariats = await sieges(db, { ...p, echeances: p.echeances.filter((e) => e.courriel === '') }, 'secretaire');
    return new Map(p.echeances.map((e) => [e.id, e.courriel ? [{ courriel: e.courriel, nom: e.personne }] : (secretariats.get(e.id) ?? []).slice(0, 1)]));
  },
  escalade: (db, p) => sieges(db, p, 'president'),
  /** A letter says nothing of a restricted body but the number of its decision. */
  ligne: async (tx, e, _, o) => {
    const { rows } = await sql<{ instance: string; restreinte: boolean; condition: string; bloquee: boolean }>`
      select i.nom as instance, 'restreinte' in (i.confidentialite, d.confidentialite) as restreinte, d.condition, d.etat = 'bloque' as bloquee
      from decisions d join instances i on i.contrat_id = d.contrat_id and i.id = d.instance_id
      where d.contrat_id = ${o.contratId} and d.id = ${uuid(e.objetId)}`.execute(tx);
    const d = rows[0];
    const numero = e.titre.split(',')[0] ?? '';
    const quand = e.dueLe === null ? 'sans échéance' : e.dueLe < o.aujourdhui ? `attendue depuis le ${jour(e.dueLe)}` : `attendue le ${jour(e.dueLe)}`;
    if (!d || d.restreinte) return { phrase: `${numero}, décision d’une instance restreinte, ${d?.bloquee ? 'bloquée' : quand}` };
    return { phrase: `${e.titre} (${d.instance}), ${d.bloquee ? `bloquée : ${d.condition}` : quand}` };
  },
};
