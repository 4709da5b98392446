/** A card owes a verification: by its organisation, whose correspondent is sent a link. What none of them answers for is owed by the coordination, all of it in one entry. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { accorder, type Attendue, type Dues, plusJours, type Source } from '../../echeances/index.ts';
import { peutImporter, peutTenir } from '../annuaire.policy.ts';
import { prevenir } from '../prevenir.ts';
import { cheminDe, listAccesOuverts, noterEnvoi } from './lien.ts';

/** Days before the review when it appears in lists. */
const AVANT = 30;

interface Due {
  id: string;
  nom: string;
  organisationId: string;
  territoireId: string;
  revoirLe: string;
  personne: string;
  courriel: string;
  aRelire: boolean;
}
const attendue = (s: Due): Attendue => ({
  genre: 'structure',
  sujet: s.id,
  objetId: s.id,
  titre: s.aRelire ? `Relire ce que le lien du correspondant a corrigé de ${s.nom}` : `Vérifier ce que le public lit de ${s.nom}`,
  chemin: `/annuaire/structures/${s.id}`,
  organisationId: s.organisationId,
  // Whoever holds the link does not read their own correction again.
  personne: s.aRelire ? '' : s.personne,
  courriel: s.aRelire ? '' : s.courriel,
  territoireId: s.territoireId,
  ouverteLe: plusJours(s.revoirLe, -AVANT),
  dueLe: s.revoirLe,
});

const dues: Dues = {
  code: 'structures',
  module: 'annuaire',
  genres: [
    {
      code: 'structure',
      libelle: 'Lieu d’aide à vérifier',
      rappels: [-14, 0, 14],
      puisTousLes: 30,
      escalade: { apres: 30, a: 'la coordination' },
      acte: { libelle: 'Confirmer ou corriger', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select s.id, s.nom, s.organisation_id, s.territoire_id, s.revoir_le,
        s.correspondant_nom as personne, s.correspondant_courriel as courriel, s.a_relire
      from structures s
      where s.contrat_id = ${o.contratId} and s.etat = 'publiee' and s.jointe_a is null and s.organisation_id <> ''
        ${o.sujets ? sql`and s.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select s.id from structures s
      where s.contrat_id = ${o.contratId} ${o.apres ? sql`and s.id > ${o.apres}::uuid` : sql``} order by s.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
};

export const sourceStructures: Source = {
  ...dues,
  lisibles: () => sql`true`,
  miennes: (_, l) => sql`e.organisation_id = ${l.u.organisationId} or e.courriel = ${l.u.courriel.toLowerCase()}`,
  /** The correspondent; without one, those of the organisation who may correct the card. */
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        e.courriel
          ? [{ courriel: e.courriel, nom: e.personne }]
          : p.comptes
              .filter(
                (u) =>
                  u.organisationId === e.organisationId &&
                  peutTenir(u, { organisationId: e.organisationId, territoireId: e.territoireId ?? '' }, p.catalogue.contient),
              )
              .map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  escalade: async (_, p) => prevenir(p, (u, e) => peutTenir(u, { organisationId: '', territoireId: e.territoireId ?? '' }, p.catalogue.contient)),
  /** Their own link; the card's page for whoever has an account. */
  ligne: async (tx, e, a, o) => {
    const acces = (await listAccesOuverts(tx, o.contratId, [e.sujet])).find((x) => x.courriel === a.courriel.toLowerCase());
    const phrase = `${e.titre}, pour le ${jour(e.dueLe ?? o.aujourdhui)}`;
    if (acces) await noterEnvoi(tx, o.contratId, acces.id, o.maintenant);
    return acces ? { phrase, chemin: cheminDe(o.coffre, acces), secrete: true } : { phrase };
  },
};

/** One entry for all of them, due with the first: a file may bring thousands. */
const SANS_ORGANISME = 'sans-organisme';
const orphelines: Dues = {
  code: 'structures-sans-organisme',
  module: 'annuaire',
  genres: [
    {
      code: 'structures-sans-organisme',
      libelle: 'Lieux d’aide sans organisme',
      rappels: [0],
      puisTousLes: 30,
      acte: { libelle: 'Vérifier', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    if (o.sujets && !o.sujets.includes(SANS_ORGANISME)) return [];
    const { rows } = await sql<{ dueLe: string | null }>`
      select min(s.revoir_le) as "dueLe" from structures s
      where s.contrat_id = ${o.contratId} and s.etat = 'publiee' and s.jointe_a is null and s.organisation_id = ''`.execute(db);
    const dueLe = rows[0]?.dueLe;
    if (!dueLe) return [];
    return [
      {
        genre: 'structures-sans-organisme',
        sujet: SANS_ORGANISME,
        objetId: SANS_ORGANISME,
        titre: 'Vérifier les lieux d’aide dont aucun organisme du contrat ne répond',
        chemin: `/annuaire/structures?vue=${SANS_ORGANISME}`,
        organisationId: '',
        personne: 'Coordination du contrat',
        territoireId: null,
        ouverteLe: plusJours(dueLe, -AVANT),
        dueLe,
      },
    ];
  },
  sujets: async (_, o) => (o.apres ? [] : [SANS_ORGANISME]),
};
const siCoordination = (u: Utilisateur) => (peutImporter(u) ? sql`true` : sql`false`);
export const sourceSansOrganisme: Source = {
  ...orphelines,
  lisibles: (_, l) => (l.u ? siCoordination(l.u) : sql`false`),
  miennes: (_, l) => siCoordination(l.u),
  destinataires: async (_, p) => new Map(p.echeances.map((e) => [e.id, p.comptes.filter(peutImporter)])),
};

/** Brings what these cards owe to what they say. */
export async function suivreStructures(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, ids: readonly string[]): Promise<void> {
  await accorder(c.db, c.contrat.id, dues, ids, c);
  await accorder(c.db, c.contrat.id, orphelines, [SANS_ORGANISME], c);
}
