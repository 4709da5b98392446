-- The inbox in the order that it is read: what is due first, what has no day last; of one service, and of all that a reader handles.
create index demandes_boite_ordre on demandes (contrat_id, service_id, (coalesce(du_le, '9999-12-31'::date)), id) where clos_le is null and meneur_id is null;
create index demandes_ordre on demandes (contrat_id, (coalesce(du_le, '9999-12-31'::date)), id) where clos_le is null and meneur_id is null;
