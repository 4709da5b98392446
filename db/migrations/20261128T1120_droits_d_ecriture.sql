-- The application removes only what a rule removes, and changes only what has versions or a state. A table created later gets
-- select, insert and update; its migration grants delete where a rule needs it (tests/droits-ecriture.test.ts names the rule).
alter default privileges in schema public revoke delete on tables from concorde_application;
revoke delete, truncate, references, trigger on all tables in schema public from concorde_application;

do $$
declare t text;
begin
  foreach t in array array[
    -- what people end or replace themselves
    'sessions', 'etapes', 'cles_acces', 'codes_secours', 'appareils', 'connexion_echecs',
    -- retention (dpo/conservation.ts)
    'liens', 'courriels', 'soumissions', 'lots', 'travaux', 'fichiers',
    -- preparation and holding of a session
    'seance_points', 'seance_documents', 'seance_notes', 'seance_votes', 'decisions',
    -- cells that counted nothing any more
    'mesure_cellules', 'mesure_annees'
  ] loop
    if to_regclass('public.' || t) is not null then execute format('grant delete on public.%I to concorde_application', t); end if;
  end loop;
  -- the contract itself is loaded by its owner
  foreach t in array array[
    'contrats', 'contrat_objets', 'contrat_chargements', 'contours', 'territoires', 'textes_officiels', 'recherche', 'mesure_formules'
  ] loop
    execute format('revoke insert, update on public.%I from concorde_application', t);
  end loop;
  -- written once
  foreach t in array array[
    'audit', 'audit_sceaux', 'audit_purges', 'audit_tetes', 'purges', 'activite_versions', 'decision_versions', 'demandes_droits_versions',
    'listes_extensions', 'releves', 'seance_approbations', 'seance_dates', 'seance_notes', 'seance_votes', 'signalements',
    'signalement_libelles', 'signalement_lots', 'fichiers'
  ] loop
    execute format('revoke update on public.%I from concorde_application', t);
  end loop;
end $$;

-- Where most rows stay, only those of the rule may go, whatever the statement. The owner (a member of the group) is not concerned.
do $$
declare r record;
begin
  for r in
    select * from (values
      ('decisions', 'version = 1'),
      ('lots', $c$etat = 'prepare'$c$),
      ('courriels', $c$etat <> 'attente'$c$),
      ('travaux', $c$etat in ('fait', 'echec')$c$)
    ) as v (cible, condition)
  loop
    execute format('create policy effacement on public.%I as restrictive for delete to concorde_application using (current_user = %L or %s)',
      r.cible, current_user, r.condition);
  end loop;
end $$;
