/** A form of a page, read as a browser would send it: what someone who changes one field posts. */
import type { Element } from 'domhandler';
import { findAll, getAttributeValue, getElementById, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';

export type ChampsEnvoyes = Record<string, string[]>;

/** Fields of the form that posts to `action`, in order; throws when the page has none. */
export function lireFormulaire(html: string, action: string): ChampsEnvoyes {
  const document = parseDocument(html);
  // A page may also have a form that asks the same address for something else to show.
  const envoie = (e: Element) => getAttributeValue(e, 'method')?.toLowerCase() === 'post';
  const formulaires = findAll((e) => e.name === 'form' && getAttributeValue(e, 'action') === action && envoie(e), document.children);
  const formulaire = formulaires[0];
  if (!formulaire) throw new Error(`Aucun formulaire n’envoie vers ${action}.`);
  const champs: ChampsEnvoyes = {};
  const id = getAttributeValue(formulaire, 'id');
  const dehors = id && getElementById(id, document) ? findAll((e) => getAttributeValue(e, 'form') === id, document.children) : [];
  for (const e of [...findAll(estChamp, formulaire.children), ...dehors.filter(estChamp)]) {
    const nom = getAttributeValue(e, 'name');
    const valeur = nom ? valeurDe(e) : null;
    if (nom && valeur !== null) champs[nom] = [...(champs[nom] ?? []), valeur];
  }
  return champs;
}

const estChamp = (e: Element): boolean => ['input', 'select', 'textarea'].includes(e.name);

function valeurDe(e: Element): string | null {
  const lire = (x: Element, nom: string) => getAttributeValue(x, nom);
  if (lire(e, 'disabled') !== undefined) return null;
  // The parser of a browser drops the first line end of a text area.
  if (e.name === 'textarea') return textContent(e).replace(/^\n/, '');
  if (e.name === 'select') {
    const options = findAll((o) => o.name === 'option', e.children);
    const choisie = options.find((o) => lire(o, 'selected') !== undefined) ?? options[0];
    return choisie ? (lire(choisie, 'value') ?? textContent(choisie)) : null;
  }
  const type = lire(e, 'type') ?? 'text';
  if (type === 'file' || type === 'submit') return null;
  if ((type === 'checkbox' || type === 'radio') && lire(e, 'checked') === undefined) return null;
  return lire(e, 'value') ?? (type === 'checkbox' || type === 'radio' ? 'on' : '');
}
