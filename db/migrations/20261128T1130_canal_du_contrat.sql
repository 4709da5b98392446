-- Name of the contract's own channel of a kind, for whoever may read the contract's line; null otherwise.
create function canal_du_contrat(genre text, contrat smallint default null) returns text
language sql stable
return (select genre || '_' || c.canal from public.contrats c where c.id = coalesce(contrat, public.concorde_contrat()));
