/** Acronyms of a contract: what each says, who it is, where it is first met. Pure. */
import type { ContratLu, FicheFichier, LigneFichier, Terme } from '../contrats.schema.ts';

export interface Sigle {
  sigle: string;
  sens: string;
  note: string | null;
  /** The same letters, with another meaning in these fiches. */
  ailleurs: Terme['ailleurs'];
  /** False: the contract unfolds it nowhere, this meaning is the usual one. */
  developpe: boolean;
  /** It has its entry in the glossary; otherwise it comes from the directory or from the kinds of bodies. */
  auGlossaire: boolean;
  acteur: string | null;
  /** The kind of body that bears it. */
  instance: string | null;
  /** The first fiche whose words hold it. */
  fiche: string | null;
}

/** Letters that may be taken for an acronym in a text: two capitals at least. « Centre 3975 » and « LHSS/LAM » are names, not acronyms. */
const FORME = /^(?=.*\p{Lu}.*\p{Lu})[\p{Lu}\d]+(?:[.&-][\p{Lu}\d]+)*$/u;
/** The same in a text, with what may not stand around it: another word, a code (GOUV-01), an address. */
const DANS_UN_TEXTE = /(?<![\p{L}\d_@#.-])\p{Lu}[\p{Lu}\d]*(?:[.&-]\p{Lu}[\p{Lu}\d]*)*(?![\p{L}\d_@-])/gu;

export function buildSigles(lu: Pick<ContratLu, 'glossaire' | 'acteurs' | 'typesInstance' | 'fiches'>): ReadonlyMap<string, Sigle> {
  const fiches = premieresFiches(lu.fiches);
  const acteurs = new Map(lu.acteurs.flatMap((a) => (a.sigle ? [[a.sigle, a] as const] : [])));
  const instances = new Map(lu.typesInstance.flatMap((t) => (t.sigle ? [[t.sigle, t] as const] : [])));
  const sigles = new Map<string, Sigle>();
  const add = (sigle: string, s: Pick<Sigle, 'sens' | 'auGlossaire'> & Partial<Sigle>) => {
    if (sigles.has(sigle) || !FORME.test(sigle)) return;
    const instance = instances.get(sigle);
    sigles.set(sigle, {
      sigle,
      note: null,
      ailleurs: [],
      developpe: true,
      acteur: acteurs.get(sigle)?.id ?? null,
      instance: instance?.id ?? null,
      fiche: fiches.get(sigle) ?? instance?.fiches[0] ?? null,
      ...s,
    });
  };
  for (const t of lu.glossaire)
    add(t.terme, {
      sens: t.sens,
      note: t.note ?? null,
      ailleurs: t.ailleurs ?? [],
      developpe: t.developpe !== false,
      auGlossaire: true,
      ...(t.acteur ? { acteur: t.acteur } : {}),
    });
  // A name that says its acronym again unfolds nothing.
  for (const [sigle, t] of instances) if (!t.nom.includes(sigle)) add(sigle, { sens: t.nom, auGlossaire: false });
  for (const [sigle, a] of acteurs) if (!a.nom.includes(sigle)) add(sigle, { sens: a.nom, auGlossaire: false });
  return sigles;
}

/** « Caisse d’allocations familiales (fiche 3.13 : Centre d’Accueil des Familles) »: true wherever it is read. */
export const direSens = (s: Pick<Sigle, 'sens' | 'ailleurs'>): string =>
  s.sens + s.ailleurs.map((a) => ` (${a.fiches.length > 1 ? 'fiches' : 'fiche'} ${a.fiches.join(', ')} : ${a.sens})`).join('');

function premieresFiches(fiches: readonly FicheFichier[]): Map<string, string> {
  const premieres = new Map<string, string>();
  const mots = (ls: readonly LigneFichier[]): string[] => ls.flatMap((l) => [l.libelle, ...mots(l.lignes ?? [])]);
  for (const f of fiches) {
    const texte = [
      f.titre,
      f.resume,
      f.public,
      f.note ?? '',
      ...f.objectifs.map((o) => o.libelle),
      ...f.actions.flatMap((a) => [a.libelle, a.volet ?? '', ...mots(a.lignes)]),
      ...f.indicateurs.flatMap((i) => [i.libelle, i.groupe ?? '', ...i.mesures.flatMap((m) => [m.libelle, m.court ?? ''])]),
    ].join('\n');
    for (const [sigle] of texte.matchAll(DANS_UN_TEXTE)) if (!premieres.has(sigle)) premieres.set(sigle, f.numero);
  }
  return premieres;
}

/** What holds no running text, or says the meaning already. */
const TELS_QUELS = /<(abbr|dfn|script|style|svg|textarea|select|datalist|title|code|pre)\b[\s\S]*?<\/\1>/g;

/**
 * Rendered markup, the first time each acronym is met in its text unfolded by `<abbr>` (WCAG 3.1.4): attributes, scripts, lists of
 * choices and what is unfolded already are left as they are. React escapes « < » and « > » everywhere else than around tags.
 */
export function deplier(html: string, sigles: ReadonlyMap<string, Pick<Sigle, 'sens' | 'ailleurs'>>): string {
  if (sigles.size === 0) return html;
  const vus = new Set<string>();
  let sortie = '';
  let depuis = 0;
  // Computed on the first candidate only: most pages of work have none.
  let interdits: readonly (readonly [number, number])[] | null = null;
  let rang = 0;
  for (const m of html.matchAll(DANS_UN_TEXTE)) {
    const [sigle] = m;
    const s = vus.has(sigle) ? undefined : sigles.get(sigle);
    if (!s) continue;
    const ici = m.index;
    if (html.lastIndexOf('<', ici) > html.lastIndexOf('>', ici)) continue;
    interdits ??= [...html.matchAll(TELS_QUELS)].map((x) => [x.index, x.index + x[0].length] as const);
    while (rang < interdits.length && (interdits[rang]?.[1] ?? 0) <= ici) rang++;
    if (ici >= (interdits[rang]?.[0] ?? Number.POSITIVE_INFINITY)) continue;
    vus.add(sigle);
    sortie += `${html.slice(depuis, ici)}<abbr title="${enAttribut(direSens(s))}">${sigle}</abbr>`;
    depuis = ici + sigle.length;
  }
  return sortie + html.slice(depuis);
}

const enAttribut = (t: string): string => t.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
