-- What was published may be withdrawn, and its words leave with it wherever they were copied; what is erased stays erased.

-- Contributions: what the agenda was asked, so that it goes with it.
alter table instance_contributions add column demande_id uuid,
  add foreign key (contrat_id, demande_id) references instance_demandes (contrat_id, id);
grant update (demande_id) on instance_contributions to concorde_application;
update instance_contributions k set demande_id = (
    select d.id from instance_demandes d
    where d.contrat_id = k.contrat_id and d.instance_id = k.instance_id and d.titre = 'Contribution d’habitant : ' || k.objet and d.expose = k.texte
    order by d.cree_le limit 1)
  where k.acceptee_le is not null and k.anonymisee_le is null;

drop trigger contribution_anonymise on instance_contributions;
create trigger contribution_anonymise before update on instance_contributions for each row
  when (new.anonymisee_le is not null) execute function anonymiser_contribution();

-- Set aside after it was published, or erased: its request, and the items of sessions that are not frozen, say no word of it.
create function oublier_contribution() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update seance_points p set titre = 'Contribution d’habitant retirée', expose = ''
    from instance_demandes d, seances s
    where d.contrat_id = new.contrat_id and d.id = new.demande_id
      and s.contrat_id = d.contrat_id and s.instance_id = d.instance_id and s.etat in ('preparation', 'convoquee', 'ouverte', 'relecture')
      and p.contrat_id = s.contrat_id and p.seance_id = s.id and p.cle = 'demande:' || d.id;
  update instance_demandes set titre = 'Contribution d’habitant retirée', expose = '', reponse = '',
      etat = case when etat = 'ouverte' then 'ecartee' else etat end
    where contrat_id = new.contrat_id and id = new.demande_id;
  update echeances set titre = 'Contribution d’habitant effacée', soldee_par = ''
    where new.anonymisee_le is not null and contrat_id = new.contrat_id and genre = 'contribution' and objet_id = new.id::text;
  return null;
end $$;
revoke execute on function oublier_contribution from public;
create trigger oublier_contribution after update on instance_contributions for each row
  when (new.ecartee_le is not null and old.ecartee_le is null or new.anonymisee_le is not null and old.anonymisee_le is null)
  execute function oublier_contribution();

select annoter('instance_contributions', '{"traitement": "contributions", "jours": 90, "recours": 365,
  "duree": "Durée du contrat pour ce qui est publié ; ce qui est écarté ou retiré s’efface après 90 jours, ce que personne n’a lu après un an",
  "titre": "Contributions des habitants",
  "finalite": "Faire venir l’avis des habitants à l’ordre du jour d’une instance publique, et publier la réponse",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e)",
  "personnes": "Habitants, sans nom ni adresse ; agents qui répondent",
  "destinataires": ["public une fois acceptées", "ceux qui tiennent l’instance"]}', '{"demande_id": "technique"}');

-- Documents: the list that a document was sent to, as it was chosen: a replacement goes to those whom it still gives.
alter table documents_diffuses
  add column pour_roles text[] not null default '{}' check (cardinality(pour_roles) <= 20),
  add column pour_organisations text[] not null default '{}' check (cardinality(pour_organisations) <= 100),
  add column pour_instances uuid[] not null default '{}' check (cardinality(pour_instances) <= 50);
drop trigger document_diffuse_anonymise on documents_diffuses;
create trigger document_diffuse_anonymise before update on documents_diffuses for each row
  when (new.anonymisee_le is not null) execute function anonymiser_document_diffuse();

-- What is owed copied the title, and the reader's name and address.
create function oublier_titre_de_document() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update echeances e set titre = 'Document effacé'
    from document_lecteurs l
    where l.contrat_id = new.contrat_id and l.document_id = new.id
      and e.contrat_id = l.contrat_id and e.genre = 'document-a-lire' and e.objet_id = l.id::text;
  return null;
end $$;
revoke execute on function oublier_titre_de_document from public;
create trigger oublier_titre after update on documents_diffuses for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_titre_de_document();
create function oublier_echeances_de_lecteur() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform oublier_echeances(new.contrat_id, '{document-a-lire}', new.id);
  return null;
end $$;
revoke execute on function oublier_echeances_de_lecteur from public;
create trigger oublier_echeances after update on document_lecteurs for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_echeances_de_lecteur();

select annoter('documents_diffuses', null, '{"pour_roles": "technique", "pour_organisations": "contrat", "pour_instances": "technique"}');
select annoter('document_lecteurs', '{"traitement": "documents_diffuses", "jours": 365,
  "duree": "Durée du contrat ; le nom et l’adresse s’effacent après 365 jours, ou avec le document s’il se lit plus longtemps"}');
