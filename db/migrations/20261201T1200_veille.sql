-- Signs of tension, written by those who see them: where, when, of what kind, how sure. Neither a person nor a group is named. What a school says by its
-- own circuit stays there: the thread reads it, and copies nothing.
create table tensions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  jour date not null,
  -- codes of the contract's `veille.yaml`
  creneau text not null check (creneau ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  lieu text not null check (lieu ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  nature text not null check (nature ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- rank in the contract's list, the least sure first
  fiabilite smallint not null check (fiabilite between 1 and 9),
  territoire_id text not null,
  -- other places are concerned
  ailleurs text not null check (ailleurs in ('oui', 'non', 'inconnu')),
  texte text not null default '' check (char_length(texte) <= 300),
  organisation_id text not null,
  auteur text not null default '' check (char_length(auteur) <= 200),
  auteur_id uuid,
  ecrite_le timestamptz not null,
  retiree_le timestamptz,
  retiree_par text not null default '' check (char_length(retiree_par) <= 200),
  retrait_motif text not null default '' check (char_length(retrait_motif) <= 300),
  anonymisee_le timestamptz,
  primary key (contrat_id, id)
);
select proteger('tensions');
-- A sign is not rewritten: it is withdrawn, with a reason, or loses its words with time.
revoke update on tensions from concorde_application;
grant update (retiree_le, retiree_par, retrait_motif, anonymisee_le) on tensions to concorde_application;
create index tensions_fil on tensions (contrat_id, jour desc, id desc);
create index tensions_lieu on tensions (contrat_id, territoire_id, jour desc);

create function anonymiser_tension() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.texte := '';
  new.auteur := '';
  new.auteur_id := null;
  new.retiree_par := '';
  return new;
end $$;
revoke execute on function anonymiser_tension from public;
create trigger tension_anonymisee before update on tensions for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_tension();

-- A rule of the contract is met somewhere: somebody says what becomes of it.
create table tension_propositions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  regle text not null check (regle ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  -- the zone in which signs were counted
  territoire_id text not null,
  signaux smallint not null check (signaux > 0),
  depuis date not null,
  ouverte_le timestamptz not null,
  etat text not null default 'ouverte' check (etat in ('ouverte', 'alerte', 'ecartee')),
  motif text not null default '' check (char_length(motif) <= 300),
  decidee_le timestamptz,
  decidee_par text not null default '' check (char_length(decidee_par) <= 200),
  primary key (contrat_id, id),
  check ((decidee_le is null) = (etat = 'ouverte'))
);
select proteger('tension_propositions');
create unique index tension_propositions_une on tension_propositions (contrat_id, regle, territoire_id) where etat = 'ouverte';
create index tension_propositions_recentes on tension_propositions (contrat_id, territoire_id, ouverte_le desc);

select annoter('tensions', '{"traitement": "veille", "duree": "Durée du contrat ; les mots et l’auteur s’effacent après 180 jours", "jours": 180,
  "titre": "Fil des tensions",
  "finalite": "Repérer à temps les lieux et les moments où la tension monte, et y envoyer une présence",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : prévention de la délinquance, CSI L. 132-4 et suivants",
  "personnes": "Agents et partenaires qui écrivent, au titre de leur fonction ; ni personne ni groupe observé",
  "destinataires": ["partenaires de la veille, dans leur territoire", "coordination du contrat"]}',
  '{"contrat_id": "technique", "id": "technique", "jour": "contenu", "creneau": "contenu", "lieu": "contenu", "nature": "contenu", "fiabilite": "contenu",
    "territoire_id": "contrat", "ailleurs": "contenu", "texte": {"categorie": "contenu", "note": "Ni personne ni groupe : refusés à la saisie"},
    "organisation_id": "contrat", "auteur": "identite", "auteur_id": "technique", "ecrite_le": "contenu", "retiree_le": "contenu", "retiree_par": "identite",
    "retrait_motif": "contenu", "anonymisee_le": "technique"}');
select annoter('tension_propositions', '{"traitement": "veille", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "regle": "contrat", "territoire_id": "contrat", "signaux": "contenu", "depuis": "contenu",
    "ouverte_le": "contenu", "etat": "contenu", "motif": "contenu", "decidee_le": "contenu", "decidee_par": "identite"}');
