-- What opens something (token, feed, mailed link) carries the strength of the session that made it, the mandates it was made
-- under, and an end. What was made before this did not record its strength: it is weak.
alter table jetons_api
  -- made in a session opened with two factors
  add column forte boolean not null default false,
  -- mandates in force, and awake, when it was made: it never acts under another one
  add column mandats uuid[] not null default '{}',
  add constraint jetons_api_duree check (expire_le <= cree_le + interval '366 days');
update jetons_api j set mandats = array(
  select m.id from mandats m
  where m.contrat_id = j.contrat_id and m.compte_id = j.compte_id and m.debut <= j.cree_le::date and (m.fin is null or m.fin >= j.cree_le::date));

alter table calendrier_flux
  add column forte boolean not null default false,
  add column mandats uuid[] not null default '{}',
  -- pushed back each time its holder looks at the page of their feeds
  add column expire_le timestamptz;
update calendrier_flux f set expire_le = now() + interval '400 days', mandats = array(
  select m.id from mandats m
  where m.contrat_id = f.contrat_id and m.compte_id = f.compte_id and m.debut <= f.cree_le::date and (m.fin is null or m.fin >= f.cree_le::date));
alter table calendrier_flux alter column expire_le set not null;

-- An invitation gives what its author may still give when it is accepted.
alter table liens add column forte boolean not null default false;

-- A letter that carries a link which opens something waits closed under the platform's key; `texte` and `ical` are then empty.
alter table courriels add column ferme bytea;

-- Passages that the platform found and that someone chose to publish all the same, with the reason given.
alter table releve_publications add column gardes jsonb not null default '[]';

-- Tokens of the identity provider were kept in clear; they are kept closed from now on.
update sessions set id_token = null where id_token is not null;
delete from etapes;

select annoter('jetons_api', null, '{"forte": "connexion", "mandats": "vie_professionnelle"}');
select annoter('calendrier_flux', '{"traitement": "comptes", "duree": "400 jours après la dernière visite de la page, ou jusqu’à leur révocation"}',
  '{"forte": "connexion", "mandats": "vie_professionnelle", "expire_le": "technique"}');
select annoter('liens', null, '{"forte": "connexion"}');
select annoter('courriels', null, '{"ferme": {"categorie": "authentification", "note": "Message qui porte un lien, chiffré ; effacé à l’envoi"}}');
select annoter('sessions', null, '{"id_token": {"categorie": "authentification", "note": "Jeton du fournisseur d’identité, chiffré : porte nom et courriel"}}');
select annoter('releve_publications', null, '{"gardes": {"categorie": "contenu", "note": "Passages gardés dans ce que lit le public, et pourquoi"}}');
