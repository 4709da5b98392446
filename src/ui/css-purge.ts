/**
 * Takes the published stylesheets of GOV.UK and MoJ Frontend and keeps what Concorde uses, in Concorde's tokens:
 * rules for classes that no source names are dropped, fonts, colours and text sizes become custom properties.
 * Plain text work on minified CSS: a sass build of the same took forty times longer.
 */

/** Colours of the two design systems that have a meaning of ours. A colour missing here stops the build. */
const COULEURS: Record<string, string> = {
  '#0b0c0c': 'var(--encre)',
  '#000': 'var(--encre)',
  '#fff': 'var(--carte)',
  '#f3f3f3': 'var(--creux)',
  '#f4f8fb': 'var(--creux)',
  '#cecece': 'var(--trait)',
  '#b1b4b6': 'var(--trait)',
  '#8eb8dc': 'var(--trait)',
  '#858686': 'var(--trait-fort)',
  '#949494': 'var(--trait-fort)',
  '#767676': 'var(--gris)',
  '#6f777b': 'var(--gris)',
  '#484949': 'var(--gris)',
  '#1d70b8': 'var(--lien)',
  '#1a65a6': 'var(--lien)',
  '#005ea5': 'var(--lien)',
  '#0f385c': 'var(--lien-survol)',
  '#54319f': 'var(--lien-vu)',
  '#fd0': 'var(--vise)',
  '#ca3535': 'var(--garance)',
  '#982828': 'var(--garance-fort)',
  '#651b1b': 'var(--garance-texte)',
  '#f4d7d7': 'var(--garance-fond)',
  '#0f7a52': 'var(--action)',
  '#0b5c3e': 'var(--action-survol)',
  '#083d29': 'var(--vert-texte)',
  '#cfe4dc': 'var(--vert-fond)',
  '#d2e2f1': 'var(--bleu-fond)',
  '#7a3c1c': 'var(--laiton-texte)',
  '#fde4d7': 'var(--laiton-fond)',
  '#ffee80': 'var(--laiton-fond)',
  '#f47738': 'var(--laiton)',
  '#eb611c': 'var(--laiton)',
  '#c75228': 'var(--laiton)',
  '#8b391c': 'var(--laiton-texte)',
  '#f4d7e5': 'var(--creux)',
  '#651b3e': 'var(--encre)',
  '#98285d': 'var(--encre)',
  '#d0e6e7': 'var(--creux)',
  '#0b4144': 'var(--encre)',
  '#ddd6ec': 'var(--creux)',
  '#2a1950': 'var(--encre)',
  '#00ffe0': 'var(--creux)',
};
/** Text sizes of the design systems, so that work screens may be denser. */
const CORPS: Record<string, string> = {
  '1.1875rem': 'var(--corps)',
  '1rem': 'var(--corps-s)',
  '3rem': 'var(--titre-xl)',
  '2.25rem': 'var(--titre-l)',
  '1.5rem': 'var(--titre-m)',
};

/** Fonts, colours and sizes become tokens. */
export function rebrand(css: string): string {
  return (
    css
      .replace(/@charset "[^"]*";/g, '')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      // Their pictures are served from a folder of theirs; we draw our own.
      .replace(/background-image:url\(\/assets\/[^)]*\);?/g, '')
      .replace(/@font-face\{[^}]*\}/g, '')
      .replace(/:root\{--(?:govuk|moj)[^}]*\}/g, '')
      .replace(/var\((--govuk-[a-z-]+),\s*(#[0-9a-f]{3,8})\)/g, 'var($1)')
      .replace(/@media print\{[^{}]*\{font-family:sans-serif\}\}/g, '')
      .replace(/font-family:GDS Transport,arial,sans-serif;-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale/g, 'font-family:var(--police)')
      .replace(/font-family:GDS Transport,arial,sans-serif/g, 'font-family:var(--police)')
      .replace(/font-size:(1\.1875rem|1rem|3rem|2\.25rem|1\.5rem)/g, (tout, taille: string) => (CORPS[taille] ? `font-size:${CORPS[taille]}` : tout))
      .replace(/(?<=[:\s,(])#[0-9a-f]{3,6}\b/g, (couleur) => COULEURS[couleur] ?? couleur)
  );
}

/** Raw colours left after `rebrand`: none is expected. */
export const rawColours = (css: string): string[] => [...new Set(css.match(/(?<=[:\s,(])#[0-9a-f]{3,8}\b/g) ?? [])];

/** Class names of the design systems written in a source; one that ends with `-` stands for all that begin so. */
export function listClasses(source: string): string[] {
  return [...new Set(source.match(/\b(?:govuk|moj)-[\w!-]+/g) ?? [])];
}

/** Keeps the rules whose `govuk-` and `moj-` classes are all used. */
export function purge(css: string, utilisees: ReadonlySet<string>): string {
  const prefixes = [...utilisees].filter((u) => u.endsWith('-'));
  const estUtile = (classe: string) => utilisees.has(classe) || prefixes.some((p) => classe.startsWith(p));
  const garder = (selecteur: string) =>
    [...selecteur.replace(/:not\([^)]*\)/g, '').matchAll(/\.((?:govuk|moj)-(?:[\w-]|\\.)+)/g)].every((m) => estUtile((m[1] ?? '').replaceAll('\\', '')));
  return filtrer(css, garder);
}

function filtrer(css: string, garder: (selecteur: string) => boolean): string {
  let sortie = '';
  let i = 0;
  while (i < css.length) {
    const ouvre = chercher(css, i, '{;');
    if (ouvre === -1) break;
    const tete = css.slice(i, ouvre).trim();
    if (css[ouvre] === ';') {
      i = ouvre + 1;
      continue;
    }
    const ferme = fermante(css, ouvre);
    const corps = css.slice(ouvre + 1, ferme);
    if (/^@(media|supports|layer|container)/.test(tete)) {
      const dedans = filtrer(corps, garder);
      if (dedans !== '') sortie += `${tete}{${dedans}}`;
    } else if (tete.startsWith('@')) {
      sortie += `${tete}{${corps}}`;
    } else {
      const selecteurs = virgules(tete).filter(garder);
      if (selecteurs.length > 0) sortie += `${selecteurs.join(',')}{${corps}}`;
    }
    i = ferme + 1;
  }
  return sortie;
}

/** Position of the first of `signes` outside of strings. */
function chercher(css: string, depuis: number, signes: string): number {
  for (let i = depuis; i < css.length; i += 1) {
    const c = css[i] ?? '';
    if (c === '"' || c === "'") i = css.indexOf(c, i + 1);
    else if (signes.includes(c)) return i;
    if (i === -1) return -1;
  }
  return -1;
}

function fermante(css: string, ouvre: number): number {
  let profondeur = 0;
  for (let i = chercher(css, ouvre, '{}'); i !== -1; i = chercher(css, i + 1, '{}')) {
    profondeur += css[i] === '{' ? 1 : -1;
    if (profondeur === 0) return i;
  }
  return css.length;
}

/** Splits a selector list on the commas that stand outside of parentheses. */
function virgules(selecteurs: string): string[] {
  const parts: string[] = [''];
  let profondeur = 0;
  for (const c of selecteurs) {
    if (c === '(') profondeur += 1;
    if (c === ')') profondeur -= 1;
    if (c === ',' && profondeur === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}
