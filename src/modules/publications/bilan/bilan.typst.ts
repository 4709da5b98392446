/** The bilan as a tagged PDF (PDF/UA-1), compiled in process by Typst from a fixed template and data. */
import { composerPdf } from '../../documents/index.ts';
import { enumerer, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { ActionBilan, BilanContenu, CarteBilan, ChiffreEcrit, FicheBilan, LigneAnnexe } from './bilan.modele.ts';
import { titreBilan } from './bilan.modele.ts';
import { GABARIT } from './bilan.gabarit.ts';
import { direChiffre, direEvolution, jugerEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, PALETTE_IMPRIMEE } from './bilan.svg.ts';

export const ecrirePdf = (c: BilanContenu): Promise<Buffer> => composerPdf(GABARIT, donneesTypst(c), { date: c.editeLe });

const court = (c: ChiffreEcrit) => ({ etat: c.etat, mot: c.mot, court: c.court });

/** Everything the template shows, as strings and numbers. */
export function donneesTypst(c: BilanContenu): Record<string, unknown> {
  const s = c.synthese;
  return {
    titre: titreBilan(c),
    titreCourt: `Bilan ${c.annee}`,
    auteur: enumerer(c.contrat.signataires) || c.contrat.titre,
    motsCles: [c.contrat.sigle, 'bilan', String(c.annee), c.territoire.nom],
    date: c.editeLe.split('-').map(Number),
    contrat: c.contrat.titre,
    resume: c.contrat.resume,
    signataires: `Signataires : ${enumerer(c.contrat.signataires)}`,
    territoire: c.territoire.nom,
    annee: String(c.annee),
    avant: String(c.annee - 1),
    fictif: c.demonstration ? 'Données fictives' : '',
    edition: `Édité le ${jour(c.editeLe)}${c.enCours ? ', avant la fin de l’année' : ''}`,
    pied: titreBilan(c),
    tuiles: tuiles(c),
    phrase: phraseSynthese(c),
    axes: s.parAxe.map((a) => ({
      numero: a.numero,
      nom: `Axe ${a.numero} · ${a.titre}`,
      resume: a.resume,
      fiches: nombre(a.fiches),
      connus: `${nombre(a.completude.connus)} sur ${nombre(a.completude.attendus)}`,
      manquants: nombre(a.completude.manquants),
      preuves: nombre(a.preuves),
    })),
    attendus: s.attendus.map((a) => ({ acteur: a.acteur, nombre: nombre(a.nombre) })),
    methode: c.methode.paragraphes,
    etats: c.methode.etats,
    obtentions: c.methode.obtentions.map((o) => ({ ...o, nombre: nombre(o.nombre) })),
    fiches: c.fiches.map(fiche),
    phraseAnnexe: `${pluriel(c.annexe.length, 'mesure')} pour ${c.annee}, ${c.territoire.nom}. La valeur et son état sont dans deux colonnes : seul l’état « zéro » veut dire zéro.`,
    annexe: c.annexe.map(ligneAnnexe),
  };
}

function tuiles(c: BilanContenu): { valeur: string; libelle: string }[] {
  const { completude: k, comptes: n } = c.synthese;
  return [
    { valeur: `${nombre(k.connus)} / ${nombre(k.attendus)}`, libelle: 'chiffres connus sur les chiffres attendus' },
    { valeur: nombre(k.manquants), libelle: 'chiffres manquants' },
    { valeur: `${nombre(k.secrets)} · ${nombre(k.sansObjet)}`, libelle: 'secrets · sans objet' },
    { valeur: nombre(n.fiches), libelle: 'fiches d’engagement' },
    { valeur: `${nombre(n.lignesServies)} / ${nombre(n.lignes)}`, libelle: 'lignes d’action servies par une activité' },
    { valeur: nombre(n.preuves), libelle: 'enregistrements comptés pour les fiches' },
  ];
}

const phraseSynthese = (c: BilanContenu): string =>
  `En ${c.annee}, ${c.territoire.nom} : ${pluriel(c.synthese.comptes.mesures, 'mesure')} pour ${pluriel(c.synthese.comptes.indicateurs, 'indicateur')}. Les chiffres manquants ne sont jamais remplacés par des zéros ; la méthode explique comment lire chaque état.`;

export const lignesServies = (f: FicheBilan): string => {
  const lignes = f.actions.flatMap((a) => a.lignes);
  return `${nombre(lignes.filter((l) => l.preuves > 0).length)} sur ${nombre(lignes.length)}`;
};

function fiche(f: FicheBilan): Record<string, unknown> {
  return {
    numero: f.numero,
    axe: f.axe,
    etiquette: `Fiche ${f.numero}`,
    titre: f.titre,
    titreComplet: `${f.numero} · ${f.titre}`,
    resume: f.resume,
    note: f.note ?? '',
    public: f.public,
    pilotes: f.pilotes.join(', '),
    partenaires: f.partenaires.join(', '),
    completude: `${nombre(f.completude.connus)} chiffres connus sur ${nombre(f.completude.attendus)} attendus`,
    connus: `${nombre(f.completude.connus)} sur ${nombre(f.completude.attendus)}`,
    servies: lignesServies(f),
    preuves: nombre(f.preuves),
    mesures: f.mesures.map((m) => ({
      libelle: m.libelle,
      precision: `${m.id} · ${m.unite} · ${m.obtention}`,
      dette: m.annee.dette,
      n: court(m.annee),
      avant: m.avant === null ? null : court(m.avant),
      evolution: direEvolution(m.evolution),
      jugement: jugerEvolution(m.evolution, m.sens),
    })),
    graphique: f.series.length === 0 ? null : dessinerSeries(f.series, PALETTE_IMPRIMEE, `g${f.numero}`),
    carte: f.carte === null ? null : carte(f.carte, f.numero),
    phraseActions: `${lignesServies(f)} lignes d’action servies par au moins un enregistrement ; le nombre après chaque ligne compte les enregistrements de l’année.`,
    actions: f.actions.map(action),
    recits: f.recits,
  };
}

/** Beside the drawing: what it counts, how to read it, and the highest territories by name. */
function carte(c: CarteBilan, numero: string): Record<string, unknown> {
  const connues = c.tuiles.filter((t) => t.chiffre.etat === 'valeur').sort((a, b) => (b.chiffre.valeur ?? 0) - (a.chiffre.valeur ?? 0));
  const ici = c.tuiles.find((t) => t.ici);
  const tete = ici ? [ici, ...connues.filter((t) => t !== ici).slice(0, 4)] : connues.slice(0, 5);
  return {
    ...dessinerCarte(c, PALETTE_IMPRIMEE, `c${numero}`),
    titre: c.titre,
    lecture: `En ${c.unite}. Plus la tuile est foncée, plus le nombre est élevé ; blanc : aucun.${ici ? ` ${ici.nom} est encadré.` : ''}`,
    tete: tete.map((t) => ({ nom: t.nom, valeur: direChiffre(t.chiffre, '') })),
  };
}

function action(a: ActionBilan): Record<string, unknown> {
  // An action without list is its own line: its count stands on its title.
  const seule = a.lignes.find((l) => l.id === a.id);
  return {
    libelle: a.libelle,
    preuves: seule ? nombre(seule.preuves) : '',
    lignes: a.lignes.filter((l) => l !== seule).map((l) => ({ libelle: l.libelle, retrait: l.niveau, preuves: nombre(l.preuves) })),
  };
}

const ligneAnnexe = (l: LigneAnnexe): Record<string, string> => ({
  id: l.id,
  libelle: l.libelle,
  unite: l.unite,
  obtention: l.obtention,
  valeur: l.chiffre.valeur === null ? '' : l.chiffre.court,
  mot: l.chiffre.mot,
  source: l.chiffre.etat === 'manquant' ? l.chiffre.dette : l.chiffre.texte !== null ? `${l.chiffre.texte} (${l.source})` : l.source,
});
