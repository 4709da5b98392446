/**
 * An SVG is a program as much as a picture: read by an XML parser, it is accepted when it is a drawing and nothing else. What acts, embeds or
 * fetches is refused, and what could keep whoever draws it busy for ever. Pure.
 */
import { type SaxesAttributeNS, SaxesParser } from 'saxes';

export interface Dimensions {
  width: number;
  height: number;
}
const SVG = 'http://www.w3.org/2000/svg';
const DESSIN = new Set(
  'svg g defs path rect circle ellipse line polyline polygon text tspan title desc metadata linearGradient radialGradient stop clipPath mask'.split(' '),
);
/** What drawing programs write beside the drawing, and that no reader draws. */
const ANNOTATIONS = /inkscape|sodipodi|creativecommons\.org|purl\.org\/dc|w3\.org\/1999\/02\/22-rdf|ns\.adobe\.com|serif\.com|figma\.com|bohemiancoding/i;
const PROFONDEUR_MAX = 60;
const ELEMENTS_MAX = 20_000;

const AUTRE_CHOSE = 'Ce SVG contient autre chose qu’un dessin (programme, style ou image liée) : exportez-le en SVG simple ou en PNG.';
const COMPLIQUE = 'Ce dessin SVG est trop compliqué pour un logo : exportez-le en PNG.';
const ILLISIBLE = 'Ce SVG ne se lit pas : exportez-le de nouveau, en PNG par exemple.';

class Refus extends Error {}

export function lireDessin(svg: string): { refus: string | null; dimensions: Dimensions } {
  let dimensions: Dimensions | null = null;
  const parents: string[] = [];
  let elements = 0;
  const refuser = (message: string): never => {
    throw new Refus(message);
  };
  const p = new SaxesParser({ xmlns: true });
  p.on('error', () => refuser(ILLISIBLE));
  p.on('doctype', () => refuser(AUTRE_CHOSE));
  p.on('processinginstruction', () => refuser(AUTRE_CHOSE));
  p.on('opentag', (e) => {
    elements += 1;
    if (elements > ELEMENTS_MAX || parents.length >= PROFONDEUR_MAX) refuser(COMPLIQUE);
    if (e.uri === SVG ? !DESSIN.has(e.local) : !ANNOTATIONS.test(e.uri)) refuser(AUTRE_CHOSE);
    const attributs = Object.values(e.attributes);
    if (attributs.some(agit)) refuser(AUTRE_CHOSE);
    // Each could show the next one twice, and so on.
    if (parents.some((x) => x === 'clipPath' || x === 'mask') && attributs.some((a) => /^(?:clip-path|mask)$/.test(a.local) || /url\(/i.test(a.value)))
      refuser(COMPLIQUE);
    if (parents.length === 0) dimensions = dimensionsDe(attributs);
    parents.push(e.local);
  });
  p.on('closetag', () => void parents.pop());
  try {
    p.write(svg).close();
  } catch (e) {
    if (!(e instanceof Refus)) throw e;
    return { refus: e.message, dimensions: dimensions ?? AUCUNE };
  }
  return { refus: null, dimensions: dimensions ?? AUCUNE };
}
const AUCUNE: Dimensions = { width: 0, height: 0 };

const agit = ({ local, prefix, value }: SaxesAttributeNS): boolean => {
  const v = value.replace(/[\s\\]/g, '').toLowerCase();
  if (prefix === 'xmlns') return false;
  if (/^on/i.test(local) || (prefix === 'xml' && local === 'base')) return true;
  if (/^(?:href|src)$/i.test(local) && !v.startsWith('#')) return true;
  return v.includes('javascript:') || v.includes('@import') || /url\((?!["']?#)/.test(v);
};

function dimensionsDe(attributs: readonly SaxesAttributeNS[]): Dimensions {
  const de = (nom: string) => attributs.find((a) => a.local === nom)?.value.trim() ?? '';
  const vue = de('viewBox')
    .split(/[\s,]+/)
    .map(Number);
  if (vue.length === 4 && vue.every(Number.isFinite)) return { width: vue[2] ?? 0, height: vue[3] ?? 0 };
  const cote = (nom: string) => Number(de(nom).replace(/(?:px|pt)$/, '')) || 0;
  return { width: cote('width'), height: cote('height') };
}
