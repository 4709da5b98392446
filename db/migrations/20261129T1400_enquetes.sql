-- A survey’s wave and what its answers come to. An answer is added to counts and kept nowhere: no row is anybody’s.
create table enquete_vagues (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- code of its definition, and the definition as it was when it opened: a count keeps its meaning
  enquete text not null,
  definition jsonb not null,
  periode text not null check (periode ~ '^(19|20)[0-9]{2}(-(S[12]|T[1-4]|0[1-9]|1[0-2]))?$'),
  territoire_id text not null,
  debiteur text not null,
  debut date not null,
  fin date not null check (fin >= debut),
  acces text not null check (acces in ('ouvert', 'invitation')),
  tirage text not null check (tirage in ('aleatoire', 'volontaires', 'tous')),
  -- how many were asked, where a link was given to known people; null when nobody knows
  invites integer check (invites > 0),
  reponses integer not null default 0 check (reponses >= 0),
  creee_par text not null,
  creee_par_id uuid not null,
  organisation_id text not null,
  creee_le timestamptz not null,
  close_par text,
  close_le timestamptz,
  primary key (contrat_id, id),
  check (acces = 'ouvert' or invites is null),
  check ((close_par is null) = (close_le is null))
);
select proteger('enquete_vagues');
select signaler('enquete_vagues');
create index enquete_vagues_par_date on enquete_vagues (contrat_id, fin desc);

create table enquete_comptes (
  contrat_id smallint not null,
  vague_id uuid not null,
  -- stratum of who answered; '' when the survey has none
  strate text not null,
  question text not null,
  -- an answer, or `_repondu`, `_sans`, `_hors`
  valeur text not null,
  nombre integer not null check (nombre > 0),
  primary key (contrat_id, vague_id, question, valeur, strate),
  foreign key (contrat_id, vague_id) references enquete_vagues (contrat_id, id)
);
select proteger('enquete_comptes');
select signaler('enquete_comptes');

-- Written words, under an identifier drawn at random: neither their order nor their hour, nor what else was answered.
create table enquete_textes (
  contrat_id smallint not null,
  vague_id uuid not null,
  question text not null,
  id uuid not null default gen_random_uuid(),
  texte text not null check (char_length(texte) between 1 and 1000),
  primary key (contrat_id, vague_id, question, id),
  foreign key (contrat_id, vague_id) references enquete_vagues (contrat_id, id)
);
select proteger('enquete_textes');
revoke update on enquete_textes from concorde_application;

-- One right to answer: the digest of a token that only its letter holds, and whether it served. Whose it is, nothing says.
create table enquete_invitations (
  contrat_id smallint not null,
  vague_id uuid not null,
  empreinte bytea not null check (octet_length(empreinte) = 32),
  utilisee boolean not null default false,
  primary key (contrat_id, empreinte),
  foreign key (contrat_id, vague_id) references enquete_vagues (contrat_id, id)
);
select proteger('enquete_invitations');
create index enquete_invitations_par_vague on enquete_invitations (contrat_id, vague_id, utilisee);

-- Who was invited, so that nobody is twice: a keyed digest of the address, beside no token; gone when the wave closes.
create table enquete_invites (
  contrat_id smallint not null,
  vague_id uuid not null,
  adresse text not null check (char_length(adresse) between 20 and 64),
  primary key (contrat_id, vague_id, adresse),
  foreign key (contrat_id, vague_id) references enquete_vagues (contrat_id, id)
);
select proteger('enquete_invites');
revoke update on enquete_invites from concorde_application;
grant delete on enquete_invites to concorde_application;

select annoter('enquete_vagues', '{"traitement": "enquetes", "duree": "Durée du contrat et de son évaluation",
  "titre": "Enquêtes auprès du public",
  "finalite": "Mesurer, par des questionnaires anonymes, ce que le contrat demande de mesurer par enquête",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi et évaluation du contrat local de prévention",
  "personnes": "Agents qui ouvrent et closent une vague ; personnes invitées, par leur adresse le temps de l’envoi",
  "destinataires": ["public, en comptes", "partenaires du contrat"]}',
  '{"contrat_id": "technique", "id": "technique", "enquete": "contrat", "definition": "contrat", "periode": "contrat", "territoire_id": "contrat",
    "debiteur": "contrat", "debut": "contenu", "fin": "contenu", "acces": "contenu", "tirage": "contenu", "invites": "contenu", "reponses": "contenu",
    "creee_par": "identite", "creee_par_id": "technique", "organisation_id": "contrat", "creee_le": "contenu", "close_par": "identite", "close_le": "contenu"}');
select annoter('enquete_comptes', '{"traitement": "enquetes", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "vague_id": "technique", "strate": "contenu", "question": "contrat", "valeur": "contenu", "nombre": "contenu"}');
select annoter('enquete_textes', '{"traitement": "enquetes", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "vague_id": "technique", "question": "contrat", "id": "technique", "texte": {"categorie": "contenu", "note": "Réponse écrite, avec la consigne de ne nommer personne"}}');
select annoter('enquete_invitations', '{"traitement": "enquetes", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "vague_id": "technique", "empreinte": "technique", "utilisee": "technique"}');
select annoter('enquete_invites', '{"traitement": "enquetes", "duree": "Jusqu’à la clôture de la vague"}',
  '{"contrat_id": "technique", "vague_id": "technique", "adresse": "technique"}');
