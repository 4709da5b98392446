-- What is allowed and yet surprising in a row of a file: the person is told before it is published.
alter table lot_lignes add column avertissements jsonb not null default '[]';
select annoter('lot_lignes', null, '{"avertissements": "contenu"}');
