import { fr } from './fr.ts';
import type { Mots } from './mots.ts';

/** Easy French: short sentences, one idea each. To be read again by people for whom it is written. */
export const falc: Mots = {
  ...fr,
  nom: 'Facile à lire',
  relu: null,
  verifie: 'Nous avons vérifié ce numéro :',
  nonVerifie: 'Nous n’avons pas vérifié ce numéro. Les heures ont peut-être changé.',
  titres: { urgence: 'Vous êtes en danger', aide: 'On vous fait du mal' },
  chapos: {
    urgence: 'Appelez un numéro. Dites où vous êtes. Dites ce qui se passe.',
    aide: 'Ce n’est pas votre faute. Des personnes peuvent vous aider. Appelez un numéro.',
  },
  versUrgence: 'Je suis en danger maintenant',
  versAide: 'Je cherche de l’aide',
  aRelire: 'Ce texte est en français facile. Les personnes concernées ne l’ont pas encore relu.',
  trace: 'Vous voulez partir vite ? Touchez « Quitter cette page ». Attention : votre téléphone garde la liste des pages que vous avez vues.',
  toujours: 'le jour et la nuit',
  horairesInconnus: 'les heures ne sont pas sûres',
  prix: { gratuit: 'l’appel ne coûte rien', local: 'prix d’un appel normal', operateur: 'prix d’un SMS', inconnu: 'le prix n’est pas sûr' },
  anonyme: 'vous ne dites pas votre nom',
  confidentiel: 'ce que vous dites reste secret',
  precisions: 'En savoir plus',
};
