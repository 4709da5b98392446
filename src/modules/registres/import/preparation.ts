/** From an uploaded file to a prepared batch: every row read, checked, compared, nothing published yet. */
import type { Db } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import { type FichierOuvert, type Ligne, LIGNES_MAX } from '../../../core/tableur/tableur.ts';
import type { Auteur } from '../activite.ts';
import { type Brut, lireBrut } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Portee } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { buildCreation } from '../registres.schema.ts';
import { erreursDeCellules, libelleDeColonne, lireEntetes } from './colonnes.rules.ts';
import { direTotal } from './total.rules.ts';
import {
  addLignes,
  comparerLot,
  compterLot,
  createLot,
  getLotPublie,
  type LignePreparee,
  listPorteesTouchees,
  type Ou,
  refuserPortees,
} from './lots.queries.ts';

/** Rows written at once: that many, or that many characters. */
const PAQUET = 500;
const PAQUET_TEXTE = 500_000;
/** Longer than any identifier or heading that means something. */
const ID_MAX = 200;
const TITRE_MAX = 100;
/** Columns kept as they were written, beside what was understood; sheets offered. */
const BRUT_MAX = 60;
const FEUILLES_MAX = 100;

export interface Preparation {
  ou: Ou;
  d: DefinitionRegistre;
  rep: Repertoire;
  auteur: Auteur;
  quand: Date;
  fichier: { nom: string; ouvert: FichierOuvert };
  /** May the person write this record? */
  permet: (p: Portee) => boolean;
}

/** Returns the batch's id. Throws 422 when the file as a whole cannot be used. */
export async function preparerLot(tx: Db, p: Preparation): Promise<string> {
  const { ouvert, nom } = p.fichier;
  const deja = await getLotPublie(tx, p.ou, ouvert.empreinte);
  const lotId = await createLot(tx, p.ou, {
    fichier: nom.slice(0, 200),
    empreinte: ouvert.empreinte,
    auteur: p.auteur,
    quand: p.quand,
    feuille: ouvert.feuille,
    feuilles: ouvert.feuilles.slice(0, FEUILLES_MAX),
  });
  const lire = lecteur(p);
  let cles: (string | null)[] | null = null;
  let titres: string[] = [];
  let remarques: string[] = [];
  let paquet: LignePreparee[] = [];
  let lues = 0;
  let texte = 0;
  for await (const ligne of ouvert.lignes) {
    const { cellules } = ligne;
    if (cles === null) {
      const entetes = lireEntetes(p.d, cellules);
      if (entetes.refus !== null) throw invalide(entetes.refus);
      cles = entetes.cles;
      titres = cellules.map((t) => t.slice(0, TITRE_MAX));
      remarques = entetes.remarques;
      continue;
    }
    if (++lues > LIGNES_MAX) throw invalide(`« ${nom} » a plus de ${LIGNES_MAX} lignes. Découpez-le en plusieurs fichiers.`);
    paquet.push(lire(ligne, cles, titres));
    texte += cellules.reduce((n, c) => n + c.length, 0);
    if (paquet.length === PAQUET || texte > PAQUET_TEXTE) {
      await addLignes(tx, p.ou, lotId, paquet);
      paquet = [];
      texte = 0;
    }
  }
  if (lues === 0) throw invalide(`« ${nom} » n’a aucune ligne sous les titres de colonnes.`);
  if (paquet.length > 0) await addLignes(tx, p.ou, lotId, paquet);
  if (deja) remarques.push(`Ce même fichier a déjà été publié par ${deja.auteur}. Vérifiez les lignes annoncées comme nouvelles.`);
  await comparer(tx, p, lotId);
  await compterLot(tx, p.ou, lotId, remarques);
  return lotId;
}

/** Compares with what is recorded, and refuses the rows that would write where the person may not: today, not on the day of the preview. */
export async function comparer(tx: Db, p: Pick<Preparation, 'ou' | 'permet'>, lotId: string): Promise<void> {
  await comparerLot(tx, p.ou, lotId);
  const interdites = (await listPorteesTouchees(tx, p.ou, lotId)).filter((x) => !p.permet(x));
  await refuserPortees(tx, p.ou, lotId, interdites, {
    colonne: 'Identifiant',
    message:
      'Votre mandat ne permet pas d’écrire cet enregistrement, ou de corriger celui qui porte déjà cet identifiant. Changez l’identifiant ou adressez-vous à votre coordination.',
  });
}

const erreurDeFormule = (colonne: string, faute: string) => ({
  colonne,
  message: `La cellule affiche ${faute} : sa formule ne donne pas de valeur. Corrigez la formule ou écrivez la valeur.`,
});

const surTouteLaLigne = (message: string) => ({ colonne: 'Toute la ligne', message });

function lecteur(p: Preparation) {
  const schema = buildCreation(p.d, p.rep);
  const libelle = libelleDeColonne(p.d);
  const vus = new Map<string, number>();
  return ({ numero, cellules, fautes = {}, defaut }: Ligne, cles: readonly (string | null)[], titres: readonly string[]): LignePreparee => {
    const texte: Record<string, string> = {};
    const brut: Record<string, string> = {};
    cles.forEach((cle, i) => {
      const v = (cellules[i] ?? '').trim();
      // What a formula could not compute is no value: the cell is wrong, and says nothing else.
      if (cle !== null) texte[cle] = fautes[i] === undefined ? v : '';
      if (v !== '' && i < BRUT_MAX) brut[titres[i] ?? String(i + 1)] = v.slice(0, 500);
    });
    const externe = texte.id_externe ? texte.id_externe : null;
    const lu = lireBrut(p.d, p.rep, schema, texte as Brut, { id_externe: externe });
    const deFormule = cles.flatMap((cle, i) => (cle !== null && fautes[i] !== undefined ? [erreurDeFormule(libelle(cle), fautes[i])] : []));
    const dites = new Set(deFormule.map((e) => e.colonne));
    const erreurs = [...deFormule, ...erreursDeCellules(lu.erreurs, libelle).filter((e) => !dites.has(e.colonne))];
    const avertissements = erreursDeCellules(lu.avertissements, libelle);
    const entiere = defaut ?? direTotal(cles, cellules);
    if (entiere !== null) return { numero, etat: 'erreur', id_externe: null, brut, contenu: null, erreurs: [surTouteLaLigne(entiere)], avertissements: [] };
    if (cellules.length > cles.length && cellules.slice(cles.length).some((c) => c.trim() !== ''))
      erreurs.push(surTouteLaLigne('Elle a plus de cellules que de titres de colonnes : un séparateur se trouve sans doute dans un texte sans guillemets.'));
    if (externe !== null && externe.length <= ID_MAX) {
      const avant = vus.get(externe);
      if (avant !== undefined)
        erreurs.push({ colonne: 'Identifiant', message: `Déjà employé à la ligne ${avant} du fichier. Chaque identifiant ne vient qu’une fois.` });
      else vus.set(externe, numero);
    }
    if (lu.contenu && !p.permet(lu.contenu))
      erreurs.push({ colonne: p.d.organisation, message: 'Votre mandat ne permet pas d’enregistrer pour cette organisation à cet endroit.' });
    const bonne = lu.contenu !== null && erreurs.length === 0;
    return { numero, etat: bonne ? 'nouvelle' : 'erreur', id_externe: externe, brut, contenu: bonne ? lu.contenu : null, erreurs, avertissements };
  };
}
