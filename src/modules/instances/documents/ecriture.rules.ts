/** Minutes in words: the blocks of a relevé and of a compte rendu, before any format. Pure. */
import { sansControles } from '../../../core/police.ts';
import { capitale, espacer, heure, INSECABLE, jour, jourCourt, jourEtHeure, nombre, pluriel } from '../../../ui/typographie.ts';
import { CONFIDENTIALITES, GENRES_POINT, type Presence } from '../instances.rules.ts';
import type { Bloc, Cellule, Colonne, DocumentEcrit } from './document.modele.ts';
import { type DecisionEcrite, type DossierDePoint, GENRES, type GenreDocument, type ParticipantEcrit, type PointEcrit, type ReleveContenu } from './releve.modele.ts';
import { lireBlocs } from './texte.rules.ts';

/** Every text of the record goes through here on its way to paper. */
export const typo = (texte: string): string => espacer(sansControles(texte));
const cellule = (texte: string, precision = ''): Cellule => ({ texte: typo(texte), ...(precision === '' ? {} : { precision: typo(precision) }) });

export const titreDe = (c: ReleveContenu, genre: GenreDocument): string =>
  typo([GENRES[genre], c.instance.nom, jour(c.seance.jour), c.rectificatif > 0 ? rectificatif(c) : ''].filter(Boolean).join(', '));
const rectificatif = (c: ReleveContenu): string => `Rectificatif n°${INSECABLE}${c.rectificatif}`;

export function ecrireReleve(c: ReleveContenu, genre: GenreDocument): DocumentEcrit {
  const complet = genre === 'compte-rendu';
  return {
    ...enTete(c, GENRES[genre], titreDe(c, genre)),
    projet: c.numero === null,
    blocs: [
      ...(c.numero === null ? [encart('Projet : ce document n’est pas arrêté et peut encore changer.')] : []),
      ...(c.rectificatif > 0 ? [encart(`${rectificatif(c)}, qui remplace la version précédente.${c.motif ? ` Motif : ${c.motif}` : ''}`)] : []),
      ...decisions(c),
      ...(complet ? presences(c.participants) : []),
      ...(complet ? deroule(c.points) : votes(c.points)),
      ...suite(c),
    ],
  };
}

export const encart = (texte: string): Bloc => ({ type: 'encart', texte: typo(texte) });
export const para = (...lignes: string[]): Bloc => ({ type: 'para', lignes: lignes.map(typo) });
const discret = (texte: string): Bloc => ({ type: 'para', lignes: [typo(texte)], ton: 'discret' });
export const titre = (niveau: 1 | 2 | 3, texte: string): Bloc => ({ type: 'titre', niveau, texte: typo(texte) });
/** Notes typed by people. */
export const notes = (texte: string): Bloc[] =>
  lireBlocs(texte).map((b) => (b.type === 'para' ? { type: 'para', lignes: b.lignes.map(typo) } : { type: 'liste', puces: b.puces.map(typo) }));

/** What every paper of a session begins with. */
export function enTete(c: ReleveContenu, genre: string, titreDuFichier: string): DocumentEcrit {
  return {
    titre: titreDuFichier,
    genre,
    instance: typo(c.instance.nom),
    contrat: typo(c.contrat.titre),
    seance: typo(c.seance.titre),
    motsCles: [c.contrat.sigle, genre, c.instance.territoire].filter(Boolean).map(typo),
    date: c.seance.jour,
    projet: false,
    demonstration: c.demonstration,
    pied: typo([genre, c.numero ?? 'projet', c.rectificatif > 0 ? rectificatif(c) : ''].filter(Boolean).join(' · ')),
    destinataire: [],
    reperes: reperes(c),
    blocs: [],
  };
}

export const quandSeTient = (s: { jour: string; debut: string; fin: string }): string =>
  `${capitale(jour(s.jour, { semaine: true }))}${s.debut ? `, de ${heure(s.debut)} à ${heure(s.fin)}` : ''}`;

function reperes(c: ReleveContenu): { cle: string; valeur: string }[] {
  const discretion = c.instance.confidentialite;
  const reserve = discretion === 'restreinte' || discretion === 'nommee' ? CONFIDENTIALITES[discretion].libelle : '';
  return [
    { cle: 'Date', valeur: quandSeTient(c.seance) },
    { cle: 'Lieu', valeur: c.seance.lieu },
    { cle: 'Territoire', valeur: c.instance.territoire },
    { cle: 'Numéro', valeur: c.numero ?? '' },
    { cle: 'Présidence', valeur: presidence(c.participants) },
    { cle: 'Participants', valeur: compter(c.participants) },
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
  if (assis.length === 0) return presidents.length > 0 ? 'aucun président présent' : '';
  return assis
    .map((p) => {
      const nom = p.nom ? ` (${p.nom})` : '';
      return p.presence === 'represente' ? `${p.fonction}${nom}, ${represente(p)}` : `${p.fonction}${nom}`;
    })
    .join(' ; ');
}
const represente = (p: ParticipantEcrit): string => (p.representePar ? `représenté par ${p.representePar}` : 'représenté');

const GROUPES: readonly { presence: Presence | null; un: string; plusieurs: string }[] = [
  { presence: 'present', un: 'présent', plusieurs: 'présents' },
  { presence: 'represente', un: 'représenté', plusieurs: 'représentés' },
  { presence: 'excuse', un: 'excusé', plusieurs: 'excusés' },
  { presence: 'absent', un: 'absent', plusieurs: 'absents' },
  { presence: null, un: 'sans présence relevée', plusieurs: 'sans présence relevée' },
];
function compter(participants: readonly ParticipantEcrit[]): string {
  return GROUPES.flatMap((g) => {
    const n = participants.filter((p) => p.presence === g.presence).length;
    return n === 0 ? [] : [pluriel(n, g.un, g.plusieurs)];
  }).join(', ');
}

function presences(participants: readonly ParticipantEcrit[]): Bloc[] {
  const nommes = participants.some((p) => p.nom !== '');
  const groupes = GROUPES.flatMap((g): Bloc[] => {
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
            remplaces ? cellule(p.representePar || '–', p.nom ? `au titre de ${p.nom}` : '') : cellule(p.nom || '–'),
          ].slice(0, colonnes.length),
        ),
      },
    ];
  });
  return [titre(1, 'Présences'), ...(groupes.length > 0 ? groupes : [para('Aucun participant n’est enregistré.')])];
}

const COLONNES_DECISIONS: Colonne[] = [
  { titre: 'N°', part: 8 },
  { titre: 'Décision ou action', part: 44 },
  { titre: 'Qui', part: 22 },
  { titre: 'Pour le', part: 13 },
  { titre: 'Fiche', part: 13 },
];
const tableauDecisions = (liste: readonly { d: DecisionEcrite; point: number | null }[], legende: string): Bloc => ({
  type: 'tableau',
  legende,
  colonnes: COLONNES_DECISIONS,
  lignes: liste.map(({ d, point }) => [
    { ...cellule(d.numero), fort: true },
    cellule(d.libelle, [d.nature === 'action' ? 'Action' : 'Décision', point === null ? '' : `point ${point}`].filter(Boolean).join(', ')),
    cellule(d.responsable || '–'),
    cellule(d.echeance ? jourCourt(d.echeance) : 'sans date'),
    d.fiche || d.ligne ? cellule(d.fiche ?? d.ligne ?? '', d.fiche && d.ligne ? `ligne ${d.ligne}` : '') : cellule('–'),
  ]),
});
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

function tableauVotes(points: readonly PointEcrit[], avecPoint: boolean): Bloc {
  return {
    type: 'tableau',
    legende: 'Votes',
    colonnes: [
      { titre: 'Objet du vote', part: 46 },
      { titre: 'Pour', part: 12, droite: true },
      { titre: 'Contre', part: 12, droite: true },
      { titre: 'Abstentions', part: 15, droite: true },
      { titre: 'Résultat', part: 15 },
    ],
    lignes: points.flatMap((p) =>
      p.votes.map((v) => [
        cellule(v.objet, avecPoint ? `Point ${p.rang}` : ''),
        cellule(nombre(v.pour)),
        cellule(nombre(v.contre)),
        cellule(nombre(v.abstention)),
        { ...cellule(capitale(v.resultat)), fort: true },
      ]),
    ),
  };
}
const votes = (points: readonly PointEcrit[]): Bloc[] =>
  points.some((p) => p.votes.length > 0) ? [titre(1, 'Votes'), tableauVotes(points, true)] : [];

function deroule(points: readonly PointEcrit[]): Bloc[] {
  const reportes = points.filter((p) => p.etat === 'reporte');
  const autres = points.filter((p) => p.etat !== 'reporte');
  return [
    titre(1, 'Déroulé'),
    ...(autres.length === 0 ? [para('Aucun point n’a été examiné.')] : autres.flatMap(point)),
    ...(reportes.length === 0 ? [] : [titre(1, 'Points reportés'), para('Ces points seront repris à une prochaine séance.'), ...reportes.flatMap(point)]),
  ];
}

function point(p: PointEcrit): Bloc[] {
  const precisions = [
    p.genre === 'libre' ? '' : GENRES_POINT[p.genre],
    p.fiche ? `fiche ${p.fiche}` : '',
    p.rapporteur ? `rapporteur : ${p.rapporteur}` : '',
    { traite: '', reporte: 'reporté', a_venir: 'non examiné', en_cours: 'en cours d’examen' }[p.etat],
  ].filter(Boolean);
  return [
    titre(2, `${p.rang}. ${p.titre}`),
    ...(precisions.length === 0 ? [] : [discret(capitale(precisions.join(' · ')))]),
    ...(p.dossier ? dossier(p.dossier) : []),
    ...notes(p.notes),
    ...(p.notes.trim() === '' && p.etat === 'traite' && p.decisions.length === 0 && p.votes.length === 0
      ? [discret('Aucune note n’a été prise sur ce point.')]
      : []),
    ...(p.votes.length === 0 ? [] : [titre(3, p.votes.length > 1 ? 'Votes' : 'Vote'), tableauVotes([p], false)]),
    ...(p.decisions.length === 0
      ? []
      : [titre(3, 'Ce qui est décidé'), tableauDecisions(p.decisions.map((d) => ({ d, point: null })), `Décisions et actions du point ${p.rang}`)]),
  ];
}

/** What members had under their eyes. Columns that nothing fills are left out. */
function dossier(d: DossierDePoint): Bloc[] {
  const avant = d.chiffres.some((x) => x.avant !== '');
  const evolue = d.chiffres.some((x) => x.evolution !== '');
  const blocs: Bloc[] = [
    ...(d.retire ? [para('Retiré depuis : ce dont ce point parlait n’existe plus.')] : []),
    ...(d.faits.length > 0 ? [{ type: 'liste' as const, puces: d.faits.map(typo) }] : []),
  ];
  if (d.chiffres.length > 0)
    blocs.push({
      type: 'tableau',
      legende: 'Chiffres',
      colonnes: [
        { titre: 'Chiffre', part: 100 - 26 - (avant ? 22 : 0) - (evolue ? 14 : 0) },
        { titre: 'Valeur', part: 26 },
        ...(avant ? [{ titre: 'Un an avant', part: 22 }] : []),
        ...(evolue ? [{ titre: 'Évolution', part: 14 }] : []),
      ],
      lignes: d.chiffres.map((x) => [
        cellule(x.libelle, x.id),
        { ...cellule(x.valeur || '–'), fort: true },
        ...(avant ? [cellule(x.avant || '–')] : []),
        ...(evolue ? [cellule(x.evolution || '–')] : []),
      ]),
    });
  if (d.lieux.length > 0) {
    const passe = d.lieux.some((l) => l.avant !== null);
    blocs.push({
      type: 'tableau',
      legende: 'Par territoire',
      colonnes: [
        { titre: 'Territoire', part: passe ? 60 : 80 },
        { titre: 'Valeur', part: 20, droite: true },
        ...(passe ? [{ titre: 'Un an avant', part: 20, droite: true }] : []),
      ],
      lignes: d.lieux.map((l) => [cellule(l.nom), cellule(nombre(l.valeur)), ...(passe ? [cellule(l.avant === null ? '–' : nombre(l.avant))] : [])]),
    });
  }
  if (d.enregistrements.length > 0)
    blocs.push({ type: 'liste', puces: d.enregistrements.map((e) => typo(e.jour ? `${e.libelle}, ${jourCourt(e.jour)}` : e.libelle)) });
  if (blocs.length === 0) return [];
  const source = [d.source ? `Source : ${d.source.libelle}.` : '', d.arreteLe ? `Fiche arrêtée le ${jour(d.arreteLe)}.` : ''].filter(Boolean).join(' ');
  return [{ type: 'fiche', titre: 'Ce que les membres avaient sous les yeux', blocs: [...blocs, ...(source === '' ? [] : [discret(source)])] }];
}

function suite(c: ReleveContenu): Bloc[] {
  return [
    titre(1, 'Prochaine séance'),
    para(c.prochaine === null || c.prochaine === '' ? 'La date de la prochaine séance n’est pas fixée.' : `${capitale(direMoment(c.prochaine))}.`.replace(/\.\.$/, '.')),
    titre(1, 'Approbations'),
    c.approbations.length === 0
      ? para('Aucune approbation n’est enregistrée.')
      : {
          type: 'tableau',
          legende: 'Approbations',
          colonnes: approuve(c),
          lignes: c.approbations.map((a) =>
            [cellule(a.fonction), cellule(a.quand ? direMoment(a.quand) : '–'), cellule(a.par || '–', a.piece ? `pièce : ${a.piece}` : '')].slice(0, approuve(c).length),
          ),
        },
  ];
}
const approuve = (c: ReleveContenu): Colonne[] =>
  c.approbations.some((a) => a.par || a.piece)
    ? [
        { titre: 'Fonction', part: 40 },
        { titre: 'Approuvé le', part: 27 },
        { titre: 'Par', part: 33 },
      ]
    : [
        { titre: 'Fonction', part: 60 },
        { titre: 'Approuvé le', part: 40 },
      ];

/** A day, a moment (with its zone or on the wall clock), or words as they are. */
function direMoment(t: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(t)) return jour(t, { semaine: true });
  const mur = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?$/.exec(t);
  if (mur) return `${jour(mur[1] ?? '', { semaine: true })} à ${heure(mur[2] ?? '')}`;
  return /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(t) ? jourEtHeure(t) : t;
}
