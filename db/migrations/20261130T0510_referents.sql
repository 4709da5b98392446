-- Who is the contact of a service for a subject, where, from when to when, and who stands in. Lines of a person are for partners.
create table referents (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- code of the contract's list of roles
  role text not null check (char_length(role) <= 60),
  organisation_id text not null,
  territoire_id text not null,
  nom text not null check (char_length(nom) between 2 and 120),
  fonction text not null default '' check (char_length(fonction) <= 200),
  courriel text not null default '' check (char_length(courriel) <= 254),
  telephone text not null default '' check (char_length(telephone) <= 30),
  suppleant_nom text not null default '' check (char_length(suppleant_nom) <= 120),
  suppleant_courriel text not null default '' check (char_length(suppleant_courriel) <= 254),
  suppleant_telephone text not null default '' check (char_length(suppleant_telephone) <= 30),
  debut date not null,
  fin date check (fin >= debut),
  version integer not null default 1,
  cree_le timestamptz not null,
  maj_le timestamptz not null,
  maj_par text not null default '',
  primary key (contrat_id, id)
);
select proteger('referents');
create index referents_par_role on referents (contrat_id, role, territoire_id, debut);
create index referents_qui_finissent on referents (contrat_id, fin) where fin is not null;
select annoter('referents', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "role": "contrat", "organisation_id": "vie_professionnelle", "territoire_id": "contrat", "nom": "identite",
    "fonction": "vie_professionnelle", "courriel": "coordonnees", "telephone": "coordonnees", "suppleant_nom": "identite", "suppleant_courriel": "coordonnees",
    "suppleant_telephone": "coordonnees", "debut": "vie_professionnelle", "fin": "vie_professionnelle", "version": "technique", "cree_le": "technique",
    "maj_le": "technique", "maj_par": "identite"}');
