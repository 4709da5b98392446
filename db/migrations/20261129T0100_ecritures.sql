-- What an organisation records of habit is read from its latest records, whatever the number of those before.
create index activites_habitudes on activites (contrat_id, registre, organisation_id, modifie_le desc) where statut = 'publie' and etape = 'realisee';
