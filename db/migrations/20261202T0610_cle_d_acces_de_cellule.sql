-- A passkey beside the phrase: the member's private key closed a second time, by what only that passkey makes (WebAuthn PRF) and that the browser
-- derives. What the passkey makes never comes here.
alter table nominatif.cellule_membres
  add column enfermee_prf bytea check (octet_length(enfermee_prf) between 60 and 200),
  -- what the passkey is asked about, and which one
  add column prf_sel bytea check (octet_length(prf_sel) = 32),
  add column prf_cle text check (char_length(prf_cle) between 16 and 1400 and prf_cle ~ '^[A-Za-z0-9_-]+$'),
  add check ((enfermee_prf is null) = (prf_cle is null)),
  add check (enfermee_prf is null or (prf_sel is not null and enfermee is not null));

select annoter('nominatif.cellule_membres'::regclass, null,
  '{"enfermee_prf":"authentification","prf_sel":"authentification","prf_cle":"authentification"}'::jsonb);
