-- What people write in a bilan: its essential and a comment for each fiche. Written once: a new version is a new line, the last one is read.
create table bilan_textes (
  contrat_id smallint not null references contrats (id),
  annee smallint not null check (annee between 2000 and 2100),
  territoire_id text not null,
  -- number of the fiche; empty: the essential of the whole document
  fiche text not null default '',
  version integer not null check (version > 0),
  texte text not null check (char_length(texte) <= 6000),
  auteur text not null,
  fonction text not null,
  le timestamptz not null,
  primary key (contrat_id, annee, territoire_id, fiche, version)
);
select proteger('bilan_textes');
revoke update on bilan_textes from concorde_application;

select annoter('bilan_textes', '{"traitement": "bilan", "duree": "Durée du contrat et de son évaluation, puis versement aux archives avec le bilan",
  "titre": "Textes du bilan",
  "finalite": "Commenter chaque année les chiffres du contrat ou d’un territoire, avec l’auteur et la date de chaque version",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi et évaluation du contrat local de prévention",
  "personnes": "Agents qui rédigent le bilan",
  "destinataires": ["public, sans le nom de l’auteur", "partenaires du contrat"]}',
  '{"contrat_id": "technique", "annee": "technique", "territoire_id": "contrat", "fiche": "contrat", "version": "technique", "texte": "contenu",
    "auteur": "identite", "fonction": "vie_professionnelle", "le": "contenu"}');
select signaler('bilan_textes');
