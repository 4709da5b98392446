-- « Ma journée » tells of documents to read and of contributions to answer: it is drawn again when these change, and not otherwise.
select signaler('documents_diffuses');
select signaler('document_lecteurs');
select signaler('instance_contributions');
