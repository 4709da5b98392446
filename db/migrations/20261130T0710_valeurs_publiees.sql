-- What was validated lately, for feeds and letters.
create index valeurs_publiees on valeurs (contrat_id, valide_le desc) where valide_le is not null;
