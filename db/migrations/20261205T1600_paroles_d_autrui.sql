-- What one gives in another organisation's name says so: whether its author answered for the debtor when they wrote it, what the debtor then
-- said of it, and of which organisation the one who validated it was.
alter table valeurs add column pour_autrui boolean not null default false,
  add column valide_organisation text check (char_length(valide_organisation) <= 100),
  add column confirme_le timestamptz, add column confirme_par text check (char_length(confirme_par) <= 200), add column confirme_par_id uuid,
  add column confirme_organisation text check (char_length(confirme_organisation) <= 100),
  add check ((confirme_le is null) = (confirme_par is null) and (confirme_le is null) = (confirme_organisation is null));
-- Of what is kept already, what the accounts tell. Whoever gave for a debtor found in each place may have answered for it: nothing is said of those.
update valeurs v set valide_organisation = k.organisation_id from comptes k where k.contrat_id = v.contrat_id and k.id = v.valide_par_id;
update valeurs v set pour_autrui = true
where v.saisi_par_id is not null and v.saisi_par_organisation <> v.debiteur
  and not exists (
    select from contrat_objets o
    where o.contrat_id = v.contrat_id and o.genre = 'acteur' and o.id = v.debiteur and o.retire_le is null and o.contenu ? 'local');
select annoter('valeurs', null, '{"pour_autrui": "technique", "valide_organisation": "vie_professionnelle", "confirme_le": "technique",
  "confirme_par": "identite", "confirme_par_id": "pseudonyme", "confirme_organisation": "vie_professionnelle"}');

-- Who said where a decision is, and of which organisation: null where it was not kept.
alter table decisions add column dite_par text check (char_length(dite_par) <= 200),
  add column dite_organisation text check (char_length(dite_organisation) <= 100), add column dite_le timestamptz;
select annoter('decisions', null, '{"dite_par": "identite", "dite_organisation": "vie_professionnelle", "dite_le": "technique"}');

-- Of which organisation the one who wrote it was: null where it was not kept.
alter table crise_services add column organisation_id text check (char_length(organisation_id) <= 100);
select annoter('crise_services', null, '{"organisation_id": "vie_professionnelle"}');
