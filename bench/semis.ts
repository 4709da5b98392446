/**
 * History, made by set-based SQL: records of registers, sessions with their items, people and relevés, decisions spread over bodies, lines,
 * territories and years, reports of residents. What tables keep by trigger is kept as ever; the figures are recomputed, then verified.
 */
import { sql } from 'kysely';
import { horloge } from '../src/core/clock.ts';
import { dansLeFuseau, getFuseau } from '../src/core/fuseau.ts';
import { verifierEcheances } from '../src/modules/echeances/accorder.ts';
import { verifierChiffres } from '../src/modules/indicateurs/index.ts';
import type { Echelle, Etabli } from './contexte.ts';
import { recalculerChiffres } from '../src/modules/indicateurs/formulaires.ts';
import { reprendrePreuves } from '../src/modules/indicateurs/faits/preparer.ts';

export interface Volume {
  activites: number;
  seances: number;
  decisions: number;
  signalements: number;
}
/** What each scale adds up to, beside the demonstration. F: ten million facts with the records of C. */
export function volumes(rapide: boolean): Record<Exclude<Echelle, 'A'>, Volume> {
  const n = (x: number): number => (rapide ? x / 10 : x);
  const C = { activites: n(900_000), seances: n(6_000), decisions: n(200_000), signalements: n(300_000) };
  return {
    B: { activites: n(300_000), seances: n(2_000), decisions: n(50_000), signalements: n(300_000) },
    C,
    F: { ...C, signalements: (rapide ? 600_000 : 10_000_000) - C.activites },
  };
}
/** Where every sown session was held: what tells it from those of the demonstration. */
export const LIEU_SEME = 'Lieu du banc d’essai';
export const RIEN: Volume = { activites: 0, seances: 0, decisions: 0, signalements: 0 };

/** Brings a base from one volume to the next. */
export async function semer(e: Etabli, de: Volume, a: Volume, dire: (ligne: string) => void): Promise<void> {
  const etapes = [
    ['enregistrements', addActivites, 'activites'],
    ['séances', addSeances, 'seances'],
    ['décisions', addDecisions, 'decisions'],
    ['signalements', addSignalements, 'signalements'],
  ] as const;
  for (const [mots, ajouter, cle] of etapes) {
    if (a[cle] <= de[cle]) continue;
    const t = performance.now();
    await ajouter(e, de[cle] + 1, a[cle]);
    dire(`  ${(a[cle] - de[cle]).toLocaleString('fr-FR')} ${mots} semés en ${((performance.now() - t) / 1000).toFixed(1)} s`);
  }
  await recalculerChiffres(e.owner, e.contratId);
  const t = performance.now();
  await reprendrePreuves(e.owner, e.contratId);
  dire(`  listes des preuves reprises en ${((performance.now() - t) / 1000).toFixed(1)} s`);
  await sql`vacuum analyze`.execute(e.owner);
  const { differences } = await verifierChiffres(e.owner, e.contratId);
  if (differences.length > 0) throw new Error(`Après le semis, ${differences.length} cellules diffèrent des enregistrements.`);
  const verifiees = await dansLeFuseau(await getFuseau(e.owner, e.contratId), () => verifierEcheances(e.owner, e.contratId, { maintenant: horloge() }));
  const dues = verifiees.differences.filter((d) => d.source === 'decisions');
  if (dues.length > 0) throw new Error(`Après le semis, ${dues.length} échéances de décisions manquent ou diffèrent : ${dues[0]?.quoi}.`);
}

const feuillesDe = ({ formulaire: { catalogue } }: Etabli): string[] =>
  [...catalogue.territoires.values()].filter((t) => catalogue.enfants(t.id).length === 0).map((t) => t.id);

/** One in 10,000 is of a rare theme (night life), one in 12 of a frequent kind; half are evidence, spread over every action line. */
async function addActivites(e: Etabli, de: number, a: number): Promise<void> {
  const { catalogue } = e.formulaire;
  const feuilles = feuillesDe(e);
  const lignes = [...catalogue.lignes.keys()];
  await sql`
    insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, auteur, donnees, lignes, fiches)
    select ${e.contratId}, 'formations', date '2023-01-01' + (n % 1420)::int, 'Session ' || n || case when n % 977 = 0 then ' sur les rixes' else '' end,
      (${feuilles}::text[])[1 + n::bigint * 7919 % ${feuilles.length}], ${catalogue.contrat.signataires[0]?.acteur ?? ''}, 'banc d’essai',
      jsonb_build_object(
        'theme', case when n % 10000 = 7 then 'vie-nocturne' else (array['rixes', 'seniors', 'discriminations', 'radicalisation'])[1 + n % 4] end,
        'employeur', (array['dpmp', 'police-nationale', 'education-nationale'])[1 + n % 3], 'participants', 5 + n % 20),
      case when n % 2 = 0 then array[(${lignes}::text[])[1 + (n / 2) % ${lignes.length}]] else '{}' end, '{}'
    from generate_series(${de}::int, ${a}::int) as n`.execute(e.owner);
}

/** Frozen sessions of the past, one in fifty withdrawn or to come. */
async function addSeances(e: Etabli, de: number, a: number): Promise<void> {
  await sql`
    with i as (
      select id, confidentialite, row_number() over (order by id) - 1 as rang, count(*) over () as combien
      from instances where contrat_id = ${e.contratId} and close_le is null
    ), s as (
      insert into seances (contrat_id, instance_id, titre, jour, heure, lieu, etat, confidentialite, figee_le, convoquee_le, ouverte_le, levee_le)
      select ${e.contratId}, i.id, 'Séance ' || n, date '2020-01-06' + (n % 2100)::int, time '10:00', ${LIEU_SEME},
        case when n % 50 = 0 then 'annulee' else 'figee' end, i.confidentialite, now(), now(), now(), now()
      from generate_series(${de}::int, ${a}::int) n join i on i.rang = n % i.combien
      returning contrat_id, id, instance_id
    ), points as (
      insert into seance_points (contrat_id, seance_id, rang, titre, genre, notes, etat)
      select s.contrat_id, s.id, k, 'Point ' || k, 'libre', repeat('Ce qui a été dit du point. ', 8), 'traite'
      from s cross join generate_series(1, 6) k
      returning 1
    )
    insert into seance_participants (contrat_id, seance_id, qualite, fonction, organisation_id, nom, ordre, presence, membre_id)
    select s.contrat_id, s.id, m.qualite, m.fonction, m.organisation_id, m.nom, m.ordre, case when m.nom <> '' then 'present' end, m.id
    from s join instance_membres m on m.contrat_id = s.contrat_id and m.instance_id = s.instance_id`.execute(e.owner);
}

/** One in seven is open, one open in three is late; each body, line, fiche and leaf has its share. */
async function addDecisions(e: Etabli, de: number, a: number): Promise<void> {
  const { catalogue } = e.formulaire;
  const lignes = [...catalogue.lignes.values()].map((l) => ({ id: l.id, fiche: l.fiche }));
  const organisations = [...catalogue.acteurs.keys()];
  const ids = lignes.map((l) => l.id);
  const fiches = lignes.map((l) => l.fiche);
  const feuilles = feuillesDe(e);
  await sql`
    with i as (
      select id, confidentialite, row_number() over (order by id) - 1 as rang, count(*) over () as combien
      from instances where contrat_id = ${e.contratId} and close_le is null
    )
    insert into decisions (contrat_id, origine_genre, origine_id, numero, nature, libelle, responsable_id, responsable_nom, responsable_courriel, echeance,
      fiche, ligne, territoire_id, etat, condition, preuve, motif, confidentialite, auteur, cree_le, modifie_par, modifie_le, close_le)
    select ${e.contratId}, 'instance', i.id, 100000 + n, case when n % 3 = 0 then 'decision' else 'action' end,
      (array['Installer une médiation', 'Reprendre l’éclairage', 'Écrire à chaque bailleur', 'Mener une marche exploratoire'])[1 + n % 4] || ' ' || n,
      (${organisations}::text[])[1 + n % ${organisations.length}], 'Personne ' || n % 400, 'personne-' || n % 400 || '@exemple.fr',
      current_date - 200 + (n::bigint * 7919 % 600)::int, (${fiches}::text[])[1 + n % ${ids.length}], (${ids}::text[])[1 + n % ${ids.length}],
      (${feuilles}::text[])[1 + n::bigint * 104729 % ${feuilles.length}], x.etat,
      case when x.etat = 'bloque' then 'Un accord de voirie' else '' end, case when x.etat = 'fait' then 'Compte rendu versé' else '' end,
      case when x.etat = 'abandonne' then 'Sans objet' else '' end, i.confidentialite, 'banc d’essai', now() - make_interval(mins => n * 10), 'banc d’essai',
      now() - make_interval(mins => n * 10), case when x.etat in ('fait', 'abandonne') then current_date - (n % 900)::int end
    from generate_series(${de}::int, ${a}::int) n
    join i on i.rang = n::bigint * 31 % i.combien
    cross join lateral (select case when n % 7 = 0 then (array['a_faire', 'en_cours', 'bloque'])[1 + n / 7 % 3]
      when n % 11 = 0 then 'abandonne' else 'fait' end as etat) x`.execute(e.owner);
  // What each makes owed, as its own module says it: verified once all is sown.
  await sql`
    insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, personne, courriel, territoire_id, fiche,
      ouverte_le, due_le, suspendue_le, soldee_le, soldee_par, solde_chemin, sans_objet_le, sans_objet_motif)
    select contrat_id, 'decision', 'decisions', id, id, case nature when 'decision' then 'D' else 'A' end || numero || ', ' || libelle, '/decisions/' || id,
      responsable_id, responsable_nom, responsable_courriel, territoire_id, fiche, jour, echeance, case when etat = 'bloque' then jour end,
      case when etat = 'fait' then modifie_le end, case when etat = 'fait' then modifie_par else '' end,
      case when etat = 'fait' then '/decisions/' || id else '' end, case when etat = 'abandonne' then now() end,
      case when etat = 'abandonne' then 'abandonnée : ' || motif else '' end
    from decisions cross join lateral (select (cree_le at time zone concorde_fuseau(contrat_id))::date as jour) j
    where contrat_id = ${e.contratId} and auteur = 'banc d’essai' and numero between ${100_000 + de} and ${100_000 + a}`.execute(e.owner);
}

async function addSignalements(e: Etabli, de: number, a: number): Promise<void> {
  const feuilles = feuillesDe(e);
  await sql`
    insert into signalements (contrat_id, canal, lot_id, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id)
    select ${e.contratId}, (array['dmr', '3975', 'terrain', 'totem', 'parcs-et-jardins'])[1 + n % 5],
      '00000000-0000-0000-0000-000000000001', 'banc-' || n, date '2023-01-01' + (n % 1420)::int, 'type-' || n % 10, 'sous-type',
      'service-' || n % 40, case when n % 13 = 0 then 'police-municipale' else 'autre' end,
      (array['incivilites', 'degradations', 'vie-nocturne', 'stationnement', 'autre'])[1 + n % 5],
      (${feuilles}::text[])[1 + n::bigint * 7919 % ${feuilles.length}]
    from generate_series(${de}::int, ${a}::int) as n`.execute(e.owner);
}
