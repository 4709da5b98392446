/** A batch as its routes load it, read its file again, and show it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Db, inTransaction, lireEnsemble } from '../../../core/base/database.ts';
import { dossierDeRequete } from '../../../core/base/deposits.ts';
import { conflit, ErreurConcorde, introuvable } from '../../../core/errors.ts';
import { type Contexte, numeroDePage, page, type Reponse, texte } from '../../../core/http/http.ts';
import { type FichierOuvert, ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { LigneDeLot, EtatLigne, Lot } from '../activite.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Registres } from '../registres.contexte.ts';
import { peutEcrire, peutGererLot, type Portee, situationDe } from '../registres.policy.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { filDe } from '../saisie/saisie.vues.tsx';
import { getRetenues, type Retenues } from './appariement.queries.ts';
import { ecrireClasseur, remplacerLot } from './classeurs.queries.ts';
import { choixDe } from './correction.rules.ts';
import { titresConnus } from './entetes.rules.ts';
import { listFautesRepetees, listLignes, listRevues } from './lignes.queries.ts';
import { getLot, mouvementsDuLot, type Ou } from './lots.queries.ts';
import type { FauteRepetee } from './pages/FautesRepetees.tsx';
import { ColonnesPage } from './pages/ColonnesPage.tsx';
import { LignePage, type LignePageProps } from './pages/LignePage.tsx';
import { LotPage, type LotPageProps } from './pages/LotPage.tsx';
import { type Preparation, preparerLot } from './preparation.ts';
import { getTotaux } from './totaux.queries.ts';

const PAR_PAGE = 100;
const ETATS: readonly string[] = ['nouvelle', 'corrigee', 'connue', 'erreur'] satisfies EtatLigne[];

export interface Ici {
  d: DefinitionRegistre;
  rep: Repertoire;
}
export const ouDe = (c: Contexte, d: DefinitionRegistre): Ou => ({ contratId: c.contrat.id, registre: d.code });

/** Throws 404 also for a batch of someone else: its rows are not published, or were refused. */
export async function charger(c: Contexte, d: DefinitionRegistre, verrou = false): Promise<Lot> {
  const lot = await getLot(c.db, ouDe(c, d), c.params.lot ?? '', verrou);
  if (!lot || !peutGererLot(c.utilisateur, lot, d)) throw introuvable('Cet import');
  return lot;
}

export const enTransaction = <T,>(c: Contexte, f: (tx: Db) => Promise<T>): Promise<T> => inTransaction(c.db, { contratId: c.contrat.id }, f);

export const permetDe =
  (c: Contexte, { d, rep }: Ici) =>
  (p: Portee): boolean =>
    peutEcrire(c.utilisateur, situationDe(d, p), rep.contient);

/** What the person's organisation said of the columns of its files for this register. */
export const retenuesDe = (c: Contexte, d: DefinitionRegistre): Promise<Retenues | null> => getRetenues(c.db, ouDe(c, d), c.utilisateur?.organisationId ?? '');

export function preparation(
  c: Contexte,
  ici: Ici,
  f: { nom: string; ouvert: FichierOuvert },
  plus: Pick<Preparation, 'retenues' | 'titres'> & Partial<Pick<Preparation, 'choix' | 'revues'>>,
): Preparation {
  return { ...ici, ou: ouDe(c, ici.d), auteur: auteurDe(c), quand: c.maintenant, fichier: f, permet: permetDe(c, ici), ...plus };
}

/** What is wrong with the file is said beside its field; any other failure goes on. */
export function refusDeFichier(e: unknown): string {
  if (e instanceof ErreurConcorde && (e.id === 'invalide' || e.id === 'trop-lourd')) return e.message;
  throw e;
}

interface Relecture {
  feuille: string | null;
  choix?: Preparation['choix'];
  retenues: Retenues | null;
  /** The same rows: what was mended on the screen is kept. */
  memesLignes: boolean;
  /** Runs with the new batch, in its transaction. */
  apres?: (tx: Db) => Promise<void>;
}

/** Reads the kept file again, otherwise: a new batch takes the place of this one. Throws 409 when it is published or kept no more. */
export async function relire(c: Contexte, ici: Ici, lot: Lot, r: Relecture): Promise<string> {
  const ou = ouDe(c, ici.d);
  const dossier = await dossierDeRequete();
  try {
    const chemin = join(dossier, 'classeur');
    if (lot.etat !== 'prepare' || !(await ecrireClasseur(c.db, ou, lot.id, chemin)))
      throw conflit('Cet import a déjà été publié, annulé ou remplacé. Importez le fichier de nouveau pour le lire autrement.');
    const ouvert = await ouvrirFichier(chemin, lot.fichier, r.feuille, titresConnus(ici.d, r.retenues ?? undefined));
    return await enTransaction(c, async (tx) => {
      const encore = await getLot(tx, ou, lot.id, true);
      if (encore?.etat !== 'prepare') throw conflit('Cet import vient d’être publié ou remplacé. Revenez à sa page.');
      const nouveau = await preparerLot(
        tx,
        preparation(
          c,
          ici,
          { nom: lot.fichier, ouvert: { ...ouvert, encodage: lot.encodage, separateur: lot.separateur } },
          {
            retenues: r.retenues,
            titres: lot.ligneTitres === 0 ? 'absents' : 'presents',
            ...(r.choix ? { choix: r.choix } : {}),
            ...(r.memesLignes ? { revues: await listRevues(tx, ou, lot.id) } : {}),
          },
        ),
      );
      await remplacerLot(tx, ou, lot.id, nouveau, auteurDe(c), c.maintenant);
      await r.apres?.(tx);
      return nouveau;
    });
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

export async function vueDuLot(r: Registres, c: Contexte, { d, rep }: Ici, lot: Lot, erreurs: LotPageProps['erreurs'] = {}): Promise<Reponse> {
  const demande = texte(c.requete.etat);
  const etat = ETATS.includes(demande) ? (demande as EtatLigne) : null;
  const numero = numeroDePage(c);
  const ou = ouDe(c, d);
  const colonnes = lot.entetes.flatMap((e, rang) => (e.cle === null ? [] : [{ champ: e.cle, rang }]));
  const repetees = lot.etat === 'prepare' && lot.enErreur > 1;
  const publie = lot.publieLe !== null && lot.etat !== 'prepare';
  const [lignes, totaux, fautes, mouvements] = await lireEnsemble(c.db, [
    () => listLignes(c.db, ou, lot.id, etat, PAR_PAGE, (numero - 1) * PAR_PAGE),
    () => getTotaux(c.db, d, ou, lot.id),
    () => (repetees ? listFautesRepetees(c.db, ou, lot.id, colonnes) : []),
    () => (publie ? r.getMouvements(c.db, c.contrat.id, mouvementsDuLot(ou, lot.id, lot.etat === 'annule' ? 'annule' : 'publie')) : null),
  ]);
  const proposees = fautes.map(({ rang, valeur, fois, erreur }): FauteRepetee => {
    const champ = lot.entetes[rang]?.cle ?? '';
    return { rang, valeur, fois, champ, message: erreur.message, choix: choixDe(d, rep, champ) };
  });
  return page({
    titre: `Import ${lot.fichier}`,
    statut: Object.keys(erreurs).length > 0 ? 422 : 200,
    largeur: 'travail',
    section: 'registres',
    fil: filDuLot(d),
    corps: <LotPage {...{ d, rep, lot, etat, lignes, totaux, mouvements, erreurs }} fautes={proposees} page={numero} parPage={PAR_PAGE} />,
  });
}

export const filDuLot = (d: DefinitionRegistre, lot?: Lot) => [
  ...filDe(d),
  { libelle: 'Imports', href: `/registres/${d.code}/imports` },
  ...(lot ? [{ libelle: lot.fichier, href: `/registres/${d.code}/imports/${lot.id}` }] : []),
];

export function vueDeLaLigne(ici: Ici, lot: Lot, l: LigneDeLot, p: Pick<LignePageProps, 'cellules' | 'masques' | 'etonnements'>, statut = 200): Reponse {
  const titre = `Corriger la ligne ${l.numero}`;
  return page({
    titre: statut === 422 ? `Erreur : ${titre}` : titre,
    statut,
    largeur: 'travail',
    section: 'registres',
    fil: filDuLot(ici.d, lot),
    corps: <LignePage {...ici} {...p} lot={lot} ligne={l} retour={`/registres/${ici.d.code}/imports/${lot.id}#lignes`} />,
  });
}

export function vueDesColonnes(
  ici: Ici,
  lot: Lot,
  p: { cles: readonly (string | null)[]; constantes: Readonly<Record<string, string>>; erreurs?: readonly { champ: string; message: string }[] },
): Reponse {
  return page({
    titre: p.erreurs ? 'Erreur : Vos colonnes' : 'Vos colonnes',
    statut: p.erreurs ? 422 : 200,
    largeur: 'travail',
    section: 'registres',
    fil: filDuLot(ici.d, lot.aApparier ? undefined : lot),
    corps: <ColonnesPage {...ici} lot={lot} cles={p.cles} constantes={p.constantes} erreurs={p.erreurs ?? []} />,
  });
}
