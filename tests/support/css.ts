/**
 * What the stylesheets write on what: every pair of text and ground that a rule makes, and every line or shape that must be
 * seen, with its contrast in each scheme (WCAG 2.2: 1.4.3 and 1.4.11). Colours are tokens; a token resolves by scheme.
 */
import { blend, formatHex, parse as parseCouleur, wcagContrast } from 'culori';
import postcss, { type Rule } from 'postcss';

type Schema = 'clair' | 'sombre' | 'impression';
const SCHEMAS: readonly Schema[] = ['clair', 'sombre', 'impression'];
export type Jetons = Readonly<Record<Schema, ReadonlyMap<string, string>>>;

const mediaDe = (r: Rule): string => {
  for (let p = r.parent as postcss.Container | undefined; p; p = p.parent as postcss.Container | undefined)
    if (p.type === 'atrule' && (p as postcss.AtRule).name === 'media') return (p as postcss.AtRule).params;
  return '';
};

/** Custom properties of `:root`: light, what dark changes of it, what paper changes of it. */
export function lireJetons(...feuilles: readonly string[]): Jetons {
  const lus: Record<Schema, Map<string, string>> = { clair: new Map(), sombre: new Map(), impression: new Map() };
  for (const feuille of feuilles)
    postcss.parse(feuille).walkRules((r) => {
      if (!r.selectors.includes(':root')) return;
      const media = mediaDe(r);
      const schema = media === '' ? 'clair' : /dark/.test(media) ? 'sombre' : /print/.test(media) ? 'impression' : null;
      if (schema) r.walkDecls(/^--/, (d) => void lus[schema].set(d.prop, d.value));
    });
  const [clair, sombre, impression] = [lus.clair, new Map([...lus.clair, ...lus.sombre]), new Map([...lus.clair, ...lus.impression])];
  return { clair, sombre, impression };
}

export interface Regle {
  /** One selector of the rule. */
  selecteur: string;
  /** What it draws, without its states; two rules of the same key draw the same thing. */
  cle: string;
  etats: readonly string[];
  /** Token names, without their dashes. */
  texte: string | null;
  /** Empty where the rule takes it away. */
  fond: string | null;
  /** Lines and shapes: token and property. */
  traits: readonly { jeton: string; propriete: string }[];
  papier: boolean;
  ou: string;
}

const SANS = /^(transparent|none|inherit|currentcolor|initial)$/i;
const jetonDe = (valeur: string): string | null => /var\(--([\w-]+)/.exec(valeur)?.[1] ?? null;

/** `a:is(b, c) d` -> `ab d`, `ac d`. */
function deplier(selecteur: string): string[] {
  const m = /:(?:is|where)\(([^()]*)\)/.exec(selecteur);
  if (!m) return [selecteur];
  return (m[1] ?? '').split(',').flatMap((choix) => deplier(selecteur.replace(m[0], choix.trim())));
}

export function lireRegles(fichier: string, css: string): Regle[] {
  const regles: Regle[] = [];
  postcss.parse(css).walkRules((r) => {
    let texte: string | null = null;
    let fond: string | null = null;
    let dessine = false;
    const traits: { jeton: string; propriete: string }[] = [];
    r.each((d) => {
      if (d.type !== 'decl' || d.prop.startsWith('--')) return;
      const jeton = jetonDe(d.value);
      if (d.prop === 'color') texte = jeton;
      else if (/^background(-color)?$/.test(d.prop)) fond = SANS.test(d.value) ? '' : jeton;
      else if (/^(border|outline|fill|stroke|accent-color)/.test(d.prop) && jeton && jeton !== 'rayon') traits.push({ jeton, propriete: d.prop });
      else if (d.prop === 'box-shadow') for (const m of d.value.matchAll(/var\(--([\w-]+)/g)) traits.push({ jeton: m[1] ?? '', propriete: 'box-shadow' });
      else return;
      dessine = true;
    });
    if (!dessine) return;
    for (const selecteur of r.selectors.flatMap(deplier)) {
      const etats = [...selecteur.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, '').matchAll(/(?<!:):[a-z-]+(?:\([^)]*\))?|\[[^\]]*\]/g)].map((m) => m[0]);
      const nu = selecteur.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, '').replace(/(?<!:):[a-z-]+(?:\([^)]*\))?|\[[^\]]*\]/g, '');
      const dernier = nu.split(/[\s>+~]+/).at(-1) ?? nu;
      const cle = dernier.startsWith('.') ? dernier : nu;
      regles.push({ selecteur, cle, etats, texte, fond, traits, papier: /print/.test(mediaDe(r)), ou: `${fichier}:${r.source?.start?.line}` });
    }
  });
  return regles;
}

export interface Roles {
  /** Grounds on which a selector of this kind stands when no rule says it. The first that matches. */
  contextes: readonly (readonly [RegExp, readonly string[]])[];
  /** Ground -> texts that inherit on it, when the rule of the ground names none. */
  surFond: Readonly<Record<string, readonly string[]>>;
  /** Text -> grounds it is made for, wherever it stands. */
  faitPour: Readonly<Record<string, readonly string[]>>;
  /** Lines that carry no meaning of their own. */
  decor: readonly string[];
}
export interface Paire {
  dessus: string;
  dessous: string;
  minimum: 4.5 | 3;
  papier: boolean;
  ou: string;
}

const inclus = (a: readonly string[], b: readonly string[]): boolean => a.every((x) => b.includes(x));

/** Every pair that the rules make. A rule that gives one half finds the other in the rules that draw the same thing. */
export function listPaires(regles: readonly Regle[], roles: Roles): Paire[] {
  // On paper every ground is that of the page.
  const fondsDe = (r: Regle): readonly string[] => (r.papier ? roles.contextes.at(-1) : roles.contextes.find(([motif]) => motif.test(r.selecteur)))?.[1] ?? [];
  /** As the cascade would: the base rule, or one whose states hold when these hold; the most precise, then the last. */
  const trouver = (r: Regle, moitie: 'texte' | 'fond'): string | null =>
    regles
      .filter((b) => b.cle === r.cle && b[moitie] !== null && inclus(b.etats, r.etats) && (!b.papier || r.papier))
      .sort((a, b) => Number(a.papier) - Number(b.papier) || a.etats.length - b.etats.length)
      .at(-1)?.[moitie] ?? null;
  return regles.flatMap((r): Paire[] => {
    const paire = (dessus: string, dessous: string, minimum: 4.5 | 3): Paire => ({ dessus, dessous, minimum, papier: r.papier, ou: `${r.ou} ${r.selecteur}` });
    const paires: Paire[] = [];
    const fond = r.fond ?? (r.texte || r.traits.length > 0 ? trouver(r, 'fond') : null);
    const texte = r.texte ?? (r.fond ? trouver(r, 'texte') : null);
    if (r.texte || r.fond) {
      if (texte && fond) paires.push(paire(texte, fond, 4.5));
      else if (texte) for (const f of roles.faitPour[texte] ?? fondsDe(r)) paires.push(paire(texte, f, 4.5));
      else if (fond) for (const t of roles.surFond[fond] ?? []) paires.push(paire(t, fond, 4.5));
    }
    for (const { jeton, propriete } of r.traits) {
      // A frame of the colour that it fills is part of it.
      if (roles.decor.includes(jeton) || jeton === fond) continue;
      const ecrit = propriete === 'fill' && /text|__mot|__nom|__axe/.test(r.selecteur);
      // A line is seen against what it surrounds or against what is around.
      const autour = roles.faitPour[jeton] ?? (fond && roles.surFond[fond] ? [fond] : fondsDe(r));
      for (const f of autour) paires.push(paire(jeton, f, ecrit ? 4.5 : 3));
    }
    return paires;
  });
}

export function contraste(jetons: ReadonlyMap<string, string>, dessus: string, dessous: string): number {
  const couleur = (nom: string): string => {
    const valeur = jetons.get(`--${nom}`);
    const suite = valeur && jetonDe(valeur);
    if (suite) return couleur(suite);
    if (!valeur || !parseCouleur(valeur)) throw new Error(`--${nom} n’est pas une couleur : ${valeur}`);
    return valeur;
  };
  const sol = couleur(dessous);
  return wcagContrast(formatHex(blend([sol, couleur(dessus)])), sol);
}

/** A line for each pair too weak in one of the schemes; the same pair is said once, with the first place that makes it. */
export function fautesDeContraste(paires: readonly Paire[], jetons: Jetons): string[] {
  const dites = new Map<string, string>();
  for (const p of paires)
    for (const schema of SCHEMAS) {
      if (p.papier && schema !== 'impression') continue;
      const c = contraste(jetons[schema], p.dessus, p.dessous);
      const cle = `${p.dessus} sur ${p.dessous}, ${schema}, ${p.minimum}`;
      if (c < p.minimum && !dites.has(cle)) dites.set(cle, `${cle} : ${c.toFixed(2)} (${p.ou})`);
    }
  return [...dites.values()];
}

/** Colours written as such: hexadecimal, functions, names. Custom properties of `:root` are where colours are named. */
export function couleursBrutes(fichier: string, css: string): string[] {
  const trouvees: string[] = [];
  postcss.parse(css).walkDecls((d) => {
    // The margins of a printed page inherit no custom property.
    for (let p = d.parent as postcss.Container | undefined; p; p = p.parent as postcss.Container | undefined)
      if (p.type === 'atrule' && (p as postcss.AtRule).name === 'page') return;
    if (/^--/.test(d.prop) && (d.parent as Rule).selectors?.includes(':root')) return;
    if (!/color|background|border|outline|shadow|fill|stroke|decoration|^--/.test(d.prop)) return;
    const valeur = d.value.replace(/url\([^)]*\)|var\(--[\w-]+\s*(?=[,)])/g, ' ');
    const nommee = valeur.split(/[\s,()/]+/).find((mot) => /^[a-z]+$/i.test(mot) && !SANS.test(mot) && parseCouleur(mot.toLowerCase()));
    const brute = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^)]*\)/i.exec(valeur)?.[0] ?? nommee;
    if (brute) trouvees.push(`${fichier}:${d.source?.start?.line} ${d.prop}: ${brute}`);
  });
  return trouvees;
}
