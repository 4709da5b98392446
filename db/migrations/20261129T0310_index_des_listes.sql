-- Lists by key read an index in their own order, and what is open does not weigh what is closed.
drop index decisions_liste;
create index decisions_liste on decisions (contrat_id, cree_le desc, id desc);
drop index decisions_territoire;
create index decisions_territoire on decisions (contrat_id, territoire_id, cree_le desc, id desc);
drop index decisions_responsable;
create index decisions_responsable on decisions (contrat_id, responsable_id, cree_le desc, id desc);
create index decisions_charge on decisions (contrat_id, responsable_courriel, cree_le desc, id desc);
-- Late ones are counted without opening a row: which of them are changes with the day.
drop index decisions_ouvertes;
create index decisions_ouvertes on decisions (contrat_id, echeance) include (origine_genre, origine_id, confidentialite, territoire_id) where close_le is null;
create index decisions_a_suivre on decisions (contrat_id, origine_genre, origine_id, echeance) where close_le is null;

-- Words inside a decision, wherever they are in it.
alter table decisions add column cherche text generated always as (sans_accents(libelle)) stored;
create index decisions_cherche on decisions using gin (cherche gin_trgm_ops);
select annoter('decisions', null, '{"cherche": "contenu"}');

-- Records taken away are few: they have an order of their own, and the lists of the others never pass over them.
drop index activites_liste;
-- A page is chosen, and counted, without opening a row.
create index activites_publiees on activites (contrat_id, registre, jour desc, id desc) include (territoire_id) where statut = 'publie';
create index activites_du_lieu on activites (contrat_id, registre, territoire_id, jour desc, id desc) where statut = 'publie';
create index activites_retirees on activites (contrat_id, registre, jour desc, id desc) where statut <> 'publie';

-- Under row-level security an index serves only operators that are marked leakproof. This one compares, and its one message says the pattern,
-- never the value. Needs a superuser: elsewhere words are still found, more slowly.
do $$
begin
  alter function pg_catalog.textlike(text, text) leakproof;
exception when insufficient_privilege then
  raise notice 'Décisions : l’index des mots ne servira pas sous RLS sans superutilisateur.';
end $$;

-- What was promised of the sessions of a body, without reading them all.
create index seances_promesse on seances (contrat_id, instance_id, confidentialite) where partie_de is null;
