/** What people did together in the year: sessions held, decisions and what became of them, as far as the readers may know. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import {
  compterDecisionsRapportees,
  type DecisionRapportee,
  direEtat,
  direSuite,
  type EtatDecision,
  estEnRetard,
  listDecisionsRapportees,
  numeroEcrit,
} from '../../decisions/index.ts';
import { listSeancesRapportees, type SeanceDeCalendrier } from '../../instances/index.ts';
import type { BilanContenu, DecisionBilan, DecisionsBilan, Lecteur, SeancesBilan } from './bilan.modele.ts';
import { typographier } from './bilan.rules.ts';

interface Demande {
  annee: number;
  territoire: Territoire;
  aujourdhui: string;
  pour: Lecteur;
}

const TENUES: readonly SeanceDeCalendrier['etat'][] = ['ouverte', 'relecture', 'figee', 'declaree'];
/** What one must answer for comes first; a late one before another of its state. */
const ORDRE: readonly EtatDecision[] = ['bloque', 'en_cours', 'a_faire', 'fait', 'abandonne'];

/** Of the bodies of this territory; for the whole contract, of its own bodies: those of its parts are in their bilans, and are counted here. */
export async function getVieDuBilan(db: Db, catalogue: Catalogue, d: Demande): Promise<Pick<BilanContenu, 'seances' | 'decisions' | 'ailleurs'>> {
  const [ici, ailleurs] = partager(catalogue, d.territoire.id);
  const bornes = { debut: `${d.annee}-01-01`, fin: `${d.annee}-12-31` };
  const seancesDe = async (territoires: readonly string[]) => {
    const lues = await listSeancesRapportees(db, catalogue.contratId, { ...bornes, territoires: [...territoires], pour: d.pour, aujourdhui: d.aujourdhui });
    return lues.filter((s) => TENUES.includes(s.etat) && s.jour <= d.aujourdhui);
  };
  const [seances, decisions, autres, autresDecisions] = await lireEnsemble(db, [
    () => seancesDe(ici),
    () => listDecisionsRapportees(db, catalogue.contratId, { ...bornes, territoires: ici }),
    () => (ailleurs.length > 0 ? seancesDe(ailleurs) : []),
    () => (ailleurs.length > 0 ? compterDecisionsRapportees(db, catalogue.contratId, { ...bornes, territoires: ailleurs }) : 0),
  ]);
  return {
    seances: ecrireSeances(catalogue, seances, d.pour === 'partenaires' ? decisions : null),
    decisions: ecrireDecisions(decisions, catalogue, d),
    ailleurs: ailleurs.length > 0 ? { instances: new Set(autres.map((s) => s.instanceId)).size, seances: autres.length, decisions: autresDecisions } : null,
  };
}

/** Whose bodies are told, and whose are counted. */
function partager(catalogue: Catalogue, territoire: string): [ici: string[], ailleurs: string[]] {
  const tous = [...catalogue.descendants(territoire)];
  const { id } = catalogue.racine;
  return territoire === id ? [[id], tous.filter((t) => t !== id)] : [tous, []];
}

function ecrireSeances(catalogue: Catalogue, seances: readonly SeanceDeCalendrier[], decisions: readonly DecisionRapportee[] | null): SeancesBilan[] {
  const parInstance = new Map<string, SeanceDeCalendrier[]>();
  for (const s of seances) parInstance.set(s.instanceId, [...(parInstance.get(s.instanceId) ?? []), s]);
  return [...parInstance.values()]
    .map((liste) => {
      const ids = new Set(liste.map((s) => s.id));
      return {
        instance: enToutesLettres(liste[0]?.instance ?? '', catalogue),
        jours: [...new Set(liste.map((s) => s.jour))].sort(),
        decisions: decisions === null ? null : decisions.filter((x) => x.seanceId !== null && ids.has(x.seanceId)).length,
      };
    })
    .sort((a, b) => b.jours.length - a.jours.length || a.instance.localeCompare(b.instance, 'fr'));
}

/** « GPO, 18e » in full for who has never heard of it: « Groupe de pilotage opérationnel (GPO), 18e ». */
function enToutesLettres(nom: string, catalogue: Catalogue): string {
  const types = [...catalogue.typesInstance.values()].filter((t) => t.sigle && /^\p{Lu}{2}/u.test(t.sigle));
  const type = types
    .toSorted((x, y) => (y.sigle?.length ?? 0) - (x.sigle?.length ?? 0))
    .find((t) => nom === t.sigle || nom.startsWith(`${t.sigle},`) || nom.startsWith(`${t.sigle} `));
  return typographier(type?.sigle ? nom.replace(type.sigle, `${type.nom} (${type.sigle})`) : nom);
}

function ecrireDecisions(decisions: readonly DecisionRapportee[], catalogue: Catalogue, d: Demande): DecisionsBilan {
  const lues = decisions.map((x) => ({ x, enRetard: estEnRetard(x, d.aujourdhui) }));
  const retards = lues.filter((l) => l.enRetard);
  const nombres = {
    comptes: Object.fromEntries(ORDRE.map((e) => [e, lues.filter(({ x }) => x.etat === e).length])) as DecisionsBilan['comptes'],
    enRetard: retards.length,
    retardsBloques: retards.filter(({ x }) => x.etat === 'bloque').length,
  };
  // The wording was written for partners: it may name people, and is published by redacted minutes only.
  if (d.pour === 'public') return { ...nombres, liste: [] };
  const rang = (l: (typeof lues)[number]) => (l.enRetard ? 0 : ORDRE.length) + ORDRE.indexOf(l.x.etat);
  const liste = lues
    .sort((a, b) => rang(a) - rang(b) || (a.x.echeance ?? '9999').localeCompare(b.x.echeance ?? '9999'))
    .map(
      ({ x, enRetard }): DecisionBilan => ({
        numero: numeroEcrit(x),
        libelle: typographier(x.libelle),
        instance: typographier(x.origine),
        jour: jourDe(x.creeLe, catalogue.contrat.fuseau),
        qui: typographier(catalogue.nomActeurA(x.responsableId, x.territoireId)),
        echeance: x.echeance,
        etat: x.etat,
        enRetard,
        etatDit: direEtat(x, d.aujourdhui),
        suite: typographier(direSuite(x)),
      }),
    );
  return { ...nombres, liste };
}
