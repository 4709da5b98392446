-- Mail is sent outside of any transaction: a process takes a row for a while, sends, says what became of it.
alter table courriels add column pris_jusqua timestamptz;
select annoter('courriels', null, '{"pris_jusqua": "technique"}');

-- Files of frozen minutes, written by a job from the frozen content; the mail that carries them leaves with them.
create table releve_documents (
  contrat_id smallint not null,
  seance_id uuid not null,
  version smallint not null,
  travail_id uuid not null,
  -- where members read it: scheme and host of the links put in the mail
  origine text not null,
  demande_le timestamptz not null,
  -- ids of `fichiers`; null until they are written
  pdf_id uuid,
  docx_id uuid,
  faits_le timestamptz,
  primary key (contrat_id, seance_id, version),
  foreign key (contrat_id, seance_id, version) references releves (contrat_id, seance_id, version)
);
select proteger('releve_documents');
revoke delete on releve_documents from concorde_application;
select annoter('releve_documents', '{"traitement": "instances", "duree": "Celle du relevé"}',
  '{"contrat_id": "technique", "seance_id": "technique", "version": "technique", "travail_id": "technique", "origine": "technique",
    "demande_le": "technique", "pdf_id": "technique", "docx_id": "technique", "faits_le": "technique"}');
