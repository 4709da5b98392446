/** Whether a sentence may name somebody: it is then for partners alone. In doubt, it may. Pure. */
import type { Catalogue } from '../../contrats/index.ts';

const ADRESSE = /\S@\S/;
const TELEPHONE = /(?:\d[ .\-\u202f\u00a0]?){9,}/;
const CIVILITE = /(?:^|[\s(«])(?:M\.|MM\.|M |Mme|Mmes|Mlle|Monsieur|Madame|Dr|Docteur|Docteure|Me|Maître)(?=[\s.])/;
/** « Lucas, 14 ans »: the capital of a sentence's first word says nothing, the age beside it does. */
const AGE =
  /(?<![\p{L}’'-])(?!(?:Depuis|Pendant|Durant|Sur|En|Dans|Pour|Après|Avant|Dès|De|À|Les|Des|Ces|Tous|Environ)\s)\p{Lu}[\p{L}-]+[\s,(]+(?:(?:qui\s)?a\s|âgée?\sde\s)?\d{1,2}\s?ans(?!\p{L})/u;
const MOT = /\p{L}[\p{L}’'-]*/gu;

const connus = new WeakMap<Catalogue, ReadonlySet<string>>();
/** Words that the contract writes with a capital: institutions, places, acronyms. */
function motsConnus(c: Catalogue): ReadonlySet<string> {
  const garde = connus.get(c);
  if (garde) return garde;
  const textes = [
    ...[...c.acteurs.values()].flatMap((a) => [a.nom, a.id, a.sigle ?? '']),
    ...[...c.territoires.values()].flatMap((t) => [t.nom, t.court]),
    ...c.glossaire.map((t) => t.terme),
    ...[...c.mesures.values()].flatMap((m) => [m.libelle, m.court]),
    c.contrat.titre,
  ];
  const mots = new Set(textes.flatMap((t) => t.match(MOT) ?? []));
  connus.set(c, mots);
  return mots;
}

export function nommePeutEtreQuelquun(texte: string, c: Catalogue): boolean {
  if (ADRESSE.test(texte) || TELEPHONE.test(texte) || CIVILITE.test(texte) || AGE.test(texte)) return true;
  const mots = motsConnus(c);
  return [...texte.matchAll(MOT)].some((m) => {
    const [mot] = m;
    const debut = /(?:^|[.!?:;«(\n])\s*$/.test(texte.slice(0, m.index));
    const sansElision = mot.replace(/^(?:[dlnsjmtc]|qu)[’']/i, '');
    // A sentence begins with a capital; a word all in capitals never needs to.
    const capitale = /^\p{Lu}/u.test(sansElision) && !(debut && !/^\p{Lu}{2,}$/u.test(mot));
    return capitale && !mots.has(sansElision) && !mots.has(mot);
  });
}
