/** Names that are nobody. Pure. */
import type { Catalogue } from './catalogue.ts';

/** Places, organisations, kinds of bodies and acronyms that the contract names: they are nobody. */
export const nomsConnus = (c: Pick<Catalogue, 'acteurs' | 'territoires' | 'sigles' | 'typesInstance'>): Set<string> =>
  new Set(
    [
      ...[...c.acteurs.values()].flatMap((a) => [a.nom, a.sigle ?? '']),
      ...[...c.territoires.values()].flatMap((t) => [t.nom, t.court]),
      ...c.sigles.keys(),
      ...[...c.typesInstance.values()].map((t) => t.nom),
    ].filter((n) => n.length > 1 && /\p{Lu}/u.test(n)),
  );
