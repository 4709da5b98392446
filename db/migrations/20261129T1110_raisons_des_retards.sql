-- Why a figure is late, in the words of the institution that owes it, and for when it says it will come: public, signed by the institution.
-- Each word is a new version; an empty one takes the former back. Nothing is overwritten, and no person is named here: the journal knows.
create table retard_raisons (
  contrat_id smallint not null,
  echeance_id uuid not null,
  version integer not null check (version > 0),
  motif text not null check (motif = '' or char_length(motif) between 10 and 600),
  attendu_le date check (attendu_le is null or motif <> ''),
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, echeance_id, version),
  foreign key (contrat_id, echeance_id) references echeances (contrat_id, id)
);
select proteger('retard_raisons');
revoke update on retard_raisons from concorde_application;
select annoter('retard_raisons', '{"traitement": "echeances", "duree": "Celle de l’échéance"}',
  '{"contrat_id": "technique", "echeance_id": "technique", "version": "technique",
    "motif": {"categorie": "contenu", "note": "Publié : le formulaire demande de ne nommer personne"},
    "attendu_le": "contenu", "organisation_id": "vie_professionnelle", "le": "technique"}');
select signaler('retard_raisons');
-- The public page says how often the institution was reminded.
select signaler('echeance_rappels');
