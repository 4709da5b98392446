/** The items of a session in words: sheet, notes, votes, decisions. Pure. */
import { capitale, jour, nombre } from '../../../ui/typographie.ts';
import { direGenre } from '../seances.rules.ts';
import type { DecisionEcrite, DossierDePoint, PointEcrit } from './releve.modele.ts';
import { cellule, discret, notes, para, titre, typo } from '../../documents/index.ts';
import type { Bloc, Colonne } from '../../documents/index.ts';

const COLONNES_DECISIONS: Colonne[] = [
  { titre: 'N°', part: 8 },
  { titre: 'Décision ou action', part: 41 },
  { titre: 'Qui', part: 22 },
  { titre: 'Pour le', part: 16 },
  { titre: 'Fiche', part: 13 },
];
export const tableauDecisions = (liste: readonly { d: DecisionEcrite; point: number | null }[], legende: string): Bloc => ({
  type: 'tableau',
  legende,
  colonnes: COLONNES_DECISIONS,
  lignes: liste.map(({ d, point }) => [
    { ...cellule(d.numero), fort: true },
    cellule(d.libelle, [d.nature === 'action' ? 'Action' : 'Décision', point === null ? '' : `point ${point}`].filter(Boolean).join(', ')),
    cellule(d.responsable || '–'),
    cellule(d.echeance ? jour(d.echeance) : 'sans date'),
    d.fiche || d.ligne ? cellule(d.fiche ?? d.ligne ?? '', d.fiche && d.ligne ? `ligne ${d.ligne}` : '') : cellule('–'),
  ]),
});
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
export const votes = (points: readonly PointEcrit[]): Bloc[] => (points.some((p) => p.votes.length > 0) ? [titre(1, 'Votes'), tableauVotes(points, true)] : []);

/** `ancienne`: frozen when an item without notes still said so. */
export function deroule(points: readonly PointEcrit[], ancienne: boolean): Bloc[] {
  const point = (p: PointEcrit) => ecrirePoint(p, ancienne);
  const reportes = points.filter((p) => p.etat === 'reporte');
  const autres = points.filter((p) => p.etat !== 'reporte');
  return [
    titre(1, 'Déroulé'),
    ...(autres.length === 0 ? [para('Aucun point n’a été examiné.')] : autres.flatMap(point)),
    ...(reportes.length === 0 ? [] : [titre(1, 'Points reportés'), para('Ces points seront repris à une prochaine séance.'), ...reportes.flatMap(point)]),
  ];
}

function ecrirePoint(p: PointEcrit, ancienne: boolean): Bloc[] {
  const precisions = [
    p.genre === 'libre' ? '' : direGenre(p.genre, p.acceptePar),
    p.fiche ? `fiche ${p.fiche}` : '',
    p.rapporteur ? `rapporteur : ${p.rapporteur}` : '',
    { traite: '', reporte: 'reporté', a_venir: 'non examiné', en_cours: 'en cours d’examen' }[p.etat],
  ].filter(Boolean);
  return [
    titre(2, `${p.rang}. ${p.titre}`),
    ...(precisions.length === 0 ? [] : [discret(capitale(precisions.join(' · ')))]),
    // What nobody spoke of is not told at length; it comes back with the item.
    ...(p.dossier && (ancienne || p.etat !== 'reporte') ? dossier(p.dossier) : []),
    ...notes(p.notes),
    ...(ancienne && p.notes.trim() === '' && p.etat === 'traite' && p.decisions.length === 0 && p.votes.length === 0
      ? [discret('Aucune note n’a été prise sur ce point.')]
      : []),
    ...(p.votes.length === 0 ? [] : [titre(3, p.votes.length > 1 ? 'Votes' : 'Vote'), tableauVotes([p], false)]),
    ...(p.decisions.length === 0
      ? []
      : [
          titre(3, 'Ce qui est décidé'),
          tableauDecisions(
            p.decisions.map((d) => ({ d, point: null })),
            `Décisions et actions du point ${p.rang}`,
          ),
        ]),
  ];
}

const CHIFFRES_RESERVES = 'Les chiffres que le public ne lit pas tels quels (trop récents, trop petits ou trop fins) ne sont pas repris ici.';

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
    blocs.push({ type: 'liste', puces: d.enregistrements.map((e) => typo(e.jour ? `${e.libelle}, ${jour(e.jour)}` : e.libelle)) });
  if (d.reserve) blocs.push(para(CHIFFRES_RESERVES));
  if (blocs.length === 0) return [];
  const source = [d.source ? `Source : ${d.source.libelle}.` : '', d.arreteLe ? `Fiche arrêtée le ${jour(d.arreteLe)}.` : ''].filter(Boolean).join(' ');
  return [{ type: 'fiche', titre: 'Ce que les membres avaient sous les yeux', blocs: [...blocs, ...(source === '' ? [] : [discret(source)])] }];
}
