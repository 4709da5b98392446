-- Once a party said that it signed an act, its dates, notice and renewal change when each said so: what is asked of them waits here, with what it found.
create table convention_corrections (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  convention_id uuid not null,
  effet_avant date,
  fin_avant date,
  preavis_avant integer not null,
  reconduction_avant integer,
  effet date,
  fin date check (fin >= effet),
  preavis_jours integer not null check (preavis_jours between 0 and 730),
  reconduction_mois integer check (reconduction_mois between 1 and 120),
  motif text not null check (char_length(motif) between 5 and 500),
  par text not null,
  organisation_id text not null,
  quand timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id),
  check (reconduction_mois is null or fin is not null)
);
create index convention_corrections_acte on convention_corrections (contrat_id, convention_id);
select proteger('convention_corrections');
select signaler('convention_corrections');
revoke update on convention_corrections from concorde_application;
select annoter('convention_corrections', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "convention_id": "technique", "effet_avant": "contenu", "fin_avant": "contenu", "preavis_avant": "contenu",
    "reconduction_avant": "contenu", "effet": "contenu", "fin": "contenu", "preavis_jours": "contenu", "reconduction_mois": "contenu", "motif": "contenu",
    "par": "identite", "organisation_id": "vie_professionnelle", "quand": "technique"}');
alter table convention_paroles drop constraint convention_paroles_genre_check,
  add constraint convention_paroles_genre_check check (genre in ('retrait', 'promesse', 'tenu', 'avenant', 'revue', 'denonciation', 'correction'));
