/** Reads the figures of a fiche over the years of the contract, for the whole and for each mairie: cells only, never records. */
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { enumerer } from '../../../ui/typographie.ts';
import type { Fiche, Mesure, Territoire } from '../../contrats/index.ts';
import { type Chiffre, direPortee, direFormule, direObtention, type Figures, type FormulaireDeContrat, getFigures } from '../../indicateurs/index.ts';
import { ecrireChiffre, typographier } from '../bilan/bilan.rules.ts';
import type { DonneesDeFiche, LigneDeDonnees, MesureDecrite } from './donnees.modele.ts';

export interface DemandeDeDonnees {
  fiche: Fiche;
  maintenant: Date;
  /** Public address of the platform. */
  adresse: string;
  demonstration: boolean;
}

/** Years of the contract that have begun. */
function anneesDu(f: FormulaireDeContrat, aujourdhui: string): string[] {
  const { debut, fin } = f.catalogue.contrat;
  const [premiere, derniere] = [Number(debut.slice(0, 4)), Math.min(Number(fin.slice(0, 4)), Number(aujourdhui.slice(0, 4)))];
  return Array.from({ length: Math.max(1, derniere - premiere + 1) }, (_, i) => String(premiere + i));
}

export async function getDonnees(db: Db, contratId: number, f: FormulaireDeContrat, d: DemandeDeDonnees): Promise<DonneesDeFiche> {
  const c = f.catalogue;
  const aujourdhui = jourDe(d.maintenant);
  const annees = anneesDu(f, aujourdhui);
  const territoires = [c.racine, ...c.enfants(c.racine.id).filter((t) => !t.jusqu_a)];
  const lignes: LigneDeDonnees[] = [];
  let ensemble: Figures = new Map();
  for (const t of territoires) {
    const demande = { mesures: d.fiche.mesures.map((m) => m.id), periodes: annees, territoireId: t.id, aire: c.aire(t.id), aujourdhui };
    const figures = await getFigures(db, contratId, f, demande);
    if (t.id === c.racine.id) ensemble = figures;
    for (const m of d.fiche.mesures)
      for (const a of annees) {
        const chiffre = figures.get(a)?.get(m.id);
        // What does not exist at this territory is nobody's: no line.
        if (chiffre && chiffre.etat !== 'non_ventile') lignes.push(ligneDe(m, t, a, chiffre, f, aujourdhui));
      }
  }
  const graphiques = d.fiche.mesures.map((m) => ({
    mesure: m.id,
    serie: {
      titre: typographier(m.court),
      unite: m.unite,
      points: annees.flatMap((a) => {
        const chiffre = ensemble.get(a)?.get(m.id);
        return chiffre ? [{ x: a, chiffre: ecrireChiffre(chiffre, c.nomActeur), enCours: direPortee(chiffre, a, aujourdhui) !== undefined }] : [];
      }),
    },
  }));
  return {
    contrat: typographier(c.contrat.titre),
    numero: d.fiche.numero,
    titre: typographier(d.fiche.titre),
    annees,
    auteurs: enumerer(c.contrat.signataires.map((s) => typographier(c.nomActeur(s.acteur)))),
    editeLe: aujourdhui,
    adresse: `${d.adresse}/fiches/${d.fiche.numero}`,
    licence: c.contrat.licence,
    demonstration: d.demonstration,
    lignes,
    mesures: d.fiche.mesures.map((m) => decrire(m, f)),
    limites: c.anomalies
      .filter((x) => x.objets.some((o) => o === d.fiche.numero || d.fiche.mesures.some((m) => m.id === o)))
      .map((x) => typographier(x.constat)),
    // A figure known once draws nothing.
    graphiques: graphiques.filter((g) => g.serie.points.filter((p) => p.chiffre.valeur !== null).length > 1),
  };
}

function ligneDe(m: Mesure, t: Territoire, annee: string, chiffre: Chiffre, f: FormulaireDeContrat, aujourdhui: string): LigneDeDonnees {
  const ecrit = ecrireChiffre(chiffre, f.catalogue.nomActeur);
  return {
    mesure: m.id,
    indicateur: m.indicateur,
    nom: typographier(m.court),
    territoireId: t.id,
    territoire: t.nom,
    annee,
    etat: ecrit.mot,
    valeur: ecrit.valeur,
    unite: chiffre.unite,
    texte: ecrit.texte,
    sansQuantite: ecrit.incomplet > 0 ? ecrit.incomplet : null,
    validation: ecrit.validation,
    contributions: ecrit.contributions,
    reserve: [ecrit.dette, ecrit.valeur === null ? '' : direPortee(chiffre, annee, aujourdhui), chiffre.part ? `en partie : ${chiffre.part}` : '']
      .filter(Boolean)
      .join(' ; '),
  };
}

function decrire(m: Mesure, f: FormulaireDeContrat): MesureDecrite {
  const formule = f.formules.get(m.id);
  const c = f.catalogue;
  return {
    id: m.id,
    nom: typographier(m.court),
    libelle: typographier(m.libelle),
    indicateur: m.indicateur,
    unite: m.unite,
    obtention: direObtention(m.obtention),
    source: formule
      ? [`${direFormule(formule, f.sources, (id) => f.mesures.get(id)?.court ?? id)}.`, m.precision, ...m.exclus].filter(Boolean).join(' ')
      : `Donné par ${enumerer(m.aupres.map((a) => c.nomActeur(a))) || 'personne de désigné'}.`,
  };
}
