-- Sessions that confidential cells held, as facts: a number for each finished month, told by `seances_de_cellules` and brought here by the partners'
-- plane. No day, no agenda, nobody.
create table cellule_reunions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  genre text not null check (genre ~ '^[a-z-]{2,40}$'),
  territoire_id text not null check (char_length(territoire_id) between 1 and 80),
  -- first day of the month
  mois date not null check (extract(day from mois) = 1),
  nombre integer not null check (nombre > 0),
  primary key (contrat_id, id),
  unique (contrat_id, genre, territoire_id, mois)
);
select proteger('cellule_reunions');
select signaler('cellule_reunions');
grant delete on cellule_reunions to concorde_application;

create view faits_reunions_de_cellules with (security_invoker = true) as
select r.contrat_id, r.id, (r.mois + interval '1 month' - interval '1 day')::date as jour, null::date as fin, r.territoire_id, null::text as organisation_id, null::uuid as lot_id,
  'Réunions d’une cellule, le mois entier' as titre, '{}'::text[] as fiches, '{}'::text[] as lignes,
  r.genre, r.nombre::numeric as reunions
from cellule_reunions r;
grant select on faits_reunions_de_cellules to concorde_application;

select annoter('cellule_reunions', '{"traitement": "cellules", "titre": "Réunions des cellules, par mois", "duree": "Durée du contrat"}',
  '{"contrat_id":"technique","id":"technique","genre":"technique","territoire_id":"technique","mois":"technique","nombre":"contenu"}');
