-- Why somebody is not informed yet (an authority asked to wait, a danger) is closed with the rest of the situation; its clock stays in clear, since
-- reminders read it with no cell open. Rows written before keep their reason until the end of their situation.
alter table nominatif.situation_contenus
  drop constraint situation_contenus_groupe_check,
  add constraint situation_contenus_groupe_check check (groupe in ('saisine', 'identite', 'apport', 'differe'));
alter table nominatif.situation_informations
  drop constraint situation_informations_check,
  add constraint situation_informations_motif_date check (motif is null or avant_le is not null);
