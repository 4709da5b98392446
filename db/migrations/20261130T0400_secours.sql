-- What an institution wrote in the place of the contract’s own steps of a procedure of help: public, signed by the institution. Each
-- writing is a new version, an empty one gives the contract’s steps back; no person is named here, the journal knows.
create table secours_corrections (
  contrat_id smallint not null references contrats (id),
  demarche text not null check (char_length(demarche) between 1 and 80),
  version integer not null check (version > 0),
  -- one step by line
  etapes text not null check (char_length(etapes) <= 4000),
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, demarche, version)
);
select proteger('secours_corrections', 'public');
revoke update on secours_corrections from concorde_application;
select signaler('secours_corrections');
select annoter('secours_corrections', '{"traitement": "orientation", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "demarche": "technique", "version": "technique",
    "etapes": {"categorie": "contenu", "note": "Publié : le formulaire demande de ne nommer personne"},
    "organisation_id": "vie_professionnelle", "le": "technique"}');

-- Beside it, what partners alone read: conditions, direct lines. The account of public pages has no right here.
create table secours_reserves (
  contrat_id smallint not null,
  demarche text not null,
  version integer not null,
  texte text not null check (char_length(texte) <= 2000),
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, demarche, version),
  foreign key (contrat_id, demarche, version) references secours_corrections (contrat_id, demarche, version)
);
select proteger('secours_reserves');
revoke update on secours_reserves from concorde_application;
select annoter('secours_reserves', '{"traitement": "orientation", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "demarche": "technique", "version": "technique",
    "texte": {"categorie": "contenu", "note": "Lignes directes de services : le formulaire demande de ne nommer personne"},
    "organisation_id": "vie_professionnelle", "le": "technique"}');
