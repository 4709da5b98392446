-- Letters to who follows a fiche, a place or the whole contract, without an account (decision 40). An address is kept closed under the key of
-- the platform and found by a digest under that key: the database alone says neither whose it is nor whether one is there.
create table abonnement_demandes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  empreinte text not null check (length(empreinte) = 32),
  adresse bytea not null check (octet_length(adresse) <= 300),
  genre text not null check (genre in ('tout', 'fiche', 'territoire')),
  -- number of the fiche, code of the place; '' for the whole contract
  objet text not null check (char_length(objet) <= 60 and (genre = 'tout') = (objet = '')),
  -- day of the letter, 1 Monday to 7 Sunday
  jour smallint not null check (jour between 1 and 7),
  -- where it was asked from, as a digest under the key: counted for a day, gone with the row
  reseau text not null check (length(reseau) = 32),
  demande_le timestamptz not null,
  primary key (contrat_id, id)
);
create index abonnement_demandes_adresse on abonnement_demandes (contrat_id, empreinte, demande_le);
create index abonnement_demandes_reseau on abonnement_demandes (contrat_id, reseau, demande_le);
create index abonnement_demandes_age on abonnement_demandes (contrat_id, demande_le);
select proteger('abonnement_demandes');
revoke update on abonnement_demandes from concorde_application;
grant delete on abonnement_demandes to concorde_application;

create table abonnes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  empreinte text not null check (length(empreinte) = 32),
  adresse bytea not null check (octet_length(adresse) <= 300),
  jour smallint not null check (jour between 1 and 7),
  -- day of the next letter
  prochain_le date not null,
  primary key (contrat_id, id),
  unique (contrat_id, empreinte)
);
create index abonnes_prochains on abonnes (contrat_id, prochain_le, id);
select proteger('abonnes');
grant delete on abonnes to concorde_application;

create table abonnements (
  contrat_id smallint not null,
  abonne_id uuid not null,
  genre text not null check (genre in ('tout', 'fiche', 'territoire')),
  objet text not null check (char_length(objet) <= 60 and (genre = 'tout') = (objet = '')),
  -- what was published before was told, or is from before it was asked for
  dit_jusqua timestamptz not null,
  primary key (contrat_id, abonne_id, genre, objet),
  foreign key (contrat_id, abonne_id) references abonnes (contrat_id, id) on delete cascade
);
create index abonnements_par_objet on abonnements (contrat_id, genre, objet);
select proteger('abonnements');
grant delete on abonnements to concorde_application;

select annoter('abonnement_demandes', '{"traitement": "abonnements", "duree": "Jusqu’à la confirmation ; 7 jours quand elle ne vient pas", "jours": 7,
  "titre": "Lettres à qui suit une fiche, un lieu ou le contrat",
  "finalite": "Écrire une fois par semaine ce qui vient d’être publié à qui l’a demandé",
  "base_legale": "Consentement (RGPD, art. 6.1.a), confirmé par courriel et retiré d’un geste",
  "personnes": "Toute personne qui s’abonne, sans compte",
  "destinataires": ["personne : les adresses ne se lisent sur aucun écran"]}',
  '{"contrat_id": "technique", "id": "technique", "empreinte": "authentification", "adresse": {"categorie": "coordonnees", "note": "Chiffrée"},
    "genre": "contenu", "objet": "contenu", "jour": "contenu", "reseau": {"categorie": "connexion", "note": "Empreinte du réseau, pour compter les demandes d’un jour"},
    "demande_le": "technique"}');
select annoter('abonnes', '{"traitement": "abonnements", "duree": "Jusqu’à ce que la personne arrête ; effacé aussitôt"}',
  '{"contrat_id": "technique", "id": "technique", "empreinte": "authentification", "adresse": {"categorie": "coordonnees", "note": "Chiffrée"},
    "jour": "contenu", "prochain_le": "technique"}');
select annoter('abonnements', '{"traitement": "abonnements", "duree": "Jusqu’à ce que la personne arrête ; effacé aussitôt"}',
  '{"contrat_id": "technique", "abonne_id": "pseudonyme", "genre": "contenu", "objet": "contenu", "dit_jusqua": "technique"}');
