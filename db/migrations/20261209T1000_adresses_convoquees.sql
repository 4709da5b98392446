-- Where a seat was convoked: each address to which a convocation really left, and to whom, kept whatever the seat says since. What is noted in somebody's
-- name is answered from there.
create table seance_convocations (
  contrat_id smallint not null,
  participant_id uuid not null,
  adresse text not null check (adresse <> '' and adresse = lower(adresse)),
  -- to the substitute
  suppleant boolean not null,
  -- who was written to; empty: the seat alone was known
  nom text not null default '' check (char_length(nom) <= 200),
  -- the first time
  quand timestamptz not null,
  primary key (contrat_id, participant_id, adresse, suppleant, nom),
  foreign key (contrat_id, participant_id) references seance_participants (contrat_id, id)
);
select proteger('seance_convocations');
select signaler('seance_convocations');
revoke update, delete on seance_convocations from concorde_application;
select annoter('seance_convocations', '{"traitement": "instances", "duree": "Celle de la séance"}',
  '{"contrat_id": "technique", "participant_id": "technique", "adresse": "coordonnees", "suppleant": "technique", "nom": "identite", "quand": "technique"}');
-- Of what is kept already: the address of the line while its convocation stands, and its substitute's where it is known to have been written to.
insert into seance_convocations (contrat_id, participant_id, adresse, suppleant, nom, quand)
select p.contrat_id, p.id, lower(x.adresse), x.suppleant, left(x.nom, 200), p.convoque_le
from seance_participants p
cross join lateral (values (p.courriel, false, p.nom), (p.suppleant_courriel, true, p.suppleant_nom)) as x (adresse, suppleant, nom)
where p.convoque_le is not null and x.adresse <> ''
  and (not x.suppleant or p.courriel = '' or p.reponse = 'refuse' or p.suppleant_reponse is not null);

-- From which address somebody spoke: each takes back what was said from there and nothing else; empty: not kept. `depuis`: one given since, by the account
-- that has it.
alter table seance_approbation_reponses
  add column adresse text not null default '' check (char_length(adresse) <= 320),
  add column depuis boolean not null default false;
alter table seance_presence_mots
  add column adresse text not null default '' check (char_length(adresse) <= 320),
  drop constraint seance_presence_mots_voie_check,
  add constraint seance_presence_mots_voie_check check (voie in ('', 'titulaire', 'suppleant', 'representant', 'depuis'));
select annoter('seance_approbation_reponses', null, '{"adresse": "coordonnees", "depuis": "technique"}');
select annoter('seance_presence_mots', null, '{"adresse": "coordonnees"}');

-- Who is forgotten leaves no address; what each said stays apart from what another said.
create function oublier_adresses_des_seances(contrat smallint, referent uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.seance_convocations k
  using public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and k.contrat_id = p.contrat_id and k.participant_id = p.id;
  update public.seance_presence_mots d
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_presence_mots x
    where x.contrat_id = d.contrat_id and x.seance_id = d.seance_id and x.participant_id = d.participant_id and x.adresse = d.adresse)
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and d.contrat_id = p.contrat_id and d.seance_id = p.seance_id and d.participant_id = p.id and d.adresse <> '';
  update public.seance_approbation_reponses r
  set adresse = 'effacée ' || (
    select min(x.rang) from public.seance_approbation_reponses x
    where x.contrat_id = r.contrat_id and x.seance_id = r.seance_id and x.participant_id = r.participant_id and x.empreinte = r.empreinte
      and x.adresse = r.adresse)
  from public.instance_membres m, public.seance_participants p
  where m.contrat_id = contrat and m.referent_id = referent and p.contrat_id = m.contrat_id and p.membre_id = m.id
    and r.contrat_id = p.contrat_id and r.seance_id = p.seance_id and r.participant_id = p.id and r.adresse <> '';
end $$;
revoke execute on function oublier_adresses_des_seances from public;
create or replace function oublier_siege_du_referent() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform public.oublier_dans_les_seances(new.contrat_id, new.id);
  perform public.oublier_adresses_des_seances(new.contrat_id, new.id);
  update public.instance_membres
  set nom = 'Nom effacé', courriel = '', suppleant_nom = '', suppleant_courriel = '', absent_jusquau = null, version = version + 1
  where contrat_id = new.contrat_id and referent_id = new.id
    and (nom, courriel, suppleant_nom, suppleant_courriel, absent_jusquau) is distinct from ('Nom effacé', '', '', '', null::date);
  return null;
end $$;
revoke execute on function oublier_siege_du_referent from public;
select oublier_adresses_des_seances(r.contrat_id, r.id) from referents r where r.anonymisee_le is not null;
