-- « Ma journée » says what mairies learnt and the control room does not know: a page that is kept hears of it.
select signaler('crise_avis');
