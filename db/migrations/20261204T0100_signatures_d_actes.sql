-- What was said of a signature, in order, written once: noted, confirmed or contested by the party named, corrected, cancelled; by whom, of which organisation.
-- `etat` is where it stands after that; the last one holds. A signature that has none was noted before this was kept.
create table convention_signatures (
  contrat_id smallint not null,
  partie_id uuid not null,
  rang integer not null check (rang > 0),
  acte text not null check (acte in ('notee', 'confirmee', 'contestee', 'corrigee', 'annulee')),
  etat text not null check (etat in ('notee', 'confirmee', 'contestee', 'annulee')),
  -- the day that it says from then on; none once cancelled
  signee_le date,
  -- who signed, or their function, was corrected: the name itself is not kept here
  nom_corrige boolean not null default false,
  motif text not null default '' check (char_length(motif) <= 500),
  par text not null,
  organisation_id text not null,
  quand timestamptz not null,
  primary key (contrat_id, partie_id, rang),
  foreign key (contrat_id, partie_id) references convention_parties (contrat_id, id),
  check ((acte = 'annulee') = (etat = 'annulee')),
  check ((etat = 'annulee') = (signee_le is null))
);
select proteger('convention_signatures');
select signaler('convention_signatures');
revoke update on convention_signatures from concorde_application;
select annoter('convention_signatures', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "partie_id": "technique", "rang": "technique", "acte": "contenu", "etat": "contenu", "signee_le": "contenu",
    "nom_corrige": "technique", "motif": "contenu", "par": "identite", "organisation_id": "vie_professionnelle", "quand": "technique"}');

-- Of an avenant that moved the end of an act renewed by itself: the first end of that run, and the months of each renewal until `fin_avant`.
alter table convention_versions add column fin_premiere date, add column reconduction_avant integer check (reconduction_avant between 1 and 120),
  add check ((fin_premiere is null) = (reconduction_avant is null)), add check (fin_premiere < fin_avant);
select annoter('convention_versions', null, '{"fin_premiere": "contenu", "reconduction_avant": "contenu"}');
