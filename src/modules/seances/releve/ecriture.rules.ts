/** Minutes in words: the blocks of a relevé and of a compte rendu, before any format. Pure. */
import { capitale, heure, INSECABLE, jour, pluriel } from '../../../ui/typographie.ts';
import { CONFIDENTIALITES } from '../../instances/index.ts';
import { direPar } from '../paroles/lien.rules.ts';
import { PRESENCES, type Presence } from '../seances.rules.ts';
import { colonnesDApprobation, contestationsDuSiege, direRelecture, ligneDApprobation } from './approbations.rules.ts';
import { AILLEURS, EN_QUALITE, SANS_NOM } from './qualites.rules.ts';
import { deroule, tableauDecisions, votes } from './deroule.rules.ts';
import {
  type Contestation,
  type DecisionEcrite,
  type EnteteDit,
  type GenreDocument,
  GENRES,
  type ParticipantEcrit,
  type ReleveContenu,
} from './releve.modele.ts';
import { cellule, direMoment, encart, para, titre, typo } from '../../documents/index.ts';
import type { Bloc, Colonne, DocumentEcrit, Entete, Logo } from '../../documents/index.ts';

const titreDe = (c: ReleveContenu, genre: GenreDocument): string =>
  typo([GENRES[genre], c.instance.nom, jour(jourTenu(c.seance)), c.rectificatif > 0 ? rectificatif(c) : ''].filter(Boolean).join(', '));
const rectificatif = (c: ReleveContenu): string => `Rectificatif n°${INSECABLE}${c.rectificatif}`;

export function ecrireReleve(c: ReleveContenu, genre: GenreDocument, logo: Logo | null = null): DocumentEcrit {
  const complet = genre === 'compte-rendu';
  return {
    ...enTete(c, GENRES[genre], titreDe(c, genre), logo),
    projet: c.numero === null,
    blocs: [
      ...(c.numero === null ? [encart('Projet : ce document n’est pas arrêté et peut encore changer.')] : []),
      ...(c.rectificatif > 0 ? [encart(`${rectificatif(c)}, qui remplace la version précédente.${c.motif ? ` Motif : ${finir(c.motif)}` : ''}`)] : []),
      ...decisions(c),
      ...(complet ? presences(c) : []),
      ...(complet ? deroule(c.points, c.ecriture === undefined) : votes(c.points)),
      ...suite(c),
      ...signatures(c),
    ],
  };
}

/** What every paper of a session begins with. */
export function enTete(c: ReleveContenu, genre: string, titreDuFichier: string, logo: Logo | null): DocumentEcrit {
  return {
    entete: enteteEcrite(c.entete, logo),
    titre: titreDuFichier,
    genre,
    instance: typo(c.instance.nom),
    contrat: typo(c.contrat.titre),
    seance: typo(c.seance.titre),
    motsCles: [c.contrat.sigle, genre, c.instance.territoire].filter(Boolean).map(typo),
    date: jourTenu(c.seance),
    projet: false,
    demonstration: c.demonstration,
    pied: typo([genre, c.numero ?? 'projet', c.rectificatif > 0 ? rectificatif(c) : ''].filter(Boolean).join(' · ')),
    destinataire: [],
    reperes: reperes(c),
    blocs: [],
  };
}

export const enteteEcrite = (e: EnteteDit | undefined, logo: Logo | null): Entete => ({
  nom: typo(e?.nom ?? ''),
  lignes: (e?.lignes ?? []).map(typo),
  logo,
});

export const faitA = (e: EnteteDit | undefined): string => (e?.lieu ? typo(`Fait à ${e.lieu}, le`) : 'Le');

/** Room for the president and the secretary to sign; those who sat there that day, if anyone was called. */
export function signatures(c: ReleveContenu): Bloc[] {
  const de = (qualite: ParticipantEcrit['qualite'], defaut: string) => {
    const sieges = c.participants.filter((p) => p.qualite === qualite);
    const assis = sieges.find((p) => p.presence === 'present' || p.presence === 'represente') ?? sieges[0];
    return { fonction: typo(assis?.fonction ?? defaut), nom: typo(signataire(assis)) };
  };
  return [{ type: 'signatures', fait: faitA(c.entete), date: '', signataires: [de('president', 'La présidence'), de('secretaire', 'Le secrétariat')] }];
}

/** Nobody is made to sign for another whom they, or that other, say they did not represent. */
function signataire(p: ParticipantEcrit | undefined): string {
  if (p?.presence !== 'represente') return p?.nom ?? '';
  // What says who was convoked first, where another sits, is read beside and takes nobody's place.
  return contestationsDuSiege(p).some((x) => !x.dabord) ? '' : p.representePar;
}

export const quandSeTient = (s: { jour: string; debut: string; fin: string }): string =>
  `${capitale(jour(s.jour, { semaine: true }))}${s.debut ? `, de ${heure(s.debut)} à ${heure(s.fin)}` : ''}`;

/** The day it took place; the planned one while it has not. */
const jourTenu = (s: ReleveContenu['seance']): string => s.reel?.jour ?? s.jour;
/** Real hours first, then what was planned. */
export function quandSestTenue(s: ReleveContenu['seance']): string {
  const { reel } = s;
  if (!reel) return quandSeTient(s);
  const levee = reel.levee === '' ? '' : `, levée ${reel.leveeJour === reel.jour ? '' : `le ${jour(reel.leveeJour)} `}à ${heure(reel.levee)}`;
  const horaire = s.debut ? `de ${heure(s.debut)} à ${heure(s.fin)}` : '';
  const prevue = [s.jour === reel.jour ? '' : `le ${jour(s.jour)}`, horaire].filter(Boolean).join(' ');
  return `${capitale(jour(reel.jour, { semaine: true }))}, ouverte à ${heure(reel.ouverte)}${levee}${prevue ? ` ; prévue ${prevue}` : ''}`;
}

function reperes(c: ReleveContenu): { cle: string; valeur: string }[] {
  const discretion = c.instance.confidentialite;
  const reserve = discretion === 'restreinte' || discretion === 'nommee' ? CONFIDENTIALITES[discretion].libelle : '';
  return [
    { cle: 'Date', valeur: quandSestTenue(c.seance) },
    { cle: 'Lieu', valeur: c.seance.lieu },
    { cle: 'Territoire', valeur: c.instance.territoire },
    { cle: 'Numéro', valeur: c.numero ?? '' },
    { cle: 'Présidence', valeur: presidence(c.participants) },
    { cle: 'Participants', valeur: compter(c) },
    { cle: 'Diffusion', valeur: capitale(reserve) },
  ]
    .filter((r) => r.valeur !== '')
    .map((r) => ({ cle: r.cle, valeur: typo(r.valeur) }));
}

/** Those who sat in the chair; while nobody was called, those who are to sit there. */
function presidence(participants: readonly ParticipantEcrit[]): string {
  const presidents = participants.filter((p) => p.qualite === 'president');
  const appel = participants.some((p) => p.presence !== null);
  const assis = presidents.filter((p) => !appel || p.presence === 'present' || p.presence === 'represente');
  if (assis.length === 0) return presidents.length === 0 ? '' : presidents.every((p) => p.vacant) ? 'siège vacant' : 'ni présente ni représentée';
  return assis
    .map((p) => {
      const nom = p.nom ? ` (${p.nom})` : '';
      return `${p.fonction}${nom}${p.presence === 'represente' ? `, ${represente(p)}` : ''}${tient(p) ? ' [présence contestée]' : ''}`;
    })
    .join(' ; ');
}
/** Contested, and not closed since. */
export const tient = (p: ParticipantEcrit): boolean => p.contestee !== undefined && p.contestee.classee === undefined;
const represente = (p: ParticipantEcrit): string => (p.representePar ? `pour qui siège ${p.representePar}` : 'par représentation');

const GROUPES: readonly { presence: Presence | null; un: string; plusieurs: string }[] = [
  { presence: 'present', un: 'présent', plusieurs: 'présents' },
  { presence: 'represente', un: 'représenté', plusieurs: 'représentés' },
  { presence: 'excuse', un: 'excusé', plusieurs: 'excusés' },
  { presence: 'absent', un: 'absent', plusieurs: 'absents' },
  { presence: null, un: 'présence non relevée', plusieurs: 'présences non relevées' },
];
/** Words of minutes frozen before vacant seats were told apart. */
const ANCIENS_GROUPES = GROUPES.map((g) => (g.presence === null ? { ...g, un: 'sans présence relevée', plusieurs: 'sans présence relevée' } : g));
const groupesDe = (c: ReleveContenu) => (c.ecriture === undefined ? ANCIENS_GROUPES : GROUPES);
const siegent = (c: ReleveContenu) => c.participants.filter((p) => !p.vacant);
const vacants = (c: ReleveContenu) => c.participants.filter((p) => p.vacant);

function compter(c: ReleveContenu): string {
  const sieges = vacants(c).length;
  const contestees = c.participants.filter(tient).length;
  return [
    ...groupesDe(c).flatMap((g) => {
      const n = siegent(c).filter((p) => p.presence === g.presence).length;
      return n === 0 ? [] : [pluriel(n, g.un, g.plusieurs)];
    }),
    ...(sieges > 0 ? [pluriel(sieges, 'siège vacant', 'sièges vacants')] : []),
    ...(contestees > 0 ? [pluriel(contestees, 'présence contestée', 'présences contestées')] : []),
  ].join(', ');
}

/** « Procureur (Parquet de Paris) »; never twice the same words, nor parentheses within parentheses. */
function direSiege({ fonction, organisation }: ParticipantEcrit): string {
  if (organisation === '' || organisation.localeCompare(fonction, 'fr', { sensitivity: 'base' }) === 0) return fonction;
  return organisation.includes('(') ? `${fonction}, ${organisation}` : `${fonction} (${organisation})`;
}

function presences(c: ReleveContenu): Bloc[] {
  const participants = siegent(c);
  const nommes = participants.some((p) => p.nom !== '');
  const groupes = groupesDe(c).flatMap((g): Bloc[] => {
    const membres = participants.filter((p) => p.presence === g.presence);
    if (membres.length === 0) return [];
    const libelle = capitale(membres.length > 1 ? g.plusieurs : g.un);
    const remplaces = g.presence === 'represente' && membres.some((p) => p.representePar !== '');
    const colonnes: Colonne[] = [
      { titre: 'Fonction', part: 40 },
      { titre: 'Organisation', part: nommes || remplaces ? 30 : 60 },
      ...(nommes || remplaces ? [{ titre: remplaces ? 'Représenté par' : 'Nom', part: 30 }] : []),
    ];
    return [
      titre(2, `${libelle} (${membres.length})`),
      {
        type: 'tableau',
        legende: typo(libelle),
        colonnes,
        lignes: membres.map((p) =>
          [
            cellule(p.fonction, p.qualite === 'president' ? 'Présidence' : p.qualite === 'secretaire' ? 'Secrétariat' : ''),
            cellule(p.organisation),
            remplaces ? cellule(p.representePar || '–', [p.nom ? `au titre de ${p.nom}` : '', direSuivi(p)].filter(Boolean).join(', ')) : cellule(p.nom || '–'),
          ].slice(0, colonnes.length),
        ),
      },
    ];
  });
  const libres = vacants(c).map(direSiege);
  const sieges = libres.length === 0 ? [] : [para(`${libres.length > 1 ? 'Sièges vacants' : 'Siège vacant'} : ${libres.join(' ; ')}.`)];
  return [
    titre(1, 'Présences'),
    ...(groupes.length > 0 ? groupes : [para(c.ecriture ? 'Aucune personne n’est nommée.' : 'Aucun participant n’est enregistré.')]),
    ...sieges,
    ...participants.flatMap((p) => (p.representant && !p.representant.suivi ? [para(direCorrige(p, p.representant))] : [])),
    ...participants.flatMap((p) => contestationsDuSiege(p).map((x) => para(direContestation(p, x)))),
  ];
}
/** Whose word it is that somebody stood in. */
const direSuivi = ({ representant: r }: ParticipantEcrit): string => (r?.suivi ? `selon sa réponse à la convocation${r.note ? `, ${r.note}` : ''}` : '');
function direCorrige(p: ParticipantEcrit, r: NonNullable<ParticipantEcrit['representant']>): string {
  const note = r.note ? `, ${r.note}` : '';
  return `Noté en séance autrement que sa réponse : ${direSiege(p)}${p.nom ? `, ${p.nom}` : ''}, « ${ditePresence(p)} » ; la réponse${note} disait « représenté par ${r.dit} ».`;
}
const ditePresence = (p: ParticipantEcrit): string =>
  `${p.presence ? PRESENCES[p.presence] : 'non relevée'}${p.representePar ? ` par ${p.representePar}` : ''}`;
/** « Présence contestée : Élue de la mairie, Fatou Ndiaye, « absent » ; contestée par Fatou Ndiaye : « J’y étais ». ». */
export function direContestation(p: ParticipantEcrit, { par, motif, parLien, depuis, dabord, classee }: Contestation): string {
  const suite = classee ? ` ; contestation classée${classee.par ? ` par ${classee.par}` : ''}${classee.motif ? ` : « ${classee.motif} »` : ''}` : '';
  const voix = dabord ? EN_QUALITE.convoque_dabord : depuis ? `, ${AILLEURS}` : '';
  const anonyme = dabord ? SANS_NOM.convoque_dabord.replace('Une', 'une') : depuis ? `une personne ${AILLEURS}` : '';
  const qui = par ? `${par}${voix}` : anonyme;
  return `Présence contestée : ${direSiege(p)}${p.nom ? `, ${p.nom}` : ''}, « ${ditePresence(p)} »${qui || parLien ? ` ; contestée ${direPar(qui, parLien === true)}` : ''}${motif ? ` : « ${motif} »` : ''}${suite}.`;
}

function decisions(c: ReleveContenu): Bloc[] {
  const liste = [
    ...c.points.flatMap((p) => p.decisions.map((d) => ({ d, point: p.rang }))),
    ...c.decisions.map((d): { d: DecisionEcrite; point: number | null } => ({ d, point: null })),
  ];
  return [
    titre(1, 'Décisions et actions'),
    liste.length === 0 ? para('Aucune décision n’a été prise et aucune action n’a été confiée.') : tableauDecisions(liste, 'Décisions et actions'),
  ];
}

function suite(c: ReleveContenu): Bloc[] {
  return [
    titre(1, 'Prochaine séance'),
    para(c.prochaine ? finir(capitale(direMoment(c.prochaine))) : 'La date de la prochaine séance n’est pas fixée.'),
    titre(1, 'Approbations'),
    c.approbations.length === 0
      ? para('Aucune approbation n’est enregistrée.')
      : {
          type: 'tableau',
          legende: 'Approbations',
          colonnes: colonnesDApprobation(c),
          lignes: c.approbations.map((a) => ligneDApprobation(a).slice(0, colonnesDApprobation(c).length)),
        },
    ...(c.relecture ? [para(direRelecture(c.relecture))] : []),
  ];
}
const finir = (phrase: string): string => (/[.!?…]$/.test(phrase) ? phrase : `${phrase}.`);
