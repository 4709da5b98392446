-- Another value than the one that was given, from an institution that does not owe it and is concerned by it, until somebody settles.
create table contre_valeurs (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- the contribution that it disputes, whatever its version
  mesure_id text not null,
  periode text not null check (periode ~ '^(19|20)[0-9]{2}(-(S[12]|T[1-4]|0[1-9]|1[0-2]))?$'),
  territoire_id text not null,
  debiteur text not null,
  ventilation jsonb not null default '{}',
  valeur numeric not null,
  motif text not null check (char_length(motif) between 3 and 2000),
  source text not null check (char_length(source) between 3 and 500),
  par text not null,
  par_id uuid,
  organisation text not null,
  le timestamptz not null,
  issue text check (issue in ('gardee', 'prise', 'retiree')),
  issue_motif text check (char_length(issue_motif) between 3 and 2000),
  issue_par text,
  issue_par_id uuid,
  issue_organisation text,
  issue_le timestamptz,
  primary key (contrat_id, id),
  check ((issue is null) = (issue_le is null)),
  check (issue is null or issue = 'retiree' or issue_motif is not null)
);
create unique index contre_valeurs_ouvertes on contre_valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, organisation) where issue is null;
create index contre_valeurs_de on contre_valeurs (contrat_id, mesure_id, left(periode, 4));
select proteger('contre_valeurs');
select signaler('contre_valeurs');
-- What was proposed is never rewritten; it is settled once.
revoke update on contre_valeurs from concorde_application;
grant update (issue, issue_motif, issue_par, issue_par_id, issue_organisation, issue_le) on contre_valeurs to concorde_application;
select annoter('contre_valeurs', '{"traitement": "indicateurs", "titre": "Contre-valeurs", "duree": "Celle des contributions"}',
  '{"contrat_id": "technique", "id": "technique", "mesure_id": "contrat", "periode": "contrat", "territoire_id": "contrat", "debiteur": "contrat",
    "ventilation": "contrat", "valeur": "contrat", "motif": "contenu", "source": "contenu", "par": "identite", "par_id": "pseudonyme",
    "organisation": "vie_professionnelle", "le": "technique", "issue": "contenu", "issue_motif": "contenu", "issue_par": "identite",
    "issue_par_id": "pseudonyme", "issue_organisation": "vie_professionnelle", "issue_le": "technique"}');
