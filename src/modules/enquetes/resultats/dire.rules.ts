/** What a closed wave gives to the figure that it feeds, in words. Pure. */
import { abreger } from '../../../core/couper.ts';
import { enumerer, FINE, INSECABLE, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import { tauxDe, TIRAGES } from '../vagues/vagues.rules.ts';
import type { Vague } from '../vagues/vagues.queries.ts';
import type { Depouille, ResultatDeMesure } from './resultats.rules.ts';

export const pourcent = (part: number, decimales = 1): string => `${nombre(100 * part, decimales)}${INSECABLE}%`;

const POURQUOI_SANS_MARGE = {
  volontaires: 'Les personnes qui répondent l’ont choisi : une marge d’erreur n’aurait pas de sens, et ce résultat ne vaut que pour elles.',
  tous: 'Toutes les personnes concernées étaient invitées : il n’y a pas de tirage, donc pas de marge d’erreur.',
  aleatoire: 'Trop peu de réponses pour une marge d’erreur.',
} as const;
export const sansMarge = (v: Pick<Vague, 'tirage'>): string => POURQUOI_SANS_MARGE[v.tirage];

/** How many were asked: counted where each had an invitation, as declared otherwise. */
const invitesDe = (v: Pick<Vague, 'acces' | 'invites' | 'invitations'>): number | null => (v.acces === 'invitation' ? v.invitations : v.invites);

export function direReponses(v: Vague): string {
  const invites = invitesDe(v);
  const taux = tauxDe(v, invites);
  const dit = pluriel(v.reponses, 'réponse');
  return taux === null || invites === null
    ? dit
    : `${dit} pour ${pluriel(invites, 'personne invitée', 'personnes invitées')} (${nombre(taux, 1)}${INSECABLE}%)`;
}

/** Why a figure of this survey is given as answers came. */
const nonRedresse = (v: Pick<Vague, 'definition'>): string =>
  `Non redressé${FINE}: une part de « ${v.definition.strates?.question} » a moins de ${v.definition.seuil_strate} réponses, et le redressement la donnerait à lire. Ce résultat ne vaut que pour les personnes qui ont répondu.`;

/** The sentence of the contribution. */
export function direMesure(v: Vague, m: ResultatDeMesure, d: Pick<Depouille, 'stratesVides'>): string {
  const part = m.resultat.genre === 'part';
  const chiffre = (x: number) => (part ? pourcent(x) : nombre(x, 2));
  const poids = v.definition.strates;
  const pese = !poids || m.redresse;
  const marge = m.intervalle
    ? `Marge d’erreur à 95${INSECABLE}%${FINE}: de ${chiffre(m.intervalle.bas)} à ${chiffre(m.intervalle.haut)}.`
    : pese
      ? sansMarge(v)
      : nonRedresse(v);
  return [
    `${chiffre(m.valeur)} ${m.resultat.phrase}.`,
    `${pluriel(m.repondu, 'réponse')} à cette question ; ${direReponses(v)} en tout.`,
    marge,
    ...(m.redresse && poids ? [`Redressé selon « ${poids.question} » (${poids.source}).`] : []),
    ...(m.redresse && d.stratesVides.length > 0 ? [`Sans réponse, donc hors du calcul${FINE}: ${enumerer(d.stratesVides.map((s) => s.fr))}.`] : []),
  ].join(' ');
}

export const direSource = (v: Vague, nomDebiteur: string): string =>
  abreger(
    `Enquête « ${v.definition.titre.fr} », vague du ${jour(v.debut)} au ${jour(v.fin)}, menée pour ${nomDebiteur} : ${pluriel(v.reponses, 'réponse')}. ${TIRAGES[v.tirage]}.`,
    500,
  );
