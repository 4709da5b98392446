/** What a body has to answer to another. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { uuid, uuids } from '../../../core/base/id.ts';
import { jour } from '../../../ui/typographie.ts';
import { type Attendue, plusJours, type Source } from '../../echeances/index.ts';
import { visible, vueDeLecture } from '../instances.vue.ts';
import { adressesDuSiege } from '../sieges.queries.ts';
import { parTenue } from '../tenir.ts';
import type { Remontee } from './remontees.queries.ts';
import { attendUneReponse, REPONDRE_APRES, REPONDRE_APRES_SEANCE } from './remontees.rules.ts';

interface Due extends Pick<Remontee, 'id' | 'titre' | 'creeLe' | 'etat' | 'inscriteJour' | 'reponduLe' | 'reponduPar'> {
  porteurId: string;
  territoireId: string;
  fiche: string | null;
  close: boolean;
}
const plusTard = (a: string, b: string | null): string => (b !== null && b > a ? b : a);

function attendue(r: Due): Attendue {
  const chemin = `/remontees/${r.id}`;
  const ouverteLe = jourDe(r.creeLe);
  return {
    genre: 'remontee',
    sujet: r.id,
    objetId: r.id,
    titre: r.titre,
    chemin,
    organisationId: r.porteurId,
    territoireId: r.territoireId,
    fiche: r.fiche,
    ouverteLe,
    dueLe: plusTard(plusJours(ouverteLe, REPONDRE_APRES), r.inscriteJour && plusJours(r.inscriteJour, REPONDRE_APRES_SEANCE)),
    soldee: r.reponduLe ? { le: r.reponduLe, par: r.reponduPar, chemin } : null,
    sansObjet: r.etat === 'retiree' ? 'retirée par l’instance qui proposait' : r.close && attendUneReponse(r.etat) ? 'l’instance n’existe plus' : null,
  };
}
const DE_L_OBJET = sql`instance_remontees r join instances i on i.contrat_id = r.contrat_id and i.id = r.vers_id
  where r.contrat_id = e.contrat_id and r.id = e.objet`;

export const sourceRemontees: Source = {
  code: 'remontees',
  module: 'instances',
  genres: [{ code: 'remontee', libelle: 'Réponse à une autre instance', puisTousLes: 30, acte: { libelle: 'Répondre', chemin: (e) => e.chemin } }],
  attendues: async (db, o) => {
    const { rows } = await sql<Due>`
      select r.id, r.titre, r.cree_le, r.etat, r.inscrite_jour, r.repondu_le, r.repondu_par,
        i.porteur_id, i.territoire_id, i.fiches[1] as fiche, i.close_le is not null as close
      from instance_remontees r
      join instances i on i.contrat_id = r.contrat_id and i.id = r.vers_id
      where r.contrat_id = ${o.contratId} ${o.sujets ? sql`and r.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map(attendue);
  },
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v ? sql`exists (select from ${DE_L_OBJET} and ${visible(v, sql`r.vers_confidentialite`)})` : sql`false`;
  },
  miennes: (_, l) => sql`exists (select from ${DE_L_OBJET} and ${parTenue(l)})`,
  destinataires: async (db, p) => {
    const { rows } = await sql<{ id: string; vers: string }>`
      select id, vers_id as vers from instance_remontees
      where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
    const versDe = new Map(rows.map((r) => [r.id, r.vers]));
    const sieges = await adressesDuSiege(db, p.contratId, [...new Set(versDe.values())], 'secretaire', p.aujourdhui);
    return new Map(p.echeances.map((e) => [e.id, sieges.get(versDe.get(e.objetId) ?? '') ?? []]));
  },
  /** A letter names neither a restricted body nor what was passed to it. */
  ligne: async (tx, e, _, o) => {
    const { rows } = await sql<{ nom: string; restreinte: boolean }>`
      select i.nom, 'restreinte' in (i.confidentialite, r.vers_confidentialite, r.de_confidentialite) as restreinte
      from instance_remontees r
      join instances i on i.contrat_id = r.contrat_id and i.id = r.vers_id
      where r.contrat_id = ${o.contratId} and r.id = ${uuid(e.objetId)}`.execute(tx);
    const r = rows[0];
    const quand = e.dueLe ? `, pour le ${jour(e.dueLe)}` : '';
    return { phrase: !r || r.restreinte ? `une réponse à donner${quand}` : `« ${e.titre} », transmis à ${r.nom}${quand}` };
  },
};
