-- What the contract itself names in the directory: by which key of its file, for which of its systems.
alter table structures
  add column cle_contrat text not null default '' check (char_length(cle_contrat) <= 60),
  add column systemes text[] not null default '{}';
grant select (systemes) on structures to concorde_public;
create unique index structures_du_contrat on structures (contrat_id, cle_contrat) where cle_contrat <> '';
create index structures_par_systeme on structures using gin (systemes) where systemes <> '{}';
select annoter('structures', null, '{"cle_contrat": "contrat", "systemes": "contrat"}');

-- Until when a referent is away: their substitute is written to instead.
alter table referents add column absent_jusquau date;
select annoter('referents', null, '{"absent_jusquau": "vie_professionnelle"}');

-- A report is routed to the referents of a role, where there are some: its service is then the organisation of the nearest one.
alter table demandes add column role_referent text not null default '' check (char_length(role_referent) <= 60);
select annoter('demandes', null, '{"role_referent": "contrat"}');

-- A place of a body is « the referents of this role »: each of them holds a seat of its own (`referent_id`), which follows the directory.
alter table instance_membres
  add column role_referents text not null default '' check (char_length(role_referents) <= 60),
  add column referent_id uuid,
  add check (referent_id is null or role_referents <> '');
create unique index instance_membres_referents on instance_membres (contrat_id, instance_id, referent_id) where referent_id is not null;
create index instance_membres_de_role on instance_membres (contrat_id, role_referents) where role_referents <> '';
select annoter('instance_membres', null, '{"role_referents": "contrat", "referent_id": "technique"}');
-- A referent who never sat there, named by mistake or not yet, leaves no seat behind.
grant delete on instance_membres to concorde_application;
-- Boundaries are everyone's already (drawn on public pages): a public plan of places reads them.
select ouvrir_en_lecture('contours', 'public');
