-- What another person answered to dates that are proposed leaves with them.
grant delete on seance_dates_reponses to concorde_application;

-- Who is forgotten is forgotten by everything that sessions keep of their seat: words, who noted them, what was said of a presence. Of a session that
-- was held, the names of its attendance stay: they are those of its minutes. `seance_presence_mots` is written once, so this is its owner's to do.
create function oublier_dans_les_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.seance_participants p
  set courriel = '', suppleant_courriel = '', absent_jusquau = null, reponse_mot = '', suppleant_reponse_mot = '',
    reponse_par = case when p.reponse_par = '' then '' else 'Nom effacé' end,
    suppleant_reponse_par = case when p.suppleant_reponse_par = '' then '' else 'Nom effacé' end,
    nom = case when s.etat in ('relecture', 'figee') then p.nom else 'Nom effacé' end,
    suppleant_nom = case when s.etat in ('relecture', 'figee') then p.suppleant_nom else '' end,
    represente_par = case when s.etat in ('relecture', 'figee') then p.represente_par else '' end,
    represente_dit = case when s.etat in ('relecture', 'figee') then p.represente_dit else '' end
  from public.instance_membres m, public.seances s
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and s.contrat_id = p.contrat_id and s.id = p.seance_id;
  update public.seance_dates_reponses r
  set par = 'Nom effacé'
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and r.contrat_id = p.contrat_id and r.participant_id = p.id and r.par <> '';
  update public.seance_presence_mots d
  set motif = case when d.motif = '' then '' else 'Motif effacé' end,
    nom = case when d.nom = '' or s.etat in ('relecture', 'figee') then d.nom else 'Nom effacé' end,
    avant_nom = case when d.avant_nom = '' or s.etat in ('relecture', 'figee') then d.avant_nom else 'Nom effacé' end,
    par = case when s.etat in ('relecture', 'figee') then d.par else 'Nom effacé' end,
    represente_par = case when s.etat in ('relecture', 'figee') then d.represente_par else '' end,
    avant_par = case when s.etat in ('relecture', 'figee') then d.avant_par else '' end
  from public.instance_membres m, public.seance_participants p, public.seances s
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and d.contrat_id = p.contrat_id and d.seance_id = p.seance_id and d.participant_id = p.id and s.contrat_id = p.contrat_id and s.id = p.seance_id;
end $$;
revoke execute on function oublier_dans_les_seances from public;

create or replace function oublier_siege_du_referent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', absent_jusquau = null, version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id
    and (nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau) is distinct from ('Nom effacé', '', '', '', null::date);
  perform public.oublier_dans_les_seances(new.contrat_id, new.id);
  return null;
end $$;
revoke execute on function oublier_siege_du_referent from public;
select oublier_dans_les_seances(r.contrat_id, r.id) from referents r where r.anonymisee_le is not null;

-- Accounts that were closed before a departure was heard of: sessions to come do not expect those who left.
with siens as (
  select p.contrat_id, p.id, c.courriel = lower(p.courriel) as titulaire, c.courriel = lower(p.suppleant_courriel) as suppleant
  from seances s
  join seance_participants p on p.contrat_id = s.contrat_id and p.seance_id = s.id
  join comptes c on c.contrat_id = p.contrat_id and c.ferme_le is not null and c.courriel in (lower(p.courriel), lower(p.suppleant_courriel))
  where s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour >= current_date)
), oubliees as (
  delete from seance_dates_reponses r using siens x
  where r.contrat_id = x.contrat_id and r.participant_id = x.id and case when r.voie = 'suppleant' then x.suppleant else x.titulaire end
), titulaires as (
  select distinct contrat_id, id from siens where titulaire
)
update seance_participants p
set convoque_le = null, reponse = null, reponse_le = null, reponse_mot = '', reponse_voie = null, reponse_par = '', represente_dit = ''
from titulaires x
where p.contrat_id = x.contrat_id and p.id = x.id;
update seance_participants p
set suppleant_reponse = null, suppleant_reponse_le = null, suppleant_reponse_mot = '', suppleant_reponse_par = ''
from seances s, comptes c
where s.contrat_id = p.contrat_id and s.id = p.seance_id and s.etat in ('preparation', 'convoquee') and (s.jour is null or s.jour >= current_date)
  and c.contrat_id = p.contrat_id and c.ferme_le is not null and c.courriel = lower(p.suppleant_courriel) and p.suppleant_reponse is not null;

-- Nor do the lists of alerts.
create temporary table lignes_des_partis on commit drop as
select i.contrat_id, i.id from alerte_inscrits i
join comptes c on c.contrat_id = i.contrat_id and c.ferme_le is not null and (c.id = i.compte_id or c.courriel = lower(i.courriel))
where i.retire_le is null;
update astreintes a set annulee_le = now(), version = a.version + 1, modifie_le = now()
from lignes_des_partis x
where a.contrat_id = x.contrat_id and a.inscrit_id = x.id and a.annulee_le is null and a.fin > now();
update astreintes a set suppleant_id = null, suppleant_parti_le = now(), version = a.version + 1, modifie_le = now()
from lignes_des_partis x
where a.contrat_id = x.contrat_id and a.suppleant_id = x.id and a.annulee_le is null and a.fin > now();
update alerte_inscrits i set retire_le = now(), version = i.version + 1, modifie_le = now()
from lignes_des_partis x
where i.contrat_id = x.contrat_id and i.id = x.id;
drop table lignes_des_partis;
