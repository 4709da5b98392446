-- A referent who is away keeps both addresses in their seat, and until when: who is written to is decided on the day of the letter, and they find their seat again by themselves.
alter table instance_membres add column absent_jusquau date;
alter table seance_participants add column absent_jusquau date;
select annoter('instance_membres', null, '{"absent_jusquau": "contenu"}');
select annoter('seance_participants', null, '{"absent_jusquau": "contenu"}');
update instance_membres m set courriel = lower(r.courriel), absent_jusquau = r.absent_jusquau, version = m.version + 1
from referents r
where r.contrat_id = m.contrat_id and r.id = m.referent_id and r.anonymisee_le is null and (r.absent_jusquau is not null or m.courriel = '')
  and (m.courriel, m.absent_jusquau) is distinct from (lower(r.courriel), r.absent_jusquau);
update seance_participants p set courriel = m.courriel, absent_jusquau = m.absent_jusquau
from instance_membres m, seances s
where m.contrat_id = p.contrat_id and m.id = p.membre_id and m.referent_id is not null and s.contrat_id = p.contrat_id and s.id = p.seance_id
  and s.etat in ('preparation', 'convoquee') and (p.courriel, p.absent_jusquau) is distinct from (m.courriel, m.absent_jusquau);

-- A referent who is forgotten is forgotten by the sessions that expected them too. The attendance of a session that was held is that of its minutes, which
-- are approved with it and kept as long: the name stays there, and no way to join the person does.
create or replace function oublier_siege_du_referent() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', absent_jusquau = null, version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id
    and (nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau) is distinct from ('Nom effacé', '', '', '', null::date);
  update public.seance_participants p
  set courriel = '', suppleant_courriel = '', absent_jusquau = null, reponse_mot = '',
    nom = case when s.etat in ('relecture', 'figee') then p.nom else 'Nom effacé' end,
    suppleant_nom = case when s.etat in ('relecture', 'figee') then p.suppleant_nom else '' end,
    represente_par = case when s.etat in ('relecture', 'figee') then p.represente_par else '' end
  from public.instance_membres m, public.seances s
  where m.contrat_id = new.contrat_id and m.referent_id = new.id and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and s.contrat_id = p.contrat_id and s.id = p.seance_id;
  return null;
end $$;
create index seance_participants_du_siege on seance_participants (contrat_id, membre_id) where membre_id is not null;
update seance_participants p
set courriel = '', suppleant_courriel = '', absent_jusquau = null, reponse_mot = '',
  nom = case when s.etat in ('relecture', 'figee') then p.nom else 'Nom effacé' end,
  suppleant_nom = case when s.etat in ('relecture', 'figee') then p.suppleant_nom else '' end,
  represente_par = case when s.etat in ('relecture', 'figee') then p.represente_par else '' end
from instance_membres m, seances s, referents r
where r.anonymisee_le is not null and m.contrat_id = r.contrat_id and m.referent_id = r.id and p.contrat_id = m.contrat_id and p.membre_id = m.id
  and s.contrat_id = p.contrat_id and s.id = p.seance_id;
select annoter('seance_participants', '{"traitement": "instances",
  "duree": "Celle de la séance ; d’un référent, un an après son terme : les adresses partout, le nom sauf dans la présence d’une séance tenue, qui est celle de son relevé"}');
