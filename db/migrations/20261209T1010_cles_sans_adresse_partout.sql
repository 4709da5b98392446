-- What was sent by a personal link while signed in kept its address too: by route this time, whoever sent it.
update soumissions set route = split_part(route, ' ', 1)
where route ~ '^[A-Z]+ /(paroles|invitations?|consignes|notes-de-crise|lire|alertes/repondre|alertes/moi|collecte/repondre|annuaire/verifier|cellules/reponse|suivre/abonnement|suivi|enquetes/invitation|participer/suivi|connexion/lien)/'
  and route !~ '/:';
