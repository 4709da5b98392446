/** Sending what was answered: read again under the locks, checked, recorded in one transaction, whatever way it came by. */
import { garderFichier } from '../../../core/base/files.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import {
  cleDeCellule,
  contribuer,
  garderMethodes,
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
import { getBrouillons, type Ligne, oublierBrouillons, tenirLaReponse } from './lignes.queries.ts';
import { champsDeFichier, champsDeMesure, champsRemis, type Lecture, lireReponse, type LigneRepondue, nomDeLigne } from './reponse.rules.ts';

type Ecriture = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>;

export interface Remis {
  /** Contributions recorded. */
  envoyees: number;
  /** Notes of method recorded. */
  notes: number;
  /** Lines still without an answer. */
  restent: number;
  erreurs: ErreurDeChamp[];
}

/** Every place of which a note says something new. */
const lignesDesNotes = (lignes: readonly Ligne[], lecture: Pick<Lecture, 'notes'>): Ligne[] => {
  const mesures = new Set(lecture.notes.map((n) => n.mesureId));
  return lignes.filter((l) => mesures.has(l.mesureId));
};

/** Why the contract no longer has this line: its territories or its measures changed since the campaign opened. */
const refusees = (o: AccesOuvert, lues: readonly LigneRepondue[], aujourdhui: string): ErreurDeChamp[] =>
  lues.flatMap(({ ligne: l }) => {
    const m = o.catalogue.mesures.get(l.mesureId);
    const refus = m ? refusDuGrain(m, o.catalogue, l, aujourdhui) : [{ champ: '', message: 'Le contrat n’a plus ce chiffre.' }];
    return refus.slice(0, 1).map((r) => ({ champ: `v${l.champ}`, message: `${nomDeLigne(l)} : ${r.message}` }));
  });

const versionDe = (r: LigneRepondue, fichier: { id: string; nom: string } | null): NouvelleVersion => ({
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
  // A file that was given stays with what it is the document of.
  fichierId: fichier?.id ?? r.ligne.enVigueur?.fichierId ?? null,
  fichierNom: fichier?.nom ?? r.ligne.enVigueur?.fichierNom ?? null,
  documentLe: '',
  documentAuteur: '',
});

/**
 * `champs`: every field of the page, as typed. Records all that says something new, or nothing when one of them cannot be read. 404 when the
 * link no longer opens: its holder lost the right while typing.
 */
export async function remettre(c: Ecriture, ouvert: AccesOuvert, champs: Readonly<Record<string, string>>, voie: Remise['voie']): Promise<Remis> {
  await tenirLaReponse(c.db, c.contrat.id, ouvert.acces);
  const avant = lireReponse(ouvert.lignes, champs);
  const visees = [...avant.repondues.map((r) => r.ligne), ...lignesDesNotes(ouvert.lignes, avant)];
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
  const notees = lignesDesNotes(o.lignes, lecture).filter((l) => tenues.has(l.cle));
  const rien = { envoyees: 0, notes: 0, restent: lecture.vides.length };
  if (erreurs.length > 0 || repondues.length + notees.length === 0) return { ...rien, erreurs };
  const gardes = new Map<string, { id: string; nom: string }>();
  for (const r of repondues) {
    const garde = r.depot && (await garderFichier(c.db, c.contrat.id, r.depot.id));
    if (garde) gardes.set(r.ligne.cle, garde);
    else if (r.depot)
      return {
        ...rien,
        erreurs: [
          {
            champ: champsDeFichier(r.ligne).envoye,
            message: `${nomDeLigne(r.ligne)} : « ${r.depot.nom} » a été déposé il y a trop longtemps, joignez-le de nouveau.`,
          },
        ],
      };
  }
  const versions = repondues.map((r) => versionDe(r, gardes.get(r.ligne.cle) ?? null));
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
    return { ...rien, erreurs: fautes };
  }
  const remis = champsRemis(repondues.map((r) => r.ligne));
  const tapes = (await getBrouillons(c.db, c.contrat.id, o.campagne.id, o.acces.organisationId)).champs;
  const prepare = [...new Set([...(o.auteur.prepare ?? []), ...remis.flatMap((nom) => tapes.get(nom)?.compteId ?? [])])].filter((id) => id !== o.auteur.id);
  if (versions.length > 0) await contribuer(c, o.catalogue, { ...o.auteur, prepare }, versions, { campagne: o.campagne.id, acces: o.acces.id, voie });
  const dites = new Map(lecture.notes.map((n) => [n.mesureId, n]));
  const notes = await garderMethodes(
    c,
    o.catalogue,
    o.auteur,
    notees.flatMap((l) => {
      const n = dites.get(l.mesureId);
      return n ? [{ ...n, periode: l.periode, debiteur: l.debiteur, territoireId: l.territoireId }] : [];
    }),
  );
  await garderReponses(c, o.auteur, versions, avertissements, expliquer);
  const champsDesNotes = lecture.notes.flatMap((n) => [champsDeMesure(n.mesureId).methode, champsDeMesure(n.mesureId).limites]);
  await oublierBrouillons(c.db, c.contrat.id, o.acces, [...remis, ...champsDesNotes]);
  if (repondues.length > 0) await addRemise(c.db, c.contrat.id, o.acces, { voie, contributions: repondues.length, le: c.maintenant });
  return { envoyees: repondues.length, notes, restent: lecture.vides.filter((l) => !l.aPart).length, erreurs: [] };
}
