/** A CAP 1.2 message, written. Pure. */
import { DateTime } from 'luxon';
import { xml } from '../../../core/atom.ts';
import { type Cap, ESPACE, type Info, type Reference, type Zone } from './cap.types.ts';

export const TYPE_CAP = 'application/cap+xml; charset=utf-8';

/** Hours from UTC, without fraction; UTC itself is « -00:00 », never « Z » (specification, 3.3.2). */
export function momentCap(d: Date, fuseau: string): string {
  const t = DateTime.fromJSDate(d, { zone: fuseau });
  return t.toFormat("yyyy-MM-dd'T'HH:mm:ss") + (t.offset === 0 ? '-00:00' : t.toFormat('ZZ'));
}
/** Identifiers and senders hold neither blank, comma, « < » nor « & ». */
const sansBlanc = (t: string): string => t.replace(/[\s,<&]+/g, '-');

const un = (nom: string, v: string | undefined | null): string[] => (v ? [`<${nom}>${xml(v)}</${nom}>`] : []);
/** A list in one element: what holds a blank stands between quotes. */
const enListe = (mots: readonly string[] | undefined): string => (mots ?? []).map((m) => (/\s/.test(m) ? `"${m.replaceAll('"', '')}"` : m)).join(' ');
const direReference = (r: Reference, fuseau: string): string => `${sansBlanc(r.emetteur)},${sansBlanc(r.identifiant)},${momentCap(r.envoyeLe, fuseau)}`;

function zone(z: Zone): string[] {
  return [
    '<area>',
    ...un('areaDesc', z.nom),
    ...(z.polygones ?? []).flatMap((p) => un('polygon', p)),
    ...(z.codes ?? []).flatMap((c) => ['<geocode>', ...un('valueName', c.nom), ...un('value', c.valeur), '</geocode>']),
    '</area>',
  ];
}
function info(i: Info, moment: (d: Date | null | undefined) => string): string[] {
  return [
    '<info>',
    ...un('language', i.langue),
    ...i.categories.flatMap((c) => un('category', c)),
    ...un('event', i.evenement),
    ...(i.reponses ?? []).flatMap((r) => un('responseType', r)),
    ...un('urgency', i.urgence),
    ...un('severity', i.gravite),
    ...un('certainty', i.certitude),
    ...un('effective', moment(i.effectifLe)),
    ...un('onset', moment(i.debutLe)),
    ...un('expires', moment(i.expireLe)),
    ...un('senderName', i.auNomDe),
    ...un('headline', i.titre),
    ...un('description', i.description),
    ...un('instruction', i.consigne),
    ...un('web', i.web),
    ...i.zones.flatMap(zone),
    '</info>',
  ];
}

/** `fuseau`: the contract's, whose hours people read. Throws what would break the rules of scopes: nothing leaves wider than it may. */
export function ecrireCap(c: Cap, fuseau: string): string {
  if (c.portee === 'Restricted' && !c.restriction) throw new Error('Un message restreint dit à qui.');
  if (c.portee === 'Private' && !c.adresses?.length) throw new Error('Un message privé dit à qui il est adressé.');
  if (c.portee === 'Public' && !c.references?.length) throw new Error('Un message public est un relais : il dit de quel message.');
  if ((c.genre === 'Update' || c.genre === 'Cancel') && !c.references?.length) throw new Error('Une mise à jour dit de quel message.');
  const moment = (d: Date | null | undefined): string => (d ? momentCap(d, fuseau) : '');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<alert xmlns="${ESPACE}">`,
    ...un('identifier', sansBlanc(c.identifiant)),
    ...un('sender', sansBlanc(c.emetteur)),
    ...un('sent', moment(c.envoyeLe)),
    ...un('status', c.statut),
    ...un('msgType', c.genre),
    ...un('source', c.source),
    ...un('scope', c.portee),
    ...un('restriction', c.restriction),
    ...un('addresses', enListe(c.adresses)),
    ...un('note', c.note),
    ...un('references', (c.references ?? []).map((r) => direReference(r, fuseau)).join(' ')),
    ...un('incidents', enListe(c.incidents)),
    ...c.infos.flatMap((i) => info(i, moment)),
    '</alert>',
    '',
  ].join('\n');
}
