/** Contributions sent by a program: all of them or none, each refusal named by its rank. */
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { abreger } from '../../../core/couper.ts';
import { nombreSaisi } from '../../../core/nombres.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import {
  casesPermises,
  cleDe,
  cleDeCellule,
  cleDeContribution,
  contribuer,
  genreDe,
  garderMethodes,
  garderReponses,
  lireConnues,
  lireValeur,
  litSeulement,
  listMethodes,
  listVersionsCourantes,
  methodeDe,
  type NouvelleVersion,
  refusDuGrain,
  resteADire,
  tenirLesAns,
  verifierLot,
  type VersionCourante,
} from '../../indicateurs/index.ts';
import type { Envoyee } from './contributions.schema.ts';

interface Recue {
  mesure: string;
  periode: string;
  debiteur: string;
  territoire: string;
  ventilation: Record<string, string>;
  version: number;
  etat: 'enregistree' | 'inchangee';
}
type Lues = { ok: true; recues: Recue[] } | { ok: false; erreurs: ErreurDeChamp[] };
type Faute = { champ: string; message: string };

interface Situee {
  mesure: Mesure;
  debiteur: string;
  territoireId: string;
}
const HORS_DU_MANDAT = 'ce chiffre est attendu d’un autre organisme que le vôtre, ou pour un territoire ou une fiche hors de votre mandat';

/** Of whom and where; what was left out is the only one that the holder may give. */
function situer(cat: Catalogue, u: Utilisateur, e: Envoyee, aujourdhui: string): Situee | Faute {
  const mesure = cat.mesures.get(e.mesure);
  if (!mesure) return { champ: 'mesure', message: `le contrat n’a pas de mesure « ${abreger(e.mesure, 60)} »` };
  if (mesure.obtention === 'calcul')
    return { champ: 'mesure', message: 'ce chiffre est calculé à partir des registres : corrigez les enregistrements, il suivra' };
  const permises = casesPermises(u, cat, mesure).filter(
    (x) => (e.debiteur === undefined || x.debiteur === e.debiteur) && (e.territoire === undefined || x.territoireId === e.territoire),
  );
  // Refused for what the measure has not, before being refused for what the holder may not.
  const vise = {
    debiteur: e.debiteur ?? permises[0]?.debiteur ?? mesure.aupres[0] ?? '',
    territoireId: e.territoire ?? permises[0]?.territoireId ?? cat.racine.id,
  };
  const [refus] = refusDuGrain(mesure, cat, { ...vise, periode: e.periode, ventilation: cleDe(e.ventilation) }, aujourdhui);
  if (refus && !(permises.length === 0 && refus.champ === 'territoire' && e.territoire === undefined)) return refus;
  if (permises.length === 0) return { champ: 'mesure', message: HORS_DU_MANDAT };
  const [seule, ...autres] = permises;
  if (!seule || autres.length > 0) {
    const manque = new Set(permises.map((x) => x.debiteur)).size > 1 ? 'debiteur' : 'territoire';
    return { champ: manque, message: `plusieurs sont possibles : dites « ${manque} »` };
  }
  return { mesure, ...seule };
}

/** The value as its measure takes it; null and a fault otherwise. */
function valoir(m: Mesure, e: Envoyee): { nombre: number | null } | Faute {
  const genre = genreDe(m);
  const ecrit = typeof e.valeur === 'number' ? nombreSaisi(e.valeur) : (e.valeur ?? '');
  if (e.etat !== 'valeur')
    return ecrit !== '' || e.texte !== '' || e.lien !== ''
      ? { champ: 'etat', message: `une valeur est donnée et l’état dit « ${e.etat} » : gardez l’un des deux` }
      : { nombre: null };
  if (genre === 'nombre') {
    if (e.texte !== '' || e.lien !== '')
      return { champ: 'texte', message: 'ce chiffre est un nombre : donnez « valeur », et la précision dans « commentaire »' };
    const lu = lireValeur(m, ecrit);
    if (!lu.ok) return { champ: 'valeur', message: lu.message };
    return lu.valeur === null ? { champ: 'valeur', message: 'donnez le nombre, ou dites qu’il est secret ou sans objet' } : { nombre: lu.valeur };
  }
  if (ecrit !== '') return { champ: 'valeur', message: 'ce qui est demandé est un texte : donnez « texte »' };
  if (e.texte === '') return { champ: 'texte', message: genre === 'document' ? 'dites en une phrase ce que montre le document' : 'écrivez le texte' };
  if (genre === 'document' && e.lien === '') return { champ: 'lien', message: 'donnez le lien où lire le document, ou déposez-le sur la page du chiffre' };
  return { nombre: null };
}

const estFaute = (x: object): x is Faute => 'champ' in x;
const identique = (v: VersionCourante, e: Envoyee, nombre: number | null): boolean =>
  v.etat === e.etat &&
  v.valeur === nombre &&
  (v.texte ?? '') === e.texte &&
  (v.lien ?? '') === e.lien &&
  v.source === e.source &&
  v.commentaire === e.commentaire;

/** Writes nothing when one of them is refused. Holds the years of the measures for the rest of the transaction. */
export async function recevoir(c: Contexte, u: Utilisateur, cat: Catalogue, envoyees: readonly Envoyee[]): Promise<Lues> {
  const erreurs: ErreurDeChamp[] = [];
  const dire = (i: number, f: Faute) => erreurs.push({ champ: `contributions.${i}.${f.champ}`, message: `Contribution ${i} : ${f.message}` });
  const lues: { i: number; e: Envoyee; cle: string; s: Situee; nombre: number | null }[] = [];
  const dites = new Map<string, number>();
  for (const [i, e] of envoyees.entries()) {
    const s = situer(cat, u, e, jourDe(c.maintenant));
    if (estFaute(s)) {
      dire(i, s);
      continue;
    }
    const lu = valoir(s.mesure, e);
    if (estFaute(lu)) {
      dire(i, lu);
      continue;
    }
    const cle = `${s.mesure.id}|${cleDeContribution({ ...s, periode: e.periode, ventilation: cleDe(e.ventilation) })}`;
    const deja = dites.get(cle);
    if (deja === undefined) lues.push({ i, e, cle, s, nombre: lu.nombre });
    else dire(i, { champ: 'mesure', message: `c’est la même que la contribution ${deja} : gardez l’une des deux` });
    dites.set(cle, deja ?? i);
  }
  const visees = lues.map((x) => ({ mesureId: x.s.mesure.id, periode: x.e.periode }));
  await tenirLesAns(c, visees);
  const courantes = await listVersionsCourantes(c.db, c.contrat.id, {
    mesures: [...new Set(visees.map((v) => v.mesureId))],
    periodes: [...new Set(visees.map((v) => v.periode))],
  });
  const versions: NouvelleVersion[] = [];
  const rangs = new Map<string, number>();
  const recues: Recue[] = [];
  for (const { i, e, cle, s, nombre } of lues) {
    const courante = courantes.get(cle);
    const commun = { periode: e.periode, debiteur: s.debiteur, ventilation: e.ventilation };
    const recue = (version: number, etat: Recue['etat']) => recues.push({ mesure: s.mesure.id, ...commun, territoire: s.territoireId, version, etat });
    if (courante && identique(courante, e, nombre)) {
      recue(courante.version, 'inchangee');
      continue;
    }
    if ((courante?.version ?? 0) !== e.version) {
      dire(i, { champ: 'version', message: direVersion(courante, e.version) });
      continue;
    }
    const visee = { mesureId: s.mesure.id, periode: e.periode, debiteur: s.debiteur, territoireId: s.territoireId, ventilation: cleDe(e.ventilation) };
    rangs.set(cleDeCellule(visee), i);
    recue((courante?.version ?? 0) + 1, 'enregistree');
    versions.push({
      ...visee,
      derniere: courante?.version ?? 0,
      etat: e.etat,
      nombre,
      texte: e.texte,
      source: e.source,
      commentaire: e.commentaire,
      lien: e.lien,
      // A file that was deposited stays with the document.
      fichierId: courante?.fichierId ?? null,
      fichierNom: courante?.fichierNom ?? null,
      documentLe: courante?.documentLe ?? '',
      documentAuteur: courante?.documentAuteur ?? '',
    });
  }
  // A token may give without reading: it is told of what its holder gives.
  const siennes = [...cat.mesures.values()].flatMap((m) => casesPermises(u, cat, m).map((x) => ({ ...x, mesureId: m.id })));
  const avertissements = verifierLot(cat, versions, await lireConnues(c.db, cat, versions), litSeulement(siennes));
  const expliquer = (a: { cellule: string }) => envoyees[rangs.get(a.cellule) ?? -1]?.explication;
  for (const { avertissement: a, message } of resteADire(avertissements, expliquer))
    dire(rangs.get(a.cellule) ?? 0, { champ: a.gravite === 'refus' ? 'valeur' : 'explication', message });
  if (erreurs.length > 0) return { ok: false, erreurs: erreurs.sort((a, b) => rang(a) - rang(b)) };
  await contribuer(c, cat, u, versions, { api: true });
  await garderReponses(c, u, versions, avertissements, expliquer);
  await garderLeursMethodes(c, u, cat, lues);
  return { ok: true, recues };
}
/** What was left out stays as it was said last. */
async function garderLeursMethodes(c: Contexte, u: Utilisateur, cat: Catalogue, lues: readonly { e: Envoyee; s: Situee }[]): Promise<void> {
  const dites = lues.filter(({ e }) => e.methode !== undefined || e.limites !== undefined);
  const connues = await listMethodes(c.db, c.contrat.id, [...new Set(dites.map(({ s }) => s.mesure.id))]);
  await garderMethodes(
    c,
    cat,
    u,
    dites.map(({ e, s }) => {
      const place = { mesureId: s.mesure.id, periode: e.periode, debiteur: s.debiteur, territoireId: s.territoireId };
      const avant = methodeDe(cat, connues, place);
      return { ...place, methode: e.methode ?? avant?.methode ?? '', limites: e.limites ?? avant?.limites ?? '' };
    }),
  );
}
const rang = (e: ErreurDeChamp): number => Number(e.champ.split('.')[1]);

const direVersion = (courante: VersionCourante | undefined, dite: number): string =>
  courante
    ? `ce chiffre a déjà été donné (version ${courante.version}) : pour le corriger, renvoyez-le avec « "version": ${courante.version} »`
    : `rien n’a été donné encore : la version ${dite} n’existe pas, envoyez « "version": 0 »`;
