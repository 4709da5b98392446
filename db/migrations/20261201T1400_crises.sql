-- Crises and exercises: who is in the room, and what was said and done there, written once, numbered and chained (decision 46).
create table crises (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- code of the file `crises.yaml` of the contract
  type text not null check (type ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  titre text not null check (char_length(titre) between 3 and 120),
  territoire_id text not null check (char_length(territoire_id) <= 60),
  lieu text not null default '' check (char_length(lieu) <= 200),
  -- of the contract, as `crises.yaml` said when it was opened
  fiche text not null check (char_length(fiche) between 1 and 20),
  -- said when it is opened, never changed: an exercise is never counted as a crisis
  exercice boolean not null,
  etat text not null default 'ouverte' check (etat in ('ouverte', 'close', 'archivee')),
  -- who commands: code of an entity of `crises.yaml`
  commandement text not null check (commandement ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  commandement_le timestamptz not null,
  ouverte_le timestamptz not null,
  ouverte_par uuid,
  close_le timestamptz check (close_le >= ouverte_le),
  archivee_le timestamptz check (archivee_le >= close_le),
  -- what the council should hear, proposed on its next agenda; '' when nothing
  pour_le_conseil text not null default '' check (char_length(pour_le_conseil) <= 2000),
  version integer not null default 1 check (version > 0),
  primary key (contrat_id, id),
  check ((etat = 'ouverte') = (close_le is null)),
  check ((etat = 'archivee') = (archivee_le is not null))
);
create index crises_par_etat on crises (contrat_id, etat, ouverte_le desc);
select proteger('crises');
select signaler('crises');
revoke update on crises from concorde_application;
grant update (titre, lieu, etat, commandement, commandement_le, close_le, archivee_le, pour_le_conseil, version) on crises to concorde_application;

create function crise_de_sa_nature() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.exercice <> old.exercice or new.id <> old.id or new.contrat_id <> old.contrat_id then
    raise exception 'une crise ne devient pas un exercice, ni un exercice une crise' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
revoke execute on function crise_de_sa_nature from public;
create trigger nature before update on crises for each row execute function crise_de_sa_nature();

-- Who is in the room: organisations, each under the entity whose tasks it sees.
create table crise_acteurs (
  contrat_id smallint not null,
  crise_id uuid not null,
  organisation_id text not null check (char_length(organisation_id) between 1 and 60),
  -- where it acts: whoever is of that organisation comes in when their mandate covers this place
  territoire_id text not null check (char_length(territoire_id) <= 60),
  entite text not null check (entite ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  entree_le timestamptz not null,
  entree_par text not null check (char_length(entree_par) <= 200),
  primary key (contrat_id, crise_id, organisation_id, territoire_id, entite),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
create index crise_acteurs_par_organisation on crise_acteurs (contrat_id, organisation_id);
select proteger('crise_acteurs');
select signaler('crise_acteurs');
revoke update on crise_acteurs from concorde_application;

-- Head of each chain. Not in the hands of the application.
create table main_courante_tetes (
  contrat_id smallint not null,
  crise_id uuid not null,
  numero bigint not null,
  empreinte bytea not null check (octet_length(empreinte) = 32),
  effacee_le timestamptz,
  primary key (contrat_id, crise_id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
select proteger('main_courante_tetes');
revoke insert, update, delete on main_courante_tetes from concorde_application;

create table main_courante (
  contrat_id smallint not null,
  crise_id uuid not null,
  -- given at arrival, without holes
  numero bigint not null,
  arrive_le timestamptz not null,
  -- of the event, as it was said
  survenu_le timestamptz not null,
  -- when it was written, by the clock of the device
  saisi_le timestamptz not null,
  -- that clock minus the server's, measured when it was sent
  ecart_ms bigint not null default 0,
  source text not null default '' check (char_length(source) <= 120),
  canal text not null check (canal ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  vers text not null default '' check (char_length(vers) <= 120),
  contenu text not null check (char_length(contenu) between 1 and 8000),
  classe text not null check (classe ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  decideur text not null default '' check (char_length(decideur) <= 120),
  du_le timestamptz,
  -- another entry of the same crisis: what it corrects, or what is done
  renvoi_genre text check (renvoi_genre in ('correction', 'fait')),
  renvoi bigint check (renvoi > 0 and renvoi < numero),
  auteur text not null check (char_length(auteur) <= 200),
  auteur_id uuid,
  organisation_id text not null check (char_length(organisation_id) <= 60),
  -- device, its own order, and the name that it gave to the entry: sent twice, it is there once
  poste text not null check (poste ~ '^[a-z0-9-]{1,40}$'),
  ordre bigint not null check (ordre >= 0),
  cle uuid not null,
  -- kinds of words that may tell of somebody and were kept on purpose
  confirme text[] not null default '{}',
  -- arrived once the crisis was closed
  tardive boolean not null default false,
  -- written by the platform itself: opening, command, task done, closing
  automatique boolean not null default false,
  -- the entry as text, exactly what is digested and exported
  ligne text not null,
  precedente bytea not null,
  empreinte bytea not null,
  primary key (contrat_id, crise_id, numero),
  unique (contrat_id, crise_id, cle),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id),
  check ((renvoi is null) = (renvoi_genre is null)),
  check (cardinality(confirme) <= 10)
);
create index main_courante_renvois on main_courante (contrat_id, crise_id, renvoi) where renvoi is not null;
select proteger('main_courante');
revoke update, delete on main_courante from concorde_application;

-- ISO 8601 in UTC, to the thousandth: what is digested does not follow the zone of a connection.
create function en_utc(t timestamptz) returns text language sql immutable as $$
  select to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
create function enchainer_main_courante() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  c crises;
  tete main_courante_tetes;
begin
  -- Numbers are given in the order of this lock, held until commit: nobody sees a number whose predecessor may still go away.
  insert into main_courante_tetes (contrat_id, crise_id, numero, empreinte)
    select k.contrat_id, k.id, 0, sha256(convert_to(jsonb_build_array(k.id, k.exercice, en_utc(k.ouverte_le))::text, 'UTF8'))
    from crises k where k.contrat_id = new.contrat_id and k.id = new.crise_id
    on conflict do nothing;
  select * into tete from main_courante_tetes where contrat_id = new.contrat_id and crise_id = new.crise_id for update;
  select * into c from crises where contrat_id = new.contrat_id and id = new.crise_id;
  if c.etat = 'archivee' then
    raise exception 'la main courante d’une crise archivée ne s’écrit plus' using errcode = 'integrity_constraint_violation';
  end if;
  new.numero := tete.numero + 1;
  new.tardive := c.etat <> 'ouverte' and not new.automatique;
  new.precedente := tete.empreinte;
  new.ligne := jsonb_build_array(
    new.crise_id, new.numero, en_utc(new.arrive_le), en_utc(new.survenu_le), en_utc(new.saisi_le), new.ecart_ms, new.source, new.canal, new.vers,
    new.contenu, new.classe, new.decideur, en_utc(new.du_le), new.renvoi_genre, new.renvoi, new.auteur, new.auteur_id, new.organisation_id,
    new.poste, new.ordre, new.cle, new.confirme, new.tardive, new.automatique, c.exercice)::text;
  new.empreinte := sha256(tete.empreinte || convert_to(new.ligne, 'UTF8'));
  update main_courante_tetes set numero = new.numero, empreinte = new.empreinte where contrat_id = new.contrat_id and crise_id = new.crise_id;
  return new;
end $$;
revoke execute on function enchainer_main_courante, en_utc from public;
grant execute on function en_utc to concorde_application;
create trigger chaine before insert on main_courante for each row execute function enchainer_main_courante();

-- Nobody changes what is written, the owner of the database no more than others; the end of the time it is kept removes it whole.
create function main_courante_immuable() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' and current_setting('concorde.fin_de_conservation', true) = old.crise_id::text then return old; end if;
  raise exception 'la main courante ne se change ni ne s’efface : une correction est une nouvelle entrée' using errcode = 'integrity_constraint_violation';
end $$;
revoke execute on function main_courante_immuable from public;
create trigger immuable before update or delete on main_courante for each row execute function main_courante_immuable();
create trigger jamais_videe before truncate on main_courante for each statement execute function main_courante_immuable();

-- Ten years after the end, entries go; the head of the chain stays, so that a file kept elsewhere is still recognised.
create function effacer_mains_courantes(maintenant timestamptz) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  k record;
  n bigint := 0;
begin
  for k in
    select c.contrat_id, c.id from crises c join main_courante_tetes t on t.contrat_id = c.contrat_id and t.crise_id = c.id
    where c.contrat_id = exiger_un_contrat() and c.etat = 'archivee' and t.effacee_le is null
      and c.close_le < least(maintenant, now()) - interval '10 years'
  loop
    perform set_config('concorde.fin_de_conservation', k.id::text, true);
    delete from crise_taches where contrat_id = k.contrat_id and crise_id = k.id;
    delete from main_courante where contrat_id = k.contrat_id and crise_id = k.id;
    update main_courante_tetes set effacee_le = now() where contrat_id = k.contrat_id and crise_id = k.id;
    n := n + 1;
  end loop;
  perform set_config('concorde.fin_de_conservation', '', true);
  return n;
end $$;
revoke execute on function effacer_mains_courantes from public;
grant execute on function effacer_mains_courantes to concorde_application;

-- Tasks of each entity, as they stand; who did and undid them is in the main courante.
create table crise_taches (
  contrat_id smallint not null,
  crise_id uuid not null,
  entite text not null check (entite ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  tache text not null check (tache ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- null: not done, or struck out
  faite_le timestamptz,
  par text not null check (char_length(par) <= 200),
  organisation_id text not null check (char_length(organisation_id) <= 60),
  numero bigint not null check (numero > 0),
  primary key (contrat_id, crise_id, entite, tache),
  foreign key (contrat_id, crise_id, numero) references main_courante (contrat_id, crise_id, numero)
);
select proteger('crise_taches');

-- One correspondent of the CIAV for each crisis, named by the city; the name goes when the crisis is archived.
create table crise_correspondants (
  contrat_id smallint not null,
  crise_id uuid not null,
  nom text not null check (char_length(nom) <= 120),
  fonction text not null check (char_length(fonction) between 2 and 120),
  joignable text not null check (char_length(joignable) <= 120),
  designe_le timestamptz not null,
  designe_par text not null check (char_length(designe_par) <= 200),
  primary key (contrat_id, crise_id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
select proteger('crise_correspondants');
grant delete on crise_correspondants to concorde_application;

-- A mairie told of something by anyone but the control room must tell the control room: the clock runs until it is done.
create table crise_avis (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  territoire_id text not null check (char_length(territoire_id) <= 60),
  appris_le timestamptz not null,
  -- by which channel of `crises.yaml`
  canal text not null check (canal ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  objet text not null check (char_length(objet) between 3 and 300),
  confirme text[] not null default '{}' check (cardinality(confirme) <= 10),
  organisation_id text not null check (char_length(organisation_id) <= 60),
  auteur text not null check (char_length(auteur) <= 200),
  exercice boolean not null,
  transmis_le timestamptz check (transmis_le >= appris_le),
  transmis_par text not null default '' check (char_length(transmis_par) <= 200),
  crise_id uuid,
  primary key (contrat_id, id),
  foreign key (contrat_id, crise_id) references crises (contrat_id, id)
);
create index crise_avis_ouverts on crise_avis (contrat_id, appris_le) where transmis_le is null;
select proteger('crise_avis');
revoke update on crise_avis from concorde_application;
grant update (transmis_le, transmis_par, crise_id) on crise_avis to concorde_application;
grant delete on crise_avis to concorde_application;

select annoter('crises', '{"traitement": "crises", "duree": "10 ans après la clôture", "titre": "Crises et exercices de crise",
  "finalite": "Conduire une crise ou un exercice à plusieurs institutions, et prouver ensuite ce qui a été su, décidé et fait",
  "base_legale": "Mission d’intérêt public (RGPD, article 6.1.e)",
  "personnes": "Agents et partenaires présents dans la salle de crise",
  "destinataires": ["Organisations nommées dans la crise", "Coordination et salle de commandement"]}',
  '{"contrat_id": "technique", "id": "technique", "type": "contenu", "titre": "contenu", "territoire_id": "contenu", "lieu": "contenu", "fiche": "contrat", "exercice": "contenu",
    "etat": "technique", "commandement": "contenu", "commandement_le": "technique", "ouverte_le": "technique", "ouverte_par": "pseudonyme",
    "close_le": "technique", "archivee_le": "technique", "pour_le_conseil": "contenu", "version": "technique"}');
select annoter('crise_acteurs', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "crise_id": "technique", "organisation_id": "vie_professionnelle", "territoire_id": "contenu", "entite": "contenu", "entree_le": "technique", "entree_par": "identite"}');
select annoter('main_courante_tetes', '{"traitement": "crises", "duree": "Durée du contrat : ne nomme personne"}',
  '{"contrat_id": "technique", "crise_id": "technique", "numero": "technique", "empreinte": "technique", "effacee_le": "technique"}');
select annoter('main_courante', '{"traitement": "crises", "duree": "10 ans après la clôture ; effacée ensuite, la tête de la chaîne reste"}',
  '{"contrat_id": "technique", "crise_id": "technique", "numero": "technique", "arrive_le": "technique", "survenu_le": "contenu", "saisi_le": "technique",
    "ecart_ms": "technique", "source": "contenu", "canal": "contenu", "vers": "contenu",
    "contenu": {"categorie": "contenu", "note": "Sans nom de personne : ce qui y ressemble se confirme avant d’être écrit"}, "classe": "contenu",
    "decideur": "vie_professionnelle", "du_le": "contenu", "renvoi_genre": "technique", "renvoi": "technique", "auteur": "identite", "auteur_id": "pseudonyme",
    "organisation_id": "vie_professionnelle", "poste": "connexion", "ordre": "technique", "cle": "technique", "confirme": "technique", "tardive": "technique",
    "automatique": "technique", "ligne": "contenu", "precedente": "technique", "empreinte": "technique"}');
select annoter('crise_taches', '{"traitement": "crises", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "crise_id": "technique", "entite": "contenu", "tache": "contenu", "faite_le": "technique", "par": "identite",
    "organisation_id": "vie_professionnelle", "numero": "technique"}');
select annoter('crise_correspondants', '{"traitement": "crises", "duree": "Jusqu’à l’archivage de la crise"}',
  '{"contrat_id": "technique", "crise_id": "technique", "nom": "identite", "fonction": "vie_professionnelle", "joignable": "coordonnees", "designe_le": "technique",
    "designe_par": "identite"}');
select annoter('crise_avis', '{"traitement": "crises", "duree": "3 ans", "jours": 1096}',
  '{"contrat_id": "technique", "id": "technique", "territoire_id": "contenu", "appris_le": "contenu", "canal": "contenu", "objet": "contenu", "confirme": "technique",
    "organisation_id": "vie_professionnelle", "auteur": "identite", "exercice": "contenu", "transmis_le": "technique", "transmis_par": "identite", "crise_id": "technique"}');
