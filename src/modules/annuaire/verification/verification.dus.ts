/** A card owes a verification: by its organisation, whose correspondent is sent a link. What nobody of the contract answers for owes nothing here. */
import { sql } from 'kysely';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { accorder, type Attendue, type Dues, plusJours, type Source } from '../../echeances/index.ts';
import { peutTenir } from '../annuaire.policy.ts';
import { cheminDe, listAccesOuverts } from './lien.ts';

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
}
const attendue = (s: Due): Attendue => ({
  genre: 'structure',
  sujet: s.id,
  objetId: s.id,
  titre: `Vérifier ce que le public lit de ${s.nom}`,
  chemin: `/annuaire/structures/${s.id}`,
  organisationId: s.organisationId,
  personne: s.personne,
  courriel: s.courriel,
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
      select s.id, s.nom, s.organisation_id as "organisationId", s.territoire_id as "territoireId", s.revoir_le as "revoirLe",
        s.correspondant_nom as personne, s.correspondant_courriel as courriel
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
  escalade: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes
          .filter((u) => peutTenir(u, { organisationId: '', territoireId: e.territoireId ?? '' }, p.catalogue.contient))
          .map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  /** Their own link; the card's page for whoever has an account. */
  ligne: async (tx, e, a, o) => {
    const acces = (await listAccesOuverts(tx, o.contratId, [e.sujet])).find((x) => x.courriel === a.courriel.toLowerCase());
    const phrase = `${e.titre}, pour le ${jour(e.dueLe ?? o.aujourdhui)}`;
    return acces ? { phrase, chemin: cheminDe(o.coffre, acces), secrete: true } : { phrase };
  },
};

/** Brings what these cards owe to what they say. */
export const suivreStructures = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, ids: readonly string[]): Promise<number> =>
  accorder(c.db, c.contrat.id, dues, ids, c);
