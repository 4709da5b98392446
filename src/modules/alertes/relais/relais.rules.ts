/** What is said of a message that is passed on: who vouches for its words, whether a second person did, on whose pages it stands. Pure. */
import { capitale, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Message } from './relais.queries.ts';
import type { Relais } from './relais.schema.ts';

/** An address of the authority's own sites, as the contract's file lists them. */
export function estDeLAutorite(r: Pick<Relais, 'sites'>, origineId: string, lien: string): boolean {
  if (!URL.canParse(lien)) return false;
  const { protocol, hostname } = new URL(lien);
  return protocol === 'https:' && (r.sites[origineId] ?? []).some((site) => hostname === site || hostname.endsWith(`.${site}`));
}
/** Null where the authority's own words can be read elsewhere. */
export const direRecopie = (m: Pick<Message, 'recopie' | 'organisationId' | 'relayeLe'>, cat: Pick<Catalogue, 'nomActeur'>): string | null =>
  m.recopie ? `Texte recopié par ${cat.nomActeur(m.organisationId)} le ${jourEtHeure(m.relayeLe)}.` : null;

/** « en vigueur jusqu’au … », « fini le … », with why. */
export function direFin(m: Pick<Message, 'finiLe' | 'fin' | 'finMotif' | 'expireLe'>): string {
  if (!m.finiLe) return `en vigueur jusqu’au ${jourEtHeure(m.expireLe)}`;
  const quand = jourEtHeure(m.finiLe);
  if (m.fin === 'retire') return `retiré le ${quand}${m.finMotif ? ` : ${m.finMotif}` : ''}`;
  if (m.fin === 'non-confirme') return `retiré le ${quand} : personne d’autre ne l’a confirmé`;
  return m.fin === 'remplace' ? `remplacé le ${quand}` : `fini le ${quand}`;
}

type Attendu = Pick<Message, 'aConfirmerAvant' | 'confirmeLe' | 'finiLe'>;
/** Nobody but who passed it on has vouched for it yet. */
export const attendConfirmation = (m: Attendu): m is Attendu & { aConfirmerAvant: Date } =>
  m.aConfirmerAvant !== null && m.confirmeLe === null && m.finiLe === null;
export function direConfirmation(m: Attendu): string | null {
  if (attendConfirmation(m))
    return `À confirmer : une seule personne l’a relayé. Sans une seconde personne, il se retire le ${jourEtHeure(m.aConfirmerAvant)}.`;
  return m.confirmeLe ? `Confirmé par une seconde personne le ${jourEtHeure(m.confirmeLe)}.` : null;
}

/** When it last changed: it was passed on, confirmed, or it ended. */
export const derniere = (m: Pick<Message, 'finiLe' | 'confirmeLe' | 'relayeLe'>): Date => m.finiLe ?? m.confirmeLe ?? m.relayeLe;

const FINS: Readonly<Record<string, string>> = { retire: 'retiré', remplace: 'remplacé', expire: 'fini', 'non-confirme': 'non confirmé' };
/** What it has become, in a word; empty while it stands. */
const etatDit = (m: Message): string => (m.finiLe ? (FINS[m.fin ?? ''] ?? 'fini') : attendConfirmation(m) ? 'à confirmer' : '');
/** The same in a sentence, with since when and why: read first wherever its words are read late. */
function direEtat(m: Message): string | null {
  if (!m.finiLe) return attendConfirmation(m) ? direConfirmation(m) : null;
  const fin = capitale(direFin(m));
  return /[.!?…]$/.test(fin) ? fin : `${fin}.`;
}
/** In feeds and letters. */
export function direNouvelle(m: Message, cat: Pick<Catalogue, 'nomActeur'>): { titre: string; resume: string } {
  const etat = etatDit(m);
  const source = direRecopie(m, cat) ?? `Message de ${cat.nomActeur(m.origineId)}, émis le ${jourEtHeure(m.origineLe)}, relayé sans changement.`;
  return { titre: `Message officiel ${etat && `${etat} `}: ${m.titre}`, resume: [direEtat(m), source].filter(Boolean).join(' ') };
}
/** In the feed of messages, with its words: those of one that is over come after what became of it. */
export function direEntree(m: Message, cat: Pick<Catalogue, 'nomActeur'>): { titre: string; resume: string } {
  const etat = etatDit(m);
  return {
    titre: etat ? `${capitale(etat)} : ${m.titre}` : m.titre,
    resume: [direEtat(m) ?? direConfirmation(m), direRecopie(m, cat), m.texte].filter(Boolean).join('\n'),
  };
}

/** The widest place of who passes it on that holds its own: pages of there carry it, and no others. */
export function porteeDe(cat: Pick<Catalogue, 'ascendants'>, territoireId: string, peut: (territoireId: string) => boolean): string {
  return cat.ascendants(territoireId).findLast((t) => peut(t.id))?.id ?? territoireId;
}
/** `lieu`: the place that a page is about; null, the whole contract. */
export const estPortePar = (cat: Pick<Catalogue, 'racine' | 'contient'>, m: Pick<Message, 'porteeId'>, lieu: string | null): boolean =>
  cat.contient(m.porteeId, lieu ?? cat.racine.id);
