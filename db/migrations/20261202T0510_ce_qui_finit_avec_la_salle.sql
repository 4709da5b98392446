-- What runs in a room ends with it: centres that were left open when their crisis was closed close at that moment.
update crise_centres c set etat = 'ferme', ferme_le = greatest(k.close_le, c.ouvert_le)
from crises k where k.contrat_id = c.contrat_id and k.id = c.crise_id and k.close_le is not null and c.etat = 'ouvert';

-- Handled after the end, or while the clock was stopped: no minute of the exercise says when.
alter table exercice_injects drop constraint exercice_injects_check,
  add check ((traite_le is null) = (traite_par is null) and (traite_le is null) = (suite is null) and (traite_minute is null or traite_le is not null));
