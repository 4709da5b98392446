/**
 * Charts and maps of the bilan as SVG text, the same for every format. Colours come from a palette: fixed ones for a file
 * that is printed, the tokens of the page for the screen. Every text is escaped; the alternative text travels beside.
 */
import { couper } from '../../../core/couper.ts';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import type { CarteBilan, SerieBilan } from './bilan.modele.ts';
import { direChiffre } from './bilan.rules.ts';

export interface Palette {
  encre: string;
  gris: string;
  trait: string;
  fond: string;
  serie: string;
  passe: string;
  accent: string;
  gamme: readonly [string, string, string, string, string];
  surClair: string;
  surFonce: string;
}
export const PALETTE_IMPRIMEE: Palette = {
  encre: '#1b2333',
  gris: '#5b6270',
  trait: '#b9b3a6',
  fond: '#ffffff',
  serie: '#1f4e9c',
  passe: '#9db4d8',
  accent: '#8a6412',
  gamme: ['#e1e9f5', '#b7cbe9', '#7fa2d6', '#3f6cb5', '#163a78'],
  surClair: '#1b2333',
  surFonce: '#ffffff',
};
export const PALETTE_ECRAN: Palette = {
  encre: 'var(--encre)',
  gris: 'var(--gris)',
  trait: 'var(--trait-fort)',
  fond: 'var(--carte)',
  serie: 'var(--serie-1)',
  passe: 'var(--gamme-3)',
  accent: 'var(--laiton)',
  gamme: ['var(--gamme-1)', 'var(--gamme-2)', 'var(--gamme-3)', 'var(--gamme-4)', 'var(--gamme-5)'],
  surClair: 'var(--sur-gamme-clair)',
  surFonce: 'var(--sur-gamme-fonce)',
};

export interface Image {
  svg: string;
  alt: string;
  largeur: number;
  hauteur: number;
}

const xml = (t: string) => t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const POLICE = 'font-family="Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, sans-serif"';
const texte = (x: number, y: number, t: string, o: { taille?: number; ancre?: string; couleur: string; gras?: boolean; italique?: boolean }) =>
  `<text x="${r(x)}" y="${r(y)}" font-size="${o.taille ?? 9}" text-anchor="${o.ancre ?? 'start'}" fill="${o.couleur}"${o.gras ? ' font-weight="700"' : ''}${o.italique ? ' font-style="italic"' : ''}>${xml(t)}</text>`;
const r = (n: number) => Math.round(n * 10) / 10;

const ouvrir = (l: number, h: number, alt: string, defs: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${l} ${h}" width="${l}" height="${h}" role="img" aria-label="${xml(alt)}" ${POLICE}><defs>${defs}</defs>`;

function hachures(id: string, couleur: string): string {
  return `<pattern id="${id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="1.6" height="5" fill="${couleur}"/></pattern>`;
}

/** Breaks a label into at most `lignes` lines of about `max` characters. */
function enLignes(t: string, max: number, lignes: number): string[] {
  const sortie: string[] = [];
  let courante = '';
  for (const mot of t.split(' ')) {
    if (courante !== '' && courante.length + mot.length + 1 > max) {
      sortie.push(courante);
      courante = mot;
    } else courante = courante === '' ? mot : `${courante} ${mot}`;
  }
  if (courante !== '') sortie.push(courante);
  if (sortie.length <= lignes) return sortie.map((s) => (s.length > max + 2 ? `${s.slice(0, max)}…` : s));
  const gardees = sortie.slice(0, lignes);
  return gardees.map((s, i) => (i === lignes - 1 ? `${couper(s, max - 1)}…` : s));
}

const LARGEUR = 520;
const PANNEAU = { hauteur: 122, titre: 27, base: 100, barres: 56 };

/**
 * Small multiples: one panel of yearly columns for each series, each on its own scale and with its numbers written. `seule`: a file
 * of its own, one panel as wide as the drawing, its source under it.
 */
export function dessinerSeries(series: readonly SerieBilan[], p: Palette, prefixe: string, o: { seule?: true; source?: string } = {}): Image {
  const colonnes = o.seule ? 1 : Math.min(3, Math.max(series.length, 2));
  const rangs = Math.ceil(series.length / colonnes);
  const source = o.source ? enLignes(o.source, 150, 4) : [];
  const hauteur = rangs * PANNEAU.hauteur + (source.length > 0 ? 6 + source.length * 8 : 0);
  const large = LARGEUR / colonnes;
  const alt = `Valeurs par année. ${series.map((s) => `${s.titre} : ${s.points.map((x) => `${x.x}, ${direChiffre(x.chiffre, s.unite)}${x.enCours ? ' (année en cours)' : ''}`).join(' ; ')}`).join('. ')}.`;
  const hachure = `${prefixe}-h`;
  const corps = series.map((s, i) => panneau(s, (i % colonnes) * large, Math.floor(i / colonnes) * PANNEAU.hauteur, large, p, hachure));
  const pied = source.map((t, i) => texte(0, rangs * PANNEAU.hauteur + 8 + i * 8, t, { taille: 6.5, couleur: p.gris }));
  const marge = o.seule ? 14 : 0;
  const cadre = { largeur: LARGEUR + marge * 2, hauteur: hauteur + marge * 2 };
  const dessin = `${corps.join('')}${pied.join('')}`;
  const place = o.seule ? `<g transform="translate(${marge} ${marge})">${dessin}</g>` : dessin;
  return { svg: `${ouvrir(cadre.largeur, cadre.hauteur, alt, hachures(hachure, p.gris))}${place}</svg>`, alt, ...cadre };
}

function panneau(s: SerieBilan, x0: number, y0: number, large: number, p: Palette, hachure: string): string {
  const utile = large - 14;
  const pas = utile / s.points.length;
  const max = Math.max(...s.points.map((x) => Math.abs(x.chiffre.valeur ?? 0)), 1e-9);
  const lignes = enLignes(`${s.titre}${s.unite === '%' ? ' (%)' : ''}`, Math.floor(utile / 4.3), 2);
  const titre = lignes.map((t, i) => texte(x0, y0 + 9 + i * 10, t, { taille: 8.5, couleur: p.encre, gras: true }));
  // With negative values (a rate of change) the line of zero stands in the middle.
  const signe = s.points.some((x) => (x.chiffre.valeur ?? 0) < 0);
  const pied = y0 + PANNEAU.base;
  const base = signe ? pied - 34 : pied;
  const echelle = (signe ? 22 : PANNEAU.barres) / max;
  const barres = s.points.map((point, i) => {
    const centre = x0 + pas * i + pas / 2;
    const demi = Math.min(13, pas * 0.32);
    const dernier = i === s.points.length - 1;
    return `${barre(point, centre, demi, base, echelle, dernier, p, hachure)}${texte(centre, pied + 11, point.x, { taille: 8, ancre: 'middle', couleur: dernier ? p.encre : p.gris, gras: dernier })}${point.enCours ? texte(centre, pied + 19, 'en cours', { taille: 6.5, ancre: 'middle', couleur: p.gris, italique: true }) : ''}`;
  });
  return `${titre.join('')}<line x1="${r(x0)}" x2="${r(x0 + utile)}" y1="${base}" y2="${base}" stroke="${p.trait}" stroke-width="0.8"/>${barres.join('')}`;
}

function barre(
  { chiffre: c, enCours }: SerieBilan['points'][number],
  centre: number,
  demi: number,
  base: number,
  echelle: number,
  dernier: boolean,
  p: Palette,
  hachure: string,
): string {
  const creux = (remplissage: string, bord: string) =>
    `<rect x="${r(centre - demi)}" y="${r(base - 22)}" width="${r(demi * 2)}" height="22" fill="${remplissage}" stroke="${p.gris}" stroke-width="0.7"${bord}/>`;
  const mot = (t: string) => texte(centre, base - 26, t, { taille: 7, ancre: 'middle', couleur: p.gris, italique: true });
  if (c.etat === 'manquant') return creux('none', ' stroke-dasharray="2 2"') + mot(c.mot);
  if (c.etat === 'attendu') return creux('none', '') + mot(c.mot);
  if (c.etat === 'secret') return creux(`url(#${hachure})`, '') + mot('secret');
  if (c.valeur === null) return mot(c.etat === 'valeur' ? '' : c.mot);
  const haut = Math.abs(c.valeur) * echelle;
  const negatif = c.valeur < 0;
  const valeur = texte(centre, negatif ? base + haut + 8 : base - haut - 4, nombre(c.valeur), {
    taille: 8.5,
    ancre: 'middle',
    couleur: dernier ? p.encre : p.gris,
    gras: dernier,
  });
  if (c.etat === 'zero') return valeur;
  // What is not over is drawn hollow, under a dashed line.
  const peint = enCours ? `fill="none" stroke="${p.serie}" stroke-width="1" stroke-dasharray="3 2"` : `fill="${dernier ? p.serie : p.passe}"`;
  return `<rect x="${r(centre - demi)}" y="${r(negatif ? base : base - haut)}" width="${r(demi * 2)}" height="${r(Math.max(haut, 0.8))}" ${peint}/>${valeur}`;
}

const TUILE = 34;

/** One square for each territory, placed as on the ground, shaded by its rate in classes no finer than the noise, its rate written in it. */
export function dessinerCarte(c: CarteBilan, p: Palette): Image {
  const largeur = (Math.max(...c.tuiles.map((t) => t.x)) + 1) * TUILE + 4;
  const hauteur = (Math.max(...c.tuiles.map((t) => t.y)) + 1) * TUILE + 4;
  const ici = c.tuiles.find((t) => t.ici);
  const dits = c.tuiles.map((t) => `${t.nom}, ${nombre(t.taux)} (${direChiffre(t.chiffre, '')})`).join(' ; ');
  const alt = `Carte en tuiles de ${pluriel(c.tuiles.length, 'territoire')}. ${c.titre}, pour ${nombre(c.par)} habitants : ${dits}.${ici ? ` ${ici.nom} est encadré.` : ''}`;
  // The framed tile comes last: its border must not be covered by its neighbours.
  const ordre = [...c.tuiles].sort((a, b) => Number(a.ici) - Number(b.ici));
  const corps = ordre.map((t) => {
    const x = t.x * TUILE + 2;
    const y = t.y * TUILE + 2;
    const fond = p.gamme[t.teinte - 1] ?? p.fond;
    const encre = t.teinte >= 4 ? p.surFonce : p.surClair;
    const valeur = enMilliers(t.taux);
    return `<rect x="${x + 1}" y="${y + 1}" width="${TUILE - 2}" height="${TUILE - 2}" rx="3" fill="${fond}" stroke="${t.ici ? p.accent : p.trait}" stroke-width="${t.ici ? 2.6 : 0.7}"/>${texte(x + TUILE / 2, y + 13, t.court, { taille: t.court.length > 4 ? 7 : 8, ancre: 'middle', couleur: encre })}${texte(x + TUILE / 2, y + 26, valeur, { taille: 10, ancre: 'middle', couleur: encre, gras: true })}`;
  });
  return { svg: `${ouvrir(largeur, hauteur, alt, '')}${corps.join('')}</svg>`, alt, largeur, hauteur };
}

/** Five characters at most, so that it holds in a tile: « 12,4k ». */
const enMilliers = (v: number): string =>
  v >= 10_000_000 ? `${nombre(v / 1_000_000, 0)}M` : v >= 10_000 ? `${nombre(v / 1000, 0)}k` : nombre(v, v < 100 ? 1 : 0);
