-- When somebody checked a number of help and its hours, for which institution and how: public, no person is named here, the journal knows. Version 0: known
-- from the contract’s file, and checked by nobody.
create table secours_verifications (
  contrat_id smallint not null references contrats (id),
  numero text not null check (char_length(numero) between 1 and 80),
  version integer not null check (version >= 0),
  le date not null,
  organisation_id text,
  -- its name on that day
  par text not null default '' check (char_length(par) <= 200),
  moyen text check (moyen in ('appel', 'page')),
  -- false: what the file says of it is no more true
  juste boolean,
  primary key (contrat_id, numero, version),
  check ((version = 0) = (organisation_id is null) and (version = 0) = (moyen is null) and (version = 0) = (juste is null))
);
select proteger('secours_verifications', 'public');
revoke update on secours_verifications from concorde_application;
-- A number that the file no longer has is owed no more.
grant delete on secours_verifications to concorde_application;
select signaler('secours_verifications');
select annoter('secours_verifications', '{"traitement": "orientation", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "numero": "technique", "version": "technique", "le": "technique", "organisation_id": "vie_professionnelle",
    "par": {"categorie": "vie_professionnelle", "note": "Nom d’institution"}, "moyen": "technique", "juste": "technique"}');
