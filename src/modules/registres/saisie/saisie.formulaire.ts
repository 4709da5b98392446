/** The form of a record, which two people may have open at once: what is recorded, as the form compares it. */
import type { Champs, Enregistre, Valeur } from '../../../core/http/versions.ts';
import type { ChampPartage, FormulairePartage } from '../../../ui/Conflict.tsx';
import type { Activite } from '../activite.ts';
import { type Brut, brutDe, direCellule, rangsDe, un } from '../brut.rules.ts';
import { direValeur, libelleChamp, nomActeur } from '../champs.tsx';
import type { Champ, ChampLignes, DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import type { LigneRepetee } from '../registres.rules.ts';
import { ecrireChamp } from '../valeurs.rules.ts';

const lignesDe = (d: DefinitionRegistre): ChampLignes[] => d.champs.filter((c): c is ChampLignes => c.type === 'lignes');

/** Repeated lines are one field: `donnees.suites.0.quoi`… become `donnees.suites`, in JSON; lines left empty go. */
export function grouper(d: DefinitionRegistre, b: Brut): Record<string, Valeur> {
  const champs: Record<string, Valeur> = {};
  const repetes = lignesDe(d).map((c) => `donnees.${c.code}.`);
  for (const [champ, v] of Object.entries(b)) if (!repetes.some((debut) => champ.startsWith(debut))) champs[champ] = v;
  for (const c of lignesDe(d)) {
    const rangs = rangsDe(c, b);
    if (rangs.length === 0) continue;
    const lignes = rangs.map((r) =>
      Object.fromEntries(c.colonnes.flatMap((col) => [[col.code, un(b, `donnees.${c.code}.${r}.${col.code}`)] as const].filter(([, v]) => v !== ''))),
    );
    champs[`donnees.${c.code}`] = JSON.stringify(lignes.filter((l) => Object.keys(l).length > 0));
  }
  return champs;
}
export function degrouper(d: DefinitionRegistre, champs: Champs): Record<string, Valeur> {
  const b: Record<string, Valeur> = { ...champs };
  for (const c of lignesDe(d)) {
    const nom = `donnees.${c.code}`;
    const lignes = lireLignes(champs[nom]);
    delete b[nom];
    lignes.forEach((l, i) => {
      for (const col of c.colonnes) b[`${nom}.${i}.${col.code}`] = direCellule(l[col.code]);
    });
  }
  return b;
}
function lireLignes(v: Valeur | undefined): LigneRepetee[] {
  try {
    const lu: unknown = JSON.parse(typeof v === 'string' ? v : '[]');
    return Array.isArray(lu) ? lu.filter((l): l is LigneRepetee => typeof l === 'object' && l !== null) : [];
  } catch {
    return [];
  }
}

export function activiteEnregistree(d: DefinitionRegistre, a: Activite): Enregistre {
  const vides = Object.fromEntries(d.champs.map((c) => [`donnees.${c.code}`, c.type === 'lignes' ? '[]' : '']));
  const { fin, ...reste } = grouper(d, brutDe(d, a.contenu));
  return { version: a.version, champs: { ...vides, ...reste, ...(d.fin ? { fin: fin ?? '' } : {}) }, par: a.auteur, le: a.modifieLe };
}

export function formulaireDActivite(d: DefinitionRegistre, rep: Repertoire, a: Activite, acte: 'corriger' | 'retirer' = 'corriger'): FormulairePartage {
  const champs: Record<string, ChampPartage> = {};
  for (const champ of Object.keys(activiteEnregistree(d, a).champs)) champs[champ] = partage(d, rep, champ);
  return { objet: a.contenu.titre, action: `/registres/${d.code}/${a.id}/${acte}`, retour: `/registres/${d.code}/${a.id}`, champs };
}

function partage(d: DefinitionRegistre, rep: Repertoire, champ: string): ChampPartage {
  const libelle = libelleChamp(d, champ);
  const c = d.champs.find((x) => `donnees.${x.code}` === champ);
  if (champ === 'commentaire' || c?.type === 'texte-long') return { libelle, long: true };
  if (c?.type === 'lignes') return { libelle, direTout: (v) => ecrireChamp(c, lireLignes(v), (id) => nomActeur(rep, id)) || 'vide' };
  return { libelle, dire: (v) => (c ? direTexte(c, v, rep) : direValeur(d, rep, champ, v)) };
}
/** As typed, but codes and identifiers in words. */
const direTexte = (c: Champ, v: string, rep: Repertoire): string =>
  ['liste', 'acteur', 'date', 'lien', 'lieu'].includes(c.type) ? ecrireChamp(c, v, (id) => nomActeur(rep, id), rep) : v;
