/** Passages that may tell of a person: proposed to whoever redacts minutes, who alone decides. Pure. */
import { CIVILITE, mineursPossibles, NATURES_SUSPECT, type NatureSuspect, neNommePas, type Passage, trouverSuspects } from '../../documents/index.ts';
import { expurger } from './expurgation.rules.ts';
import type { DecisionEcrite, ReleveContenu } from './releve.modele.ts';

export { NATURES_SUSPECT };

export interface Suspect {
  /** As it is written. */
  passage: string;
  nature: NatureSuspect;
  /** « Point 3, notes ». */
  ou: string[];
}

/** A first name before a family name alone that is taken out would stay. */
const PRENOM_AVANT = /(?<![\p{L}’'-])(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*|\p{Lu}\.)[ \u00a0]$/u;
const EN_CIVILITE = new RegExp(`^${CIVILITE.source}`, 'u');

/** What one text may tell of somebody, in order, without what stands inside a longer one. */
function lire(texte: string, autres: readonly RegExp[], annee: number, connus: ReadonlySet<string>): Passage<NatureSuspect>[] {
  const tous = [
    ...trouverSuspects(texte, { autres, connus }),
    ...mineursPossibles(texte, annee, connus).map((nom) => ({ passage: nom, nature: 'personne' as const, de: texte.indexOf(nom) })),
  ].map((t): Passage<NatureSuspect> => {
    const prenom =
      t.nature === 'personne' && !/[ \u00a0]/.test(t.passage) && !EN_CIVILITE.test(`${t.passage} `)
        ? (PRENOM_AVANT.exec(texte.slice(Math.max(0, t.de - 40), t.de))?.[0] ?? '')
        : '';
    return prenom === '' || neNommePas(prenom.trim())
      ? { passage: t.passage, nature: t.nature, de: t.de }
      : { ...t, passage: `${prenom}${t.passage}`, de: t.de - prenom.length };
  });
  return tous
    .filter((t) => !tous.some((x) => x.passage.length > t.passage.length && x.de <= t.de && x.de + x.passage.length >= t.de + t.passage.length))
    .sort((a, b) => a.de - b.de);
}

/** What the public would read and may tell of someone, in reading order, each passage once. `connus`: places and organisations, that are nobody. */
export function suspects(c: ReleveContenu, connus: ReadonlySet<string> = new Set()): Suspect[] {
  const participants = nomsConnus(c);
  const annee = Number((c.seance.reel?.jour ?? c.seance.jour).slice(0, 4)) || 9999;
  const personne = new Set([...connus, c.instance.territoire, ...c.participants.map((p) => p.organisation)].filter((n) => /\p{Lu}/u.test(n)));
  const vus = new Map<string, Suspect>();
  for (const { ou, texte } of textes(expurger(c, [])))
    for (const { passage, nature } of lire(texte, participants, annee, personne)) {
      const s = vus.get(passage);
      if (!s) vus.set(passage, { passage, nature, ou: [ou] });
      else if (!s.ou.includes(ou)) s.ou.push(ou);
    }
  return [...vus.values()];
}

/** Names of those who took part: whole, and the last word alone. */
function nomsConnus(c: ReleveContenu): RegExp[] {
  const noms = [...c.participants.flatMap((p) => [p.nom, p.representePar]), ...c.approbations.map((a) => a.par)].map((n) => n.trim());
  const formes = new Set(noms.flatMap((n) => [n, n.split(/\s+/).at(-1) ?? '']).filter((n) => [...n].length >= 3 && /^\p{Lu}/u.test(n)));
  return [...formes].map(
    (n) => new RegExp(`(?<![\\p{L}\\p{N}-])${n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')}(?![\\p{L}\\p{N}-])`, 'giu'),
  );
}

/** Every text that a person wrote, and where it stands. */
function textes(c: ReleveContenu): { ou: string; texte: string }[] {
  const decisions = (d: readonly DecisionEcrite[]) =>
    d.flatMap((x) => [
      { ou: `${x.nature === 'action' ? 'Action' : 'Décision'} ${x.numero}`, texte: x.libelle },
      { ou: `${x.nature === 'action' ? 'Action' : 'Décision'} ${x.numero}, responsable`, texte: x.responsable },
    ]);
  return [
    { ou: 'Titre de la séance', texte: c.seance.titre },
    { ou: 'Lieu', texte: c.seance.lieu },
    { ou: 'Motif du rectificatif', texte: c.motif },
    ...c.participants.map((p) => ({ ou: 'Fonctions des participants', texte: p.fonction })),
    ...c.points.flatMap((p) => [
      { ou: `Point ${p.rang}, titre`, texte: p.titre },
      { ou: `Point ${p.rang}, rapporteur`, texte: p.rapporteur },
      ...[
        ...(p.dossier?.faits ?? []),
        ...(p.dossier?.chiffres ?? []).flatMap((x) => [x.libelle, x.valeur, x.avant]),
        ...(p.dossier?.lieux ?? []).map((x) => x.nom),
        ...(p.dossier?.enregistrements ?? []).map((x) => x.libelle),
        p.dossier?.source?.libelle ?? '',
      ].map((texte) => ({ ou: `Point ${p.rang}, fiche`, texte })),
      { ou: `Point ${p.rang}, notes`, texte: p.notes },
      ...decisions(p.decisions),
      ...p.votes.map((v) => ({ ou: `Point ${p.rang}, vote`, texte: v.objet })),
    ]),
    ...decisions(c.decisions),
  ];
}
