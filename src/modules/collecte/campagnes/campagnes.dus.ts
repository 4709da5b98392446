/** What a campaign makes people owe: each institution answers by its day, each of those it was sent to is reminded by their own link. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuids } from '../../../core/base/id.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accorder, type Attendue, type Dues, type Echeance, type Prevenir, type Source } from '../../echeances/index.ts';
import { lireQuandDonne } from '../../indicateurs/index.ts';
import { peutMener } from '../collecte.policy.ts';
import { cheminDeReponse } from '../reponse/lien.rules.ts';
import { attendusParmi, listDonnables } from './ouvrir.ts';
import { type Acces, listAccesOuverts, listEnAttente, noterDonnees } from './campagnes.queries.ts';

interface Due {
  campagneId: string;
  organisationId: string;
  titre: string;
  dueLe: string;
  ouverteLe: Date;
  closeLe: Date | null;
  /** Of those that were asked, how many are missing. */
  reste: number;
  /** The last contribution given, once none is missing. */
  derniereLe: Date | null;
}

const attendue = (d: Due, fermee: boolean): Attendue => {
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
    sansObjet:
      d.reste === 0
        ? null
        : d.closeLe
          ? 'campagne close : les chiffres qui manquent restent dus, chacun pour son compte'
          : fermee
            ? 'plus rien de ce qui manque ne se donne : période figée, ou territoire que le contrat n’a plus'
            : null,
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
        k.close_le as "closeLe", count(*) filter (where d.donnee_le is null)::int as reste, max(d.donnee_le) as "derniereLe"
      from campagnes k
      join campagne_demandes d on d.contrat_id = k.contrat_id and d.campagne_id = k.id
      where k.contrat_id = ${o.contratId} ${o.sujets ? sql`and k.id = any(${uuids(o.sujets)})` : sql``}
      group by k.contrat_id, k.id, d.organisation_id`.execute(db);
    const enCours = rows.filter((d) => d.reste > 0 && !d.closeLe).map((d) => d.campagneId);
    const donnables = await listDonnables(db, await getCatalogue(db, o.contratId), [...new Set(enCours)], o.aujourdhui);
    const restent = new Set(donnables.map((d) => `${d.campagneId}|${d.organisationId}`));
    return rows.map((d) => attendue(d, !restent.has(`${d.campagneId}|${d.organisationId}`)));
  },
};

const sien = (e: Echeance) => (a: Acces) => a.campagneId === e.sujet && a.organisationId === e.organisationId;

/** Links whose holder still has something to give: their account is open and answers for it, and it was not given. */
async function encoreAttendus(db: Db, p: Prevenir): Promise<Acces[]> {
  const campagnes = [...new Set(p.echeances.map((e) => e.sujet))];
  const manquantes = await listDonnables(db, p.catalogue, campagnes, p.aujourdhui);
  return attendusParmi(p.catalogue, await listAccesOuverts(db, p.contratId, campagnes), manquantes, p.comptes);
}

export const sourceCampagnes: Source = {
  ...dues,
  lisibles: () => sql`true`,
  /** Those who were sent a link. */
  miennes: (_, l) => sql`exists (
    select from campagne_acces a
    where a.contrat_id = e.contrat_id and a.campagne_id::text = e.sujet and a.organisation_id = e.organisation_id and a.compte_id = ${l.u.id}::uuid
      and a.ferme_le is null)`,
  destinataires: async (db, p) => {
    const ouverts = await encoreAttendus(db, p);
    return new Map(p.echeances.map((e) => [e.id, ouverts.filter(sien(e)).map((a) => ({ courriel: a.courriel, nom: a.nom }))]));
  },
  escalade: async (_, p) => {
    const coordination = p.comptes.filter(peutMener).map((u) => ({ courriel: u.courriel, nom: u.nom }));
    return new Map(p.echeances.map((e) => [e.id, coordination]));
  },
  /** Their own link; the campaign's page for whoever is told that it is late. */
  ligne: async (tx, e, a, o) => {
    const acces = (await listAccesOuverts(tx, o.contratId, [e.sujet])).find((x) => sien(e)(x) && x.courriel === a.courriel.toLowerCase());
    const phrase = `${e.titre}, pour le ${jour(e.dueLe ?? o.aujourdhui)}`;
    return acces ? { phrase, chemin: cheminDeReponse(o.coffre, acces), secrete: true } : { phrase };
  },
};

/** Brings campaigns to what institutions gave, or to their own end. */
export const suivreCampagnes = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, ids: readonly string[]): Promise<number> =>
  accorder(c.db, c.contrat.id, dues, ids, c);

/** After any contribution, by whatever way: what open campaigns asked and that is now given whole, by the rule that settles debts. */
export async function suivreContributions(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesures: readonly string[]): Promise<void> {
  const attendues = await listEnAttente(c.db, c.contrat.id, mesures);
  if (attendues.length === 0) return;
  const quand = await lireQuandDonne(c.db, await getCatalogue(c.db, c.contrat.id), mesures);
  const donnees = attendues.flatMap((d) => {
    const le = quand(d);
    return le ? [{ ...d, le }] : [];
  });
  await noterDonnees(c.db, c.contrat.id, donnees);
  await suivreCampagnes(c, [...new Set(attendues.map((d) => d.campagneId))].sort());
}
