/** `concorde importer dans-ma-rue FILE|URL`: one transaction, so a truncated or foreign file leaves nothing; one bad row stops no other; a known report is not added again. */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { sql } from 'kysely';
import Papa from 'papaparse';
import { horloge, jourDe } from '../../../core/clock.ts';
import { attendreDepart, type Db, inTransaction } from '../../../core/base/database.ts';
import { abreger, couper } from '../../../core/couper.ts';
import { estConvertiDeuxFois } from '../../../core/encodages.ts';
import { invalide } from '../../../core/errors.ts';
import { lireTexteUni } from '../../../core/source.ts';
import { buildLocaliser, type Catalogue, douterDuPoint, type Emprise, type Localiser } from '../../contrats/index.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { couvertureDe, direPortee, type Portee } from './couverture.rules.ts';
import { type Colonne, lireJour, lireNumero, lirePoint, perimetreDe, slug, themeDe } from './dialecte.rules.ts';
import { addLot, addSignalements, type Ecriture, ouvrirLot, type Paquet, paquetVide, preparerVersement } from './ecrire.queries.ts';
import { TITRES_AU_PLUS, trouverTitres } from './titres.rules.ts';

export interface BilanImport {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
  /** Why rows were warned about or rejected, with the first lines of the file where it happened. */
  motifs: { motif: string; nombre: number; lignes: number[] }[];
  /** What it covers, and what to do where it covers nothing. */
  avis: string;
}

export interface OptionsImport {
  /** Application pool. */
  db: Db;
  catalogue: Catalogue;
  /** File path or address. */
  source: string;
  /** Name kept with the batch, when the path is a temporary one. */
  nom?: string;
  /** As who imports it says; a part covers no day. */
  portee: Portee;
  par: string;
  progres?: (lus: number) => Promise<void> | void;
}

const PAQUET = 10_000;
/** Characters kept until they are written; of one row; different types and services of a file. */
const PAQUET_TEXTE = 8_000_000;
const LIGNE_MAX = 100_000;
const LIBELLES_MAX = 5_000;
/** A point that says nothing of where: the report is kept, under the arrondissement declared. */
const DOUTES = {
  nul: 'le point est 0, 0 (l’arrondissement déclaré est retenu)',
  inverse: 'longitude et latitude sont échangées (l’arrondissement déclaré est retenu)',
  dehors: 'le point est hors du territoire (l’arrondissement déclaré est retenu)',
} as const;

export async function importerDansMaRue(o: OptionsImport): Promise<BilanImport> {
  const lot = randomUUID();
  return inTransaction(o.db, { contratId: o.catalogue.contratId }, async (tx) => {
    // Two imports at the same time would count the same reports twice as new.
    await sql`select pg_advisory_xact_lock(hashtext('concorde.signalements'), ${o.catalogue.contratId})`.execute(tx);
    const lecteur = new Lecteur(o.catalogue, await buildLocaliser(tx, o.catalogue));
    let nouveaux = 0;
    await ouvrirLot(tx, o.catalogue.contratId, lot);
    const ecriture: Ecriture = { contratId: o.catalogue.contratId, lot, connus: false };
    // The base writes one packet while the next is read; never more than one is on its way.
    let envoi: Promise<unknown> = Promise.resolve();
    const verser = async (p: Paquet) => {
      const v = preparerVersement(ecriture, p);
      await envoi;
      const { lus } = lecteur.bilan;
      envoi = addSignalements(tx, ecriture, v).then((n) => {
        nouveaux += n;
        return o.progres?.(lus);
      });
      // Said where it is waited for: by the next packet, or at the end.
      envoi.catch(() => {});
      await attendreDepart(tx);
    };
    await parcourir(o.source, lecteur, verser).finally(() => envoi.catch(() => {}));
    await envoi;
    await saveLibelles(tx, o.catalogue.contratId, lecteur.libelles);
    if (nouveaux > 0) await appliquerFaits(tx, o.catalogue.contratId, 'doleances', { lot }, 1);
    const bilan = lecteur.terminer(nouveaux);
    const { portee } = o;
    const lu = { ...bilan, portee };
    await addLot(tx, o.catalogue.contratId, { ...lu, ...couvertureDe(lecteur.jours, lu), id: lot, fichier: o.nom ?? basename(o.source), importePar: o.par });
    return { ...bilan, avis: direPortee(lu) };
  });
}

/** Feeds the reader chunk by chunk; refuses what is not such a file, and a file that ends in the middle of a row. */
async function parcourir(source: string, lecteur: Lecteur, verser: (p: Paquet) => Promise<void>): Promise<void> {
  let parser: Papa.Parser | null = null;
  let reste = '';
  const ouvrir = (): Papa.Parser => {
    const titres = trouverTitres(reste);
    reste = reste.slice(titres.debut);
    lecteur.ouvrir(titres.colonnes, titres.largeur, titres.avant);
    return new Papa.Parser({ delimiter: titres.separateur, newline: '\n', quoteChar: '"' });
  };
  for await (const morceau of lireTexteUni(source)) {
    reste += morceau;
    if (!parser) {
      // What may be written above the headings, and the headings.
      if (reste.length < 65_536 && reste.split('\n').length <= TITRES_AU_PLUS) continue;
      parser = ouvrir();
    }
    // Complete rows only: the last one may go on in the next chunk.
    const lu = parser.parse(reste, 0, true);
    for (const l of lu.data as string[][]) lecteur.lire(l);
    reste = reste.slice(lu.meta.cursor);
    if (reste.length > LIGNE_MAX)
      throw invalide(`La ligne ${lecteur.bilan.lus + 2} de ce fichier ne finit pas : un guillemet y est sans doute ouvert. Rien n’a été importé.`);
    while (lecteur.plein()) await verser(lecteur.prendre());
  }
  if (reste.trim() === '' && !parser) throw invalide('Ce fichier est vide, ou n’a que son en-tête. Rien n’a été importé.');
  parser ??= ouvrir();
  const fin = parser.parse(reste, 0, false);
  const lignes = fin.data as string[][];
  for (const [i, l] of lignes.entries()) {
    const derniere = i === lignes.length - 1;
    if (derniere && (fin.errors.length > 0 || lecteur.coupee(l)))
      throw invalide(`Ce fichier est coupé au milieu de sa dernière ligne (ligne ${lecteur.bilan.lus + 2}). Téléchargez-le de nouveau ; rien n’a été importé.`);
    lecteur.lire(l);
  }
  while (lecteur.reste() > 0) await verser(lecteur.prendre());
}

/** Turns rows of one file into reports, and counts what it met. */
class Lecteur {
  readonly bilan = { lus: 0, avertis: 0, rejetes: 0 };
  readonly libelles = { type: new Map<string, string>(), service: new Map<string, string>() };
  /** Those that are over, with a row at least. */
  readonly jours = new Set<string>();
  private colonnes: Partial<Record<Colonne, number>> = {};
  private largeur = 0;
  private avant = 0;
  /** The first row of the file is its header. */
  private entete = true;
  private paquet = paquetVide();
  private taille = 0;
  private readonly motifs = new Map<string, { nombre: number; lignes: number[] }>();
  private readonly parNumero = new Map<number, string>();
  private readonly parent = new Map<string, string>();
  private readonly localiser: Localiser | null;
  private readonly emprise: Emprise | undefined;
  /** A moment is filed under the day that this contract's clock showed. */
  private readonly fuseau: string;
  private readonly aujourdhui: string;

  constructor(catalogue: Catalogue, localiser: Localiser | null) {
    this.localiser = localiser;
    this.emprise = catalogue.contrat.emprise;
    this.fuseau = catalogue.contrat.fuseau;
    this.aujourdhui = jourDe(horloge(), this.fuseau);
    for (const t of catalogue.territoires.values()) {
      if (t.parent) this.parent.set(t.id, t.parent);
      const n = t.type === 'arrondissement' ? /^\d+/.exec(t.court) : null;
      if (n) this.parNumero.set(Number(n[0]), t.id);
    }
  }

  ouvrir(colonnes: Partial<Record<Colonne, number>>, largeur: number, avant: number): void {
    this.colonnes = colonnes;
    this.largeur = largeur;
    this.avant = avant;
  }
  plein = (): boolean => this.paquet.ids.length >= PAQUET || this.taille > PAQUET_TEXTE;
  reste = (): number => this.paquet.ids.length;
  prendre(): Paquet {
    const p = this.paquet;
    this.paquet = paquetVide();
    this.taille = 0;
    return p;
  }

  /** The last row stops short of its columns, or in the middle of a point or of its date. */
  coupee(l: string[]): boolean {
    if (l.length === 1 && l[0] === '') return false;
    return l.length < this.largeur || l.some((x) => /^[{[]/.test(x) && !/[}\]]\s*$/.test(x));
  }

  lire(l: string[]): void {
    if (this.entete || (l.length === 1 && l[0] === '')) {
      this.entete = false;
      return;
    }
    this.bilan.lus++;
    for (const t of l) this.taille += t.length;
    const c = this.colonnes;
    const champ = (nom: Colonne): string => {
      const i = c[nom];
      return i === undefined ? '' : (l[i] ?? '').trim();
    };
    if (l.length !== this.largeur) return void this.rejeter(`la ligne a ${l.length} colonnes au lieu de ${this.largeur}`);
    if (l.some(estConvertiDeuxFois)) return void this.rejeter('accents convertis deux fois (« Ã© » pour « é »)');
    const id = champ('id');
    if (id === '' || id.length > 64 || id.includes('\u0001')) return void this.rejeter('identifiant absent, trop long ou illisible');
    const jour = lireJour(champ('date'), this.fuseau);
    if (!jour) return void this.rejeter('date illisible');
    if (jour > this.aujourdhui) this.avertir('la date est à venir');
    const type = champ('type');
    if (type === '') return void this.rejeter('type absent');
    const declare = this.parNumero.get(lireNumero(champ('arrondissement'), champ('codePostal')) ?? -1) ?? null;
    const point = lirePoint(champ('point'));
    const trouve = point && this.localiser ? this.localiser(point[0], point[1]) : null;
    const doute = point ? douterDuPoint(this.emprise, point[0], point[1]) : null;
    const territoire = trouve ?? declare;
    if (!territoire) return void this.rejeter('ni point ni arrondissement reconnus');
    if (trouve && declare && this.parent.get(trouve) !== declare) this.avertir('le point n’est pas dans l’arrondissement déclaré (le point est retenu)');
    else if (doute) this.avertir(DOUTES[doute]);
    else if (!point && champ('point') !== '') this.avertir('le point est illisible (l’arrondissement déclaré est retenu)');
    else if (point && this.localiser && !trouve) this.avertir('le point est hors du territoire (l’arrondissement déclaré est retenu)');
    const service = champ('service');
    const codeType = this.coder('type', type);
    const p = this.paquet;
    p.ids.push(id);
    p.jours.push(jour);
    if (jour < this.aujourdhui) this.jours.add(jour);
    const sousType = abreger(champ('sousType'), 300);
    p.rangs.push(this.rangDe(codeType, sousType, service, territoire));
    p.adresses.push(abreger(champ('adresse'), 300) || null);
    // Two numbers that say no place are not kept as one.
    const garde = doute === 'nul' || doute === 'inverse' ? null : point;
    p.lons.push(garde?.[0] ?? null);
    p.lats.push(garde?.[1] ?? null);
    p.etats.push(abreger(champ('etat'), 80) || null);
  }

  /** Rank in the packet of these words; what follows from them is worked out once. */
  private rangDe(type: string, sousType: string, service: string, territoire: string): number {
    const { formes } = this.paquet;
    const cle = `${type}\0${sousType}\0${service}\0${territoire}`;
    const deja = formes.get(cle);
    const forme = deja?.forme ?? {
      ...{ type, sousType, territoire, service: this.coder('service', service || 'Non précisé') },
      ...{ perimetre: perimetreDe(service), theme: themeDe(type, sousType) },
    };
    const rang = deja?.rang ?? formes.size + 1;
    if (!deja) formes.set(cle, { rang, forme });
    return rang;
  }

  /** Code of a label, computed once for each label met. */
  private readonly codes = new Map<string, string>();
  private coder(genre: 'type' | 'service', libelle: string): string {
    const deja = this.codes.get(libelle);
    if (deja !== undefined && this.libelles[genre].has(deja)) return deja;
    if (this.codes.size >= LIBELLES_MAX)
      throw invalide(`Ce fichier a plus de ${LIBELLES_MAX} types et services différents : ce n’est pas un export Dans Ma Rue. Rien n’a été importé.`);
    const code = couper(slug(libelle), 80);
    this.codes.set(libelle, code);
    if (!this.libelles[genre].has(code)) this.libelles[genre].set(code, abreger(libelle, 200));
    return code;
  }

  private noter(motif: string): void {
    const m = this.motifs.get(motif) ?? { nombre: 0, lignes: [] };
    m.nombre++;
    // One line of headings, and what is above.
    if (m.lignes.length < 5) m.lignes.push(this.bilan.lus + 1 + this.avant);
    this.motifs.set(motif, m);
  }
  private rejeter(motif: string): void {
    this.bilan.rejetes++;
    this.noter(motif);
  }
  private avertir(motif: string): void {
    this.bilan.avertis++;
    this.noter(motif);
  }

  terminer(nouveaux: number): Omit<BilanImport, 'avis'> {
    const { lus, avertis, rejetes } = this.bilan;
    return { lus, nouveaux, connus: lus - rejetes - nouveaux, avertis, rejetes, motifs: [...this.motifs].map(([motif, m]) => ({ motif, ...m })) };
  }
}

async function saveLibelles(tx: Db, contratId: number, libelles: Lecteur['libelles']): Promise<void> {
  for (const genre of ['type', 'service'] as const) {
    const paires = [...libelles[genre]];
    await sql`
      insert into signalement_libelles (contrat_id, genre, code, libelle)
      select ${contratId}, ${genre}, v.code, v.libelle
      from unnest(${paires.map((x) => x[0])}::text[], ${paires.map((x) => x[1])}::text[]) as v (code, libelle)
      on conflict do nothing`.execute(tx);
  }
}
