-- What a crisis sets going: means, centres and their counts, state of services, situation reports, exercises, lessons. Numbers only: nothing
-- here names who is helped (decision 47). Who did what is also in the main courante, in the same transaction.

-- How many of a means there are, as its keeper says; what is out of it is counted from requests, under the lock of this row.
create table crise_stocks (
  contrat_id smallint not null references contrats (id),
  moyen text not null check (moyen ~ '^[a-z0-9-]{2,40}$'),
  -- null: nobody has said
  total smallint check (total between 0 and 1000),
  dit_par text not null default '' check (char_length(dit_par) <= 200),
  dit_le timestamptz,
  primary key (contrat_id, moyen),
  check ((total is null) = (dit_le is null))
);
select proteger('crise_stocks');

create table crise_moyens (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  numero smallint not null check (numero > 0),
  moyen text not null check (moyen ~ '^[a-z0-9-]{2,40}$'),
  nombre smallint not null check (nombre between 1 and 200),
  lieu text not null check (char_length(lieu) between 2 and 200),
  demandeur_id text not null check (char_length(demandeur_id) between 1 and 60),
  etat text not null check (etat in ('demande', 'accorde', 'refuse', 'retire', 'en_route', 'sur_place', 'rendu')),
  etat_le timestamptz not null,
  primary key (contrat_id, id),
  unique (contrat_id, crise_id, numero),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
create index crise_moyens_dehors on crise_moyens (contrat_id, moyen) where etat in ('accorde', 'en_route', 'sur_place');
select proteger('crise_moyens');
revoke update on crise_moyens from concorde_application;
grant update (etat, etat_le) on crise_moyens to concorde_application;

create table crise_moyen_etats (
  contrat_id smallint not null,
  demande_id uuid not null,
  rang smallint not null check (rang > 0),
  etat text not null check (etat in ('demande', 'accorde', 'refuse', 'retire', 'en_route', 'sur_place', 'rendu')),
  motif text not null default '' check (char_length(motif) <= 300),
  par text not null check (char_length(par) between 1 and 200),
  organisation_id text not null check (char_length(organisation_id) between 1 and 60),
  le timestamptz not null,
  primary key (contrat_id, demande_id, rang),
  foreign key (contrat_id, demande_id) references crise_moyens (contrat_id, id),
  check (etat <> 'refuse' or motif <> '')
);
select proteger('crise_moyen_etats');
revoke update on crise_moyen_etats from concorde_application;

create table crise_centres (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  genre text not null check (genre ~ '^[a-z0-9-]{2,40}$'),
  -- inside another centre
  parent_id uuid,
  nom text not null check (char_length(nom) between 2 and 120),
  adresse text not null check (char_length(adresse) between 2 and 200),
  territoire_id text not null check (char_length(territoire_id) between 1 and 60),
  capacite smallint not null check (capacite between 1 and 20000),
  etat text not null check (etat in ('prevu', 'ouvert', 'ferme')),
  ouvert_le timestamptz,
  ferme_le timestamptz check (ferme_le >= ouvert_le),
  cree_par text not null check (char_length(cree_par) between 1 and 200),
  cree_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  foreign key (contrat_id, parent_id) references crise_centres (contrat_id, id),
  check (etat <> 'ouvert' or (ouvert_le is not null and ferme_le is null)),
  check ((etat = 'ferme') = (ferme_le is not null))
);
create index crise_centres_de on crise_centres (contrat_id, crise_id);
select proteger('crise_centres');
revoke update on crise_centres from concorde_application;
grant update (etat, ouvert_le, ferme_le, capacite) on crise_centres to concorde_application;

-- One touch of a desk: its device names it, so that what is sent twice is there once. What is undone is another line, of the opposite number.
create table crise_comptages (
  contrat_id smallint not null,
  id uuid not null,
  centre_id uuid not null,
  guichet text not null check (guichet ~ '^[A-Z0-9]{1,6}$'),
  quoi text not null check (quoi in ('arrivee', 'depart', 'besoin')),
  code text not null default '' check (code ~ '^[a-z0-9-]{0,40}$'),
  nombre smallint not null check (nombre <> 0 and nombre between -50 and 50),
  annule uuid,
  -- by the clock of the device, then by the server's
  dit_le timestamptz not null,
  recu_le timestamptz not null,
  par_id uuid not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, centre_id) references crise_centres (contrat_id, id),
  foreign key (contrat_id, annule) references crise_comptages (contrat_id, id),
  check ((annule is null) = (nombre > 0)),
  check ((quoi = 'depart') = (code = ''))
);
create unique index crise_comptages_annules on crise_comptages (contrat_id, annule) where annule is not null;
create index crise_comptages_de on crise_comptages (contrat_id, centre_id, recu_le) include (quoi, code, nombre);
select proteger('crise_comptages');
revoke update on crise_comptages from concorde_application;

create table crise_services (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  service text not null check (service ~ '^[a-z0-9-]{2,40}$'),
  -- one place of it; '' for the whole service there
  lieu text not null default '' check (char_length(lieu) <= 120),
  territoire_id text not null check (char_length(territoire_id) between 1 and 60),
  etat text not null check (etat in ('normal', 'degrade', 'ferme', 'renforce')),
  -- since when it is so, as said
  depuis timestamptz not null,
  dit_par text not null check (char_length(dit_par) between 1 and 60),
  note text not null default '' check (char_length(note) <= 300),
  par text not null check (char_length(par) between 1 and 200),
  le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
create index crise_services_de on crise_services (contrat_id, crise_id, service, territoire_id, lieu, le desc);
select proteger('crise_services');
revoke update on crise_services from concorde_application;

-- How often a situation report is due, from when; the last one holds.
create table crise_rythmes (
  contrat_id smallint not null,
  crise_id uuid not null,
  rang smallint not null check (rang > 0),
  minutes smallint not null check (minutes between 5 and 1440),
  par text not null check (char_length(par) between 1 and 200),
  le timestamptz not null,
  primary key (contrat_id, crise_id, rang),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
select proteger('crise_rythmes');
revoke update on crise_rythmes from concorde_application;

create table crise_points (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  numero smallint not null check (numero > 0),
  du timestamptz not null,
  au timestamptz not null check (au >= du),
  -- what was known between these two instants, as it was read then
  contenu jsonb not null check (octet_length(contenu::text) <= 2000000),
  synthese text not null default '' check (char_length(synthese) <= 4000),
  redige_par text not null check (char_length(redige_par) between 1 and 200),
  redige_le timestamptz not null,
  signe_par text check (char_length(signe_par) between 1 and 200),
  signe_fonction text check (char_length(signe_fonction) <= 200),
  signe_le timestamptz,
  version integer not null default 1 check (version > 0),
  primary key (contrat_id, id),
  unique (contrat_id, crise_id, numero),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  check ((signe_le is null) = (signe_par is null))
);
create unique index crise_points_en_cours on crise_points (contrat_id, crise_id) where signe_le is null;
select proteger('crise_points');
revoke update on crise_points from concorde_application;
grant update (du, au, contenu, synthese, redige_par, redige_le, signe_par, signe_fonction, signe_le, version) on crise_points to concorde_application;

create table exercices (
  contrat_id smallint not null,
  crise_id uuid not null,
  scenario text not null check (scenario ~ '^[a-z0-9-]{2,40}$'),
  -- record of the register of establishments
  etablissement_id uuid,
  population smallint not null default 0 check (population between 0 and 20000),
  population_ou text not null default '' check (char_length(population_ou) <= 200),
  -- the clock of the exercise: minutes since it began, without those during which it was stopped
  depart_le timestamptz,
  pause_le timestamptz,
  pauses_s integer not null default 0 check (pauses_s >= 0),
  fin_le timestamptz,
  primary key (contrat_id, crise_id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  check (depart_le is not null or (pause_le is null and fin_le is null)),
  check ((population = 0) = (population_ou = ''))
);
select proteger('exercices');
revoke update on exercices from concorde_application;
grant update (depart_le, pause_le, pauses_s, fin_le) on exercices to concorde_application;

create table exercice_injects (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  rang smallint not null check (rang > 0),
  minute smallint not null check (minute between 0 and 2880),
  destinataire_id text not null check (char_length(destinataire_id) between 1 and 60),
  titre text not null check (char_length(titre) between 2 and 120),
  texte text not null check (char_length(texte) between 2 and 1000),
  attendu text not null check (char_length(attendu) between 2 and 500),
  traite_le timestamptz,
  -- minutes of the exercise at which it was
  traite_minute smallint,
  traite_par text check (char_length(traite_par) between 1 and 200),
  organisation_id text check (char_length(organisation_id) between 1 and 60),
  suite text check (char_length(suite) between 2 and 1000),
  primary key (contrat_id, id),
  unique (contrat_id, crise_id, rang),
  foreign key (contrat_id, crise_id) references exercices (contrat_id, crise_id),
  check ((traite_le is null) = (traite_par is null) and (traite_le is null) = (suite is null) and (traite_le is null) = (traite_minute is null))
);
select proteger('exercice_injects');
revoke update on exercice_injects from concorde_application;
grant update (traite_le, traite_minute, traite_par, organisation_id, suite) on exercice_injects to concorde_application;

create function nature_d_exercice() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- A room that is not there, or not of this contract, is refused by its key.
  if exists (select from crises c where c.contrat_id = new.contrat_id and c.id = new.crise_id and not c.exercice) then
    raise exception 'une crise réelle n’a pas de scénario' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
revoke execute on function nature_d_exercice from public;
create trigger nature before insert on exercices for each row execute function nature_d_exercice();

-- What was learnt: two times, each signed once.
create table crise_retex (
  contrat_id smallint not null,
  crise_id uuid not null,
  temps text not null check (temps in ('chaud', 'froid')),
  synthese text not null check (char_length(synthese) between 10 and 6000),
  participants smallint not null check (participants between 1 and 2000),
  tenu_le date not null,
  signe_par text not null check (char_length(signe_par) between 1 and 200),
  signe_le timestamptz not null,
  primary key (contrat_id, crise_id, temps),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
select proteger('crise_retex');
revoke update on crise_retex from concorde_application;

create table retex_constats (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  crise_id uuid not null,
  temps text not null check (temps in ('chaud', 'froid')),
  nature text not null check (nature in ('fort', 'ameliorer')),
  texte text not null check (char_length(texte) between 3 and 1000),
  -- what is done of it
  decision_id uuid,
  par text not null check (char_length(par) between 1 and 200),
  organisation_id text not null check (char_length(organisation_id) between 1 and 60),
  le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  check ((nature = 'ameliorer') = (decision_id is not null))
);
create index retex_constats_de on retex_constats (contrat_id, crise_id);
select proteger('retex_constats');
revoke update on retex_constats from concorde_application;

-- Neither a crisis nor an exercise is archived before both times of its lessons are signed.
create function archiver_avec_retex() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select count(*) from crise_retex r where r.contrat_id = new.contrat_id and r.crise_id = new.id) < 2 then
    raise exception 'le retour d’expérience à chaud et à froid précède l’archivage' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
revoke execute on function archiver_avec_retex from public;
create trigger retex_avant_archive before update of etat on crises for each row
  when (new.etat = 'archivee' and old.etat <> 'archivee') execute function archiver_avec_retex();

select annoter('crise_stocks', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "moyen": "contrat", "total": "contenu", "dit_par": "identite", "dit_le": "contenu"}');
select annoter('crise_moyens', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "numero": "technique", "moyen": "contrat", "nombre": "contenu", "lieu": "contenu",
    "demandeur_id": "contrat", "etat": "contenu", "etat_le": "contenu"}');
select annoter('crise_moyen_etats', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "demande_id": "technique", "rang": "technique", "etat": "contenu", "motif": "contenu", "par": "identite", "organisation_id": "contrat",
    "le": "contenu"}');
select annoter('crise_centres', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "genre": "contrat", "parent_id": "technique", "nom": "contenu", "adresse": "contenu",
    "territoire_id": "contrat", "capacite": "contenu", "etat": "contenu", "ouvert_le": "contenu", "ferme_le": "contenu", "cree_par": "identite", "cree_le": "contenu"}');
select annoter('crise_comptages', '{"traitement": "crises", "duree": "Durée du contrat : des nombres, personne n’y est nommé"}',
  '{"contrat_id": "technique", "id": "technique", "centre_id": "technique", "guichet": "technique", "quoi": "contenu", "code": "contrat", "nombre": "contenu",
    "annule": "technique", "dit_le": "contenu", "recu_le": "technique", "par_id": "pseudonyme"}');
select annoter('crise_services', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "service": "contrat", "lieu": "contenu", "territoire_id": "contrat", "etat": "contenu",
    "depuis": "contenu", "dit_par": "contrat", "note": "contenu", "par": "identite", "le": "contenu"}');
select annoter('crise_rythmes', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "crise_id": "technique", "rang": "technique", "minutes": "contenu", "par": "identite", "le": "contenu"}');
select annoter('crise_points', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "numero": "technique", "du": "contenu", "au": "contenu",
    "contenu": {"categorie": "contenu", "note": "Entrées de la main courante, relues avant d’être écrites : personne n’y est nommé"}, "synthese": "contenu",
    "redige_par": "identite", "redige_le": "contenu", "signe_par": "identite", "signe_fonction": "vie_professionnelle", "signe_le": "contenu", "version": "technique"}');
select annoter('exercices', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "crise_id": "technique", "scenario": "contrat", "etablissement_id": "technique", "population": "contenu", "population_ou": "contenu",
    "depart_le": "contenu", "pause_le": "contenu", "pauses_s": "technique", "fin_le": "contenu"}');
select annoter('exercice_injects', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "rang": "technique", "minute": "contenu", "destinataire_id": "contrat", "titre": "contenu",
    "texte": "contenu", "attendu": "contenu", "traite_le": "contenu", "traite_minute": "contenu", "traite_par": "identite", "organisation_id": "contrat", "suite": "contenu"}');
select annoter('crise_retex', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "crise_id": "technique", "temps": "contenu", "synthese": "contenu", "participants": "contenu", "tenu_le": "contenu", "signe_par": "identite",
    "signe_le": "contenu"}');
select annoter('retex_constats', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "crise_id": "technique", "temps": "contenu", "nature": "contenu", "texte": "contenu", "decision_id": "technique",
    "par": "identite", "organisation_id": "contrat", "le": "contenu"}');
