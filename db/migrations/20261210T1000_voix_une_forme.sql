-- Where a seat could be written to when its convocation left, beside where it left (`partie`): the holder's address when their substitute alone was written
-- to, the substitute's when the holder was. Theirs, for who has its account; nothing was sent there.
alter table seance_convocations
  add column partie boolean not null default true,
  drop constraint seance_convocations_pkey,
  add primary key (contrat_id, participant_id, adresse, suppleant, nom, partie);
select annoter('seance_convocations', null, '{"partie": "technique"}');

-- As approvals do: in which place one speaks, and, apart, whether from an address given since. Of what was said so before, the place was not kept.
alter table seance_presence_mots
  drop constraint seance_presence_mots_voie_check,
  add column depuis boolean not null default false;
update seance_presence_mots set depuis = true, voie = '' where voie = 'depuis';
alter table seance_presence_mots
  add constraint seance_presence_mots_voie_check check (voie in ('', 'titulaire', 'suppleant', 'representant', 'convoque_dabord'));
select annoter('seance_presence_mots', null, '{"depuis": "technique"}');

-- Convocations that 20261209T1000 and 20261209T1410 wrote without having seen them leave, where the trace of that sending is still kept and has nothing to
-- that address: nobody wrote to the holder who was away; the substitute of today was not written to. Older ones stay: nothing tells them apart any more.
with fausses as (
  select k.contrat_id, k.participant_id, k.adresse, k.suppleant, k.nom
  from seance_convocations k
  join seance_participants p on p.contrat_id = k.contrat_id and p.id = k.participant_id and p.convoque_le = k.quand
  where exists (
      select from courriels c
      where c.contrat_id = k.contrat_id and c.objet = '/seances/' || p.seance_id and c.sujet ~ '^(Convocation|Séance déplacée|Ordre du jour modifié) : '
        and c.cree_le between k.quand - interval '1 minute' and k.quand + interval '1 minute')
    and not exists (
      select from courriels c
      where c.contrat_id = k.contrat_id and c.objet = '/seances/' || p.seance_id and c.sujet ~ '^(Convocation|Séance déplacée|Ordre du jour modifié) : '
        and lower(c.destinataire) = k.adresse)),
ecartees as (
  delete from seance_convocations k using fausses f
  where (k.contrat_id, k.participant_id, k.adresse, k.suppleant, k.nom) = (f.contrat_id, f.participant_id, f.adresse, f.suppleant, f.nom)
  returning k.*)
-- The address of the line while its convocation stands is that of its holder that day.
insert into seance_convocations (contrat_id, participant_id, adresse, suppleant, nom, quand, partie)
select contrat_id, participant_id, adresse, suppleant, nom, quand, false from ecartees where not suppleant;
