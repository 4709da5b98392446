-- A problem that a body follows from one session to the next: what was seen, what is done about it, what came of it.
create table problemes (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  -- promise of the body the day it was opened
  confidentialite text not null check (confidentialite in ('publique', 'partenaires', 'restreinte')),
  titre text not null,
  lieu text not null default '',
  territoire_id text not null,
  constat text not null,
  -- what was chosen to be done, by whom, for when
  reponse text not null default '',
  organisation_id text,
  qui text not null default '',
  echeance date,
  -- how one will know that it worked, and what came of it
  critere text not null default '',
  resultat text not null default '',
  etat text not null default 'ouvert' check (etat in ('ouvert', 'en_cours', 'resolu', 'abandonne')),
  clos_le date,
  -- what residents are told, without a name; nothing until someone who speaks for the body said yes
  public_phrase text not null default '',
  public_validee_par text not null default '',
  public_validee_le timestamptz,
  version integer not null default 1,
  auteur text not null,
  cree_le timestamptz not null,
  modifie_par text not null,
  modifie_le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id),
  check ((etat in ('resolu', 'abandonne')) = (clos_le is not null)),
  check (public_validee_le is null or (public_phrase <> '' and public_validee_par <> ''))
);
create index problemes_instance on problemes (contrat_id, instance_id, etat);
create index problemes_publics on problemes (contrat_id, territoire_id, public_validee_le desc) where public_validee_le is not null;
select proteger('problemes');
select signaler('problemes');
select signaler('instance_rattachements');
select annoter('problemes', '{"traitement": "instances", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "confidentialite": "technique", "titre": "contenu", "lieu": "contenu",
    "territoire_id": "contrat", "constat": "contenu", "reponse": "contenu", "organisation_id": "vie_professionnelle", "qui": "vie_professionnelle",
    "echeance": "contenu", "critere": "contenu", "resultat": "contenu", "etat": "technique", "clos_le": "technique", "public_phrase": "contenu",
    "public_validee_par": "identite", "public_validee_le": "technique", "version": "technique", "auteur": "identite", "cree_le": "technique",
    "modifie_par": "identite", "modifie_le": "technique"}');

-- What was done or said about it, in order; written once.
create table probleme_suivis (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  probleme_id uuid not null,
  de text not null default '',
  vers text not null,
  texte text not null,
  par text not null,
  quand timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, probleme_id) references problemes (contrat_id, id)
);
create index probleme_suivis_probleme on probleme_suivis (contrat_id, probleme_id, quand desc);
select proteger('probleme_suivis');
revoke update on probleme_suivis from concorde_application;
select annoter('probleme_suivis', '{"traitement": "instances", "duree": "Celle du problème"}',
  '{"contrat_id": "technique", "id": "technique", "probleme_id": "technique", "de": "technique", "vers": "technique", "texte": "contenu",
    "par": "identite", "quand": "technique"}');

-- A record of a register that a problem or a session deals with.
create table instance_liens (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  porteur text not null check (porteur in ('probleme', 'seance')),
  porteur_id uuid not null,
  registre text not null,
  activite_id uuid not null,
  par text not null,
  quand timestamptz not null,
  retire_par text not null default '',
  retire_le timestamptz,
  primary key (contrat_id, id)
);
create unique index instance_liens_une_fois on instance_liens (contrat_id, porteur, porteur_id, activite_id) where retire_le is null;
create index instance_liens_activite on instance_liens (contrat_id, activite_id) where retire_le is null;
select proteger('instance_liens');
select annoter('instance_liens', '{"traitement": "instances", "duree": "Celle du problème ou de la séance"}',
  '{"contrat_id": "technique", "id": "technique", "porteur": "technique", "porteur_id": "technique", "registre": "technique",
    "activite_id": "technique", "par": "identite", "quand": "technique", "retire_par": "identite", "retire_le": "technique"}');
