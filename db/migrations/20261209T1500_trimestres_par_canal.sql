-- What is imported of a quarter is told channel by channel, each once its files go past the end of it. Told before for all channels at once: `importe`.
alter table demande_quartiers drop constraint demande_quartiers_voie_check;
alter table demande_quartiers add constraint demande_quartiers_voie_check
  check (voie in ('ici', 'importe') or (voie like 'canal:_%' and char_length(voie) <= 100));
