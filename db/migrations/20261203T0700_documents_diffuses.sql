-- A document sent to a list: who is to read it, who has, by which way. A replacement is another document that names the one it replaces.
create table documents_diffuses (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  titre text not null check (char_length(titre) between 3 and 200),
  texte text not null check (char_length(texte) <= 8000),
  fichier bytea check (octet_length(fichier) <= 10485760),
  fichier_nom text not null default '' check (char_length(fichier_nom) <= 200),
  fichier_type text not null default '' check (char_length(fichier_type) <= 120),
  version smallint not null check (version > 0),
  remplace uuid,
  -- for whom, in words: roles, organisations, bodies
  liste text not null check (char_length(liste) <= 2000),
  lire_avant date not null,
  -- last day on which it is read; its words leave a month later
  jusqu_au date not null,
  organisation_id text not null,
  diffuse_par text not null check (char_length(diffuse_par) <= 200),
  diffuse_le timestamptz not null,
  retire_le timestamptz,
  retire_par text not null default '' check (char_length(retire_par) <= 200),
  retire_motif text not null default '' check (char_length(retire_motif) <= 300),
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, remplace) references documents_diffuses (contrat_id, id),
  unique (contrat_id, remplace),
  check (texte <> '' or fichier is not null or anonymisee_le is not null),
  check ((fichier is null) = (fichier_nom = '')),
  check (lire_avant <= jusqu_au),
  check ((remplace is null) = (version = 1))
);
select proteger('documents_diffuses');
select signaler('documents_diffuses');
revoke update on documents_diffuses from concorde_application;
grant update (retire_le, retire_par, retire_motif, anonymisee_le) on documents_diffuses to concorde_application;
create index documents_diffuses_recents on documents_diffuses (contrat_id, diffuse_le desc, id desc);

create table document_lecteurs (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  document_id uuid not null,
  -- null: read by a link
  compte_id uuid,
  organisation_id text not null,
  nom text not null check (char_length(nom) <= 200),
  courriel text not null check (char_length(courriel) <= 320),
  -- how many links were sent: only the last one opens
  tour smallint not null default 1 check (tour between 1 and 100),
  envoye_le timestamptz not null,
  lu_le timestamptz,
  lu_voie text check (lu_voie in ('compte', 'lien')),
  -- when its last link opened: it opens once
  ouvert_le timestamptz,
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, document_id) references documents_diffuses (contrat_id, id),
  check ((lu_le is null) = (lu_voie is null))
);
select proteger('document_lecteurs');
select signaler('document_lecteurs');
revoke update on document_lecteurs from concorde_application;
grant update (tour, lu_le, lu_voie, ouvert_le, anonymisee_le) on document_lecteurs to concorde_application;
create index document_lecteurs_du_document on document_lecteurs (contrat_id, document_id);
create index document_lecteurs_du_compte on document_lecteurs (contrat_id, compte_id) where compte_id is not null;

create function anonymiser_document_diffuse() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.titre := 'Document effacé';
  new.texte := '';
  new.fichier := null;
  new.fichier_nom := '';
  new.fichier_type := '';
  new.liste := '';
  new.diffuse_par := '';
  new.retire_par := '';
  new.retire_motif := '';
  return new;
end $$;
revoke execute on function anonymiser_document_diffuse from public;
create trigger document_diffuse_anonymise before update on documents_diffuses for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_document_diffuse();
create function anonymiser_lecteur() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.nom := '';
  new.courriel := '';
  new.compte_id := null;
  return new;
end $$;
revoke execute on function anonymiser_lecteur from public;
create trigger lecteur_anonymise before update on document_lecteurs for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_lecteur();

select annoter('documents_diffuses', '{"traitement": "documents_diffuses", "jours": 30,
  "duree": "Jusqu’au jour dit à la diffusion, deux ans au plus ; les mots et le fichier s’effacent 30 jours après",
  "titre": "Documents diffusés à une liste",
  "finalite": "Remettre un document à qui doit le lire, et savoir qu’il l’a lu",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e)",
  "personnes": "Destinataires et auteurs, au titre de leur fonction ; jamais un mineur",
  "destinataires": ["personnes de la liste", "organisme qui diffuse", "coordination du contrat"]}',
  '{"contrat_id": "technique", "id": "technique", "titre": "contenu", "texte": "contenu", "fichier": "contenu", "fichier_nom": "contenu",
    "fichier_type": "technique", "version": "technique", "remplace": "technique", "liste": "contenu", "lire_avant": "contenu", "jusqu_au": "contenu",
    "organisation_id": "contrat", "diffuse_par": "identite", "diffuse_le": "contenu", "retire_le": "contenu", "retire_par": "identite",
    "retire_motif": "contenu", "anonymisee_le": "technique"}');
select annoter('document_lecteurs', '{"traitement": "documents_diffuses", "jours": 365,
  "duree": "Durée du contrat ; le nom et l’adresse s’effacent après 365 jours"}',
  '{"contrat_id": "technique", "id": "technique", "document_id": "technique", "compte_id": "technique", "organisation_id": "contrat", "nom": "identite",
    "courriel": "coordonnees", "tour": "technique", "envoye_le": "contenu", "lu_le": "contenu", "lu_voie": "technique", "ouvert_le": "technique", "anonymisee_le": "technique"}');
