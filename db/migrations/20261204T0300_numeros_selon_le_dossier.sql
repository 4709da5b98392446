-- What a check of a number of help read: another digest is another number, that nobody checked. Of version 0: what the file says, written anew when it says something
-- else. What was checked before nobody kept what it read: a digest that nothing has, so that it is checked again.
alter table secours_verifications add column empreinte text not null default repeat('0', 64) check (empreinte ~ '^[0-9a-f]{64}$');
alter table secours_verifications alter column empreinte drop default;
select annoter('secours_verifications', null, '{"empreinte": "technique"}');
