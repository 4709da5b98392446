/** One page on a territory, to hand over before a meeting: what changed, a few figures, what is late, what comes. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { accorder, enumerer, heure, jour, pluriel } from '../../../ui/typographie.ts';
import { libelleDuGenre, listEcheancesRapportees, objetDit, plusJours } from '../../echeances/index.ts';
import type { FormulaireDeContrat } from '../../indicateurs/index.ts';
import { type EnteteDInstance, enteteDe, listSeancesRapportees } from '../../instances/index.ts';
import { getBilan } from '../bilan/bilan.contenu.ts';
import type { BilanContenu, DecisionBilan, RepereBilan, TexteBilan } from '../bilan/bilan.modele.ts';
import { typographier } from '../bilan/bilan.rules.ts';

/** What holds on one page. */
const CHIFFRES = 6;
const LIGNES = 4;
/** Days looked back for what changed, and ahead for what is owed. */
const RECUL = 60;
const HORIZON = 45;

export interface EtatTerritoire extends Pick<BilanContenu, 'contrat' | 'territoire' | 'annee' | 'ensemble' | 'demonstration' | 'editeLe' | 'enCours'> {
  /** Of the organisation that hands it over. */
  entete: EnteteDInstance;
  mots: TexteBilan | null;
  changements: string[];
  chiffres: RepereBilan[];
  enRetard: DecisionBilan[];
  autresEnRetard: number;
  seances: string[];
  dus: string[];
  autresDus: number;
}

export async function getEtat(
  db: Db,
  formulaire: FormulaireDeContrat,
  o: { territoireId: string; u: Utilisateur; maintenant: Date; demonstration: boolean },
): Promise<EtatTerritoire> {
  const { catalogue } = formulaire;
  if (!catalogue.territoires.has(o.territoireId)) throw introuvable('Ce territoire');
  const aujourdhui = jourDe(o.maintenant, catalogue.contrat.fuseau);
  const { contratId } = catalogue;
  const annee = Math.min(Number(aujourdhui.slice(0, 4)), Number(catalogue.contrat.fin.slice(0, 4)));
  const territoires = o.territoireId === catalogue.racine.id ? [catalogue.racine.id] : [...catalogue.descendants(o.territoireId)];
  const lecteur = { u: o.u, contratId, catalogue, aujourdhui, maintenant: o.maintenant };
  const [bilan, aVenir, dus, entete] = await lireEnsemble(db, [
    () => getBilan(db, formulaire, { annee, territoireId: o.territoireId, maintenant: o.maintenant, demonstration: o.demonstration, pour: 'partenaires' }),
    () => listSeancesRapportees(db, contratId, { debut: aujourdhui, fin: plusJours(aujourdhui, 120), territoires, pour: 'partenaires', aujourdhui }),
    () => listEcheancesRapportees(db, lecteur, { territoires, au: plusJours(aujourdhui, HORIZON) }),
    () => enteteDe(db, contratId, { porteurId: o.u.organisationId, territoireId: o.territoireId }, catalogue),
  ]);
  const enRetard = bilan.decisions.liste.filter((d) => d.enRetard);
  const autres = dus.filter((e) => e.genre !== 'decision');
  return {
    contrat: bilan.contrat,
    territoire: bilan.territoire,
    annee,
    ensemble: bilan.ensemble,
    demonstration: o.demonstration,
    editeLe: aujourdhui,
    enCours: bilan.enCours,
    entete,
    mots: bilan.essentiel && { ...bilan.essentiel, blocs: bilan.essentiel.blocs.slice(0, 1) },
    changements: direChangements(bilan, plusJours(aujourdhui, -RECUL)),
    chiffres: bilan.reperes.slice(0, CHIFFRES),
    enRetard: enRetard.slice(0, LIGNES),
    autresEnRetard: Math.max(0, enRetard.length - LIGNES),
    seances: aVenir
      .filter((s) => s.etat === 'preparation' || s.etat === 'convoquee')
      .slice(0, 2)
      .map((s) =>
        typographier(
          `${jour(s.jour, { semaine: true })}${s.heure ? ` à ${heure(s.heure)}` : ''} : ${s.instance}${s.etat === 'preparation' ? ' (pas encore convoquée)' : ''}`,
        ),
      ),
    dus: autres
      .slice(0, LIGNES)
      .map((e) =>
        typographier(
          `${libelleDuGenre(e.genre)} : ${objetDit(e)}${e.dueLe ? `, ${e.dueLe < aujourdhui ? 'en retard depuis' : 'pour'} le ${jour(e.dueLe)}` : ''}`,
        ),
      ),
    autresDus: Math.max(0, autres.length - LIGNES),
  };
}

/** Sessions and decisions of the last weeks. */
function direChangements(b: BilanContenu, depuis: string): string[] {
  const seances = b.seances.flatMap((s) => s.jours.filter((j) => j >= depuis).map(() => s.instance));
  const prises = b.decisions.liste.filter((d) => d.jour >= depuis).length;
  const { comptes: d, enRetard: retards } = b.decisions;
  const total = Object.values(d).reduce((x, y) => x + y, 0);
  const deTout = b.ailleurs ? ' des instances de tout le contrat' : '';
  return [
    seances.length === 0
      ? `Aucune séance${deTout} depuis le ${jour(depuis)}.`
      : `${pluriel(seances.length, 'séance tenue', 'séances tenues')}${deTout} depuis le ${jour(depuis)} : ${enumerer([...new Set(seances)].slice(0, 2))}${new Set(seances).size > 2 ? '…' : '.'}`,
    `${pluriel(prises, 'décision prise', 'décisions prises')} depuis cette date ; sur ${pluriel(total, 'décision suivie', 'décisions suivies')}${deTout} en ${b.annee}, ${d.fait} ${accorder(d.fait, 'est faite', 'sont faites')} et ${retards} ${accorder(retards, 'est en retard', 'sont en retard')}.`,
    `${pluriel(b.synthese.comptes.preuves, 'enregistrement')} de l’année ${accorder(b.synthese.comptes.preuves, 'compte', 'comptent')} pour les fiches du contrat.`,
  ].map(typographier);
}
