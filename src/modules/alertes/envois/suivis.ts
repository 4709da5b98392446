/** What the messages of an alert became, read where they wait: letters in the queue of the mail, notices and text messages in ours. */
import type { Db } from '../../../core/base/database.ts';
import { listEtatsDesLettres } from '../../../core/courrier/envois.queries.ts';
import { grouper } from '../../echeances/index.ts';
import { type Envoi, listEnvois, type Quels } from './envois.queries.ts';
import { departDe, type Remise, type Suivi } from './etat.rules.ts';
import { objetDe } from './lettres.rules.ts';
import { listMessages } from './messages.queries.ts';

export async function suivre(db: Db, contratId: number, envois: readonly Envoi[]): Promise<Suivi[]> {
  if (envois.length === 0) return [];
  const lettres = await listEtatsDesLettres(
    db,
    contratId,
    envois.map((e) => objetDe(e)),
  );
  const messages = await listMessages(
    db,
    contratId,
    envois.map((e) => e.id),
  );
  const [parObjet, parEnvoi] = [grouper(lettres, (l) => l.objet), grouper(messages, (m) => m.envoiId)];
  return envois.map((e) => {
    const remises: Remise[] = [
      ...(parObjet.get(objetDe(e)) ?? []).map((l): Remise => ({ voie: 'courriel', etat: l.etat, depuis: e.envoyeLe, le: l.envoyeLe })),
      ...(parEnvoi.get(e.id) ?? []).map((m): Remise => ({ voie: m.voie, etat: m.etat, depuis: e.envoyeLe, le: m.envoyeLe })),
    ];
    return { ...e, ...departDe(e, remises), remises };
  });
}
export const listSuivis = async (db: Db, contratId: number, alerteId: string, quels: Quels = 'demandes'): Promise<Suivi[]> =>
  suivre(db, contratId, await listEnvois(db, contratId, alerteId, quels));
