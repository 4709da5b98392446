/** What a problem makes owed: its answer, by the day that was set. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { jour } from '../../../ui/typographie.ts';
import type { Attendue, Source } from '../../echeances/index.ts';
import { visible, vueDeLecture } from '../instances.vue.ts';
import { adressesDuSiege } from '../sieges.queries.ts';
import { parTenue } from '../tenir.ts';
import type { Probleme } from './problemes.queries.ts';

interface Du extends Pick<Probleme, 'id' | 'titre' | 'organisationId' | 'qui' | 'echeance' | 'etat' | 'territoireId' | 'creeLe' | 'modifieLe' | 'modifiePar'> {
  porteurId: string;
  fiche: string | null;
  close: boolean;
}
const attendue = (p: Du): Attendue => ({
  genre: 'probleme',
  sujet: p.id,
  objetId: p.id,
  titre: p.titre,
  chemin: `/problemes/${p.id}`,
  organisationId: p.organisationId ?? p.porteurId,
  personne: p.qui,
  territoireId: p.territoireId,
  fiche: p.fiche,
  ouverteLe: jourDe(p.creeLe),
  dueLe: p.echeance,
  soldee: p.etat === 'resolu' ? { le: p.modifieLe, par: p.modifiePar, chemin: `/problemes/${p.id}` } : null,
  sansObjet: p.etat === 'abandonne' ? 'abandonné' : p.close && p.etat !== 'resolu' ? 'l’instance n’existe plus' : null,
});
const DE_L_OBJET = sql`problemes p join instances i on i.contrat_id = p.contrat_id and i.id = p.instance_id
  where p.contrat_id = e.contrat_id and p.id = e.objet`;

export const sourceProblemes: Source = {
  code: 'problemes',
  module: 'instances',
  genres: [{ code: 'probleme', libelle: 'Problème à traiter', puisTousLes: 30, acte: { libelle: 'Dire où il en est', chemin: (e) => `${e.chemin}#suivi` } }],
  attendues: async (db, o) => {
    const { rows } = await sql<Du>`
      select p.id, p.titre, p.organisation_id, p.qui, p.echeance, p.etat, p.territoire_id, p.cree_le,
        p.modifie_le, p.modifie_par, i.porteur_id, i.fiches[1] as fiche, i.close_le is not null as close
      from problemes p
      join instances i on i.contrat_id = p.contrat_id and i.id = p.instance_id
      where p.contrat_id = ${o.contratId} and p.echeance is not null ${o.sujets ? sql`and p.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v ? sql`exists (select from ${DE_L_OBJET} and ${visible(v, sql`p.confidentialite`)})` : sql`false`;
  },
  miennes: (_, l) => sql`exists (select from ${DE_L_OBJET} and ${parTenue(l)})`,
  destinataires: async (db, p) => {
    const { rows } = await sql<{ id: string; instance: string }>`
      select id, instance_id as instance from problemes
      where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
    const de = new Map(rows.map((r) => [r.id, r.instance]));
    const sieges = await adressesDuSiege(db, p.contratId, [...new Set(de.values())], 'secretaire', p.aujourdhui);
    return new Map(p.echeances.map((e) => [e.id, sieges.get(de.get(e.objetId) ?? '') ?? []]));
  },
  ligne: async (tx, e, _, o) => {
    const { rows } = await sql<{ nom: string; restreinte: boolean }>`
      select i.nom, 'restreinte' in (i.confidentialite, p.confidentialite) as restreinte
      from problemes p
      join instances i on i.contrat_id = p.contrat_id and i.id = p.instance_id
      where p.contrat_id = ${o.contratId} and p.id = ${uuid(e.objetId)}`.execute(tx);
    const p = rows[0];
    const quand = e.dueLe ? `, pour le ${jour(e.dueLe)}` : '';
    return { phrase: !p || p.restreinte ? `un problème suivi par une instance restreinte${quand}` : `« ${e.titre} », suivi par ${p.nom}${quand}` };
  },
};
