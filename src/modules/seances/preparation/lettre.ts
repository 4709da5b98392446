/** The printed convocation, for members whom no mail reaches. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, texte } from '../../../core/http/http.ts';
import { ecrireConvocation } from '../releve/ecrire.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { listParticipants, listPoints, type Participant } from '../seances.queries.ts';
import { finDe } from '../seances.rules.ts';
import { enteteDe, lireLogo, nomEntier, origineDe } from '../../instances/index.ts';
import { signataireDe } from './convocation.rules.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { adresseDeLettre, cheminInvitation, finDuLien } from './lien.rules.ts';
import { listDocuments } from './documents.queries.ts';

export async function ecrireLettre(c: Contexte, services: ServicesSeances, s: SeanceChargee): Promise<Buffer> {
  const { seance, instance, catalogue } = s;
  const [participants, points, documents] = await lireEnsemble(c.db, [
    () => listParticipants(c.db, c.contrat.id, seance.id),
    () => listPoints(c.db, c.contrat.id, seance.id),
    () => listDocuments(c.db, c.contrat.id, seance.id),
  ]);
  const destinataire = s.tient ? participants.find((p) => p.id === texte(c.requete.participant) && p.retireLe === null) : undefined;
  const signataire = signataireDe(participants);
  const lienDe = (p: Participant): string => {
    const destination = { participantId: p.id, seanceId: seance.id, sequence: seance.sequence, adresse: adresseDeLettre(p.nom) };
    return `${origineDe(services)}${cheminInvitation(services.coffre, destination, finDuLien([seance.jour], jourDe(c.maintenant)))}`;
  };
  const heure = seance.heure ?? '';
  const entete = await enteteDe(c.db, c.contrat.id, instance, catalogue);
  return ecrireConvocation(
    {
      entete,
      contact: entete.contact,
      contrat: { titre: catalogue.contrat.titre, sigle: catalogue.contrat.sigle },
      instance: { nom: nomEntier(instance, catalogue), territoire: catalogue.territoires.get(instance.territoireId)?.nom ?? '' },
      destinataire: destinataire
        ? { nom: destinataire.nom, fonction: destinataire.fonction, organisation: catalogue.nomActeurA(destinataire.organisationId, instance.territoireId) }
        : { nom: '', fonction: 'Membre de l’instance', organisation: '' },
      seance: {
        titre: seance.titre,
        jour: seance.jour ?? '',
        debut: heure,
        fin: heure ? finDe(heure, seance.dureeMinutes) : '',
        lieu: seance.lieu,
        visio: seance.visio,
      },
      mot: seance.mot,
      points: points.map((p) => ({ titre: p.titre, minutes: p.minutes, rapporteur: p.rapporteur, fiche: p.fiche })),
      documents: documents.map((d) => d.titre),
      lien: destinataire ? lienDe(destinataire) : '',
      signataire: { nom: signataire?.nom ?? '', fonction: signataire?.fonction ?? 'Le secrétariat' },
      faitLe: jourDe(c.maintenant),
      demonstration: c.demonstration,
    },
    'pdf',
    await lireLogo(c.db, c.contrat.id, entete.logo),
  );
}
