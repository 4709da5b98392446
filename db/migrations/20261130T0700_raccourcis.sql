-- Shortcuts of one key are for who asks for them (WCAG 2.1.4): off for every account, old and new.
alter table comptes
  add column raccourcis boolean not null default false;
select annoter('comptes', null, '{"raccourcis": "technique"}');
