-- Mail that comes in: kept before it is acknowledged, handled once, and its content erased as soon as it is.
create table courriels_recus (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- who wrote it says it once for each letter; a digest of the letter where nobody did
  message_id text not null check (length(message_id) between 1 and 998),
  destinataire text not null check (length(destinataire) <= 320),
  -- of the envelope
  expediteur text not null check (length(expediteur) <= 320),
  octets int not null check (octets >= 0),
  contenu bytea,
  etat text not null default 'recu' check (etat in ('recu', 'traite', 'ecarte', 'echec')),
  issue text not null default '',
  essais int not null default 0,
  recu_le timestamptz not null default now(),
  fini_le timestamptz,
  primary key (contrat_id, id),
  unique (contrat_id, message_id, destinataire),
  check ((etat = 'recu') = (fini_le is null)),
  check (etat in ('recu', 'echec') or contenu is null)
);
create index courriels_recus_attente on courriels_recus (contrat_id, recu_le) where etat = 'recu';
create index courriels_recus_expediteur on courriels_recus (contrat_id, expediteur, recu_le desc);
select proteger('courriels_recus');
grant delete on courriels_recus to concorde_application;
do $$ begin
  execute format('create policy effacement on courriels_recus as restrictive for delete to concorde_application using (current_user = %L or etat <> %L)',
    current_user, 'recu');
end $$;

select annoter('courriels_recus',
  '{"traitement": "indicateurs", "duree": "Contenu effacé dès qu’il est traité ; trace gardée 90 jours", "jours": 90}',
  '{"contrat_id": "technique", "id": "technique", "message_id": "technique", "destinataire": "coordonnees", "expediteur": "coordonnees",
    "octets": "technique", "contenu": {"categorie": "contenu", "note": "Le message entier et ses pièces, le temps de le traiter"}, "etat": "technique",
    "issue": "technique", "essais": "technique", "recu_le": "technique", "fini_le": "technique"}');

-- A letter that may be answered by a letter says where.
alter table courriels add column repondre_a text not null default '';
select annoter('courriels', null, '{"repondre_a": "technique"}');
