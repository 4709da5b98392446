/** What is wrong in the profiles of a demonstration, for the register and the contract that they draw for; empty when they hold. Pure. */
import type { Champ, ChampLignes, DefinitionRegistre, OptionListe } from '../definition.ts';
import type { ContratLu } from '../../../core/module.ts';
import { champDe } from '../registres.rules.ts';
import type { ProfilDemo, ValeurDemo } from './profils.schema.ts';

export function verifierProfils(d: DefinitionRegistre, profils: readonly ProfilDemo[], contrat: ContratLu): string[] {
  const niveaux = new Set([...contrat.territoires.values()].map((t) => t.type));
  return profils.flatMap((p, i) => {
    const fautes = Object.entries(p.valeurs).flatMap(([code, v]) => {
      const c = champDe(d, code);
      const faute = c ? fauteDe(c, v, contrat) : 'le registre n’a pas ce champ';
      return faute ? [`valeurs.${code} : ${faute}`] : [];
    });
    for (const c of d.champs) if (c.obligatoire && !(c.code in p.valeurs)) fautes.push(`valeurs.${c.code} : ce champ est obligatoire`);
    if (!niveaux.has(p.niveau)) fautes.push(`niveau : aucun territoire de type « ${p.niveau} » (connus : ${[...niveaux].join(', ')})`);
    for (const o of p.organisations) if (!contrat.acteurs.has(o)) fautes.push(`organisations : acteur « ${o} » inconnu`);
    for (const f of p.fiches) if (!contrat.fiches.has(f)) fautes.push(`fiches : fiche « ${f} » inconnue`);
    for (const l of p.lignes ?? []) if (!contrat.lignes.has(l)) fautes.push(`lignes : ligne d’action « ${l} » inconnue`);
    if (p.duree && !d.fin) fautes.push('duree : ce registre n’a pas de date de fin');
    return fautes.map((f) => `demonstration/registres/${d.code}.yaml, [${i}].${f}`);
  });
}

const inconnu = (codes: readonly string[], options: readonly OptionListe[]): string | null => {
  const code = codes.find((c) => !options.some((o) => o.code === c && !o.retiree));
  return code === undefined ? null : `la liste n’a pas de valeur « ${code} »`;
};
const mots = (v: ValeurDemo): readonly string[] | null => (typeof v === 'string' ? [v] : Array.isArray(v) ? v : null);

function fauteDe(c: Champ, v: ValeurDemo, contrat: ContratLu): string | null {
  const textes = mots(v);
  switch (c.type) {
    case 'liste':
      return textes ? inconnu(textes, c.options) : 'une ou plusieurs valeurs de la liste sont attendues';
    case 'acteur':
      return textes?.every((a) => contrat.acteurs.has(a)) ? null : 'un ou plusieurs acteurs du contrat sont attendus';
    case 'booleen':
      return typeof v === 'boolean' || textes?.every((x) => x === 'oui' || x === 'non') ? null : 'true, false, ou des « oui » et des « non » à tirer';
    case 'nombre': {
      const bornes = typeof v === 'number' ? [v] : textes ? textes.map(Number) : typeof v === 'object' && 'min' in v ? [v.min, v.max] : [];
      const max = c.max ?? Number.POSITIVE_INFINITY;
      return bornes.length > 0 && bornes.every((n) => n >= 0 && n <= max) ? null : `un nombre ou un intervalle de 0 à ${max} est attendu`;
    }
    case 'lignes':
      return typeof v === 'object' && 'colonnes' in v ? fauteDesLignes(c, v.colonnes) : 'des lignes sont attendues';
    case 'texte':
    case 'texte-long':
      return textes?.every((t) => t.length <= c.longueurMax) ? null : `des textes de ${c.longueurMax} caractères au plus sont attendus`;
    case 'lien':
    case 'lieu':
      return 'un lien ne se tire pas';
    case 'date':
      return 'une date ne se tire pas';
  }
}

function fauteDesLignes(c: ChampLignes, colonnes: Readonly<Record<string, readonly string[]>>): string | null {
  for (const [code, valeurs] of Object.entries(colonnes)) {
    const colonne = c.colonnes.find((x) => x.code === code);
    if (!colonne) return `pas de colonne « ${code} »`;
    const faute = colonne.type === 'liste' ? inconnu(valeurs, colonne.options) : null;
    if (faute) return `${code} : ${faute}`;
    if (colonne.type === 'nombre' && !valeurs.every((v) => /^\d+$/.test(v) && Number(v) <= (colonne.max ?? Number.POSITIVE_INFINITY)))
      return `${code} : des nombres à tirer sont attendus`;
    if (colonne.type === 'texte' && valeurs.some((t) => t.length > colonne.longueurMax)) return `${code} : texte de plus de ${colonne.longueurMax} caractères`;
  }
  const manque = c.colonnes.find((x) => x.obligatoire && x.type !== 'date' && !colonnes[x.code]);
  return manque ? `la colonne « ${manque.code} » est obligatoire` : null;
}
