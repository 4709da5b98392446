/** Sending what was answered: read again under the locks, checked, recorded in one transaction, whatever way it came by. */
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import {
  cleDeCellule,
  contribuer,
  garderReponses,
  lireConnues,
  lireRefus,
  litSeulement,
  type NouvelleVersion,
  noterAvertissements,
  refusDuGrain,
  resteADire,
  tenirLesAns,
  verifierLot,
} from '../../indicateurs/index.ts';
import { addRemise, type Remise } from '../campagnes/campagnes.queries.ts';
import { type AccesOuvert, ouvrirAcces } from './acces.tsx';
import { getBrouillons, oublierBrouillons, tenirLaReponse } from './lignes.queries.ts';
import { champsRemis, lireReponse, type LigneRepondue, nomDeLigne } from './reponse.rules.ts';

type Ecriture = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>;

export interface Remis {
  /** Contributions recorded. */
  envoyees: number;
  /** Lines still without an answer. */
  restent: number;
  erreurs: ErreurDeChamp[];
}

/** Why the contract no longer has this line: its territories or its measures changed since the campaign opened. */
const refusees = (o: AccesOuvert, lues: readonly LigneRepondue[], aujourdhui: string): ErreurDeChamp[] =>
  lues.flatMap(({ ligne: l }) => {
    const m = o.catalogue.mesures.get(l.mesureId);
    const refus = m ? refusDuGrain(m, o.catalogue, l, aujourdhui) : [{ champ: '', message: 'Le contrat n’a plus ce chiffre.' }];
    return refus.slice(0, 1).map((r) => ({ champ: `v${l.champ}`, message: `${nomDeLigne(l)} : ${r.message}` }));
  });

const versionDe = (r: LigneRepondue): NouvelleVersion => ({
  mesureId: r.ligne.mesureId,
  periode: r.ligne.periode,
  debiteur: r.ligne.debiteur,
  territoireId: r.ligne.territoireId,
  ventilation: r.ligne.ventilation,
  derniere: r.ligne.enVigueur?.version ?? 0,
  etat: r.etat,
  nombre: r.nombre,
  texte: r.texte,
  lien: r.lien,
  source: r.source,
  commentaire: r.commentaire,
  fichierId: null,
  fichierNom: null,
  documentLe: '',
  documentAuteur: '',
});

/**
 * `champs`: every field of the page, as typed. Records all that says something new, or nothing when one of them cannot be read. 404 when the
 * link no longer opens: its holder lost the right while typing.
 */
export async function remettre(c: Ecriture, ouvert: AccesOuvert, champs: Readonly<Record<string, string>>, voie: Remise['voie']): Promise<Remis> {
  await tenirLaReponse(c.db, c.contrat.id, ouvert.acces);
  const visees = lireReponse(ouvert.lignes, champs).repondues.map((r) => r.ligne);
  await tenirLesAns(c, visees);
  // What is in force may have changed until the years were held.
  const o = await ouvrirAcces(c, ouvert.acces);
  if ('fin' in o) throw introuvable('Cette page de réponse');
  const lecture = lireReponse(o.lignes, champs);
  const tenues = new Set(visees.map((l) => l.cle));
  const lue = new Map(ouvert.lignes.map((l) => [l.cle, l.enVigueur?.version ?? 0]));
  // Somebody corrected it while it was being sent: they read it again first.
  const corrigees = lecture.repondues
    .filter(({ ligne: l }) => (l.enVigueur?.version ?? 0) !== lue.get(l.cle))
    .map(({ ligne: l }) => ({
      champ: `v${l.champ}`,
      message: `${nomDeLigne(l)} : ${l.enVigueur?.par ?? 'quelqu’un'} vient de le corriger. Relisez-le, puis renvoyez.`,
    }));
  const verrous = await lireRefus(
    c,
    o.catalogue,
    lecture.repondues.map((r) => r.ligne),
  );
  const figees = lecture.repondues.flatMap(({ ligne: l }, i) => (verrous[i] ? [{ champ: `v${l.champ}`, message: `${nomDeLigne(l)} : ${verrous[i]}` }] : []));
  const erreurs = [...lecture.erreurs, ...refusees(o, lecture.repondues, jourDe(c.maintenant)), ...figees, ...corrigees];
  const repondues = lecture.repondues.filter((r) => tenues.has(r.ligne.cle));
  if (erreurs.length > 0 || repondues.length === 0) return { envoyees: 0, restent: lecture.vides.length, erreurs };
  const versions = repondues.map(versionDe);
  const avertissements = verifierLot(o.catalogue, versions, await lireConnues(c.db, o.catalogue, versions), litSeulement(o.lignes));
  const parCellule = new Map(repondues.map((r) => [cleDeCellule(r.ligne), r.ligne]));
  const expliquer = (a: { cellule: string }) => champs[`x${parCellule.get(a.cellule)?.champ}`];
  const surprises = resteADire(avertissements, expliquer);
  if (surprises.length > 0) {
    await noterAvertissements(c, o.auteur, avertissements);
    const fautes = surprises.map(({ avertissement: a, message }) => ({
      champ: `${a.gravite === 'refus' ? 'v' : 'x'}${parCellule.get(a.cellule)?.champ}`,
      message,
    }));
    return { envoyees: 0, restent: lecture.vides.length, erreurs: fautes };
  }
  const remis = champsRemis(repondues.map((r) => r.ligne));
  const tapes = (await getBrouillons(c.db, c.contrat.id, o.campagne.id, o.acces.organisationId)).champs;
  const prepare = [...new Set([...(o.auteur.prepare ?? []), ...remis.flatMap((nom) => tapes.get(nom)?.compteId ?? [])])].filter((id) => id !== o.auteur.id);
  await contribuer(c, o.catalogue, { ...o.auteur, prepare }, versions, { campagne: o.campagne.id, acces: o.acces.id, voie });
  await garderReponses(c, o.auteur, versions, avertissements, expliquer);
  await oublierBrouillons(c.db, c.contrat.id, o.acces, remis);
  await addRemise(c.db, c.contrat.id, o.acces, { voie, contributions: repondues.length, le: c.maintenant });
  return { envoyees: repondues.length, restent: lecture.vides.filter((l) => !l.aPart).length, erreurs: [] };
}
