/** The bilan as a Word document: real heading styles, real tables with repeated header rows, figures with alternative texts. */
import { Document, HeadingLevel, Packer, PageBreak, PageOrientation, Paragraph, StyleLevel, TableOfContents } from 'docx';
import { motsDeWord } from '../../documents/index.ts';
import { jour, nombre } from '../../../ui/typographie.ts';
import { type ActionBilan, type BilanContenu, type FicheBilan, type MesureBilan, parle, type TexteBilan, titreBilan } from './bilan.modele.ts';
import * as p from './bilan.phrases.ts';
import { type Bloc, image } from './bilan.docx-blocs.ts';
import { direChiffre, direJugement, titreEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, PALETTE_IMPRIMEE } from './bilan.svg.ts';

const { MARGE, NUMEROTATION, para, piedDePage, puce, STYLES, tableau, texte, titre } = await motsDeWord();

export async function ecrireDocx(c: BilanContenu): Promise<Buffer> {
  const pied = piedDePage(`${p.piedDe(c)}${c.demonstration ? ' · données fictives' : ''}`);
  const document = new Document({
    title: titreBilan(c),
    creator: p.auteurs(c),
    description: c.contrat.resume,
    keywords: c.contrat.licence.nom,
    customProperties: [{ name: 'Licence', value: c.contrat.licence.adresse }],
    // The table of contents is filled by the word processor when the file is opened.
    features: { updateFields: true },
    styles: STYLES,
    numbering: NUMEROTATION,
    sections: [
      {
        properties: { page: { margin: MARGE }, titlePage: true },
        footers: { default: pied },
        children: [
          ...couverture(c),
          ...essentiel(c),
          ...chiffresQuiComptent(c),
          ...seancesEtDecisions(c),
          ...rectificatifs(c),
          ...c.synthese.parAxe.flatMap((a) => axe(a, c)),
          ...lire(c),
          ...(c.annexes ? [...actions(c), ...methode(c)] : []),
        ],
      },
      ...(c.annexes
        ? [{ properties: { page: { margin: MARGE, size: { orientation: PageOrientation.LANDSCAPE } } }, footers: { default: pied }, children: annexe(c) }]
        : []),
    ],
  });
  return Packer.toBuffer(document);
}

function couverture(c: BilanContenu): Bloc[] {
  return [
    para(c.contrat.titre, { color: '5B6270', size: 24 }),
    new Paragraph({ spacing: { before: 2400 }, heading: HeadingLevel.TITLE, children: [texte(`Bilan ${c.annee}`)] }),
    para(c.territoire.nom, { size: 44, color: '8A6412' }),
    para(c.contrat.resume),
    ...(c.demonstration ? [para('Données fictives', { bold: true, color: '8D1C23', size: 26 })] : []),
    ...p.mentions(c).map((t) => para(t, { color: '5B6270' })),
    new Paragraph({ children: [new PageBreak()] }),
    para('Sommaire', { bold: true, size: 38, color: '13294B' }),
    new TableOfContents('Sommaire', {
      hyperlink: true,
      headingStyleRange: '1-2',
      stylesWithLevels: [new StyleLevel('Heading1', 1), new StyleLevel('Heading2', 2)],
    }),
  ];
}

function blocsDeTexte(t: TexteBilan): Bloc[] {
  return [
    ...t.blocs.flatMap((b) => (b.type === 'para' ? [para(b.lignes.join(' '))] : b.puces.map((x) => puce([texte(x)], 0)))),
    para(t.signature, { size: 17, color: '5B6270' }),
  ];
}

const essentiel = (c: BilanContenu): Bloc[] => [
  titre(1, 'L’essentiel', true),
  ...(c.essentiel ? blocsDeTexte(c.essentiel) : [para(p.SANS_ESSENTIEL, { italics: true, color: '5B6270' })]),
  para(c.synthese.phrase),
  tableau(
    [
      { titre: 'Repère', part: 70 },
      { titre: 'Nombre', part: 30, droite: true },
    ],
    p.tuiles(c).map((t) => [t.libelle, t.valeur]),
  ),
];

function chiffresQuiComptent(c: BilanContenu): Bloc[] {
  return [
    titre(1, 'Les chiffres qui comptent', true),
    para(p.phraseReperes(c)),
    tableauDeMesures(c.reperes, c),
    titre(2, 'Axe par axe'),
    tableau(
      [
        { titre: 'Axe', part: 44 },
        { titre: 'Chiffres connus', part: 16, droite: true },
        { titre: 'En retard', part: 12, droite: true },
        { titre: 'Attendus plus tard', part: 14, droite: true },
        { titre: 'Enregistrements', part: 14, droite: true },
      ],
      c.synthese.parAxe.map((a) => [p.nomDAxe(a), p.connusSur(a.etat), nombre(a.etat.enRetard), nombre(a.etat.aVenir), nombre(a.preuves)]),
    ),
    ...(c.synthese.enRetard.length > 0 ? [titre(2, 'Chiffres en retard'), para(p.phraseRetards(c))] : []),
    ...(c.synthese.aVenir.length > 0 ? [titre(2, 'Chiffres attendus plus tard'), para(p.phraseAVenir(c))] : []),
  ];
}

function rectificatifs(c: BilanContenu): Bloc[] {
  if (c.rectificatifs.liste.length === 0) return [];
  const parts = [12, 34, 13, 13, 28];
  return [
    titre(1, 'Rectificatifs', true),
    para(p.phraseRectificatifs(c)),
    tableau(
      p.TITRES_RECTIFICATIFS.map((t, i) => ({ titre: t, part: parts[i] ?? 20 })),
      c.rectificatifs.liste.map((r) => [jour(r.jour), `${r.mesure} (${r.ou})`, r.avant, r.apres, `${r.motif} (${r.par})`]),
    ),
  ];
}

function seancesEtDecisions(c: BilanContenu): Bloc[] {
  const seances = p.seancesMontrees(c);
  const decisions = p.decisionsMontrees(c);
  const partenaires = c.pour === 'partenaires';
  return [
    titre(1, 'Séances et décisions', true),
    para(p.phraseSeances(c)),
    ...(seances.liste.length === 0
      ? []
      : [
          tableau(
            [
              { titre: 'Instance', part: partenaires ? 38 : 50 },
              { titre: 'Séances', part: 10, droite: true },
              { titre: 'Jours', part: 40 },
              ...(partenaires ? [{ titre: 'Décisions prises', part: 12, droite: true }] : []),
            ],
            seances.liste.map((s) => [s.instance, nombre(s.jours.length), p.direJours(s.jours), ...(partenaires ? [nombre(s.decisions ?? 0)] : [])]),
          ),
        ]),
    ...(seances.reste ? [para(seances.reste)] : []),
    titre(2, 'Ce que les décisions sont devenues'),
    para(p.phraseDecisions(c)),
    ...(decisions.liste.length === 0
      ? []
      : [
          tableau(
            [
              { titre: 'N°', part: 7 },
              { titre: 'Décision ou action', part: 45 },
              { titre: 'Qui', part: 22 },
              { titre: 'Échéance', part: 13 },
              { titre: 'État', part: 13 },
            ],
            decisions.liste.map((x) => [
              x.numero,
              [`${x.libelle} (${p.precisionDe(x)})`, x.suite].filter(Boolean).join('. '),
              x.qui,
              p.direEcheance(x),
              x.etatDit,
            ]),
          ),
        ]),
    ...(decisions.reste ? [para(decisions.reste)] : []),
  ];
}

const lire = (c: BilanContenu): Bloc[] => [titre(1, 'Lire ce bilan'), ...c.methode.paragraphes.map((t) => para(t))];

function methode(c: BilanContenu): Bloc[] {
  return [
    titre(1, 'Annexe : d’où viennent les chiffres', true),
    tableau(
      [
        { titre: 'Mesure', part: 18 },
        { titre: 'Nombre', part: 12, droite: true },
        { titre: 'Comment le chiffre est obtenu', part: 70 },
      ],
      c.methode.obtentions.map((o) => [o.mot, nombre(o.nombre), o.sens]),
    ),
    tableau(
      [
        { titre: 'État', part: 18 },
        { titre: 'Ce que cela veut dire', part: 82 },
      ],
      c.methode.etats.map((e) => [e.mot, e.sens]),
    ),
  ];
}

function axe(a: BilanContenu['synthese']['parAxe'][number], c: BilanContenu): Bloc[] {
  const muettes = p.phraseMuettes(c, a.numero);
  return [
    titre(1, p.nomDAxe(a), true),
    para(a.resume),
    ...c.fiches.filter((f) => f.axe === a.numero && parle(f)).flatMap((f) => fiche(f, c)),
    ...(muettes ? [para(muettes, { color: '5B6270' })] : []),
  ];
}

function fiche(f: FicheBilan, c: BilanContenu): Bloc[] {
  const { montrees, phraseZeros, dettes } = p.trierMesures(f);
  return [
    titre(2, `${f.numero} · ${f.titre}`),
    para(p.chapoDe(f), { size: 17, color: '5B6270' }),
    ...(f.commentaire ? blocsDeTexte(f.commentaire) : []),
    ...(montrees.length === 0 ? [] : [tableauDeMesures(montrees, c)]),
    ...[phraseZeros, ...dettes.map((x) => x.texte)].filter(Boolean).map((t) => para(t, { size: 17, color: '5B6270' })),
    ...(f.series.length === 0 ? [] : [image(dessinerSeries(f.series, PALETTE_IMPRIMEE, `g${f.numero}`), `Valeurs par année, fiche ${f.numero}`, 600)]),
    ...(f.carte
      ? [
          image(dessinerCarte(f.carte, PALETTE_IMPRIMEE), `Carte, fiche ${f.numero}`, 200),
          para(`${f.carte.titre} (${p.uniteDeCarte(f.carte)}). ${p.REGLE_DE_CARTE}`, { size: 17, color: '5B6270' }),
        ]
      : []),
    ...[p.phraseLignes(f)].filter(Boolean).map((t) => para(t)),
    ...p.lignesServies(f).map((l) => puce([texte(l)], 0)),
    ...f.recits.flatMap((r) => [
      para(r.libelle, { size: 17, color: '5B6270' }),
      ...r.texte.split(/\n+/).map((t) => para(t)),
      ...(r.signature === '' ? [] : [para(r.signature, { size: 17, color: '5B6270' })]),
    ]),
  ];
}

function tableauDeMesures(mesures: readonly MesureBilan[], c: BilanContenu): Bloc {
  const compare = !c.territoire.contratEntier;
  // A year that is not over stands beside the same months, never beside a full year; the whole has nothing to be compared with.
  const garder = <T>(liste: readonly [T, T, T, T, T]): T[] => liste.filter((_, i) => (i === 2 ? !c.enCours : i < 4 || compare));
  return tableau(
    garder([
      { titre: 'Mesure', part: 36 },
      { titre: String(c.annee), part: 16, droite: true },
      { titre: String(c.annee - 1), part: 12, droite: true },
      { titre: titreEvolution(c), part: c.enCours ? 26 : 14, droite: true },
      { titre: `Avec ${c.ensemble}`, part: 22 },
    ]),
    mesures.map((m) =>
      garder([
        [m.libelle, p.precisionDUnite(m)].filter(Boolean).join(' '),
        m.annee.dette !== '' ? direChiffre(m.annee, '') : m.annee.court,
        m.avant?.court ?? '–',
        [m.evolution, direJugement(m)].filter(Boolean).join(' '),
        m.comparaison,
      ]),
    ),
  );
}

const actions = (c: BilanContenu): Bloc[] => [
  titre(1, 'Annexe : les actions et leurs enregistrements', true),
  para(p.PHRASE_ACTIONS),
  ...c.fiches.flatMap((f) => [titre(2, `${f.numero} · ${f.titre}`), ...f.actions.flatMap(action)]),
];

function action(a: ActionBilan): Paragraph[] {
  const seule = a.lignes.find((l) => l.id === a.id);
  const dire = (l: ActionBilan['lignes'][number]) => ` (${p.direAppui(l)})`;
  return [
    new Paragraph({
      keepNext: a.lignes.length > 1,
      children: [texte(a.libelle, { bold: true }), texte(seule ? dire(seule) : '', { color: '173C7A' })],
    }),
    ...a.lignes
      .filter((l) => l !== seule)
      .map((l) => puce([texte(l.libelle), texte(dire(l), { color: l.preuves > 0 ? '173C7A' : '5B6270' })], l.niveau >= 2 ? 2 : l.niveau === 1 ? 1 : 0)),
  ];
}

const annexe = (c: BilanContenu): Bloc[] => [
  titre(1, 'Annexe : toutes les mesures'),
  para(p.phraseAnnexe(c)),
  tableau(
    [
      { titre: 'Mesure', part: 8 },
      { titre: 'Libellé', part: 34 },
      { titre: 'Unité', part: 11 },
      { titre: 'Obtention', part: 9 },
      { titre: 'Valeur', part: 9, droite: true },
      { titre: 'État', part: 8 },
      { titre: 'Source, ou de qui le chiffre est attendu', part: 21 },
    ],
    p.mesuresDIci(c).map((l) => [l.id, l.libelle, l.unite, l.obtention, l.chiffre.valeur === null ? '' : l.chiffre.court, l.chiffre.mot, p.sourceOuDette(l)]),
    { largeur: 14_300 },
  ),
  ...(p.nonVentilees(c).length === 0 ? [] : [titre(2, p.titreNonVentilees(c)), ...p.nonVentilees(c).map((l) => puce([texte(`${l.id} ${l.libelle}`)], 0))]),
];
