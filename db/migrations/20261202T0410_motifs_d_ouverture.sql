-- Why a body or a session was opened to more readers: said to who keeps it. The audit trail, which nothing erases, keeps its digest.
alter table instances add column confidentialite_motif text not null default '' check (char_length(confidentialite_motif) <= 1000);
alter table seances add column confidentialite_motif text not null default '' check (char_length(confidentialite_motif) <= 1000);
select annoter('instances', null, '{"confidentialite_motif": "contenu"}');
select annoter('seances', null, '{"confidentialite_motif": "contenu"}');
