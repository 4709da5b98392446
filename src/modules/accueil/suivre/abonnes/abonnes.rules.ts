/** Letters to who follows something: when they leave, what each says, how often one may ask. Pure, but for the zone in force. */
import { DateTime } from 'luxon';
import { finDuJour, jourDe } from '../../../../core/clock.ts';
import type { Coffre } from '../../../../core/coffre.ts';
import { estLienSigne, signerLien } from '../../../../core/lien-signe.ts';
import type { Nouvelle } from '../../../../core/suites.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';

export const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'].map((nom, i) => ({ numero: i + 1, nom }));
export const nomDuJour = (numero: number): string => JOURS[numero - 1]?.nom ?? '';

const GENRES = ['tout', 'fiche', 'territoire'] as const;
/** What may be followed, as it is kept: `objet` is the number of a fiche, the code of a place, nothing for the whole contract. */
export interface Sujet {
  genre: (typeof GENRES)[number];
  objet: string;
}
export const estUnGenre = (genre: string): genre is Sujet['genre'] => GENRES.some((g) => g === genre);
export const sujetDe = (s: { fiche?: string | undefined; territoire?: string | undefined }): Sujet =>
  s.fiche ? { genre: 'fiche', objet: s.fiche } : s.territoire ? { genre: 'territoire', objet: s.territoire } : { genre: 'tout', objet: '' };
export const vouluDe = (s: Sujet): { fiche?: string; territoire?: string } => (s.genre === 'tout' ? {} : { [s.genre]: s.objet });
export const cleDuSujet = (s: Sujet): string => `${s.genre} ${s.objet}`;

/** An unanswered letter of confirmation opens nothing after that many days, and its address is erased. */
export const JOURS_POUR_CONFIRMER = 7;
/** Letters of confirmation in a day: to one address, and asked from one network. */
export const PAR_ADRESSE = 3;
export const PAR_RESEAU = 20;

/** The next such day after `aujourdhui`, `YYYY-MM-DD`; never today. */
export function prochain(aujourdhui: string, numero: number): string {
  const t = DateTime.fromISO(aujourdhui, { zone: 'utc' });
  return t.plus({ days: ((numero - t.weekday + 6) % 7) + 1 }).toISODate() ?? aujourdhui;
}
/** A letter tells whole days: what is published on the day that it leaves is for the next one, however late its writing ends. */
export const borneDe = (aujourdhui: string): Date => finDuJour(DateTime.fromISO(aujourdhui, { zone: 'utc' }).minus({ days: 1 }).toISODate() ?? aujourdhui);

const EMPREINTE = 'abonnement-adresse';
const RESEAU = 'abonnement-reseau';
const CONFIRMER = 'abonnement-confirmer';
const TENIR = 'abonnement-tenir';
/** By which an address is found again, and a network counted: made with the key of the platform, which the database does not hold. */
export const empreinteDe = (coffre: Coffre, adresse: string): string => signerLien(coffre, EMPREINTE, [adresse]);
export const reseauDe = (coffre: Coffre, prefixe: string): string => signerLien(coffre, RESEAU, [prefixe]);

export const cheminPourConfirmer = (coffre: Coffre, id: string): string => `/suivre/confirmer/${id}/${signerLien(coffre, CONFIRMER, [id])}`;
export const cheminPourTenir = (coffre: Coffre, id: string): string => `/suivre/abonnement/${id}/${signerLien(coffre, TENIR, [id])}`;
export const ouvreLaConfirmation = (coffre: Coffre, id: string, cachet: string): boolean => estLienSigne(coffre, CONFIRMER, [id], cachet);
export const ouvreLAbonnement = (coffre: Coffre, id: string, cachet: string): boolean => estLienSigne(coffre, TENIR, [id], cachet);

export function ecrireConfirmation(o: { nom: string; contrat: string; jour: number; lien: string }): { sujet: string; texte: string } {
  return {
    sujet: `À confirmer : recevoir les nouveautés (${o.contrat})`,
    texte: [
      'Bonjour,',
      `Cette adresse a été donnée pour recevoir une lettre, le ${nomDuJour(o.jour)}, les semaines où il y a du nouveau : ${o.nom}.`,
      `Pour confirmer, ouvrez ce lien dans les ${JOURS_POUR_CONFIRMER} jours :\n${o.lien}`,
      'Si ce n’est pas vous, ne faites rien : sans confirmation, aucune lettre de nouveautés ne part, et l’adresse est effacée.',
    ].join('\n\n'),
  };
}

/** One thing followed, and what was published about it. */
export interface Partie {
  nom: string;
  /** Path of its feed. */
  atom: string;
  nouvelles: readonly Nouvelle[];
  /** There is more than what was read. */
  davantage: boolean;
}
/** Of one thing followed, as many are told; the rest is in its feed. */
export const PAR_PARTIE = 30;

/** Those of these days, the latest first; `depuis` is told already, or from before it was asked for. */
export const entre = (nouvelles: readonly Nouvelle[], depuis: Date, borne: Date): Nouvelle[] =>
  nouvelles.filter((n) => n.le >= depuis && n.le < borne).sort((a, b) => b.le.getTime() - a.le.getTime());

/** Null when there is nothing new: no letter leaves. What two parts have in common is told in the first. */
export function ecrireLettre(o: {
  parties: readonly Partie[];
  contrat: string;
  jour: number;
  adresse: string;
  /** Path of the page that ends it. */
  tenir: string;
}): { sujet: string; texte: string } | null {
  const dites = new Set<string>();
  const pleines = o.parties.flatMap((p) => {
    const neuves = p.nouvelles.filter((n) => !dites.has(n.id));
    for (const n of neuves) dites.add(n.id);
    return neuves.length > 0 ? [{ ...p, neuves }] : [];
  });
  if (pleines.length === 0) return null;
  const encore = pleines.some((p) => p.davantage);
  const seule = pleines.length === 1 ? pleines[0] : undefined;
  return {
    sujet: `${encore ? 'Plus de ' : ''}${pluriel(dites.size, 'nouveauté')} : ${seule?.nom ?? o.contrat}`,
    texte: [
      ...pleines.map((p) =>
        [
          p.nom.toUpperCase(),
          ...p.neuves.slice(0, PAR_PARTIE).map((n) => `- ${n.titre} (${jour(jourDe(n.le))})\n  ${n.resume}\n  ${o.adresse}${n.chemin}`),
          ...(p.neuves.length > PAR_PARTIE || p.davantage ? [`Il y en a d’autres, dans le flux : ${o.adresse}${p.atom}`] : []),
        ].join('\n\n'),
      ),
      `--\nCette lettre part le ${nomDuJour(o.jour)}, les semaines où il y a du nouveau. Pour l’arrêter ou voir ce que vous suivez, sans compte :\n${o.adresse}${o.tenir}`,
    ].join('\n\n\n'),
  };
}
