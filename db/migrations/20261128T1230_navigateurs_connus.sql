-- Is this browser known here, whoever it is known to? Asked before anything is counted against its address.
create index appareils_empreinte on appareils (contrat_id, empreinte);
