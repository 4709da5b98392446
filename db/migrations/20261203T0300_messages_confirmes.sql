-- What is passed on to the public is carried where the mandate of who passes it on goes, says when it was copied by hand, and needs a second person:
-- without one it ends by itself.
alter table messages_relayes
  -- on whose pages it stands: the widest place of the mandate that holds its own
  add column portee_id text not null default '',
  -- neither an address of the authority nor its own feed says it
  add column recopie boolean not null default true,
  add column relaye_compte_id uuid,
  add column a_confirmer_avant timestamptz,
  add column confirme_le timestamptz,
  add column confirme_par text not null default '' check (char_length(confirme_par) <= 200),
  add column confirme_compte_id uuid;
alter table messages_relayes disable trigger message_relaye_garde;
update messages_relayes set portee_id = territoire_id, recopie = origine_lien = '' and origine_identifiant = '';
alter table messages_relayes enable trigger message_relaye_garde;
alter table messages_relayes alter column portee_id drop default, alter column recopie drop default,
  add check (portee_id <> ''),
  add check ((confirme_le is null) = (confirme_par = '')),
  add check (confirme_le is null or a_confirmer_avant is not null),
  -- a second person is another one
  add check (confirme_compte_id is null or confirme_compte_id is distinct from relaye_compte_id),
  drop constraint messages_relayes_fin_check,
  add constraint messages_relayes_fin_check check (fin in ('expire', 'retire', 'remplace', 'non-confirme'));
grant update (confirme_le, confirme_par, confirme_compte_id) on messages_relayes to concorde_application;
grant select (portee_id, recopie, a_confirmer_avant, confirme_le) on messages_relayes to concorde_public;
create index messages_relayes_a_confirmer on messages_relayes (contrat_id, a_confirmer_avant) where fini_le is null and confirme_le is null and a_confirmer_avant is not null;

create or replace function garder_message_relaye() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  fin constant text[] := '{fini_le,fin,fin_par,fin_motif}';
  confirmation constant text[] := '{confirme_le,confirme_par,confirme_compte_id}';
begin
  if tg_op = 'INSERT' then
    new.empreinte := encode(sha256(convert_to(new.texte, 'UTF8')), 'hex');
    if new.exercice = (new.a_confirmer_avant is not null) or new.confirme_le is not null then
      raise exception 'un message au public attend une seconde personne, un message joué n’en attend pas';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' then
    raise exception 'un message relayé ne s’efface pas';
  end if;
  if old.fini_le is not null or to_jsonb(new) - (fin || confirmation) is distinct from to_jsonb(old) - (fin || confirmation) then
    raise exception 'un message relayé ne change pas : il finit';
  end if;
  if old.confirme_le is not null and to_jsonb(new) - fin is distinct from to_jsonb(old) - fin then
    raise exception 'un message confirmé l’est une fois';
  end if;
  return new;
end $$;
select annoter('messages_relayes', null, '{"portee_id": "contrat", "recopie": "contenu", "relaye_compte_id": "pseudonyme", "a_confirmer_avant": "contenu",
  "confirme_le": "contenu", "confirme_par": "identite", "confirme_compte_id": "pseudonyme"}');
