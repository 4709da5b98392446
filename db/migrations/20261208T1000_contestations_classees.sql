-- What somebody contested of a presence and can take back no more, having left: who keeps the body closes it, says why, and minutes say both.
alter table seance_presence_mots
  drop constraint seance_presence_mots_acte_check,
  drop constraint seance_presence_mots_check,
  add constraint seance_presence_mots_acte_check check (acte in ('notee', 'contestee', 'reprise', 'classee')),
  add constraint seance_presence_mots_check check ((acte in ('contestee', 'classee')) = (motif <> ''));
