/** What is inside the boxes of a situation, opened or closed with the cell's key and the situation's fragment. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { conflit } from '../../../core/errors.ts';
import type { Db } from '../../../core/base/database.ts';
import { listAnciennes } from '../cles/anciennes.queries.ts';
import { chiffrer, type CleDeCellule, CleRefusee, type CleDeSituation, cleDeSituation, dechiffrer, oublier } from '../cles/cles.ts';
import { exigerTrousseau } from '../cles/temoin.ts';
import type { Trousseau } from '../cles/trousseau.ts';
import type { Membre } from '../cellule/cellule.queries.ts';
import { identiteSchema } from './identite.rules.ts';
import { addContenu, addLecture, type Contenu, listContenus, type Situation, type Visee } from './situations.queries.ts';
import type { Titre } from '../charte/charte.schema.ts';

const SCHEMAS = {
  /** `alerte`: what opened the accelerated way by which it entered; its id, its tier, its day. */
  saisine: z.object({
    origine: z.string(),
    difficulte: z.string(),
    alerte: z.object({ id: z.string(), palier: z.string(), le: z.string() }).optional(),
  }),
  identite: identiteSchema,
  apport: z.object({ codes: z.array(z.string()) }),
  /** Why that information is put off. */
  differe: z.object({ information: z.string(), motif: z.string() }),
};
export type Dit = { [G in keyof typeof SCHEMAS]: z.output<(typeof SCHEMAS)[G]> };
type Groupe = keyof Dit;
/** What a page of the situation reads: what the charter opens by that right, and why somebody was not informed. */
export const avecDifferes = (groupes: ReadonlySet<Groupe>): ReadonlySet<Groupe> => new Set<Groupe>([...groupes, 'differe']);

/** Where a box stands: copied elsewhere, it opens no more. */
export const placeDe = (celluleId: string, c: Pick<Contenu, 'id' | 'situationId' | 'groupe' | 'organisationId'>): string[] => [
  celluleId,
  c.situationId,
  c.groupe,
  c.organisationId,
  c.id,
];

const PARTIE = 'La clé de cette situation n’est plus là, ou elle est abîmée. Prévenez votre administrateur : le miroir du trousseau la garde peut-être.';
/** Throws 409 when the fragment is gone or cut, 503 when the whole trousseau is not there. */
async function ouvrirSituation(
  db: Db,
  contratId: number,
  t: Trousseau,
  cle: CleDeCellule,
  situationId: string,
): Promise<{ k: CleDeSituation; fragment: Uint8Array }> {
  await exigerTrousseau(db, contratId, t, new Date());
  const fragment = await t.lire(situationId).catch((e: unknown) => {
    if (e instanceof CleRefusee) return null;
    throw e;
  });
  if (!fragment) throw conflit(PARTIE);
  return { k: await cleDeSituation(cle, fragment), fragment };
}
export const exigerCle = async (db: Db, contratId: number, t: Trousseau, cle: CleDeCellule, situationId: string): Promise<CleDeSituation> =>
  (await ouvrirSituation(db, contratId, t, cle, situationId)).k;

export async function ecrireContenu<G extends Groupe>(
  db: Db,
  contratId: number,
  o: { celluleId: string; situationId: string; groupe: G; dit: Dit[G]; membre: Pick<Membre, 'id' | 'organisationId'>; cle: CleDeSituation; quand: Date },
): Promise<void> {
  const c = { id: randomUUID(), situationId: o.situationId, groupe: o.groupe, organisationId: o.membre.organisationId };
  const boite = await chiffrer(o.cle, JSON.stringify(o.dit), placeDe(o.celluleId, c));
  await addContenu(db, contratId, { ...c, membreId: o.membre.id, boite, le: o.quand });
}

interface Apport extends Pick<Contenu, 'id' | 'organisationId' | 'membreId' | 'le' | 'retireeLe'> {
  codes: readonly string[];
}
export interface Lue {
  saisine: Dit['saisine'] | null;
  identite: Dit['identite'] | null;
  apports: Apport[];
  /** Why each information was put off, by its id. */
  differes: ReadonlyMap<string, string>;
  /** Boxes that no key opens any more, altered or moved: the rest is read all the same. */
  abimees: number;
}

/** Opens boxes of one situation: under the key in force, or one that left and that a box still needs. `k`: of the situation. */
function ouvreur(db: Db, contratId: number, o: { celluleId: string; cle: CleDeCellule; k: CleDeSituation; fragment: Uint8Array }) {
  let anciennes: CleDeSituation[] | null = null;
  const sous = (k: CleDeSituation, c: Contenu): Promise<string | null> =>
    dechiffrer(k, c.boite ?? Buffer.alloc(0), placeDe(o.celluleId, c)).catch((e: unknown) => {
      if (e instanceof CleRefusee) return null;
      throw e;
    });
  return async (c: Contenu): Promise<string | null> => {
    const clair = await sous(o.k, c);
    if (clair !== null) return clair;
    anciennes ??= await Promise.all((await listAnciennes(db, contratId, o.celluleId, o.cle)).map((a) => cleDeSituation(a, o.fragment)));
    for (const k of anciennes) {
      const lu = await sous(k, c);
      if (lu !== null) return lu;
    }
    return null;
  };
}

/** What `groupes` of a situation say: the others are not deciphered. */
export async function lireContenus(
  db: Db,
  contratId: number,
  t: Trousseau,
  cle: CleDeCellule,
  s: Pick<Situation, 'id' | 'celluleId'>,
  groupes: ReadonlySet<Groupe>,
): Promise<Lue> {
  const { k, fragment } = await ouvrirSituation(db, contratId, t, cle, s.id);
  const ouvrir = ouvreur(db, contratId, { celluleId: s.celluleId, cle, k, fragment });
  try {
    const differes = new Map<string, string>();
    const lue: Lue = { saisine: null, identite: null, apports: [], differes, abimees: 0 };
    for (const c of await listContenus(db, contratId, s.id)) {
      if (!groupes.has(c.groupe)) continue;
      const clair = c.boite ? await ouvrir(c) : null;
      if (c.boite && clair === null) {
        lue.abimees += 1;
        continue;
      }
      const dit: unknown = clair === null ? null : JSON.parse(clair);
      if (c.groupe === 'saisine') lue.saisine = SCHEMAS.saisine.parse(dit);
      else if (c.groupe === 'differe') {
        const { information, motif } = SCHEMAS.differe.parse(dit);
        differes.set(information, motif);
      } else if (c.groupe === 'identite') lue.identite = SCHEMAS.identite.parse(dit);
      else lue.apports.push({ ...c, codes: dit === null ? [] : SCHEMAS.apport.parse(dit).codes });
    }
    return lue;
  } finally {
    oublier(k);
  }
}

/** By which right these were read, noted before anything is shown. */
export async function noterLecture(
  db: Db,
  contratId: number,
  o: { situation: Visee; membre: Pick<Membre, 'id' | 'organisationId'>; titre: Titre; lue: Lue; quand: Date },
): Promise<void> {
  const { situation: s, lue } = o;
  await addLecture(db, contratId, {
    celluleId: s.celluleId,
    situationId: s.id,
    numero: s.numero,
    membreId: o.membre.id,
    organisationId: o.membre.organisationId,
    groupes: ['saisine', ...(lue.identite ? ['identite'] : []), ...(lue.apports.length > 0 ? ['apport'] : [])],
    le: o.quand,
    titre: o.titre,
    seanceId: s.seanceId,
    motif: o.titre === 'secours' ? s.secours : o.titre === 'archive' ? s.archive : null,
  });
}
