-- The audit trail becomes a chain: each entry carries the digest of the one before, so that no row can be altered, removed,
-- reordered or inserted afterwards without a trace, whoever holds the database.
create table audit_tetes (
  contrat_id smallint primary key references contrats (id),
  numero bigint not null,
  empreinte bytea not null
);
select proteger('audit_tetes');
revoke insert, update, delete on audit_tetes from concorde_application;

alter table audit
  add column numero bigint,
  -- role and scope by which the person acted, as written on the day: « coordonnateur mairie-18 »
  add column mandat text,
  -- SHA-256 of what the object said before and says after
  add column avant text,
  add column apres text,
  -- the entry as text, exactly what is digested and exported
  add column ligne text,
  add column precedente bytea,
  add column empreinte bytea;

-- The application inserts; numbering and chaining are not in its hands. The head of the chain is locked until commit, so
-- entries are written last in their transaction (core/audit.ts).
create function enchainer_audit() returns trigger language plpgsql security definer set search_path = public, pg_catalog as $$
declare tete audit_tetes;
begin
  insert into audit_tetes (contrat_id, numero, empreinte) values (new.contrat_id, 0, sha256(''::bytea)) on conflict do nothing;
  select * into tete from audit_tetes where contrat_id = new.contrat_id for update;
  new.numero := tete.numero + 1;
  new.precedente := tete.empreinte;
  new.ligne := jsonb_build_array(
    new.numero, to_char(new.quand at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), new.compte_id, new.organisation_id, new.mandat,
    new.action, new.objet, new.avant, new.apres, new.details, new.adresse)::text;
  new.empreinte := sha256(tete.empreinte || convert_to(new.ligne, 'UTF8'));
  update audit_tetes set numero = new.numero, empreinte = new.empreinte where contrat_id = new.contrat_id;
  return new;
end $$;

-- Entries written before the chain enter it in their order.
create temporary table audit_avant on commit drop as select * from audit;
delete from audit;
create trigger chaine before insert on audit for each row execute function enchainer_audit();
insert into audit (contrat_id, quand, compte_id, organisation_id, action, objet, details, adresse)
select contrat_id, quand, compte_id, organisation_id, action, objet, details, adresse from audit_avant order by contrat_id, id;

alter table audit
  alter column numero set not null,
  alter column ligne set not null,
  alter column precedente set not null,
  alter column empreinte set not null,
  drop constraint audit_pkey,
  drop column id,
  add primary key (contrat_id, numero);
drop index if exists audit_objet;
create index audit_objet on audit (contrat_id, objet text_pattern_ops, numero);
create index audit_compte on audit (contrat_id, compte_id, numero);

-- Signed checkpoints: who signed holds the contract's chain to what it was at that number.
create table audit_sceaux (
  contrat_id smallint not null references contrats (id),
  numero bigint not null,
  empreinte bytea not null,
  signataire text not null,
  cle_publique text not null,
  signature text not null,
  quand timestamptz not null,
  primary key (contrat_id, numero, signataire)
);
select proteger('audit_sceaux');
revoke update, delete on audit_sceaux from concorde_application;

-- Where a purge cut the chain: the entry before the first one kept.
create table audit_purges (
  contrat_id smallint not null references contrats (id),
  numero bigint not null,
  empreinte bytea not null,
  nombre bigint not null,
  motif text not null,
  quand timestamptz not null,
  primary key (contrat_id, numero)
);
select proteger('audit_purges');
revoke insert, update, delete on audit_purges from concorde_application;
