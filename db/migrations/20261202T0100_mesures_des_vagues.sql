-- Who holds a wave is read of the measures and the askers of its definition, for each list of debts: kept beside it, so that no list reads
-- every definition whole.
alter table enquete_vagues
  add column mesures jsonb not null generated always as (jsonb_path_query_array(definition, '$.resultats[*].mesure')) stored,
  add column demandeurs jsonb not null generated always as (coalesce(definition -> 'demandeurs', '[]')) stored;
