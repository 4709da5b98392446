-- What is said in the name of a party counts on its own word. Signatures kept who said what; whether it was said by the party is kept with it.
alter table convention_signatures add column par_elle boolean not null default false;
update convention_signatures set par_elle = true where acte in ('confirmee', 'contestee') or etat = 'confirmee';
alter table convention_signatures drop constraint convention_signatures_acte_check,
  -- dates: those of the act, or its object, were corrected after the party had confirmed
  add constraint convention_signatures_acte_check check (acte in ('notee', 'confirmee', 'contestee', 'corrigee', 'dates', 'annulee'));
select annoter('convention_signatures', null, '{"par_elle": "technique"}');

-- The same of everything else: a withdrawal, a promise, what was kept of it, an avenant, a review, a denunciation. Each word is written once, in order; the
-- first says the thing, the last one holds. Nothing is written on the act before the party named said that it is its own.
create table convention_paroles (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  rang integer not null check (rang > 0),
  convention_id uuid not null,
  genre text not null check (genre in ('retrait', 'promesse', 'tenu', 'avenant', 'revue', 'denonciation')),
  -- of what: the party, the promise, the version, the review, the act
  objet_id uuid not null,
  -- in whose name; empty: that of a party that is in no directory, for which nobody answers
  de text not null check (char_length(de) <= 100),
  acte text not null check (acte in ('notee', 'confirmee', 'contestee', 'annulee')),
  etat text not null check (etat in ('notee', 'confirmee', 'contestee', 'annulee')),
  par_elle boolean not null,
  -- the day of the withdrawal, of the end, on which the promise was due
  jour date,
  -- the day it was kept
  fait_le date,
  -- what shows it, why it ends
  texte text not null default '' check (char_length(texte) <= 1000),
  motif text not null default '' check (char_length(motif) <= 500),
  par text not null,
  organisation_id text not null,
  quand timestamptz not null,
  primary key (contrat_id, id, rang),
  foreign key (contrat_id, convention_id) references conventions (contrat_id, id)
);
create index convention_paroles_acte on convention_paroles (contrat_id, convention_id);
create index convention_paroles_objet on convention_paroles (contrat_id, objet_id);
select proteger('convention_paroles');
select signaler('convention_paroles');
revoke update on convention_paroles from concorde_application;
select annoter('convention_paroles', '{"traitement": "conventions", "duree": "Celle de l’acte"}',
  '{"contrat_id": "technique", "id": "technique", "rang": "technique", "convention_id": "technique", "genre": "technique", "objet_id": "technique",
    "de": "vie_professionnelle", "acte": "contenu", "etat": "contenu", "par_elle": "technique", "jour": "contenu", "fait_le": "contenu",
    "texte": "contenu", "motif": "contenu", "par": "identite", "organisation_id": "vie_professionnelle", "quand": "technique"}');

-- Of which organisation, too: empty of what was noted before it was kept.
alter table convention_revues add column organisation_id text not null default '';
alter table convention_faits add column organisation_id text not null default '';
select annoter('convention_revues', null, '{"organisation_id": "vie_professionnelle"}');
select annoter('convention_faits', null, '{"organisation_id": "vie_professionnelle"}');

-- A signed copy bears names and signatures: everybody is given only the files that were chosen.
alter table conventions add column fichiers_publics uuid[] not null default '{}' check (cardinality(fichiers_publics) <= 200);
select annoter('conventions', '{"traitement": "conventions", "duree": "Durée du contrat", "titre": "Suivi des conventions, protocoles, chartes et arrêtés",
  "finalite": "Savoir ce qui engage qui, jusqu’à quand : signatures, échéances, revues, engagements", "base_legale": "Mission d’intérêt public (article 6, 1, e du RGPD)",
  "personnes": "Signataires pour leur organisation, agents qui tiennent les actes",
  "destinataires": ["Personnes qui travaillent sur le contrat", "Public, pour les actes publiés : parties, dates, textes collés, et les seuls fichiers que la coordination choisit"]}',
  '{"fichiers_publics": "technique"}');
