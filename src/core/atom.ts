/** A feed that readers of feeds follow (Atom, RFC 4287). Pure. */
import { sansInterdits } from './mots.ts';

const ENTITES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
export const xml = (t: string): string => sansInterdits(t).replace(/[&<>"']/g, (c) => ENTITES[c] ?? c);
const balise = (nom: string, contenu: string): string => `<${nom}>${xml(contenu)}</${nom}>`;
const lien = (rel: string, href: string, type?: string): string => `<link rel="${rel}" href="${xml(href)}"${type ? ` type="${type}"` : ''}/>`;

export const TYPE_ATOM = 'application/atom+xml; charset=utf-8';
/** Addresses are whole. */
export interface FluxAtom {
  /** Of the page that it follows, which is its identity too. */
  page: string;
  adresse: string;
  titre: string;
  sousTitre: string;
  auteur: string;
  /** When nothing is told yet. */
  debut: Date;
  licence: { nom: string; adresse: string };
  /** The latest first. */
  entrees: readonly { id: string; titre: string; le: Date; auteur?: string; page: string; resume: string }[];
}

export function ecrireAtom(f: FluxAtom): string {
  const entrees = f.entrees.map((e) =>
    [
      '<entry>',
      balise('id', e.id),
      balise('title', e.titre),
      balise('updated', e.le.toISOString()),
      ...(e.auteur ? [`<author>${balise('name', e.auteur)}</author>`] : []),
      lien('alternate', e.page, 'text/html'),
      balise('summary', e.resume),
      '</entry>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
    balise('id', f.page),
    balise('title', f.titre),
    balise('subtitle', f.sousTitre),
    balise('updated', (f.entrees[0]?.le ?? f.debut).toISOString()),
    `<author>${balise('name', f.auteur)}</author>`,
    lien('self', f.adresse, 'application/atom+xml'),
    lien('alternate', f.page, 'text/html'),
    lien('license', f.licence.adresse),
    balise('rights', f.licence.nom),
    ...entrees,
    '</feed>',
    '',
  ].join('\n');
}
