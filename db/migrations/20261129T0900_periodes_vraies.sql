-- A contribution of a period that is none stops every total of its year: it is refused where it is kept.
-- Same form as `lirePeriode` (indicateurs/periode.rules.ts): a year, a semester, a quarter or a month.
alter table valeurs add constraint valeurs_periode_vraie check (periode ~ '^(19|20)[0-9]{2}(-(S[12]|T[1-4]|0[1-9]|1[0-2]))?$');
alter table valeur_choix add constraint valeur_choix_periode_vraie check (periode ~ '^(19|20)[0-9]{2}(-(S[12]|T[1-4]|0[1-9]|1[0-2]))?$');
