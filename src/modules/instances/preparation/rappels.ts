/** Reminders to those who have not answered a convocation or a choice of dates. Run often: each person is reminded once. */
import { ecrireAudit } from '../../../core/audit.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Db, inTransaction } from '../../../core/database.ts';
import { ajouterCourriel } from '../../../core/mail.ts';
import { heure, jour } from '../../../ui/typographie.ts';
import { origineDe, type ServicesInstances } from '../instances.services.ts';
import { paragraphes, salut } from './convocation.rules.ts';
import { cheminInvitation, finDuLien } from './lien.rules.ts';
import { listSilencesDeConvocation, listSilencesDeSondage, markRelances, type Silence } from './rappels.queries.ts';

/** Days before the session, and days after the question. */
const AVANT_SEANCE = 3;
const APRES_QUESTION = 3;

export async function rappelerSeances(
  db: Db,
  o: { contratId: number; maintenant: Date; services: Pick<ServicesInstances, 'coffre' | 'adresse'> },
): Promise<number> {
  const aujourdhui = jourDe(o.maintenant);
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    const convocations = await listSilencesDeConvocation(tx, o.contratId, aujourdhui, AVANT_SEANCE);
    const sondages = await listSilencesDeSondage(tx, o.contratId, aujourdhui, APRES_QUESTION);
    const ecrire = async (s: Silence, sujet: string, phrase: string) => {
      const lien = `${origineDe(o.services)}${cheminInvitation(o.services.coffre, { ...s, adresse: s.courriel }, finDuLien([s.dernierJour], aujourdhui))}`;
      await ajouterCourriel(
        tx,
        o.contratId,
        {
          a: s.courriel,
          sujet: `${sujet} : ${s.restreinte ? 'réunion' : s.instance}`,
          texte: paragraphes(salut(s.nom), phrase, `Répondre : ${lien}`),
          objet: `/seances/${s.seanceId}`,
        },
        o.services.coffre,
      );
    };
    for (const s of convocations)
      await ecrire(
        s,
        'Rappel',
        `La séance ${s.restreinte ? '' : `« ${s.titre} » `}a lieu le ${jour(s.jour ?? '')} à ${heure(s.heure ?? '')}${s.lieu ? `, ${s.lieu}` : ''}. Dites-nous si vous venez.`,
      );
    for (const s of sondages) await ecrire(s, 'Rappel, choix d’une date', 'La date d’une séance se décide : dites quelles dates vous conviennent.');
    const tous = [...convocations, ...sondages];
    await markRelances(
      tx,
      o.contratId,
      tous.map((s) => s.participantId),
      o.maintenant,
    );
    if (tous.length > 0)
      await ecrireAudit(tx, o.contratId, [
        {
          quand: o.maintenant,
          compteId: null,
          organisationId: null,
          mandat: null,
          action: 'seance.rappel',
          objet: '/instances',
          avant: null,
          apres: null,
          details: { convocations: convocations.length, sondages: sondages.length },
          adresse: null,
        },
      ]);
    return tous.length;
  });
}
