-- What is erased says nothing any more: neither for whom a document was, in words, nor what was answered.
create or replace function anonymiser_document_diffuse() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.titre := 'Document effacé';
  new.texte := '';
  new.fichier := null;
  new.fichier_nom := '';
  new.fichier_type := '';
  new.liste := '';
  new.diffuse_par := '';
  new.retire_par := '';
  new.retire_motif := '';
  return new;
end $$;

create or replace function anonymiser_contribution() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.objet := 'Contribution effacée';
  new.texte := '';
  new.motif := '';
  new.reponse := '';
  new.traite_par := '';
  return new;
end $$;
