/** What must hold, by name of measure: ratios within one run, bytes and memory; one number of seconds, which a person was promised. */
interface Cible {
  mots: string;
  /** At most (or, `auMoins`, at least) this. */
  borne: number;
  auMoins?: true;
}
const plusQueA = (mots: string): Cible => ({ mots: `${mots}, à la taille de Paris contre la démonstration`, borne: 1.3 });
const nueAvecSession = (mots: string): Cible => ({ mots: `${mots}, connecté, contre Node nu avec la seule requête de session`, borne: 6 });
const jumeau = (mots: string): Cible => ({ mots: `${mots}, connecté : fois plus vite que le jumeau Next.js`, borne: 5, auMoins: true });

export const CIBLES: Readonly<Record<string, Cible>> = {
  journee: plusQueA('Ma journée'),
  decisions: plusQueA('Suivi des décisions'),
  instances: plusQueA('Liste des instances'),
  seance: plusQueA('Page d’une séance'),
  calendrier: plusQueA('Calendrier'),
  'preuve-rare': { mots: 'Preuve d’une mesure rare (1 sur 10 000), 10 M de faits, contre sa lecture nue de 50 lignes', borne: 3 },
  recherche: { mots: 'Recherche partout, contre la lecture nue de ses index', borne: 3 },
  'fiche-rendue': nueAvecSession('Fiche'),
  'accueil-rendu': nueAvecSession('Accueil'),
  'barometre-rendu': nueAvecSession('Baromètre'),
  'journee-rendue': nueAvecSession('Ma journée'),
  'fiche-rendue-vs-next': jumeau('Fiche'),
  'accueil-rendu-vs-next': jumeau('Accueil'),
  'barometre-rendu-vs-next': jumeau('Baromètre'),
  'journee-rendue-vs-next': jumeau('Ma journée'),
  'ecriture-1': { mots: 'Un enregistrement créé, 1 connexion, contre POST + INSERT nus', borne: 6 },
  'ecriture-8': { mots: 'La même, 8 connexions', borne: 8 },
  'ecriture-32': { mots: 'La même, 32 connexions', borne: 10 },
  'public-sous-ecritures': { mots: 'Pages publiques servies sous 20 écritures par seconde, contre aucune', borne: 0.5, auMoins: true },
  import: { mots: 'Import de signalements contre COPY dans la même table indexée', borne: 2 },
  recalcul: { mots: 'Recalcul de tous les chiffres contre un parcours groupé par ce qu’ils demandent', borne: 2 },
  'formulaire-octets': { mots: 'Formulaire vide, octets', borne: 40_000 },
  'classeur-verifie-ms': { mots: 'Le même, en millisecondes : ce qu’attend la personne', borne: 2_000 },
  'classeur-verifie': { mots: 'Un classeur de 5 000 réponses vérifié, contre sa lecture nue par la même bibliothèque', borne: 3 },
  'alerte-500-ms': { mots: 'Une alerte écrite, 500 lettres prêtes à partir, en millisecondes', borne: 1_000 },
  'alerte-ecrans-p95-ms': { mots: 'D’une réponse à 200 écrans ouverts, au 95e centile, en millisecondes', borne: 500 },
  'alerte-relecture-ms': { mots: 'Les mêmes écrans, qui relisent ensemble ce qui a changé, en millisecondes', borne: 3_000 },
  'cellule-vingt-fiches': { mots: 'Les vingt situations d’une séance, lues et dessinées, contre les mêmes en clair (p95)', borne: 2 },
  'cellule-recherche-p95-ms': { mots: 'Chercher avant d’entrer parmi 100 000 empreintes, en millisecondes (p95)', borne: 20 },
  'main-courante-file': { mots: 'Main courante : dix postes dans dix salles contre dix dans une, ce que coûte une chaîne commune', borne: 3 },
  'main-courante-entiere': {
    mots: 'Main courante écrite par dix postes, coupures et envois doubles compris : entière et dans l’ordre',
    borne: 1,
    auMoins: true,
  },
  'boite-p95': { mots: 'Boîte d’un service parmi un million de signalements, en millisecondes (p95)', borne: 200 },
  'boite-carte-p95': { mots: 'La même avec son plan, en millisecondes (p95)', borne: 200 },
  'points-chauds-p95': { mots: 'Points chauds du même million, gardés, en millisecondes (p95)', borne: 200 },
  'points-chauds-a-neuf-p95': { mots: 'Les mêmes après un signalement reçu : rien de gardé ne sert, en millisecondes (p95)', borne: 200 },
  'points-chauds-mois-touche-p95': {
    mots: 'Les mêmes après un signalement d’un mois fini, que la nuit n’a pas encore additionné, en millisecondes (p95)',
    borne: 200,
  },
  arrivee: { mots: 'Un signalement reçu, contre l’INSERT nu d’une telle ligne', borne: 6 },
  'arrivees-ensemble-part': { mots: 'Vingt signalements reçus ensemble : part de ce que font vingt INSERT nus', borne: 0.167, auMoins: true },
  'memoire-apres-charge': { mots: 'Mémoire résidente après charge, Mo', borne: 250 },
};
export const tient = (c: Cible, valeur: number): boolean => (c.auMoins ? valeur >= c.borne : valeur <= c.borne);
