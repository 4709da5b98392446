/** Following figures as the catalogue keeps them, and what their file says of the rest of the contract. Pure. */
import type { ContratLu, FicheFichier } from './contrats.schema.ts';
import { mesurable } from './mesures.rules.ts';
import type { SuiviFichier } from './suivis.schema.ts';

/** As a measure is, with what is its own. `partDe`: one part of what a measure collects (some of its debtors, or one value of its breakdowns); null when
 * it has a proof of its own. */
export const buildSuivi = (s: SuiviFichier) => ({
  ...mesurable(s),
  indicateur: s.id,
  fiche: s.fiche,
  direction: null,
  obtention: s.obtention === 'calcul' ? ('calcul' as const) : ('collecte' as const),
  part: null,
  aupres: s.aupres,
  prevu: null,
  systemes: s.systemes,
  effectif: s.effectif === true,
  partDe: s.part_de ? { mesure: s.part_de.mesure, debiteurs: s.part_de.debiteurs ?? null, ventilation: s.part_de.ventilation ?? {} } : null,
});

/** `systemes`: on whose pages it is shown; `effectif`: people followed by one system alone. */
export type Suivi = ReturnType<typeof buildSuivi>;

/** What the file says of the rest of the contract: every reference exists, a part is one of its measure. */
export function verifierSuivis(lu: Pick<ContratLu, 'suivis' | 'fiches' | 'systemes' | 'acteurs' | 'territoires'>): string[] {
  const mesures = new Map(lu.fiches.flatMap((f: FicheFichier) => f.indicateurs.flatMap((i) => i.mesures.map((m) => [m.id, m] as const))));
  const fiches = new Set(lu.fiches.map((f) => f.numero));
  const systemes = new Set(lu.systemes.map((s) => s.id));
  const acteurs = new Set(lu.acteurs.map((a) => a.id));
  const echelles = new Set(lu.territoires.map((t) => t.type));
  const vus = new Set<string>();
  return lu.suivis.flatMap((s) => {
    const fautes: string[] = [];
    const dire = (quoi: string) => fautes.push(`suivis.yaml, ${s.id}${quoi}`);
    if (vus.has(s.id)) dire(' : l’identifiant sert deux fois');
    vus.add(s.id);
    if (!fiches.has(s.fiche)) dire(`, fiche : fiche « ${s.fiche} » inconnue`);
    for (const x of s.systemes) if (!systemes.has(x)) dire(`, systemes : dispositif « ${x} » inconnu`);
    for (const a of s.aupres) if (!acteurs.has(a)) dire(`, aupres : acteur « ${a} » inconnu`);
    if (s.grain?.territoires && !echelles.has(s.grain.territoires)) dire(`, grain : aucun territoire de type « ${s.grain.territoires} »`);
    const p = s.part_de;
    if (!p) return fautes;
    const m = mesures.get(p.mesure);
    if (!m) dire(`, part_de : mesure « ${p.mesure} » inconnue`);
    else if (m.obtention !== 'collecte') dire(`, part_de : la mesure « ${p.mesure} » n’est pas collectée`);
    else if (m.grain?.territoires || m.grain?.debiteurs === 'meme-fait' || !m.periodicite.includes('annuel'))
      dire(`, part_de : « ${p.mesure} » n’est pas donnée pour tout le contrat et par an, en parts qui s’additionnent`);
    else if (!p.ventilation && m.grain?.ventilations.some((v) => !v.dont)) dire(`, part_de : dites laquelle des ventilations de « ${p.mesure} »`);
    for (const d of p.debiteurs ?? []) if (!m?.aupres.includes(d)) dire(`, part_de : « ${d} » ne doit pas la mesure « ${p.mesure} »`);
    for (const [champ, v] of Object.entries(p.ventilation ?? {}))
      if (!m?.grain?.ventilations.some((x) => x.code === champ && x.valeurs.some((y) => y.code === v)))
        dire(`, part_de : la mesure « ${p.mesure} » n’a pas la ventilation « ${champ} : ${v} »`);
    return fautes;
  });
}
