-- A party that left, or took its own signature back, denied nothing: what another notes afterwards waits for it, counts for nothing, and is not « contestée ».
alter table convention_signatures drop constraint convention_signatures_etat_check,
  add constraint convention_signatures_etat_check check (etat in ('notee', 'confirmee', 'contestee', 'suspendue', 'annulee'));
update convention_signatures s set etat = 'suspendue'
from convention_parties p
where p.contrat_id = s.contrat_id and p.id = s.partie_id and s.etat = 'contestee' and not s.par_elle and 'contestee' is distinct from (
  select m.acte from (
    select x.acte, x.quand, x.rang from convention_signatures x join convention_parties y on y.contrat_id = x.contrat_id and y.id = x.partie_id
      where x.contrat_id = s.contrat_id and y.convention_id = p.convention_id and y.organisation_id = p.organisation_id and x.par_elle and x.quand <= s.quand
    union all
    select 'retrait', w.quand, w.rang from convention_paroles w
      where w.contrat_id = s.contrat_id and w.convention_id = p.convention_id and w.genre = 'retrait' and w.de = p.organisation_id and w.par_elle
        and w.acte in ('notee', 'confirmee') and w.quand <= s.quand
  ) as m order by m.quand desc, m.rang desc limit 1);
