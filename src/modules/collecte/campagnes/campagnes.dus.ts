/** What a campaign makes people owe: each institution answers by its day, each of those it was sent to is reminded by their own link. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { accorder, type Attendue, type Dues, type Echeance, type Source } from '../../echeances/index.ts';
import { AVEC_DONNEE } from '../../indicateurs/index.ts';
import { peutMener } from '../collecte.policy.ts';
import { cheminDeReponse } from '../reponse/lien.rules.ts';
import type { Acces } from './campagnes.queries.ts';

interface Due {
  campagneId: string;
  organisationId: string;
  titre: string;
  dueLe: string;
  ouverteLe: Date;
  closeLe: Date | null;
  reste: number;
  /** The last contribution given, once none is missing. */
  derniereLe: Date | null;
}

const attendue = (d: Due): Attendue => {
  const chemin = `/collecte/campagnes/${d.campagneId}`;
  return {
    genre: 'campagne',
    sujet: d.campagneId,
    objetId: `${d.campagneId}/${d.organisationId}`,
    titre: d.titre,
    chemin,
    organisationId: d.organisationId,
    territoireId: null,
    ouverteLe: jourDe(d.ouverteLe),
    dueLe: d.dueLe,
    soldee: d.reste === 0 && d.derniereLe ? { le: d.derniereLe, par: '', chemin } : null,
    sansObjet: d.reste > 0 && d.closeLe ? 'campagne close : les chiffres qui manquent restent dus, chacun pour son compte' : null,
  };
};

const dues: Dues = {
  code: 'campagnes',
  module: 'collecte',
  genres: [
    {
      code: 'campagne',
      libelle: 'Campagne de collecte',
      rappels: [-7, -1, 0, 3],
      puisTousLes: 7,
      escalade: { apres: 7, a: 'la coordination du contrat' },
      acte: { libelle: 'Répondre', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select k.id as "campagneId", d.organisation_id as "organisationId", k.titre, k.due_le as "dueLe", k.ouverte_le as "ouverteLe",
        k.close_le as "closeLe", count(*) filter (where donnee.premiere_le is null)::int as reste, max(donnee.premiere_le) as "derniereLe"
      from campagnes k
      join campagne_demandes d on d.contrat_id = k.contrat_id and d.campagne_id = k.id
      ${AVEC_DONNEE}
      where k.contrat_id = ${o.contratId} ${o.sujets ? sql`and k.id = any(${uuids(o.sujets)})` : sql``}
      group by k.contrat_id, k.id, d.organisation_id`.execute(db);
    return rows.map(attendue);
  },
};

async function listOuverts(db: Db, contratId: number, echeances: readonly Echeance[]): Promise<Acces[]> {
  const { rows } = await sql<Acces>`
    select a.id, a.campagne_id as "campagneId", a.organisation_id as "organisationId", a.courriel, a.nom from campagne_acces a
    where a.contrat_id = ${contratId} and a.campagne_id = any(${uuids(echeances.map((e) => e.sujet))}) and a.ferme_le is null
    order by a.cree_le, a.id`.execute(db);
  return rows;
}
const sien = (e: Echeance) => (a: Acces) => a.campagneId === e.sujet && a.organisationId === e.organisationId;

export const sourceCampagnes: Source = {
  ...dues,
  lisibles: () => sql`true`,
  /** Those who were sent a link. */
  miennes: (_, l) => sql`exists (
    select from campagne_acces a
    where a.contrat_id = e.contrat_id and a.campagne_id::text = e.sujet and a.organisation_id = e.organisation_id and a.compte_id = ${l.u.id}::uuid
      and a.ferme_le is null)`,
  destinataires: async (db, p) => {
    const ouverts = await listOuverts(db, p.contratId, p.echeances);
    return new Map(p.echeances.map((e) => [e.id, ouverts.filter(sien(e)).map((a) => ({ courriel: a.courriel, nom: a.nom }))]));
  },
  escalade: async (_, p) => {
    const coordination = p.comptes.filter(peutMener).map((u) => ({ courriel: u.courriel, nom: u.nom }));
    return new Map(p.echeances.map((e) => [e.id, coordination]));
  },
  /** Their own link; the campaign's page for whoever is told that it is late. */
  ligne: async (tx, e, a, o) => {
    const acces = (await listOuverts(tx, o.contratId, [e])).find((x) => sien(e)(x) && x.courriel === a.courriel.toLowerCase());
    const phrase = `${e.titre}, pour le ${jour(e.dueLe ?? o.aujourdhui)}`;
    return acces ? { phrase, chemin: cheminDeReponse(o.coffre, acces), secrete: true } : { phrase };
  },
};

/** Brings campaigns to what institutions gave, or to their own end. */
export const suivreCampagnes = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, ids: readonly string[]): Promise<number> =>
  accorder(c.db, c.contrat.id, dues, ids, c);

/** After any contribution, by whatever way: the campaigns that ask for one of these measures. */
export async function suivreContributions(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesures: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select k.id from campagnes k
    where k.contrat_id = ${c.contrat.id} and exists (
      select from campagne_demandes d
      where d.contrat_id = k.contrat_id and d.campagne_id = k.id and d.mesure_id = any(${[...mesures]}::text[]))
    order by k.id`.execute(c.db);
  await suivreCampagnes(
    c,
    rows.map((r) => r.id),
  );
}
