/** What Open311 (GeoReport v2) says, in its two formats: XML, where a list names its rows, and the same in JSON. Pure. */
import { estJour } from '../../../core/jours.ts';
import { finDuJour, instantDe } from '../../../core/clock.ts';
import { type ErreurConcorde, type ErreurId, ERREURS } from '../../../core/errors.ts';
import { enTexte, type Reponse } from '../../../core/http/http.ts';

export const FORMATS = ['xml', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export const estUnFormat = (v: string): v is Format => FORMATS.some((f) => f === v);
export const TYPES_DE_FORMAT: Readonly<Record<Format, string>> = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' };

/** Rows under one name: `<values><value>…</value></values>`, an array in JSON. */
export interface Rangs {
  rang: string;
  lignes: readonly Noeud[];
}
export type Noeud = string | number | boolean | null | Rangs | { readonly [element: string]: Noeud };
const estRangs = (n: object): n is Rangs => 'rang' in n && 'lignes' in n && Array.isArray(n.lignes);
export const rangs = (rang: string, lignes: readonly Noeud[]): Rangs => ({ rang, lignes });

// Characters that no XML 1.0 document may hold, even escaped, are no words of anybody.
const INTERDITS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const echapper = (v: string): string => v.replace(INTERDITS, '').replace(/[&<>"']/g, (x) => ENTITES[x] ?? x);

function xml(nom: string, n: Noeud): string {
  if (n === null || n === '') return `<${nom}/>`;
  if (typeof n !== 'object') return `<${nom}>${echapper(String(n))}</${nom}>`;
  const dedans = estRangs(n) ? n.lignes.map((l) => xml(n.rang, l)) : Object.entries(n).map(([e, v]) => xml(e, v));
  return `<${nom}>${dedans.join('')}</${nom}>`;
}
function enJson(n: Noeud): unknown {
  if (n === null || typeof n !== 'object') return n;
  return estRangs(n) ? n.lignes.map(enJson) : Object.fromEntries(Object.entries(n).map(([e, v]) => [e, enJson(v)]));
}
/** `racine` names the document in XML; JSON has no root. */
export const dire = (format: Format, racine: string, n: Noeud, statut = 200): Reponse =>
  enTexte(format === 'xml' ? `<?xml version="1.0" encoding="utf-8"?>\n${xml(racine, n)}\n` : JSON.stringify(enJson(n)), TYPES_DE_FORMAT[format], statut);

/** Of the specification: 400 what is missing or wrong, 403 the key, 404 what is unknown. The rest keeps its own. */
const STATUTS: Readonly<Partial<Record<ErreurId, number>>> = { invalide: 400, 'non-connecte': 403, interdit: 403, introuvable: 404 };
const SANS_CLE =
  'api_key manque : cette écriture demande une clé. Elle se crée dans « Mon compte », « Jetons », avec la portée « transmettre des signalements ».';

export const refuserEn =
  (format: Format) =>
  (e: ErreurConcorde): Reponse => {
    const code = STATUTS[e.id] ?? ERREURS[e.id].statut;
    const dites = e.champs.length > 0 ? e.champs.map((x) => `${x.champ} : ${x.message}`) : [e.id === 'non-connecte' ? SANS_CLE : e.message];
    return dire(
      format,
      'errors',
      rangs(
        'error',
        dites.map((description) => ({ code, description })),
      ),
      code,
    );
  };

/** « 2026-11-29T13:05:00Z », as the W3C writes a moment with its zone. */
export const moment = (d: Date): string => d.toISOString().replace(/\.\d{3}Z$/, 'Z');
/** A moment with its zone, or a day: its beginning here, or its end. Null when it is neither. */
export function lireMoment(v: string, fin = false): Date | null {
  const m = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(v);
  const jour = m?.[1] ?? '';
  // 30 February would be read as 2 March.
  if (!m || !estJour(jour)) return null;
  const d = m[2] ? new Date(v) : fin ? finDuJour(jour) : instantDe(jour, '00:00');
  return d && !Number.isNaN(d.getTime()) ? d : null;
}
