-- How a debtor counts a figure, and what the figure does not say: from a period on, in versions. Nothing is overwritten: a correction is the
-- next version from the same day; a method that changes begins at the period that it counts first.
create table methodes (
  contrat_id smallint not null references contrats (id),
  mesure_id text not null,
  debiteur text not null,
  -- the place of a debtor found in each of them; the whole contract for any other
  territoire_id text not null,
  -- first day of the period that it counts first
  depuis date not null,
  version integer not null check (version > 0),
  methode text not null check (char_length(methode) <= 600),
  limites text not null check (char_length(limites) <= 600),
  par text not null,
  -- null: by a link, without an account
  par_id uuid,
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, mesure_id, debiteur, territoire_id, depuis, version)
);
select proteger('methodes');
revoke update on methodes from concorde_application;
select signaler('methodes');
select annoter('methodes', '{"traitement": "indicateurs", "titre": "Notes de méthode des chiffres", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "mesure_id": "contrat", "debiteur": "contrat", "territoire_id": "contrat", "depuis": "contrat", "version": "technique",
    "methode": "contenu", "limites": "contenu", "par": "identite", "par_id": "pseudonyme", "organisation_id": "vie_professionnelle", "le": "technique"}');
