/** What every act of the preparation reads first. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { couper } from '../../../core/couper.ts';
import { conflit, type ErreurDeChamp } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { chargerPourTenir, type SeanceChargee } from '../seances.contexte.ts';
import { listParticipants, listPoints, type Seance, type Verrou } from '../seances.queries.ts';
import type { Envoi } from './convocation.rules.ts';
import type { Proposition } from './propositions.rules.ts';
import { listDates, type PointACreer } from './seances.queries.ts';
import { CADRE, filDe } from '../../instances/index.ts';

export const parDe = (c: Contexte) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });

/** Where pages of a session stand. */
export const cadreDePage = (s: SeanceChargee) =>
  ({ ...CADRE, fil: [...filDe(s.instance), { libelle: s.seance.titre, href: `/seances/${s.seance.id}` }] }) as const;

export async function lireEnvoi(c: Contexte, s: SeanceChargee): Promise<Envoi> {
  const [points, participants] = await lireEnsemble(c.db, [
    () => listPoints(c.db, c.contrat.id, s.seance.id),
    () => listParticipants(c.db, c.contrat.id, s.seance.id),
  ]);
  return {
    seance: s.seance,
    instance: s.instance,
    catalogue: s.catalogue,
    points,
    participants,
    expediteur: c.utilisateur ? { nom: c.utilisateur.nom, fonction: c.utilisateur.fonction } : undefined,
  };
}

/** Members were asked which dates suited them, and none of them is convoked yet. */
export const estSondee = async (c: Contexte, s: Pick<Seance, 'id' | 'convoqueeLe'>): Promise<boolean> =>
  s.convoqueeLe === null && (await listDates(c.db, c.contrat.id, s.id)).length > 0;

/** Locked, kept by this person, not begun yet. */
export async function exigerEnPreparation(c: Contexte, verrou: Verrou = true) {
  const s = await chargerPourTenir(c, verrou);
  if (s.seance.etat !== 'preparation' && s.seance.etat !== 'convoquee')
    throw conflit('La séance a commencé ou n’aura pas lieu : sa préparation ne se change plus.');
  return s;
}

export const pointDe = (p: Proposition): PointACreer => ({ ...p, rapporteur: p.rapporteur ?? '', expose: p.expose ?? '' });

/** Names of the fields that say how long a proposal takes and who speaks to it. */
export const champMinutes = (cle: string): string => `minutes:${cle}`;
export const champRapporteur = (cle: string): string => `rapporteur:${cle}`;
const MINUTES_MAX = 480;
const lireMinutes = (v: string): number | null => (/^\d{1,3}$/.test(v) && Number(v) >= 1 && Number(v) <= MINUTES_MAX ? Number(v) : null);

/** Proposals as they were ticked, each with its time and who speaks to it; what is wrong is said beside its field. */
export function lireChoisies(champs: Readonly<Record<string, string>>, choisies: readonly Proposition[]): { points: PointACreer[]; erreurs: ErreurDeChamp[] } {
  const erreurs: ErreurDeChamp[] = [];
  const points = choisies.map((p) => {
    const dit = champs[champMinutes(p.cle)];
    const minutes = dit === undefined ? p.minutes : lireMinutes(dit);
    if (minutes === null) erreurs.push({ champ: champMinutes(p.cle), message: `« ${p.titre} » : une durée en minutes, de 1 à ${MINUTES_MAX}.` });
    const rapporteur = couper(champs[champRapporteur(p.cle)] ?? p.rapporteur ?? '', 200);
    return { ...pointDe(p), minutes: minutes ?? p.minutes, rapporteur };
  });
  return { points, erreurs };
}

/** An item of one's own, before it has a title. */
export const POINT_LIBRE: PointACreer = {
  titre: '',
  genre: 'libre',
  cle: '',
  fiche: null,
  ligne: null,
  territoireId: null,
  minutes: 10,
  rapporteur: '',
  expose: '',
};

/** One item a line, with its minutes and who speaks to it when they are said: « Éclairage du square ; 15 ; Mme Durand ». */
export const lireLibres = (texteLibre: string): PointACreer[] =>
  texteLibre.split('\n').flatMap((l) => {
    const parts = l.split(';').map((x) => x.trim());
    const rang = parts.findIndex((x, i) => i > 0 && lireMinutes(x.replace(/\s*(min|minutes?)\.?$/i, '')) !== null);
    const titre = couper((rang < 0 ? parts : parts.slice(0, rang)).join(' ; '), 300);
    if (titre.length < 3) return [];
    const minutes = rang < 0 ? null : lireMinutes((parts[rang] ?? '').replace(/\s*(min|minutes?)\.?$/i, ''));
    const rapporteur = rang < 0 ? '' : couper(parts.slice(rang + 1).join(' ; '), 200);
    return [{ ...POINT_LIBRE, titre, rapporteur, ...(minutes === null ? {} : { minutes }) }];
  });
/** Requests of members among the proposals taken up. */
export const demandesDe = (points: readonly { cle: string }[]): string[] => points.flatMap((p) => (p.cle.startsWith('demande:') ? [p.cle.slice(8)] : []));
