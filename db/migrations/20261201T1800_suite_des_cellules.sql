-- Sessions of a cell, reads out of turn (in emergency, or of what is closed), rights of people, and the texts that were signed (decision 48).
-- As before, nothing here names a person whose situation is examined.

-- Each text that somebody signed or that was in force: what changed between two of them is told from here.
create table nominatif.cellule_chartes (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  version text not null check (char_length(version) between 1 and 40),
  texte jsonb not null check (octet_length(texte::text) between 2 and 60000),
  le timestamptz not null,
  primary key (contrat_id, cellule_id, empreinte),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_chartes', 'nominatif');
revoke update on nominatif.cellule_chartes from concorde_nominatif;

create table nominatif.cellule_seances (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  jour date not null,
  heure text not null check (heure ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  -- who opens it, opens and closes each item, and closes it
  preside_id uuid not null,
  -- by whom it was called
  membre_id uuid not null,
  ouverte_le timestamptz,
  close_le timestamptz,
  creee_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id),
  foreign key (contrat_id, preside_id) references nominatif.cellule_membres (contrat_id, id),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id),
  check (close_le is null or ouverte_le is not null)
);
create index cellule_seances_de on nominatif.cellule_seances (contrat_id, cellule_id, jour desc);
select proteger('nominatif.cellule_seances', 'nominatif');

create table nominatif.cellule_points (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  situation_id uuid not null,
  rang smallint not null check (rang between 1 and 200),
  membre_id uuid not null,
  ouvert_le timestamptz,
  clos_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, seance_id, situation_id),
  foreign key (contrat_id, seance_id) references nominatif.cellule_seances (contrat_id, id),
  foreign key (contrat_id, situation_id) references nominatif.situations (contrat_id, id),
  check (clos_le is null or ouvert_le is not null)
);
-- One item is open at a time.
create unique index cellule_points_un_ouvert on nominatif.cellule_points (contrat_id, seance_id) where ouvert_le is not null and clos_le is null;
create index cellule_points_de on nominatif.cellule_points (contrat_id, situation_id);
select proteger('nominatif.cellule_points', 'nominatif');
grant delete on nominatif.cellule_points to concorde_nominatif;

-- Each attests of their own presence, and of their own departure.
create table nominatif.cellule_presences (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  membre_id uuid not null,
  le timestamptz not null,
  parti_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references nominatif.cellule_seances (contrat_id, id),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id)
);
create unique index cellule_presences_une_fois on nominatif.cellule_presences (contrat_id, seance_id, membre_id) where parti_le is null;
select proteger('nominatif.cellule_presences', 'nominatif');

-- A read that neither the list of those named nor a session opens: `secours` is granted by somebody of another institution and reviewed
-- afterwards, `archive` is the reason of who was named for a situation that is closed. Both end by themselves.
create table nominatif.situation_acces (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  situation_id uuid not null,
  numero integer not null check (numero > 0),
  genre text not null check (genre in ('secours', 'archive')),
  membre_id uuid not null,
  motif text not null check (motif ~ '^[a-z-]{2,40}$'),
  demande_le timestamptz not null,
  accorde_par uuid,
  accorde_le timestamptz,
  refuse_le timestamptz,
  expire_le timestamptz not null check (expire_le > demande_le),
  revu_par uuid,
  revu_le timestamptz,
  avis text check (avis in ('fonde', 'infonde')),
  -- who should review it was told of the delay
  relance boolean not null default false,
  primary key (contrat_id, id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id),
  check (accorde_par is distinct from membre_id or genre = 'archive'),
  check ((accorde_par is null) = (accorde_le is null)),
  check ((revu_par is null) = (avis is null) and (revu_le is null) = (avis is null)),
  check (genre = 'secours' or avis is null)
);
create index situation_acces_de on nominatif.situation_acces (contrat_id, situation_id, membre_id);
create index situation_acces_de_cellule on nominatif.situation_acces (contrat_id, cellule_id, demande_le desc);
select proteger('nominatif.situation_acces', 'nominatif');
grant delete on nominatif.situation_acces to concorde_nominatif;

-- What a person, or their parents, asked for; answered within a month (GDPR, article 12.3). Kept a year after the answer.
create table nominatif.situation_demandes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  situation_id uuid not null,
  numero integer not null check (numero > 0),
  droit text not null check (droit in ('acces', 'rectification', 'opposition', 'effacement')),
  qui text not null check (qui in ('personne', 'parents')),
  membre_id uuid not null,
  recue_le date not null,
  avant_le date not null check (avant_le > recue_le),
  prolongee boolean not null default false,
  reponse text check (reponse in ('accueillie', 'refusee')),
  -- legal ground of a refusal, from the charter's list
  motif text check (motif ~ '^[a-z-]{2,40}$'),
  repondue_le date check (repondue_le >= recue_le),
  relance boolean not null default false,
  primary key (contrat_id, id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id),
  check ((reponse is null) = (repondue_le is null)),
  check ((reponse is not distinct from 'refusee') = (motif is not null))
);
create index situation_demandes_de on nominatif.situation_demandes (contrat_id, cellule_id, avant_le);
select proteger('nominatif.situation_demandes', 'nominatif');
grant delete on nominatif.situation_demandes to concorde_nominatif;

-- By which right it was read: named for it, present at its item, in emergency, a reason for what is closed.
alter table nominatif.situation_lectures
  add column titre text not null default 'designe' check (titre in ('designe', 'present', 'projection', 'secours', 'archive')),
  add column seance_id uuid,
  add column motif text check (motif ~ '^[a-z-]{2,40}$');
alter table nominatif.cellule_compteurs
  drop constraint cellule_compteurs_quoi_check,
  add constraint cellule_compteurs_quoi_check check (quoi in ('recues', 'recevables', 'examinees', 'suivies', 'closes', 'orientations', 'accuses', 'issues',
    'detruites', 'seances', 'secours', 'droits'));

-- The folder of fragments is known by a witness file: without it, another folder (a volume that is not mounted) would look like a trousseau
-- whose every situation was destroyed.
create table nominatif.trousseaux (
  contrat_id smallint not null references contrats (id),
  temoin bytea not null check (octet_length(temoin) = 32),
  cree_le timestamptz not null,
  primary key (contrat_id)
);
select proteger('nominatif.trousseaux', 'nominatif');
revoke update on nominatif.trousseaux from concorde_nominatif;

-- Keys that left, closed by the one in force, as long as a box could not be closed again under it.
create table nominatif.cellule_cles (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  epoque integer not null check (epoque > 0),
  boite bytea not null check (octet_length(boite) between 60 and 200),
  primary key (contrat_id, cellule_id, epoque),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_cles', 'nominatif');
grant delete on nominatif.cellule_cles to concorde_nominatif;

-- How many names each seat looked for, day by day: shown to the cell, and bounded.
create table nominatif.cellule_recherches (
  contrat_id smallint not null references contrats (id),
  membre_id uuid not null,
  jour date not null,
  nombre integer not null check (nombre > 0),
  primary key (contrat_id, membre_id, jour),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id)
);
select proteger('nominatif.cellule_recherches', 'nominatif');
grant delete on nominatif.cellule_recherches to concorde_nominatif;

alter table nominatif.cellule_membres
  -- what only the cell's key makes of a member and their public key: another public key is not sealed to
  add column sceau bytea check (octet_length(sceau) = 32),
  -- the pair that a lost phrase left, until the key is passed again: found again, that phrase still opens
  add column ancienne_publique bytea check (octet_length(ancienne_publique) = 32),
  add column ancienne_enfermee bytea check (octet_length(ancienne_enfermee) between 60 and 200),
  add column ancienne_boite bytea check (octet_length(ancienne_boite) between 60 and 200);
-- Whether a follow-up was decided, which no state says once it is closed.
alter table nominatif.situations add column suivie_le date;
alter table nominatif.situation_informations
  add column rang bigint generated always as identity,
  add column relance boolean not null default false;
grant update (relance) on nominatif.situation_informations to concorde_nominatif;

-- Those of these accounts that are open, with a mandate in force as member of a cell: the others have left, whatever their seat says.
create function comptes_de_cellule(ids uuid[])
returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select c.id from public.comptes c
    where c.contrat_id = public.exiger_un_contrat() and c.id = any(ids) and c.ferme_le is null
      and exists (select from public.mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.role = 'membre_cellule'
        and m.debut <= current_date and (m.fin is null or m.fin >= current_date));
end $$;
-- Those of these accounts that are open, whatever they do: who may be told of something.
create function comptes_ouverts(ids uuid[])
returns table (id uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.id from public.comptes c where c.contrat_id = public.exiger_un_contrat() and c.id = any(ids) and c.ferme_le is null;
end $$;
revoke execute on function comptes_de_cellule, comptes_ouverts from public;
grant execute on function comptes_de_cellule, comptes_ouverts to concorde_nominatif;

-- What crosses from the cells to the figures: numbers of past months, by kind of cell, place and year. From one to four people is told by null: such a
-- number leaves the plane for nobody. Nothing leads from a number back to what it counted.
create function nombres_de_cellules()
returns table (genre text, territoire_id text, annee text, quoi text, nombre integer)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select c.genre, c.territoire_id, left(k.mois, 4), k.quoi, case when sum(k.nombre) >= 5 or k.quoi = 'seances' then sum(k.nombre)::integer end
    from nominatif.cellule_compteurs k
    join nominatif.cellules c on c.contrat_id = k.contrat_id and c.id = k.cellule_id
    where k.contrat_id = public.exiger_un_contrat() and k.mois < to_char(now(), 'YYYY-MM')
    group by 1, 2, 3, 4;
end $$;
revoke execute on function nombres_de_cellules from public;
grant execute on function nombres_de_cellules to concorde_application, concorde_nominatif;

do $$
declare t record;
begin
  for t in select * from (values
    ('cellule_chartes', 'Textes des chartes', 'Durée du contrat', '{"contrat_id":"technique","cellule_id":"technique","empreinte":"technique","version":"contenu","texte":"contenu","le":"technique"}'),
    ('cellule_seances', 'Séances des cellules', 'Durée du contrat', '{"contrat_id":"technique","id":"technique","cellule_id":"technique","jour":"technique","heure":"technique","preside_id":"pseudonyme","membre_id":"pseudonyme","ouverte_le":"technique","close_le":"technique","creee_le":"technique"}'),
    ('cellule_points', 'Situations inscrites en séance', 'Jusqu’à la date de destruction de la situation', '{"contrat_id":"technique","id":"technique","seance_id":"technique","situation_id":"pseudonyme","rang":"technique","membre_id":"pseudonyme","ouvert_le":"technique","clos_le":"technique"}'),
    ('cellule_presences', 'Présents des séances de cellule', 'Durée du contrat', '{"contrat_id":"technique","id":"technique","seance_id":"technique","membre_id":"pseudonyme","le":"technique","parti_le":"technique"}'),
    ('situation_acces', 'Lectures d’urgence et d’archive', '12 mois', '{"contrat_id":"technique","id":"technique","cellule_id":"technique","situation_id":"pseudonyme","numero":"pseudonyme","genre":"technique","membre_id":"pseudonyme","motif":"contenu","demande_le":"technique","accorde_par":"pseudonyme","accorde_le":"technique","refuse_le":"technique","expire_le":"technique","revu_par":"pseudonyme","revu_le":"technique","avis":"contenu","relance":"technique"}'),
    ('situation_demandes', 'Demandes de droits', '12 mois après la réponse', '{"contrat_id":"technique","id":"technique","cellule_id":"technique","situation_id":"pseudonyme","numero":"pseudonyme","droit":"contenu","qui":"contenu","membre_id":"pseudonyme","recue_le":"technique","avant_le":"technique","prolongee":"technique","reponse":"contenu","motif":"contenu","repondue_le":"technique","relance":"technique"}'),
    ('trousseaux', 'Témoin du trousseau', 'Durée du contrat', '{"contrat_id":"technique","temoin":"technique","cree_le":"technique"}'),
    ('cellule_cles', 'Anciennes clés de cellule', 'Jusqu’à la destruction de ce qu’elles ouvrent', '{"contrat_id":"technique","cellule_id":"technique","epoque":"technique","boite":"authentification"}'),
    ('cellule_recherches', 'Recherches avant d’entrer', '12 mois', '{"contrat_id":"technique","membre_id":"pseudonyme","jour":"technique","nombre":"technique"}'),
    ('cellule_membres', null, null, '{"sceau":"authentification","ancienne_publique":"authentification","ancienne_enfermee":"authentification","ancienne_boite":"authentification"}'),
    ('situations', null, null, '{"suivie_le":"contenu"}'),
    ('situation_informations', null, null, '{"rang":"technique","relance":"technique"}'),
    ('situation_lectures', null, null, '{"titre":"technique","seance_id":"technique","motif":"contenu"}')
  ) as v (nom, titre, duree, colonnes)
  loop
    perform annoter(('nominatif.' || t.nom)::regclass,
      case when t.titre is not null then jsonb_build_object('traitement', 'cellules', 'titre', t.titre, 'duree', t.duree) end, t.colonnes::jsonb);
  end loop;
end $$;

-- For the fictive cell of a demonstration, as the owner alone: the account of a fictive person.
create function compte_fictif(contrat smallint, adresse text) returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
  select c.id from public.comptes c where c.contrat_id = contrat and c.courriel = adresse and c.demonstration
$$;
revoke execute on function compte_fictif from public;
