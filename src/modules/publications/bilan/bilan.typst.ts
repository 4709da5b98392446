/** The bilan as a tagged PDF (PDF/UA-1), compiled in process by Typst from a fixed template and data. */
import { composerPdf } from '../../documents/index.ts';
import { jour, nombre } from '../../../ui/typographie.ts';
import { GABARIT } from './bilan.gabarit.ts';
import * as m from './bilan.modele.ts';
import * as p from './bilan.phrases.ts';
import { direChiffre, titreEvolution } from './bilan.rules.ts';
import { dessinerCarte, dessinerSeries, PALETTE_IMPRIMEE } from './bilan.svg.ts';

export const ecrirePdf = (c: m.BilanContenu): Promise<Buffer> => composerPdf(GABARIT, donneesTypst(c), { date: c.editeLe });

/** Everything the template shows, as strings and numbers. */
export function donneesTypst(c: m.BilanContenu): Record<string, unknown> {
  const { synthese: s } = c;
  const vues = p.decisionsMontrees(c);
  const seances = p.seancesMontrees(c);
  return {
    titre: m.titreBilan(c),
    titreCourt: `Bilan ${c.annee}`,
    auteur: p.auteurs(c),
    motsCles: [c.contrat.sigle, 'bilan', String(c.annee), c.territoire.nom, c.contrat.licence.nom],
    date: c.editeLe.split('-').map(Number),
    contrat: c.contrat.titre,
    resume: c.contrat.resume,
    territoire: c.territoire.nom,
    annee: String(c.annee),
    avant: String(c.annee - 1),
    fictif: c.demonstration ? 'Données fictives' : '',
    mentions: p.mentions(c),
    pied: p.piedDe(c),
    essentiel: c.essentiel,
    sansEssentiel: p.SANS_ESSENTIEL,
    phrase: s.phrase,
    tuiles: p.tuiles(c),
    phraseReperes: p.phraseReperes(c),
    entiere: !c.enCours,
    titreEvolution: titreEvolution(c),
    compare: !c.territoire.contratEntier,
    titreComparaison: `Avec ${c.ensemble}`,
    reperes: c.reperes.map((r) => ({ ...mesure(r), precision: [`fiche ${r.fiche}`, p.precisionDUnite(r).replace(/[()]/g, '')].filter(Boolean).join(' · ') })),
    axes: s.parAxe.map((a) => ({
      numero: a.numero,
      nom: p.nomDAxe(a),
      resume: a.resume,
      connus: p.connusSur(a.etat),
      enRetard: nombre(a.etat.enRetard),
      aVenir: nombre(a.etat.aVenir),
      preuves: nombre(a.preuves),
      muettes: p.phraseMuettes(c, a.numero),
    })),
    retards: s.enRetard,
    phraseRetards: p.phraseRetards(c),
    aVenir: s.aVenir,
    phraseAVenir: p.phraseAVenir(c),
    phraseSeances: p.phraseSeances(c),
    colonnesSeances: c.pour === 'partenaires' ? 4 : 3,
    seances: seances.liste.map((x) => ({
      instance: x.instance,
      nombre: nombre(x.jours.length),
      jours: p.direJours(x.jours),
      decisions: nombre(x.decisions ?? 0),
    })),
    resteSeances: seances.reste,
    phraseDecisions: p.phraseDecisions(c),
    decisions: vues.liste.map((x) => ({ ...x, precision: p.precisionDe(x), echeance: p.direEcheance(x) })),
    resteDecisions: vues.reste,
    phraseRectificatifs: p.phraseRectificatifs(c),
    titresRectificatifs: [...p.TITRES_RECTIFICATIFS],
    rectificatifs: c.rectificatifs.liste.map((r) => ({ ...r, jour: jour(r.jour) })),
    fiches: c.fiches.filter(m.parle).map((f) => fiche(f)),
    methode: c.methode.paragraphes,
    annexes: c.annexes,
    phraseActions: p.PHRASE_ACTIONS,
    actions: c.annexes ? c.fiches.map((f) => ({ titre: `${f.numero} · ${f.titre}`, actions: f.actions.map(action) })) : [],
    obtentions: c.methode.obtentions.map((o) => ({ ...o, nombre: nombre(o.nombre) })),
    etats: c.methode.etats,
    phraseAnnexe: p.phraseAnnexe(c),
    annexe: c.annexes ? p.mesuresDIci(c).map(ligneAnnexe) : [],
    titreNonVentilees: p.titreNonVentilees(c),
    nonVentilees: c.annexes ? p.nonVentilees(c).map((l) => `${l.id} ${l.libelle}`) : [],
  };
}

const court = (c: m.ChiffreEcrit) => ({ mot: c.mot, court: c.court });
const mesure = (x: m.MesureBilan) => ({
  libelle: x.libelle,
  precision: p.precisionDUnite(x),
  dette: x.annee.dette,
  n: court(x.annee),
  avant: x.avant === null ? null : court(x.avant),
  evolution: x.evolution,
  jugement: x.jugement,
  sens: x.sens,
  comparaison: x.comparaison,
});

function fiche(f: m.FicheBilan): Record<string, unknown> {
  const { montrees, phraseZeros, dettes } = p.trierMesures(f);
  return {
    axe: f.axe,
    titreComplet: `${f.numero} · ${f.titre}`,
    chapo: p.chapoDe(f),
    commentaire: f.commentaire,
    mesures: montrees.map(mesure),
    phraseZeros,
    dettes,
    graphique: f.series.length === 0 ? null : dessinerSeries(f.series, PALETTE_IMPRIMEE, `g${f.numero}`),
    carte: f.carte === null ? null : carte(f.carte),
    phraseActions: p.phraseLignes(f),
    lignes: p.lignesServies(f),
    recits: f.recits,
  };
}

/** Beside the drawing: what it counts, how to read it, and the highest territories by name. */
function carte(c: m.CarteBilan): Record<string, unknown> {
  const connues = c.tuiles.filter((t) => t.chiffre.etat === 'valeur').sort((a, b) => b.taux - a.taux);
  const ici = c.tuiles.find((t) => t.ici);
  const tete = ici ? [ici, ...connues.filter((t) => t !== ici).slice(0, 3)] : connues.slice(0, 4);
  return {
    ...dessinerCarte(c, PALETTE_IMPRIMEE),
    titre: `${c.titre} (${p.uniteDeCarte(c)})`,
    lecture: `${tete.map((t) => `${t.nom} : ${nombre(t.taux)} (${direChiffre(t.chiffre, '')})`).join(' ; ')}. Plus la tuile est foncée, plus le taux est élevé. ${p.REGLE_DE_CARTE}`,
  };
}

/** A number, or which figure counts the line. */
const direCompte = (l: m.ActionBilan['lignes'][number]): string => (l.preuves === 0 && l.comptePar.length > 0 ? p.direAppui(l) : nombre(l.preuves));

function action(a: m.ActionBilan): Record<string, unknown> {
  // An action without list is its own line: its count stands on its title.
  const seule = a.lignes.find((l) => l.id === a.id);
  return {
    libelle: a.libelle,
    preuves: seule ? direCompte(seule) : '',
    lignes: a.lignes.filter((l) => l !== seule).map((l) => ({ libelle: l.libelle, retrait: l.niveau, preuves: direCompte(l) })),
  };
}

const ligneAnnexe = (l: m.LigneAnnexe): Record<string, string> => ({
  id: l.id,
  libelle: l.libelle,
  unite: l.unite,
  obtention: l.obtention,
  valeur: l.chiffre.valeur === null ? '' : l.chiffre.court,
  mot: l.chiffre.mot,
  source: p.sourceOuDette(l),
});
