-- What became of each one whom an alert tells, as facts that are written once: when a first way out took their message, when they first
-- answered, and whose row took over. An alert says how many holes were found: none found is not none looked for.
alter table alerte_envois add column parti_le timestamptz;
alter table alerte_envois add column accuse_le timestamptz;
alter table alerte_envois add column relaye_par uuid;
alter table alerte_envois drop constraint alerte_envois_motif_check;
-- `retard`: after somebody whose message did not leave in time.
alter table alerte_envois add constraint alerte_envois_motif_check check (motif in ('liste', 'astreinte', 'silence', 'rebond', 'retard', 'trou'));
-- `fin`: told that it is over, nothing being awaited.
alter table alerte_envois drop constraint alerte_envois_genre_check;
alter table alerte_envois add constraint alerte_envois_genre_check check (genre in ('validation', 'accuse', 'fin'));
alter table alertes add column trous smallint check (trous >= 0);

update alerte_envois e set parti_le = p.le
from (
  select contrat_id, envoi_id, min(le) as le from (
    select x.contrat_id, x.id as envoi_id, c.envoye_le as le from alerte_envois x
      join courriels c on c.contrat_id = x.contrat_id and c.objet = '/alertes/' || x.alerte_id || '?envoi=' || x.id
    union all
    select contrat_id, envoi_id, envoye_le from alerte_messages
  ) tous where le is not null group by 1, 2
) p where p.contrat_id = e.contrat_id and p.envoi_id = e.id;
-- Of several answers only the last was kept: when the first came is known where there was one.
update alerte_envois set accuse_le = repondu_le where reponses = 1;
update alerte_envois e set relaye_par = (
  select n.id from alerte_envois n
  where n.contrat_id = e.contrat_id and n.alerte_id = e.alerte_id and n.fonction = e.fonction and n.territoire = e.territoire
    and n.motif in ('silence', 'rebond') and n.envoye_le = e.escalade_le
  order by n.id limit 1)
where escalade_le is not null;

alter table alerte_envois add foreign key (contrat_id, relaye_par) references alerte_envois (contrat_id, id);
alter table alerte_envois add check (relaye_par is null or escalade_le is not null);
alter table alerte_envois add check (accuse_le is null or reponse is not null);
create index alerte_envois_a_partir on alerte_envois (contrat_id, envoye_le) where parti_le is null;
create index alerte_envois_relais on alerte_envois (contrat_id, relaye_par) where relaye_par is not null;
-- How many one account wrote in ten minutes.
create index alertes_par_auteur on alertes (contrat_id, auteur_id, ecrite_le) where auteur_id is not null;
-- Figures of a year read its alerts, not all of them.
create index alertes_diffusees on alertes (contrat_id, diffusee_le) where diffusee_le is not null and not exercice;
select annoter('alertes', null, '{"trous": "contenu"}');
select annoter('alerte_envois', null, '{"parti_le": "contenu", "accuse_le": "contenu", "relaye_par": "pseudonyme"}');
