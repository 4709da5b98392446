/**
 * What a lot of contributions breaks, given what is known: one function for the form, a campaign's page, a workbook, a mail and an
 * interface. Pure; the order of contributions changes nothing.
 */
import type { Catalogue } from '../../contrats/index.ts';
import { buildMonde } from './monde.rules.ts';
import { constatsDeCellule, constatsDeGroupe, constatsDeZeros } from './nature.constats.ts';
import { type Avertissement, cleDeCellule, type Connues, type Proposee } from './qualite.types.ts';
import { constatsDuContrat } from './relation.constats.ts';
import { type Constat, direCellule } from './constat.ts';

export function verifierLot(catalogue: Catalogue, lot: readonly Proposee[], connues: Connues): Avertissement[] {
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
  const dits = new Map<string, Avertissement>();
  for (const k of constats) {
    const proposees = [cleDeCellule(k.cellule), ...[...k.cite].sort()].filter((c) => monde.estProposee(c));
    const [cellule] = proposees;
    if (cellule === undefined) continue;
    const cle = cleDAvertissement(k);
    dits.set(cle, {
      cle,
      regle: k.regle,
      gravite: k.gravite,
      mesure: k.cellule.mesureId,
      debiteur: k.cellule.debiteur,
      territoire: k.cellule.territoireId,
      periode: k.cellule.periode,
      ventilation: k.cellule.ventilation,
      message: `${direCellule(catalogue, k.cellule)} : ${k.dit}.`,
      raison: k.raison,
      cellule,
      valeur: k.valeur,
      reference: k.reference,
      cite: [...new Set(k.cite)].sort(),
      explication: k.gravite === 'refus' ? null : (reponses.get(cle) ?? null),
      precedente: precedentes.get(`${k.regle}|${cleDeCellule(k.cellule)}`) ?? null,
    });
  }
  return [...dits.values()].sort((a, b) => (a.cle < b.cle ? -1 : 1));
}

const cleDAvertissement = (k: Pick<Constat, 'regle' | 'cellule' | 'valeur' | 'reference'>): string =>
  `${k.regle}|${cleDeCellule(k.cellule)}|${k.valeur}|${k.reference ?? ''}`;
