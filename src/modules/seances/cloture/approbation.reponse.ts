/** What a president says of an approval that another noted, signed in or by the link of their letter: kept, told to whom it matters, audited. */
import { conflit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { origineDe } from '../../instances/index.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { suivreSeance } from '../suivre.ts';
import { direAuxDestinataires, ecrireAQuiANote, ecrireAuTitulaire, ecrireAuxConvoques } from './approbation.lettres.ts';
import type { lireEtat } from './clore.page.tsx';
import type { Ici } from '../paroles/voix.rules.ts';
import * as q from './approbation.queries.ts';
import { type LigneDApprobation, peutRepondre, type Voie } from './cloture.rules.ts';

const DITE = 'Une réponse est déjà donnée pour cette présidence : seul son titulaire la change. Rechargez la page.';

/** Who speaks for a chair. `parLien`: by the link of their letter, without account. */
interface Parlant extends Ici {
  ligne: LigneDApprobation;
  voie: Voie;
  par: string;
  parLien: boolean;
}
type Dite = { acte: 'confirmee' } | { acte: 'contestee'; motif: string };

/** 409 of another text, or once it is said. The caller holds the session, and checked that this person may confirm. */
export function exigerReponse(p: Parlant, empreinte: string, acte: Dite['acte']) {
  const { approbation } = p.ligne;
  if (!approbation || approbation.empreinte !== empreinte || !peutRepondre(p.ligne, p.voie, p))
    throw conflit(
      p.voie === 'suppleant' && approbation?.reponse
        ? DITE
        : 'Aucune approbation donnée ou notée en votre nom n’attend de réponse sur ce texte. Rechargez la page.',
    );
  if (acte === 'contestee' && p.ligne.etat === 'contestee') throw conflit('Cette approbation est déjà contestée. Rechargez la page.');
  return approbation;
}
export const enregistrerReponse = (c: Contexte, s: SeanceChargee, { ligne, voie, par, parLien, adresse, depuis }: Parlant, dite: Dite, empreinte: string) =>
  q.addReponse(c.db, c.contrat.id, {
    ...{ seanceId: s.seance.id, participantId: ligne.participant.id, motif: '', ...dite },
    ...{ empreinte, par, voie, parLien, adresse, depuis, quand: c.maintenant },
  });

/** Said of minutes that are read again or frozen. */
export async function direSaParole(
  c: Contexte,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  e: Awaited<ReturnType<typeof lireEtat>>,
  p: Parlant,
  dite: Dite,
): Promise<void> {
  const { participant, approbation } = p.ligne;
  if (!approbation) return;
  const commun = { approbation, president: participant, parLien: p.parLien, depuis: p.depuis, par: p.par, origine: origineDe(services) };
  await enregistrerReponse(c, s, p, dite, approbation.empreinte);
  if (p.voie === 'suppleant') await ecrireAuTitulaire(c, services, s, { president: participant, empreinte: approbation.empreinte, par: p.par, ...dite });
  else await ecrireAuxConvoques(c, services, s, { president: participant, empreinte: approbation.empreinte, dites: p, acte: dite.acte });
  if (dite.acte === 'contestee')
    await ecrireAQuiANote(c, s, { motif: dite.motif, arrete: e.releves.some((r) => r.empreinte === approbation.empreinte), ...commun });
  // Of the latest that left; what was frozen before it says so where it is read.
  if (e.releves[0]?.empreinte === approbation.empreinte && (dite.acte === 'contestee' || approbation.reponse === 'contestee'))
    await direAuxDestinataires(c, s, { participants: e.participants, acte: dite.acte, ...commun });
  await c.auditer(dite.acte === 'confirmee' ? 'seance.approbation_confirmee' : 'seance.approbation_contestee', `/seances/${s.seance.id}`, {
    empreinte: code(approbation.empreinte),
    participant: code(participant.id),
    ...(p.parLien ? { parLien: true, voie: p.voie } : {}),
  });
  await suivreSeance(c, s.seance);
}
