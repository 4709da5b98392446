/** What this platform says in CAP 1.2, and what it takes from it. Pure. */
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { direGenre, direLieu, direPalier } from '../envois/lettres.rules.ts';
import type { Message } from '../relais/relais.queries.ts';
import { attendConfirmation, direConfirmation, direRecopie } from '../relais/relais.rules.ts';
import type { Palier } from '../reglement/reglement.schema.ts';
import { type Relais, TITRE_MIN } from '../relais/relais.schema.ts';
import { couper } from '../../../core/couper.ts';
import type { Cap, Info, Reference, Zone } from './cap.types.ts';

/** Text of a message as it is passed on, from the French part of a CAP message, or the first; null when it may not be passed on. */
export function motsDuCap(
  c: Cap,
): { titre: string; texte: string; web: string; expireLe: Date | null; categories: readonly string[]; exercice: boolean } | null {
  if (c.portee !== 'Public' || (c.statut !== 'Actual' && c.statut !== 'Exercise') || (c.genre !== 'Alert' && c.genre !== 'Update')) return null;
  const info = c.infos.find((i) => /^fr\b/i.test(i.langue)) ?? c.infos[0];
  const texte = [info?.description, info?.consigne].filter(Boolean).join('\n\n');
  if (!info || texte === '' || texte.length > 8000) return null;
  const web = info.web && /^https:\/\//.test(info.web) && URL.canParse(info.web) && info.web.length <= 500 ? info.web : '';
  // A headline, else the event, else the first words: as long as the form asks of one that is pasted.
  const titre = [info.titre ?? '', info.evenement, texte].map((t) => couper(t.replace(/\s+/g, ' ').trim(), 200).trim()).find((t) => t.length >= TITRE_MIN);
  if (titre === undefined) return null;
  return { titre, texte, web, expireLe: info.expireLe ?? null, categories: info.categories, exercice: c.statut === 'Exercise' };
}

interface Ou {
  catalogue: Pick<Catalogue, 'territoires' | 'nomActeur'>;
  /** Public address of the platform, slug of the contract. */
  adresse: string;
  contrat: string;
}
/** The platform as a sender: its host and its contract. */
const emetteurDe = ({ adresse, contrat }: Ou): string => `${contrat}@${new URL(adresse).hostname}`;
function zoneDe(territoireId: string, cat: Ou['catalogue']): Zone {
  const t = cat.territoires.get(territoireId);
  return { nom: t?.nom ?? territoireId, codes: t?.code ? [{ nom: 'INSEE', valeur: t.code }] : [] };
}

type Relaye = Pick<
  Message,
  | 'id'
  | 'genre'
  | 'titre'
  | 'texte'
  | 'empreinte'
  | 'origineId'
  | 'origineLe'
  | 'origineEmetteur'
  | 'origineIdentifiant'
  | 'origineLien'
  | 'territoireId'
  | 'exercice'
  | 'relayeLe'
  | 'organisationId'
  | 'expireLe'
  | 'finiLe'
  | 'fin'
  | 'recopie'
  | 'aConfirmerAvant'
  | 'confirmeLe'
>;
/** How the origin is named: as its own CAP message does; else by its code and the digest of its words. */
const origineDe = (m: Relaye): Reference => ({
  emetteur: m.origineEmetteur || m.origineId,
  identifiant: m.origineIdentifiant || `sha256-${m.empreinte}`,
  envoyeLe: m.origineLe,
});
type Nommee = Pick<Relaye, 'id' | 'relayeLe' | 'confirmeLe'>;
/** Its own names: at first, once a second person confirmed it; another ends it. */
const siennes = (m: Nommee, ou: Ou): Reference[] => [
  { emetteur: emetteurDe(ou), identifiant: `relais-${m.id}`, envoyeLe: m.relayeLe },
  ...(m.confirmeLe ? [{ emetteur: emetteurDe(ou), identifiant: `relais-${m.id}-confirme`, envoyeLe: m.confirmeLe }] : []),
];

/**
 * A message passed on. It is public, and says of what message it is the relay; one of an exercise is « Exercise » and restricted to those who play.
 * Urgency, severity, certainty are the authority's to say: « Unknown ».
 */
export function capDuRelais(m: Relaye, o: Ou & { relais: Relais; precedents: readonly Nommee[] }): Cap {
  const retire = m.fin === 'retire' || m.fin === 'non-confirme';
  const [recopie, confirmation] = [direRecopie(m, o.catalogue), attendConfirmation(m) ? direConfirmation(m) : null];
  const noms = siennes(m, o);
  const dernier = noms.at(-1);
  const info: Info = {
    langue: 'fr-FR',
    categories: o.relais.genres.find((g) => g.code === m.genre)?.cap ?? ['Other'],
    evenement: o.relais.genres.find((g) => g.code === m.genre)?.libelle ?? m.genre,
    urgence: 'Unknown',
    gravite: 'Unknown',
    certitude: 'Unknown',
    effectifLe: m.relayeLe,
    expireLe: m.finiLe ?? m.expireLe,
    auNomDe: o.catalogue.nomActeur(m.origineId),
    titre: m.titre,
    description: m.texte,
    web: m.exercice ? m.origineLien : `${o.adresse}/messages/${m.id}`,
    zones: [zoneDe(m.territoireId, o.catalogue)],
  };
  return {
    emetteur: emetteurDe(o),
    identifiant: retire ? `relais-${m.id}-fin` : (dernier?.identifiant ?? ''),
    envoyeLe: retire && m.finiLe ? m.finiLe : (dernier?.envoyeLe ?? m.relayeLe),
    statut: m.exercice ? 'Exercise' : 'Actual',
    genre: retire ? 'Cancel' : o.precedents.length > 0 || m.confirmeLe ? 'Update' : 'Alert',
    source: `${o.relais.commande} ${recopie ?? `Relais sans changement par ${o.catalogue.nomActeur(m.organisationId)}.`} SHA-256 du texte : ${m.empreinte}`,
    ...(m.exercice
      ? { portee: 'Restricted' as const, restriction: 'Participants à l’exercice', note: 'EXERCICE : ce message est joué.' }
      : { portee: 'Public' as const, ...(recopie || confirmation ? { note: [recopie, confirmation].filter(Boolean).join(' ') } : {}) }),
    references: [origineDe(m), ...(retire ? noms : noms.slice(0, -1)), ...o.precedents.flatMap((p) => siennes(p, o))],
    infos: [info],
  };
}

type Alertee = Pick<
  Alerte,
  | 'id'
  | 'palier'
  | 'genre'
  | 'territoireId'
  | 'lieu'
  | 'debut'
  | 'faits'
  | 'exercice'
  | 'etat'
  | 'auteurOrganisation'
  | 'ecriteLe'
  | 'diffuseeLe'
  | 'leveeLe'
  | 'releveeLe'
  | 'represaillesJusqua'
  | 'survenue'
>;
/** Where an alert stands: told; told again, graver; over, an answer being feared; over. */
function momentDe(a: Alertee, maintenant: Date): 'vive' | 'montee' | 'guet' | 'finie' {
  if (a.leveeLe === null || a.diffuseeLe === null) return aMonte(a) ? 'montee' : 'vive';
  return a.represaillesJusqua !== null && a.represaillesJusqua > maintenant ? 'guet' : 'finie';
}
const aMonte = (a: Pick<Alertee, 'diffuseeLe' | 'releveeLe'>): boolean => a.diffuseeLe !== null && a.releveeLe !== null && a.releveeLe > a.diffuseeLe;
/**
 * An alert among partners: restricted to those who are told, « Exercise » when it is played. Climbed, it updates what it was. Once it is lifted, « Update » and « Monitor » while an answer is
 * feared: what receives it must not go out in those hours. « Cancel » and « AllClear » when nothing is feared any more.
 */
export function capDAlerte(a: Alertee, o: Ou & { catalogue: Catalogue; palier: Pick<Palier, 'procedure'> | undefined; maintenant: Date }): Cap {
  const [palier, lieu] = [direPalier(o.catalogue, a.palier), direLieu(o.catalogue, a.territoireId)];
  const ou = momentDe(a, o.maintenant);
  const ouverte = ou === 'vive' || ou === 'montee';
  const emetteur = emetteurDe(o);
  const premier: Reference = { emetteur, identifiant: `alerte-${a.id}`, envoyeLe: a.diffuseeLe ?? a.ecriteLe };
  const montee: Reference = { emetteur, identifiant: `alerte-${a.id}-${a.palier}`, envoyeLe: a.releveeLe ?? premier.envoyeLe };
  const dites = aMonte(a) ? [premier, montee] : [premier];
  const levee: Reference = { emetteur, identifiant: `alerte-${a.id}-levee`, envoyeLe: a.leveeLe ?? premier.envoyeLe };
  // Where no answer was feared, its lifting is its end.
  const fin: Reference = a.represaillesJusqua ? { emetteur, identifiant: `alerte-${a.id}-fin`, envoyeLe: a.represaillesJusqua } : levee;
  const dit = { vive: premier, montee, guet: levee, finie: fin }[ou];
  return {
    ...dit,
    statut: a.exercice ? 'Exercise' : a.diffuseeLe ? 'Actual' : 'Draft',
    genre: { vive: 'Alert' as const, montee: 'Update' as const, guet: 'Update' as const, finie: 'Cancel' as const }[ou],
    portee: 'Restricted',
    restriction: a.exercice ? 'Participants à l’exercice' : 'Fonctions des listes d’alerte du lieu et de ses voisins',
    ...(a.exercice ? { note: 'EXERCICE : cette alerte est jouée.' } : {}),
    references: { vive: [], montee: [premier], guet: dites, finie: fin === levee ? dites : [...dites, levee] }[ou],
    infos: [
      {
        langue: 'fr-FR',
        categories: ['Security'],
        evenement: direGenre(o.catalogue, a.genre),
        reponses: [{ vive: 'Prepare' as const, montee: 'Prepare' as const, guet: 'Monitor' as const, finie: 'AllClear' as const }[ou]],
        urgence: ouverte ? (a.survenue ? ('Immediate' as const) : ('Expected' as const)) : ou === 'guet' ? ('Future' as const) : ('Past' as const),
        gravite: o.palier?.procedure ? 'Severe' : 'Unknown',
        certitude: ou !== 'guet' && a.survenue ? 'Observed' : 'Possible',
        debutLe: a.debut,
        // Kept while it is on for what its end will say; nothing is over before it ends.
        expireLe: ouverte ? null : a.represaillesJusqua,
        auNomDe: o.catalogue.nomActeurA(a.auteurOrganisation, a.territoireId),
        titre: `${palier}, ${lieu}`,
        description: [a.lieu, a.faits].filter(Boolean).join('\n'),
        zones: [zoneDe(a.territoireId, o.catalogue)],
      },
    ],
  };
}
