-- The data protection officer's desk: what each table and column holds, said in the catalogue itself, people's requests, and
-- what retention removed.

-- Writes the annotation of a table, and of its columns (column -> category, or column -> {"categorie": …, "note": …}), as JSON
-- comments. The facts of a processing activity (titre, finalite, base_legale, personnes, destinataires) are said once, on the
-- table that carries it; the other tables only name it. A null annotation leaves the table's own as it is (columns added
-- later). A column that the table does not have is passed over: migrations may arrive in another order, and a test reports every
-- column left without a category. The categories are listed in src/modules/comptes/dpo/traitements.rules.ts.
create function annoter(cible regclass, annotation jsonb, colonnes jsonb default '{}') returns void language plpgsql as $$
declare
  c record;
begin
  if annotation is not null then
    execute format('comment on table %s is %L', cible, annotation);
  end if;
  for c in
    select a.attname, case jsonb_typeof(v.value) when 'string' then jsonb_build_object('categorie', v.value) else v.value end as valeur
    from jsonb_each(colonnes) as v
    join pg_catalog.pg_attribute a on a.attrelid = cible and a.attname = v.key and a.attnum > 0 and not a.attisdropped
  loop
    execute format('comment on column %s.%I is %L', cible, c.attname, c.valeur);
  end loop;
end $$;
revoke execute on function annoter from public;

-- Requests by which people exercise their rights (GDPR, articles 12 to 22).
create table demandes_droits (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  recue_le date not null,
  nature text not null check (nature in ('acces', 'rectification', 'effacement', 'limitation', 'opposition', 'information')),
  -- a name or initials; null once forgotten
  demandeur text,
  moyen text not null check (moyen in ('courriel', 'courrier', 'guichet', 'telephone', 'autre')),
  objet text not null,
  etat text not null default 'recue' check (etat in ('recue', 'en_cours', 'prolongee', 'repondue', 'refusee')),
  prolongee_le date,
  -- article 12.3: one month from reception, which may be extended by two further months
  echeance date not null generated always as (
    (recue_le + case when prolongee_le is null then interval '1 month' else interval '3 months' end)::date
  ) stored,
  reponse text,
  -- why it was extended, or refused
  motif text,
  repondue_le date check (repondue_le >= recue_le),
  version integer not null default 1,
  cree_par uuid,
  cree_le timestamptz not null default now(),
  modifie_par uuid,
  modifie_le timestamptz not null default now(),
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  check ((etat in ('repondue', 'refusee')) = (repondue_le is not null)),
  check (etat <> 'prolongee' or prolongee_le is not null),
  check ((demandeur is null) = (anonymisee_le is not null))
);
create index demandes_droits_echeance on demandes_droits (contrat_id, echeance) where repondue_le is null;
create index demandes_droits_liste on demandes_droits (contrat_id, recue_le desc, id);
select proteger('demandes_droits');
revoke delete on demandes_droits from concorde_application;

-- Superseded versions, without the name: what was said and decided, when and by whom.
create table demandes_droits_versions (
  contrat_id smallint not null,
  demande_id uuid not null,
  version integer not null,
  etat text not null,
  echeance date not null,
  reponse text,
  motif text,
  modifie_par uuid,
  modifie_le timestamptz not null,
  primary key (contrat_id, demande_id, version),
  foreign key (contrat_id, demande_id) references demandes_droits (contrat_id, id)
);
select proteger('demandes_droits_versions');
revoke insert, update, delete on demandes_droits_versions from concorde_application;

-- Keeps the version that an update supersedes. Forgetting a request (anonymisee_le) removes in the same act its free texts and
-- its versions, which the application could not remove by itself: kind, dates and outcome remain, to be counted.
create function garder_version_demande() returns trigger
language plpgsql security definer set search_path = public, pg_catalog as $$
begin
  if new.anonymisee_le is not null then
    new.demandeur := null;
    new.objet := '';
    new.reponse := null;
    new.motif := null;
    delete from demandes_droits_versions where contrat_id = old.contrat_id and demande_id = old.id;
  elsif new.version <> old.version then
    insert into demandes_droits_versions (contrat_id, demande_id, version, etat, echeance, reponse, motif, modifie_par, modifie_le)
    values (old.contrat_id, old.id, old.version, old.etat, old.echeance, old.reponse, old.motif, old.modifie_par, old.modifie_le);
  end if;
  return new;
end $$;
create trigger versions before update on demandes_droits for each row execute function garder_version_demande();

-- What retention removed, or would have removed (simulation): the proof that a rule is applied.
create table purges (
  contrat_id smallint not null references contrats (id),
  id bigint generated always as identity,
  quand timestamptz not null,
  regle text not null,
  nombre bigint not null check (nombre >= 0),
  -- what was older than this moment
  limite timestamptz not null,
  simulation boolean not null,
  par uuid,
  primary key (contrat_id, id)
);
select proteger('purges');
revoke update, delete on purges from concorde_application;

-- Accounts.
select annoter('comptes', '{
  "traitement": "comptes", "titre": "Comptes et habilitations",
  "finalite": "Ouvrir la plateforme aux seules personnes mandatées par les partenaires du contrat, et borner ce que chacune voit et écrit.",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : animation du contrat local de sécurité (CSI, art. L. 132-4 et D. 132-7)",
  "personnes": "Agents et élus des partenaires du contrat, membres des associations",
  "destinataires": ["administrateur technique", "coordination centrale", "DPO"],
  "duree": "Durée des fonctions ; compte fermé au départ, gardé fermé tant que le journal cite ses actes"}',
  '{"contrat_id": "technique", "id": "pseudonyme", "courriel": "coordonnees", "nom": "identite", "fonction": "vie_professionnelle",
    "organisation_id": "vie_professionnelle", "mot_de_passe": "authentification", "demonstration": "technique", "ordre": "technique",
    "cree_le": "technique", "ferme_le": "technique"}');
select annoter('mandats', '{"traitement": "comptes", "duree": "Celle du compte"}',
  '{"contrat_id": "technique", "id": "technique", "compte_id": "pseudonyme", "role": "vie_professionnelle",
    "territoire_id": "vie_professionnelle", "fiche": "vie_professionnelle", "debut": "vie_professionnelle", "fin": "vie_professionnelle",
    "accorde_par": "identite"}');
select annoter('sessions', '{"traitement": "comptes", "duree": "30 jours après la fin de la session", "jours": 30}',
  '{"contrat_id": "technique", "empreinte": "authentification", "compte_id": "pseudonyme", "ouverte_le": "connexion", "vue_le": "connexion",
    "expire_le": "connexion"}');

select annoter('audit', '{
  "traitement": "journal", "titre": "Journal d’audit",
  "finalite": "Prouver qui a consulté ou modifié quoi, détecter les accès abusifs et répondre aux demandes des personnes.",
  "base_legale": "Obligation de sécurité et de preuve (RGPD, art. 5.2, 6.1.c et 32 ; CNIL, délibération 2021-122)",
  "personnes": "Titulaires d’un compte ; adresse de connexion de qui essaie d’entrer",
  "destinataires": ["DPO"],
  "duree": "12 mois ; jusqu’à 36 mois pour un motif documenté (réglage CONCORDE_AUDIT_MOIS, commande « audit purger »)"}',
  '{"contrat_id": "technique", "id": "technique", "quand": "connexion", "compte_id": "pseudonyme", "organisation_id": "vie_professionnelle",
    "action": "connexion", "objet": "connexion", "details": {"categorie": "technique", "note": "Jamais de nom, par construction"},
    "adresse": "connexion"}');

-- Records of activity.
select annoter('activites', '{
  "traitement": "registres", "titre": "Registres d’activité",
  "finalite": "Suivre ce que les partenaires font pour le contrat et en tirer les chiffres promis. Aucune personne suivie, auteur ou victime n’y est enregistré.",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : contrat local de sécurité (CSI, art. L. 132-4 et D. 132-7)",
  "personnes": "Agents qui saisissent ; tiers nommés par erreur dans un texte libre",
  "destinataires": ["partenaires du contrat, dans leur périmètre", "coordination centrale", "DPO"],
  "duree": "Durée du contrat et de son évaluation, puis 5 ans (proposition, à valider par le responsable de traitement)"}',
  '{"contrat_id": "technique", "id": "technique", "registre": "contrat", "jour": "contrat", "fin": "contrat", "titre": "contenu",
    "territoire_id": "contrat", "adresse": "localisation", "lon": "localisation", "lat": "localisation", "organisation_id": "contrat",
    "commentaire": "contenu", "fiches": "contrat", "lignes": "contrat",
    "donnees": {"categorie": "contenu", "note": "Champs du registre : nombres et listes fermées, quelques textes libres"},
    "id_externe": "technique", "statut": "technique", "version": "technique", "acte": "technique", "motif": "contenu",
    "auteur_id": "pseudonyme", "auteur": "identite", "modifie_le": "technique", "cree_le": "technique", "lot_id": "technique",
    "lot_version": "technique", "recherche": {"categorie": "contenu", "note": "Mots des textes, pour la recherche"}}');
select annoter('activite_versions', '{"traitement": "registres", "duree": "Celle de l’enregistrement"}',
  '{"contrat_id": "technique", "activite_id": "technique", "version": "technique", "statut": "technique", "contenu": "contenu",
    "acte": "technique", "motif": "contenu", "auteur_id": "pseudonyme", "auteur": "identite", "modifie_le": "technique",
    "lot_id": "technique", "lot_version": "technique"}');
select annoter('lots', '{"traitement": "registres", "jours": 30,
  "duree": "30 jours pour un import préparé et jamais publié ; celle des enregistrements sinon"}',
  '{"contrat_id": "technique", "id": "technique", "registre": "contrat", "fichier": "contenu", "empreinte": "technique", "etat": "technique",
    "lues": "technique", "nouvelles": "technique", "corrigees": "technique", "connues": "technique", "en_erreur": "technique",
    "remarques": "contenu", "cree_par": "pseudonyme", "auteur": "identite", "cree_le": "technique", "publie_par": "identite",
    "publie_le": "technique", "annule_par": "identite", "annule_le": "technique", "retablies": "technique", "gardees": "technique"}');
select annoter('lot_lignes', '{"traitement": "registres", "duree": "Celle de l’import"}',
  '{"contrat_id": "technique", "lot_id": "technique", "numero": "technique", "etat": "technique", "id_externe": "technique",
    "brut": {"categorie": "contenu", "note": "La ligne telle qu’elle était dans le fichier"}, "contenu": "contenu",
    "activite_id": "technique", "version": "technique", "erreurs": "contenu"}');
select annoter('listes_extensions', '{"traitement": "registres", "duree": "Durée du contrat : des enregistrements s’en servent"}',
  '{"contrat_id": "technique", "registre": "contrat", "champ": "contrat", "code": "contrat", "libelle": "contenu", "auteur": "identite",
    "cree_le": "technique"}');

-- Figures.
select annoter('valeurs', '{
  "traitement": "indicateurs", "titre": "Chiffres du contrat",
  "finalite": "Fournir, valider et publier les indicateurs du contrat, avec l’origine de chaque chiffre.",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi et évaluation du contrat (CSI, art. L. 132-4 et D. 132-7)",
  "personnes": "Agents qui saisissent ou valident un chiffre",
  "destinataires": ["public, sans nom ni commentaire", "partenaires du contrat", "DPO"],
  "duree": "Durée du contrat et de son évaluation, puis 5 ans (proposition, à valider) ; chiffres versés aux archives"}',
  '{"contrat_id": "technique", "id": "technique", "mesure_id": "contrat", "periode": "contrat", "territoire_id": "contrat",
    "ventilation": "contrat", "version": "technique", "etat": "contrat", "valeur": "contrat", "texte": "contenu", "source": "contenu",
    "commentaire": "contenu", "saisi_par": "identite", "saisi_par_organisation": "vie_professionnelle", "saisi_le": "technique",
    "valide_par": "identite", "valide_le": "technique", "courante": "technique"}');
select annoter(t, '{"traitement": "indicateurs", "duree": "Recalculé à chaque écriture : celle des enregistrements comptés"}',
  '{"contrat_id": "technique", "annee": "contrat", "mesure_id": "contrat", "mois": "contrat", "territoire_id": "contrat",
    "ventilation": "contrat", "nombre": "contrat", "somme": "contrat", "sans_valeur": "contrat"}')
from unnest(array['mesure_cellules', 'mesure_annees']::regclass[]) as t;
select annoter('mesure_formules', '{"traitement": "indicateurs", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "mesure_id": "contrat", "version": "technique", "empreinte": "technique", "calcul": "contrat",
    "valide_depuis": "technique", "valide_jusqu_a": "technique"}');

-- Residents’ reports.
select annoter('signalements', '{
  "traitement": "signalements", "titre": "Signalements des habitants",
  "finalite": "Situer et compter ce que les habitants signalent dans l’espace public. Ni nom, ni coordonnées, ni texte du déclarant ne sont repris.",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : tranquillité publique (CGCT, art. L. 2212-2)",
  "personnes": "Aucune par construction ; une adresse peut désigner indirectement un lieu de vie ; agents qui importent",
  "destinataires": ["partenaires du contrat", "DPO"],
  "duree": "Durée du contrat et de son évaluation (proposition, à valider)"}',
  '{"contrat_id": "technique", "id": "technique", "canal": "contrat", "id_externe": "technique", "jour": "contrat", "type": "contrat",
    "sous_type": "contrat", "service": "contrat", "perimetre": "contrat", "theme": "contrat", "territoire_id": "contrat",
    "adresse": "localisation", "lon": "localisation", "lat": "localisation", "lot_id": "technique"}');
select annoter('signalement_libelles', '{"traitement": "signalements", "duree": "Celle des signalements"}',
  '{"contrat_id": "technique", "genre": "contrat", "code": "contrat", "libelle": "contrat"}');
select annoter('signalement_lots', '{"traitement": "signalements", "duree": "Celle des signalements"}',
  '{"contrat_id": "technique", "id": "technique", "source": "contrat", "fichier": "contenu", "lus": "technique", "nouveaux": "technique",
    "connus": "technique", "avertis": "technique", "rejetes": "technique", "motifs": "contenu", "importe_le": "technique",
    "importe_par": "identite"}');

-- What people ask the application to make.
select annoter('travaux', '{
  "traitement": "documents", "titre": "Documents et travaux demandés",
  "finalite": "Produire en arrière-plan les bilans et les imports que les personnes demandent, et leur rendre compte.",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e)",
  "personnes": "Agents qui demandent un travail",
  "destinataires": ["la personne qui a demandé", "coordination centrale", "DPO"],
  "duree": "90 jours après la fin du travail", "jours": 90}',
  '{"contrat_id": "technique", "id": "technique", "genre": "technique", "libelle": "contenu",
    "charge": {"categorie": "contenu", "note": "Peut porter le nom de qui demande et celui du fichier"}, "etat": "technique",
    "fait": "technique", "total": "technique", "message": "contenu", "resultat": "contenu", "demande_par": "pseudonyme",
    "cree_le": "technique", "fini_le": "technique"}');
select annoter('fichiers', '{"traitement": "documents", "duree": "90 jours : un document se refait à la demande", "jours": 90}',
  '{"contrat_id": "technique", "id": "technique", "nom": "contrat", "type": "technique", "contenu": "contenu", "cree_le": "technique"}');

-- The contract itself, and what it is compared with: nobody’s data.
select annoter('contrat_objets', '{
  "traitement": "contrat", "titre": "Contrat, territoires et séries de contexte",
  "finalite": "Tenir le texte du contrat, ses territoires et les séries publiées par d’autres. Sans donnée personnelle.",
  "base_legale": "Sans objet : aucune donnée personnelle",
  "personnes": "Aucune", "destinataires": ["public"],
  "duree": "Sans limite : ce qui est retiré reste l’ancrage des preuves et des chiffres"}',
  '{"contrat_id": "technique", "genre": "contrat", "id": "contrat", "version": "technique", "ordre": "technique", "empreinte": "technique",
    "contenu": "contrat", "charge_le": "technique", "retire_le": "technique"}');
select annoter('contrat_chargements', '{"traitement": "contrat", "duree": "Sans limite"}',
  '{"contrat_id": "technique", "empreinte": "technique", "revision": "technique", "charge_le": "technique"}');
select annoter('territoires', '{"traitement": "contrat", "duree": "Sans limite"}',
  '{"contrat_id": "technique", "id": "contrat", "type": "contrat", "nom": "contrat", "parent_id": "contrat", "code": "contrat",
    "ordre": "technique", "valide_de": "contrat", "valide_a": "contrat"}');
select annoter('contours', '{"traitement": "contrat", "duree": "Sans limite"}',
  '{"contrat_id": "technique", "territoire_id": "contrat", "version": "technique", "geometrie": "contrat", "source": "contrat",
    "importe_le": "technique", "courant": "technique"}');
select annoter('textes_officiels', '{"traitement": "contrat", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "objet_id": "contrat", "texte": "contrat", "page": "contrat", "source": "contrat", "importe_le": "technique"}');
select annoter('recherche', '{"traitement": "contrat", "duree": "Refait à chaque chargement du contrat"}',
  '{"contrat_id": "technique", "genre": "contrat", "id": "contrat", "titre": "contrat", "texte": "contrat", "url": "contrat",
    "poids": "technique", "vecteur": "contrat", "approche": "contrat"}');
select annoter('series_contexte', '{"traitement": "contrat", "duree": "Durée du contrat et de son évaluation"}',
  '{"contrat_id": "technique", "source": "contrat", "indicateur": "contrat", "unite": "contrat", "territoire_id": "contrat",
    "annee": "contrat", "etat": "contrat", "valeur": "contrat", "taux": "contrat", "denominateur": "contrat", "importe_le": "technique"}');
select annoter('contrats', '{
  "traitement": "plateforme", "titre": "Fonctionnement de la plateforme",
  "finalite": "Savoir quels contrats sont servis et dans quel état est la base. Sans donnée personnelle.",
  "base_legale": "Sans objet : aucune donnée personnelle",
  "personnes": "Aucune", "destinataires": ["administrateur technique"], "duree": "Sans limite"}',
  '{"id": "technique", "slug": "technique", "nom": "contrat", "cree_le": "technique"}');
select annoter('migrations', '{"traitement": "plateforme", "duree": "Sans limite"}',
  '{"nom": "technique", "empreinte": "technique", "faite_le": "technique"}');

-- This desk.
select annoter('demandes_droits', '{
  "traitement": "droits", "titre": "Demandes des personnes et preuves de purge",
  "finalite": "Répondre dans les délais aux personnes qui exercent leurs droits, et prouver que les durées de conservation sont tenues.",
  "base_legale": "Obligation légale (RGPD, art. 6.1.c, 12 à 22 et 5.2)",
  "personnes": "Personnes qui exercent leurs droits ; agents du bureau",
  "destinataires": ["DPO"],
  "duree": "5 ans après la réponse (prescription civile, code civil, art. 2224), puis anonymisée", "jours": 1827}',
  '{"contrat_id": "technique", "id": "technique", "recue_le": "technique", "nature": "technique", "demandeur": "identite",
    "moyen": "technique", "objet": "contenu", "etat": "technique", "prolongee_le": "technique", "echeance": "technique",
    "reponse": "contenu", "motif": "contenu", "repondue_le": "technique", "version": "technique", "cree_par": "pseudonyme",
    "cree_le": "technique", "modifie_par": "pseudonyme", "modifie_le": "technique", "anonymisee_le": "technique"}');
select annoter('demandes_droits_versions', '{"traitement": "droits", "duree": "Supprimées quand la demande est anonymisée"}',
  '{"contrat_id": "technique", "demande_id": "technique", "version": "technique", "etat": "technique", "echeance": "technique",
    "reponse": "contenu", "motif": "contenu", "modifie_par": "pseudonyme", "modifie_le": "technique"}');
select annoter('purges', '{"traitement": "droits", "duree": "Durée du contrat et de son évaluation : c’est la preuve"}',
  '{"contrat_id": "technique", "id": "technique", "quand": "technique", "regle": "technique", "nombre": "technique", "limite": "technique",
    "simulation": "technique", "par": "pseudonyme"}');
