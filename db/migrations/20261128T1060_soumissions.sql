-- Once-only keys of forms: a form sent twice does its work once. Kept a few days, for whoever sends it again.
create table soumissions (
  contrat_id smallint not null references contrats (id),
  -- nil for someone without an account
  compte_id uuid not null,
  -- digest of the key, of the path, and for a form of what it says
  cle bytea not null,
  contenu bytea not null,
  route text not null,
  -- the answer, enciphered by the form's key; null while there is none, or when it was a refusal
  reponse bytea,
  -- work that opens its own transactions is under way
  en_cours boolean not null default false,
  le timestamptz not null default now(),
  primary key (contrat_id, compte_id, cle)
);
create index soumissions_age on soumissions (contrat_id, le);
select proteger('soumissions');

select annoter('soumissions', '{
  "traitement": "comptes", "titre": "Envois de formulaires",
  "duree": "7 jours : le temps qu’un formulaire renvoyé par mégarde soit reconnu", "jours": 7}',
  '{"contrat_id": "technique", "compte_id": "pseudonyme", "cle": "technique", "contenu": "technique", "route": "technique",
    "reponse": "technique", "en_cours": "technique", "le": "connexion"}');
