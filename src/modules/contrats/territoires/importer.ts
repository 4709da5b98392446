/** `concorde territoires importer FILE|URL`: official boundaries from GeoJSON, all or nothing. */
import { cleTexte } from '../../../core/mots.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import { lireSource } from '../../../core/source.ts';
import type { Catalogue } from '../catalogue.ts';
import { oublierCatalogue } from '../contrats.queries.ts';
import { enJson } from '../../../core/couper.ts';

const collectionSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ type: z.literal('Feature'), properties: z.record(z.string(), z.unknown()).nullable(), geometry: z.unknown() })).min(1),
});

const positionSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const anneauSchema = z
  .array(positionSchema)
  .min(4, 'un contour a au moins quatre points')
  .refine((a) => a[0]?.[0] === a.at(-1)?.[0] && a[0]?.[1] === a.at(-1)?.[1], 'le contour n’est pas fermé (premier et dernier points différents)')
  .refine((a) => aireDe(a) > 0, 'le contour est plat')
  .refine((a) => !seCroise(a), 'le contour se croise lui-même');
/** An area, in degrees. */
export const surfaceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(anneauSchema).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(anneauSchema).min(1)).min(1) }),
]);

type Anneau = readonly (readonly number[])[];
function aireDe(a: Anneau): number {
  let s = 0;
  for (let i = 1; i < a.length; i++) s += (a[i - 1]?.[0] ?? 0) * (a[i]?.[1] ?? 0) - (a[i]?.[0] ?? 0) * (a[i - 1]?.[1] ?? 0);
  return Math.abs(s) / 2;
}

/** Does any pair of segments that are not neighbours cross? Sorted by abscissa, so that boundaries of thousands of points pass quickly. */
function seCroise(a: Anneau): boolean {
  const n = a.length - 1;
  const x = (i: number) => a[i]?.[0] ?? 0;
  const y = (i: number) => a[i]?.[1] ?? 0;
  const cote = (p: number, q: number, r: number) => Math.sign((x(q) - x(p)) * (y(r) - y(p)) - (y(q) - y(p)) * (x(r) - x(p)));
  const segments = Array.from({ length: n }, (_, i) => ({ i, min: Math.min(x(i), x(i + 1)), max: Math.max(x(i), x(i + 1)) })).sort((s, t) => s.min - t.min);
  for (let k = 0; k < n; k++) {
    const s = segments[k];
    for (let l = k + 1; s && l < n; l++) {
      const t = segments[l];
      if (!t || t.min > s.max) break;
      const ecart = Math.abs(s.i - t.i);
      if (ecart <= 1 || ecart === n - 1) continue;
      if (cote(s.i, s.i + 1, t.i) * cote(s.i, s.i + 1, t.i + 1) < 0 && cote(t.i, t.i + 1, s.i) * cote(t.i, t.i + 1, s.i + 1) < 0) return true;
    }
  }
  return false;
}

const cle = (v: unknown): string => cleTexte(String(v ?? ''));

export interface ImportTerritoires {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
}

/**
 * Reads every feature before writing any. A feature belongs to the territory whose official code, id or name is one of its
 * properties. Throws 422 naming the first features that cannot be used; then nothing was written.
 */
export async function importerContours(db: Db, catalogue: Catalogue, source: string): Promise<ImportTerritoires> {
  let brut: unknown;
  try {
    brut = JSON.parse(await lireSource(source));
  } catch (e) {
    throw invalide(e instanceof SyntaxError ? `« ${source} » n’est pas du JSON lisible : le fichier est peut-être coupé.` : (e as Error).message);
  }
  const lu = collectionSchema.safeParse(brut);
  if (!lu.success) throw invalide(`« ${source} » n’est pas une collection GeoJSON (FeatureCollection) : rien n’a été importé.`);
  const parCode = new Map<string, string>();
  const parNom = new Map<string, string>();
  for (const t of catalogue.territoires.values()) {
    for (const c of [t.code, t.id]) if (c) parCode.set(cle(c), t.id);
    parNom.set(cle(t.nom), t.id);
  }
  const fautes: string[] = [];
  const contours = new Map<string, z.output<typeof surfaceSchema>>();
  for (const [i, f] of lu.data.features.entries()) {
    const valeurs = Object.values(f.properties ?? {}).map(cle);
    const id = valeurs.map((v) => parCode.get(v)).find(Boolean) ?? valeurs.map((v) => parNom.get(v)).find(Boolean);
    const nom = `objet ${i + 1}${id ? ` (${catalogue.territoires.get(id)?.nom})` : ''}`;
    if (!id) fautes.push(`${nom} : aucune de ses propriétés n’est le code ou le nom d’un territoire du contrat (${valeurs.slice(0, 4).join(', ')}…)`);
    else if (contours.has(id)) fautes.push(`${nom} : ce territoire a déjà un contour dans le fichier`);
    const g = surfaceSchema.safeParse(f.geometry);
    if (!g.success) fautes.push(`${nom} : ${direGeometrie(g.error)}`);
    else if (id) contours.set(id, g.data);
  }
  if (fautes.length > 0)
    throw invalide(`Rien n’a été importé : ${fautes.slice(0, 5).join(' ; ')}${fautes.length > 5 ? ` ; et ${fautes.length - 5} autres` : ''}.`);
  const nouveaux = await db.transaction().execute((tx) => saveContours(tx, catalogue.contratId, contours, source));
  oublierCatalogue(catalogue.contratId);
  return { lus: contours.size, nouveaux, connus: contours.size - nouveaux, avertis: 0, rejetes: 0 };
}

export const direGeometrie = (e: z.ZodError): string => {
  const i = e.issues[0];
  if (!i) return 'géométrie illisible';
  return i.code === 'custom' || i.code === 'too_small' ? i.message : 'la géométrie doit être un Polygon ou un MultiPolygon en degrés (longitude, latitude)';
};

async function saveContours(tx: Db, contratId: number, contours: ReadonlyMap<string, unknown>, source: string): Promise<number> {
  const lignes = [...contours].map(([id, geometrie]) => ({ id, geometrie }));
  const { rows } = await sql<{ n: number }>`
    with voulus as (
      select * from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (id text, geometrie jsonb)
    ),
    changes as (
      select v.* from voulus v
      where not exists (
        select from contours c
        where c.contrat_id = ${contratId} and c.territoire_id = v.id and c.courant and c.geometrie = v.geometrie
      )
    ),
    fermes as (
      update contours c set courant = false
      from changes v
      where c.contrat_id = ${contratId} and c.territoire_id = v.id and c.courant
      returning c.territoire_id, c.version
    )
    select count(*)::int as n from changes`.execute(tx);
  await sql`
    insert into contours (contrat_id, territoire_id, version, geometrie, source)
    select ${contratId}, v.id,
      coalesce((select max(p.version) from contours p where p.contrat_id = ${contratId} and p.territoire_id = v.id), 0) + 1,
      v.geometrie, ${source}
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (id text, geometrie jsonb)
    where not exists (select from contours c where c.contrat_id = ${contratId} and c.territoire_id = v.id and c.courant)`.execute(tx);
  return rows[0]?.n ?? 0;
}
