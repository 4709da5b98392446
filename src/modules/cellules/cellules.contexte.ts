/**
 * Before anything of a cell is shown or done: the seat of the person today, the charter as it stands, the key in memory. Each request asks
 * again, so that an exclusion or a new charter closes a page that is already open.
 */
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import type { Coffre } from '../../core/coffre.ts';
import { type Cellule, dureesDe, getCellule, listMembres, listSignatures, type Membre } from './cellule/cellule.queries.ts';
import { peutComposer, peutControler, siege } from './cellules.policy.ts';
import { empreinteDuTexte, type Section, texteDe } from './charte/charte.rules.ts';
import { getReglement, type Reglement } from './charte/reglement.queries.ts';
import type { Charte, Genre } from './charte/charte.schema.ts';
import { type CleDeCellule, oublier } from './cles/cles.ts';
import type { Memoire } from './cles/memoire.ts';
import type { Trousseau } from './cles/trousseau.ts';

export interface Outils {
  charte: Charte;
  memoire: Memoire;
  trousseau: Trousseau;
  coffre: Coffre;
  adresse: string;
}

export interface Vue {
  cellule: Cellule;
  genre: Genre;
  nom: string;
  cat: Catalogue;
  membres: Membre[];
  signatures: Awaited<ReturnType<typeof listSignatures>>;
  /** The règlement intérieur in force, which the text says. */
  reglement: Reglement | null;
  texte: Section[];
  empreinte: string;
  /** The seat of who asks, when it counts today. */
  moi: Membre | null;
  signee: boolean;
  compose: boolean;
  controle: boolean;
  aujourdhui: string;
}

export const nomDe = (charte: Charte, cat: Catalogue, c: Pick<Cellule, 'genre' | 'territoireId'>): string =>
  `${charte.genres.find((g) => g.code === c.genre)?.libelle ?? c.genre}, ${cat.territoires.get(c.territoireId)?.nom ?? c.territoireId}`;

/** 404 for who has no business there: that a cell exists is told to those who compose, control or sit. */
export async function voirCellule(c: Contexte, o: Outils, tenue = false): Promise<Vue> {
  const cellule = await getCellule(c.db, c.contrat.id, c.params.cellule ?? '', tenue);
  const genre = o.charte.genres.find((g) => g.code === cellule?.genre);
  if (!cellule || !genre) throw introuvable('Cette cellule');
  const cat = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const membres = await listMembres(c.db, c.contrat.id, cellule.id);
  const actif = membres.find((m) => m.compteId === c.utilisateur?.id && m.excluLe === null) ?? null;
  const moi = siege(c.utilisateur, actif, cellule.territoireId, aujourdhui, cat.contient) ? actif : null;
  const compose = peutComposer(c.utilisateur);
  const controle = peutControler(c.utilisateur);
  if (!moi && !compose && !controle) throw introuvable('Cette cellule');
  const signatures = await listSignatures(c.db, c.contrat.id, cellule.id);
  const reglement = await getReglement(c.db, c.contrat.id, cellule.id);
  const texte = texteDe(o.charte, genre, dureesDe(cellule), reglement);
  const empreinte = empreinteDuTexte(o.charte.version, texte);
  const signee = signatures.some((s) => s.membreId === moi?.id && s.empreinte === empreinte);
  return {
    cellule,
    genre,
    nom: nomDe(o.charte, cat, cellule),
    cat,
    membres,
    signatures,
    reglement,
    texte,
    empreinte,
    moi,
    signee,
    compose,
    controle,
    aujourdhui,
  };
}

/** The cell's key for this request, zeros once it is answered; null when the cell is not open for this session. */
export function cleOuverte(c: Contexte, o: Outils, v: Vue, prolonge = false): CleDeCellule | null {
  const session = c.utilisateur?.session;
  if (!session || !v.moi || !v.signee || v.cellule.rotationDueLe || v.moi.boiteEpoque !== v.cellule.epoque) return null;
  // A seat ended with the key: as after an exclusion, nothing opens before the next phrase, which changes it.
  if (v.membres.some((m) => m.boite !== null && m.fin !== null && m.fin < v.aujourdhui)) return null;
  const cle = o.memoire.lire(session.id, v.cellule.id, { epoque: v.cellule.epoque, membreId: v.moi.id }, c.maintenant, prolonge);
  if (cle) c.brut.reply.raw.once('close', () => oublier(cle));
  return cle;
}

/** Who sits there today, as far as the seat says. */
export const siegent = (v: Vue): Membre[] =>
  v.membres.filter((m) => m.excluLe === null && m.debut <= v.aujourdhui && (m.fin === null || m.fin >= v.aujourdhui));
/** Of these, who signed the charter as it stands. */
export const signataires = (v: Vue): Membre[] => siegent(v).filter((m) => v.signatures.some((s) => s.membreId === m.id && s.empreinte === v.empreinte));

export interface Ouverte extends Vue {
  moi: Membre;
  cle: CleDeCellule;
}
export const cheminDe = (celluleId: string): string => `/cellules/${celluleId}`;

/** Throws 404 without a seat, 403 without the signature of the current charter or with the cell closed. */
export async function exigerOuverte(c: Contexte, o: Outils, tenue = false): Promise<Ouverte> {
  const v = await voirCellule(c, o, tenue);
  const { moi } = v;
  if (!moi) throw interdit('Seuls les membres de la cellule lisent ses situations.');
  if (!v.signee) throw interdit('Signez d’abord la charte en vigueur : ouvrez la page de la cellule.');
  const cle = cleOuverte(c, o, v, true);
  if (!cle) throw interdit('La cellule est refermée. Ouvrez-la de nouveau avec votre phrase, depuis sa page.');
  return { ...v, moi, cle };
}
