-- A collected figure is made of contributions: one debtor, one period, one territory, one combination of the breakdowns. Each has its
-- versions. Totals are computed from them and kept, in two sets: what was validated (public) and what is the latest (partners).
alter table valeurs
  add column debiteur text,
  -- the last version that somebody validated
  add column validee boolean not null default false,
  -- who typed it: nobody validates their own
  add column saisi_par_id uuid,
  add column valide_par_id uuid,
  add column conteste_par text,
  add column conteste_organisation text,
  add column conteste_le timestamptz,
  add column conteste_motif text,
  -- what is not a number: where it is, its own date and author
  add column lien text,
  add column fichier_id uuid,
  add column fichier_nom text,
  add column document_le date,
  add column document_auteur text,
  add check (conteste_le is null or conteste_motif is not null),
  add foreign key (contrat_id, fichier_id) references fichiers (contrat_id, id);
update valeurs set debiteur = saisi_par_organisation;
alter table valeurs alter column debiteur set not null;
update valeurs v set validee = true
where valide_le is not null and not exists (
  select from valeurs w
  where (w.contrat_id, w.mesure_id, w.periode, w.territoire_id, w.ventilation) = (v.contrat_id, v.mesure_id, v.periode, v.territoire_id, v.ventilation)
    and w.valide_le is not null and w.version > v.version);
drop index valeurs_courante;
drop index valeurs_version;
create unique index valeurs_courante on valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation) where courante;
create unique index valeurs_validee on valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation) where validee;
create unique index valeurs_version on valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version);

-- What contributions amount to, written in the transaction of the write: no page adds them up.
create table valeur_totaux (
  contrat_id smallint not null references contrats (id),
  ensemble text not null check (ensemble in ('valide', 'recent')),
  territoire_id text not null,
  mesure_id text not null,
  periode text not null,
  -- '' : the whole; else « sexe=f&lieu=nord »
  ventilation text not null default '',
  etat text not null check (etat in ('valeur', 'manquant', 'secret', 'sans_objet')),
  valeur numeric,
  texte text,
  recues integer not null,
  attendues integer not null,
  -- the value is « at least »
  partiel boolean not null,
  provisoire boolean not null,
  -- something newer waits to be validated
  attend boolean not null,
  -- who is missing, what disagrees
  details jsonb not null default '{}',
  primary key (contrat_id, ensemble, territoire_id, mesure_id, periode, ventilation),
  check (etat = 'valeur' or valeur is null)
);
select proteger('valeur_totaux');
select signaler('valeur_totaux');

-- Where several debtors tell the same fact differently, whose word the pilot took, and until which word. The last line counts.
create table valeur_choix (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  mesure_id text not null,
  periode text not null,
  territoire_id text not null,
  debiteur text not null,
  motif text not null check (char_length(motif) between 3 and 2000),
  par text not null,
  par_organisation text not null,
  le timestamptz not null,
  primary key (contrat_id, id)
);
create index valeur_choix_de on valeur_choix (contrat_id, mesure_id, periode);
select proteger('valeur_choix');
revoke update on valeur_choix from concorde_application;

select annoter('valeurs', null, '{"debiteur": "contrat", "validee": "technique", "saisi_par_id": "pseudonyme", "valide_par_id": "pseudonyme",
  "conteste_par": "identite", "conteste_organisation": "vie_professionnelle", "conteste_le": "technique", "conteste_motif": "contenu",
  "lien": "contenu", "fichier_id": "technique", "fichier_nom": "contenu", "document_le": "contenu",
  "document_auteur": {"categorie": "contenu", "note": "Service ou personne qui signe le document"}}');
select annoter('valeur_totaux', '{"traitement": "indicateurs", "duree": "Recalculé à chaque écriture : celle des contributions"}',
  '{"contrat_id": "technique", "ensemble": "technique", "territoire_id": "contrat", "mesure_id": "contrat", "periode": "contrat",
    "ventilation": "contrat", "etat": "contrat", "valeur": "contrat", "texte": "contenu", "recues": "contrat", "attendues": "contrat",
    "partiel": "contrat", "provisoire": "contrat", "attend": "contrat", "details": "contrat"}');
select annoter('valeur_choix', '{"traitement": "indicateurs", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "id": "technique", "mesure_id": "contrat", "periode": "contrat", "territoire_id": "contrat", "debiteur": "contrat",
    "motif": "contenu", "par": "identite", "par_organisation": "vie_professionnelle", "le": "technique"}');
