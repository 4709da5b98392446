/**
 * Invented collected values for the demonstration: a believable level for each measure, most years filled, some figures
 * missing, secret or without object, so that every state is seen. Seeded: the same contract gives the same values.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { lieuDeMethode } from '../methodes/methodes.rules.ts';
import { dettesDe } from './dettes.ts';
import { z } from 'zod';
import type { Db } from '../../../core/base/database.ts';
import { JOUR_MS } from '../../../core/jours.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { decoupages, echeance } from '../periode.rules.ts';
import { casesDe, genreDe, lireCle, partition, periodesSaisies, sAdditionne } from './grain.rules.ts';
import { contesterVersion } from './paroles.queries.ts';
import { reprendreTotaux } from './totaux.queries.ts';
import { enJson } from '../../../core/couper.ts';

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

/** Parts of a level: seeded, their sum is the level. */
function repartir(total: number, cles: readonly string[], graine: number): Map<string, number> {
  const poids = cles.map((k) => 0.4 + hasard(graine, k, 'part'));
  const somme = poids.reduce((n, x) => n + x, 0);
  return new Map(cles.map((k, i) => [k, Math.round((total * (poids[i] ?? 0)) / somme)]));
}

export async function genererValeursDemo(
  db: Db,
  catalogue: Catalogue,
  o: { annees: readonly number[]; graine: number; aujourdhui: string; profils: Profils },
): Promise<number> {
  const recits = lireRecits(o.profils);
  const lignes: Record<string, unknown>[] = [];
  for (const m of catalogue.mesures.values()) {
    if (m.obtention === 'calcul') continue;
    const genre = genreDe(m);
    if (genre !== 'nombre' && recits.length === 0) continue;
    const silencieuse = hasard(o.graine, m.id, 'muette') < 0.06;
    const horsObjet = hasard(o.graine, m.id, 'objet') < 0.03;
    const base = niveau(m, o.graine);
    const pente = 0.9 + 0.22 * hasard(o.graine, m.id, 'pente');
    const cases = casesDe(m, catalogue);
    const memeFait = m.grain.debiteurs === 'meme-fait' || !sAdditionne(m);
    for (const [i, annee] of o.annees.entries()) {
      const parts = m.periodicite.includes('semestriel') ? (decoupages(String(annee))[0] ?? []) : periodesSaisies(m, String(annee)).slice(-1);
      for (const periode of parts) {
        const close = echeance(periode, m.delaiJours) < o.aujourdhui;
        const anticipee = periode.slice(0, 4) === o.aujourdhui.slice(0, 4) && hasard(o.graine, m.id, 'avance') < 0.35;
        if (silencieuse || (!close && !anticipee) || hasard(o.graine, m.id, periode, 'trou') < 0.05) continue;
        const niveauIci = (base / parts.length) * pente ** i * (0.94 + 0.12 * hasard(o.graine, m.id, periode));
        const parCase = repartir(
          niveauIci,
          cases.map((x) => `${x.debiteur}|${x.territoireId}`),
          o.graine,
        );
        // The same fact, told by several of each place: a place has its part of it.
        const lieux = [...new Set(cases.map((x) => x.territoireId))];
        const parLieu = sAdditionne(m) && lieux.length > 1 ? repartir(niveauIci, lieux, o.graine) : null;
        for (const x of cases) {
          // Some do not answer: the total is then « at least ».
          if (cases.length > 1 && hasard(o.graine, m.id, periode, x.debiteur, x.territoireId) < 0.06) continue;
          const secret = m.obtention === 'collecte' && cases.length === 1 && base < 60 && hasard(o.graine, m.id, periode, 'secret') < 0.12;
          const etat = horsObjet ? 'sans_objet' : secret ? 'secret' : 'valeur';
          const valeur = memeFait ? (parLieu?.get(x.territoireId) ?? niveauIci) : (parCase.get(`${x.debiteur}|${x.territoireId}`) ?? 0);
          const cellules = etat === 'valeur' && genre === 'nombre' && partition(m).length > 0 ? partition(m).map((y) => y.cle) : [''];
          const parCellule = repartir(valeur, cellules, o.graine);
          const qui = catalogue.nomActeurA(x.debiteur, x.territoireId);
          for (const cle of cellules) {
            const lue = cellules.length > 1 ? (parCellule.get(cle) ?? 0) : m.unite === '%' ? Math.round(valeur * 10) / 10 : Math.round(valeur);
            const dit = etat === 'valeur' && genre !== 'nombre';
            lignes.push({
              mesure_id: m.id,
              periode,
              territoire_id: x.territoireId,
              debiteur: x.debiteur,
              ventilation: lireCle(cle),
              etat,
              valeur: etat === 'valeur' && !dit ? lue : null,
              texte: dit ? recits[Math.floor(hasard(o.graine, m.id, periode, x.debiteur) * recits.length)] : null,
              lien: dit && genre === 'document' ? `https://documents.exemple.fr/${m.id}/${periode}` : null,
              document_auteur: dit ? qui : null,
              source: 'Donnée fictive de démonstration',
              saisi_par: `Producteur fictif (${qui})`,
              saisi_par_organisation: x.debiteur,
              saisi_le: `${close ? echeance(periode, m.delaiJours) : o.aujourdhui}T10:00:00Z`,
              valide: hasard(o.graine, m.id, periode, 'valide') < 0.85,
            });
          }
        }
      }
    }
  }
  await sql`
    insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, texte, lien, document_auteur,
      source, saisi_par, saisi_par_organisation, saisi_le, valide_par, valide_le, validee)
    select ${catalogue.contratId}, mesure_id, periode, territoire_id, debiteur, ventilation, 1, etat, valeur, texte, lien, document_auteur, source,
      saisi_par, saisi_par_organisation, saisi_le, case when valide then 'Pilote fictif' end, case when valide then saisi_le end, valide
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (mesure_id text, periode text, territoire_id text, debiteur text,
      ventilation jsonb, etat text, valeur numeric, texte text, lien text, document_auteur text, source text, saisi_par text,
      saisi_par_organisation text, saisi_le timestamptz, valide boolean)
    on conflict do nothing`.execute(db);
  // What reads them before the commit would plan for an empty table.
  await sql`analyze valeurs`.execute(db);
  await ajouterSignaturesEtNotes(db, catalogue, o.graine);
  await contesterUn(db, catalogue, o.aujourdhui);
  await reprendreTotaux(db, catalogue);
  return lignes.length;
}

/** One figure of the last year told, that another of those who give it contests: how that is said, and taken back, is seen. */
async function contesterUn(db: Db, c: Catalogue, aujourdhui: string): Promise<void> {
  const { rows } = await sql<{ id: string; par: string; saisiLe: Date }>`
    select v.id, o.debiteur as par, v.saisi_le as "saisiLe" from valeurs v
    join valeurs o on o.contrat_id = v.contrat_id and o.mesure_id = v.mesure_id and o.periode = v.periode and o.territoire_id = v.territoire_id
      and o.ventilation = v.ventilation and o.debiteur > v.debiteur
    where v.contrat_id = ${c.contratId} and v.territoire_id = ${c.racine.id} and v.valeur is not null and v.validee
      and v.saisi_le < ${aujourdhui}::date - 7
    order by v.saisi_le desc, v.mesure_id, v.debiteur, o.debiteur limit 1`.execute(db);
  const [v] = rows;
  if (!v) return;
  const qui = { id: PERSONNE, nom: `Producteur fictif (${c.nomActeur(v.par)})`, organisationId: v.par };
  const motif = 'Notre relevé de la même année ne donne pas ce nombre (motif fictif).';
  await contesterVersion(db, c.contratId, { id: v.id, motif, duDebiteur: false }, qui, new Date(v.saisiLe.getTime() + JOUR_MS));
}

/** Nobody’s account. */
const PERSONNE = '00000000-0000-4000-8000-000000000000';
const NOTES = [
  ['Compté au 31 décembre dans le logiciel du service (note fictive).', 'Ne compte pas ce que d’autres services ont fait seuls.'],
  ['Chaque fait est compté une fois, le jour où il est enregistré (note fictive).', 'Un fait enregistré en janvier compte pour l’année qui commence.'],
  ['Relevé chaque mois par le service, puis additionné (note fictive).', ''],
] as const;
/** Who signed narratives, and how figures are counted: of some of them, as it is. */
async function ajouterSignaturesEtNotes(db: Db, c: Catalogue, graine: number): Promise<void> {
  const collectees = [...c.mesures.values()].filter((m) => m.obtention !== 'calcul');
  const recits = collectees.filter((m) => genreDe(m) === 'texte').map((m) => m.id);
  await sql`
    insert into valeur_signatures (contrat_id, valeur_id, fonction, par, par_id, organisation_id, le)
    select contrat_id, id, 'direction du service', 'Signataire fictif', ${PERSONNE}::uuid, debiteur, saisi_le
    from valeurs where contrat_id = ${c.contratId} and mesure_id = any(${recits}::text[]) and validee and etat = 'valeur'
    on conflict do nothing`.execute(db);
  const notes = collectees.flatMap((m) =>
    dettesDe(m, c).flatMap((d) => {
      const tirage = hasard(graine, m.id, d.debiteur, 'note');
      const note = NOTES[Math.floor(tirage * NOTES.length * 2)];
      return note ? [{ mesure_id: m.id, debiteur: d.debiteur, territoire_id: lieuDeMethode(c, d), methode: note[0], limites: note[1] }] : [];
    }),
  );
  await sql`
    insert into methodes (contrat_id, mesure_id, debiteur, territoire_id, depuis, version, methode, limites, par, organisation_id, le)
    select ${c.contratId}, mesure_id, debiteur, territoire_id, ${c.contrat.debut}::date, 1, methode, limites, 'Producteur fictif', debiteur,
      ${`${c.contrat.debut}T10:00:00Z`}::timestamptz
    from jsonb_to_recordset(${enJson(notes)}::jsonb) as x (mesure_id text, debiteur text, territoire_id text, methode text, limites text)
    on conflict do nothing`.execute(db);
}
