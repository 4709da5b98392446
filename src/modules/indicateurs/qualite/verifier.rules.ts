/**
 * What a lot of contributions breaks, given what is known: one function for the form, a campaign's page, a workbook, a mail and an
 * interface. Pure; the order of contributions changes nothing.
 */
import type { Catalogue } from '../../contrats/index.ts';
import type { Case } from '../saisie/grain.rules.ts';
import { buildMonde } from './monde.rules.ts';
import { constatsDeCellule, constatsDeGroupe, constatsDeZeros } from './nature.constats.ts';
import { type Avertissement, type CleDeCellule, cleDeCellule, type Connues, lireCellule, type Lit, type Proposee } from './qualite.types.ts';
import { motsDeRegle } from './regles.rules.ts';
import { constatsDuContrat } from './relation.constats.ts';
import { type Constat, direCellule } from './constat.ts';

/** Who has a session at work reads all that is given; a link, a letter and a program are told of what they answer for. */
const PARTENAIRE: Lit = () => true;
/** Reads these places of these debtors, whatever the period. */
export function litSeulement(cases: readonly (Case & Pick<CleDeCellule, 'mesureId'>)[]): Lit {
  const cle = (x: (typeof cases)[number]) => `${x.mesureId}|${x.debiteur}|${x.territoireId}`;
  const siennes = new Set(cases.map(cle));
  return (x) => siennes.has(cle(x));
}

export function verifierLot(catalogue: Catalogue, lot: readonly Proposee[], connues: Connues, lit: Lit = PARTENAIRE): Avertissement[] {
  const monde = buildMonde(catalogue, lot, connues.contributions);
  const zeros = constatsDeZeros(monde);
  const constats = [
    ...monde.proposees.flatMap((x) => constatsDeCellule(monde, x, zeros.tus)),
    ...constatsDeGroupe(monde),
    ...zeros.constats,
    ...constatsDuContrat(monde),
  ];
  const reponses = new Map(connues.reponses.map((r) => [cleDAvertissement({ ...r, cellule: r }), r.explication]));
  // The last answer to the same rule for the same cell.
  const precedentes = new Map(connues.reponses.map((r) => [`${r.regle}|${cleDeCellule(r)}`, r.explication]));
  const publics = new Set(connues.contributions.filter((x) => x.valide).map(cleDeCellule));
  const estLue = (cle: string): boolean => monde.estProposee(cle) || publics.has(cle) || lit(lireCellule(cle));
  const dits = new Map<string, Avertissement>();
  for (const k of constats) {
    const proposees = [cleDeCellule(k.cellule), ...[...k.cite].sort()].filter((c) => monde.estProposee(c));
    const [cellule] = proposees;
    if (cellule === undefined) continue;
    const cle = cleDAvertissement(k);
    const entier = `${direCellule(catalogue, k.cellule)} : ${k.dit}.`;
    const lu = k.cite.every(estLue);
    dits.set(cle, {
      cle,
      regle: k.regle,
      gravite: k.gravite,
      mesure: k.cellule.mesureId,
      debiteur: k.cellule.debiteur,
      territoire: k.cellule.territoireId,
      periode: k.cellule.periode,
      ventilation: k.cellule.ventilation,
      message: lu ? entier : direSansNombre(catalogue, k, lireCellule(cellule)),
      entier,
      raison: k.raison,
      cellule,
      valeur: k.valeur,
      reference: k.reference,
      cite: [...new Set(k.cite)].sort(),
      explication: k.gravite === 'refus' ? null : (reponses.get(cle) ?? null),
      precedente: lu ? (precedentes.get(`${k.regle}|${cleDeCellule(k.cellule)}`) ?? null) : null,
    });
  }
  return [...dits.values()].sort((a, b) => (a.cle < b.cle ? -1 : 1));
}

/** In the words that readers of the figure have, of the reader's own cell. */
const direSansNombre = (c: Catalogue, k: Constat, sienne: CleDeCellule): string =>
  `${direCellule(c, sienne)} : ce chiffre ne s’accorde pas avec un autre, donné ailleurs et pas encore validé. La règle : ${motsDeRegle(c, k.regle)}. ${k.raison}`;

const cleDAvertissement = (k: Pick<Constat, 'regle' | 'cellule' | 'valeur' | 'reference'>): string =>
  `${k.regle}|${cleDeCellule(k.cellule)}|${k.valeur}|${k.reference ?? ''}`;
