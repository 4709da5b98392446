/** Silences are told: to who decided the orientation, then, a week later, to every member. The letter names nobody. */
import type { Db } from '../../../core/base/database.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { listMembres } from '../cellule/cellule.queries.ts';
import { listSilences, setRelance } from './orientations.queries.ts';
import { apresJours } from './situations.rules.ts';

/** Days between the first reminder and that of everyone. */
const ESCALADE_JOURS = 7;

export async function relancer(db: Db, o: { contratId: number; adresse: string; maintenant: Date }): Promise<number> {
  const aujourdhui = jourDe(o.maintenant);
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    let dites = 0;
    for (const [relance, depuis] of [
      [1, apresJours(aujourdhui, -ESCALADE_JOURS)],
      [0, aujourdhui],
    ] as const) {
      const silences = await listSilences(tx, o.contratId, { relance, depuis, aujourdhui });
      for (const celluleId of new Set(silences.map((x) => x.celluleId))) {
        const ici = silences.filter((x) => x.celluleId === celluleId);
        const auteurs = new Set(ici.map((x) => x.membreId));
        const actifs = (await listMembres(tx, o.contratId, celluleId)).filter((m) => m.excluLe === null && (m.fin === null || m.fin >= aujourdhui));
        const deLAuteur = actifs.filter((m) => auteurs.has(m.id));
        // Whoever decided it has left: everyone is told at once.
        const qui = relance === 1 || deLAuteur.length < auteurs.size ? actifs : deLAuteur;
        for (const m of qui) await avertir(tx, m.compteId, `${o.adresse}/cellules/${celluleId}`);
      }
      await setRelance(
        tx,
        o.contratId,
        silences.map((x) => x.id),
        relance + 1,
      );
      dites += silences.length;
    }
    return dites;
  });
}
