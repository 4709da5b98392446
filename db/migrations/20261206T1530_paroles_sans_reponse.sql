-- A party that leaves before it answered is no longer waited for: what was noted in its name is closed as such, and no one's answer hangs on it.
alter table convention_paroles drop constraint convention_paroles_etat_check,
  add constraint convention_paroles_etat_check check (etat in ('notee', 'confirmee', 'contestee', 'annulee', 'quittee'));
