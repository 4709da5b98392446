-- What was sent without an account may have come by a personal link, whose address is the right to answer: the once-only key keeps none of it.
update soumissions set route = split_part(route, ' ', 1) where compte_id = '00000000-0000-0000-0000-000000000000';
