-- A referent who comes back sits anew: what is past of a seat is not written again. One that was never held, and that a session may remember, has no day (`fin` is the eve of `debut`).
drop index instance_membres_referents;
alter table instance_membres
  drop constraint instance_membres_check,
  add constraint instance_membres_jours check (fin is null or fin >= debut or (referent_id is not null and fin = debut - 1)),
  -- Nobody sits twice the same day by the directory.
  add constraint instance_membres_un_siege exclude using gist (contrat_id with =, instance_id with =, referent_id with =, daterange(debut, fin, '[]') with &&)
    where (referent_id is not null and (fin is null or fin >= debut)) deferrable initially deferred;
-- No seat goes: sessions say by which one somebody came.
revoke delete on instance_membres from concorde_application;
