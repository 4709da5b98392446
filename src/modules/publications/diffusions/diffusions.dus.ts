/** Each reader owes a reading, by their account or by their link; who sent it is told after. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { uuids } from '../../../core/base/id.ts';
import { accorder, type Attendue, type Dues, type Source } from '../../echeances/index.ts';
import { peutSuivreUnDocument } from './diffusions.policy.ts';
import type { DocumentDiffuse, Lecteur } from './diffusions.queries.ts';
import { CHEMIN, cheminDuLien } from './lien.ts';

const GENRE = 'document-a-lire';
type Du = Lecteur & Pick<DocumentDiffuse, 'titre' | 'lireAvant' | 'retireLe'>;
const attendue = (l: Du): Attendue => ({
  genre: GENRE,
  sujet: l.id,
  objetId: l.id,
  titre: `Lire « ${l.titre} »`,
  chemin: `${CHEMIN}/${l.documentId}`,
  organisationId: l.organisationId,
  personne: l.nom,
  courriel: l.courriel,
  territoireId: null,
  ouverteLe: jourDe(l.envoyeLe),
  dueLe: l.lireAvant,
  soldee: l.luLe ? { le: l.luLe, par: l.nom, chemin: `${CHEMIN}/${l.documentId}` } : null,
  sansObjet: l.retireLe && !l.luLe ? 'Le document est retiré ou remplacé.' : null,
});
const dues: Dues = {
  code: 'documents-diffuses',
  module: 'publications',
  genres: [{ code: GENRE, libelle: 'Document à lire', rappels: [0, 3, 7], acte: { libelle: 'Lire', chemin: (e) => e.chemin } }],
  attendues: async (db, o) => {
    const { rows } = await sql<Du>`
      select l.id, l.document_id, l.compte_id, l.organisation_id, l.nom, l.courriel, l.tour, l.envoye_le, l.lu_le, l.lu_voie, l.ouvert_le, d.titre, d.lire_avant, d.retire_le
      from document_lecteurs l join documents_diffuses d on d.contrat_id = l.contrat_id and d.id = l.document_id
      where l.contrat_id = ${o.contratId} and l.anonymisee_le is null and d.anonymisee_le is null
        ${o.sujets ? sql`and l.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  sujets: async (db, o) => {
    const { rows } = await sql<{ id: string }>`
      select l.id from document_lecteurs l
      where l.contrat_id = ${o.contratId} ${o.apres ? sql`and l.id > ${o.apres}::uuid` : sql``} order by l.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
};
export const sourceDiffusions: Source = {
  ...dues,
  lisibles: (_, l) => {
    const { u } = l;
    if (!u) return sql`false`;
    return sql`exists (
      select from document_lecteurs x join documents_diffuses d on d.contrat_id = x.contrat_id and d.id = x.document_id
      where x.contrat_id = e.contrat_id and x.id = e.objet
        and (x.compte_id = ${u.id}::uuid or ${peutSuivreUnDocument(u, { organisationId: '' })} or (d.organisation_id = ${u.organisationId} and ${peutSuivreUnDocument(u, u)})))`;
  },
  miennes: (_, l) => sql`exists (
    select from document_lecteurs x where x.contrat_id = e.contrat_id and x.id = e.objet and x.compte_id = ${l.u.id}::uuid)`,
  destinataires: async (_, p) => new Map(p.echeances.map((e) => [e.id, e.courriel ? [{ courriel: e.courriel, nom: e.personne }] : []])),
  /** Their own link, for who has no account. */
  ligne: async (db, e, a, o) => {
    const { rows } = await sql<Pick<Lecteur, 'id' | 'courriel' | 'tour' | 'compteId'>>`
      select id, courriel, tour, compte_id from document_lecteurs where contrat_id = ${o.contratId} and id = ${e.sujet}::uuid`.execute(db);
    const l = rows[0];
    return l && l.compteId === null && l.courriel === a.courriel.toLowerCase()
      ? { phrase: e.titre, chemin: cheminDuLien(o.coffre, l), secrete: true }
      : { phrase: e.titre };
  },
};
export const accorderLectures = (tx: Db, contratId: number, lecteurs: readonly string[], maintenant: Date): Promise<number> =>
  accorder(tx, contratId, dues, lecteurs, { maintenant });
