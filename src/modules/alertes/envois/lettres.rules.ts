/** What each one is sent, and by which link they answer. An exercise says so first and last. A notice says a tier and a place, nothing else. Pure. */
import type { Coffre } from '../../../core/coffre.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { GENRES, PALIERS } from '../reglement/reglement.ts';
import type { Envoi } from './envois.queries.ts';

const EXERCICE = 'EXERCICE';
type Dite = Pick<Alerte, 'id' | 'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'exercice'>;

const libelle = (c: Catalogue, liste: string, code: string): string => c.listes.get(liste)?.find((v) => v.code === code)?.libelle ?? code;
export const direPalier = (c: Catalogue, code: string): string => libelle(c, PALIERS, code);
export const direGenre = (c: Catalogue, code: string): string => libelle(c, GENRES, code);
export const direLieu = (c: Catalogue, id: string): string => c.territoires.get(id)?.nom ?? id;

/** « Alerte : Rixe, Quartier de la Goutte-d’Or ». */
export const sujetDe = (c: Catalogue, a: Dite): string => `${a.exercice ? `[${EXERCICE}] ` : ''}${direPalier(c, a.palier)}, ${direLieu(c, a.territoireId)}`;

/** What crosses the servers of those who make browsers, and what a telephone shows locked. */
export interface Avis {
  titre: string;
  corps: string;
  chemin: string;
}
export const avisDe = (c: Catalogue, a: Dite): Avis => ({
  titre: `${a.exercice ? `${EXERCICE} · ` : ''}${direPalier(c, a.palier)}`,
  corps: `${direLieu(c, a.territoireId)}${a.exercice ? `. Ceci est un ${EXERCICE.toLowerCase()}.` : ''}`,
  chemin: `/alertes/${a.id}`,
});

const USAGE = 'alerte';
type Scelle = Pick<Envoi, 'id' | 'inscritId' | 'reponses'>;
const parties = (e: Scelle) => [e.id, e.inscritId, String(e.reponses)];
/** Each answer makes another link: the former one answers nothing more. */
export const lienDe = (coffre: Coffre, e: Scelle): string => `/alertes/repondre/${e.id}/${signerLien(coffre, USAGE, parties(e))}`;
/** Which use of the link this seal is of: `present`, `passe`, or none. */
export function lireLien(coffre: Coffre, e: Scelle, recu: string): 'present' | 'passe' | null {
  if (estLienSigne(coffre, USAGE, parties(e), recu)) return 'present';
  for (let n = 0; n < e.reponses; n++) if (estLienSigne(coffre, USAGE, parties({ ...e, reponses: n }), recu)) return 'passe';
  return null;
}
/** Of the letters about one of them: the path under which a refusal is found. */
export const objetDe = (alerteId: string, envoiId: string): string => `/alertes/${alerteId}?envoi=${envoiId}`;

/** The letter: where and when, and the page that says the rest. */
export function lettreDe(c: Catalogue, a: Dite, o: { lien: string; genre: Envoi['genre']; motif: Envoi['motif']; fonction: string; duLe: Date }): string {
  const bord = a.exercice ? [`${EXERCICE} ${EXERCICE} ${EXERCICE} : rien de ceci n’est réel.`] : [];
  const pourquoi =
    o.motif === 'silence' || o.motif === 'rebond'
      ? 'La personne prévenue avant vous n’a pas répondu : vous prenez le relais.'
      : o.motif === 'astreinte'
        ? 'Vous êtes d’astreinte.'
        : '';
  return [
    ...bord,
    `${direPalier(c, a.palier)} : ${direGenre(c, a.genre)}.`,
    `Où : ${[a.lieu, direLieu(c, a.territoireId)].filter(Boolean).join(', ')}.`,
    `Quand : ${jourEtHeure(a.debut)}.`,
    ...(pourquoi ? [pourquoi] : []),
    o.genre === 'validation'
      ? `À valider ou à écarter avant ${jourEtHeure(o.duLe)} : sans réponse, l’alerte part.`
      : `Répondez d’un geste avant ${jourEtHeure(o.duLe)}, sans compte : vu, j’y vais, ou rien chez moi.`,
    o.lien,
    `Vous êtes sur la liste au titre de : ${o.fonction}. Ce lien est pour vous seul et sert une fois : ne le transférez pas.`,
    ...bord,
  ].join('\n\n');
}

/** As short as a telephone takes. */
export const texteCourt = (c: Catalogue, a: Dite, lien: string): string =>
  `${a.exercice ? `${EXERCICE} : ` : ''}${direPalier(c, a.palier)}, ${direLieu(c, a.territoireId)}. Répondre : ${lien}${a.exercice ? ` ${EXERCICE}` : ''}`;
