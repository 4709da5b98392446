-- Instructions of an authority to a kind of site: sent once, in the words of a version of the contract, to whoever answers for each site.
create table consigne_diffusions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- of the contract's `consignes.yaml`, with the words of that version
  consigne text not null check (consigne ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  numero smallint not null check (numero > 0),
  titre text not null check (char_length(titre) between 3 and 200),
  points text[] not null check (cardinality(points) between 1 and 20),
  autorite_id text not null,
  ordonnee_le timestamptz not null,
  territoire_id text not null,
  precision_dite text not null default '' check (char_length(precision_dite) <= 600),
  exercice boolean not null,
  -- last day to acknowledge
  du_le date not null,
  diffusee_le timestamptz not null,
  diffusee_par text not null check (char_length(diffusee_par) <= 200),
  organisation_id text not null,
  levee_le timestamptz,
  levee_par text not null default '' check (char_length(levee_par) <= 200),
  primary key (contrat_id, id),
  check (levee_le >= diffusee_le)
);
select proteger('consigne_diffusions');
revoke update on consigne_diffusions from concorde_application;
grant update (levee_le, levee_par) on consigne_diffusions to concorde_application;
create index consigne_diffusions_recentes on consigne_diffusions (contrat_id, diffusee_le desc, id desc);

create table consigne_envois (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  diffusion_id uuid not null,
  -- a place of the directory, or a site of its register
  genre text not null check (genre in ('structure', 'site')),
  objet_id uuid not null,
  nom text not null check (char_length(nom) <= 300),
  organisation_id text not null,
  territoire_id text not null,
  personne text not null default '' check (char_length(personne) <= 200),
  courriel text not null default '' check (char_length(courriel) <= 320),
  accuse_le timestamptz,
  accuse_par text not null default '' check (char_length(accuse_par) <= 200),
  accuse_voie text check (accuse_voie in ('lien', 'compte')),
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, diffusion_id, genre, objet_id),
  foreign key (contrat_id, diffusion_id) references consigne_diffusions (contrat_id, id),
  check ((accuse_le is null) = (accuse_voie is null))
);
select proteger('consigne_envois');
revoke update on consigne_envois from concorde_application;
grant update (accuse_le, accuse_par, accuse_voie, anonymisee_le) on consigne_envois to concorde_application;
create index consigne_envois_par_organisme on consigne_envois (contrat_id, organisation_id, diffusion_id);

create function anonymiser_envoi_de_consigne() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.personne := '';
  new.courriel := '';
  new.accuse_par := '';
  return new;
end $$;
revoke execute on function anonymiser_envoi_de_consigne from public;
create trigger envoi_de_consigne_anonymise before update on consigne_envois for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_envoi_de_consigne();

select annoter('consigne_diffusions', '{"traitement": "consignes", "duree": "Durée du contrat",
  "titre": "Consignes aux responsables de sites",
  "finalite": "Faire savoir à qui répond d’un site ce que l’autorité demande, et savoir qu’il l’a lu",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : protection des sites sensibles",
  "personnes": "Correspondants de lieux, au titre de leur fonction ; agents qui diffusent",
  "destinataires": ["responsables des sites", "coordination du contrat", "autorité qui ordonne"]}',
  '{"contrat_id": "technique", "id": "technique", "consigne": "contrat", "numero": "contrat", "titre": "contenu", "points": "contenu", "autorite_id": "contrat",
    "ordonnee_le": "contenu", "territoire_id": "contrat", "precision_dite": "contenu", "exercice": "contenu", "du_le": "contenu", "diffusee_le": "contenu",
    "diffusee_par": "identite", "organisation_id": "contrat", "levee_le": "contenu", "levee_par": "identite"}');
select annoter('consigne_envois', '{"traitement": "consignes", "duree": "Durée du contrat ; la personne et son adresse s’effacent après 365 jours", "jours": 365}',
  '{"contrat_id": "technique", "id": "technique", "diffusion_id": "technique", "genre": "technique", "objet_id": "technique", "nom": "contenu",
    "organisation_id": "contrat", "territoire_id": "contrat", "personne": "identite", "courriel": "coordonnees", "accuse_le": "contenu",
    "accuse_par": "identite", "accuse_voie": "technique", "anonymisee_le": "technique"}');
