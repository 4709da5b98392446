/** From an uploaded file to a prepared batch: every row read, checked, compared, nothing published yet. */
import type { Db } from '../../../core/base/database.ts';
import { abreger, couper } from '../../../core/couper.ts';
import { invalide } from '../../../core/errors.ts';
import { type FichierOuvert, LIGNES_MAX, type Ligne } from '../../../core/tableur/tableur.ts';
import type { Auteur, Lot } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Portee } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { employerColonnes, type Retenues } from './appariement.queries.ts';
import { colonnesDeFichier } from './colonnes.rules.ts';
import { type Appariement, type Entete, estUneDonnee, lireEntetes, titresDeRang } from './entetes.rules.ts';
import { avertirDesEcarts } from '../habitudes.queries.ts';
import { addLignes, type LignePreparee } from './lignes.queries.ts';
import { comparerLot, compterLot, createLot, getLotPublie, listPorteesTouchees, type Ou, refuserPortees, saveLecture } from './lots.queries.ts';
import { createVerification } from './verification.ts';

/** Rows written at once: that many, or that many characters. */
const PAQUET = 500;
const PAQUET_TEXTE = 500_000;
const TITRE_MAX = 100;
const FEUILLES_MAX = 100;
/** Values shown beside a heading, cut, and rows among which they are looked for. */
const EXEMPLES = 2;
const EXEMPLE_MAX = 80;
const ECHANTILLON = 50;

export interface Preparation {
  ou: Ou;
  d: DefinitionRegistre;
  rep: Repertoire;
  auteur: Auteur;
  quand: Date;
  fichier: { nom: string; ouvert: FichierOuvert };
  /** May the person write this record? */
  permet: (p: Portee) => boolean;
  /** What the person's organisation said of its own columns. */
  retenues: Retenues | null;
  /** What the person has just said of the columns of this very file, in their order. */
  choix?: { cles: readonly (string | null)[]; constantes: Appariement['constantes'] };
  /** Cells pasted from a spreadsheet may come without their headings. */
  titres: 'presents' | 'peut-etre' | 'absents';
  /** Rows mended on the screen before the file is read again. */
  revues?: ReadonlyMap<number, string[]>;
}

/** What the first row says of the columns. */
interface Colonnes {
  entetes: Entete[];
  constantes: Record<string, string>;
  remarques: string[];
  aApparier: boolean;
  sansTitres: boolean;
  colonnesDe: Lot['colonnesDe'];
}

/** Returns the batch's id. Throws 422 when the file as a whole cannot be used. */
export async function preparerLot(tx: Db, p: Preparation): Promise<string> {
  const { ouvert, nom } = p.fichier;
  const deja = await getLotPublie(tx, p.ou, ouvert.empreinte);
  const lotId = await createLot(tx, p.ou, {
    fichier: abreger(nom, 200),
    empreinte: ouvert.empreinte,
    auteur: p.auteur,
    quand: p.quand,
    feuille: ouvert.feuille,
    feuilles: ouvert.feuilles.slice(0, FEUILLES_MAX),
    encodage: ouvert.encodage,
    separateur: ouvert.separateur,
  });
  let c: Colonnes | null = null;
  let lire: (l: Ligne) => LignePreparee = () => {
    throw new Error('no heading was read');
  };
  let paquet: LignePreparee[] = [];
  let lues = 0;
  let texte = 0;
  for await (const ligne of ouvert.lignes) {
    if (c === null) {
      c = lireColonnes(p, ligne.cellules);
      lire = createVerification({ ...p, cles: c.entetes.map((e) => e.cle), constantes: c.constantes, vus: new Map() });
      if (!c.sansTitres) continue;
      // Read in the order of the template: right when its first row is.
      if (!p.choix) c.aApparier ||= createVerification({ ...p, cles: c.entetes.map((e) => e.cle), constantes: {}, vus: new Map() })(ligne).etat === 'erreur';
    }
    if (++lues > LIGNES_MAX) throw invalide(`« ${nom} » a plus de ${LIGNES_MAX} lignes. Découpez-le en plusieurs fichiers.`);
    if (lues <= ECHANTILLON) echantillonner(c.entetes, ligne.cellules);
    if (c.aApparier) {
      if (lues === ECHANTILLON) break;
      continue;
    }
    const revue = p.revues?.get(ligne.numero);
    paquet.push(lire(revue ? { numero: ligne.numero, cellules: revue } : ligne));
    texte += ligne.cellules.reduce((n, x) => n + x.length, 0);
    if (paquet.length === PAQUET || texte > PAQUET_TEXTE) {
      await addLignes(tx, p.ou, lotId, paquet);
      paquet = [];
      texte = 0;
    }
  }
  if (c === null || lues === 0) throw invalide(`« ${nom} » n’a aucune ligne sous les titres de colonnes.`);
  if (paquet.length > 0) await addLignes(tx, p.ou, lotId, paquet);
  const { remarques } = c;
  if (deja) remarques.push(`Ce même fichier a déjà été publié par ${deja.auteur}. Vérifiez les lignes annoncées comme nouvelles.`);
  await saveLecture(tx, p.ou, lotId, { ...c, ligneTitres: c.sansTitres ? 0 : ouvert.ligneDesTitres });
  if (c.colonnesDe && p.retenues) await employerColonnes(tx, p.ou, p.retenues.organisationId, p.quand);
  if (!c.aApparier) {
    await comparer(tx, p, lotId);
    await avertirDesEcarts(tx, p.ou, p.d, lotId);
  }
  await compterLot(tx, p.ou, lotId, remarques);
  return lotId;
}

function lireColonnes(p: Preparation, cellules: readonly string[]): Colonnes {
  const sansTitres = p.titres === 'absents' || (p.titres === 'peut-etre' && estUneDonnee(p.d, cellules));
  const titres = (sansTitres ? titresDeRang(cellules.length) : cellules).map((t) => couper(t, TITRE_MAX));
  const reunir = (cles: readonly (string | null)[]): Entete[] => titres.map((titre, i) => ({ titre, cle: cles[i] ?? null, exemples: [] }));
  const dites = { constantes: {}, remarques: [] as string[], aApparier: false, sansTitres, colonnesDe: null };
  if (p.choix) return { ...dites, entetes: reunir(p.choix.cles), constantes: { ...p.choix.constantes }, remarques: sansIdentifiant(p.choix.cles) };
  if (sansTitres) {
    const ordre = colonnesDeFichier(p.d).map((c) => c.cle);
    return { ...dites, entetes: reunir(ordre), remarques: ['Collé sans titres de colonnes : lu dans l’ordre du modèle.', ...sansIdentifiant(ordre)] };
  }
  const lues = lireEntetes(p.d, titres, p.retenues ?? undefined);
  if (lues.etranger && lues.refus !== null) throw invalide(lues.refus);
  return {
    ...dites,
    entetes: reunir(lues.cles),
    constantes: lues.constantes,
    remarques: lues.refus === null ? lues.remarques : [lues.refus],
    aApparier: lues.refus !== null,
    colonnesDe: lues.retenu && p.retenues ? { fichier: p.retenues.fichier, le: p.retenues.modifieLe.toISOString() } : null,
  };
}

const sansIdentifiant = (cles: readonly (string | null)[]): string[] =>
  cles.includes('id_externe') ? [] : ['Sans colonne « Identifiant », le même fichier publié deux fois compterait deux fois.'];

function echantillonner(entetes: readonly Entete[], cellules: readonly string[]): void {
  for (const [i, e] of entetes.entries()) {
    const v = couper((cellules[i] ?? '').trim(), EXEMPLE_MAX);
    if (v !== '' && e.exemples.length < EXEMPLES && !e.exemples.includes(v)) e.exemples.push(v);
  }
}

/** Compares with what is recorded, and refuses the rows that would write where the person may not: today, not on the day of the preview. */
export async function comparer(tx: Db, p: Pick<Preparation, 'ou' | 'permet'>, lotId: string, numeros: readonly number[] | null = null): Promise<void> {
  await comparerLot(tx, p.ou, lotId, numeros);
  const interdites = (await listPorteesTouchees(tx, p.ou, lotId)).filter((x) => !p.permet(x));
  await refuserPortees(tx, p.ou, lotId, interdites, {
    champ: 'id_externe',
    colonne: 'Identifiant',
    message:
      'Votre mandat ne permet pas d’écrire cet enregistrement, ou de corriger celui qui porte déjà cet identifiant. Changez l’identifiant ou adressez-vous à votre coordination.',
  });
}
