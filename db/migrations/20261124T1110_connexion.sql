-- Sign-in in two steps, recovery, invitations, API tokens, and the mail that goes with them.
alter table comptes
  -- may manage the accounts of the organisation, and of no other
  add column gestionnaire boolean not null default false,
  add column echecs smallint not null default 0,
  add column bloque_jusqua timestamptz,
  -- encrypted with the platform's key (AES-256-GCM), null while no authenticator is set up
  add column totp bytea,
  add column totp_depuis timestamptz,
  -- last time step accepted: a code serves once
  add column totp_dernier bigint not null default 0,
  -- identity provider: `sub` belongs to (issuer, provider); reconciled by invitation and SIRET
  add column oidc_emetteur text,
  add column oidc_sub text;
create unique index comptes_oidc on comptes (contrat_id, oidc_emetteur, oidc_sub) where oidc_sub is not null;

alter table mandats
  -- the mandate that this one stands in for during an absence
  add column delegue_de uuid,
  add column termine_par text,
  add constraint mandats_dates check (fin is null or fin >= debut - 1);

alter table sessions
  add column id uuid not null default gen_random_uuid(),
  -- mot_de_passe, totp, secours, cle, oidc, demonstration
  add column moyen text not null default 'mot_de_passe',
  -- opened with two factors (or by a fictive person of the demonstration)
  add column forte boolean not null default false,
  -- last time the person proved who they are: sensitive acts ask for it anew
  add column confirmee_le timestamptz not null default now(),
  add column adresse text,
  add column agent text,
  add column id_token text;
create unique index sessions_id on sessions (contrat_id, id);
create index sessions_compte on sessions (contrat_id, compte_id);

create table codes_secours (
  contrat_id smallint not null references contrats (id),
  compte_id uuid not null,
  empreinte bytea not null,
  utilise_le timestamptz,
  primary key (contrat_id, compte_id, empreinte),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
select proteger('codes_secours');

create table cles_acces (
  contrat_id smallint not null references contrats (id),
  -- credential id, base64url
  id text not null,
  compte_id uuid not null,
  cle_publique bytea not null,
  compteur bigint not null default 0,
  transports text[] not null default '{}',
  nom text not null,
  cree_le timestamptz not null default now(),
  vue_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
create index cles_acces_compte on cles_acces (contrat_id, compte_id);
select proteger('cles_acces');

-- What a browser has begun and not finished: second factor, passkey challenge, way to the identity provider.
create table etapes (
  contrat_id smallint not null references contrats (id),
  empreinte bytea not null,
  compte_id uuid,
  genre text not null check (genre in ('second_facteur', 'cle', 'inscription_cle', 'oidc')),
  charge jsonb not null default '{}',
  expire_le timestamptz not null,
  primary key (contrat_id, empreinte)
);
select proteger('etapes');

-- Links sent by mail: invitation, new password. Known by the SHA-256 of their token, used once.
create table liens (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  empreinte bytea not null,
  genre text not null check (genre in ('invitation', 'mot_de_passe')),
  courriel text not null,
  compte_id uuid,
  charge jsonb not null default '{}',
  cree_le timestamptz not null default now(),
  cree_par uuid,
  expire_le timestamptz not null,
  utilise_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, empreinte)
);
create index liens_courriel on liens (contrat_id, courriel);
select proteger('liens');

create table jetons_api (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  compte_id uuid not null,
  empreinte bytea not null,
  nom text not null,
  portees text[] not null,
  cree_le timestamptz not null default now(),
  expire_le timestamptz not null,
  vu_le timestamptz,
  revoque_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, empreinte),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
create index jetons_api_compte on jetons_api (contrat_id, compte_id);
select proteger('jetons_api');

-- SIRET of the actors that have one: what an identity provider says of a person's employer is checked against it.
create table organisations (
  contrat_id smallint not null references contrats (id),
  acteur_id text not null,
  siret text not null check (siret ~ '^\d{14}$'),
  fermee_le timestamptz,
  primary key (contrat_id, acteur_id)
);
select proteger('organisations');

-- Mail to be sent; the body is erased once it has left, since it may carry a link that opens an account.
create table courriels (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  destinataire text not null,
  sujet text not null,
  texte text not null,
  etat text not null default 'attente' check (etat in ('attente', 'envoye', 'retenu', 'echec')),
  essais smallint not null default 0,
  erreur text not null default '',
  cree_le timestamptz not null default now(),
  prochain_le timestamptz not null default now(),
  envoye_le timestamptz,
  primary key (contrat_id, id)
);
create index courriels_attente on courriels (contrat_id, prochain_le) where etat = 'attente';
create index courriels_recents on courriels (contrat_id, cree_le desc);
select proteger('courriels');
