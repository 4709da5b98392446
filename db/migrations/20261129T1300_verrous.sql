-- Signing off. A locked period takes nothing more: neither a version, nor a validation, nor a choice between two sources. The application
-- says so first, with what to do; the triggers below have the last word, whoever writes and by whatever way.
create table verrous (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  periode text not null check (periode ~ '^(19|20)[0-9]{2}(-(S[12]|T[1-4]|0[1-9]|1[0-2]))?$'),
  -- null: every fiche of the contract
  fiche text,
  motif text not null check (char_length(motif) between 3 and 2000),
  par text not null,
  par_id uuid,
  par_organisation text not null,
  le timestamptz not null,
  leve_motif text check (char_length(leve_motif) between 3 and 2000),
  leve_par text,
  leve_par_id uuid,
  leve_par_organisation text,
  leve_le timestamptz,
  primary key (contrat_id, id),
  check ((leve_le is null) = (leve_motif is null) and (leve_le is null) = (leve_par is null))
);
create unique index verrous_en_vigueur on verrous (contrat_id, periode, coalesce(fiche, '')) where leve_le is null;
create index verrous_par_an on verrous (contrat_id, left(periode, 4));
select proteger('verrous');
select signaler('verrous');
-- A lock is lifted, with a reason; what it was is never rewritten.
revoke update on verrous from concorde_application;
grant update (leve_motif, leve_par, leve_par_id, leve_par_organisation, leve_le) on verrous to concorde_application;

-- One measure, and one debtor or all of them, may be corrected under a lock until the end of a day.
create table verrou_exceptions (
  contrat_id smallint not null,
  id uuid not null default gen_random_uuid(),
  verrou_id uuid not null,
  mesure_id text not null,
  -- null: every debtor of the measure
  debiteur text,
  jusqu_au date not null,
  motif text not null check (char_length(motif) between 3 and 2000),
  par text not null,
  par_id uuid,
  par_organisation text not null,
  le timestamptz not null,
  -- ended before its day
  fermee_par text,
  fermee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, verrou_id) references verrous (contrat_id, id),
  check ((fermee_le is null) = (fermee_par is null))
);
create index verrou_exceptions_de on verrou_exceptions (contrat_id, verrou_id, mesure_id);
select proteger('verrou_exceptions');
select signaler('verrou_exceptions');
revoke update on verrou_exceptions from concorde_application;
grant update (fermee_par, fermee_le) on verrou_exceptions to concorde_application;

-- What was validated, or chosen, after a lock: a rectificatif. Set by the triggers alone, so that the list of them is the versions
-- themselves. `rectifie_verrou`: the lock that it came after; `rectifie_exception`: what let it in, null when the lock was lifted.
alter table valeurs
  add column rectifie_verrou uuid,
  add column rectifie_exception uuid,
  -- why, in the words of whoever corrects: public
  add column rectifie_motif text check (char_length(rectifie_motif) <= 2000),
  add foreign key (contrat_id, rectifie_verrou) references verrous (contrat_id, id),
  add foreign key (contrat_id, rectifie_exception) references verrou_exceptions (contrat_id, id);
create index valeurs_rectifiees on valeurs (contrat_id, valide_le desc) where rectifie_verrou is not null;
alter table valeur_choix
  add column rectifie_verrou uuid,
  add foreign key (contrat_id, rectifie_verrou) references verrous (contrat_id, id);

-- Months of a period, counted from year 0: one period lies in another when its months do. Same reading as `lirePeriode`.
create function mois_de_periode(p text) returns int4range language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select int4range(left(p, 4)::integer * 12 + debut, left(p, 4)::integer * 12 + debut + duree)
  from (
    select
      case substr(p, 6, 1) when '' then 0 when 'S' then (right(p, 1)::integer - 1) * 6 when 'T' then (right(p, 1)::integer - 1) * 3
        else right(p, 2)::integer - 1 end as debut,
      case substr(p, 6, 1) when '' then 12 when 'S' then 6 when 'T' then 3 else 1 end as duree
  ) x
$$;
-- The fiche of a measure, be it retired since.
create function fiche_de_mesure(contrat smallint, mesure text) returns text language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select i.contenu ->> 'fiche'
  from contrat_objets m
  join contrat_objets i on i.contrat_id = m.contrat_id and i.genre = 'indicateur' and i.id = m.contenu ->> 'indicateur'
  where m.contrat_id = contrat and m.genre = 'mesure' and m.id = mesure
  order by m.version desc, i.version desc
  limit 1
$$;
-- Locks that hold a contribution, lifted ones too.
create function verrous_sur(contrat smallint, mesure text, periode_donnee text) returns setof verrous language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select v.* from verrous v
  where v.contrat_id = contrat and left(v.periode, 4) = left(periode_donnee, 4)
    and mois_de_periode(periode_donnee) <@ mois_de_periode(v.periode)
    and (v.fiche is null or v.fiche = fiche_de_mesure(contrat, mesure))
$$;

-- Whoever writes in a year waits for whoever locks or unlocks in it, and the reverse: what is written is before the lock, or refused.
create function tenir_l_annee() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('verrous|' || new.contrat_id || '|' || (
    case tg_table_name when 'verrous' then left(to_jsonb(new) ->> 'periode', 4)
      else (select left(v.periode, 4) from verrous v where v.contrat_id = new.contrat_id and v.id = (to_jsonb(new) ->> 'verrou_id')::uuid) end), 0));
  return new;
end $$;
create trigger verrou_tient_l_annee before insert or update on verrous for each row execute function tenir_l_annee();
create trigger exception_tient_l_annee before insert or update on verrou_exceptions for each row execute function tenir_l_annee();

-- `jour`: day of the act, on the contract's clock; null for the part of a write that says none, whose other part does.
create function refuser_sous_verrou(contrat smallint, mesure text, periode_donnee text, qui text, jour date) returns void language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$
declare
  tenu verrous;
begin
  select v.* into tenu from verrous_sur(contrat, mesure, periode_donnee) v
  where v.leve_le is null and not exists (
    select from verrou_exceptions e
    where e.contrat_id = v.contrat_id and e.verrou_id = v.id and e.mesure_id = mesure and (e.debiteur is null or e.debiteur = qui)
      and e.fermee_le is null and (jour is null or e.jusqu_au >= jour))
  order by v.le limit 1;
  if found then
    raise exception using errcode = 'CF423', message = format(
      'Chiffre %s, période %s : figé le %s par %s (%s). Demandez à la coordination centrale une exception datée pour ce chiffre.',
      mesure, periode_donnee, to_char(tenu.le at time zone concorde_fuseau(contrat), 'DD/MM/YYYY'), tenu.par, tenu.par_organisation);
  end if;
end $$;

create function tenir_verrou_de_valeur() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  jour date;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('verrous|' || new.contrat_id || '|' || left(new.periode, 4), 0));
  if not exists (select from verrous v where v.contrat_id = new.contrat_id and left(v.periode, 4) = left(new.periode, 4)) then return new; end if;
  jour := (case
    when tg_op = 'INSERT' then new.saisi_le
    when new.valide_le is distinct from old.valide_le then new.valide_le
    when new.conteste_le is distinct from old.conteste_le then new.conteste_le
    end at time zone concorde_fuseau(new.contrat_id))::date;
  perform refuser_sous_verrou(new.contrat_id, new.mesure_id, new.periode, new.debiteur, jour);
  if new.validee and (tg_op = 'INSERT' or not old.validee) then
    select v.id into new.rectifie_verrou from verrous_sur(new.contrat_id, new.mesure_id, new.periode) v order by v.leve_le desc nulls first, v.le desc limit 1;
  end if;
  if new.rectifie_exception is null and (tg_op = 'INSERT' or (new.validee and not old.validee)) then
    select e.id into new.rectifie_exception
    from verrous_sur(new.contrat_id, new.mesure_id, new.periode) v
    join verrou_exceptions e on e.contrat_id = v.contrat_id and e.verrou_id = v.id
    where v.leve_le is null and e.mesure_id = new.mesure_id and (e.debiteur is null or e.debiteur = new.debiteur) and e.fermee_le is null
      and (jour is null or e.jusqu_au >= jour)
    order by e.le desc limit 1;
  end if;
  return new;
end $$;
create trigger valeur_sous_verrou
  before insert or update of mesure_id, periode, territoire_id, debiteur, ventilation, etat, valeur, texte, lien, fichier_id, courante, validee, valide_le, conteste_le
  on valeurs for each row execute function tenir_verrou_de_valeur();

create function tenir_verrou_de_choix() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('verrous|' || new.contrat_id || '|' || left(new.periode, 4), 0));
  perform refuser_sous_verrou(new.contrat_id, new.mesure_id, new.periode, new.debiteur, (new.le at time zone concorde_fuseau(new.contrat_id))::date);
  select v.id into new.rectifie_verrou from verrous_sur(new.contrat_id, new.mesure_id, new.periode) v order by v.leve_le desc nulls first, v.le desc limit 1;
  return new;
end $$;
create trigger choix_sous_verrou before insert on valeur_choix for each row execute function tenir_verrou_de_choix();
-- Triggers run by themselves: nobody calls their functions, which act with the owner's rights.
revoke execute on function tenir_l_annee(), tenir_verrou_de_valeur(), tenir_verrou_de_choix(), refuser_sous_verrou from public;

select annoter('verrous', '{"traitement": "indicateurs", "titre": "Périodes figées", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "periode": "contrat", "fiche": "contrat", "motif": "contenu", "par": "identite",
    "par_id": "pseudonyme", "par_organisation": "vie_professionnelle", "le": "technique", "leve_motif": "contenu", "leve_par": "identite",
    "leve_par_id": "pseudonyme", "leve_par_organisation": "vie_professionnelle", "leve_le": "technique"}');
select annoter('verrou_exceptions', '{"traitement": "indicateurs", "titre": "Exceptions datées à une période figée", "duree": "Durée du contrat"}',
  '{"contrat_id": "technique", "id": "technique", "verrou_id": "technique", "mesure_id": "contrat", "debiteur": "contrat", "jusqu_au": "contenu",
    "motif": "contenu", "par": "identite", "par_id": "pseudonyme", "par_organisation": "vie_professionnelle", "le": "technique",
    "fermee_par": "identite", "fermee_le": "technique"}');
select annoter('valeurs', null, '{"rectifie_verrou": "technique", "rectifie_exception": "technique", "rectifie_motif": "contenu"}');
select annoter('valeur_choix', null, '{"rectifie_verrou": "technique"}');
