-- The same fact written twice is one alert: the second points to the first, which alone counts.
alter table alertes add column doublon_de uuid;
alter table alertes add constraint alertes_doublon_de foreign key (contrat_id, doublon_de) references alertes (contrat_id, id);
alter table alertes add constraint alertes_doublon_d_une_autre check (doublon_de <> id and (issue is not distinct from 'doublon') = (doublon_de is not null));
create index alertes_doublons on alertes (contrat_id, doublon_de) where doublon_de is not null;
-- Brawls are read by the moment of the fact.
create index rixes_survenues on alertes (contrat_id, debut) where survenue and diffusee_le is not null and not exercice;

create or replace view faits_alertes with (security_invoker = true) as
select contrat_id, id, (diffusee_le at time zone (select c.fuseau from contrats c where c.id = a.contrat_id))::date as jour, null::date as fin,
  territoire_id, null::text as organisation_id, null::uuid as lot_id, 'Alerte'::text as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  palier, genre, issue, survenue
from alertes a
where diffusee_le is not null and not exercice and doublon_de is null;

-- A brawl is of the day when it took place, whenever it was written.
create view faits_rixes with (security_invoker = true) as
select contrat_id, id, (debut at time zone (select c.fuseau from contrats c where c.id = a.contrat_id))::date as jour, null::date as fin,
  territoire_id, null::text as organisation_id, null::uuid as lot_id, 'Rixe'::text as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  palier, genre
from alertes a
where survenue and diffusee_le is not null and not exercice and doublon_de is null;
grant select on faits_rixes to concorde_application;

-- A proposal is settled by the alert that it became.
alter table tension_propositions add column alerte_id uuid;
alter table tension_propositions add constraint tension_propositions_alerte foreign key (contrat_id, alerte_id) references alertes (contrat_id, id);
alter table tension_propositions add constraint tension_propositions_soldee_par_son_alerte check ((etat = 'alerte') = (alerte_id is not null)) not valid;

-- Since when a slot has lost its substitute, who left the list.
alter table astreintes add column suppleant_parti_le timestamptz;

-- Holes of a week-end, told once: by the week-end, not by the day on which the server happened to be awake.
create table alerte_trous_dits (
  contrat_id smallint not null references contrats (id),
  fin_de_semaine date not null,
  dit_le timestamptz not null,
  trous integer not null check (trous >= 0),
  lettres integer not null check (lettres >= 0),
  primary key (contrat_id, fin_de_semaine)
);
select proteger('alerte_trous_dits');
revoke update on alerte_trous_dits from concorde_application;

select annoter('alertes', null, '{"doublon_de": "contenu"}');
select annoter('tension_propositions', null, '{"alerte_id": "contenu"}');
select annoter('astreintes', null, '{"suppleant_parti_le": "vie_professionnelle"}');
select annoter('alerte_trous_dits', '{"traitement": "alertes", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "fin_de_semaine": "contenu", "dit_le": "technique", "trous": "contenu", "lettres": "contenu"}');
