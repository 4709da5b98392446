/** The bilan as a workbook: a summary, one sheet for each fiche, all measures. Numbers are numbers, states are words apart. */
import type exceljs from 'exceljs';
import { sansControles } from '../../documents/index.ts';
import { ETATS_DECISION, type EtatDecision } from '../../decisions/index.ts';
import type { BilanContenu, FicheBilan, TexteBilan } from './bilan.modele.ts';
import { titreBilan } from './bilan.modele.ts';
import { direJours, mentions, nomDAxe } from './bilan.phrases.ts';
import { direJugement, titreEvolution } from './bilan.rules.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { protegerCellule } from '../../../core/csv.ts';

type Valeur = string | number | null;
const sur = (v: Valeur): Valeur => (typeof v === 'string' ? protegerCellule(sansControles(v)) : v);

const texteEnLignes = (t: TexteBilan): string[] => t.blocs.flatMap((b) => (b.type === 'para' ? b.lignes : b.puces.map((x) => `– ${x}`)));

const TITRE = { name: 'Calibri', size: 16, bold: true, color: { argb: 'FF13294B' } };
const PLEIN = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF13294B' } } as const;

export async function ecrireXlsx(c: BilanContenu): Promise<Buffer> {
  // Loaded when first used: it takes longer to load than everything else together.
  const { default: lib } = await import('exceljs');
  const classeur = new lib.Workbook();
  classeur.creator = 'Concorde';
  classeur.title = titreBilan(c);
  classeur.keywords = c.contrat.licence.nom;
  classeur.created = classeur.modified = new Date(`${c.editeLe}T00:00:00Z`);
  synthese(classeur, c);
  for (const f of c.fiches) fiche(classeur, f, c);
  if (c.decisions.liste.length > 0) decisions(classeur, c);
  annexe(classeur, c);
  licence(classeur, c);
  return Buffer.from(await classeur.xlsx.writeBuffer());
}

function feuille(classeur: exceljs.Workbook, nom: string, titre: string, c: BilanContenu, largeurs: readonly number[]): exceljs.Worksheet {
  const f = classeur.addWorksheet(nom, { pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } });
  largeurs.forEach((width, i) => {
    f.getColumn(i + 1).width = width;
  });
  f.addRow([sur(titre)]).font = TITRE;
  f.addRow([sur(`${c.territoire.nom} · ${c.annee}${c.demonstration ? ' · données fictives' : ''}`)]).font = { color: { argb: 'FF5B6270' } };
  return f;
}

function tableau(f: exceljs.Worksheet, titres: readonly string[], lignes: readonly (readonly Valeur[])[]): void {
  f.addRow([]);
  const entete = f.addRow([...titres]);
  entete.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = PLEIN;
    cell.alignment = { wrapText: true, vertical: 'middle' };
  });
  for (const l of lignes) {
    const rang = f.addRow(l.map(sur));
    rang.alignment = { wrapText: true, vertical: 'top' };
    rang.eachCell((cell) => {
      if (typeof cell.value === 'number') cell.numFmt = Number.isInteger(cell.value) ? '#,##0' : '#,##0.0';
    });
  }
}

function synthese(classeur: exceljs.Workbook, c: BilanContenu): void {
  const f = feuille(classeur, 'Synthèse', titreBilan(c), c, [60, 14, 18, 14, 14, 14, 18]);
  const { etat: k, comptes: n, parAxe, enRetard, aVenir } = c.synthese;
  if (c.essentiel)
    tableau(
      f,
      ['L’essentiel'],
      [...texteEnLignes(c.essentiel), c.essentiel.signature].map((t) => [t]),
    );
  tableau(
    f,
    ['Repère', 'Nombre'],
    [
      ['Chiffres attendus', k.attendus],
      ['Chiffres connus', k.connus],
      ['Chiffres en retard', k.enRetard],
      ['Chiffres donnés, à valider', k.aValider],
      ['Chiffres attendus plus tard', k.aVenir],
      ['Chiffres secrets', k.secrets],
      ['Mesures sans objet', k.sansObjet],
      ['Mesures non ventilées (ensemble du contrat seulement)', k.nonVentiles],
      ['Fiches', n.fiches],
      ['Indicateurs', n.indicateurs],
      ['Mesures', n.mesures],
      ['Lignes d’action', n.lignes],
      ['Lignes d’action servies', n.lignesServies],
      ['Enregistrements comptés pour les fiches', n.preuves],
    ],
  );
  tableau(
    f,
    ['Axe', 'Fiches', 'Chiffres attendus', 'Connus', 'En retard', 'Attendus plus tard', 'Enregistrements'],
    parAxe.map((a) => [nomDAxe(a), a.fiches, a.etat.attendus, a.etat.connus, a.etat.enRetard, a.etat.aVenir, a.preuves]),
  );
  tableau(
    f,
    ['Instance', 'Séances', 'Jours'],
    c.seances.map((s) => [s.instance, s.jours.length, direJours(s.jours)]),
  );
  tableau(
    f,
    ['Décisions et actions', 'Nombre'],
    [
      ...Object.entries(c.decisions.comptes).map(([etat, n]): [string, number] => [ETATS_DECISION[etat as EtatDecision], n]),
      ['dont en retard', c.decisions.enRetard],
    ],
  );
  tableau(
    f,
    ['Organisme', 'Chiffres en retard'],
    enRetard.map((a) => [a.acteur, a.nombre]),
  );
  tableau(
    f,
    ['Organisme', 'Chiffres attendus plus tard', 'Pour le'],
    aVenir.map((a) => [a.acteur, a.nombre, a.pour]),
  );
  tableau(
    f,
    ['État d’un chiffre', 'Ce que cela veut dire'],
    c.methode.etats.map((e) => [`${e.mot} : ${e.sens}`]),
  );
  tableau(
    f,
    ['Méthode'],
    c.methode.paragraphes.map((p) => [p]),
  );
}

function licence(classeur: exceljs.Workbook, c: BilanContenu): void {
  const f = feuille(classeur, 'Licence', 'Réutiliser ces chiffres', c, [90]);
  for (const t of [c.contrat.licence.nom, c.contrat.licence.adresse, ...mentions(c)]) f.addRow([sur(t)]);
}

function fiche(classeur: exceljs.Workbook, f: FicheBilan, c: BilanContenu): void {
  const s = feuille(classeur, f.numero, `${f.numero} · ${f.titre}`, c, [12, 60, 16, 14, 14, 14, 22, 14, 14, 16, 34, 40]);
  s.addRow([sur(f.resume)]);
  for (const t of f.commentaire ? [...texteEnLignes(f.commentaire), f.commentaire.signature] : []) s.addRow([sur(t)]);
  s.addRow([sur(`Pilotes : ${f.pilotes.join(', ') || 'aucun désigné'}`)]);
  s.addRow([sur(`Partenaires : ${f.partenaires.join(', ') || 'aucun désigné'}`)]);
  tableau(
    s,
    [
      'Mesure',
      'Libellé',
      'Unité',
      'Obtention',
      String(c.annee),
      `État ${c.annee}`,
      'Validation',
      String(c.annee - 1),
      `État ${c.annee - 1}`,
      titreEvolution(c),
      'Avec l’ensemble',
      'Précision',
    ],
    f.mesures.map((m) => [
      m.id,
      m.libelle,
      m.unite,
      m.obtention,
      m.annee.valeur,
      m.annee.mot,
      [m.annee.validation, m.annee.contributions].filter(Boolean).join(', '),
      m.avant?.valeur ?? null,
      m.avant?.mot ?? '',
      m.evolution,
      m.comparaison,
      [
        m.annee.texte,
        m.annee.dette,
        m.annee.incomplet > 0 ? pluriel(m.annee.incomplet, 'enregistrement sans quantité', 'enregistrements sans quantité') : '',
        direJugement(m),
      ]
        .filter(Boolean)
        .join(' · '),
    ]),
  );
  tableau(
    s,
    ['Ligne', 'Action', 'Enregistrements', 'Compté par'],
    f.actions.flatMap((a) => [
      ...(a.lignes.some((l) => l.id === a.id) ? [] : [[a.id, a.libelle, null, null]]),
      ...a.lignes.map((l) => [l.id, `${'    '.repeat(l.id === a.id ? 0 : l.niveau + 1)}${l.libelle}`, l.preuves, l.comptePar.join(', ')]),
    ]),
  );
  if (f.carte)
    tableau(
      s,
      ['Code', `Territoire : ${f.carte.titre}`, f.carte.unite, 'État', `Pour ${f.carte.par} habitants`],
      f.carte.tuiles.map((t) => [t.id, t.nom, t.chiffre.valeur, t.chiffre.mot, Math.round(t.taux * 100) / 100]),
    );
}

function decisions(classeur: exceljs.Workbook, c: BilanContenu): void {
  const s = feuille(classeur, 'Décisions', 'Décisions et actions', c, [8, 60, 34, 14, 34, 14, 14, 50]);
  tableau(
    s,
    ['N°', 'Décision ou action', 'Instance', 'Jour', 'Qui', 'Échéance', 'État', 'Suite'],
    c.decisions.liste.map((x) => [x.numero, x.libelle, x.instance, x.jour, x.qui, x.echeance, x.etatDit, x.suite]),
  );
}

function annexe(classeur: exceljs.Workbook, c: BilanContenu): void {
  const s = feuille(classeur, 'Annexe', 'Toutes les mesures', c, [8, 12, 70, 16, 14, 14, 14, 26, 14, 50, 50, 50, 40]);
  tableau(
    s,
    [
      'Fiche',
      'Mesure',
      'Libellé',
      'Unité',
      'Obtention',
      'Valeur',
      'État',
      'Validation',
      'Contributions',
      'Source',
      'Comment c’est compté',
      'Limites',
      'Attendu de',
    ],
    c.annexe.map((l) => [
      l.fiche,
      l.id,
      l.libelle,
      l.unite,
      l.obtention,
      l.chiffre.valeur,
      l.chiffre.mot,
      l.chiffre.validation,
      l.chiffre.contributions,
      l.chiffre.texte === null ? l.source : `${l.chiffre.texte} (${l.source})`,
      l.methode,
      l.limites,
      l.attenduDe,
    ]),
  );
  s.views = [{ state: 'frozen', ySplit: 4 }];
  s.autoFilter = { from: { row: 4, column: 1 }, to: { row: 4, column: 13 } };
}
