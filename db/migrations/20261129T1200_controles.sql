-- What rules of quality found in contributions: raised when somebody proposes the figure, then explained (kept with the version) or corrected.
-- Append-only: what was said then is what is read later.
create table controles (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  regle text not null,
  -- the cell that the rule speaks of
  mesure_id text not null,
  periode text not null,
  territoire_id text not null,
  debiteur text not null,
  -- « sexe=f&lieu=nord »; '' : the whole
  ventilation text not null,
  -- both numbers: the same rule, cell and numbers are one fact
  valeur numeric not null,
  reference numeric,
  message text not null,
  -- contributions whose numbers the message tells, « mesure|debiteur|territoire|periode|ventilation »
  cite text[] not null,
  issue text not null check (issue in ('souleve', 'explique', 'corrige')),
  explication text check (char_length(explication) between 10 and 500),
  -- the version that was explained, or that corrects
  valeur_id uuid,
  par text not null,
  par_id uuid,
  organisation_id text not null,
  le timestamptz not null,
  primary key (contrat_id, id),
  foreign key (contrat_id, valeur_id) references valeurs (contrat_id, id),
  check ((issue = 'explique') = (explication is not null)),
  check ((issue = 'souleve') = (valeur_id is null))
);
-- One fact is raised, explained or corrected once by the same version, however often it is sent.
create unique index controles_une_fois on controles (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, regle, valeur, reference,
  issue, valeur_id) nulls not distinct;
create index controles_de_regle on controles (contrat_id, regle, issue, le desc, id);
create index controles_cites on controles using gin (cite) where issue = 'souleve';
create index controles_de_valeur on controles (contrat_id, valeur_id) where issue = 'explique';
select proteger('controles');
revoke update on controles from concorde_application;

select annoter('controles', '{"traitement": "indicateurs", "duree": "Celle des contributions",
  "titre": "Contrôles des chiffres et leurs explications",
  "finalite": "Dire d’un chiffre qui surprend s’il a été corrigé ou expliqué, par qui et comment",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) : suivi et évaluation du contrat (CSI, art. L. 132-4 et D. 132-7)",
  "personnes": "Agents qui saisissent un chiffre",
  "destinataires": ["public : la règle, « expliqué », et l’explication une fois le chiffre validé si elle ne nomme personne", "partenaires du contrat"]}',
  '{"contrat_id": "technique", "id": "technique", "regle": "contrat", "mesure_id": "contrat", "periode": "contrat", "territoire_id": "contrat",
    "debiteur": "contrat", "ventilation": "contrat", "valeur": "contrat", "reference": "contrat", "message": "contenu", "cite": "technique",
    "issue": "technique", "explication": "contenu", "valeur_id": "technique", "par": "identite", "par_id": "pseudonyme",
    "organisation_id": "vie_professionnelle", "le": "technique"}');
select signaler('controles');
