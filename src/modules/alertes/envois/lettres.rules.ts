/** What each one is sent, and by which link they answer. An exercise says so first and last. A notice says a tier and a place, nothing else. Pure. */
import { JOUR_MS } from '../../../core/jours.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { GENRES, PALIERS } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import type { Envoi } from './envois.queries.ts';

const EXERCICE = 'EXERCICE';
type Dite = Pick<Alerte, 'id' | 'palier' | 'genre' | 'territoireId' | 'lieu' | 'debut' | 'exercice'>;

const libelle = (c: Catalogue, liste: string, code: string): string => c.listes.get(liste)?.find((v) => v.code === code)?.libelle ?? code;
export const direPalier = (c: Catalogue, code: string): string => libelle(c, PALIERS, code);
export const direGenre = (c: Catalogue, code: string): string => libelle(c, GENRES, code);
export const direLieu = (c: Catalogue, id: string): string => c.territoires.get(id)?.nom ?? id;

/** Where: a territory of the contract, or a commune of its file. */
export const direPlace = (c: Catalogue, r: Pick<Reglement, 'communes'>, territoire: string): string =>
  c.territoires.get(territoire)?.nom ?? r.communes.find((x) => x.code === territoire)?.nom ?? territoire;

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
/** With the address that the letter went to: the link dies with it. */
export type Scelle = Pick<Envoi, 'id' | 'inscritId' | 'genre' | 'reponses'> & { courriel: string };
/** What decides serves once, so each answer makes another link; what only answers serves as long as the alert does. */
const parties = (e: Scelle) => [e.id, e.inscritId, e.courriel.toLowerCase(), ...(e.genre === 'validation' ? [String(e.reponses)] : [])];
export const lienDe = (coffre: Coffre, e: Scelle): string => `/alertes/repondre/${e.id}/${signerLien(coffre, USAGE, parties(e))}`;
/** Which use of the link this seal is of: `present`, `passe`, or none. */
export function lireLien(coffre: Coffre, e: Scelle, recu: string): 'present' | 'passe' | null {
  if (estLienSigne(coffre, USAGE, parties(e), recu)) return 'present';
  if (e.genre !== 'validation') return null;
  for (let n = 0; n < e.reponses; n++) if (estLienSigne(coffre, USAGE, parties({ ...e, reponses: n }), recu)) return 'passe';
  return null;
}
/** Days after which a link says no more what it was about, whatever became of the alert. */
const TERME_J = 31;
/** What it was about is told as long as something is awaited; afterwards, what became of it. */
export const ditLesFaits = (a: Pick<Alerte, 'etat'>, e: Pick<Envoi, 'envoyeLe'>, maintenant: Date): boolean =>
  (a.etat === 'a-valider' || a.etat === 'diffusee') && maintenant.getTime() - e.envoyeLe.getTime() < TERME_J * JOUR_MS;
/** Of the letters about one of them: the path under which a refusal is found. */
export const objetDe = (e: Pick<Envoi, 'id' | 'alerteId' | 'lettreDe'>): string => `/alertes/${e.lettreDe ?? e.alerteId}?envoi=${e.id}`;

/** Why them: what is known of who comes before them. */
const RELAIS: Readonly<Record<string, string>> = {
  silence: 'La personne prévenue avant vous n’a pas répondu : vous prenez le relais.',
  rebond: 'Le courriel de la personne avant vous est refusé : vous prenez le relais.',
  retard: 'Le message de la personne avant vous n’est pas parti à temps : vous prenez le relais.',
};

const RELAIS_DU_POINT: Readonly<Record<string, string>> = {
  ...RELAIS,
  silence: 'La personne qui en était chargée avant vous ne l’a pas dit fait : vous prenez le relais.',
};

export interface Demande {
  lien: string;
  genre: Envoi['genre'];
  motif: Envoi['motif'];
  fonction: string;
  duLe: Date;
  /** The tier from which it climbed. */
  de?: string | undefined;
  /** The point of the procedure that this person is charged of. */
  point?: { libelle: string; cellules: boolean } | undefined;
  rappel?: boolean | undefined;
}
function demander(c: Catalogue, a: Dite, o: Demande): string[] {
  const avant = jourEtHeure(o.duLe);
  if (o.genre === 'validation') return [`À valider ou à écarter avant ${avant} : sans réponse, l’alerte part.`];
  if (o.genre === 'palier')
    return [
      `C’est devenu plus grave : de « ${direPalier(c, o.de ?? '')} » à « ${direPalier(c, a.palier)} ».`,
      'La réponse que vous avez donnée tient. Pour la donner ou la changer, sans compte :',
    ];
  if (o.genre === 'point')
    return [
      ...(o.rappel ? ['Rappel : ce point n’est pas encore dit fait.'] : []),
      `Procédure d’urgence, dont vous êtes chargé : ${o.point?.libelle ?? ''}. À faire avant ${avant}.`,
      ...(o.point?.cellules ? ['Le recours s’ouvre depuis la cellule, et se note alors seul.'] : []),
      'Une fois fait, dites-le d’un geste, sans compte. Sans cela, la personne après vous sur la liste le saura :',
    ];
  return [`Répondez d’un geste avant ${avant}, sans compte : vu, j’y vais, ou rien chez moi.`];
}
const SUITES: Partial<Record<Envoi['genre'], string>> = { palier: ' : plus grave', point: ' : procédure d’urgence' };
export const sujetDeLaDemande = (c: Catalogue, a: Dite, o: Pick<Demande, 'genre' | 'rappel'>): string =>
  `${o.rappel ? 'Rappel. ' : ''}${sujetDe(c, a)}${SUITES[o.genre] ?? ''}`;

/** The letter: where and when, and the page that says the rest. */
export function lettreDe(c: Catalogue, a: Dite, o: Demande): string {
  const bord = a.exercice ? [`${EXERCICE} ${EXERCICE} ${EXERCICE} : rien de ceci n’est réel.`] : [];
  const pourquoi = (o.genre === 'point' ? RELAIS_DU_POINT : RELAIS)[o.motif] ?? '';
  return [
    ...bord,
    `${direPalier(c, a.palier)} : ${direGenre(c, a.genre)}.`,
    `Où : ${[a.lieu, direLieu(c, a.territoireId)].filter(Boolean).join(', ')}.`,
    `Quand : ${jourEtHeure(a.debut)}.`,
    ...(pourquoi ? [pourquoi] : []),
    ...demander(c, a, o),
    o.lien,
    `Vous êtes sur la liste au titre de : ${o.fonction}. Ce lien est pour vous seul${o.genre === 'validation' ? ' et sert une fois' : ''} : ne le transférez pas.`,
    ...bord,
  ].join('\n\n');
}

/** How it ended. */
export type Fin = 'levee' | 'ecartee' | 'erreur';
const FINS: Readonly<Record<Fin, string>> = { levee: 'Levée', ecartee: 'Écartée', erreur: 'Envoyée par erreur' };
type Finie = Dite & Pick<Alerte, 'etat' | 'represaillesJusqua' | 'erreurLe'>;
const finDeLAlerte = (a: Pick<Alerte, 'etat' | 'erreurLe'>): Fin => (a.erreurLe ? 'erreur' : a.etat === 'ecartee' ? 'ecartee' : 'levee');
/** To those who had the first letter: it is over, nothing more is awaited of them. */
export function lettreDeFin(c: Catalogue, a: Finie, quand: Date): { sujet: string; texte: string } {
  const bord = a.exercice ? [`${EXERCICE} ${EXERCICE} ${EXERCICE} : rien de ceci n’est réel.`] : [];
  const fin = finDeLAlerte(a);
  const dit = {
    ecartee: `Cette alerte est écartée depuis le ${jourEtHeure(quand)} : elle ne part pas, et n’attend plus de réponse.`,
    levee: `Cette alerte est levée depuis le ${jourEtHeure(quand)} : elle n’attend plus de réponse.`,
    erreur: 'Cette alerte a été envoyée par erreur : il n’y a rien à faire, et elle n’attend plus de réponse.',
  }[fin];
  const vigilance =
    fin === 'levee' && a.represaillesJusqua ? [`Représailles à craindre jusqu’au ${jourEtHeure(a.represaillesJusqua)} : restez vigilants.`] : [];
  return {
    sujet: `${sujetDe(c, a)} : ${FINS[fin].toLowerCase()}`,
    texte: [...bord, `${direPalier(c, a.palier)}, ${direLieu(c, a.territoireId)}.`, dit, ...vigilance, ...bord].join('\n\n'),
  };
}
export const avisDeFin = (c: Catalogue, a: Finie): Avis => ({
  ...avisDe(c, a),
  titre: `${a.exercice ? `${EXERCICE} · ` : ''}${FINS[finDeLAlerte(a)]} · ${direPalier(c, a.palier)}`,
});
export const texteDeFin = (c: Catalogue, a: Finie): string =>
  `${a.exercice ? `${EXERCICE} : ` : ''}${FINS[finDeLAlerte(a)]} : ${direPalier(c, a.palier)}, ${direLieu(c, a.territoireId)}.${a.exercice ? ` ${EXERCICE}` : ''}`;

/** The same, and the tier from which it climbed is not worth a word there: what it is now is. */
const PLUS_GRAVE = 'Plus grave';
export const avisDuPalier = (c: Catalogue, a: Dite): Avis => ({
  ...avisDe(c, a),
  titre: `${a.exercice ? `${EXERCICE} · ` : ''}${PLUS_GRAVE} · ${direPalier(c, a.palier)}`,
});

/** As short as a telephone takes. */
export const texteCourt = (c: Catalogue, a: Dite, lien: string, genre: Envoi['genre'] = 'accuse'): string =>
  `${a.exercice ? `${EXERCICE} : ` : ''}${genre === 'palier' ? `${PLUS_GRAVE} : ` : genre === 'point' ? 'Procédure d’urgence : ' : ''}${direPalier(c, a.palier)}, ${direLieu(c, a.territoireId)}. Répondre : ${lien}${a.exercice ? ` ${EXERCICE}` : ''}`;
