-- A file of places, read and waiting for whoever sent it to say yes; then what it did.
create table lieu_imports (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  type text not null,
  fichier text not null,
  -- the places read, in the order of the file
  lus jsonb not null,
  avertissements text[] not null default '{}',
  -- day from which they are as the file says; null: as far as is known
  depuis date,
  -- places that the file no longer has end the day before
  fermer boolean not null default false,
  source text not null,
  licence text not null,
  cree_par uuid,
  auteur text not null,
  cree_le timestamptz not null default now(),
  publie_le timestamptz,
  bilan jsonb,
  primary key (contrat_id, id)
);
select proteger('lieu_imports');
select annoter('lieu_imports', '{"traitement": "registres", "titre": "Imports de lieux", "duree": "Celle du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "type": "technique", "fichier": "contenu", "lus": "contenu", "avertissements": "contenu",
    "depuis": "contenu", "fermer": "technique", "source": "contenu", "licence": "contenu", "cree_par": "technique",
    "auteur": {"categorie": "identification", "note": "Nom de qui a importé"}, "cree_le": "technique", "publie_le": "technique", "bilan": "technique"}');
