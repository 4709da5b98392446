/**
 * Invented collected values for the demonstration: a believable level for each measure, most years filled, some figures
 * missing, secret or without object, so that every state is seen. Seeded: the same contract gives the same values.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { decoupages, echeance } from '../periode.rules.ts';

/** A number in [0, 1) that depends only on its words. */
function hasard(...mots: readonly (string | number)[]): number {
  return createHash('sha256').update(mots.join('|')).digest().readUInt32BE(0) / 2 ** 32;
}

/** Level by what is counted, so that a count of homicide-like rare facts does not look like a count of calls. */
function niveau(m: Mesure, graine: number): number {
  if (m.unite === '%') return 20 + 60 * hasard(graine, m.id, 'n');
  if (m.unite === 'jours') return 4 + 30 * hasard(graine, m.id, 'n');
  if (m.nature === 'montant') return 50_000 + 900_000 * hasard(graine, m.id, 'n');
  if (/appels|plaintes|signalements|PV|verbalisations|contraventions|accidents/.test(m.unite)) return 600 + 7000 * hasard(graine, m.id, 'n');
  return 20 + 900 * hasard(graine, m.id, 'n') ** 2;
}

/** What measures that are told draw from: `contrats/<slug>/demonstration/recits.yaml`. Without it, none is told. */
export const lireRecits = (profils: Profils): readonly string[] => profils.lire('recits', z.array(z.string().min(2)).min(1)) ?? [];

export async function genererValeursDemo(
  db: Db,
  catalogue: Catalogue,
  o: { annees: readonly number[]; graine: number; aujourdhui: string; profils: Profils },
): Promise<number> {
  const recits = lireRecits(o.profils);
  const lignes: Record<string, unknown>[] = [];
  for (const m of catalogue.mesures.values()) {
    if (m.obtention === 'calcul') continue;
    const silencieuse = hasard(o.graine, m.id, 'muette') < 0.06;
    const horsObjet = hasard(o.graine, m.id, 'objet') < 0.03;
    const base = niveau(m, o.graine);
    const pente = 0.9 + 0.22 * hasard(o.graine, m.id, 'pente');
    for (const [i, annee] of o.annees.entries()) {
      const parts = m.periodicite.includes('semestriel') ? (decoupages(String(annee))[0] ?? []) : [String(annee)];
      for (const periode of parts) {
        const close = echeance(periode) < o.aujourdhui;
        const anticipee = periode.slice(0, 4) === o.aujourdhui.slice(0, 4) && hasard(o.graine, m.id, 'avance') < 0.35;
        if (silencieuse || (!close && !anticipee) || hasard(o.graine, m.id, periode, 'trou') < 0.07) continue;
        const secret = m.obtention === 'collecte' && base < 60 && hasard(o.graine, m.id, periode, 'secret') < 0.12;
        const recit = m.obtention === 'narratif' || m.nature === 'bilan qualitatif';
        if (recit && recits.length === 0) continue;
        const etat = horsObjet ? 'sans_objet' : secret ? 'secret' : 'valeur';
        const valeur = (base / parts.length) * pente ** i * (0.94 + 0.12 * hasard(o.graine, m.id, periode));
        lignes.push({
          mesure_id: m.id,
          periode,
          territoire_id: catalogue.racine.id,
          etat,
          valeur: etat === 'valeur' && !recit ? (m.unite === '%' ? Math.round(valeur * 10) / 10 : Math.round(valeur)) : null,
          texte: etat === 'valeur' && recit ? recits[Math.floor(hasard(o.graine, m.id, periode) * recits.length)] : null,
          source: 'Donnée fictive de démonstration',
          saisi_par: `Producteur fictif (${catalogue.nomActeur(m.aupres[0] ?? '')})`,
          saisi_par_organisation: m.aupres[0] ?? '',
          saisi_le: `${close ? echeance(periode) : o.aujourdhui}T10:00:00Z`,
          valide: hasard(o.graine, m.id, periode, 'valide') < 0.7,
        });
      }
    }
  }
  await sql`
    insert into valeurs (contrat_id, mesure_id, periode, territoire_id, version, etat, valeur, texte, source, saisi_par,
      saisi_par_organisation, saisi_le, valide_par, valide_le)
    select ${catalogue.contratId}, mesure_id, periode, territoire_id, 1, etat, valeur, texte, source, saisi_par,
      saisi_par_organisation, saisi_le, case when valide then 'Pilote fictif' end, case when valide then saisi_le end
    from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as v (mesure_id text, periode text, territoire_id text, etat text,
      valeur numeric, texte text, source text, saisi_par text, saisi_par_organisation text, saisi_le timestamptz, valide boolean)
    on conflict do nothing`.execute(db);
  return lignes.length;
}
