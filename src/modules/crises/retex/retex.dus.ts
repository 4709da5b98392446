/** What the end of a crisis or of an exercise makes owed: its lessons, within two days and within a month. */
import { type RawBuilder, sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { jour } from '../../../ui/typographie.ts';
import { getCompteOuvert } from '../../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import type { Adresses, Attendue, Prevenir, Source } from '../../echeances/index.ts';
import { limitesDeSalle, peutOuvrir, peutRelancer } from '../crises.policy.ts';
import { type CriseClose, listCloses } from './retex.queries.ts';
import { CODES_TEMPS, dueLe, TEMPS } from './retex.rules.ts';

const attendues = (c: CriseClose, organisationId: string): Attendue[] =>
  CODES_TEMPS.map((temps) => {
    const chemin = `/crises/${c.id}/retex`;
    const signe = c.signes.find((s) => s.temps === temps);
    return {
      genre: 'retex',
      sujet: c.id,
      objetId: c.id,
      titre: `Retour d’expérience ${TEMPS[temps]}, ${c.titre}${c.exercice ? ' (exercice)' : ''}`,
      chemin,
      organisationId,
      periode: temps,
      territoireId: c.territoireId,
      ouverteLe: jourDe(c.closeLe),
      dueLe: dueLe(temps, jourDe(c.closeLe)),
      soldee: signe ? { le: signe.le, par: signe.par, chemin } : null,
    };
  });
/** The organisation that was first in the room; else that of who opened it; else who signed the contract. */
async function quiDoit(db: Db, contratId: number, c: CriseClose, maintenant: Date): Promise<string> {
  if (c.organisationId) return c.organisationId;
  const u = c.ouvertePar ? await getCompteOuvert(db, contratId, c.ouvertePar, maintenant) : null;
  if (u) return u.organisationId;
  const { acteurs } = await getCatalogue(db, contratId);
  return [...acteurs.values()].find((a) => a.type === 'signataire')?.id ?? '';
}

/** What lies in the places of these mandates. */
const ou = (u: Utilisateur, catalogue: Catalogue, comment: Parameters<typeof limitesDeSalle>[1], colonne: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${sql.join(
    [
      sql`false`,
      ...limitesDeSalle(u, comment).map((m) =>
        m.territoireId === null ? sql`true` : sql`${colonne} = any(${[...catalogue.descendants(m.territoireId)]}::text[])`,
      ),
    ],
    sql` or `,
  )})`;
/** Crises `c` whose room this person enters. */
const entre = (u: Utilisateur, catalogue: Catalogue): RawBuilder<unknown> => sql`(
  ${ou(u, catalogue, 'partout', sql`c.territoire_id`)}
  or exists (select from crise_acteurs a where a.contrat_id = c.contrat_id and a.crise_id = c.id and a.organisation_id = ${u.organisationId}
    and ${ou(u, catalogue, 'lecteurs', sql`a.territoire_id`)}))`;

/** Three at most, those of the organisation that owes it first. */
const prevenir = (p: Prevenir, qui: (u: Utilisateur, territoireId: string) => boolean): Adresses =>
  new Map(
    p.echeances.map((e) => {
      const la = p.comptes.filter((u) => qui(u, e.territoireId ?? p.catalogue.racine.id));
      const siens = la.filter((u) => u.organisationId === e.organisationId);
      return [e.id, (siens.length > 0 ? siens : la).slice(0, 3).map((u) => ({ courriel: u.courriel, nom: u.nom }))];
    }),
  );

export const sourceRetex: Source = {
  code: 'retex',
  module: 'crises',
  genres: [
    {
      code: 'retex',
      libelle: 'Retour d’expérience',
      rappels: [-7, 0, 7],
      puisTousLes: 14,
      escalade: { apres: 14, a: 'la coordination' },
      // Owed within two days: reminded the day before, and told higher the day after.
      cadences: { chaud: { rappels: [-1, 0, 1], puisTousLes: 2, escalade: { apres: 0, a: 'la coordination' } } },
      acte: { libelle: 'Écrire le retour d’expérience', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const closes = await listCloses(db, o.contratId, o.sujets);
    return (await Promise.all(closes.map(async (c) => attendues(c, await quiDoit(db, o.contratId, c, o.maintenant))))).flat();
  },
  lisibles: (_, { u, catalogue }) =>
    u ? sql`exists (select from crises c where c.contrat_id = e.contrat_id and c.id = e.objet and ${entre(u, catalogue)})` : sql`false`,
  miennes: (_, { u, catalogue }) => sql`exists (select from crises c where c.contrat_id = e.contrat_id and c.id = e.objet
    and ${entre(u, catalogue)} and ${ou(u, catalogue, 'conduite', sql`c.territoire_id`)})`,
  destinataires: async (_, p) => prevenir(p, (u, territoireId) => peutOuvrir(u, { territoireId, fiche: '' }, p.catalogue.contient)),
  escalade: async (_, p) => prevenir(p, (u, territoireId) => peutRelancer(u, territoireId, p.catalogue.contient)),
  ligne: (_, e, __, o) =>
    Promise.resolve({
      phrase: `${e.titre}, ${e.dueLe === null ? 'sans échéance' : e.dueLe < o.aujourdhui ? `attendu depuis le ${jour(e.dueLe)}` : `attendu le ${jour(e.dueLe)}`}`,
    }),
};
