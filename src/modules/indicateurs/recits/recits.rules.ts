/** A « bilan qualitatif » by parts: what each should hold, how long, and the one text that they make. Pure. */
export const PARTIES = [
  { code: 'faits', titre: 'Faits', aide: 'Ce qui s’est passé sur la période : actions, dates, nombres.', mots: [150, 300], max: 8000 },
  { code: 'difficultes', titre: 'Difficultés', aide: 'Ce qui a manqué, ce qui n’a pas marché, et pourquoi.', mots: [50, 150], max: 5000 },
  { code: 'perspectives', titre: 'Perspectives', aide: 'Ce qui est prévu ensuite, par qui et quand.', mots: [50, 150], max: 5000 },
] as const;
/** Of one written whole. */
export const MOTS_EN_TOUT = [250, 600] as const;
type Partie = (typeof PARTIES)[number]['code'];
const APPUIS = 'À l’appui';
/** The last line: who wrote it; of older ones, who was said to sign it. */
const FINS = ['Rédigé par : ', 'Signé : '] as const;

export type Recit = Record<Partie | 'appuis' | 'redacteur' | 'institution', string>;

/** « 150 à 300 mots conseillés. » */
export const direLongueur = (mots: readonly [number, number]): string => `${mots[0]} à ${mots[1]} mots conseillés.`;

/** The text that every page, file and report shows: titles on lines of their own, who wrote it last. */
export function composer(r: Recit): string {
  const parties = [...PARTIES.map((p) => [p.titre, r[p.code]]), [APPUIS, r.appuis]];
  const dites = parties.flatMap(([titre, t]) => (t ? [`${titre}\n${t}`] : []));
  return [...dites, `${FINS[0]}${r.redacteur}, ${r.institution}.`].join('\n\n');
}

export interface Morceau {
  titre: string | null;
  paragraphes: string[];
}
const TITRES: readonly string[] = [...PARTIES.map((p) => p.titre), APPUIS];
/** The same text taken apart again; one written before there were parts has no title. */
export function decouper(texte: string): Morceau[] {
  const morceaux: Morceau[] = [];
  for (const bloc of texte.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const [premiere = '', ...suite] = bloc.split('\n');
    if (TITRES.includes(premiere) && suite.length > 0) morceaux.push({ titre: premiere, paragraphes: [suite.join('\n')] });
    else if (morceaux.length === 0 || FINS.some((f) => bloc.startsWith(f))) morceaux.push({ titre: null, paragraphes: [bloc] });
    else morceaux.at(-1)?.paragraphes.push(bloc);
  }
  return morceaux;
}
