-- A convention, protocol, charter or order: what binds whom, from when to when. Its state is read from its dates and signatures, and kept nowhere.
create table conventions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  nature text not null check (nature in ('convention', 'protocole', 'charte', 'arrete', 'protocole-site')),
  titre text not null check (char_length(titre) between 5 and 200),
  reference text not null default '' check (char_length(reference) <= 100),
  objet text not null default '' check (char_length(objet) <= 4000),
  -- who keeps it; of an order, the authority that made it
  porteur_id text not null,
  -- where it holds: none is the whole contract
  territoires text[] not null default '{}' check (cardinality(territoires) <= 200),
  systemes text[] not null default '{}' check (cardinality(systemes) <= 100),
  lignes text[] not null default '{}' check (cardinality(lignes) <= 100),
  -- null: the day of its last signature; an open end has none
  effet date,
  fin date check (fin >= effet),
  preavis_jours integer not null default 0 check (preavis_jours between 0 and 730),
  -- renewed by itself for so many months, unless it was ended before its notice
  reconduction_mois integer check (reconduction_mois between 1 and 120),
  revue_mois integer check (revue_mois between 1 and 120),
  -- of an order, a charter, a site: the streets, the hours, what is prohibited or promised there
  lieu text not null default '' check (char_length(lieu) <= 2000),
  interdits text not null default '' check (char_length(interdits) <= 2000),
  jours smallint[] not null default '{}' check (cardinality(jours) <= 7),
  heure_de text not null default '' check (heure_de ~ '^(([01]\d|2[0-3]):[0-5]\d)?$'),
  heure_a text not null default '' check (heure_a ~ '^(([01]\d|2[0-3]):[0-5]\d)?$'),
  -- each year, from a day to a day: « 06-21 »
  saison_de text not null default '' check (saison_de ~ '^(\d\d-\d\d)?$'),
  saison_a text not null default '' check (saison_a ~ '^(\d\d-\d\d)?$'),
  denoncee_le date,
  denoncee_motif text not null default '' check (char_length(denoncee_motif) <= 1000),
  -- the one that it takes the place of
  remplace_id uuid,
  -- its text is everybody's since: an act of the coordination
  publiee_le timestamptz,
  publiee_par text not null default '',
  version integer not null default 1,
  auteur text not null,
  cree_le timestamptz not null,
  modifie_par text not null,
  modifie_le timestamptz not null,
  recherche tsvector generated always as (to_tsvector('concorde_fr'::regconfig, titre || ' ' || reference || ' ' || objet)) stored,
  primary key (contrat_id, id),
  foreign key (contrat_id, remplace_id) references conventions (contrat_id, id),
  check (reconduction_mois is null or fin is not null),
  check ((denoncee_le is null) = (denoncee_motif = '')),
  check (remplace_id <> id)
);
create index conventions_recherche on conventions using gin (recherche);
create index conventions_remplacees on conventions (contrat_id, remplace_id) where remplace_id is not null;
create unique index conventions_une_fois on conventions (contrat_id, nature, porteur_id, lower(titre));
select proteger('conventions');
select signaler('conventions');
select annoter('conventions', '{"traitement": "conventions", "duree": "Durée du contrat", "titre": "Suivi des conventions, protocoles, chartes et arrêtés",
  "finalite": "Savoir ce qui engage qui, jusqu’à quand : signatures, échéances, revues, engagements", "base_legale": "Mission d’intérêt public (article 6, 1, e du RGPD)",
  "personnes": "Signataires pour leur organisation, agents qui tiennent les actes",
  "destinataires": ["Personnes qui travaillent sur le contrat", "Public, pour les actes publiés, sans aucun nom de signataire"]}',
  '{"contrat_id": "technique", "id": "technique", "nature": "technique", "titre": "contenu", "reference": "contenu", "objet": "contenu",
    "porteur_id": "vie_professionnelle", "territoires": "contrat", "systemes": "contrat", "lignes": "contrat", "effet": "contenu", "fin": "contenu",
    "preavis_jours": "contenu", "reconduction_mois": "contenu", "revue_mois": "contenu", "lieu": "contenu", "interdits": "contenu", "jours": "contenu",
    "heure_de": "contenu", "heure_a": "contenu", "saison_de": "contenu", "saison_a": "contenu", "denoncee_le": "contenu", "denoncee_motif": "contenu",
    "remplace_id": "technique", "publiee_le": "technique", "publiee_par": "identite", "version": "technique", "auteur": "identite", "cree_le": "technique",
    "modifie_par": "identite", "modifie_le": "technique", "recherche": "contenu"}');

-- Who is bound by it: an organisation of the directory, or the name of one that is not there; when each signed, and when it left.
create table convention_parties (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  convention_id uuid not null,
  organisation_id text,
  nom text not null default '' check (char_length(nom) <= 200),
  signee_le date,
  retiree_le date check (retiree_le >= signee_le),
  par text not null,
  cree_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id),
  check ((organisation_id is null) <> (nom = ''))
);
create unique index convention_parties_une_fois on convention_parties (contrat_id, convention_id, coalesce(organisation_id, lower(nom))) where retiree_le is null;
create index convention_parties_organisation on convention_parties (contrat_id, organisation_id) where organisation_id is not null;
select proteger('convention_parties');
select signaler('convention_parties');
select annoter('convention_parties', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "convention_id": "technique", "organisation_id": "vie_professionnelle", "nom": "vie_professionnelle",
    "signee_le": "contenu", "retiree_le": "contenu", "par": "identite", "cree_le": "technique"}');

-- Who signs for a party: partners alone read it, and it goes five years after it was written.
create table convention_signataires (
  contrat_id smallint not null,
  partie_id uuid not null,
  nom text not null check (char_length(nom) between 2 and 120),
  fonction text not null default '' check (char_length(fonction) <= 200),
  cree_le timestamptz not null,
  primary key (contrat_id, partie_id),
  foreign key (contrat_id, partie_id) references convention_parties (contrat_id, id)
);
select proteger('convention_signataires');
grant delete on convention_signataires to concorde_application;
select annoter('convention_signataires', '{"traitement": "conventions", "duree": "Cinq ans après que le nom a été écrit", "jours": 1826}',
  '{"contrat_id": "technique", "partie_id": "technique", "nom": "identite", "fonction": "vie_professionnelle", "cree_le": "technique"}');

-- Texts and avenants, in order, written once: a file, its words, or both.
create table convention_versions (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  convention_id uuid not null,
  numero integer not null check (numero > 0),
  genre text not null check (genre in ('texte', 'avenant')),
  resume text not null check (char_length(resume) between 1 and 500),
  signee_le date,
  -- an avenant may move the end
  fin_avant date,
  fin_apres date,
  texte text not null default '' check (char_length(texte) <= 100000),
  fichier_id uuid,
  fichier_nom text not null default '' check (char_length(fichier_nom) <= 200),
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, id),
  unique (contrat_id, convention_id, numero),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id),
  check (texte <> '' or fichier_id is not null),
  check (genre <> 'avenant' or signee_le is not null),
  check ((fichier_id is null) = (fichier_nom = ''))
);
select proteger('convention_versions');
select signaler('convention_versions');
revoke update on convention_versions from concorde_application;
select annoter('convention_versions', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "convention_id": "technique", "numero": "technique", "genre": "technique", "resume": "contenu",
    "signee_le": "contenu", "fin_avant": "contenu", "fin_apres": "contenu", "texte": "contenu", "fichier_id": "technique", "fichier_nom": "contenu",
    "par": "identite", "quand": "technique"}');

-- Reviews that were held, written once.
create table convention_revues (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  convention_id uuid not null,
  tenue_le date not null,
  issue text not null check (issue in ('poursuivre', 'modifier', 'arreter')),
  texte text not null default '' check (char_length(texte) <= 4000),
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, id),
  unique (contrat_id, convention_id, tenue_le),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id)
);
select proteger('convention_revues');
revoke update on convention_revues from concorde_application;
select annoter('convention_revues', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "convention_id": "technique", "tenue_le": "contenu", "issue": "contenu", "texte": "contenu",
    "par": "identite", "quand": "technique"}');

-- What an act makes one of its parties owe, once or every so many months; of a site, its list to check.
create table convention_engagements (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  convention_id uuid not null,
  libelle text not null check (char_length(libelle) between 5 and 500),
  organisation_id text not null,
  du_le date not null,
  tous_les_mois integer check (tous_les_mois between 1 and 120),
  arrete_le date,
  par text not null,
  cree_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id)
);
create index convention_engagements_acte on convention_engagements (contrat_id, convention_id);
select proteger('convention_engagements');
select annoter('convention_engagements', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "convention_id": "technique", "libelle": "contenu", "organisation_id": "vie_professionnelle",
    "du_le": "contenu", "tous_les_mois": "contenu", "arrete_le": "contenu", "par": "identite", "cree_le": "technique"}');

-- Each time that it was done, written once.
create table convention_faits (
  contrat_id smallint not null,
  engagement_id uuid not null,
  -- which of its days
  du_le date not null,
  fait_le date not null,
  preuve text not null default '' check (char_length(preuve) <= 1000),
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, engagement_id, du_le),
  foreign key (contrat_id, engagement_id) references convention_engagements (contrat_id, id)
);
select proteger('convention_faits');
revoke update on convention_faits from concorde_application;
select annoter('convention_faits', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "engagement_id": "technique", "du_le": "contenu", "fait_le": "contenu", "preuve": "contenu", "par": "identite",
    "quand": "technique"}');

create function chercher_conventions(requete text, combien integer) returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query execute $q$
    select c.id from conventions c
    where c.contrat_id = $1 and c.recherche @@ to_tsquery('concorde_fr'::regconfig, $2)
    order by c.modifie_le desc, c.id limit $3 $q$ using concorde_contrat(), requete, combien;
end $$;
revoke execute on function chercher_conventions from public;
grant execute on function chercher_conventions to concorde_application;
