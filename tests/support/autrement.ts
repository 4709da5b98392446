/** Routes that add a row and are not « creations »: why the same form sent twice makes one thing all the same. */
export const AUTREMENT: Readonly<Record<string, string>> = {
  '/chiffres/recits/:bilan': 'un bilan suit la version que l’on a lue : la seconde est un conflit',
  '/chiffres/recits/:bilan/signer': 'une version signée ne se signe plus',
  '/chiffres/:mesure/saisir': 'une valeur a une version : la seconde est un conflit',
  '/chiffres/:mesure/contre-valeurs/:contre/regler': 'une contre-valeur réglée ne se règle plus',
  '/chiffres/:mesure/trancher': 'un choix par période et par lieu : le second redit le premier',
  '/fiches/:numero/synthese': 'une synthèse par état des chiffres : la seconde redit la première',
  '/lieux/imports/:id/publier': 'un import publié ne se publie plus',
  '/seances/:id/approuver': 'une approbation par présidence et par texte',
  '/seances/:id/approbations': 'une approbation par présidence et par texte',
  '/seances/:id/figer': 'une séance figée ne se fige plus',
  '/deconnexion': 'une session finie ne finit plus',
  '/aide/demarches/:demarche/corriger': 'une correction suit la version que l’on a lue : la seconde est un conflit',
  '/connexion/oubli': 'redemander le lien est voulu ; le double clic est reconnu',
  '/connexion/cle/options': 'un défi par essai',
  '/mon-compte/cles/options': 'un défi par essai',
  '/confirmer/cle/options': 'un défi par essai',
};
