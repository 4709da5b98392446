/** What a president says of an approval that another noted, signed in or by the link of their letter: kept, told to whom it matters, audited. */
import { conflit, interdit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { origineDe } from '../../instances/index.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { suivreSeance } from '../suivre.ts';
import { direAuxDestinataires, ecrireAQuiANote, ecrireAuTitulaire, ecrireAuxConvoques } from './approbation.lettres.ts';
import type { lireEtat } from './clore.page.tsx';
import { UNE_AUTRE_PERSONNE } from '../paroles/lien.rules.ts';
import type { Ici } from '../paroles/voix.rules.ts';
import * as q from './approbation.queries.ts';
import { type LigneDApprobation, peutRepondre, type Voie } from './cloture.rules.ts';
import { voieDAutre } from '../releve/qualites.rules.ts';

const DITE = 'Ce qui est dit pour cette présidence ne se change pas d’ici. Rechargez la page.';

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
    throw conflit(approbation?.empreinte === empreinte ? DITE : 'Aucune approbation de ce texte n’attend de réponse. Rechargez la page.');
  if (acte === 'confirmee' && p.voie === 'convoque_dabord') throw interdit(UNE_AUTRE_PERSONNE);
  if (acte === 'contestee' && p.voie !== 'convoque_dabord' && approbation.reponse === 'contestee')
    throw conflit('Cette approbation est déjà contestée. Rechargez la page.');
  return approbation;
}
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
  const { par, voie, parLien, adresse, depuis } = p;
  const { empreinte } = approbation;
  const commun = { approbation, president: participant, par, voie, parLien, depuis, origine: origineDe(services) };
  await q.addReponse(c.db, c.contrat.id, {
    ...{ seanceId: s.seance.id, participantId: participant.id, motif: '', ...dite },
    ...{ empreinte, par, voie, parLien, adresse, depuis, quand: c.maintenant },
  });
  if (voieDAutre(voie)) await ecrireAuTitulaire(c, services, s, { president: participant, empreinte, par, voie, adresse, ...dite });
  else
    await ecrireAuxConvoques(c, services, s, {
      president: participant,
      empreinte,
      dites: p,
      acte: dite.acte,
      ...(dite.acte === 'contestee' ? { sauf: approbation.adresse } : {}),
    });
  if (dite.acte === 'contestee')
    await ecrireAQuiANote(c, s, { motif: dite.motif, arrete: e.releves.some((r) => r.empreinte === approbation.empreinte), ...commun });
  // Of the latest that left; what was frozen before it says so where it is read. What is said beside changes nothing of what they received.
  if (voie !== 'convoque_dabord' && e.releves[0]?.empreinte === approbation.empreinte && (dite.acte === 'contestee' || approbation.reponse === 'contestee'))
    await direAuxDestinataires(c, s, { participants: e.participants, acte: dite.acte, ...commun });
  await c.auditer(dite.acte === 'confirmee' ? 'seance.approbation_confirmee' : 'seance.approbation_contestee', `/seances/${s.seance.id}`, {
    empreinte: code(approbation.empreinte),
    participant: code(participant.id),
    voie,
    ...(p.parLien ? { parLien: true } : {}),
  });
  await suivreSeance(c, s.seance);
}
