-- Who contests a version, each organisation on its own: what one says closes nobody else's mouth, and each takes its own back. What a contribution
-- is then worth is one column, which pages, files, totals and debts all read.
create table valeur_contestations (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  valeur_id uuid not null,
  organisation_id text not null check (char_length(organisation_id) <= 100),
  -- whoever said it answered for the debtor: it is its answer to what another gave in its name
  du_debiteur boolean not null,
  par text not null check (char_length(par) <= 200),
  par_id uuid,
  le timestamptz not null,
  motif text not null check (char_length(motif) between 3 and 2000),
  -- taken back by that very organisation: said, never erased
  retiree_le timestamptz,
  retiree_par text check (char_length(retiree_par) <= 200),
  primary key (contrat_id, id),
  foreign key (contrat_id, valeur_id) references valeurs (contrat_id, id) on delete cascade,
  check ((retiree_le is null) = (retiree_par is null))
);
create unique index valeur_contestations_ouvertes on valeur_contestations (contrat_id, valeur_id, organisation_id) where retiree_le is null;
create index valeur_contestations_retirees on valeur_contestations (contrat_id, retiree_le desc) where retiree_le is not null;
create index valeur_contestations_de on valeur_contestations (contrat_id, valeur_id, le);
select proteger('valeur_contestations');
select signaler('valeur_contestations');
revoke update on valeur_contestations from concorde_application;
grant update (retiree_le, retiree_par) on valeur_contestations to concorde_application;

-- What was said already. Of a debtor found in each place, who answered for it was not kept: its debt was settled, and stays so.
insert into valeur_contestations (contrat_id, valeur_id, organisation_id, du_debiteur, par, le, motif, retiree_le, retiree_par)
select v.contrat_id, v.id, left(coalesce(v.conteste_organisation, v.debiteur), 100),
  coalesce(v.conteste_organisation = v.debiteur, true) or exists (
    select from contrat_objets o
    where o.contrat_id = v.contrat_id and o.genre = 'acteur' and o.id = v.debiteur and o.retire_le is null and o.contenu ? 'local'),
  left(coalesce(v.conteste_par, ''), 200), v.conteste_le, left(v.conteste_motif || case when char_length(v.conteste_motif) < 3 then '...' else '' end, 2000),
  case when v.confirme_le >= v.conteste_le and v.confirme_organisation = v.conteste_organisation then v.confirme_le end,
  case when v.confirme_le >= v.conteste_le and v.confirme_organisation = v.conteste_organisation then v.confirme_par end
from valeurs v where v.conteste_le is not null;

-- A lock holds values, validations and choices: confirming and contesting are one right of answer, that no lock closes.
drop trigger valeur_sous_verrou on valeurs;
alter table valeurs drop column conteste_par, drop column conteste_organisation, drop column conteste_le, drop column conteste_motif,
  -- organisations that contest it now, the first first: kept by the trigger below
  add column contestee_par text[] not null default '{}';
update valeurs v set contestee_par = k.par
from (
  select contrat_id, valeur_id, array_agg(organisation_id order by le, id) as par from valeur_contestations where retiree_le is null group by 1, 2) k
where k.contrat_id = v.contrat_id and k.valeur_id = v.id;
-- Whose word it is worth. Nobody else but its author's organisation vouches for what is given in another's name and validated by that organisation.
alter table valeurs add column parole text not null generated always as (
  case
    when contestee_par <> '{}' then 'contestee'
    when pour_autrui and confirme_le is null and coalesce(valide_organisation, saisi_par_organisation) = saisi_par_organisation then 'a_confirmer'
    when valide_le is null then 'a_valider'
    else 'acquise' end) stored;

-- What a debtor says late becomes everyone's then.
create index valeurs_confirmees on valeurs (contrat_id, confirme_le desc) where confirme_le is not null;

create or replace function tenir_verrou_de_valeur() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  jour date;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('verrous|' || new.contrat_id || '|' || left(new.periode, 4), 0));
  if not exists (select from verrous v where v.contrat_id = new.contrat_id and left(v.periode, 4) = left(new.periode, 4)) then return new; end if;
  jour := (case
    when tg_op = 'INSERT' then new.saisi_le
    when new.valide_le is distinct from old.valide_le then new.valide_le
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
  before insert or update of mesure_id, periode, territoire_id, debiteur, ventilation, etat, valeur, texte, lien, fichier_id, courante, validee, valide_le
  on valeurs for each row execute function tenir_verrou_de_valeur();

create function dire_les_contestations() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update valeurs v set contestee_par = coalesce(
    (select array_agg(k.organisation_id order by k.le, k.id) from valeur_contestations k
      where k.contrat_id = v.contrat_id and k.valeur_id = v.id and k.retiree_le is null), '{}')
  where v.contrat_id = new.contrat_id and v.id = new.valeur_id;
  return null;
end $$;
create trigger contestation_de_valeur after insert or update on valeur_contestations for each row execute function dire_les_contestations();
revoke execute on function dire_les_contestations() from public;

select annoter('valeurs', null, '{"contestee_par": "vie_professionnelle", "parole": "technique"}');
select annoter('valeur_contestations', '{"traitement": "indicateurs", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "id": "technique", "valeur_id": "technique", "organisation_id": "vie_professionnelle", "du_debiteur": "technique",
    "par": "identite", "par_id": "pseudonyme", "le": "technique", "motif": "contenu", "retiree_le": "technique", "retiree_par": "identite"}');
