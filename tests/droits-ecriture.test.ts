import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUSE } from '../src/modules.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';

/** Every table from which the application may delete, and the rule that needs it. A new line needs a new rule. */
const EFFACEMENTS: Record<string, string> = {
  secours_verifications: 'un numéro que le dossier n’a plus n’est plus dû',
  adresses_comptees: 'conservation : 366 jours',
  alerte_evenements: 'conservation : 365 jours',
  alerte_navigateurs: 'une personne arrête d’être prévenue, ou son navigateur n’est plus là',
  abonnement_demandes: 'confirmée, ou conservation : 7 jours',
  abonnements: 'une personne arrête ce qu’elle suit',
  abonnes: 'une personne arrête tout : son adresse s’efface',
  appareils: 'une personne ou la fermeture de son compte oublie un appareil',
  cap_recus: 'conservation : 365 jours',
  cles_acces: 'une personne retire sa clé ; un compte fermé n’en garde pas',
  codes_secours: 'de nouveaux codes remplacent les anciens ; un compte fermé n’en garde pas',
  connexion_echecs: 'une connexion réussie oublie les essais manqués',
  convention_signataires: 'conservation : cinq ans',
  courriels: 'conservation : 90 jours',
  courriels_recus: 'conservation : 90 jours',
  cellule_reunions: 'un mois que la cellule a corrigé se compte de nouveau',
  crise_avis: 'conservation : 3 ans',
  crise_note_envois: 'conservation : un an',
  crise_correspondants: 'une crise archivée oublie le nom du correspondant',
  decisions: 'saisie par erreur en séance, jamais suivie (version 1)',
  enquete_invites: 'une vague close oublie qui y fut invité',
  etapes: 'une étape de connexion sert une fois',
  faits_comptes: 'un enregistrement qui ne compte plus pour un filtre n’en est plus la preuve',
  campagne_brouillons: 'ce qui est envoyé, ou que laisse une campagne close, n’est plus un brouillon',
  fichiers: 'conservation : 90 jours',
  filtres_comptes: 'un filtre que plus aucune formule ne demande s’en va après ses lignes',
  import_colonnes: 'conservation : 3 ans après le dernier emploi',
  liens: 'conservation : 30 jours après expiration',
  lots: 'conservation : imports jamais publiés',
  mesure_annees: 'une cellule qui ne compte plus rien disparaît',
  mesure_cellules: 'une cellule qui ne compte plus rien disparaît',
  mouvements_a_dire: 'ce qui est dit ne reste plus à dire',
  morceaux: 'un fichier entré morceau par morceau est d’un seul tenant',
  recherche_manques: 'conservation : 90 jours après la dernière fois',
  seance_brouillons: 'une saisie ajoutée, vidée, ou relevé arrêté',
  seance_dates_reponses: 'qui n’a plus le siège, ou a quitté son compte, n’est plus celui qui a répondu',
  seance_documents: 'un document retiré en préparant la séance',
  seance_notes: 'les notes de côté disparaissent quand le relevé est arrêté',
  seance_points: 'un point ôté de l’ordre du jour en préparant',
  seance_votes: 'un vote saisi par erreur',
  sessions: 'une session se ferme',
  soumissions: 'conservation : 7 jours',
  structure_acces: 'conservation : un an après la fin de l’accès d’un correspondant',
  travaux: 'conservation : 90 jours après la fin',
};
/** Written once; and the contract, which its owner loads. */
const JAMAIS_CHANGEES = [
  'alerte_cles alerte_evenements alerte_navigateurs cap_recus',
  'abonnement_demandes',
  'activite_versions audit audit_purges audit_sceaux audit_tetes bilan_textes contours contrat_chargements contrat_objets contrats controles decision_versions',
  'echeance_envois echeance_rappels',
  'campagne_remises cibles contexte_imports enquete_chiffres enquete_invites enquete_textes',
  'demandes_droits_versions faits_comptes fichiers listes_extensions mesure_formules morceaux purges recherche releves seance_approbations seance_approbation_reponses seance_presence_mots seance_adresses_ecartees seance_convocations seance_dates series_contexte',
  'structure_versions structure_imports recherche_manques',
  'demande_bilans demande_bilan_lignes demande_bilan_comptes demande_quartiers demande_quartier_lignes open311_mois open311_demandes',
  'circuit_releves recurrence_demandes recurrence_evenements signalement_etats',
  'convention_versions convention_revues convention_faits convention_corrections convention_signatures convention_paroles',
  'secours_corrections secours_reserves secours_verifications',
  'crise_comptages crise_moyen_etats crise_retex crise_rythmes crise_services retex_constats',
  'seance_notes seance_votes signalement_libelles signalement_lots signalement_lots_ouverts signalements soumissions syntheses territoires textes_officiels valeur_recits',
  'methodes valeur_pieces valeur_signatures',
  'crise_acteurs crise_notes main_courante main_courante_tetes',
].flatMap((l) => l.split(' '));

describe('Ce que le rôle de service peut écrire', () => {
  let app: AppDeTest;
  let droits: Map<string, string[]>;
  beforeAll(async () => {
    app = await ouvrirApp();
    const role = decodeURIComponent(new URL(await app.base.service(app.contratId)).username);
    const { rows } = await sql<{ nom: string; droits: string[] }>`
      select c.relname as nom, array(
        select d from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as d
        where has_table_privilege(${role}, c.oid, d) or (d in ('insert', 'update') and has_any_column_privilege(${role}, c.oid, d))) as droits
      from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`.execute(app.base.owner);
    droits = new Map(rows.map((r) => [r.nom, r.droits]));
  });
  afterAll(() => app.close());
  const avec = (droit: string) => [...droits].filter(([, d]) => d.includes(droit)).map(([nom]) => nom);

  test('effacer n’est permis que là où une règle le demande, et chaque règle de conservation le peut', () => {
    expect(avec('delete').sort()).toEqual(
      Object.keys(EFFACEMENTS)
        .filter((t) => droits.has(t))
        .sort(),
    );
    for (const r of HOUSE.conservation.filter((x) => x.acte === 'supprimer'))
      expect([r.table, droits.get(r.table)?.includes('delete')]).toEqual([r.table, true]);
    for (const droit of ['truncate', 'references', 'trigger']) expect([droit, avec(droit)]).toEqual([droit, []]);
  });

  test('ce qui s’écrit une fois ne se change plus ; le contrat ne se change pas en servant', () => {
    const changeables = avec('update');
    expect(JAMAIS_CHANGEES.filter((t) => changeables.includes(t))).toEqual([]);
    expect(JAMAIS_CHANGEES.filter((t) => !droits.has(t))).toEqual([]);
    expect(['contrats', 'contrat_objets', 'territoires', 'recherche'].filter((t) => droits.get(t)?.includes('insert'))).toEqual([]);
  });

  test('une table créée plus tard ne se laisse pas effacer sans le dire', async () => {
    await sql`create table essai_futur (contrat_id smallint primary key)`.execute(app.base.owner);
    await expect(sql`delete from essai_futur`.execute(app.db)).rejects.toThrow(/permission denied/);
    await sql`drop table essai_futur`.execute(app.base.owner);
  });

  test('les lignes qui ne relèvent pas de la règle restent, même effacées sans condition', async () => {
    await sql`
      insert into travaux (contrat_id, genre, libelle, charge, etat) values
        (${app.contratId}, 'essai', 'en cours', '{}', 'en_cours'), (${app.contratId}, 'essai', 'fait', '{}', 'fait')`.execute(app.base.owner);
    await sql`delete from travaux`.execute(app.db);
    const { rows } = await sql<{ libelle: string }>`select libelle from travaux where genre = 'essai'`.execute(app.base.owner);
    expect(rows).toEqual([{ libelle: 'en cours' }]);
  });
});
