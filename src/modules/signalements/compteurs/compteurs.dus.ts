/** Numbers of a circuit that others hold: owed by who counts them, once their period is over. */
import { rangDeMois } from '../../../core/jours.ts';
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { accorder, type Attendue, type Source } from '../../echeances/index.ts';
import { servicesDe } from '../demandes/demandes.policy.ts';
import { addPeriodes, listPeriodes, type Periode } from './compteur.queries.ts';
import { donne, donnePour } from './compteur.policy.ts';
import { codeDePeriode, type Compteurs, periodesFinies, teneurs } from './compteur.rules.ts';

export const cheminDePeriode = (id: string): string => `/signalements/compteurs/${id}`;
const moisEntre = (p: Pick<Periode, 'debut' | 'fin'>): number => rangDeMois(p.fin) - rangDeMois(p.debut);
export const periodeDe = (p: Pick<Periode, 'debut' | 'fin'>): string => codeDePeriode(p.debut, moisEntre(p));

const attendue = (p: Periode): Attendue => ({
  genre: 'compteur',
  sujet: p.id,
  objetId: p.id,
  titre: p.titre,
  chemin: cheminDePeriode(p.id),
  organisationId: p.organisationId,
  periode: periodeDe(p),
  territoireId: null,
  ouverteLe: p.fin,
  dueLe: p.dueLe,
  soldee: p.donneeLe ? { le: p.donneeLe, par: p.donneePar, chemin: cheminDePeriode(p.id) } : null,
});

export const sourceCompteurs: Source = {
  code: 'compteurs',
  module: 'signalements',
  genres: [
    {
      code: 'compteur',
      libelle: 'Nombres d’un circuit à donner',
      parPeriode: true,
      rappels: [-7, 0, 7],
      puisTousLes: 30,
      acte: { libelle: 'Donner les nombres', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => (await listPeriodes(db, o.contratId, o.sujets)).map(attendue),
  lisibles: (_, { u }) => (u ? sql`true` : sql`false`),
  miennes: (_, { u, catalogue }) => (donne(u) ? sql`e.organisation_id = any(${servicesDe(catalogue, u.organisationId)}::text[])` : sql`false`),
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => [
        e.id,
        p.comptes
          .filter((u) => donnePour(u, e.organisationId, p.catalogue))
          .slice(0, 3)
          .map((u) => ({ courriel: u.courriel, nom: u.nom })),
      ]),
    ),
};

type Ecriture = Pick<Contexte, 'db' | 'maintenant'> & { contrat: { id: number } };
export const suivrePeriodes = (c: Ecriture, ids: readonly string[]): Promise<number> => accorder(c.db, c.contrat.id, sourceCompteurs, ids, c);
/** Each night, what ended is asked for. Returns how many periods. */
export async function ouvrirPeriodes(c: Ecriture, compteurs: Compteurs): Promise<number> {
  const voulues = [...compteurs.values()].flatMap((x) =>
    periodesFinies(x, jourDe(c.maintenant)).flatMap((p) => teneurs(x).map((organisationId) => ({ compteur: x.code, titre: x.titre, organisationId, ...p }))),
  );
  const ids = voulues.length > 0 ? await addPeriodes(c.db, c.contrat.id, voulues) : [];
  await suivrePeriodes(c, ids);
  return ids.length;
}
