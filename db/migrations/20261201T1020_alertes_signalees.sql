-- Lists of decisions read who was told of the alert that made them: what keeps such a page hears of these tables.
select signaler('alerte_envois');
select signaler('alerte_inscrits');
