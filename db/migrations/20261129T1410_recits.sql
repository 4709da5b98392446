-- A narrative by parts, beside the version of the contribution whose `texte` says them all: what its form shows again, part by part.
create table valeur_recits (
  contrat_id smallint not null references contrats (id),
  valeur_id uuid not null,
  faits text not null check (char_length(faits) <= 8000),
  difficultes text not null check (char_length(difficultes) <= 5000),
  perspectives text not null check (char_length(perspectives) <= 5000),
  -- addresses of records or pages, one a line
  appuis text not null check (char_length(appuis) <= 4000),
  redacteur text not null,
  signataire text not null,
  institution text not null,
  signe_le date not null,
  primary key (contrat_id, valeur_id)
);
select proteger('valeur_recits');
revoke update on valeur_recits from concorde_application;

select annoter('valeur_recits', '{"traitement": "indicateurs", "duree": "Celle de la contribution dont il donne les parties"}',
  '{"contrat_id": "technique", "valeur_id": "technique", "faits": "contenu", "difficultes": "contenu", "perspectives": "contenu", "appuis": "contenu",
    "redacteur": {"categorie": "contenu", "note": "Fonction, jamais un nom"}, "signataire": {"categorie": "contenu", "note": "Fonction, jamais un nom"},
    "institution": "contenu", "signe_le": "contenu"}');
