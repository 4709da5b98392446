/** The contributions behind a collected figure, as its page and its file tell them to partners and to everyone. */
import { fichierCsv } from '../../../core/csv.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { sql } from 'kysely';
import { isoDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { listVersionsEtSecrets } from '../chiffres.queries.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { lirePeriode, periode } from '../periode.rules.ts';
import { type Case, cleDe, estDonnee, genreDe, libelleDeCle } from './grain.rules.ts';
import { type ControleLu, listControlesDe } from '../qualite/controles.queries.ts';
import { listMethodes } from '../methodes/methodes.queries.ts';
import { lireMethode, type MethodeLue } from '../methodes/methodes.ts';
import { methodeDe } from '../methodes/methodes.rules.ts';
import { listPieces, type Piece } from '../recits/pieces.queries.ts';
import { listSignatures, type Signature } from '../recits/signatures.queries.ts';
import { direAuteur, direEtatDeParole } from './parole.rules.ts';
import { garderSecrets } from './secrets.rules.ts';
import { silencieux } from './silence.queries.ts';
import type { EcartDeTotal, Total } from './totaux.rules.ts';

type Repartition = Pick<Total, 'ventilation' | 'etat' | 'valeur' | 'recues' | 'attendues' | 'partiel'>;
type TotalLu = Pick<Total, 'etat' | 'valeur' | 'recues' | 'attendues' | 'partiel' | 'provisoire' | 'attend' | 'details'> & {
  /** Who has given nothing, validated or not. */
  manquent: readonly Case[];
};
export interface Contributions {
  /** In force for partners, last validated for everyone; what is secret is emptied. */
  lignes: ValeurCollectee[];
  /** Every version that this reader may read, the newest first. */
  versions: ValeurCollectee[];
  total: TotalLu | null;
  /** What was explained of each of them, by version. */
  controles: ReadonlyMap<string, readonly ControleLu[]>;
  /** How each of them is counted, as this reader may read it, by version. */
  methodes: ReadonlyMap<string, MethodeLue>;
  /** Who signed it, and what comes with it, by version: of narratives. */
  signatures: ReadonlyMap<string, Signature>;
  pieces: ReadonlyMap<string, readonly Piece[]>;
  /** What the parts of each breakdown come to. */
  repartition: Repartition[];
}

interface Demande {
  periode: string;
  territoireId: string;
  partenaire?: boolean;
}
const placeDe = (v: ValeurCollectee) => ({ ...v, ventilation: cleDe(v.ventilation) });
const tue = (v: ValeurCollectee): ValeurCollectee => ({
  ...v,
  etat: 'secret',
  valeur: null,
  texte: null,
  commentaire: '',
  contestations: v.contestations.map((k) => ({ ...k, motif: '' })),
  lien: null,
  fichierId: null,
  fichierNom: null,
  documentLe: null,
  documentAuteur: null,
});

/**
 * What became secret was first entered as a value: every version up to the last secret one tells no more than it. Nor does a total that
 * holds a secret part, nor the parts of a secret total.
 */
export function taireLesSecrets(m: Mesure, c: Catalogue, versions: readonly ValeurCollectee[]): ValeurCollectee[] {
  const place = (v: ValeurCollectee) => JSON.stringify([v.periode, v.territoireId, v.debiteur, cleDe(v.ventilation)]);
  const derniers = new Map<string, number>();
  for (const v of versions) if (v.etat === 'secret') derniers.set(place(v), Math.max(v.version, derniers.get(place(v)) ?? 0));
  const g = garderSecrets(m, c, versions.filter((v) => v.courante && v.etat === 'secret').map(placeDe));
  return versions.map((v) => (v.version <= (derniers.get(place(v)) ?? 0) || g.contientUnSecret(placeDe(v)) || g.estDansUnSecret(placeDe(v)) ? tue(v) : v));
}

async function listTotauxIci(db: Db, contratId: number, m: Mesure, d: Demande): Promise<(Total & TotalLu)[]> {
  const { rows } = await sql<Total & TotalLu>`
    select ensemble, ventilation, etat, valeur::float8 as valeur, texte, recues, attendues, partiel, provisoire, attend, details, periode,
      territoire_id as "territoireId", coalesce(${silencieux} -> 'manquent', '[]') as manquent
    from valeur_totaux t
    where contrat_id = ${contratId} and ensemble = ${d.partenaire ? 'recent' : 'valide'} and territoire_id = ${d.territoireId} and mesure_id = ${m.id}
      and periode = ${d.periode}
    order by ventilation`.execute(db);
  return rows;
}

/** Null for a measure that is computed. */
export async function getContributions(db: Db, c: Catalogue, m: Mesure, d: Demande): Promise<Contributions | null> {
  if (m.obtention === 'calcul') return null;
  const [toutes, totaux, expliques, methodes] = await lireEnsemble(db, [
    // What is secret elsewhere closes what is here.
    () => listVersionsEtSecrets(db, c.contratId, { mesureId: m.id, periode: d.periode, territoires: c.aire(d.territoireId) }),
    () => listTotauxIci(db, c.contratId, m, d),
    () => listControlesDe(db, c, { mesureId: m.id, annee: d.periode.slice(0, 4), partenaire: d.partenaire === true }),
    () => listMethodes(db, c.contratId, [m.id]),
  ]);
  const { debut, fin } = periode(d.periode);
  const dedans = (v: ValeurCollectee) => {
    const p = lirePeriode(v.periode);
    return p !== null && c.contient(d.territoireId, v.territoireId) && p.debut >= debut && p.fin <= fin;
  };
  const lisibles = taireLesSecrets(m, c, toutes).filter(dedans);
  // Secret at once, whether validated or not: the public learns that it is, never what it was.
  const secretes = new Set(lisibles.filter((v) => v.courante && v.etat === 'secret').map((v) => v.id));
  const publiques = lisibles.filter((v) => v.validee || v.valideLe !== null || secretes.has(v.id));
  const donnees = (d.partenaire ? lisibles : publiques).filter((v) => estDonnee(m, v));
  const lignes = d.partenaire
    ? donnees.filter((v) => v.courante)
    : donnees.filter((v) => secretes.has(v.id) || (v.validee && !lisibles.some((x) => secretes.has(x.id) && memePlace(x, v))));
  // Only beside a number that is told.
  const chiffrees = new Set(lignes.flatMap((v) => (v.etat === 'valeur' ? [v.id] : [])));
  const dites = lignes.filter((v) => v.etat !== 'secret');
  const recits = genreDe(m) === 'texte' ? dites.map((v) => v.id) : [];
  const [signatures, pieces] = await lireEnsemble(db, [() => listSignatures(db, c.contratId, recits), () => listPieces(db, c.contratId, recits)]);
  return {
    lignes,
    methodes: new Map(
      dites.flatMap((v) => {
        const lue = lireMethode(c, methodeDe(c, methodes, { ...v, mesureId: m.id }), d.partenaire === true);
        return lue ? [[v.id, lue] as const] : [];
      }),
    ),
    signatures: new Map(signatures.map((s) => [s.valeurId, s])),
    pieces: new Map(dites.map((v) => [v.id, pieces.filter((p) => p.valeurId === v.id)] as const).filter(([, siennes]) => siennes.length > 0)),
    controles: new Map([...chiffrees].map((id) => [id, expliques.filter((k) => k.valeurId === id)] as const).filter(([, siens]) => siens.length > 0)),
    versions: d.partenaire ? lisibles : publiques,
    total: totaux.find((t) => t.ventilation === '') ?? null,
    repartition: totaux.filter((t) => t.ventilation !== ''),
  };
}
const memePlace = (a: ValeurCollectee, b: ValeurCollectee): boolean =>
  a.periode === b.periode && a.territoireId === b.territoireId && a.debiteur === b.debiteur && cleDe(a.ventilation) === cleDe(b.ventilation);

const etatDit = (v: Pick<ValeurCollectee, 'etat' | 'valeur'>): string =>
  v.etat === 'secret' ? 'secret' : v.etat === 'sans_objet' ? 'sans objet' : v.valeur === 0 ? 'zéro' : 'valeur';

/** `donneurs`: the contributions told, by whom each was given. */
export const direEcart = (e: EcartDeTotal, c: Catalogue, unite: string, nombre: (n: number) => string, donneurs: readonly ValeurCollectee[]): string => {
  const [donne, calcul] = e.valeurs;
  const lieu = c.territoires.get(e.territoireId)?.nom ?? e.territoireId;
  const qui = (debiteur: string): string => {
    const siennes = donneurs.filter(
      (x) => x.debiteur === debiteur && x.periode.startsWith(e.periode.slice(0, 4)) && c.contient(e.territoireId, x.territoireId),
    );
    const auteurs = [...new Set(siennes.map((x) => direAuteur(x, c)).filter(Boolean))];
    return [c.nomActeurA(debiteur, e.territoireId), ...auteurs].join(', ');
  };
  if (e.genre === 'desaccord')
    return `Écart à trancher, ${lieu} : ${e.valeurs.map((v) => `${qui(v.debiteur ?? '')} : ${nombre(v.valeur)}`).join(' ; ')} ${unite}.`;
  const [a, b] = [donne?.valeur ?? 0, calcul?.valeur ?? 0];
  return a > b
    ? `Le total donné, ${nombre(a)}, dépasse de ${nombre(a - b)} la somme des parts (${lieu}) : la somme compte.`
    : `Le total donné, ${nombre(a)}, est inférieur de ${nombre(b - a)} à la somme des parts (${lieu}) : la somme compte.`;
};

export const csvDesContributions = (m: Mesure, x: Contributions, c: Catalogue): string =>
  fichierCsv(
    [
      'mesure',
      'libelle',
      'unite',
      'periode',
      'territoire',
      'donne_par',
      'saisi_par',
      'ventilation',
      'etat',
      'valeur',
      'texte',
      'validation',
      'version',
      'donne_le',
      'source',
      'methode',
      'limites',
      'signe_le',
      'signe_par',
    ],
    x.lignes.map((v) => [
      m.id,
      m.libelle,
      m.unite,
      v.periode,
      c.territoires.get(v.territoireId)?.nom ?? v.territoireId,
      c.nomActeurA(v.debiteur, v.territoireId),
      direAuteur(v, c),
      libelleDeCle(m, cleDe(v.ventilation)),
      etatDit(v),
      v.valeur,
      v.texte ?? '',
      direEtatDeParole(v, c),
      v.version,
      isoDuMoment(v.saisiLe),
      v.source,
      x.methodes.get(v.id)?.methode ?? '',
      x.methodes.get(v.id)?.limites ?? '',
      ...direSignatureEnCsv(x.signatures.get(v.id), c),
    ]),
  );
/** The day, then the function and the institution: never the name. */
const direSignatureEnCsv = (s: Signature | undefined, c: Catalogue): [string, string] =>
  s ? [isoDuMoment(s.le), `${s.fonction}, ${c.nomActeur(s.organisationId)}`] : ['', ''];
