-- What was given may wait for somebody to validate it, or be contested: an entry says where what settled it stands, so that boards count
-- states by reading this list alone. Empty: nobody has to validate it.
alter table echeances
  add column solde_etat text not null default '' check (solde_etat in ('', 'a_valider', 'valide', 'conteste')),
  add check (solde_etat = '' or soldee_le is not null);
-- Counts by institution, fiche, place, period and month: all that they group by, read from the index.
create index echeances_avancement on echeances (contrat_id, genre, organisation_id, periode)
  include (territoire_id, fiche, due_le, soldee_le, solde_etat, sans_objet_le);
select annoter('echeances', null, '{"solde_etat": "contenu"}');
