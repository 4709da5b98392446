/** The bilan as a Word document: real heading styles, real tables with repeated header rows, figures with alternative texts. */
import { Document, HeadingLevel, Packer, PageBreak, PageOrientation, Paragraph, StyleLevel, TableOfContents } from 'docx';
import { motsDeWord } from '../../documents/index.ts';
import { enumerer, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { ActionBilan, BilanContenu, FicheBilan } from './bilan.modele.ts';
import { titreBilan } from './bilan.modele.ts';
import { type Bloc, image } from './bilan.docx-blocs.ts';
import { direEvolution, jugerEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, PALETTE_IMPRIMEE } from './bilan.svg.ts';

const { MARGE, NUMEROTATION, para, piedDePage, puce, STYLES, tableau, texte, titre } = await motsDeWord();

export async function ecrireDocx(c: BilanContenu): Promise<Buffer> {
  const pied = piedDePage(`${titreBilan(c)}${c.demonstration ? ' · données fictives' : ''}`);
  const document = new Document({
    title: titreBilan(c),
    creator: enumerer(c.contrat.signataires) || c.contrat.titre,
    description: c.contrat.resume,
    // The table of contents is filled by the word processor when the file is opened.
    features: { updateFields: true },
    styles: STYLES,
    numbering: NUMEROTATION,
    sections: [
      {
        properties: { page: { margin: MARGE }, titlePage: true },
        footers: { default: pied },
        children: [...couverture(c), ...synthese(c), ...methode(c), ...c.fiches.flatMap((f) => fiche(f, c))],
      },
      { properties: { page: { margin: MARGE, size: { orientation: PageOrientation.LANDSCAPE } } }, footers: { default: pied }, children: annexe(c) },
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
    para(`Édité le ${jour(c.editeLe)}${c.enCours ? ', avant la fin de l’année' : ''}.`, { color: '5B6270' }),
    para(`Signataires : ${enumerer(c.contrat.signataires)}.`, { color: '5B6270' }),
    new Paragraph({ children: [new PageBreak()] }),
    para('Sommaire', { bold: true, size: 38, color: '13294B' }),
    new TableOfContents('Sommaire', {
      hyperlink: true,
      headingStyleRange: '1-2',
      stylesWithLevels: [new StyleLevel('Heading1', 1), new StyleLevel('Heading2', 2)],
    }),
  ];
}

function synthese(c: BilanContenu): Bloc[] {
  const { completude: k, comptes: n, parAxe, attendus } = c.synthese;
  return [
    titre(1, 'Synthèse', true),
    tableau(
      [
        { titre: 'Repère', part: 75 },
        { titre: 'Nombre', part: 25, droite: true },
      ],
      [
        ['Chiffres connus sur les chiffres attendus', `${nombre(k.connus)} sur ${nombre(k.attendus)}`],
        ['Chiffres manquants', nombre(k.manquants)],
        ['Chiffres secrets', nombre(k.secrets)],
        ['Mesures sans objet', nombre(k.sansObjet)],
        ['Lignes d’action servies par une activité', `${nombre(n.lignesServies)} sur ${nombre(n.lignes)}`],
        ['Enregistrements comptés pour les fiches', nombre(n.preuves)],
      ],
    ),
    titre(2, 'Axe par axe'),
    tableau(
      [
        { titre: 'Axe', part: 44 },
        { titre: 'Fiches', part: 10, droite: true },
        { titre: 'Chiffres connus', part: 17, droite: true },
        { titre: 'Manquants', part: 13, droite: true },
        { titre: 'Enregistrements', part: 16, droite: true },
      ],
      parAxe.map((a) => [
        `Axe ${a.numero} · ${a.titre}`,
        nombre(a.fiches),
        `${nombre(a.completude.connus)} sur ${nombre(a.completude.attendus)}`,
        nombre(a.completude.manquants),
        nombre(a.preuves),
      ]),
    ),
    ...(attendus.length === 0
      ? []
      : [
          titre(2, 'De qui les chiffres manquants sont attendus'),
          tableau(
            [
              { titre: 'Organisme', part: 75 },
              { titre: 'Chiffres attendus', part: 25, droite: true },
            ],
            attendus.map((a) => [a.acteur, nombre(a.nombre)]),
          ),
        ]),
  ];
}

function methode(c: BilanContenu): Bloc[] {
  return [
    titre(1, 'Méthode', true),
    ...c.methode.paragraphes.map((p) => para(p)),
    titre(2, 'Les cinq états d’un chiffre'),
    tableau(
      [
        { titre: 'État', part: 18 },
        { titre: 'Ce que cela veut dire', part: 82 },
      ],
      c.methode.etats.map((e) => [e.mot, e.sens]),
    ),
    titre(2, 'D’où viennent les chiffres'),
    tableau(
      [
        { titre: 'Mesure', part: 18 },
        { titre: 'Nombre', part: 12, droite: true },
        { titre: 'Comment le chiffre est obtenu', part: 70 },
      ],
      c.methode.obtentions.map((o) => [o.mot, nombre(o.nombre), o.sens]),
    ),
  ];
}

function fiche(f: FicheBilan, c: BilanContenu): Bloc[] {
  const premiere = c.fiches.find((x) => x.axe === f.axe) === f;
  const axe = c.synthese.parAxe.find((a) => a.numero === f.axe);
  const cle = (t: string, v: string) => new Paragraph({ children: [texte(`${t} : `, { bold: true }), texte(v)] });
  return [
    ...(premiere && axe ? [titre(1, `Axe ${axe.numero} · ${axe.titre}`, true), para(axe.resume)] : []),
    titre(2, `${f.numero} · ${f.titre}`, !premiere),
    para(f.resume, { size: 22 }),
    ...(f.note ? [para(f.note, { italics: true })] : []),
    cle('Pour qui', f.public),
    cle('Pilotes', f.pilotes.join(', ') || 'aucun désigné'),
    cle('Partenaires', f.partenaires.join(', ') || 'aucun désigné'),
    ...(f.mesures.length === 0 ? [] : chiffres(f, c.annee)),
    ...(f.series.length === 0
      ? []
      : [titre(3, 'D’une année à l’autre'), image(dessinerSeries(f.series, PALETTE_IMPRIMEE, `g${f.numero}`), `Valeurs par année, fiche ${f.numero}`, 600)]),
    ...(f.carte
      ? [
          titre(3, 'Où'),
          image(dessinerCarte(f.carte, PALETTE_IMPRIMEE, `c${f.numero}`), `Carte, fiche ${f.numero}`, 220),
          para(`${f.carte.titre} (${f.carte.unite})`, { size: 17, color: '5B6270' }),
        ]
      : []),
    ...(f.actions.length === 0 ? [] : [titre(3, 'Les actions et leur activité'), ...f.actions.flatMap(action)]),
    ...(f.recits.length === 0
      ? []
      : [titre(3, 'Ce que disent les partenaires'), ...f.recits.flatMap((r) => [para(r.libelle, { size: 17, color: '5B6270' }), para(r.texte)])]),
  ];
}

function chiffres(f: FicheBilan, annee: number): Bloc[] {
  return [
    titre(3, `Les chiffres de ${annee}`),
    tableau(
      [
        { titre: 'Mesure', part: 40 },
        { titre: 'Unité', part: 13 },
        { titre: String(annee), part: 18, droite: true },
        { titre: String(annee - 1), part: 14, droite: true },
        { titre: 'Évolution', part: 15, droite: true },
      ],
      f.mesures.map((m) => [
        `${m.libelle} (${m.id}, ${m.obtention})`,
        m.unite,
        m.annee.dette === '' ? m.annee.court : `${m.annee.court}, ${m.annee.dette}`,
        m.avant?.court ?? '–',
        [direEvolution(m.evolution), jugerEvolution(m.evolution, m.sens)].filter(Boolean).join(' '),
      ]),
    ),
  ];
}

function action(a: ActionBilan): Paragraph[] {
  const seule = a.lignes.find((l) => l.id === a.id);
  const dire = (n: number) => (n > 0 ? ` (${pluriel(n, 'enregistrement')})` : ' (aucun enregistrement)');
  return [
    new Paragraph({
      keepNext: a.lignes.length > 1,
      children: [texte(a.libelle, { bold: true }), texte(seule ? dire(seule.preuves) : '', { color: '173C7A' })],
    }),
    ...a.lignes
      .filter((l) => l !== seule)
      .map((l) => puce([texte(l.libelle), texte(dire(l.preuves), { color: l.preuves > 0 ? '173C7A' : '5B6270' })], l.niveau >= 2 ? 2 : l.niveau === 1 ? 1 : 0)),
  ];
}

const annexe = (c: BilanContenu): Bloc[] => [
  titre(1, 'Annexe : toutes les mesures'),
  para('La valeur et son état sont dans deux colonnes : seul l’état « zéro » veut dire zéro.'),
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
    c.annexe.map((l) => [
      l.id,
      l.libelle,
      l.unite,
      l.obtention,
      l.chiffre.valeur === null ? '' : l.chiffre.court,
      l.chiffre.mot,
      l.chiffre.etat === 'manquant' ? l.chiffre.dette : l.chiffre.texte === null ? l.source : `${l.chiffre.texte} (${l.source})`,
    ]),
    { largeur: 14_300 },
  ),
];
