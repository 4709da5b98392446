-- What an authority says to the public, passed on as it is: who said it, when, who passes it on, until when. Its text is never changed.
create table messages_relayes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- codes of the contract's `relais.yaml`
  genre text not null check (genre ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  titre text not null check (char_length(titre) between 3 and 200),
  texte text not null check (char_length(texte) between 1 and 8000),
  -- SHA-256 of the text, worked out here
  empreinte text not null check (empreinte ~ '^[0-9a-f]{64}$'),
  origine_id text not null,
  origine_le timestamptz not null,
  origine_lien text not null default '' check (char_length(origine_lien) <= 500),
  -- as the origin's own CAP message names itself
  origine_emetteur text not null default '' check (char_length(origine_emetteur) <= 300),
  origine_identifiant text not null default '' check (char_length(origine_identifiant) <= 300),
  cap_recu_id uuid,
  territoire_id text not null,
  exercice boolean not null,
  relaye_le timestamptz not null,
  relaye_par text not null check (char_length(relaye_par) <= 200),
  organisation_id text not null,
  expire_le timestamptz not null,
  -- the one that this one takes the place of
  remplace_id uuid,
  fini_le timestamptz,
  fin text check (fin in ('expire', 'retire', 'remplace')),
  fin_par text not null default '' check (char_length(fin_par) <= 200),
  fin_motif text not null default '' check (char_length(fin_motif) <= 300),
  primary key (contrat_id, id),
  foreign key (contrat_id, remplace_id) references messages_relayes (contrat_id, id),
  check (expire_le > relaye_le),
  check ((fini_le is null) = (fin is null)),
  check ((origine_emetteur = '') = (origine_identifiant = ''))
);
select proteger('messages_relayes');
select signaler('messages_relayes');
revoke update on messages_relayes from concorde_application;
grant update (fini_le, fin, fin_par, fin_motif) on messages_relayes to concorde_application;
-- The public reads those that are none of an exercise, and not who of the house passed them on.
create policy lecture_public on messages_relayes for select to concorde_public using (contrat_id = (select concorde_contrat()) and not exercice);
grant select (contrat_id, id, genre, titre, texte, empreinte, origine_id, origine_le, origine_lien, origine_emetteur, origine_identifiant, territoire_id, exercice,
  relaye_le, organisation_id, expire_le, remplace_id, fini_le, fin, fin_motif) on messages_relayes to concorde_public;
create index messages_relayes_actifs on messages_relayes (contrat_id, expire_le) where fini_le is null;
create index messages_relayes_recents on messages_relayes (contrat_id, relaye_le desc, id desc);
create index messages_relayes_cap on messages_relayes (contrat_id, cap_recu_id) where cap_recu_id is not null;

create function garder_message_relaye() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.empreinte := encode(sha256(convert_to(new.texte, 'UTF8')), 'hex');
    return new;
  end if;
  if tg_op = 'DELETE' then
    raise exception 'un message relayé ne s’efface pas';
  end if;
  if old.fini_le is not null
    or to_jsonb(new) - '{fini_le,fin,fin_par,fin_motif}'::text[] is distinct from to_jsonb(old) - '{fini_le,fin,fin_par,fin_motif}'::text[] then
    raise exception 'un message relayé ne change pas : il finit';
  end if;
  return new;
end $$;
revoke execute on function garder_message_relaye from public;
create trigger message_relaye_garde before insert or update or delete on messages_relayes for each row execute function garder_message_relaye();

-- Messages of others in CAP 1.2, as they came: by hand, or from the address that is watched.
create table cap_recus (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  emetteur text not null check (char_length(emetteur) <= 300),
  identifiant text not null check (char_length(identifiant) <= 300),
  envoye_le timestamptz not null,
  statut text not null check (statut in ('Actual', 'Exercise', 'System', 'Test', 'Draft')),
  genre text not null check (genre in ('Alert', 'Update', 'Cancel', 'Ack', 'Error')),
  portee text not null check (portee in ('Public', 'Restricted', 'Private')),
  titre text not null default '' check (char_length(titre) <= 300),
  contenu bytea not null check (octet_length(contenu) <= 262144),
  -- a signature stands in it, which nobody here verifies
  signe boolean not null,
  voie text not null check (voie in ('depot', 'adresse')),
  recu_le timestamptz not null,
  recu_par text not null default '' check (char_length(recu_par) <= 200),
  primary key (contrat_id, id),
  unique (contrat_id, emetteur, identifiant, envoye_le)
);
select proteger('cap_recus');
revoke update on cap_recus from concorde_application;
grant delete on cap_recus to concorde_application;
create index cap_recus_recents on cap_recus (contrat_id, recu_le desc, id desc);

select annoter('messages_relayes', '{"traitement": "relais", "duree": "Durée du contrat : ce qui fut dit au public se retrouve",
  "titre": "Messages officiels relayés",
  "finalite": "Passer au public, sans les changer, les messages de l’autorité qui l’alerte",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : information du public en situation de crise",
  "personnes": "Agents qui relaient, au titre de leur fonction",
  "destinataires": ["public, sans le nom de l’agent"]}',
  '{"contrat_id": "technique", "id": "technique", "genre": "contenu", "titre": "contenu", "texte": "contenu", "empreinte": "technique", "origine_id": "contrat",
    "origine_le": "contenu", "origine_lien": "contenu", "origine_emetteur": "contenu", "origine_identifiant": "contenu", "cap_recu_id": "technique",
    "territoire_id": "contrat", "exercice": "contenu", "relaye_le": "contenu", "relaye_par": "identite", "organisation_id": "contrat", "expire_le": "contenu",
    "remplace_id": "technique", "fini_le": "contenu", "fin": "contenu", "fin_par": "identite", "fin_motif": "contenu"}');
select annoter('cap_recus', '{"traitement": "relais", "duree": "365 jours", "jours": 365}',
  '{"contrat_id": "technique", "id": "technique", "emetteur": "contenu", "identifiant": "contenu", "envoye_le": "contenu", "statut": "contenu",
    "genre": "contenu", "portee": "contenu", "titre": "contenu", "contenu": {"categorie": "contenu", "note": "Le fichier tel que reçu de son émetteur"},
    "signe": "technique", "voie": "technique", "recu_le": "technique", "recu_par": "identite"}');
