-- A situation report covers numbers of the main courante, given under its lock: an hour read before that lock lost what was written meanwhile.
-- Entries are no longer copied into it: they are read where they are, up to its last number, and go with them.
alter table crise_points
  add column du_numero bigint not null default 0 check (du_numero >= 0),
  add column au_numero bigint not null default 0,
  add check (au_numero >= du_numero);
update crise_points p set au_numero = greatest(
  coalesce((select max(m.numero) from main_courante m where m.contrat_id = p.contrat_id and m.crise_id = p.crise_id and m.arrive_le <= p.au), 0),
  coalesce((select max(m.numero) from main_courante m join crise_points q on q.contrat_id = m.contrat_id and q.crise_id = m.crise_id
    where q.contrat_id = p.contrat_id and q.crise_id = p.crise_id and q.numero < p.numero and m.arrive_le <= q.au), 0));
-- Each goes on from where the one before ended: nothing is between two of them any more.
update crise_points p set du_numero = coalesce((select q.au_numero from crise_points q
  where q.contrat_id = p.contrat_id and q.crise_id = p.crise_id and q.numero = p.numero - 1), 0);
update crise_points set contenu = contenu - 'entrees' - 'entreesEnTout';
alter table crise_points alter column au_numero drop default;
grant update (du_numero, au_numero) on crise_points to concorde_application;
select annoter('crise_points', null, '{"du_numero": "technique", "au_numero": "technique",
  "contenu": {"categorie": "contenu", "note": "Centres, moyens et services à cet instant ; les entrées se lisent dans la main courante"}}');

-- What is due is few among many.
create index main_courante_dues on main_courante (contrat_id, crise_id, numero) where du_le is not null;
