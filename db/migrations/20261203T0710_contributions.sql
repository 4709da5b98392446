-- What residents write to a public body: read before anybody else sees it, put to its agenda, answered in public. Nobody is asked who they are.
create table instance_contributions (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  instance_id uuid not null,
  objet text not null check (char_length(objet) between 3 and 120),
  texte text not null check (char_length(texte) between 10 and 1500 or anonymisee_le is not null),
  etat text not null default 'recue' check (etat in ('recue', 'acceptee', 'ecartee', 'repondue')),
  recue_le timestamptz not null,
  -- published and put to the agenda
  acceptee_le timestamptz,
  ecartee_le timestamptz,
  motif text not null default '' check (char_length(motif) <= 300),
  reponse text not null default '' check (char_length(reponse) <= 2000),
  repondue_le timestamptz,
  traite_par text not null default '' check (char_length(traite_par) <= 200),
  anonymisee_le timestamptz,
  primary key (contrat_id, id),
  foreign key (contrat_id, instance_id) references instances (contrat_id, id),
  check ((etat = 'recue') = (acceptee_le is null and ecartee_le is null)),
  check ((ecartee_le is not null) = (etat = 'ecartee')),
  check ((repondue_le is not null) = (etat = 'repondue'))
);
select proteger('instance_contributions');
select signaler('instance_contributions');
revoke update on instance_contributions from concorde_application;
grant update (etat, acceptee_le, ecartee_le, motif, reponse, repondue_le, traite_par, anonymisee_le) on instance_contributions to concorde_application;
create index instance_contributions_de_l_instance on instance_contributions (contrat_id, instance_id, recue_le desc, id desc);
create index instance_contributions_en_attente on instance_contributions (contrat_id, etat, recue_le) where etat in ('recue', 'acceptee');

create function anonymiser_contribution() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.objet := 'Contribution effacée';
  new.texte := '';
  new.motif := '';
  new.reponse := '';
  new.traite_par := '';
  return new;
end $$;
revoke execute on function anonymiser_contribution from public;
create trigger contribution_anonymise before update on instance_contributions for each row
  when (new.anonymisee_le is not null and old.anonymisee_le is null) execute function anonymiser_contribution();

select annoter('instance_contributions', '{"traitement": "contributions", "jours": 90, "recours": 365,
  "duree": "Durée du contrat pour ce qui est publié ; ce qui est écarté s’efface après 90 jours, ce que personne n’a lu après un an",
  "titre": "Contributions des habitants",
  "finalite": "Faire venir l’avis des habitants à l’ordre du jour d’une instance publique, et publier la réponse",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e)",
  "personnes": "Habitants, sans nom ni adresse ; agents qui répondent",
  "destinataires": ["public une fois acceptées", "ceux qui tiennent l’instance"]}',
  '{"contrat_id": "technique", "id": "technique", "instance_id": "technique", "objet": "contenu", "texte": "contenu", "etat": "contenu", "recue_le": "contenu",
    "acceptee_le": "contenu", "ecartee_le": "contenu", "motif": "contenu", "reponse": "contenu", "repondue_le": "contenu", "traite_par": "identite",
    "anonymisee_le": "technique"}');
