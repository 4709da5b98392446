/** The errata as an Atom feed (RFC 4287). Pure. */
import type { Catalogue } from '../../contrats/index.ts';
import type { Rectificatif } from './rectificatifs.queries.ts';
import { cheminDuChiffre, direCote, direMotif, direOu } from './rectificatifs.rules.ts';

const ENTITES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** What people type may hold characters that XML has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
const INTERDITS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const xml = (t: string): string => t.replace(INTERDITS, '').replace(/[&<>"']/g, (c) => ENTITES[c] ?? c);
const balise = (nom: string, contenu: string): string => `<${nom}>${xml(contenu)}</${nom}>`;
const lien = (rel: string, href: string, type?: string): string => `<link rel="${rel}" href="${xml(href)}"${type ? ` type="${type}"` : ''}/>`;

export function fluxAtom(c: Catalogue, rectificatifs: readonly Rectificatif[], adresse: string): string {
  const page = `${adresse}/rectificatifs`;
  const { contrat } = c;
  const entrees = rectificatifs.map((r) =>
    [
      '<entry>',
      balise('id', `${page}#${r.id}`),
      balise('title', `${r.mesure.court} : ${direCote(r, r.avant, c, 'avant')} → ${direCote(r, r.apres, c, 'apres')}`),
      balise('updated', r.le.toISOString()),
      `<author>${balise('name', c.nomActeur(r.par))}</author>`,
      lien('alternate', adresse + cheminDuChiffre(r), 'text/html'),
      balise('summary', `${direOu(r, c)}. ${direMotif(r)}`),
      '</entry>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
    balise('id', page),
    balise('title', `Rectificatifs, ${contrat.titre}`),
    balise('subtitle', 'Chiffres corrigés après avoir été publiés : l’ancienne valeur, la nouvelle, et pourquoi.'),
    balise('updated', (rectificatifs[0]?.le ?? new Date(`${contrat.debut}T00:00:00Z`)).toISOString()),
    `<author>${balise('name', contrat.titre)}</author>`,
    lien('self', `${page}.xml`, 'application/atom+xml'),
    lien('alternate', page, 'text/html'),
    lien('license', contrat.licence.adresse),
    balise('rights', contrat.licence.nom),
    ...entrees,
    '</feed>',
    '',
  ].join('\n');
}
