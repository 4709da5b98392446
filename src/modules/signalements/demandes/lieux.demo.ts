/** Invented reports with a point, drawn by quartier from a seed: what plans and hot spots of the demonstration show. Written all at once. */
import { JOUR_MS } from '../../../core/jours.ts';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { instantDe, jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { jourDeSemaine } from '../circuits/routage.rules.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { buildDemande } from '../signaler/preparer.ts';
import { enJson } from '../../../core/couper.ts';

const lieu = {
  territoire: z.string(),
  /** Latitude and longitude. */
  point: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]),
  /** Metres within which two of three fall. */
  etendue: z.number().int().min(20).max(2000),
  poids: z.number().int().min(1).max(20),
};
const heure = z.number().int().min(0).max(24);
const lieuxSchema = z.strictObject({
  circuit: z.string(),
  /** Of which the running one is left out. */
  mois: z.number().int().min(1).max(36),
  par_mois: z.number().int().min(1).max(500),
  canaux: z.array(z.string()).min(1),
  message: z.string().min(2).max(300),
  lieux: z.array(z.strictObject(lieu)).min(1),
  /** Where one kind comes back at some hours: from the first, included, to the second one; days 1, Monday, to 7. */
  foyers: z.array(z.strictObject({ ...lieu, categorie: z.string(), heures: z.tuple([heure, heure]), jours: z.array(z.number().int().min(1).max(7)).min(1) })),
});
type Voulus = z.output<typeof lieuxSchema>;
const lireVoulus = (p: Profils): Voulus | undefined => p.lire('lieux-signales', lieuxSchema);

export function verifierLieuxDemo(profils: Profils, circuits: Circuits, territoires: { has(id: string): boolean }): string[] {
  const v = lireVoulus(profils);
  const circuit = v && circuits.get(v.circuit);
  if (!v) return [];
  if (!circuit) return [`demonstration/lieux-signales.yaml : circuit « ${v.circuit} » inconnu`];
  return [
    ...[...v.lieux, ...v.foyers].filter((l) => !territoires.has(l.territoire)).map((l) => `territoire « ${l.territoire} » inconnu`),
    ...v.foyers.filter((f) => !categorieDe(circuit, f.categorie)).map((f) => `catégorie « ${f.categorie} » inconnue`),
    ...v.canaux.filter((c) => c !== 'web' && !circuit.canaux.includes(c)).map((c) => `canal « ${c} » : le circuit ne le prend pas`),
  ].map((faute) => `demonstration/lieux-signales.yaml, ${faute}`);
}

/** The same draws for the same seed: parts of a digest, from 0 to 1. */
function tirages(graine: number, rang: number): number[] {
  const d = createHash('sha256').update(`lieux/${graine}/${rang}`).digest();
  return Array.from({ length: 8 }, (_, i) => d.readUInt32BE(i * 4) / 2 ** 32);
}
function parPoids<L extends { poids: number }>(lieux: readonly L[], part: number): L | undefined {
  let reste = part * lieux.reduce((n, l) => n + l.poids, 0);
  for (const l of lieux) {
    reste -= l.poids;
    if (reste < 0) return l;
  }
  return lieux.at(-1);
}
/** One of them follows the month and the hour of the place; most hours are of the afternoon and evening. */
const heureDe = (part: number, heures: readonly [number, number] | null): number => {
  if (!heures) return Math.floor(part < 0.25 ? part * 32 : 8 + (part - 0.25) * 21.3) % 24;
  const [de, a] = heures;
  return (de + Math.floor(part * ((a - de + 24) % 24 || 24))) % 24;
};
const METRES_PAR_DEGRE = 111_195;
/** Half of two Gaussian draws (Box and Muller), in degrees. */
function autour([lat, lon]: readonly [number, number], etendue: number, [a = 0.5, b = 0]: readonly number[]): [number, number] {
  const rayon = (Math.min(2.5, Math.sqrt(-2 * Math.log(Math.max(a, 1e-9)))) * etendue) / 1.5 / METRES_PAR_DEGRE;
  const angle = 2 * Math.PI * b;
  return [lat + rayon * Math.sin(angle), lon + (rayon * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180)];
}
const enDegres = (x: number): number => Math.round(x * 1e5) / 1e5;

function* inventer(v: Voulus, circuit: Circuit, cat: Catalogue, o: { graine: number; aujourdhui: string }) {
  const ceMois = `${o.aujourdhui.slice(0, 7)}-01`;
  const tous = [...v.lieux.map((l) => ({ ...l, foyer: null })), ...v.foyers.map((f) => ({ ...f, foyer: f }))];
  for (let m = 1; m <= v.mois; m++)
    for (let n = 0; n < v.par_mois; n++) {
      const [ou = 0, quoi = 0, quand = 0, a, b, voie = 0, quelleHeure = 0, suite = 0] = tirages(o.graine, m * 1000 + n);
      const l = parPoids(tous, ou);
      const k = l?.foyer ? categorieDe(circuit, l.foyer.categorie) : circuit.categories[Math.floor(quoi * circuit.categories.length)];
      if (!l || !k) continue;
      const debut = decalerMois(ceMois, -m);
      let jour = plusJours(debut, Math.floor(quand * 27));
      while (l.foyer && !l.foyer.jours.includes(jourDeSemaine(jour))) jour = plusJours(jour, 1);
      const h = heureDe(quelleHeure, l.foyer?.heures ?? null);
      const [lat, lon] = autour(l.point, l.etendue, [a ?? 0.5, b ?? 0]);
      const recuLe = instantDe(jour, `${String(h).padStart(2, '0')}:${String(10 + (n % 40))}`) ?? new Date(`${jour}T12:00:00Z`);
      const lu = { territoireId: l.territoire, adresse: '', lon: enDegres(lon), lat: enDegres(lat), jour, heure: h };
      const rien = { reponses: {}, texte: '', textePublic: '', courriel: '' };
      const d = buildDemande(recuLe, cat, circuit, k, lu, rien, { canal: v.canaux[Math.floor(voie * v.canaux.length)] ?? 'web', de: null });
      const clos = new Date(recuLe.getTime() + (1 + Math.floor(suite * 12)) * JOUR_MS);
      const fait = suite > 0.7;
      yield {
        ...d,
        // Ids and marks are of their moment, so that a row is found where its year is.
        reponses: enJson(d.reponses),
        etat: fait ? 'sans-retour' : 'repondu',
        closLe: clos,
        faitLe: fait ? clos : null,
        effaceApres: new Date(clos.getTime() + circuit.conservation.contenu * JOUR_MS),
      };
    }
}

/** All of them are closed: they owe nothing and wait for nobody. Returns how many. Figures are worked out again by the caller. */
export async function genererLieuxDemo(
  tx: Db,
  cat: Catalogue,
  circuits: Circuits,
  o: { profils: Profils; graine: number; aujourdhui: string },
): Promise<number> {
  const v = lireVoulus(o.profils);
  const circuit = v && circuits.get(v.circuit);
  if (!v || !circuit) return 0;
  const lignes = [...inventer(v, circuit, cat, o)].filter((l) => jourDe(l.closLe) <= o.aujourdhui);
  await sql`
    with v as materialized (
      select * from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (id uuid, circuit text, canal text, categorie text, titre text, theme text, jour date,
        heure smallint, "territoireId" text, lon float8, lat float8, "serviceId" text, etat text, "recuLe" timestamptz, "closLe" timestamptz, "faitLe" timestamptz,
        "effaceApres" timestamptz)
    ),
    ecrites as (
      insert into demandes (contrat_id, id, circuit, canal, categorie, titre, theme, jour, heure, territoire_id, lon, lat, service_id, etat, etat_le, recu_le,
        repondu_le, fait_le, clos_le, efface_apres, version, modifie_par, modifie_le)
      select ${cat.contratId}, id, circuit, canal, categorie, titre, theme, jour, heure, "territoireId", lon, lat, "serviceId", etat, "closLe", "recuLe",
        "closLe", "faitLe", "closLe", "effaceApres", 2, 'Démonstration', "closLe"
      from v order by id
    )
    insert into demande_evenements (contrat_id, demande_id, rang, quand, acte, de, vers, service_id, auteur, message)
    select ${cat.contratId}, v.id, e.rang, case e.rang when 1 then v."recuLe" else v."closLe" end, case e.rang when 1 then 'recu' else 'etat' end,
      case e.rang when 2 then 'recu' end, case e.rang when 1 then 'recu' else v.etat end, v."serviceId", 'Démonstration',
      case e.rang when 2 then ${v.message} else '' end
    from v cross join (values (1), (2)) as e (rang) order by v.id, e.rang`.execute(tx);
  return lignes.length;
}
