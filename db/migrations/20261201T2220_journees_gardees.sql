-- What waits for somebody is theirs by the link that they were sent: who reads it is told when it changes. Without it, « Ma journée » was drawn
-- anew at each visit.
select signaler('campagne_acces');
