/** Each mairie that a note was sent to owes a word: the same day, since minutes are the clock's (horloge.ts). */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { accorder, type Attendue, type Dues, type Source } from '../../echeances/index.ts';
import { peutAccuserNote, peutOuvrir, peutRelancer } from '../crises.policy.ts';
import type { NoteDeMairie } from './fil.queries.ts';

const GENRE = 'note-de-crise';
type Due = Pick<NoteDeMairie, 'id' | 'criseId' | 'note' | 'territoireId' | 'organisationId' | 'accuseLe'> & {
  titre: string;
  exercice: boolean;
  closeLe: Date | null;
  envoyeeLe: Date;
};
const attendue = (m: Due): Attendue => ({
  genre: GENRE,
  sujet: m.id,
  objetId: m.id,
  titre: `${m.exercice ? 'EXERCICE : a' : 'A'}ccuser réception de la note n° ${m.note}, ${m.titre}`,
  chemin: `/crises/notes/${m.id}`,
  organisationId: m.organisationId,
  territoireId: m.territoireId,
  ouverteLe: jourDe(m.envoyeeLe),
  dueLe: jourDe(m.envoyeeLe),
  // The function answers for the mairie; nobody is named.
  soldee: m.accuseLe ? { le: m.accuseLe, par: 'la mairie', chemin: `/crises/notes/${m.id}` } : null,
  sansObjet: m.closeLe && !m.accuseLe ? 'La salle est close.' : null,
});
const dues: Dues = {
  code: 'notes-de-crise',
  module: 'crises',
  genres: [
    {
      code: GENRE,
      libelle: 'Note de crise à accuser',
      rappels: [1, 2],
      groupe: false,
      escalade: { apres: 0, a: 'ceux qui conduisent la salle' },
      acte: { libelle: 'Lire et accuser', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select y.id, y.crise_id, y.note, y.territoire_id, y.organisation_id, y.accuse_le, c.titre, c.exercice, c.close_le, n.envoyee_le
      from crise_note_mairies y join crises c on c.contrat_id = y.contrat_id and c.id = y.crise_id
        join crise_notes n on n.contrat_id = y.contrat_id and n.crise_id = y.crise_id and n.numero = y.note
      where y.contrat_id = ${o.contratId} ${o.sujets ? sql`and y.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select y.id from crise_note_mairies y
      where y.contrat_id = ${o.contratId} ${o.apres ? sql`and y.id > ${o.apres}::uuid` : sql``} order by y.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
};
export const sourceDuFil: Source = {
  ...dues,
  lisibles: (_, { u, catalogue }) => {
    if (!u) return sql`false`;
    const lieux = [...catalogue.territoires.keys()].filter((t) => peutOuvrir(u, { territoireId: t, fiche: '' }, catalogue.contient));
    return sql`(e.organisation_id = ${u.organisationId} or e.territoire_id = any(${lieux}::text[]))`;
  },
  miennes: (_, { u, catalogue }) => {
    const lieux = [...catalogue.territoires.keys()].filter((t) =>
      peutAccuserNote(u, { organisationId: u.organisationId, territoireId: t, fiche: '' }, catalogue.contient),
    );
    return sql`(e.organisation_id = ${u.organisationId} and e.territoire_id = any(${lieux}::text[]))`;
  },
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes
          .filter((u) => peutAccuserNote(u, { organisationId: e.organisationId, territoireId: e.territoireId ?? '', fiche: '' }, p.catalogue.contient))
          .map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  escalade: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes.filter((u) => peutRelancer(u, e.territoireId ?? '', p.catalogue.contient)).map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
  ligne: (_, e) => Promise.resolve({ phrase: e.titre }),
};
export const accorderNotes = (tx: Db, contratId: number, ids: readonly string[], maintenant: Date): Promise<number> =>
  accorder(tx, contratId, dues, ids, { maintenant });
/** The room closed: what was owed there is owed no more. */
export async function solderLesNotes(tx: Db, contratId: number, criseId: string, maintenant: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select y.id from crise_note_mairies y where y.contrat_id = ${contratId} and y.crise_id = ${uuid(criseId)} and y.accuse_le is null`.execute(tx);
  await accorderNotes(
    tx,
    contratId,
    rows.map((r) => r.id),
    maintenant,
  );
}
