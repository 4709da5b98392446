-- Bodies in which the contract lives, their members by function, their sessions, what they decide and how it is followed.
create table instances (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- kind in the contract's catalogue (`conseil-parisien`); null for one that the contract does not name
  type text,
  nom text not null,
  territoire_id text not null,
  -- who keeps its secretariat
  porteur_id text not null,
  objet text not null default '',
  -- publique: its calendar and minutes are public; nommee: only that it met is recorded, its content lives elsewhere
  confidentialite text not null check (confidentialite in ('publique', 'partenaires', 'restreinte', 'nommee')),
  -- longest time between two sessions
  cadence_mois smallint check (cadence_mois between 1 and 60),
  vote boolean not null default false,
  fiches text[] not null default '{}',
  -- proposed for each new session
  lieu text not null default '',
  heure time not null default '10:00',
  duree_minutes smallint not null default 120 check (duree_minutes between 5 and 1440),
  version integer not null default 1,
  cree_par uuid,
  cree_le timestamptz not null default now(),
  -- since when it no longer exists
  close_le date,
  primary key (contrat_id, id)
);
create unique index instances_une_fois on instances (contrat_id, type, territoire_id, nom) where type is not null and close_le is null;
create index instances_territoire on instances (contrat_id, territoire_id);
select proteger('instances');

create table instance_membres (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  qualite text not null check (qualite in ('president', 'secretaire', 'membre', 'invite')),
  -- the seat: « Commissaire central du 18e »; the person may change, or be unknown
  fonction text not null,
  organisation_id text not null,
  nom text not null default '',
  courriel text not null default '' check (courriel = lower(courriel)),
  suppleant_nom text not null default '',
  suppleant_courriel text not null default '' check (suppleant_courriel = lower(suppleant_courriel)),
  debut date not null,
  fin date check (fin is null or fin >= debut),
  ordre smallint not null default 0,
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id)
);
create index instance_membres_instance on instance_membres (contrat_id, instance_id, ordre);
create index instance_membres_courriel on instance_membres (contrat_id, courriel) where courriel <> '';
create index instance_membres_suppleant on instance_membres (contrat_id, suppleant_courriel) where suppleant_courriel <> '';
select proteger('instance_membres');

-- What a member asks to be put on an agenda.
create table instance_demandes (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  titre text not null,
  expose text not null default '',
  auteur text not null,
  compte_id uuid,
  organisation_id text not null,
  etat text not null default 'ouverte' check (etat in ('ouverte', 'inscrite', 'ecartee')),
  reponse text not null default '',
  cree_le timestamptz not null default now(),
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id)
);
create index instance_demandes_instance on instance_demandes (contrat_id, instance_id, etat);
select proteger('instance_demandes');

-- One meeting. Day and hour are those of the clock on the wall (Europe/Paris): a change of hour moves nothing.
create table seances (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  titre text not null,
  -- null while the date is being chosen
  jour date,
  heure time,
  duree_minutes smallint not null default 120 check (duree_minutes between 5 and 1440),
  lieu text not null default '',
  visio text not null default '',
  -- declaree: entered after the fact, day and number of persons only
  etat text not null default 'preparation'
    check (etat in ('preparation', 'convoquee', 'ouverte', 'relecture', 'figee', 'annulee', 'declaree')),
  -- words of the convocation
  mot text not null default '',
  -- iCalendar: raised at each convocation sent again
  sequence integer not null default 0,
  version integer not null default 1,
  point_courant uuid,
  point_depuis timestamptz,
  convoquee_le timestamptz,
  ouverte_le timestamptz,
  levee_le timestamptz,
  levee_par text not null default '',
  relecture_jusqu_a date,
  figee_le timestamptz,
  annulee_le timestamptz,
  motif_annulation text not null default '',
  -- why a frozen relevé is being corrected; empty otherwise
  motif_rectification text not null default '',
  -- persons present, where only that was declared
  presents smallint,
  cree_par uuid,
  cree_le timestamptz not null default now(),
  rappel_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id),
  check ((jour is null) = (heure is null)),
  check (jour is not null or etat in ('preparation', 'annulee'))
);
create index seances_instance on seances (contrat_id, instance_id, jour desc);
create index seances_jour on seances (contrat_id, jour) where jour is not null;
create index seances_vives on seances (contrat_id, jour) where etat in ('preparation', 'convoquee', 'ouverte', 'relecture');
select proteger('seances');

-- Agenda items. `cle` says what the proposal came from (`decision:<id>`, `chiffre:1.6-03a:2026`…), once a session.
create table seance_points (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  rang smallint not null,
  titre text not null,
  genre text not null check (genre in ('ouverture', 'decision', 'chiffre', 'preuve', 'lieu', 'demande', 'libre')),
  cle text not null default '',
  fiche text,
  ligne text,
  territoire_id text,
  minutes smallint not null default 10 check (minutes between 1 and 480),
  rapporteur text not null default '',
  expose text not null default '',
  -- sheet of the item, as it stood at convocation
  dossier jsonb,
  dossier_le timestamptz,
  etat text not null default 'a_venir' check (etat in ('a_venir', 'en_cours', 'traite', 'reporte')),
  -- time spent on it until `seances.point_depuis`
  secondes integer not null default 0,
  notes text not null default '',
  notes_version integer not null default 0,
  notes_par text not null default '',
  notes_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id)
);
create index seance_points_seance on seance_points (contrat_id, seance_id, rang);
create unique index seance_points_cle on seance_points (contrat_id, seance_id, cle) where cle <> '';
select proteger('seance_points');

-- Notes that others replaced: nothing written in a session is lost.
create table seance_notes (
  contrat_id smallint not null,
  point_id uuid not null,
  version integer not null,
  texte text not null,
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, point_id, version),
  foreign key (contrat_id, point_id) references seance_points (contrat_id, id) on delete cascade
);
select proteger('seance_notes');

-- Who is convoked, as the membership stood then; what they answered; whether they came.
create table seance_participants (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  membre_id uuid,
  qualite text not null check (qualite in ('president', 'secretaire', 'membre', 'invite')),
  fonction text not null,
  organisation_id text not null,
  nom text not null default '',
  courriel text not null default '',
  suppleant_nom text not null default '',
  suppleant_courriel text not null default '',
  ordre smallint not null default 0,
  convoque_le timestamptz,
  reponse text check (reponse in ('accepte', 'provisoire', 'refuse')),
  reponse_le timestamptz,
  reponse_mot text not null default '',
  presence text check (presence in ('present', 'represente', 'excuse', 'absent')),
  represente_par text not null default '',
  relance_le timestamptz,
  -- left the body since it was convoked
  retire_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id)
);
create index seance_participants_seance on seance_participants (contrat_id, seance_id, ordre);
create unique index seance_participants_membre on seance_participants (contrat_id, seance_id, membre_id) where membre_id is not null;
create index seance_participants_courriel on seance_participants (contrat_id, courriel) where courriel <> '';
select proteger('seance_participants');

create table seance_dates (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  jour date not null,
  heure time not null,
  primary key (contrat_id, id),
  unique (contrat_id, seance_id, jour, heure),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id)
);
select proteger('seance_dates');

create table seance_dates_reponses (
  contrat_id smallint not null,
  date_id uuid not null,
  participant_id uuid not null,
  reponse text not null check (reponse in ('oui', 'si_besoin', 'non')),
  quand timestamptz not null,
  primary key (contrat_id, date_id, participant_id),
  foreign key (contrat_id, date_id) references seance_dates (contrat_id, id) on delete cascade,
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id)
);
select proteger('seance_dates_reponses');

create table seance_documents (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  point_id uuid,
  titre text not null,
  nom text not null,
  type text not null,
  contenu bytea not null,
  octets integer not null,
  depose_par text not null,
  depose_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id),
  foreign key (contrat_id, point_id) references seance_points (contrat_id, id)
);
create index seance_documents_seance on seance_documents (contrat_id, seance_id);
select proteger('seance_documents');

create table seance_votes (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  point_id uuid not null,
  objet text not null,
  pour smallint not null check (pour >= 0),
  contre smallint not null check (contre >= 0),
  abstention smallint not null check (abstention >= 0),
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, point_id) references seance_points (contrat_id, id)
);
create index seance_votes_seance on seance_votes (contrat_id, seance_id);
select proteger('seance_votes');

-- What was decided and what must be done. The row is the current version, superseded ones are in decision_versions.
create table decisions (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  seance_id uuid,
  point_id uuid,
  -- running number within the body
  numero integer not null,
  nature text not null check (nature in ('decision', 'action')),
  libelle text not null,
  responsable_id text not null,
  -- the person or function in charge, and where to remind them
  responsable_nom text not null default '',
  responsable_courriel text not null default '',
  echeance date,
  fiche text,
  ligne text,
  territoire_id text not null,
  etat text not null default 'a_faire' check (etat in ('a_faire', 'en_cours', 'bloque', 'fait', 'abandonne')),
  -- bloque: what would unblock it; fait: the evidence, in words and as a local path; abandonne: why
  condition text not null default '',
  preuve text not null default '',
  preuve_lien text not null default '',
  motif text not null default '',
  version integer not null default 1,
  auteur text not null,
  cree_le timestamptz not null,
  modifie_par text not null,
  modifie_le timestamptz not null,
  close_le date,
  relance_le date,
  escalade_le date,
  primary key (contrat_id, id),
  unique (contrat_id, instance_id, numero),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id),
  check (etat <> 'bloque' or condition <> ''),
  check (etat <> 'fait' or preuve <> ''),
  check (etat <> 'abandonne' or motif <> ''),
  check ((close_le is not null) = (etat in ('fait', 'abandonne')))
);
create index decisions_ouvertes on decisions (contrat_id, echeance) where close_le is null;
create index decisions_liste on decisions (contrat_id, cree_le desc, id);
create index decisions_instance on decisions (contrat_id, instance_id, cree_le desc);
create index decisions_seance on decisions (contrat_id, seance_id) where seance_id is not null;
create index decisions_responsable on decisions (contrat_id, responsable_id, cree_le desc);
create index decisions_fiche on decisions (contrat_id, fiche) where fiche is not null;
create index decisions_ligne on decisions (contrat_id, ligne) where ligne is not null;
create index decisions_territoire on decisions (contrat_id, territoire_id, cree_le desc);
select proteger('decisions');

create table decision_versions (
  contrat_id smallint not null,
  decision_id uuid not null,
  version integer not null,
  contenu jsonb not null,
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, decision_id, version),
  foreign key (contrat_id, decision_id) references decisions (contrat_id, id)
);
select proteger('decision_versions');
revoke update, delete on decision_versions from concorde_application;

create function garder_version_decision() returns trigger language plpgsql as $$
begin
  insert into decision_versions (contrat_id, decision_id, version, contenu, par, quand)
  values (old.contrat_id, old.id, old.version,
    jsonb_build_object('libelle', old.libelle, 'responsable_id', old.responsable_id, 'responsable_nom', old.responsable_nom,
      'echeance', old.echeance, 'fiche', old.fiche, 'ligne', old.ligne, 'etat', old.etat, 'condition', old.condition,
      'preuve', old.preuve, 'preuve_lien', old.preuve_lien, 'motif', old.motif),
    old.modifie_par, old.modifie_le);
  return new;
end $$;
create trigger decisions_versions before update on decisions
  for each row when (new.version <> old.version) execute function garder_version_decision();

-- Corrections proposed on the draft minutes by those who were present.
create table seance_amendements (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  seance_id uuid not null,
  point_id uuid,
  participant_id uuid not null,
  auteur text not null,
  texte text not null,
  etat text not null default 'propose' check (etat in ('propose', 'retenu', 'ecarte')),
  reponse text not null default '',
  quand timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id),
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id)
);
create index seance_amendements_seance on seance_amendements (contrat_id, seance_id);
select proteger('seance_amendements');

-- A president approves one content, named by its digest: a later change voids the approval.
create table seance_approbations (
  contrat_id smallint not null,
  seance_id uuid not null,
  participant_id uuid not null,
  empreinte text not null,
  par text not null,
  -- letter or mail by which it was given outside; empty when given here
  piece text not null default '',
  quand timestamptz not null,
  primary key (contrat_id, seance_id, participant_id, empreinte),
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id)
);
select proteger('seance_approbations');

-- Frozen minutes. Version 1 is the relevé, later ones its rectificatifs. Never changed.
create table releves (
  contrat_id smallint not null,
  seance_id uuid not null,
  version smallint not null,
  numero text not null,
  contenu jsonb not null,
  empreinte text not null,
  motif text not null default '',
  fige_par text not null,
  fige_le timestamptz not null,
  primary key (contrat_id, seance_id, version),
  unique (contrat_id, numero, version),
  foreign key (contrat_id, seance_id) references seances (contrat_id, id)
);
select proteger('releves');
revoke update, delete on releves from concorde_application;

-- What the public reads of frozen minutes, after redaction.
create table releve_publications (
  contrat_id smallint not null,
  seance_id uuid not null,
  version smallint not null,
  contenu jsonb not null,
  -- passages taken out
  retraits smallint not null default 0,
  publie_par text not null,
  publie_le timestamptz not null,
  retire_le timestamptz,
  primary key (contrat_id, seance_id, version),
  foreign key (contrat_id, seance_id, version) references releves (contrat_id, seance_id, version)
);
select proteger('releve_publications');

-- Private calendar feeds. Only the digest of the address is kept.
create table calendrier_flux (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  compte_id uuid not null,
  empreinte bytea not null,
  cree_le timestamptz not null default now(),
  vu_le timestamptz,
  revoque_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, empreinte)
);
create index calendrier_flux_compte on calendrier_flux (contrat_id, compte_id);
select proteger('calendrier_flux');

-- Meetings as facts: what the contract's measures on meetings count.
create view faits_reunions with (security_invoker = true) as
select s.contrat_id, s.id, s.jour, null::date as fin, i.territoire_id, i.porteur_id as organisation_id, null::uuid as lot_id,
  -- A restricted body is counted, not named, to those who only read the figure.
  case when i.confidentialite = 'restreinte' then 'Séance d’une instance restreinte' else i.nom end as titre, i.fiches, '{}'::text[] as lignes,
  coalesce(i.type, 'autre') as type,
  coalesce(s.presents, (
    select count(*) from seance_participants p
    where p.contrat_id = s.contrat_id and p.seance_id = s.id and p.presence in ('present', 'represente')))::numeric as presents
from seances s
join instances i on i.contrat_id = s.contrat_id and i.id = s.instance_id
where s.etat in ('relecture', 'figee', 'declaree');

-- Bodies as facts, from the day they began.
create view faits_instances with (security_invoker = true) as
select i.contrat_id, i.id, (i.cree_le at time zone 'Europe/Paris')::date as jour, i.close_le as fin, i.territoire_id,
  i.porteur_id as organisation_id, null::uuid as lot_id,
  case when i.confidentialite = 'restreinte' then 'Instance restreinte' else i.nom end as titre, i.fiches, '{}'::text[] as lignes,
  coalesce(i.type, 'autre') as type
from instances i;

grant select on faits_reunions, faits_instances to concorde_application;

-- Mail may carry an invitation (iCalendar) and files; it says which object it speaks of, so that a refusal is shown there.
alter table courriels
  add column ical text not null default '',
  add column ical_methode text not null default '' check (ical_methode in ('', 'REQUEST', 'CANCEL')),
  add column pieces uuid[] not null default '{}',
  add column objet text not null default '';
create index courriels_objet on courriels (contrat_id, objet) where objet <> '';

select signaler(t) from unnest(array['instances', 'seances', 'decisions', 'releve_publications']::regclass[]) as t;

select annoter('courriels', null, '{"ical": "contenu", "ical_methode": "technique", "pieces": "technique", "objet": "technique"}');
select annoter('instances', '{
  "traitement": "instances", "titre": "Instances, séances et décisions",
  "finalite": "Réunir les instances du contrat, en garder les relevés, suivre leurs décisions jusqu’à leur terme",
  "base_legale": "RGPD art. 6.1.e, mission d’intérêt public : CSI art. L. 132-4 et L. 132-5 (à valider)",
  "personnes": "Membres des instances et leurs suppléants, responsables d’actions",
  "destinataires": ["membres de l’instance", "partenaires, selon sa confidentialité", "public, pour les instances publiques et après expurgation"],
  "duree": "Durée du contrat, puis versement aux archives (proposition, à valider par le responsable de traitement)"}',
  '{"contrat_id": "technique", "id": "technique", "type": "contrat", "nom": "contrat", "territoire_id": "contrat", "porteur_id": "contrat",
    "objet": "contrat", "confidentialite": "contrat", "cadence_mois": "contrat", "vote": "contrat", "fiches": "contrat", "lieu": "contenu",
    "heure": "contenu", "duree_minutes": "contenu", "version": "technique", "cree_par": "pseudonyme", "cree_le": "technique", "close_le": "contrat"}');
select annoter('instance_membres', '{"traitement": "instances", "duree": "Durée du mandat, puis celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "qualite": "vie_professionnelle",
    "fonction": "vie_professionnelle", "organisation_id": "vie_professionnelle", "nom": "identite", "courriel": "coordonnees",
    "suppleant_nom": "identite", "suppleant_courriel": "coordonnees", "debut": "vie_professionnelle", "fin": "vie_professionnelle",
    "ordre": "technique"}');
select annoter('instance_demandes', '{"traitement": "instances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "titre": "contenu", "expose": "contenu", "auteur": "identite",
    "compte_id": "pseudonyme", "organisation_id": "vie_professionnelle", "etat": "technique", "reponse": "contenu", "cree_le": "technique"}');
select annoter('seances', '{"traitement": "instances", "duree": "Durée du contrat, puis versement aux archives"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "titre": "contenu", "jour": "contenu", "heure": "contenu",
    "duree_minutes": "contenu", "lieu": "contenu", "visio": "contenu", "etat": "technique", "mot": "contenu", "sequence": "technique",
    "version": "technique", "point_courant": "technique", "point_depuis": "technique", "convoquee_le": "technique", "ouverte_le": "technique",
    "levee_le": "technique", "levee_par": "identite", "relecture_jusqu_a": "technique", "figee_le": "technique", "annulee_le": "technique", "motif_annulation": "contenu",
    "motif_rectification": "contenu", "presents": "contenu", "cree_par": "pseudonyme", "cree_le": "technique", "rappel_le": "technique"}');
select annoter('seance_points', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "rang": "technique", "titre": "contenu", "genre": "technique",
    "cle": "technique", "fiche": "contrat", "ligne": "contrat", "territoire_id": "contrat", "minutes": "contenu", "rapporteur": "vie_professionnelle",
    "expose": "contenu", "dossier": "contenu", "dossier_le": "technique", "etat": "technique", "secondes": "technique",
    "notes": {"categorie": "contenu", "note": "Aucun nom de personne suivie : l’écran le rappelle. Ce qui n’est pas encore envoyé reste dans le navigateur, par compte, 60 jours au plus"}, "notes_version": "technique",
    "notes_par": "identite", "notes_le": "technique"}');
select annoter('seance_notes', '{"traitement": "instances", "duree": "Jusqu’au gel du relevé"}',
  '{"contrat_id": "technique", "point_id": "technique", "version": "technique", "texte": "contenu", "par": "identite", "quand": "technique"}');
select annoter('seance_participants', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "membre_id": "technique", "qualite": "vie_professionnelle",
    "fonction": "vie_professionnelle", "organisation_id": "vie_professionnelle", "nom": "identite", "courriel": "coordonnees",
    "suppleant_nom": "identite", "suppleant_courriel": "coordonnees", "ordre": "technique", "convoque_le": "technique",
    "reponse": "vie_professionnelle", "reponse_le": "technique", "reponse_mot": "contenu", "presence": "vie_professionnelle",
    "represente_par": "identite", "relance_le": "technique", "retire_le": "technique"}');
select annoter('seance_dates', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "jour": "contenu", "heure": "contenu"}');
select annoter('seance_dates_reponses', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "date_id": "technique", "participant_id": "technique", "reponse": "vie_professionnelle", "quand": "technique"}');
select annoter('seance_documents', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "point_id": "technique", "titre": "contenu",
    "nom": "contenu", "type": "technique", "contenu": "contenu", "octets": "technique", "depose_par": "identite", "depose_le": "technique"}');
select annoter('seance_votes', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "point_id": "technique", "objet": "contenu", "pour": "contenu",
    "contre": "contenu", "abstention": "contenu", "par": "identite", "quand": "technique"}');
select annoter('decisions', '{"traitement": "instances", "duree": "Durée du contrat, puis versement aux archives"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "seance_id": "technique", "point_id": "technique",
    "numero": "technique", "nature": "contenu", "libelle": "contenu", "responsable_id": "vie_professionnelle", "responsable_nom": "identite",
    "responsable_courriel": "coordonnees", "echeance": "contenu", "fiche": "contrat", "ligne": "contrat", "territoire_id": "contrat",
    "etat": "contenu", "condition": "contenu", "preuve": "contenu", "preuve_lien": "contenu", "motif": "contenu", "version": "technique",
    "auteur": "identite", "cree_le": "technique", "modifie_par": "identite", "modifie_le": "technique", "close_le": "contenu",
    "relance_le": "technique", "escalade_le": "technique"}');
select annoter('decision_versions', '{"traitement": "instances", "duree": "Celle de la décision"}',
  '{"contrat_id": "technique", "decision_id": "technique", "version": "technique", "contenu": "contenu", "par": "identite", "quand": "technique"}');
select annoter('seance_amendements', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "seance_id": "technique", "point_id": "technique", "participant_id": "technique",
    "auteur": "identite", "texte": "contenu", "etat": "technique", "reponse": "contenu", "quand": "technique"}');
select annoter('seance_approbations', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "seance_id": "technique", "participant_id": "technique", "empreinte": "technique", "par": "identite",
    "piece": "contenu", "quand": "technique"}');
select annoter('releves', '{"traitement": "instances", "duree": "Durée du contrat, puis versement aux archives"}',
  '{"contrat_id": "technique", "seance_id": "technique", "version": "technique", "numero": "technique",
    "contenu": {"categorie": "contenu", "note": "Nom et fonction des présents"}, "empreinte": "technique", "motif": "contenu",
    "fige_par": "identite", "fige_le": "technique"}');
select annoter('releve_publications', '{"traitement": "instances", "duree": "Jusqu’au retrait"}',
  '{"contrat_id": "technique", "seance_id": "technique", "version": "technique", "contenu": "contenu", "retraits": "technique",
    "publie_par": "identite", "publie_le": "technique", "retire_le": "technique"}');
select annoter('calendrier_flux', '{"traitement": "comptes", "duree": "Jusqu’à leur révocation"}',
  '{"contrat_id": "technique", "id": "technique", "compte_id": "pseudonyme", "empreinte": "authentification", "cree_le": "technique",
    "vu_le": "connexion", "revoque_le": "technique"}');
