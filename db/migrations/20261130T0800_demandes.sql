-- Reports and requests. The id says when one was received (UUIDv7): its year is a partition, found by the id alone.
create sequence demandes_numero;
grant usage on sequence demandes_numero to concorde_application;

create table demandes (
  contrat_id smallint not null,
  id uuid not null,
  numero bigint not null default nextval('demandes_numero'),
  circuit text not null check (circuit ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  canal text not null check (canal ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  categorie text not null check (categorie ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- label of the category when it was said
  titre text not null check (char_length(titre) between 2 and 120),
  theme text not null check (char_length(theme) <= 60),
  -- answers to closed questions, and lines of a few words
  reponses jsonb not null default '{}',
  texte text not null default '' check (char_length(texte) <= 2000),
  -- the same without what tells who somebody is: all that others may read
  texte_public text not null default '' check (char_length(texte_public) <= 4000),
  jour date not null,
  heure smallint check (heure between 0 and 23),
  territoire_id text not null,
  adresse text not null default '' check (char_length(adresse) <= 200),
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  -- a thousandth of a degree: about 110 m by 70 m in Paris
  maille bigint generated always as (floor((lat + 90) * 1000)::bigint * 1000000 + floor((lon + 180) * 1000)::bigint) stored,
  service_id text not null,
  -- who of the service has taken it
  agent_id uuid,
  agent text not null default '' check (char_length(agent) <= 200),
  auteur_organisation text,
  auteur_id uuid,
  -- organisations that read it; null: whoever works on the contract
  lecteurs text[],
  etat text not null check (etat ~ '^[a-z][a-z-]{0,59}$'),
  etat_le timestamptz not null,
  -- last day of the service's turn; null when it is not its turn
  du_le date,
  prevue_le date,
  recu_le timestamptz not null,
  repondu_le timestamptz,
  fait_le timestamptz,
  conteste_le timestamptz,
  clos_le timestamptz,
  -- of those who said it, 1 to 5, the latest
  note smallint check (note between 1 and 5),
  -- the report that this one says again
  meneur_id uuid check (meneur_id <> id),
  -- the record that it made once done
  registre text,
  activite_id uuid,
  -- from this day its words and exact place are erased
  efface_apres timestamptz,
  anonymisee_le timestamptz,
  version integer not null default 1 check (version > 0),
  modifie_par text not null default '' check (char_length(modifie_par) <= 200),
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  check ((lon is null) = (lat is null)),
  check ((registre is null) = (activite_id is null))
) partition by range (id);
select proteger('demandes');
select signaler('demandes');

-- What happened to each, in order; nothing is changed afterwards.
create table demande_evenements (
  contrat_id smallint not null,
  demande_id uuid not null,
  rang integer not null check (rang > 0),
  quand timestamptz not null,
  acte text not null check (acte ~ '^[a-z][a-z-]{0,59}$'),
  de text,
  vers text,
  service_id text,
  auteur text not null default '' check (char_length(auteur) <= 200),
  auteur_id uuid,
  organisation_id text,
  -- between services
  note text not null default '' check (char_length(note) <= 2000),
  motif text not null default '' check (char_length(motif) <= 1000),
  -- said to those who follow it
  message text not null default '' check (char_length(message) <= 2000),
  jour date,
  -- another report, the record that it made
  lien text not null default '' check (char_length(lien) <= 200),
  primary key (contrat_id, demande_id, rang)
) partition by range (demande_id);
select proteger('demande_evenements');
revoke update on demande_evenements from concorde_application;

-- Years live apart; nobody reads them but through the whole, whose rules hold.
create schema annees;
create function premier_uuid(annee integer) returns uuid language sql immutable as $$
  select (lpad(to_hex(floor(extract(epoch from make_timestamptz(annee, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;
create function ouvrir_annee(annee integer) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  t text;
begin
  foreach t in array array['demandes', 'demande_evenements'] loop
    if to_regclass(format('annees.%I', t || '_' || annee)) is null then
      execute format('create table %s partition of %I for values from (%L) to (%L)', 'annees.' || t || '_' || annee, t, premier_uuid(annee), premier_uuid(annee + 1));
      execute format('alter table annees.%I enable row level security', t || '_' || annee);
      execute format('alter table annees.%I force row level security', t || '_' || annee);
      execute format('create policy proprietaire on annees.%I to %I using (true) with check (true)', t || '_' || annee, current_user);
    end if;
  end loop;
end $$;
revoke execute on function ouvrir_annee, premier_uuid from public;
select ouvrir_annee(a) from generate_series(2023, 2030) as a;

-- The inbox of a service: what waits, by the day it is due.
create index demandes_boite on demandes (contrat_id, service_id, etat, du_le, id) where clos_le is null;
create index demandes_dues on demandes (contrat_id, du_le, id) where clos_le is null;
create index demandes_par_territoire on demandes (contrat_id, territoire_id, id desc);
create index demandes_par_circuit on demandes (contrat_id, circuit, etat, id desc);
create index demandes_par_numero on demandes (contrat_id, numero);
create index demandes_par_maille on demandes (contrat_id, maille, id desc) where maille is not null;
create index demandes_par_meneur on demandes (contrat_id, meneur_id) where meneur_id is not null;
create index demandes_a_effacer on demandes (contrat_id, efface_apres) where anonymisee_le is null and efface_apres is not null;
create index demandes_a_clore on demandes (contrat_id, etat, etat_le) where clos_le is null;

-- Whoever follows a report: by a code that only they have, told by mail when they ask for it. Apart from the fact, and for a time.
create table demande_suiveurs (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  demande_id uuid not null,
  empreinte bytea not null check (octet_length(empreinte) = 32),
  -- enciphered address; null when none was given, or once forgotten
  contact bytea check (octet_length(contact) < 1000),
  -- reported it, and may confirm or contest
  declarant boolean not null,
  dit text check (dit in ('resolu', 'non-resolu', 'conteste')),
  dit_le timestamptz,
  note smallint check (note between 1 and 5),
  cree_le timestamptz not null,
  effacer_le timestamptz,
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, demande_id) references demandes (contrat_id, id)
);
select proteger('demande_suiveurs');
create unique index demande_suiveurs_par_code on demande_suiveurs (contrat_id, empreinte);
create index demande_suiveurs_par_demande on demande_suiveurs (contrat_id, demande_id);
create index demande_suiveurs_a_effacer on demande_suiveurs (contrat_id, effacer_le) where anonymisee_le is null;

-- How many are in each state, by circuit and service; in eight parts, so that two arrivals rarely wait for one row.
create table demande_comptes (
  contrat_id smallint not null references contrats (id),
  circuit text not null,
  service_id text not null,
  etat text not null,
  part smallint not null check (part between 0 and 7),
  nombre integer not null,
  primary key (contrat_id, circuit, service_id, etat, part)
);
select proteger('demande_comptes');
-- What became of those received in a month in a place: what is published. Minutes from reception to the first answer, added up.
create table demande_mois (
  contrat_id smallint not null references contrats (id),
  mois date not null check (extract(day from mois) = 1),
  territoire_id text not null,
  circuit text not null,
  part smallint not null check (part between 0 and 7),
  recus integer not null,
  repondus integer not null,
  faits integer not null,
  resolus integer not null,
  contestes integer not null,
  ouverts integer not null,
  minutes_de_reponse bigint not null,
  notes integer not null,
  total_des_notes integer not null,
  primary key (contrat_id, mois, territoire_id, circuit, part)
);
select proteger('demande_mois');
-- Only the trigger writes: no writer can forget it, none can do otherwise.
revoke insert, update on demande_comptes, demande_mois from concorde_application;

create function part_de(id uuid) returns smallint language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select (get_byte(uuid_send(id), 15) & 7)::smallint
$$;

-- In the order of the keys: two writers cannot wait for each other in a circle.
create function tenir_comptes_demandes() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform ajouter_aux_comptes_demandes(array(select row(e.*)::demandes from ecrites e), '{}'::demandes[]);
    return null;
  end if;
  -- What no count looks at moves none.
  if exists (
    select from ecrites e join effacees a using (contrat_id, id)
    where (e.circuit, e.service_id, e.etat, e.territoire_id, e.repondu_le, e.fait_le, e.conteste_le, e.clos_le, e.note)
      is distinct from (a.circuit, a.service_id, a.etat, a.territoire_id, a.repondu_le, a.fait_le, a.conteste_le, a.clos_le, a.note)) then
    perform ajouter_aux_comptes_demandes(array(select row(e.*)::demandes from ecrites e), array(select row(a.*)::demandes from effacees a));
  end if;
  return null;
end $$;
create function ajouter_aux_comptes_demandes(ecrites demandes[], effacees demandes[]) returns void
language sql set search_path = pg_catalog, public, pg_temp as $$
  insert into demande_comptes as c (contrat_id, circuit, service_id, etat, part, nombre)
  select d.contrat_id, d.circuit, d.service_id, d.etat, part_de(d.id), sum(d.signe)
  from (select 1 as signe, e.* from unnest(ecrites) e union all select -1, a.* from unnest(effacees) a) d
  group by 1, 2, 3, 4, 5 having sum(d.signe) <> 0 order by 1, 2, 3, 4, 5
  on conflict (contrat_id, circuit, service_id, etat, part) do update set nombre = c.nombre + excluded.nombre;
  insert into demande_mois as m (contrat_id, mois, territoire_id, circuit, part, recus, repondus, faits, resolus, contestes, ouverts,
    minutes_de_reponse, notes, total_des_notes)
  select d.contrat_id, date_trunc('month', d.recu_le at time zone concorde_fuseau(d.contrat_id))::date, d.territoire_id, d.circuit, part_de(d.id),
    sum(d.signe), sum(d.signe * (d.repondu_le is not null)::int), sum(d.signe * (d.fait_le is not null)::int), sum(d.signe * (d.etat = 'resolu')::int),
    sum(d.signe * (d.conteste_le is not null)::int), sum(d.signe * (d.clos_le is null)::int),
    coalesce(sum(d.signe * floor(extract(epoch from d.repondu_le - d.recu_le) / 60)::bigint), 0),
    sum(d.signe * (d.note is not null)::int), coalesce(sum(d.signe * d.note), 0)
  from (select 1 as signe, e.* from unnest(ecrites) e union all select -1, a.* from unnest(effacees) a) d
  group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
  on conflict (contrat_id, mois, territoire_id, circuit, part) do update set recus = m.recus + excluded.recus, repondus = m.repondus + excluded.repondus,
    faits = m.faits + excluded.faits, resolus = m.resolus + excluded.resolus, contestes = m.contestes + excluded.contestes,
    ouverts = m.ouverts + excluded.ouverts, minutes_de_reponse = m.minutes_de_reponse + excluded.minutes_de_reponse,
    notes = m.notes + excluded.notes, total_des_notes = m.total_des_notes + excluded.total_des_notes
$$;
revoke execute on function tenir_comptes_demandes, ajouter_aux_comptes_demandes, part_de from public;
create trigger demandes_comptees after insert on demandes referencing new table as ecrites
  for each statement execute function tenir_comptes_demandes();
create trigger demandes_recomptees after update on demandes referencing old table as effacees new table as ecrites
  for each statement execute function tenir_comptes_demandes();

-- What the mark of erasure takes with it.
create function anonymiser_demande() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.texte := '';
  new.texte_public := '';
  new.adresse := '';
  new.lon := null;
  new.lat := null;
  new.auteur_id := null;
  new.reponses := coalesce((select jsonb_object_agg(k, v) from jsonb_each(old.reponses) r (k, v) where jsonb_typeof(v) = 'array'), '{}');
  return new;
end $$;
revoke execute on function anonymiser_demande from public;
create trigger demande_anonymisee before update on demandes for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_demande();
create function oublier_suiveur() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.contact := null;
  return new;
end $$;
revoke execute on function oublier_suiveur from public;
create trigger suiveur_oublie before update on demande_suiveurs for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function oublier_suiveur();

select annoter('demandes', '{"traitement": "signalements", "duree": "Durée du contrat ; les mots et le lieu exact s’effacent après la clôture, selon le circuit", "jours": 1,
  "titre": "Signalements et demandes",
  "finalite": "Recevoir les signalements d’habitants et les demandes de partenaires, les confier au service compétent, y répondre et en rendre compte",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : tranquillité publique et prévention de la délinquance",
  "personnes": "Personnes qui signalent, par l’adresse qu’elles laissent ; agents qui traitent",
  "destinataires": ["services en charge du circuit", "coordination du contrat", "public, en comptes"]}',
  '{"contrat_id": "technique", "id": "technique", "numero": "technique", "circuit": "contrat", "canal": "contenu", "categorie": "contrat", "titre": "contrat",
    "theme": "contrat", "reponses": {"categorie": "contenu", "note": "Réponses à des questions fermées, et lignes de quelques mots"},
    "texte": {"categorie": "contenu", "note": "Écrit sans nommer personne : le formulaire le demande et le vérifie"},
    "texte_public": "contenu", "jour": "contenu", "heure": "contenu", "territoire_id": "contrat", "adresse": "localisation", "lon": "localisation", "lat": "localisation",
    "maille": "technique", "service_id": "contrat", "agent_id": "technique", "agent": "identite", "auteur_organisation": "contrat", "auteur_id": "technique", "lecteurs": "technique", "etat": "contenu",
    "etat_le": "contenu", "du_le": "contenu", "prevue_le": "contenu", "recu_le": "contenu", "repondu_le": "contenu", "fait_le": "contenu",
    "conteste_le": "contenu", "clos_le": "contenu", "note": "contenu", "meneur_id": "technique", "registre": "technique",
    "activite_id": "technique", "efface_apres": "technique", "anonymisee_le": "technique", "version": "technique", "modifie_par": "identite", "modifie_le": "contenu"}');
select annoter('demande_evenements', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "demande_id": "technique", "rang": "technique", "quand": "contenu", "acte": "contenu", "de": "contenu", "vers": "contenu",
    "service_id": "contrat", "auteur": "identite", "auteur_id": "technique", "organisation_id": "contrat", "note": "contenu", "motif": "contenu",
    "message": "contenu", "jour": "contenu", "lien": "technique"}');
select annoter('demande_suiveurs', '{"traitement": "signalements", "duree": "L’adresse, jusqu’à la fin du délai du circuit après la réponse", "jours": 1}',
  '{"contrat_id": "technique", "id": "technique", "demande_id": "technique", "empreinte": "technique",
    "contact": {"categorie": "coordonnees", "note": "Adresse chiffrée de qui signale ou suit"}, "declarant": "contenu", "dit": "contenu", "dit_le": "contenu",
    "note": "contenu", "cree_le": "contenu", "effacer_le": "technique", "anonymisee_le": "technique"}');
select annoter('demande_comptes', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "circuit": "contrat", "service_id": "contrat", "etat": "contenu", "part": "technique", "nombre": "contenu"}');
select annoter('demande_mois', '{"traitement": "signalements", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mois": "contenu", "territoire_id": "contrat", "circuit": "contrat", "part": "technique", "recus": "contenu", "repondus": "contenu",
    "faits": "contenu", "resolus": "contenu", "contestes": "contenu", "ouverts": "contenu", "minutes_de_reponse": "contenu", "notes": "contenu",
    "total_des_notes": "contenu"}');
