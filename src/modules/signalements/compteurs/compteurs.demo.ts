/** Invented numbers for the demonstration, of every period but the last one over, which is left to be given. */
import { createHash } from 'node:crypto';
import type { Db } from '../../../core/base/database.ts';
import { addReleve, listPeriodes } from './compteur.queries.ts';
import { cleDe, type Compteurs, etapesDe, valeursDe } from './compteur.rules.ts';
import { ouvrirPeriodes, suivrePeriodes } from './compteurs.dus.ts';

export async function genererCompteursDemo(tx: Db, d: { contratId: number; graine: number; aujourdhui: string }, compteurs: Compteurs): Promise<number> {
  const c = { db: tx, contrat: { id: d.contratId }, maintenant: new Date(`${d.aujourdhui}T08:00:00Z`) };
  await ouvrirPeriodes(c, compteurs);
  const periodes = await listPeriodes(tx, d.contratId, null);
  const derniere = periodes[0]?.debut ?? '';
  const tirer = (cle: string, max: number) => createHash('sha256').update(`${d.graine}/${cle}`).digest().readUInt16BE() % max;
  const donnees = periodes.filter((p) => p.debut < derniere);
  for (const p of donnees) {
    const compteur = compteurs.get(p.compteur);
    if (!compteur) continue;
    const nombres = Object.fromEntries(
      etapesDe(compteur, p.organisationId).flatMap((e) =>
        valeursDe(compteur).map((v) => {
          const cle = cleDe(e.code, v?.code ?? null);
          return [cle, e.sens === 'delai' ? 2 + tirer(`${p.compteur}/${p.debut}/${cle}`, 20) : tirer(`${p.compteur}/${p.debut}/${cle}`, v ? 40 : 120)];
        }),
      ),
    );
    await addReleve(tx, d.contratId, p, {
      nombres,
      source: 'Relevé fictif de la démonstration',
      auteur: 'Démonstration',
      auteurId: null,
      quand: new Date(`${p.dueLe}T08:00:00Z`),
    });
  }
  await suivrePeriodes(
    c,
    donnees.map((p) => p.id),
  );
  return donnees.length;
}
