/** What the public form says, in each language. */
import { jour } from '../../../ui/typographie.ts';
import type { Langue } from '../definition/definition.schema.ts';

const FR = {
  bouton: 'Envoyer mes réponses',
  facultatif: 'facultatif',
  autreLangue: 'English version',
  anonyme:
    'Vos réponses sont anonymes : chacune s’ajoute à un compte, aucune n’est gardée telle quelle. Ce que vous écrivez avec vos mots est gardé à part, sans le reste. Aucun cookie, aucune adresse. Une fois envoyées, personne ne peut les relire ni les retirer.',
  sansNom: 'N’écrivez ni nom, ni adresse, ni rien qui désigne une personne.',
  si: (question: string, reponses: string) => `Si vous avez répondu ${reponses} à « ${question} ».`,
  ou: ' ou ',
  citer: (t: string) => `« ${t} »`,
  choisir: (q: string) => `${q} : choisissez une réponse.`,
  inconnue: (q: string) => `${q} : cette réponse n’est pas dans la liste, choisissez-en une autre.`,
  ecrire: (q: string) => `${q} : écrivez une réponse.`,
  entier: (q: string, min: number, max: number) => `${q} : écrivez un nombre entier, de ${min} à ${max}.`,
  long: (q: string, max: number) => `${q} : ${max} caractères au plus.`,
  rien: 'Répondez à une question au moins.',
  erreurs: (n: number) => (n === 1 ? 'Une réponse est à corriger' : `${n} réponses sont à corriger`),
  jusquau: (jour: string) => `Jusqu’au ${jour}.`,
  merci: 'Merci',
  merciTexte: 'Vos réponses sont comptées. Vous pouvez fermer cette page.',
  resultats: 'Les résultats seront publiés sur la page des enquêtes.',
  pageDesEnquetes: 'Voir les enquêtes',
  pasOuverte: (jour: string) => `Cette enquête ouvre le ${jour}. Revenez ce jour-là.`,
  finie: (jour: string) => `Cette enquête s’est terminée le ${jour}. Il n’est plus possible d’y répondre.`,
  servie: 'Cette invitation a déjà servi : elle vaut pour une réponse. Rien n’est compté une seconde fois.',
  surInvitation: 'On répond à cette enquête par le lien reçu avec une invitation.',
  fermee: 'Réponses closes',
};
const EN: typeof FR = {
  bouton: 'Send my answers',
  facultatif: 'optional',
  autreLangue: 'Version française',
  anonyme:
    'Your answers are anonymous: each is added to a count, none is kept as such. What you write in your own words is kept apart, without the rest. No cookie, no address. Once sent, nobody can read them again or withdraw them.',
  sansNom: 'Do not write any name, address or anything that identifies a person.',
  si: (question, reponses) => `If you answered ${reponses} to “${question}”.`,
  ou: ' or ',
  citer: (t) => `“${t}”`,
  choisir: (q) => `${q}: choose an answer.`,
  inconnue: (q) => `${q}: this answer is not in the list, choose another one.`,
  ecrire: (q) => `${q}: write an answer.`,
  entier: (q, min, max) => `${q}: write a whole number, from ${min} to ${max}.`,
  long: (q, max) => `${q}: ${max} characters at most.`,
  rien: 'Answer one question at least.',
  erreurs: (n) => (n === 1 ? 'One answer needs correcting' : `${n} answers need correcting`),
  jusquau: (jour) => `Until ${jour}.`,
  merci: 'Thank you',
  merciTexte: 'Your answers have been counted. You may close this page.',
  resultats: 'Results will be published on the page of surveys.',
  pageDesEnquetes: 'See the surveys',
  pasOuverte: (jour) => `This survey opens on ${jour}. Please come back then.`,
  finie: (jour) => `This survey ended on ${jour}. It can no longer be answered.`,
  servie: 'This invitation has already been used: it is good for one answer. Nothing is counted twice.',
  surInvitation: 'This survey is answered through the link that comes with an invitation.',
  fermee: 'Closed',
};
export const MOTS: Readonly<Record<Langue, typeof FR>> = { fr: FR, en: EN };

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const direJour = (iso: string, langue: Langue): string =>
  langue === 'fr' ? jour(iso) : `${Number(iso.slice(8))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
