-- Who helps, where, when: places as the public reads them. A permanence held elsewhere is a place of its own, under the one that holds it.
create table structures (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- who said it first, and its number there: what an import recognises; empty for a card written here
  source text not null default '' check (char_length(source) <= 120),
  source_id text not null default '' check (char_length(source_id) <= 200),
  parente_id uuid,
  -- the acteur that answers for it; empty when no acteur of the contract does
  organisation_id text not null default '',
  nom text not null check (char_length(nom) between 3 and 150),
  description text not null default '' check (char_length(description) <= 10000),
  siret text not null default '' check (siret ~ '^([0-9]{14})?$'),
  adresse text not null default '' check (char_length(adresse) <= 200),
  complement text not null default '' check (char_length(complement) <= 200),
  code_postal text not null default '' check (code_postal ~ '^([0-9]{5})?$'),
  commune text not null default '' check (char_length(commune) <= 100),
  code_insee text not null default '' check (char_length(code_insee) <= 5),
  longitude double precision,
  latitude double precision,
  territoire_id text not null,
  -- the first level of territories in which it lies; empty for the whole contract
  secteur_id text not null default '',
  telephone text not null default '' check (char_length(telephone) <= 30),
  courriel text not null default '' check (char_length(courriel) <= 254),
  site_web text not null default '' check (char_length(site_web) <= 500),
  -- OpenStreetMap opening hours; what they come to for the weeks ahead, and up to when that was worked out
  horaires text not null default '' check (char_length(horaires) <= 500),
  ouvertures tstzmultirange not null default '{}',
  ouvertures_jusqu_au timestamptz,
  venir text not null default '' check (char_length(venir) <= 1000),
  langues text[] not null default '{}',
  accessibilite text[] not null default '{}',
  accessibilite_lien text not null default '' check (char_length(accessibilite_lien) <= 500),
  reseaux text[] not null default '{}',
  lien_source text not null default '' check (char_length(lien_source) <= 500),
  -- a place kept safe for who asks for help in the street, and by what label
  lieu_sur boolean not null default false,
  label text not null default '' check (char_length(label) <= 120),
  etat text not null default 'publiee' check (etat in ('publiee', 'retiree')),
  -- invented, for the demonstration
  fictive boolean not null default false,
  verifie_par text not null default '' check (char_length(verifie_par) <= 200),
  verifie_le date,
  revoir_le date not null,
  -- the card that shows it since it was joined to another
  jointe_a uuid,
  -- who is written to; never public
  correspondant_nom text not null default '' check (char_length(correspondant_nom) <= 120),
  correspondant_courriel text not null default '' check (char_length(correspondant_courriel) <= 254),
  -- what duplicates are looked for by
  cle_nom text not null,
  cle_adresse text not null default '',
  cle_telephone text not null default '',
  version integer not null default 1,
  maj_le timestamptz not null,
  maj_par text not null default '',
  primary key (contrat_id, id),
  foreign key (contrat_id, parente_id) references structures (contrat_id, id),
  foreign key (contrat_id, jointe_a) references structures (contrat_id, id),
  check ((longitude is null) = (latitude is null)),
  check (jointe_a <> id)
);
select proteger('structures');
select signaler('structures');
create unique index structures_par_source on structures (contrat_id, source, source_id) where source_id <> '';
create index structures_publiees on structures (contrat_id, cle_nom, id) where etat = 'publiee' and jointe_a is null;
create index structures_par_siret on structures (contrat_id, siret) where siret <> '';
create index structures_par_telephone on structures (contrat_id, cle_telephone) where cle_telephone <> '';
create index structures_par_adresse on structures (contrat_id, cle_adresse) where cle_adresse <> '';
create index structures_par_parente on structures (contrat_id, parente_id) where parente_id is not null;
create index structures_jointes on structures (contrat_id, jointe_a) where jointe_a is not null;
select ouvrir_en_lecture('structures', 'public', '{contrat_id,id,source,source_id,parente_id,organisation_id,nom,description,siret,adresse,complement,code_postal,
commune,code_insee,longitude,latitude,territoire_id,secteur_id,telephone,courriel,site_web,horaires,ouvertures,ouvertures_jusqu_au,venir,langues,accessibilite,
accessibilite_lien,reseaux,lien_source,lieu_sur,label,etat,fictive,verifie_par,verifie_le,revoir_le,jointe_a,cle_nom,maj_le}');

-- What is offered there, to whom, under what conditions.
create table structure_services (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  structure_id uuid not null,
  -- the card that shows it: the structure's own, or the one that it is joined to
  carte_id uuid not null,
  source text not null default '' check (char_length(source) <= 120),
  source_id text not null default '' check (char_length(source_id) <= 200),
  nom text not null check (char_length(nom) between 3 and 150),
  description text not null default '' check (char_length(description) <= 10000),
  type text not null default '',
  besoins text[] not null default '{}',
  thematiques text[] not null default '{}',
  publics text[] not null default '{}',
  publics_precisions text not null default '' check (char_length(publics_precisions) <= 1000),
  conditions text not null default '' check (char_length(conditions) <= 1000),
  frais text not null default '' check (frais in ('', 'gratuit', 'payant')),
  frais_precisions text not null default '' check (char_length(frais_precisions) <= 1000),
  modes_accueil text[] not null default '{}',
  modes_mobilisation text[] not null default '{}',
  mobilisable_par text[] not null default '{}',
  mobilisation_precisions text not null default '' check (char_length(mobilisation_precisions) <= 1000),
  lien_mobilisation text not null default '' check (char_length(lien_mobilisation) <= 500),
  zone_eligibilite text[] not null default '{}',
  sans_rdv boolean not null default false,
  anonyme boolean not null default false,
  -- fields of the exchange schema that no page shows, given back as they came
  autres jsonb not null default '{}',
  retire_le timestamptz,
  version integer not null default 1,
  maj_le timestamptz not null,
  maj_par text not null default '',
  primary key (contrat_id, id),
  foreign key (contrat_id, structure_id) references structures (contrat_id, id),
  foreign key (contrat_id, carte_id) references structures (contrat_id, id)
);
select proteger('structure_services');
select signaler('structure_services');
create unique index structure_services_par_source on structure_services (contrat_id, source, source_id) where source_id <> '';
create index structure_services_de on structure_services (contrat_id, structure_id);
create index structure_services_par_carte on structure_services (contrat_id, carte_id) where retire_le is null;
create index structure_services_par_besoin on structure_services using gin (besoins);
select ouvrir_en_lecture('structure_services', 'public', '{contrat_id,id,structure_id,carte_id,source,source_id,nom,description,type,besoins,thematiques,publics,
publics_precisions,conditions,frais,frais_precisions,modes_accueil,modes_mobilisation,mobilisable_par,mobilisation_precisions,lien_mobilisation,zone_eligibilite,
sans_rdv,anonyme,autres,retire_le,maj_le}');

-- What each write changed, by whom, by which way.
create table structure_versions (
  contrat_id smallint not null references contrats (id),
  structure_id uuid not null,
  version integer not null,
  quoi text not null,
  voie text not null check (voie in ('page', 'lien', 'import', 'commande')),
  par text not null,
  le timestamptz not null,
  -- field -> [before, after]
  champs jsonb not null default '{}',
  primary key (contrat_id, structure_id, version),
  foreign key (contrat_id, structure_id) references structures (contrat_id, id)
);
select proteger('structure_versions');
revoke update on structure_versions from concorde_application;

-- The link by which its correspondent confirms or corrects a card, without an account. Nothing of the link is kept: the platform's key signs it.
create table structure_acces (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  structure_id uuid not null,
  courriel text not null,
  nom text not null,
  cree_le timestamptz not null,
  envoye_le timestamptz,
  repondu_le timestamptz,
  ferme_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, structure_id) references structures (contrat_id, id)
);
create unique index structure_acces_un on structure_acces (contrat_id, structure_id, courriel) where ferme_le is null;
select proteger('structure_acces');

-- Two cards that may be one: proposed, joined, told apart. Joining hides nothing that cannot be shown again.
create table structure_doublons (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  garde_id uuid not null,
  double_id uuid not null,
  raisons text[] not null,
  etat text not null default 'propose' check (etat in ('propose', 'joint', 'separe')),
  trouve_le timestamptz not null,
  decide_par text not null default '',
  decide_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, garde_id, double_id),
  foreign key (contrat_id, garde_id) references structures (contrat_id, id),
  foreign key (contrat_id, double_id) references structures (contrat_id, id)
);
select proteger('structure_doublons');
create index structure_doublons_de on structure_doublons (contrat_id, double_id);
create index structure_doublons_a_voir on structure_doublons (contrat_id, etat, trouve_le desc, id);

-- What each file brought, and the rows that it could not.
create table structure_imports (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  fichier text not null check (char_length(fichier) <= 300),
  par text not null,
  le timestamptz not null,
  bilan jsonb not null,
  fautes jsonb not null default '[]',
  primary key (contrat_id, id)
);
create index structure_imports_recents on structure_imports (contrat_id, le desc, id);
select proteger('structure_imports');
revoke update on structure_imports from concorde_application;

select annoter('structures', '{"traitement": "annuaire", "duree": "Durée du contrat", "titre": "Annuaire des lieux d’aide et des référents",
  "finalite": "Dire au public qui aide, où et quand ; joindre la personne qui tient un lieu à jour ou qui est référente",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : information du public et coordination du contrat local de prévention",
  "personnes": "Correspondants des structures et référents désignés, au titre de leur fonction",
  "destinataires": ["public, sans les correspondants ni les lignes personnelles", "partenaires du contrat"]}',
  '{"contrat_id": "technique", "id": "technique", "source": "contrat", "source_id": "technique", "parente_id": "technique", "organisation_id": "contrat",
    "nom": "contenu", "description": "contenu", "siret": "contenu", "adresse": "contenu", "complement": "contenu", "code_postal": "contenu",
    "commune": "contenu", "code_insee": "contenu", "longitude": "contenu", "latitude": "contenu", "territoire_id": "contrat", "secteur_id": "contrat",
    "telephone": {"categorie": "contenu", "note": "Standard du lieu, jamais une ligne personnelle"},
    "courriel": {"categorie": "contenu", "note": "Adresse du lieu, jamais une adresse personnelle"}, "site_web": "contenu",
    "horaires": "contenu", "ouvertures": "contenu", "ouvertures_jusqu_au": "technique", "venir": "contenu", "langues": "contenu", "accessibilite": "contenu",
    "accessibilite_lien": "contenu", "reseaux": "contenu", "lien_source": "contenu", "lieu_sur": "contenu", "label": "contenu", "etat": "contenu",
    "fictive": "technique", "verifie_par": "contenu", "verifie_le": "contenu", "revoir_le": "contenu", "jointe_a": "technique",
    "correspondant_nom": "identite", "correspondant_courriel": "coordonnees", "cle_nom": "contenu", "cle_adresse": "contenu", "cle_telephone": "contenu",
    "version": "technique", "maj_le": "technique", "maj_par": "identite"}');
select annoter('structure_services', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "structure_id": "technique", "carte_id": "technique", "source": "contrat", "source_id": "technique",
    "nom": "contenu", "description": "contenu", "type": "contenu", "besoins": "contenu", "thematiques": "contenu", "publics": "contenu",
    "publics_precisions": "contenu", "conditions": "contenu", "frais": "contenu", "frais_precisions": "contenu", "modes_accueil": "contenu",
    "modes_mobilisation": "contenu", "mobilisable_par": "contenu", "mobilisation_precisions": "contenu", "lien_mobilisation": "contenu",
    "zone_eligibilite": "contenu", "sans_rdv": "contenu", "anonyme": "contenu", "autres": "contenu", "retire_le": "technique", "version": "technique",
    "maj_le": "technique", "maj_par": "identite"}');
select annoter('structure_versions', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "structure_id": "technique", "version": "technique", "quoi": "contenu", "voie": "technique", "par": "identite",
    "le": "technique", "champs": "contenu"}');
select annoter('structure_acces', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "structure_id": "technique", "courriel": "coordonnees", "nom": "identite", "cree_le": "technique",
    "envoye_le": "technique", "repondu_le": "technique", "ferme_le": "technique"}');
select annoter('structure_doublons', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "garde_id": "technique", "double_id": "technique", "raisons": "contenu", "etat": "contenu",
    "trouve_le": "technique", "decide_par": "identite", "decide_le": "technique"}');
select annoter('structure_imports', '{"traitement": "annuaire", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "fichier": "contenu", "par": "identite", "le": "technique", "bilan": "contenu",
    "fautes": {"categorie": "contenu", "note": "Ligne, colonne et motif : la valeur refusée n’est pas gardée"}}');
