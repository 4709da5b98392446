/** What is inside the boxes of a situation, opened or closed with the cell's key and the situation's fragment. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { conflit } from '../../../core/errors.ts';
import type { Db } from '../../../core/base/database.ts';
import { chiffrer, type CleDeCellule, type CleDeSituation, cleDeSituation, dechiffrer, oublier } from '../cles/cles.ts';
import type { Trousseau } from '../cles/trousseau.ts';
import type { Membre } from '../cellule/cellule.queries.ts';
import { identiteSchema } from './identite.rules.ts';
import { addContenu, type Contenu, listContenus, type Situation } from './situations.queries.ts';

const SCHEMAS = {
  saisine: z.object({ origine: z.string(), difficulte: z.string() }),
  identite: identiteSchema,
  apport: z.object({ codes: z.array(z.string()) }),
};
export type Dit = { [G in keyof typeof SCHEMAS]: z.output<(typeof SCHEMAS)[G]> };
type Groupe = keyof Dit;

/** Where a box stands: copied elsewhere, it opens no more. */
export const placeDe = (celluleId: string, c: Pick<Contenu, 'id' | 'situationId' | 'groupe' | 'organisationId'>): string[] => [
  celluleId,
  c.situationId,
  c.groupe,
  c.organisationId,
  c.id,
];

/** Null when the fragment is gone: nobody reads that situation any more. */
async function ouvrirSituation(t: Trousseau, cle: CleDeCellule, situationId: string): Promise<CleDeSituation | null> {
  const fragment = await t.lire(situationId);
  return fragment ? cleDeSituation(cle, fragment) : null;
}
/** Throws 409: its row is still there, its key is not. */
export async function exigerCle(t: Trousseau, cle: CleDeCellule, situationId: string): Promise<CleDeSituation> {
  const k = await ouvrirSituation(t, cle, situationId);
  if (!k) throw conflit('La clé de cette situation n’est plus là : elle a été détruite, ou le trousseau n’est pas à sa place. Prévenez votre administrateur.');
  return k;
}

export async function ecrireContenu<G extends Groupe>(
  db: Db,
  contratId: number,
  o: { celluleId: string; situationId: string; groupe: G; dit: Dit[G]; membre: Pick<Membre, 'id' | 'organisationId'>; cle: CleDeSituation; quand: Date },
): Promise<void> {
  const c = { id: randomUUID(), situationId: o.situationId, groupe: o.groupe, organisationId: o.membre.organisationId };
  const boite = await chiffrer(o.cle, JSON.stringify(o.dit), placeDe(o.celluleId, c));
  await addContenu(db, contratId, { ...c, membreId: o.membre.id, boite, le: o.quand });
}

async function lireBoite<G extends Groupe>(cle: CleDeSituation, celluleId: string, c: Contenu, groupe: G): Promise<Dit[G] | null> {
  if (!c.boite || c.groupe !== groupe) return null;
  return SCHEMAS[groupe].parse(JSON.parse(await dechiffrer(cle, c.boite, placeDe(celluleId, c)))) as Dit[G];
}

interface Apport extends Pick<Contenu, 'id' | 'organisationId' | 'membreId' | 'le' | 'retireeLe'> {
  codes: readonly string[];
}
export interface Lue {
  saisine: Dit['saisine'] | null;
  identite: Dit['identite'] | null;
  apports: Apport[];
}
/** Everything that a situation says. Throws `CleRefusee` on a box that was moved or altered. */
export async function lireContenus(db: Db, contratId: number, t: Trousseau, cle: CleDeCellule, s: Pick<Situation, 'id' | 'celluleId'>): Promise<Lue> {
  const k = await exigerCle(t, cle, s.id);
  try {
    const lue: Lue = { saisine: null, identite: null, apports: [] };
    for (const c of await listContenus(db, contratId, s.id)) {
      lue.saisine = (await lireBoite(k, s.celluleId, c, 'saisine')) ?? lue.saisine;
      lue.identite = (await lireBoite(k, s.celluleId, c, 'identite')) ?? lue.identite;
      if (c.groupe === 'apport') lue.apports.push({ ...c, codes: (await lireBoite(k, s.celluleId, c, 'apport'))?.codes ?? [] });
    }
    return lue;
  } finally {
    oublier(k);
  }
}
