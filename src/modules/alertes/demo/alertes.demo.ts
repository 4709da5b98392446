/** Invented lists, duties, alerts and drills: drawn with the seed of the demonstration, so that figures, maps and screens have something to show. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import { instantDe } from '../../../core/clock.ts';
import type { ContratLu, Module, Profils } from '../../../core/module.ts';
import { hasard, parmi, uuidDe } from '../../../core/tirage.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { addCreneau, addInscrit } from '../astreintes/astreintes.queries.ts';
import { fonctionDe, getReglement, palierDe, peutTenirLaFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { enJson } from '../../../core/couper.ts';

const codes = z.array(z.string()).min(1);
const profilSchema = z.strictObject({
  inscrits: z.array(
    z.strictObject({
      fonction: z.string(),
      territoire: z.string(),
      organisation: z.string(),
      nom: z.string(),
      courriel: z.email(),
      rang: z.int().min(1).default(1),
      permanent: z.boolean().default(true),
    }),
  ),
  astreintes: z.strictObject({
    semaines: z.int().min(1).max(12),
    tours: z.array(
      z.strictObject({
        inscrit: z.int().min(0),
        suppleant: z.int().min(0).optional(),
        jours: z.array(z.int().min(1).max(7)),
        de: z.string(),
        heures: z.int().min(1),
      }),
    ),
  }),
  /** In whose name fictive alerts are written. */
  organisation: z.string(),
  alertes: z.strictObject({
    parAn: z.record(z.string(), z.int().min(1)),
    hausse: z.int(),
    paliers: codes,
    genres: codes,
    issues: z.record(z.string(), codes),
    exercices: z.int().min(0),
  }),
});
type Profil = z.output<typeof profilSchema>;
const NOM = 'alertes';
type Demonstration = Parameters<NonNullable<NonNullable<Module['demonstration']>['generer']>>[1];

export function verifierAlertesDemo(profils: Profils, r: Reglement | null, contrat: Pick<ContratLu, 'acteurs' | 'territoires'>): string[] {
  const p = profils.lire(NOM, profilSchema);
  if (!p) return [];
  if (!r) return ['demonstration/alertes.yaml : le contrat n’a pas d’alertes.yaml'];
  const { territoires } = contrat;
  const places = new Set([...territoires.keys(), ...r.communes.map((c) => c.code)]);
  const paliers = new Set(r.paliers.map((x) => x.code));
  return [
    ...p.inscrits.filter((i) => !places.has(i.territoire)).map((i) => `lieu « ${i.territoire} » inconnu`),
    ...p.inscrits.filter((i) => !r.fonctions.some((f) => f.code === i.fonction)).map((i) => `fonction « ${i.fonction} » inconnue`),
    ...p.inscrits
      .filter((i) => fonctionDe(r, i.fonction) && !peutTenirLaFonction(fonctionDe(r, i.fonction), contrat, i.organisation))
      .map((i) => `« ${i.organisation} » ne peut pas tenir la fonction « ${i.fonction} »`),
    ...Object.keys(p.alertes.parAn)
      .filter((t) => !territoires.has(t))
      .map((t) => `territoire « ${t} » inconnu`),
    ...[...p.alertes.paliers, ...Object.keys(p.alertes.issues)].filter((x) => !paliers.has(x)).map((x) => `palier « ${x} » inconnu`),
    ...p.astreintes.tours.filter((t) => !p.inscrits[t.inscrit]).map((t) => `astreinte de l’inscrit ${t.inscrit}, qui n’existe pas`),
  ].map((f) => `demonstration/alertes.yaml, ${f}`);
}

interface Tiree {
  id: string;
  palier: string;
  genre: string;
  territoireId: string;
  secteur: string;
  quand: string;
  exercice: boolean;
  survenue: boolean;
  issue: string;
  represailles: boolean;
}
function tirer(p: Profil, r: Reglement, cat: Catalogue, d: Demonstration): Tiree[] {
  return d.annees.flatMap((annee, rang) =>
    Object.entries(p.alertes.parAn).flatMap(([territoire, n]) =>
      Array.from({ length: n + p.alertes.hausse * rang }, (_, i): Tiree | null => {
        const mots = ['alerte', d.graine, annee, territoire, i] as const;
        const jour = plusJours(`${annee}-01-01`, Math.floor(hasard(...mots, 'jour') * 365));
        const heure = `${String(15 + Math.floor(hasard(...mots, 'heure') * 8)).padStart(2, '0')}:${String(Math.floor(hasard(...mots, 'minute') * 60)).padStart(2, '0')}`;
        const quand = instantDe(jour, heure);
        // What is open on the screens is what people of the demonstration write.
        if (!quand || jour > plusJours(d.aujourdhui, -20)) return null;
        const palier = palierDe(r, parmi(p.alertes.paliers, ...mots, 'palier') ?? '');
        const issue = parmi(p.alertes.issues[palier.code] ?? [], ...mots, 'issue') ?? 'sans-suite';
        const feuilles = cat.descendants(territoire).filter((t) => cat.enfants(t).length === 0);
        return {
          id: uuidDe(...mots),
          palier: palier.code,
          genre: parmi(p.alertes.genres, ...mots, 'genre') ?? 'rixe',
          territoireId: parmi(feuilles, ...mots, 'lieu') ?? territoire,
          secteur: territoire,
          quand: quand.toISOString(),
          exercice: i < p.alertes.exercices && territoire === Object.keys(p.alertes.parAn)[0],
          survenue: issue === 'survenue',
          issue,
          represailles: palier.represailles,
        };
      }).flatMap((x) => x ?? []),
    ),
  );
}

/** Told and answered: two in three within the delay, some late, a few never. */
async function ecrireAlertes(tx: Db, contratId: number, organisation: string, alertes: readonly Tiree[]): Promise<void> {
  await sql`
    insert into alertes (contrat_id, id, palier, genre, territoire_id, lieu, debut, faits, exercice, etat, auteur, auteur_organisation, ecrite_le, validation,
      validee_par, diffusee_le, survenue, issue, levee_le, levee_par, represailles_jusqua, close_le)
    select ${contratId}, id, palier, genre, "territoireId", 'Lieu fictif', quand, 'Alerte fictive, inventée pour la démonstration.', exercice, 'close',
      'Démonstration', ${organisation}, quand, 'garde', 'Démonstration', quand + interval '6 minutes', survenue, issue, quand + interval '3 hours', 'Démonstration',
      case when represailles then quand + interval '75 hours' end, quand + interval '76 hours'
    from jsonb_to_recordset(${enJson(alertes)}::jsonb)
      as v (id uuid, palier text, genre text, "territoireId" text, quand timestamptz, exercice boolean, survenue boolean, issue text, represailles boolean)`.execute(
    tx,
  );
  await sql`
    insert into alerte_envois (contrat_id, alerte_id, inscrit_id, genre, fonction, territoire, organisation_id, nom, motif, envoye_le, du_le, parti_le, reponse,
      repondu_le, accuse_le, reponses, escalade_le)
    select ${contratId}, a.id, i.id, 'accuse', i.fonction, i.territoire, i.organisation_id, i.nom, 'liste', a.diffusee_le, a.diffusee_le + interval '30 minutes',
      a.diffusee_le, case when x.d < 90 then (array['vu', 'vu', 'vais', 'rien'])[1 + x.d % 4] end, x.le, x.le, case when x.d < 90 then 1 else 0 end, case when x.d >= 60 then a.diffusee_le + interval '31 minutes' end
    from jsonb_to_recordset(${enJson(alertes)}::jsonb) as s (id uuid, secteur text)
      join alertes a on a.contrat_id = ${contratId} and a.id = s.id
      join alerte_inscrits i on i.contrat_id = a.contrat_id and i.rang = 1 and i.territoire = s.secteur
      cross join lateral (select ('x' || substr(md5(a.id::text || i.id::text), 1, 7))::bit(28)::int % 100 as d) t
      cross join lateral (select t.d, case when t.d < 90 then a.diffusee_le + (2 + t.d / 2) * interval '1 minute' end as le) x
    on conflict do nothing`.execute(tx);
  await sql`
    insert into alerte_evenements (contrat_id, alerte_id, rang, quand, acte, texte, auteur, organisation_id)
    select a.contrat_id, a.id, v.rang, a.ecrite_le + v.apres, v.acte, v.texte, 'Démonstration', ${organisation}
    from alertes a cross join (values (1, interval '0', 'ecrite', ''), (2, interval '6 minutes', 'diffusee', ''), (3, interval '50 minutes', 'action', 'Passage fictif d’une patrouille et d’une équipe de médiation.'),
      (4, interval '3 hours', 'levee', '')) as v (rang, apres, acte, texte)
    where a.contrat_id = ${contratId} and a.auteur = 'Démonstration'`.execute(tx);
}

export async function genererAlertesDemo(tx: Db, d: Demonstration): Promise<string> {
  const p = d.profils.lire(NOM, profilSchema);
  const r = await getReglement(d.dossier);
  if (!p || !r) return 'aucune alerte';
  const cat = await getCatalogue(tx, d.contratId);
  const par = { par: 'Démonstration', quand: new Date() };
  const { ouverts } = await listComptes(tx, d.contratId, par.quand);
  const ids: string[] = [];
  for (const i of p.inscrits) {
    const compte = ouverts.find((u) => u.courriel === i.courriel)?.id ?? null;
    ids.push(await addInscrit(tx, d.contratId, { ...i, telephone: '', voies: ['courriel', 'push'] }, compte, par));
  }
  let creneaux = 0;
  for (let s = 0; s < p.astreintes.semaines * 7; s++) {
    const jour = plusJours(d.aujourdhui, s);
    const rang = new Date(`${jour}T12:00:00Z`).getUTCDay() || 7;
    for (const t of p.astreintes.tours.filter((x) => x.jours.includes(rang))) {
      const debut = instantDe(jour, t.de);
      const inscritId = ids[t.inscrit];
      if (!debut || !inscritId) continue;
      const fin = new Date(debut.getTime() + t.heures * 3_600_000);
      await addCreneau(tx, d.contratId, { inscritId, suppleantId: ids[t.suppleant ?? -1] ?? null, debut, fin }, par);
      creneaux++;
    }
  }
  const alertes = tirer(p, r, cat, d);
  await ecrireAlertes(tx, d.contratId, p.organisation, alertes);
  return `${pluriel(alertes.length, 'alerte fictive', 'alertes fictives')}, ${pluriel(ids.length, 'inscrit fictif', 'inscrits fictifs')}, ${pluriel(creneaux, 'astreinte fictive', 'astreintes fictives')}`;
}
