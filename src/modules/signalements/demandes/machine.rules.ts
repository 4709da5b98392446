/** What may happen to a report now, and what it then becomes. Pure. */
import { JOUR_MS } from '../../../core/jours.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { plusJours } from '../../echeances/index.ts';
import { type Circuit, estMuet } from '../circuits/circuit.schema.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import { type CodeEtat, ETATS, type Exigence, estClos, estUnEtat, etatDe } from '../circuits/etats.ts';
import type { Changes, Demande, Evenement } from './demandes.queries.ts';

/** Of what who reported says, and of a reason: as long as the history keeps. */
export const MOT_MAX = 1000;

/** States that a service may pass it to. */
export const suitesDuService = (c: Circuit, etat: string): CodeEtat[] =>
  (estUnEtat(etat) ? (c.etats[etat]?.vers ?? []) : []).filter((v) => !('parLeDeclarant' in ETATS[v]) && v !== 'sans-retour');
/** What who reported may say: what their turn opens, and, once it ended, that it is not so. */
export const suitesDuDeclarant = (c: Circuit, etat: string): CodeEtat[] =>
  (estUnEtat(etat) ? (c.etats[etat]?.vers ?? []) : []).filter((v) => 'parLeDeclarant' in ETATS[v]);

/** Last day of the service's turn; null when it is not. What is programmed is due on its day, when that is later. */
export function duLe(c: Circuit, etat: string, depuis: string, prevueLe: string | null): string | null {
  const delai = estUnEtat(etat) ? c.etats[etat]?.delai : undefined;
  if (etatDe(etat).attend !== 'service' || delai === undefined) return null;
  return etat === 'programme' && prevueLe ? plusJours(prevueLe, delai) : plusJours(depuis, delai);
}

/** What passing to that state asks for; words are asked of no circuit that keeps none. */
export const exigeDe = (c: Circuit, vers: string): readonly Exigence[] =>
  (etatDe(vers).exige ?? []).filter((x) => !(estMuet(c) && (x === 'message' || x === 'motif')));

export interface Acte {
  vers: CodeEtat;
  service: string;
  motif: string;
  message: string;
  note: string;
  jour: string | null;
  ailleurs: string;
}
/** What passing to that state lacks; each beside its field. */
export function fautesDActe(c: Circuit, d: Pick<Demande, 'etat' | 'serviceId'>, a: Acte, aujourdhui: string): ErreurDeChamp[] {
  if (!suitesDuService(c, d.etat).includes(a.vers))
    return [
      {
        champ: 'vers',
        message: `De « ${etatDe(d.etat).libelle} », une demande ne passe pas à « ${etatDe(a.vers).libelle} ». Rechargez la page : elle a pu changer.`,
      },
    ];
  const exige = new Set(exigeDe(c, a.vers));
  const fautes: ErreurDeChamp[] = [];
  if (exige.has('service') && !c.services.includes(a.service)) fautes.push({ champ: 'service', message: 'Choisissez à quel service la transmettre.' });
  if (exige.has('service') && a.service === d.serviceId) fautes.push({ champ: 'service', message: 'Ce service l’a déjà : choisissez-en un autre.' });
  if (exige.has('motif') && a.motif === '') fautes.push({ champ: 'motif', message: 'Dites pourquoi : la raison reste avec la demande.' });
  if (exige.has('message') && a.message === '')
    fautes.push({ champ: 'message', message: 'Écrivez ce qui a été fait ou décidé : la personne qui a signalé le lira.' });
  if (exige.has('jour') && !a.jour) fautes.push({ champ: 'jour', message: 'Donnez le jour prévu.' });
  if (a.jour && a.jour < aujourdhui && a.vers === 'programme') fautes.push({ champ: 'jour', message: 'Ce jour est passé : une date à venir est attendue.' });
  if (exige.has('ailleurs') && !c.ailleurs.some((x) => x.code === a.ailleurs))
    fautes.push({ champ: 'ailleurs', message: 'Dites à qui la personne peut s’adresser.' });
  return fautes;
}

/** What who reported reads of an act: the reason of a refusal is theirs, before what else is answered. */
export const ditAuDeclarant = (a: Pick<Acte, 'vers' | 'motif' | 'message'>): string =>
  [a.vers === 'refuse' && a.motif !== '' ? `Raison : ${a.motif}` : '', a.message].filter(Boolean).join('\n');
/** As long as it may be. */
export const DIT_MAX = 2000;

/** What goes where the circuit keeps nothing of what it passed on: the words, the answers, the exact place. */
const SANS_GARDER = { texte: '', textePublic: '', reponses: {}, adresse: '', lon: null, lat: null } as const;

/** What a state makes of the row. `message`: something was said to who reported, by which they are answered. */
export function changesPour(
  c: Circuit,
  d: Pick<Demande, 'prevueLe' | 'reponduLe' | 'faitLe' | 'confirmeLe' | 'contesteLe' | 'lecteurs' | 'serviceId'>,
  vers: CodeEtat,
  o: { aujourdhui: string; maintenant: Date; message: boolean; service?: string; jour?: string | null },
): Changes {
  const service = o.service && o.service !== '' ? o.service : d.serviceId;
  const prevueLe = vers === 'programme' ? (o.jour ?? null) : d.prevueLe;
  const clos = estClos(vers);
  const dementi = vers === 'non-resolu' || vers === 'conteste';
  const passe = vers === 'transmis' && c.transmis_sans_garder;
  return {
    etat: vers,
    etatLe: o.maintenant,
    duLe: duLe(c, vers, o.aujourdhui, prevueLe),
    prevueLe,
    serviceId: service,
    lecteurs: d.lecteurs && !d.lecteurs.includes(service) ? [...d.lecteurs, service] : d.lecteurs,
    reponduLe: d.reponduLe ?? (o.message ? o.maintenant : null),
    faitLe: 'fait' in ETATS[vers] ? (d.faitLe ?? o.maintenant) : d.faitLe,
    // Their last word on whether it is solved, and whether they ever said that it was not.
    confirmeLe: vers === 'resolu' ? o.maintenant : dementi ? null : d.confirmeLe,
    contesteLe: dementi ? o.maintenant : d.contesteLe,
    closLe: clos ? o.maintenant : null,
    effaceApres: clos ? new Date(o.maintenant.getTime() + c.conservation.contenu * JOUR_MS) : null,
    ...(passe ? SANS_GARDER : {}),
  };
}
const TIENNENT: readonly string[] = ['fait', 'resolu', 'sans-retour', 'repondu'] satisfies CodeEtat[];
/** As figures count it (`traitee` of the view `faits_demandes`): a service went there or answered, and who reported did not say since that it is not settled. */
export const estTraitee = (d: Pick<Demande, 'etat' | 'confirmeLe'>): boolean => TIENNENT.includes(d.etat) || d.confirmeLe !== null;

/**
 * Who reads a lead once one of those joined to it is separated: who read it before any was, services that had it since, and who reads those that stay. Null
 * when nothing says who did.
 */
export function lecteursDuMeneur(
  d: Pick<Demande, 'serviceId'>,
  evenements: readonly Pick<Evenement, 'acte' | 'serviceId' | 'lecteurs'>[],
  restantes: readonly (readonly string[] | null)[],
): string[] | null {
  const premier = evenements.findIndex((e) => e.acte === 'rejointe');
  const siens = evenements[premier]?.lecteurs;
  if (!siens || restantes.includes(null)) return null;
  const depuis = evenements.slice(premier).flatMap((e) => (e.acte === 'etat' ? (e.serviceId ?? []) : []));
  return [...new Set([...siens, ...depuis, d.serviceId, ...restantes.flatMap((x) => x ?? [])])];
}

/** What a report is about, where and when. */
export type Qualification = Pick<Demande, 'categorie' | 'titre' | 'theme' | 'reponses' | 'territoireId' | 'adresse' | 'lon' | 'lat' | 'jour' | 'heure'>;
/** Why it may no more be corrected; null when it may. What was erased, or passed on without being kept, does not come back. */
export function refusDeRequalifier(c: Circuit, d: Pick<Demande, 'etat' | 'effaceApres'>, maintenant: Date): string | null {
  if (d.effaceApres !== null && d.effaceApres <= maintenant) return 'Les mots et le lieu exact de cette demande sont effacés : elle ne se corrige plus.';
  if (c.transmis_sans_garder && d.etat !== 'recu') return 'Cette demande a été transmise, et rien n’en est gardé ici : elle ne se corrige plus.';
  return null;
}

/** When the addresses of those who follow it are forgotten; null while it may still be answered. */
export const oubliDesContacts = (c: Circuit, vers: string, maintenant: Date): Date | null =>
  estClos(vers) ? new Date(maintenant.getTime() + c.conservation.contact * JOUR_MS) : null;

/** Reply templates for a state, with what is known filled in. */
export function modelesPour(
  c: Circuit,
  vers: string,
  mots: Readonly<Record<'service' | 'lieu' | 'objet', string>>,
): { code: string; libelle: string; texte: string }[] {
  return c.modeles
    .filter((m) => m.etats.some((e) => e === vers))
    .map(({ code, libelle, texte }) => ({ code, libelle, texte: texte.replace(/\{(service|lieu|objet)\}/g, (_, k: keyof typeof mots) => mots[k]) }));
}

export type Produit = NonNullable<Circuit['categories'][number]['produit']>;
export const produitDe = (c: Circuit, d: Pick<Demande, 'categorie'>): Produit | null => categorieDe(c, d.categorie)?.produit ?? null;
/** Fields of the record that « done » makes: what the circuit says of it, what was answered under the same names, where it was, who did it and when. */
export function brutDuProduit(
  c: Circuit,
  p: Produit,
  d: Pick<Demande, 'titre' | 'numero' | 'territoireId' | 'adresse' | 'lon' | 'lat' | 'reponses' | 'lecteurs'>,
  jour: string,
  organisationId: string,
): Record<string, string | readonly string[]> {
  const dites = Object.entries(d.reponses).map(([q, v]) => [`donnees.${q}`, typeof v === 'string' ? v : (v[0] ?? '')]);
  const fixes = Object.entries(p.valeurs).map(([champ, v]) => [`donnees.${champ}`, v === true ? 'oui' : v === false ? 'non' : String(v)]);
  // A register is open to all who work on the contract: of what is reserved, it says neither where nor which.
  const reservee = d.lecteurs !== null;
  const point = reservee || d.lon === null || d.lat === null ? {} : { lon: String(d.lon), lat: String(d.lat) };
  return {
    ...Object.fromEntries(p.champs.flatMap((champ) => dites.filter(([nom]) => nom === `donnees.${champ}`))),
    ...Object.fromEntries(fixes),
    jour,
    titre: reservee ? d.titre : `${d.titre}, demande n° ${d.numero}`,
    territoire_id: d.territoireId,
    adresse: reservee ? '' : d.adresse,
    organisation_id: organisationId,
    fiches: c.fiches.slice(0, 1),
    ...point,
  };
}
