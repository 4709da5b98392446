/** What a wave makes people owe: answers enough by its last day, then its closing, which gives the figure. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { accorder, type Attendue, type Echeance, plusJours, type Source } from '../../echeances/index.ts';
import { conduit, peutConduire } from '../enquetes.policy.ts';
import { listVaguesSuivies, listVaguesTenues, type VagueSuivie } from './suivies.queries.ts';
import { JOURS_POUR_CLORE, miParcours } from './vagues.rules.ts';

const attenduesDe = (v: VagueSuivie, cat: Catalogue, aujourdhui: string): Attendue[] => {
  const chemin = `/enquetes/vagues/${v.id}/conduire`;
  const commune = {
    sujet: v.id,
    objetId: v.id,
    titre: v.definition.titre.fr,
    chemin,
    organisationId: v.debiteur,
    periode: v.periode,
    territoireId: v.territoireId,
    fiche: cat.mesures.get(v.definition.resultats[0]?.mesure ?? '')?.fiche ?? null,
  };
  const aClore: Attendue = {
    ...commune,
    genre: 'vague_a_clore',
    ouverteLe: plusJours(v.fin, 1),
    dueLe: plusJours(v.fin, JOURS_POUR_CLORE),
    soldee: v.closeLe ? { le: v.closeLe, par: v.closePar ?? '', chemin: `/enquetes/vagues/${v.id}` } : null,
  };
  const milieu = miParcours(v);
  const peu = v.closeLe === null && aujourdhui >= milieu && aujourdhui <= v.fin && v.relevees < v.definition.seuil;
  return peu ? [aClore, { ...commune, genre: 'vague_peu_de_reponses', ouverteLe: milieu, dueLe: v.fin, soldee: null }] : [aClore];
};

export const sourceVagues: Source = {
  code: 'vagues',
  module: 'enquetes',
  genres: [
    {
      code: 'vague_a_clore',
      libelle: 'Vague d’enquête à clore',
      parPeriode: true,
      puisTousLes: 30,
      acte: { libelle: 'Clore', chemin: (e) => e.chemin },
    },
    {
      code: 'vague_peu_de_reponses',
      libelle: 'Enquête trop peu répondue',
      parPeriode: true,
      rappels: [-7, -1],
      acte: { libelle: 'Faire répondre', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    const cat = await getCatalogue(db, o.contratId);
    return (await listVaguesSuivies(db, o.contratId, o.sujets)).flatMap((v) => attenduesDe(v, cat, o.aujourdhui));
  },
  // How many answered is for who holds the wave, until it is closed.
  lisibles: async (db, l) => (l.u === null ? sql`false` : parmi(await conduites(db, l.contratId, l.catalogue, l.u))),
  miennes: async (db, l) => parmi(await conduites(db, l.contratId, l.catalogue, l.u)),
  destinataires: async (db, p) => {
    const vagues = new Map((await listVaguesSuivies(db, p.contratId, [...new Set(p.echeances.map((e) => e.sujet))])).map((v) => [v.id, v]));
    return new Map(
      p.echeances.map((e: Echeance) => {
        const v = vagues.get(e.sujet);
        return [e.id, v ? p.comptes.filter((u) => conduit(u, p.catalogue, v.definition, v)) : []];
      }),
    );
  },
};

const parmi = (ids: readonly string[]) => sql`(e.genre in ('vague_a_clore', 'vague_peu_de_reponses') and e.objet_id = any(${[...ids]}::text[]))`;
/** Waves that this person holds: of the surveys that their mandates cover, where they cover them. */
async function conduites(db: Db, contratId: number, cat: Catalogue, u: Utilisateur): Promise<string[]> {
  const places = new Map<string, Set<string>>();
  return (await listVaguesTenues(db, contratId)).flatMap((v) => {
    const cle = JSON.stringify([v.mesures, v.demandeurs]);
    const menee = { demandeurs: v.demandeurs, resultats: v.mesures.map((mesure) => ({ mesure })) };
    const siennes = places.get(cle) ?? new Set(peutConduire(u, cat, menee).map((p) => `${p.debiteur}|${p.territoireId}`));
    places.set(cle, siennes);
    return siennes.has(`${v.debiteur}|${v.territoireId}`) ? [v.id] : [];
  });
}

type Ecriture = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;
export const suivreVague = (c: Ecriture, id: string): Promise<number> => accorder(c.db, c.contrat.id, sourceVagues, [id], c);

/** Each morning: how many had answered, then what is owed of it. */
export async function releverVagues(c: Ecriture): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    update enquete_vagues set reponses_relevees = reponses, relevees_le = ${jourDe(c.maintenant)}::date
    where contrat_id = ${c.contrat.id} and close_le is null returning id`.execute(c.db);
  const n = await accorder(
    c.db,
    c.contrat.id,
    sourceVagues,
    rows.map((r) => r.id),
    c,
  );
  return `${rows.length} ouvertes, ${n} échéances mises à jour`;
}
