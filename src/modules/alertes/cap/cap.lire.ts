/**
 * A CAP 1.2 message, read. No document type, so no entity, no file nor address of elsewhere is ever opened; size, depth and number of elements are
 * bounded. What the schema asks is asked; what it knows and Concorde does not use is left. Pure.
 */
import { SaxesParser } from 'saxes';
import {
  type Cap,
  CATEGORIES,
  CERTITUDES,
  ESPACE,
  GENRES,
  GRAVITES,
  type Info,
  PORTEES,
  type Reference,
  REPONSES,
  STATUTS,
  URGENCES,
  type Zone,
} from './cap.types.ts';
import { abreger } from '../../../core/couper.ts';

export const OCTETS_MAX = 262_144;
const ELEMENTS_MAX = 5_000;
const PROFONDEUR_MAX = 12;

interface Element {
  nom: string;
  texte: string;
  enfants: Element[];
}
type LectureCap = { ok: true; cap: Cap; signe: boolean } | { ok: false; message: string };
class Refus extends Error {}
const refuser = (message: string): never => {
  throw new Refus(message);
};

/** The tree of what is CAP; what is of another namespace (a signature) is only told. */
function arbre(texte: string): { racine: Element; signe: boolean } {
  const parser = new SaxesParser({ xmlns: true });
  const pile: Element[] = [];
  let racine: Element | null = null;
  let signe = false;
  let n = 0;
  /** Depth inside what is not CAP. */
  let ailleurs = 0;
  parser.on('doctype', () => refuser('Ce fichier déclare un type de document (DOCTYPE) : un message d’alerte n’en a pas. Rien n’a été lu.'));
  parser.on('error', (e) => refuser(`Ce fichier n’est pas du XML bien formé (${e.message}). Demandez-le de nouveau à son émetteur.`));
  parser.on('opentag', (t) => {
    if (++n > ELEMENTS_MAX || pile.length + ailleurs > PROFONDEUR_MAX) refuser('Ce fichier a trop d’éléments pour un message d’alerte. Rien n’a été lu.');
    if (ailleurs > 0 || (racine && t.uri !== ESPACE)) {
      if (t.uri === 'http://www.w3.org/2000/09/xmldsig#' && t.local === 'Signature') signe = true;
      ailleurs += 1;
      return;
    }
    if (!racine && (t.uri !== ESPACE || t.local !== 'alert'))
      refuser('Ce fichier n’est pas un message CAP 1.2 : sa racine est attendue « alert », dans l’espace de noms de CAP 1.2.');
    const e: Element = { nom: t.local, texte: '', enfants: [] };
    pile.at(-1)?.enfants.push(e);
    racine ??= e;
    pile.push(e);
  });
  const ajouter = (t: string) => {
    const e = pile.at(-1);
    if (e && ailleurs === 0) e.texte += t;
  };
  parser.on('text', ajouter);
  parser.on('cdata', ajouter);
  parser.on('closetag', () => {
    if (ailleurs > 0) ailleurs -= 1;
    else pile.pop();
  });
  parser.write(texte).close();
  return { racine: racine ?? refuser('Ce fichier est vide.'), signe };
}

const tous = (e: Element, nom: string): Element[] => e.enfants.filter((x) => x.nom === nom);
const dit = (e: Element, nom: string): string => tous(e, nom)[0]?.texte.trim() ?? '';
/** Words as they came, margins too: they are passed on unchanged. */
const motsDe = (e: Element, nom: string): string => {
  const t = tous(e, nom)[0]?.texte ?? '';
  return t.trim() === '' ? '' : t;
};
const du = (e: Element, nom: string): string => dit(e, nom) || refuser(`Il manque « ${nom} » dans « ${e.nom} » : demandez le message entier à son émetteur.`);
function parmi<const L extends readonly string[]>(e: Element, nom: string, liste: L): L[number] {
  const v = du(e, nom);
  return liste.find((x) => x === v) ?? refuser(`« ${nom} » vaut « ${abreger(v, 60)} » : la norme admet ${liste.join(', ')}.`);
}
const SANS_BLANC = /^[^\s,<&]{1,300}$/;
const nomDe = (e: Element, nom: string): string => {
  const v = du(e, nom);
  return SANS_BLANC.test(v) ? v : refuser(`« ${nom} » ne doit contenir ni espace, ni virgule, ni « < », ni « & ».`);
};
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
function instant(v: string, nom: string): Date {
  const d = MOMENT.test(v) ? new Date(v) : null;
  return d && !Number.isNaN(d.getTime())
    ? d
    : refuser(`« ${nom} » vaut « ${abreger(v, 40)} » : une date de CAP s’écrit 2026-03-14T18:30:00+01:00, sans « Z ».`);
}
const instantOuRien = (e: Element, nom: string): Date | null => (dit(e, nom) ? instant(dit(e, nom), nom) : null);

function references(v: string): Reference[] {
  return v
    .split(/\s+/)
    .filter(Boolean)
    .map((r) => {
      const [emetteur = '', identifiant = '', quand = '', ...reste] = r.split(',');
      if (!SANS_BLANC.test(emetteur) || !SANS_BLANC.test(identifiant) || reste.length > 0)
        refuser('« references » nomme chaque message par « émetteur,identifiant,date ».');
      return { emetteur, identifiant, envoyeLe: instant(quand, 'references') };
    });
}
const POLYGONE = /^-?\d+(\.\d+)?,-?\d+(\.\d+)?(\s-?\d+(\.\d+)?,-?\d+(\.\d+)?){3,}$/;
function zone(e: Element): Zone {
  const polygones = tous(e, 'polygon').map((p) => {
    const v = p.texte.trim().replace(/\s+/g, ' ');
    const points = v.split(' ');
    return POLYGONE.test(v) && points[0] === points.at(-1) ? v : refuser('« polygon » est un tour fermé de quatre points au moins, « lat,lon lat,lon … ».');
  });
  return { nom: du(e, 'areaDesc'), polygones, codes: tous(e, 'geocode').map((g) => ({ nom: du(g, 'valueName'), valeur: dit(g, 'value') })) };
}
function info(e: Element): Info {
  const dans = <const L extends readonly string[]>(nom: string, liste: L): L[number][] =>
    tous(e, nom).map(
      (x) => liste.find((v) => v === x.texte.trim()) ?? refuser(`« ${nom} » vaut « ${abreger(x.texte.trim(), 60)} » : la norme ne le connaît pas.`),
    );
  const categories = dans('category', CATEGORIES);
  if (categories.length === 0) refuser('Il manque « category » dans « info ».');
  return {
    langue: dit(e, 'language') || 'en-US',
    categories,
    evenement: du(e, 'event'),
    reponses: dans('responseType', REPONSES),
    urgence: parmi(e, 'urgency', URGENCES),
    gravite: parmi(e, 'severity', GRAVITES),
    certitude: parmi(e, 'certainty', CERTITUDES),
    effectifLe: instantOuRien(e, 'effective'),
    debutLe: instantOuRien(e, 'onset'),
    expireLe: instantOuRien(e, 'expires'),
    auNomDe: dit(e, 'senderName'),
    titre: dit(e, 'headline'),
    description: motsDe(e, 'description'),
    consigne: motsDe(e, 'instruction'),
    web: dit(e, 'web'),
    zones: tous(e, 'area').map(zone),
  };
}

/** `octets`: as they came. A refusal says what is wrong and what to do; nothing is guessed. */
export function lireCap(octets: Buffer): LectureCap {
  if (octets.length > OCTETS_MAX)
    return { ok: false, message: `Ce fichier dépasse ${OCTETS_MAX / 1024} Ko : un message d’alerte est plus court. Rien n’a été lu.` };
  try {
    const texte = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    const { racine, signe } = arbre(texte);
    const portee = parmi(racine, 'scope', PORTEES);
    const cap: Cap = {
      identifiant: nomDe(racine, 'identifier'),
      emetteur: nomDe(racine, 'sender'),
      envoyeLe: instant(du(racine, 'sent'), 'sent'),
      statut: parmi(racine, 'status', STATUTS),
      genre: parmi(racine, 'msgType', GENRES),
      source: dit(racine, 'source'),
      portee,
      restriction: portee === 'Restricted' ? du(racine, 'restriction') : '',
      adresses: portee === 'Private' ? (du(racine, 'addresses').match(/"[^"]*"|\S+/g) ?? []).map((a) => a.replaceAll('"', '')) : [],
      note: dit(racine, 'note'),
      references: references(dit(racine, 'references')),
      incidents: (dit(racine, 'incidents').match(/"[^"]*"|\S+/g) ?? []).map((a) => a.replaceAll('"', '')),
      infos: tous(racine, 'info').map(info),
    };
    if ((cap.genre === 'Update' || cap.genre === 'Cancel') && cap.references?.length === 0)
      return { ok: false, message: `Ce message est de genre « ${cap.genre} » sans dire de quel message : « references » manque.` };
    return { ok: true, cap, signe };
  } catch (e) {
    if (e instanceof Refus) return { ok: false, message: e.message };
    if (e instanceof TypeError) return { ok: false, message: 'Ce fichier n’est pas écrit en UTF-8. Demandez-le de nouveau à son émetteur.' };
    throw e;
  }
}
