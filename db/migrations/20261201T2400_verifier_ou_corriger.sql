-- Saying that all is right, and changing something, are two acts: `verifie_*` is the first, `corrige_*` the last correction by someone,
-- `source_le` the day that a file gave for what it brought.
alter table structures
  add column corrige_le date,
  add column corrige_par text not null default '' check (char_length(corrige_par) <= 200),
  add column source_le date,
  -- how to reach the place was corrected by link, and nobody with an account has read it again
  add column a_relire boolean not null default false;
grant select (corrige_le, corrige_par, source_le) on structures to concorde_public;
select annoter('structures', null,
  '{"corrige_le": "contenu", "corrige_par": "contenu", "source_le": "contenu", "a_relire": "technique"}');

-- What a file brought was not verified by its source: its date is the file's, never one to come, and a person reviews it within a month.
update structures set source_le = least(verifie_le, maj_le::date), verifie_le = null, verifie_par = '', revoir_le = least(revoir_le, maj_le::date + 30)
  where source_id <> '' and verifie_par = source;
update structures set source_le = maj_le::date where source_id <> '' and source_le is null;

-- A refuge is told by the label that recognised it.
update structures set lieu_sur = false where label = '';
alter table structures add check (not lieu_sur or label <> '');

-- Who is written to is not kept in what writes changed, nor by name in who wrote: the access says it, for a year after it ended.
update structure_versions set champs = champs || '{"correspondant_nom": [null, null]}' where champs ? 'correspondant_nom';
update structure_versions set champs = champs || '{"correspondant_courriel": [null, null]}' where champs ? 'correspondant_courriel';
update structures s set maj_par = 'Le correspondant du lieu'
  from structure_versions v
  where v.contrat_id = s.contrat_id and v.structure_id = s.id and v.version = s.version and v.voie = 'lien';
update structure_versions set par = 'Le correspondant du lieu' where voie = 'lien';
grant delete on structure_acces to concorde_application;
create index structure_acces_de on structure_acces (contrat_id, structure_id);
select annoter('structure_acces', '{"traitement": "annuaire", "duree": "Un an après la fin de l’accès", "jours": 365}', '{}');
