-- A campaign asks, by one letter and one page for each person, for all that their institution owes by a day. Its list is frozen when it opens.
create table campagnes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  titre text not null check (char_length(titre) between 3 and 200),
  message text not null default '' check (char_length(message) <= 2000),
  due_le date not null,
  ouverte_le timestamptz not null,
  ouverte_par text not null,
  close_le timestamptz,
  close_par text not null default '',
  primary key (contrat_id, id)
);
create index campagnes_recentes on campagnes (contrat_id, ouverte_le desc, id);
select proteger('campagnes');

-- What was asked, of whom: never changed after the opening.
create table campagne_demandes (
  contrat_id smallint not null references contrats (id),
  campagne_id uuid not null,
  organisation_id text not null,
  mesure_id text not null,
  periode text not null,
  debiteur text not null,
  territoire_id text not null,
  primary key (contrat_id, campagne_id, organisation_id, mesure_id, periode, debiteur, territoire_id),
  foreign key (contrat_id, campagne_id) references campagnes (contrat_id, id)
);
select proteger('campagne_demandes');
revoke update on campagne_demandes from concorde_application;

-- Whoever answers for an institution in a campaign, with a link of their own. `mesures` empty: all that it is asked.
create table campagne_acces (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  campagne_id uuid not null,
  organisation_id text not null,
  courriel text not null,
  nom text not null,
  compte_id uuid,
  delegue_de uuid,
  mesures text[] not null default '{}',
  cree_le timestamptz not null,
  cree_par text not null,
  envoye_le timestamptz,
  vu_le timestamptz,
  ferme_le timestamptz,
  ferme_par text not null default '',
  primary key (contrat_id, id),
  foreign key (contrat_id, campagne_id) references campagnes (contrat_id, id),
  foreign key (contrat_id, delegue_de) references campagne_acces (contrat_id, id)
);
create unique index campagne_acces_un on campagne_acces (contrat_id, campagne_id, organisation_id, courriel) where ferme_le is null;
create index campagne_acces_compte on campagne_acces (contrat_id, compte_id) where compte_id is not null;
select proteger('campagne_acces');

-- What is typed and not sent yet, field by field, as it is typed: shared by those who answer for the institution.
create table campagne_brouillons (
  contrat_id smallint not null references contrats (id),
  campagne_id uuid not null,
  organisation_id text not null,
  champ text not null check (char_length(champ) <= 60),
  valeur text not null check (char_length(valeur) <= 20000),
  acces_id uuid not null,
  le timestamptz not null,
  primary key (contrat_id, campagne_id, organisation_id, champ),
  foreign key (contrat_id, acces_id) references campagne_acces (contrat_id, id)
);
select proteger('campagne_brouillons');

-- Each time that an institution sent figures.
create table campagne_remises (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  campagne_id uuid not null,
  organisation_id text not null,
  acces_id uuid not null,
  voie text not null check (voie in ('page', 'collage', 'classeur', 'courriel')),
  contributions integer not null check (contributions > 0),
  le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, acces_id) references campagne_acces (contrat_id, id)
);
create index campagne_remises_de on campagne_remises (contrat_id, campagne_id, organisation_id, le);
select proteger('campagne_remises');
revoke update on campagne_remises from concorde_application;

select annoter('campagnes', '{"traitement": "indicateurs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "titre": "contenu", "message": "contenu", "due_le": "contrat", "ouverte_le": "technique",
    "ouverte_par": "identite", "close_le": "technique", "close_par": "identite"}');
select annoter('campagne_demandes', '{"traitement": "indicateurs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "campagne_id": "technique", "organisation_id": "contrat", "mesure_id": "contrat", "periode": "contrat",
    "debiteur": "contrat", "territoire_id": "contrat"}');
select annoter('campagne_acces', '{"traitement": "indicateurs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "campagne_id": "technique", "organisation_id": "vie_professionnelle", "courriel": "coordonnees",
    "nom": "identite", "compte_id": "pseudonyme", "delegue_de": "technique", "mesures": "contrat", "cree_le": "technique", "cree_par": "identite",
    "envoye_le": "technique", "vu_le": "connexion", "ferme_le": "technique", "ferme_par": "identite"}');
select annoter('campagne_brouillons', '{"traitement": "indicateurs", "duree": "Celle de la campagne"}',
  '{"contrat_id": "technique", "campagne_id": "technique", "organisation_id": "contrat", "champ": "technique", "valeur": "contenu",
    "acces_id": "pseudonyme", "le": "technique"}');
select annoter('campagne_remises', '{"traitement": "indicateurs", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "campagne_id": "technique", "organisation_id": "contrat", "acces_id": "pseudonyme",
    "voie": "technique", "contributions": "contrat", "le": "technique"}');
