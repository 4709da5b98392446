-- Letterheads: what the papers of an organisation say at their head, in one territory.
create table entetes (
  contrat_id smallint not null,
  organisation_id text not null,
  territoire_id text not null,
  nom text not null check (char_length(nom) between 2 and 200),
  adresse text not null default '' check (char_length(adresse) <= 500),
  telephone text not null default '' check (char_length(telephone) <= 40),
  courriel text not null default '' check (char_length(courriel) <= 254),
  -- « Fait à … »
  lieu text not null default '' check (char_length(lieu) <= 100),
  -- id of `fichiers`: papers already frozen keep theirs
  logo_id uuid,
  logo_alt text not null default '' check (char_length(logo_alt) <= 200),
  version integer not null default 1,
  modifie_par text not null,
  modifie_le timestamptz not null,
  primary key (contrat_id, organisation_id, territoire_id),
  check (logo_id is null or logo_alt <> '')
);
select proteger('entetes');
revoke delete on entetes from concorde_application;
select annoter('entetes', '{"traitement": "instances", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "organisation_id": "contrat", "territoire_id": "contrat", "nom": "contenu", "adresse": "contenu",
    "telephone": "contenu", "courriel": "contenu", "lieu": "contenu", "logo_id": "technique", "logo_alt": "contenu", "version": "technique",
    "modifie_par": "identite", "modifie_le": "technique"}');
