-- The session or the decision by which a règlement intérieur was adopted, where the platform keeps it: its address, in the row of the text.
alter table nominatif.cellule_reglements add column acte text not null default ''
  check (acte ~ '^(|/(seances|decisions)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
select annoter('nominatif.cellule_reglements', null, '{"acte": "technique"}');

-- The day of a session that was held, or of the one that took a decision; null when there is none of that id. This plane learns a day, and no word of it.
create function jour_de_l_acte(genre text, acte uuid) returns date
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare contrat smallint := public.exiger_un_contrat();
begin
  if genre = 'seances' then
    return (select s.jour from public.seances s where s.contrat_id = contrat and s.id = acte and s.etat in ('relecture', 'figee', 'declaree'));
  end if;
  return (
    select coalesce(s.jour, (d.cree_le at time zone public.concorde_fuseau(contrat))::date)
    from public.decisions d left join public.seances s on s.contrat_id = d.contrat_id and s.id = d.seance_id
    where d.contrat_id = contrat and d.id = acte);
end $$;
revoke execute on function jour_de_l_acte from public;
grant execute on function jour_de_l_acte to concorde_nominatif;
