-- Photographs that residents join: drawn anew, held until a service has looked for faces and plates, erased with the words of their report.
create table demande_photos (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  demande_id uuid not null,
  -- JPEG; null once set aside or erased
  contenu bytea check (octet_length(contenu) <= 4194304),
  largeur smallint not null check (largeur > 0),
  hauteur smallint not null check (hauteur > 0),
  etat text not null default 'retenue' check (etat in ('retenue', 'publiee', 'ecartee', 'effacee')),
  recue_le timestamptz not null,
  decidee_par text not null default '' check (char_length(decidee_par) <= 200),
  decidee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, demande_id) references demandes (contrat_id, id),
  check ((etat in ('retenue', 'publiee')) = (contenu is not null))
);
select proteger('demande_photos');
create index demande_photos_par_demande on demande_photos (contrat_id, demande_id);

create function effacer_photos() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update demande_photos set contenu = null, etat = 'effacee' where contrat_id = new.contrat_id and demande_id = new.id and contenu is not null;
  return null;
end $$;
revoke execute on function effacer_photos from public;
create trigger demande_photos_effacees after update on demandes for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function effacer_photos();

select annoter('demande_photos', '{"traitement": "signalements", "duree": "La photo, jusqu’à ce qu’elle soit écartée ou que les mots de la demande soient effacés", "jours": 1}',
  '{"contrat_id": "technique", "id": "technique", "demande_id": "technique",
    "contenu": {"categorie": "contenu", "note": "Photo redessinée, sans ce que le fichier disait du lieu ni de l’appareil ; retenue tant qu’un service ne l’a pas regardée"},
    "largeur": "technique", "hauteur": "technique", "etat": "contenu", "recue_le": "contenu", "decidee_par": "identite", "decidee_le": "contenu"}');
