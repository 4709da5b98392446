/** Passages that may tell of a person: proposed to whoever redacts minutes, who alone decides. Pure. */
import { NATURES_SUSPECT, type NatureSuspect, trouverSuspects } from '../../documents/index.ts';
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

/** What the public would read and may tell of someone, in reading order, each passage once. */
export function suspects(c: ReleveContenu): Suspect[] {
  const motifs = nomsConnus(c).map((motif) => ({ nature: 'personne' as const, motif }));
  const vus = new Map<string, Suspect>();
  for (const { ou, texte } of textes(expurger(c, [])))
    for (const { passage, nature } of trouverSuspects(texte, motifs)) {
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
