-- Separation of duties: rights that one account never holds together, and acts that take two people.

-- The same pairs as src/modules/comptes/gestion/separation.rules.ts (a test compares them).
create function roles_incompatibles(a text, b text) returns boolean
language sql immutable parallel safe as $$
  select a <> b and (
    'administrateur' in (a, b)
    or 'dpo' in (a, b)
    or ('financement' in (a, b) and ('association' in (a, b) or 'membre_cellule' in (a, b)))
  )
$$;
create function role_sensible(r text) returns boolean
language sql immutable parallel safe as $$ select r in ('coordination', 'dpo', 'administrateur', 'membre_cellule') $$;

-- What one entitled person proposes and another one, of another account, confirms.
create table propositions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- accorder and deleguer give `charge` (a mandate), finir ends mandat_id, fermer closes the account
  genre text not null check (genre in ('accorder', 'deleguer', 'finir', 'fermer')),
  -- whom it is about
  compte_id uuid not null,
  -- the mandate that ends, or that is lent
  mandat_id uuid,
  charge jsonb not null default '{}',
  motif text not null,
  propose_par uuid not null,
  propose_le timestamptz not null default now(),
  expire_le timestamptz not null,
  etat text not null default 'ouverte' check (etat in ('ouverte', 'confirmee', 'refusee', 'retiree')),
  decide_par uuid,
  decide_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id),
  foreign key (contrat_id, propose_par) references comptes (contrat_id, id),
  foreign key (contrat_id, decide_par) references comptes (contrat_id, id),
  constraint propositions_mandat check ((genre in ('finir', 'deleguer')) = (mandat_id is not null)),
  constraint propositions_decidees check ((etat = 'ouverte') = (decide_par is null) and (decide_par is null) = (decide_le is null)),
  -- four eyes: nobody confirms what he proposed
  constraint propositions_deux_personnes check (etat <> 'confirmee' or decide_par <> propose_par),
  -- nor what would give him a right
  constraint propositions_sans_interet check (etat <> 'confirmee' or genre not in ('accorder', 'deleguer') or decide_par <> compte_id)
);
create index propositions_recentes on propositions (contrat_id, propose_le desc);
create index propositions_compte on propositions (contrat_id, compte_id);
select proteger('propositions');
revoke delete on propositions from concorde_application;
select annoter('propositions', '{"traitement": "comptes", "duree": "Durée du contrat : preuve de qui a donné ou retiré un droit sensible"}',
  '{"contrat_id": "technique", "id": "technique", "genre": "technique", "compte_id": "pseudonyme", "mandat_id": "technique",
    "charge": "vie_professionnelle", "motif": "contenu", "propose_par": "pseudonyme", "propose_le": "technique", "expire_le": "technique",
    "etat": "technique", "decide_par": "pseudonyme", "decide_le": "technique"}');

alter table mandats
  -- the confirmed proposal that gave it, for sensitive roles
  add column proposition_id uuid,
  add column cree_le timestamptz not null default now(),
  add foreign key (contrat_id, proposition_id) references propositions (contrat_id, id);
create unique index mandats_proposition on mandats (contrat_id, proposition_id) where proposition_id is not null;
select annoter('mandats', null, '{"proposition_id": "technique", "cree_le": "technique"}');

-- Accounts that held such rights together until today keep the one that is nearest to the work: technical administration, then
-- control, are given anew to somebody else.
update mandats m set fin = greatest(current_date - 1, m.debut - 1), termine_par = 'séparation des fonctions'
where (m.fin is null or m.fin >= current_date) and m.role in ('administrateur', 'dpo', 'financement')
  and exists (
    select from mandats x
    where x.contrat_id = m.contrat_id and x.compte_id = m.compte_id and x.id <> m.id and (x.fin is null or x.fin >= current_date)
      and roles_incompatibles(m.role, x.role) and not (x.role = 'administrateur' and m.role = 'dpo')
  );
update comptes c set gestionnaire = false
where gestionnaire and exists (
  select from mandats m
  where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.role in ('administrateur', 'dpo') and (m.fin is null or m.fin >= current_date)
);

-- Who is not the owner of the tables is the served application: a sensitive role comes to it by a confirmed proposal only.
create function verifier_mandat() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  jours daterange := daterange(new.debut, new.fin + 1);
  gere boolean;
begin
  if tg_op = 'UPDATE' and new.role = old.role and new.compte_id = old.compte_id and daterange(old.debut, old.fin + 1) @> jours then
    return new;
  end if;
  -- Two mandates given at the same moment see each other.
  select gestionnaire into gere from comptes where contrat_id = new.contrat_id and id = new.compte_id for no key update;
  if exists (
    select from mandats m
    where m.contrat_id = new.contrat_id and m.compte_id = new.compte_id and m.id <> new.id
      and roles_incompatibles(m.role, new.role) and daterange(m.debut, m.fin + 1) && jours
  ) or (gere and new.role in ('administrateur', 'dpo') and jours && daterange(current_date, null)) then
    raise exception 'droits incompatibles pour un même compte' using errcode = '23514', constraint = 'mandats_incompatibles', table = 'mandats';
  end if;
  if role_sensible(new.role)
    and current_user <> (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid)
    and not exists (
      select from propositions p
      where p.contrat_id = new.contrat_id and p.id = new.proposition_id and p.compte_id = new.compte_id and p.etat = 'confirmee'
        and p.genre in ('accorder', 'deleguer') and p.charge ->> 'role' = new.role
    ) then
    raise exception 'un rôle sensible se donne à deux' using errcode = '23514', constraint = 'mandats_a_deux', table = 'mandats';
  end if;
  return new;
end $$;
create trigger mandats_separation before insert or update of compte_id, role, debut, fin on mandats
  for each row execute function verifier_mandat();

create function verifier_gestionnaire() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from mandats m
    where m.contrat_id = new.contrat_id and m.compte_id = new.id and m.role in ('administrateur', 'dpo') and (m.fin is null or m.fin >= current_date)
  ) then
    raise exception 'droits incompatibles pour un même compte' using errcode = '23514', constraint = 'mandats_incompatibles', table = 'comptes';
  end if;
  return new;
end $$;
create trigger comptes_gestionnaire before update of gestionnaire on comptes
  for each row when (new.gestionnaire and not old.gestionnaire) execute function verifier_gestionnaire();
revoke execute on function verifier_mandat, verifier_gestionnaire from public;

-- Failed sign-ins: cible is an account or *, source an address, a /64, a known browser or *. An account is never locked.
create table connexion_echecs (
  contrat_id smallint not null references contrats (id),
  cible text not null,
  source text not null,
  echecs integer not null,
  dernier_le timestamptz not null,
  attend_jusqua timestamptz,
  primary key (contrat_id, cible, source)
);
create index connexion_echecs_age on connexion_echecs (contrat_id, dernier_le);
select proteger('connexion_echecs');
select annoter('connexion_echecs', '{"traitement": "comptes", "duree": "Deux jours après le dernier échec"}',
  '{"contrat_id": "technique", "cible": "pseudonyme", "source": "connexion", "echecs": "connexion", "dernier_le": "connexion", "attend_jusqua": "connexion"}');

-- Browsers that have opened a session of the account: known by the SHA-256 of their own cookie.
create table appareils (
  contrat_id smallint not null references contrats (id),
  compte_id uuid not null,
  empreinte bytea not null,
  vu_le timestamptz not null,
  primary key (contrat_id, compte_id, empreinte),
  foreign key (contrat_id, compte_id) references comptes (contrat_id, id)
);
select proteger('appareils');
select annoter('appareils', '{"traitement": "comptes", "duree": "Six mois sans connexion, ou jusqu’au prochain mot de passe"}',
  '{"contrat_id": "technique", "compte_id": "pseudonyme", "empreinte": "authentification", "vu_le": "connexion"}');

alter table comptes
  drop column echecs,
  drop column bloque_jusqua,
  -- last time the holder was told that sign-ins fail
  add column alerte_le timestamptz;
select annoter('comptes', null, '{"alerte_le": "connexion"}');
