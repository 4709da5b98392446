/** What every act of the preparation reads first. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { conflit } from '../../../core/errors.ts';
import { type Contexte, texte } from '../../../core/http/http.ts';
import { chargerPourTenir, type SeanceChargee } from '../seances.contexte.ts';
import { listParticipants, listPoints } from '../seances.queries.ts';
import type { Envoi } from './convocation.rules.ts';
import type { Proposition } from './propositions.rules.ts';
import type { PointACreer } from './seances.queries.ts';
import { CADRE, filDe } from '../../instances/index.ts';

/** What was typed, to be shown again. */
export const champsDe = (c: Contexte): Record<string, string> => Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));

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

/** Locked, kept by this person, not begun yet. */
export async function exigerEnPreparation(c: Contexte) {
  const s = await chargerPourTenir(c, true);
  if (s.seance.etat !== 'preparation' && s.seance.etat !== 'convoquee')
    throw conflit('La séance a commencé ou n’aura pas lieu : sa préparation ne se change plus.');
  return s;
}

export const pointDe = (p: Proposition): PointACreer => ({ ...p, rapporteur: '', expose: '' });
export const pointLibre = (titre: string): PointACreer => ({
  titre,
  genre: 'libre',
  cle: '',
  fiche: null,
  ligne: null,
  territoireId: null,
  minutes: 10,
  rapporteur: '',
  expose: '',
});
/** Requests of members among the proposals taken up. */
export const demandesDe = (points: readonly { cle: string }[]): string[] => points.flatMap((p) => (p.cle.startsWith('demande:') ? [p.cle.slice(8)] : []));
