-- A code is given to who reported, and to nobody else: who follows a place without having reported is of the place.
alter table demande_suiveurs drop column declarant;
