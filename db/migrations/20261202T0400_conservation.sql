-- What is kept goes by what it says, not by the table in which it stands: words and names of an object leave with it, their copies too, and no retention waits
-- for an end that may never come.

-- Names of people that the list of what is owed copied from an object that is forgotten.
create function oublier_echeances(le_contrat smallint, les_genres text[], l_objet uuid) returns void language sql set search_path = pg_catalog, public, pg_temp as $$
  update echeance_rappels r set destinataire = 'oublie:' || gen_random_uuid()
    from echeances e
    where e.contrat_id = le_contrat and e.genre = any(les_genres) and e.objet_id = l_objet::text and e.courriel <> ''
      and r.contrat_id = e.contrat_id and r.echeance_id = e.id and r.destinataire = e.courriel;
  update echeances set personne = '', courriel = '', soldee_par = ''
    where contrat_id = le_contrat and genre = any(les_genres) and objet_id = l_objet::text and (personne, courriel, soldee_par) <> ('', '', '');
$$;
revoke execute on function oublier_echeances from public;

-- Alerts: the lessons too, what the thread says, who did what.
create or replace function oublier_alerte() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.anonymisee_le is not null then new.anonymisee_le := old.anonymisee_le; end if;
  if new.anonymisee_le is not null then
    new.lieu := ''; new.faits := ''; new.auteur := ''; new.auteur_id := null; new.validee_par := ''; new.levee_par := ''; new.retex := ''; new.retex_par := '';
    new.ecartee_motif := '';
  end if;
  return new;
end $$;
create function oublier_suites_d_alerte() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update alerte_evenements set texte = '', auteur = '' where contrat_id = new.contrat_id and alerte_id = new.id and (texte, auteur) <> ('', '');
  update alerte_points set note = '', fait_par = case when fait_le is null then '' else 'oublié' end where contrat_id = new.contrat_id and alerte_id = new.id;
  perform oublier_echeances(new.contrat_id, '{retex-alerte}', new.id);
  return null;
end $$;
revoke execute on function oublier_suites_d_alerte from public;
create trigger oublier_suites after update on alertes for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_suites_d_alerte();

create function oublier_creneaux() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update astreintes set modifie_par = '' where contrat_id = new.contrat_id and (inscrit_id = new.id or suppleant_id = new.id) and modifie_par <> '';
  return null;
end $$;
revoke execute on function oublier_creneaux from public;
create trigger oublier_creneaux after update on alerte_inscrits for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_creneaux();

-- Signs of tension: why one was withdrawn often says what it said. A proposition says why, too.
create or replace function anonymiser_tension() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.texte := '';
  new.auteur := '';
  new.auteur_id := null;
  new.retiree_par := '';
  new.retrait_motif := '';
  return new;
end $$;
alter table tension_propositions add column anonymisee_le timestamptz;
create function anonymiser_proposition() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.motif := '';
  new.decidee_par := '';
  update echeances set soldee_par = '' where contrat_id = new.contrat_id and genre = 'proposition-d-alerte' and objet_id = new.id::text and soldee_par <> '';
  return new;
end $$;
revoke execute on function anonymiser_proposition from public;
create trigger proposition_anonymisee before update on tension_propositions for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_proposition();

-- Instructions: the clock runs from the sending, for who acknowledges and for who does not.
alter table consigne_envois add column envoye_le timestamptz not null default now();
update consigne_envois e set envoye_le = d.diffusee_le from consigne_diffusions d where d.contrat_id = e.contrat_id and d.id = e.diffusion_id;
create function oublier_echeances_de_consigne() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform oublier_echeances(new.contrat_id, '{consigne}', new.id);
  return null;
end $$;
revoke execute on function oublier_echeances_de_consigne from public;
create trigger oublier_echeances after update on consigne_envois for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_echeances_de_consigne();

-- Reports and places where they come back: who handled them, and what was written of them, go with their words.
create or replace function anonymiser_demande() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.texte := '';
  new.texte_public := '';
  new.adresse := '';
  new.lon := null;
  new.lat := null;
  new.agent := '';
  new.agent_id := null;
  new.auteur_id := null;
  new.modifie_par := '';
  new.reponses := coalesce((select jsonb_object_agg(k, v) from jsonb_each(old.reponses) r (k, v) where jsonb_typeof(v) = 'array'), '{}');
  return new;
end $$;
create or replace function effacer_mots_des_evenements() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update demande_evenements set note = '', motif = '', message = '', auteur = '', auteur_id = null
  where contrat_id = new.contrat_id and demande_id = new.id and (note, motif, message, auteur) <> ('', '', '', '');
  update demande_operations set liee_par = '' where contrat_id = new.contrat_id and demande_id = new.id and liee_par <> '';
  perform oublier_echeances(new.contrat_id, '{demande}', new.id);
  return null;
end $$;
create or replace function effacer_photos() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update demande_photos set contenu = null, etat = case when contenu is null then etat else 'effacee' end, decidee_par = ''
  where contrat_id = new.contrat_id and demande_id = new.id and (contenu is not null or decidee_par <> '');
  return null;
end $$;
create or replace function anonymiser_recurrence() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.adresse := '';
  new.lon := null;
  new.lat := null;
  new.modifie_par := '';
  return new;
end $$;
create function oublier_suites_de_recurrence() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update recurrence_evenements set auteur = '', message = '' where contrat_id = new.contrat_id and recurrence_id = new.id;
  update recurrence_decisions set liee_par = '', effet = case when effet_le is null then '' else 'Texte effacé à la fin de sa conservation.' end
    where contrat_id = new.contrat_id and recurrence_id = new.id;
  return null;
end $$;
revoke execute on function oublier_suites_de_recurrence from public;
create trigger oublier_suites after update on recurrences for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_suites_de_recurrence();

-- What was never closed has a term too: found by these.
create index demandes_jamais_closes on demandes (contrat_id, recu_le) where anonymisee_le is null and efface_apres is null;
create index demande_suiveurs_jamais_clos on demande_suiveurs (contrat_id, cree_le) where anonymisee_le is null and effacer_le is null;

-- A room of crisis, ten years after its end, or after the year that follows its opening when nobody closed it: words and names go, wherever they were copied.
-- Numbers stay, and the head of the chain. Nobody asks for it before: the function looks at the clock of the database.
alter table crises add column anonymisee_le timestamptz;
grant update (anonymisee_le) on crises to concorde_application;
create function oublier_crise() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if coalesce(old.close_le, old.ouverte_le + interval '1 year') >= now() - interval '10 years' then
    raise exception 'une main courante se garde dix ans' using errcode = 'integrity_constraint_violation';
  end if;
  perform set_config('concorde.fin_de_conservation', old.id::text, true);
  delete from crise_taches where contrat_id = old.contrat_id and crise_id = old.id;
  delete from main_courante where contrat_id = old.contrat_id and crise_id = old.id;
  perform set_config('concorde.fin_de_conservation', '', true);
  update main_courante_tetes set effacee_le = now() where contrat_id = old.contrat_id and crise_id = old.id and effacee_le is null;
  delete from crise_correspondants where contrat_id = old.contrat_id and crise_id = old.id;
  delete from crise_points where contrat_id = old.contrat_id and crise_id = old.id;
  delete from crise_rythmes where contrat_id = old.contrat_id and crise_id = old.id;
  delete from crise_services where contrat_id = old.contrat_id and crise_id = old.id;
  delete from crise_moyen_etats where contrat_id = old.contrat_id and demande_id in (select m.id from crise_moyens m where m.contrat_id = old.contrat_id and m.crise_id = old.id);
  delete from crise_moyens where contrat_id = old.contrat_id and crise_id = old.id;
  delete from exercice_injects where contrat_id = old.contrat_id and crise_id = old.id;
  delete from exercices where contrat_id = old.contrat_id and crise_id = old.id;
  delete from retex_constats where contrat_id = old.contrat_id and crise_id = old.id;
  -- What the list of debts and the figures rest on stays, without words.
  update crise_retex set synthese = 'Texte effacé à la fin de sa conservation.', signe_par = 'oublié' where contrat_id = old.contrat_id and crise_id = old.id;
  update crise_centres set nom = 'Centre ' || genre, adresse = 'effacée', cree_par = 'oublié' where contrat_id = old.contrat_id and crise_id = old.id;
  update crise_acteurs set entree_par = '' where contrat_id = old.contrat_id and crise_id = old.id;
  new.titre := case when old.exercice then 'Exercice effacé' else 'Crise effacée' end;
  new.lieu := '';
  new.pour_le_conseil := '';
  new.ouverte_par := null;
  update echeances set titre = replace(titre, old.titre, new.titre), soldee_par = case when soldee_par = '' then '' else 'oublié' end
    where contrat_id = old.contrat_id and objet = old.id and module = 'crises';
  return new;
end $$;
revoke execute on function oublier_crise from public;
create trigger oublier before update on crises for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_crise();
drop function effacer_mains_courantes(timestamptz);

-- What the register of processing says: how long, and from when where the end may not come (`recours`: days after the beginning that stand for the end).
select annoter('alertes', '{"traitement": "alertes",
  "duree": "Durée du contrat ; les mots, le lieu exact et les auteurs 90 jours après la clôture, ou après l’année qui suit l’écriture d’une alerte jamais close", "jours": 90, "recours": 365,
  "titre": "Alertes, astreintes et accusés de réception",
  "finalite": "Prévenir à temps ceux qui doivent agir, savoir qu’ils l’ont été, et en tirer des leçons",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) ; L. 132-4 et s. du code de la sécurité intérieure",
  "personnes": "Agents d’astreinte et partenaires prévenus",
  "destinataires": ["Fonctions des listes de l’arrondissement et des communes voisines"]}', '{"territoire_id": "contrat"}');
select annoter('alerte_evenements', '{"traitement": "alertes", "duree": "365 jours ; les mots et les noms, comme ceux de l’alerte", "jours": 365}', '{}');
select annoter('alerte_points', '{"traitement": "alertes", "duree": "Durée du contrat ; les mots et les noms, comme ceux de l’alerte", "jours": 90, "recours": 365}',
  '{"libelle": "contrat", "qui": "contrat"}');
select annoter('astreintes', '{"traitement": "alertes", "duree": "Durée du contrat ; qui la tenait est oublié avec l’inscrit, 365 jours après son retrait", "jours": 365}', '{}');
select annoter('tension_propositions', '{"traitement": "veille", "duree": "Durée du contrat ; la raison et le nom s’effacent après 180 jours", "jours": 180}',
  '{"anonymisee_le": "technique"}');
select annoter('consigne_envois', '{"traitement": "consignes", "duree": "Durée du contrat ; la personne et son adresse s’effacent 365 jours après l’envoi", "jours": 365}',
  '{"envoye_le": "contenu", "nom": {"categorie": "contrat", "note": "Nom du site"}}');

select annoter('crises', '{"traitement": "crises", "duree": "10 ans après la clôture, ou après l’année qui suit l’ouverture d’une salle jamais close ; les nombres restent",
  "jours": 3653, "recours": 366, "titre": "Crises et exercices de crise",
  "finalite": "Conduire une crise ou un exercice à plusieurs institutions, et prouver ensuite ce qui a été su, décidé et fait",
  "base_legale": "Mission d’intérêt public (RGPD, article 6.1.e)",
  "personnes": "Agents et partenaires présents dans la salle de crise",
  "destinataires": ["Organisations nommées dans la crise", "Coordination et salle de commandement"]}', '{"territoire_id": "contrat", "anonymisee_le": "technique"}');
select annoter(t.nom::regclass, jsonb_build_object('traitement', 'crises', 'duree', t.duree, 'jours', 3653, 'recours', 366), '{}')
from (values
  ('crise_acteurs', 'Durée du contrat ; le nom de qui a fait entrer, celle de la crise'),
  ('main_courante', '10 ans après la clôture ; effacée ensuite, la tête de la chaîne reste'),
  ('crise_taches', 'Celle de la crise'), ('crise_moyens', 'Celle de la crise'), ('crise_moyen_etats', 'Celle de la crise'),
  ('crise_services', 'Celle de la crise'), ('crise_rythmes', 'Celle de la crise'), ('crise_points', 'Celle de la crise'),
  ('exercices', 'Celle de la crise'), ('exercice_injects', 'Celle de la crise'), ('retex_constats', 'Celle de la crise'),
  ('crise_retex', 'Durée du contrat ; les mots et les noms, celle de la crise'),
  ('crise_centres', 'Durée du contrat ; les mots et les noms, celle de la crise')) as t (nom, duree);
select annoter('crise_acteurs', null, '{"territoire_id": "contrat"}');
select annoter('crise_avis', null, '{"territoire_id": "contrat"}');
select annoter('crise_correspondants', '{"traitement": "crises", "duree": "Jusqu’à l’archivage de la crise, 365 jours au plus", "jours": 365}', '{}');

select annoter('demandes', jsonb_set(jsonb_set(obj_description('demandes'::regclass, 'pg_class')::jsonb, '{recours}', '1096'), '{duree}',
  to_jsonb('Durée du contrat ; les mots, le lieu exact et les noms s’effacent après la clôture, selon le circuit, ou trois ans après la réception de ce qui n’est jamais clos'::text)), '{}');
select annoter('demande_suiveurs', jsonb_set(obj_description('demande_suiveurs'::regclass, 'pg_class')::jsonb, '{recours}', '1096'), '{}');
select annoter('recurrences', jsonb_set(obj_description('recurrences'::regclass, 'pg_class')::jsonb, '{recours}', '1826'), '{}');
select annoter('recurrence_suiveurs', jsonb_set(obj_description('recurrence_suiveurs'::regclass, 'pg_class')::jsonb, '{recours}', '1826'), '{}');
select annoter(t.nom::regclass, jsonb_build_object('traitement', 'signalements', 'duree', t.duree, 'jours', 1, 'recours', t.recours), '{}')
from (values
  ('demande_evenements', 'Durée du contrat ; les mots et les noms s’effacent avec ceux de la demande', 1096),
  ('demande_operations', 'Durée du contrat ; le nom s’efface avec les mots de la demande', 1096),
  ('demande_photos', 'La photo, jusqu’à ce qu’elle soit écartée ou que les mots de la demande soient effacés', 1096),
  ('recurrence_evenements', 'Durée du contrat ; les mots et les noms s’effacent avec le lieu exact', 1826),
  ('recurrence_decisions', 'Durée du contrat ; les mots et les noms s’effacent avec le lieu exact', 1826)) as t (nom, duree, recours);

select annoter('demandes_droits', jsonb_set(jsonb_set(obj_description('demandes_droits'::regclass, 'pg_class')::jsonb, '{recours}', '365'), '{duree}',
  to_jsonb('5 ans après la réponse (prescription civile, code civil, art. 2224), ou après l’année qui suit une demande restée sans réponse, puis anonymisée'::text)), '{}');
select annoter('travaux', jsonb_set(jsonb_set(obj_description('travaux'::regclass, 'pg_class')::jsonb, '{recours}', '30'), '{duree}',
  to_jsonb('90 jours après la fin du travail, ou après le mois qui suit une demande jamais finie'::text)), '{}');
select annoter('demandes_droits_versions', '{"traitement": "droits", "duree": "Supprimées quand la demande est anonymisée", "jours": 1827, "recours": 365}');
select annoter('lot_lignes', '{"traitement": "registres", "duree": "30 jours pour un import préparé et jamais publié ; celle des enregistrements sinon", "jours": 30}');
select annoter('demande_evenements', null, '{"de": "contrat", "vers": "contrat"}');

-- Of what a wave asks, two lists that are kept beside it.
select annoter('enquete_vagues', null, '{"mesures": "technique", "demandeurs": "technique"}');

select annoter('nominatif.situation_demandes', jsonb_set(obj_description('nominatif.situation_demandes'::regclass, 'pg_class')::jsonb, '{duree}',
  to_jsonb('12 mois après la réponse, ou deux ans après sa réception quand personne n’y a répondu'::text)));
