-- What the role of service could still put together of an answer: transaction numbers and places on the disk (system columns), and the order
-- in which rows come back while a wave is open. Columns are granted one by one, which grants no system column.
do $$
declare
  t regclass;
  colonnes text;
begin
  foreach t in array array['enquete_textes', 'enquete_invitations', 'enquete_comptes']::regclass[] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into colonnes
    from pg_attribute where attrelid = t and attnum > 0 and not attisdropped;
    execute format('revoke select on %s from concorde_application', t);
    execute format('grant select (%s) on %s to concorde_application', colonnes, t);
  end loop;
end $$;

-- Written words are read once the wave is closed, whatever the query.
create policy lus_apres_cloture on enquete_textes as restrictive for select to concorde_application
  using (exists (select from enquete_vagues v where v.contrat_id = enquete_textes.contrat_id and v.id = vague_id and v.close_le is not null));

-- The closing writes words again in their order, and invitations in that of their digests, in its one transaction: neither the order nor the
-- transaction in which they came is left in rows.
create function reecrire_la_vague(contrat smallint, vague uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  mots jsonb;
  droits jsonb;
begin
  select jsonb_agg(jsonb_build_array(t.question, t.texte) order by t.question, t.texte) into mots
  from enquete_textes t where t.contrat_id = contrat and t.vague_id = vague;
  delete from enquete_textes t where t.contrat_id = contrat and t.vague_id = vague;
  insert into enquete_textes (contrat_id, vague_id, question, texte)
    select contrat, vague, m ->> 0, m ->> 1 from jsonb_array_elements(mots) with ordinality as x (m, rang) order by rang;
  select jsonb_agg(jsonb_build_array(encode(i.empreinte, 'hex'), i.utilisee) order by i.empreinte) into droits
  from enquete_invitations i where i.contrat_id = contrat and i.vague_id = vague;
  delete from enquete_invitations i where i.contrat_id = contrat and i.vague_id = vague;
  insert into enquete_invitations (contrat_id, vague_id, empreinte, utilisee)
    select contrat, vague, decode(d ->> 0, 'hex'), (d ->> 1)::boolean from jsonb_array_elements(droits) with ordinality as x (d, rang) order by rang;
end $$;
revoke execute on function reecrire_la_vague from public;
create function ranger_la_vague() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform reecrire_la_vague(new.contrat_id, new.id);
  return null;
end $$;
revoke execute on function ranger_la_vague from public;
create trigger ranger_a_la_cloture after update of close_le on enquete_vagues
  for each row when (old.close_le is null and new.close_le is not null) execute function ranger_la_vague();
-- Those already closed.
select reecrire_la_vague(contrat_id, id) from enquete_vagues where close_le is not null;
