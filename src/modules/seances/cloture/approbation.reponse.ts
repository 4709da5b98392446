/** What a president says of an approval that another noted, signed in or by the link of their letter: kept, told to whom it matters, audited. */
import { conflit, interdit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { origineDe } from '../../instances/index.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { suivreSeance } from '../suivre.ts';
import { direAuxDestinataires, ecrireAQuiANote, ecrireAuxAutres } from './approbation.lettres.ts';
import type { lireEtat } from './clore.page.tsx';
import { UNE_AUTRE_PERSONNE } from '../paroles/lien.rules.ts';
import * as q from './approbation.queries.ts';
import { type Acte, actesDe, type Chaise, type LigneDApprobation } from './cloture.rules.ts';
import { listApprobations } from './contenu.queries.ts';

const DITE = 'Ce qui est dit pour cette présidence ne se change pas d’ici. Rechargez la page.';
const AUDITS = {
  confirmee: 'seance.approbation_confirmee',
  contestee: 'seance.approbation_contestee',
  reprise: 'seance.approbation_reprise',
} as const;
const ACTES: Readonly<Record<string, Acte>> = { confirmer: 'confirmee', reprendre: 'reprise' };
/** What a form says; a contestation is read with its reason. */
export const acteDit = (x: string): Acte => ACTES[x] ?? 'contestee';

/** 409 of another text, or of what may not be said from there. The caller holds the session, and checked that this person may confirm. */
export function exigerReponse(p: Chaise, empreinte: string, acte: Acte) {
  const { approbation } = p.ligne;
  if (approbation?.empreinte !== empreinte) throw conflit('Aucune approbation de ce texte n’attend de réponse. Rechargez la page.');
  if (acte === 'confirmee' && p.voie === 'convoque_dabord') throw interdit(UNE_AUTRE_PERSONNE);
  if (!actesDe(p).includes(acte)) throw conflit(DITE);
}
/** Its line of that text as it stands, once something is said of it. */
export async function relire(c: Contexte, s: SeanceChargee, ligne: LigneDApprobation, empreinte: string): Promise<LigneDApprobation> {
  const toutes = (await listApprobations(c.db, c.contrat.id, s.seance.id)).filter((a) => a.participantId === ligne.participant.id);
  const approbation = toutes.find((a) => a.empreinte === empreinte) ?? null;
  const ailleurs = ligne.etat === 'caduque' && ligne.approbation?.empreinte === empreinte;
  return { ...ligne, toutes, approbation, etat: ailleurs ? 'caduque' : approbation?.reponse === 'contestee' ? 'contestee' : 'donnee' };
}
/** Said of minutes that are read again or frozen. */
export async function direSaParole(
  c: Contexte,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  e: Awaited<ReturnType<typeof lireEtat>>,
  parlant: Chaise,
  { acte, motif = '' }: { acte: Acte; motif?: string },
): Promise<void> {
  const { participant, approbation } = parlant.ligne;
  if (!approbation) return;
  const { empreinte } = approbation;
  const { par, voie, parLien, adresse, depuis } = parlant;
  await q.addReponse(c.db, c.contrat.id, {
    ...{ seanceId: s.seance.id, participantId: participant.id, motif, acte },
    ...{ empreinte, par, voie, parLien, adresse, depuis, quand: c.maintenant },
  });
  const ligne = await relire(c, s, parlant.ligne, empreinte);
  const commun = { approbation, parlant, origine: origineDe(services) };
  await ecrireAuxAutres(c, services, s, { ligne, parlant, empreinte, acte, ...(acte === 'contestee' ? { sauf: approbation.adresse } : {}) });
  if (acte === 'contestee') await ecrireAQuiANote(c, s, { motif, arrete: e.releves.some((r) => r.empreinte === empreinte), ...commun });
  // Of the latest that left; what was frozen before it says so where it is read. What is said beside changes nothing of what they received.
  if (voie !== 'convoque_dabord' && e.releves[0]?.empreinte === empreinte && (acte === 'contestee' || approbation.reponse === 'contestee'))
    await direAuxDestinataires(c, s, { participants: e.participants, acte, apres: ligne.approbation ?? approbation, ...commun });
  await c.auditer(AUDITS[acte], `/seances/${s.seance.id}`, {
    empreinte: code(empreinte),
    participant: code(participant.id),
    voie,
    ...(parLien ? { parLien: true } : {}),
  });
  await suivreSeance(c, s.seance);
}
