/** Whether a sentence may name somebody: it is then for partners alone. In doubt, it may. Pure. */
import { type Catalogue, nomsConnus } from '../../contrats/index.ts';
import { trouverPersonnes } from '../../documents/index.ts';

const DISENT_QUI = ['personne', 'courriel', 'telephone', 'plaque', 'adresse'] as const;
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
  const mots = motsConnus(c);
  const inconnu = [...texte.matchAll(MOT)].some((m) => {
    const [mot] = m;
    const debut = /(?:^|[.!?:;«(\n])\s*$/.test(texte.slice(0, m.index));
    const sansElision = mot.replace(/^(?:[dlnsjmtc]|qu)[’']/i, '');
    // A sentence begins with a capital; a word all in capitals never needs to.
    const capitale = /^\p{Lu}/u.test(sansElision) && !(debut && !/^\p{Lu}{2,}$/u.test(mot));
    return capitale && !mots.has(sansElision) && !mots.has(mot);
  });
  return inconnu || trouverPersonnes(texte, DISENT_QUI, { connus: nomsConnus(c) }).length > 0;
}
