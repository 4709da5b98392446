-- Cells: who sits there, what they signed, what their keys close. Nothing here names a person whose situation is examined: names are inside
-- boxes (`situation_contenus`) that neither this database nor a copy of it opens (decision 43).

create table nominatif.cellules (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  genre text not null check (genre ~ '^[a-z-]{2,40}$'),
  territoire_id text not null check (char_length(territoire_id) between 1 and 80),
  sans_suite_mois smallint check (sans_suite_mois between 1 and 60),
  suivi_mois smallint check (suivi_mois between 1 and 60),
  apres_suivi_mois smallint check (apres_suivi_mois between 0 and 60),
  -- the data protection officer who decided them; no situation enters before
  durees_par uuid,
  durees_le timestamptz,
  -- which key closes what is kept; 0 before the first signature
  epoque integer not null default 0 check (epoque >= 0),
  -- what only that key makes: tells a key that comes back from its parts
  controle bytea check (octet_length(controle) = 32),
  -- someone left with a key: the next member who opens the cell changes it, and nothing opens before
  rotation_due_le timestamptz,
  -- key of which parts were given to custodians
  parts_epoque integer,
  dernier_numero integer not null default 0,
  creee_par uuid not null,
  creee_le timestamptz not null,
  primary key (contrat_id, id),
  unique (contrat_id, genre, territoire_id),
  check (epoque = 0 or controle is not null),
  check ((durees_le is null) = (sans_suite_mois is null))
);
select proteger('nominatif.cellules', 'nominatif');

create table nominatif.cellule_membres (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  compte_id uuid not null,
  nom text not null check (char_length(nom) between 1 and 200),
  organisation_id text not null check (char_length(organisation_id) between 1 and 80),
  fonction text not null check (char_length(fonction) between 2 and 120),
  debut date not null,
  fin date check (fin >= debut),
  exclu_le timestamptz,
  motif text check (motif in ('mandat', 'manquement', 'demande')),
  publique bytea check (octet_length(publique) = 32),
  -- private key, closed by the phrase of the member
  enfermee bytea check (octet_length(enfermee) between 60 and 200),
  -- the cell's key, sealed for the member
  boite bytea check (octet_length(boite) between 60 and 200),
  boite_epoque integer,
  primary key (contrat_id, id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id),
  check ((exclu_le is null) = (motif is null)),
  check (exclu_le is null or boite is null),
  check ((boite is null) = (boite_epoque is null))
);
create unique index cellule_membres_une_fois on nominatif.cellule_membres (contrat_id, cellule_id, compte_id) where exclu_le is null;
create index cellule_membres_par_compte on nominatif.cellule_membres (contrat_id, compte_id);
select proteger('nominatif.cellule_membres', 'nominatif');

create table nominatif.cellule_signatures (
  contrat_id smallint not null references contrats (id),
  membre_id uuid not null,
  version text not null check (char_length(version) between 1 and 40),
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  organisation_id text not null,
  fonction text not null,
  signee_le timestamptz not null,
  primary key (contrat_id, membre_id, empreinte),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id)
);
select proteger('nominatif.cellule_signatures', 'nominatif');
revoke update on nominatif.cellule_signatures from concorde_nominatif;

create table nominatif.situations (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  cellule_id uuid not null,
  numero integer not null check (numero > 0),
  etat text not null check (etat in ('recue', 'recevable', 'examinee', 'suivie', 'close')),
  -- found again by who holds the cell's key and knows the name
  empreinte bytea check (octet_length(empreinte) = 32),
  creee_le date not null,
  etat_le date not null,
  -- computed when it enters
  destruction_le date not null,
  version integer not null default 1,
  primary key (contrat_id, id),
  unique (contrat_id, cellule_id, numero),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
create unique index situations_par_empreinte on nominatif.situations (contrat_id, cellule_id, empreinte);
create index situations_a_detruire on nominatif.situations (contrat_id, destruction_le);
select proteger('nominatif.situations', 'nominatif');
grant delete on nominatif.situations to concorde_nominatif;

create table nominatif.situation_contenus (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  situation_id uuid not null,
  groupe text not null check (groupe in ('saisine', 'identite', 'apport')),
  organisation_id text not null,
  membre_id uuid not null,
  boite bytea check (octet_length(boite) between 40 and 20000),
  le timestamptz not null,
  retiree_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, situation_id) references nominatif.situations (contrat_id, id),
  check ((boite is null) = (retiree_le is not null))
);
create index situation_contenus_de on nominatif.situation_contenus (contrat_id, situation_id);
select proteger('nominatif.situation_contenus', 'nominatif');
grant delete on nominatif.situation_contenus to concorde_nominatif;

-- Who needs to know, situation by situation.
create table nominatif.situation_habilitations (
  contrat_id smallint not null references contrats (id),
  situation_id uuid not null,
  membre_id uuid not null,
  par_membre_id uuid not null,
  le timestamptz not null,
  primary key (contrat_id, situation_id, membre_id),
  foreign key (contrat_id, situation_id) references nominatif.situations (contrat_id, id),
  foreign key (contrat_id, membre_id) references nominatif.cellule_membres (contrat_id, id)
);
select proteger('nominatif.situation_habilitations', 'nominatif');
revoke update on nominatif.situation_habilitations from concorde_nominatif;
grant delete on nominatif.situation_habilitations to concorde_nominatif;

-- The person, or the parents, were told; or why not yet, and until when at most.
create table nominatif.situation_informations (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  situation_id uuid not null,
  qui text not null check (qui in ('personne', 'parents')),
  membre_id uuid not null,
  le date not null,
  motif text check (motif ~ '^[a-z-]{2,40}$'),
  avant_le date,
  primary key (contrat_id, id),
  foreign key (contrat_id, situation_id) references nominatif.situations (contrat_id, id),
  check ((motif is null) = (avant_le is null))
);
create index situation_informations_de on nominatif.situation_informations (contrat_id, situation_id);
select proteger('nominatif.situation_informations', 'nominatif');
revoke update on nominatif.situation_informations from concorde_nominatif;
grant delete on nominatif.situation_informations to concorde_nominatif;

create table nominatif.situation_orientations (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  situation_id uuid not null,
  cellule_id uuid not null,
  genre text not null check (genre ~ '^[a-z-]{2,40}$'),
  membre_id uuid not null,
  faite_le date not null,
  accuse_avant date not null,
  issue_avant date not null,
  -- digest of the link by which the receiver answers
  lien bytea not null check (octet_length(lien) = 32),
  accuse_le date,
  issue text check (issue ~ '^[a-z-]{2,40}$'),
  issue_le date,
  -- 0 nobody was told of a silence, 1 its author, 2 every member
  relance smallint not null default 0 check (relance between 0 and 2),
  primary key (contrat_id, id),
  unique (contrat_id, lien),
  foreign key (contrat_id, situation_id) references nominatif.situations (contrat_id, id),
  check ((issue is null) = (issue_le is null)),
  check (issue is null or accuse_le is not null)
);
create index situation_orientations_de on nominatif.situation_orientations (contrat_id, situation_id);
select proteger('nominatif.situation_orientations', 'nominatif');
grant delete on nominatif.situation_orientations to concorde_nominatif;

-- Each opening of a situation: who, for which institution, under which mandate, what was shown. Kept after the situation.
create table nominatif.situation_lectures (
  contrat_id smallint not null references contrats (id),
  id bigint generated always as identity,
  cellule_id uuid not null,
  situation_id uuid not null,
  numero integer not null,
  membre_id uuid not null,
  organisation_id text not null,
  groupes text[] not null,
  le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
create index situation_lectures_de on nominatif.situation_lectures (contrat_id, cellule_id, le desc);
select proteger('nominatif.situation_lectures', 'nominatif');
revoke update on nominatif.situation_lectures from concorde_nominatif;
grant delete on nominatif.situation_lectures to concorde_nominatif;

-- Begun before the key is destroyed, finished after: what a purge cut in the middle takes up again.
create table nominatif.certificats (
  contrat_id smallint not null references contrats (id),
  situation_id uuid not null,
  cellule_id uuid not null,
  contenu text not null check (char_length(contenu) between 2 and 4000),
  signature bytea not null check (octet_length(signature) = 64),
  publique bytea not null check (octet_length(publique) = 32),
  etabli_le timestamptz not null,
  primary key (contrat_id, situation_id),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.certificats', 'nominatif');
revoke update on nominatif.certificats from concorde_nominatif;

-- What is left: numbers, by month.
create table nominatif.cellule_compteurs (
  contrat_id smallint not null references contrats (id),
  cellule_id uuid not null,
  mois text not null check (mois ~ '^\d{4}-\d{2}$'),
  quoi text not null check (quoi in ('recues', 'recevables', 'examinees', 'suivies', 'closes', 'orientations', 'accuses', 'issues', 'detruites')),
  nombre integer not null check (nombre > 0),
  primary key (contrat_id, cellule_id, mois, quoi),
  foreign key (contrat_id, cellule_id) references nominatif.cellules (contrat_id, id)
);
select proteger('nominatif.cellule_compteurs', 'nominatif');

-- Whom the coordination names by their address: an open account of this contract, with a mandate in force as member of a cell.
create function compte_de_cellule(adresse text)
returns table (id uuid, nom text, organisation_id text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select c.id, c.nom, c.organisation_id from public.comptes c
    where c.contrat_id = public.exiger_un_contrat() and lower(c.courriel) = lower(adresse) and c.ferme_le is null
      and exists (select from public.mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.role = 'membre_cellule'
        and m.debut <= current_date and (m.fin is null or m.fin >= current_date));
end $$;
revoke execute on function compte_de_cellule from public;
grant execute on function compte_de_cellule to concorde_nominatif;

do $$
declare t record;
begin
  for t in select * from (values
    ('cellules', 'Cellules', '{"contrat_id":"technique","id":"technique","genre":"contenu","territoire_id":"contenu","sans_suite_mois":"contenu","suivi_mois":"contenu","apres_suivi_mois":"contenu","durees_par":"pseudonyme","durees_le":"technique","epoque":"technique","controle":"authentification","rotation_due_le":"technique","parts_epoque":"technique","dernier_numero":"technique","creee_par":"pseudonyme","creee_le":"technique"}'),
    ('cellule_membres', 'Membres des cellules', '{"contrat_id":"technique","id":"technique","cellule_id":"technique","compte_id":"pseudonyme","nom":"identite","organisation_id":"vie_professionnelle","fonction":"vie_professionnelle","debut":"technique","fin":"technique","exclu_le":"technique","motif":"contenu","publique":"authentification","enfermee":"authentification","boite":"authentification","boite_epoque":"technique"}'),
    ('cellule_signatures', 'Chartes signées', '{"contrat_id":"technique","membre_id":"pseudonyme","version":"contenu","empreinte":"technique","organisation_id":"vie_professionnelle","fonction":"vie_professionnelle","signee_le":"technique"}'),
    ('situations', 'Situations', '{"contrat_id":"technique","id":"pseudonyme","cellule_id":"technique","numero":"pseudonyme","etat":"contenu","empreinte":"pseudonyme","creee_le":"technique","etat_le":"technique","destruction_le":"technique","version":"technique"}'),
    ('situation_contenus', 'Contenu chiffré des situations', '{"contrat_id":"technique","id":"technique","situation_id":"pseudonyme","groupe":"technique","organisation_id":"vie_professionnelle","membre_id":"pseudonyme","boite":"contenu","le":"technique","retiree_le":"technique"}'),
    ('situation_habilitations', 'Habilitations', '{"contrat_id":"technique","situation_id":"pseudonyme","membre_id":"pseudonyme","par_membre_id":"pseudonyme","le":"technique"}'),
    ('situation_informations', 'Information des personnes', '{"contrat_id":"technique","id":"technique","situation_id":"pseudonyme","qui":"contenu","membre_id":"pseudonyme","le":"technique","motif":"contenu","avant_le":"technique"}'),
    ('situation_orientations', 'Orientations', '{"contrat_id":"technique","id":"technique","situation_id":"pseudonyme","cellule_id":"technique","genre":"contenu","membre_id":"pseudonyme","faite_le":"technique","accuse_avant":"technique","issue_avant":"technique","lien":"authentification","accuse_le":"technique","issue":"contenu","issue_le":"technique","relance":"technique"}'),
    ('situation_lectures', 'Lectures des situations', '{"contrat_id":"technique","id":"technique","cellule_id":"technique","situation_id":"pseudonyme","numero":"pseudonyme","membre_id":"pseudonyme","organisation_id":"vie_professionnelle","groupes":"technique","le":"technique"}'),
    ('certificats', 'Certificats de destruction', '{"contrat_id":"technique","situation_id":"technique","cellule_id":"technique","contenu":"technique","signature":"technique","publique":"technique","etabli_le":"technique"}'),
    ('cellule_compteurs', 'Compteurs des cellules', '{"contrat_id":"technique","cellule_id":"technique","mois":"technique","quoi":"technique","nombre":"contenu"}')
  ) as v (nom, titre, colonnes)
  loop
    perform annoter(('nominatif.' || t.nom)::regclass, jsonb_build_object('traitement', 'cellules', 'titre', t.titre, 'duree',
      case t.nom when 'situation_lectures' then '12 mois' when 'certificats' then 'Sans limite : ne nomme personne' when 'cellule_compteurs' then 'Sans limite : ne nomme personne'
        when 'cellules' then 'Durée du contrat' when 'cellule_membres' then 'Durée du contrat' when 'cellule_signatures' then 'Durée du contrat'
        else 'Jusqu’à la date de destruction de la situation' end), t.colonnes::jsonb);
  end loop;
end $$;
select annoter('nominatif.cellules', '{"traitement": "cellules", "titre": "Cellules nominatives", "duree": "Durée du contrat",
  "finalite": "Échanger des informations confidentielles entre membres signataires d’une charte, et suivre les orientations décidées",
  "base_legale": "Mission d’intérêt public (RGPD, article 6.1.e) ; article L.132-5 du code de la sécurité intérieure",
  "personnes": "Personnes dont la situation est examinée, membres des cellules",
  "destinataires": ["Membres de la cellule désignés pour la situation"]}');
