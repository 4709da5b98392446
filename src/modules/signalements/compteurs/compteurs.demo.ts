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
    const siennes = new Set(etapesDe(compteur, p.organisationId));
    // What arrives is no more than what left: each step is a part of the one before, whoever counts it.
    const nombres = Object.fromEntries(
      valeursDe(compteur).flatMap((v) => {
        const ici = `${p.compteur}/${p.debut}/${v?.code ?? ''}`;
        let reste = (v ? 5 : 40) + tirer(ici, v ? 40 : 80);
        return compteur.etapes.flatMap((e) => {
          const cle = cleDe(e.code, v?.code ?? null);
          if (e.sens !== 'delai') reste = Math.floor((reste * (60 + tirer(`${ici}/${e.code}`, 40))) / 100);
          return siennes.has(e) ? [[cle, e.sens === 'delai' ? 2 + tirer(`${ici}/${e.code}`, 20) : reste] as const] : [];
        });
      }),
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
