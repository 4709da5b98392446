-- An alert: where, when, how serious, of what kind. Nobody is named in it, nor any group. What it asks of whom is apart.
create table alertes (
  contrat_id smallint not null references contrats (id),
  id uuid not null default gen_random_uuid(),
  -- codes of the contract's `alertes.yaml`
  palier text not null check (palier ~ '^[a-z][a-z-]{0,59}$'),
  genre text not null check (genre ~ '^[a-z][a-z-]{0,59}$'),
  territoire_id text not null,
  lieu text not null default '' check (char_length(lieu) <= 160),
  -- when it happens, or is feared
  debut timestamptz not null,
  fin timestamptz check (fin >= debut),
  faits text not null default '' check (char_length(faits) <= 600),
  -- played, never counted with the others
  exercice boolean not null default false,
  etat text not null default 'a-valider' check (etat in ('a-valider', 'diffusee', 'levee', 'close', 'ecartee')),
  auteur text not null check (char_length(auteur) <= 200),
  auteur_id uuid,
  auteur_organisation text not null,
  ecrite_le timestamptz not null,
  -- after that time it leaves without anybody's word; null where the tier waits for none, or always
  valider_avant timestamptz,
  -- how it left: by a duty officer, by the delay, at once
  validation text not null default '' check (validation in ('', 'garde', 'delai', 'directe')),
  validee_par text not null default '' check (char_length(validee_par) <= 200),
  diffusee_le timestamptz,
  ecartee_motif text not null default '' check (char_length(ecartee_motif) <= 300),
  levee_le timestamptz,
  levee_par text not null default '' check (char_length(levee_par) <= 200),
  issue text check (issue ~ '^[a-z][a-z-]{0,59}$'),
  -- end of the window in which an answer is feared
  represailles_jusqua timestamptz,
  close_le timestamptz,
  version integer not null default 1 check (version > 0),
  primary key (contrat_id, id),
  check ((diffusee_le is null) = (etat in ('a-valider', 'ecartee'))),
  check ((levee_le is null) or etat in ('levee', 'close'))
);
select proteger('alertes');
select signaler('alertes');
create index alertes_recentes on alertes (contrat_id, ecrite_le desc, id);
create index alertes_ouvertes on alertes (contrat_id, etat) where etat in ('a-valider', 'diffusee', 'levee');

select annoter('alertes', '{"traitement": "alertes", "duree": "Durée du contrat ; les mots et le lieu exact 90 jours après la clôture",
  "titre": "Alertes, astreintes et accusés de réception",
  "finalite": "Prévenir à temps ceux qui doivent agir, savoir qu’ils l’ont été, et en tirer des leçons",
  "base_legale": "Mission d’intérêt public (RGPD, art. 6.1.e) ; L. 132-4 et s. du code de la sécurité intérieure",
  "personnes": "Agents d’astreinte et partenaires prévenus",
  "destinataires": ["Fonctions des listes de l’arrondissement et des communes voisines"]}',
  '{"contrat_id": "technique", "id": "technique", "palier": "contenu", "genre": "contenu", "territoire_id": "contenu", "lieu": "contenu", "debut": "contenu",
    "fin": "contenu", "faits": {"categorie": "contenu", "note": "Ni personne ni groupe : refusés à la saisie"}, "exercice": "contenu", "etat": "contenu",
    "auteur": "identite", "auteur_id": "identite", "auteur_organisation": "vie_professionnelle", "ecrite_le": "contenu", "valider_avant": "contenu",
    "validation": "contenu", "validee_par": "identite", "diffusee_le": "contenu", "ecartee_motif": "contenu", "levee_le": "contenu", "levee_par": "identite",
    "issue": "contenu", "represailles_jusqua": "contenu", "close_le": "contenu", "version": "technique"}');
