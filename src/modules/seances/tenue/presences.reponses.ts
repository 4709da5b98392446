/** When a session opens: whoever answered that they are represented is noted so, as their word; who writes the minutes corrects it like any other line. */
import type { Contexte } from '../../../core/http/http.ts';
import { couper } from '../../../core/couper.ts';
import { codes } from '../../../core/trace/details.ts';
import { direQuiARepondu } from '../preparation/reponses.rules.ts';
import type { SeanceEcrite } from '../seances.contexte.ts';
import { listParticipants } from '../seances.queries.ts';
import { setPresences } from './presences.queries.ts';

const PAR_MAX = 200;
export async function noterLesRepresentes(c: Contexte, s: Pick<SeanceEcrite, 'seance' | 'u'>): Promise<void> {
  const participants = await listParticipants(c.db, c.contrat.id, s.seance.id);
  const representes = participants.filter((p) => p.retireLe === null && p.nom !== '' && p.presence === null && p.representeDit !== '');
  if (representes.length === 0) return;
  const notees = representes.map((p) => ({
    id: p.id,
    presence: 'represente' as const,
    representePar: p.representeDit,
    auteur: couper(`${direQuiARepondu({ ...p, voie: p.reponseVoie, par: p.reponsePar })}, réponse à la convocation`, PAR_MAX),
    auteurDe: p.organisationId,
  }));
  await setPresences(c.db, c.contrat.id, s.seance.id, notees, { nom: s.u.nom, organisationId: s.u.organisationId, quand: c.maintenant });
  const lignes = notees.map((n) => `${n.id}:${n.presence}`);
  await c.auditer('seance.presences', `/seances/${s.seance.id}/tenir`, { notees: lignes.length, tous: 0, reponses: lignes.length, lignes: codes(lignes) });
}
