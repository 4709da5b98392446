-- A mandate may also be limited to one register.
alter table mandats add column registre text;
select annoter('mandats', null, '{"registre": "vie_professionnelle"}');
