-- A narrative is signed by an act, of one version: the next one is signed by nobody until it is signed again. What was typed before as a
-- signature stays in the words of the versions that say it; nothing writes it any more.
alter table valeur_recits alter column signataire drop not null, alter column signe_le drop not null;

create table valeur_signatures (
  contrat_id smallint not null references contrats (id),
  valeur_id uuid not null,
  -- what this person is in their institution: public; their name is for partners
  fonction text not null check (char_length(fonction) between 3 and 200),
  par text not null,
  par_id uuid not null,
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, valeur_id),
  foreign key (contrat_id, valeur_id) references valeurs (contrat_id, id)
);
select proteger('valeur_signatures');
revoke update on valeur_signatures from concorde_application;
select signaler('valeur_signatures');

-- Files that come with a narrative, in their order.
create table valeur_pieces (
  contrat_id smallint not null references contrats (id),
  valeur_id uuid not null,
  rang smallint not null check (rang between 1 and 10),
  fichier_id uuid not null,
  nom text not null check (char_length(nom) between 1 and 200),
  primary key (contrat_id, valeur_id, rang),
  foreign key (contrat_id, valeur_id) references valeurs (contrat_id, id),
  foreign key (contrat_id, fichier_id) references fichiers (contrat_id, id)
);
select proteger('valeur_pieces');
revoke update on valeur_pieces from concorde_application;
select signaler('valeur_pieces');

-- What is signed does not change: neither its words, nor its files.
create function tenir_ce_qui_est_signe() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  signee uuid := case tg_table_name when 'valeurs' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'valeur_id')::uuid end;
begin
  if exists (select from valeur_signatures s where s.contrat_id = new.contrat_id and s.valeur_id = signee) then
    raise exception 'Cette version est signée : une correction est une autre version.';
  end if;
  return new;
end $$;
create trigger valeur_signee before update of mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, texte, source, lien,
  fichier_id, document_le, document_auteur on valeurs for each row execute function tenir_ce_qui_est_signe();
create trigger piece_de_valeur_signee before insert on valeur_pieces for each row execute function tenir_ce_qui_est_signe();
create trigger parties_de_valeur_signee before insert on valeur_recits for each row execute function tenir_ce_qui_est_signe();
revoke execute on function tenir_ce_qui_est_signe() from public;

select annoter('valeur_signatures', '{"traitement": "indicateurs", "titre": "Signatures des bilans qualitatifs", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "valeur_id": "technique", "fonction": "vie_professionnelle", "par": "identite", "par_id": "pseudonyme",
    "organisation_id": "vie_professionnelle", "le": "technique"}');
select annoter('valeur_pieces', '{"traitement": "indicateurs", "titre": "Pièces jointes aux bilans qualitatifs", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "valeur_id": "technique", "rang": "technique", "fichier_id": "technique", "nom": "contenu"}');
