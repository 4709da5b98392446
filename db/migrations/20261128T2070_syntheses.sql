-- The sentences of a fiche, as its pilot read and validated them: written once, with the digest of the figures that they tell.
create table syntheses (
  contrat_id smallint not null references contrats (id),
  fiche text not null,
  annee smallint not null check (annee between 2000 and 2100),
  territoire_id text not null,
  version integer not null check (version > 0),
  texte text not null check (char_length(texte) between 1 and 6000),
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  -- acteur in whose name it was validated
  organisation_id text not null,
  auteur text not null,
  le timestamptz not null,
  primary key (contrat_id, fiche, annee, territoire_id, version)
);
select proteger('syntheses');
revoke update on syntheses from concorde_application;

select annoter('syntheses', '{"traitement": "bilan", "duree": "Durée du contrat et de son évaluation, puis versement aux archives avec le bilan",
  "titre": "Phrases des fiches validées par leur pilote",
  "finalite": "Dire qui a relu les phrases qu’une fiche montre à tous, et quand",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi et évaluation du contrat local de prévention",
  "personnes": "Agents qui pilotent une fiche",
  "destinataires": ["public, sans le nom de l’auteur", "partenaires du contrat"]}',
  '{"contrat_id": "technique", "fiche": "contrat", "annee": "technique", "territoire_id": "contrat", "version": "technique", "texte": "contenu",
    "empreinte": "technique", "organisation_id": "contrat", "auteur": "identite", "le": "contenu"}');
select signaler('syntheses');
