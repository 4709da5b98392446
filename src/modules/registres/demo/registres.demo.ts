/**
 * A believable, reproducible activity for demonstrations: each register's profiles are drawn by a seeded generator. Every
 * record is fictive and says so in its history. Figures are not moved here: the caller recomputes them once.
 */
import { plusJours } from '../../../core/jours.ts';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import type { ContratLu, Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Champ, DefinitionRegistre, RegistreDeclare } from '../definition.ts';
import { type Repertoire, repertoireDe, type TerritoireConnu } from '../registres.repertoire.ts';
import { champDe, type Contenu, type Etape, type LigneRepetee, pourContrat, type ValeurChamp } from '../registres.rules.ts';
import { verifierProfils } from './profils.rules.ts';
import { type LignesDemo, type ProfilDemo, profilsSchema, type ValeurDemo } from './profils.schema.ts';
import { enJson } from '../../../core/couper.ts';

export interface OptionsDemo {
  annees: readonly number[];
  graine: number;
  /** Last day with records, `YYYY-MM-DD`. */
  jusquau: string;
  profils: Profils;
}
type Alea = () => number;

/** mulberry32: small, fast, the same on every machine. */
function createAlea(graine: number): Alea {
  let a = graine >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const graineDe = (texte: string): number => createHash('sha256').update(texte).digest().readUInt32LE(0);
const parmi = <T>(alea: Alea, choix: readonly T[]): T | undefined => choix[Math.floor(alea() * choix.length)];
const entre = (alea: Alea, min: number, max: number): number => min + alea() * (max - min);

interface Enregistrement {
  id: string;
  id_externe: string;
  contenu: Contenu;
}

/** The records of one profile over the years, and those planned; independent of every other profile, so that adding one moves no other. */
function tirerProfil(d: DefinitionRegistre, rang: number, p: ProfilDemo, rep: Repertoire, o: OptionsDemo): Enregistrement[] {
  const alea = createAlea(graineDe(`${o.graine}/${d.code}/${rang}`));
  const lieux = lieuxDe(p, rep);
  const poids = lieux.map(() => 0.4 + alea() * 1.6);
  const total = poids.reduce((s, x) => s + x, 0);
  let n = 0;
  const tirer = (jour: string, etape: Etape): Enregistrement[] => {
    n++;
    const duree = d.fin && p.duree ? Math.round(entre(alea, p.duree.min, p.duree.max)) : null;
    const lieu = lieux.length > 0 ? pondere(alea, lieux, poids, total) : undefined;
    const titre = (parmi(alea, p.titres) ?? d.libelle).replaceAll('{territoire}', lieu?.nom ?? '').replaceAll('{n}', String(n));
    const donnees = tirerValeurs(alea, d, p.valeurs, { jour, jusquau: o.jusquau });
    const organisation = parmi(alea, p.organisations) ?? '';
    const preuves = tirerPreuves(alea, p.lignes ?? []);
    if (!lieu) return [];
    const cle = `demo-${rang + 1}-${n}`;
    return [
      {
        id: uuidDe(`${o.graine}/${d.code}/${cle}`),
        id_externe: cle,
        contenu: {
          jour,
          fin: duree === null ? null : plusJours(jour, duree),
          titre: titre.slice(0, 200),
          territoire_id: lieu.id,
          adresse: null,
          lon: null,
          lat: null,
          organisation_id: organisation,
          commentaire: '',
          fiches: [...new Set([...p.fiches, ...preuves.flatMap((l) => rep.ficheDe.get(l) ?? [])])].sort(),
          lignes: preuves,
          donnees: etape === 'realisee' ? donnees : sansComptes(d, donnees),
          etape,
          annulation: null,
        },
      },
    ];
  };
  const faits = [...o.annees].sort().flatMap((annee, i) => {
    const attendus = p.parAn * (1 + (p.croissance ?? 0)) ** i * entre(alea, 0.92, 1.08);
    const nombre = Math.floor(attendus) + (alea() < attendus % 1 ? 1 : 0);
    return Array.from({ length: nombre }, () => tirer(jourDans(alea, annee, p.mois), 'realisee')).flat();
  });
  const { nombre, dans } = p.programmees ?? { nombre: 0, dans: { min: 0, max: 0 } };
  const programmees = Array.from({ length: nombre }, () => tirer(plusJours(o.jusquau, Math.round(entre(alea, dans.min, dans.max))), 'programmee')).flat();
  return [...faits.filter((e) => e.contenu.jour <= o.jusquau), ...programmees];
}
/** What is counted is not known before it is done. */
const sansComptes = (d: DefinitionRegistre, donnees: Record<string, ValeurChamp>): Record<string, ValeurChamp> =>
  Object.fromEntries(Object.entries(donnees).filter(([code]) => !['nombre', 'lignes'].includes(champDe(d, code)?.type ?? '')));

/** One or two of the profile's action lines. */
function tirerPreuves(alea: Alea, lignes: readonly string[]): string[] {
  const premiere = parmi(alea, lignes);
  const seconde = alea() < 0.4 ? parmi(alea, lignes) : undefined;
  return [...new Set([premiere, seconde].filter((l) => l !== undefined))].sort();
}

const lieuxDe = (p: ProfilDemo, rep: Repertoire): TerritoireConnu[] => [...rep.territoires.values()].filter((t) => t.niveau === p.niveau);

function pondere(alea: Alea, lieux: readonly TerritoireConnu[], poids: readonly number[], total: number): TerritoireConnu | undefined {
  let x = alea() * total;
  for (const [i, l] of lieux.entries()) {
    x -= poids[i] ?? 0;
    if (x <= 0) return l;
  }
  return lieux.at(-1);
}

function jourDans(alea: Alea, annee: number, mois: readonly number[] | undefined): string {
  const m = mois && mois.length > 0 ? (parmi(alea, mois) ?? 1) : 1 + Math.floor(alea() * 12);
  const jours = new Date(Date.UTC(annee, m, 0)).getUTCDate();
  const date = new Date(Date.UTC(annee, m - 1, 1 + Math.floor(alea() * jours)));
  // Partners work on weekdays: a Sunday becomes the Friday before when the month allows.
  if (date.getUTCDay() === 0 && date.getUTCDate() > 2) date.setUTCDate(date.getUTCDate() - 2);
  return date.toISOString().slice(0, 10);
}

/** Day of the record, and the last day of which anything is known. */
interface Bornes {
  jour: string;
  jusquau: string;
}
function tirerValeurs(alea: Alea, d: DefinitionRegistre, valeurs: ProfilDemo['valeurs'], bornes: Bornes): Record<string, ValeurChamp> {
  const donnees: Record<string, ValeurChamp> = {};
  for (const [code, v] of Object.entries(valeurs)) {
    const c = champDe(d, code);
    if (!c) continue;
    const x = tirerValeur(alea, c, v, bornes);
    if (x !== null) donnees[code] = x;
  }
  return donnees;
}

function tirerValeur(alea: Alea, c: Champ, v: ValeurDemo, { jour, jusquau }: Bornes): ValeurChamp | null {
  if (typeof v === 'object' && 'colonnes' in v) return c.type === 'lignes' ? tirerLignes(alea, c, v, { jour, jusquau }) : null;
  if (typeof v === 'object' && 'min' in v) {
    const n = entre(alea, v.min, v.max);
    return c.type === 'nombre' && !c.entier ? Math.round(n * 2) / 2 : Math.round(n);
  }
  if (typeof v === 'object') {
    const choisie = parmi(alea, v) ?? '';
    if (c.type === 'booleen') return choisie === 'oui' || choisie === 'true';
    return c.type === 'nombre' ? Number(choisie) : choisie;
  }
  return v;
}

/** As many lines as the profile says; columns it does not name are drawn (lists) or follow the record's day (dates). */
function tirerLignes(alea: Alea, c: Extract<Champ, { type: 'lignes' }>, v: LignesDemo, { jour, jusquau }: Bornes): ValeurChamp | null {
  const nombre = Math.round(entre(alea, v.lignes.min, v.lignes.max));
  const lignes = Array.from({ length: nombre }, () => {
    const ligne: LigneRepetee = {};
    for (const col of c.colonnes) {
      const choix = v.colonnes[col.code];
      if (choix && 'si' in col && col.si && ligne[col.si.colonne] !== col.si.valeur) continue;
      if (choix) ligne[col.code] = col.type === 'nombre' ? Number(parmi(alea, choix)) : (parmi(alea, choix) ?? '');
      else if (col.type === 'date' && col.si) {
        // Done some time after the record, never after what is known.
        const fait = plusJours(jour, Math.round(entre(alea, 20, 400)));
        if (ligne[col.si.colonne] === col.si.valeur) ligne[col.code] = fait < jusquau ? fait : jour > jusquau ? jour : jusquau;
      } else if (col.type === 'date' && col.sens === 'fait') ligne[col.code] = jour;
      else if (col.type === 'date') ligne[col.code] = plusJours(jour, Math.round(entre(alea, 30, 240)));
      else if (col.type === 'liste' && col.obligatoire) ligne[col.code] = parmi(alea, col.options)?.code ?? '';
    }
    return ligne;
  });
  return lignes.length > 0 ? lignes : null;
}

function uuidDe(texte: string): string {
  const h = createHash('sha256').update(texte).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

const PAQUET = 2000;

const DOSSIER = 'registres/';

const lireProfils = (d: RegistreDeclare, profils: Profils): ProfilDemo[] => profils.lire(`${DOSSIER}${d.code}`, profilsSchema) ?? [];

/** Faults of the profiles of a contract; empty when every register would take what they draw. */
export function verifierDemo(contrat: ContratLu, definitions: readonly RegistreDeclare[], profils: Profils): string[] {
  const orphelins = profils.noms.filter((n) => n.startsWith(DOSSIER) && !definitions.some((d) => n === `${DOSSIER}${d.code}`));
  return [
    ...orphelins.map((n) => `demonstration/${n}.yaml : aucun registre ne s’appelle ainsi`),
    ...definitions.flatMap((d) => verifierProfils(pourContrat(d, contrat), lireProfils(d, profils), contrat)),
  ];
}

/** Writes the demonstration records of these definitions, one published batch for each register. Returns how many it added. */
export async function genererDemoDe(db: Db, catalogue: Catalogue, definitions: readonly RegistreDeclare[], o: OptionsDemo): Promise<number> {
  const rep = repertoireDe(catalogue);
  let total = 0;
  for (const declare of definitions) {
    const d = pourContrat(declare, catalogue);
    const tout = lireProfils(declare, o.profils).flatMap((p, rang) => tirerProfil(d, rang, p, rep, o));
    if (tout.length === 0) continue;
    const { rows: lots } = await sql<{ id: string }>`
      insert into lots (contrat_id, registre, fichier, empreinte, etat, lues, nouvelles, auteur, publie_par, publie_le)
      values (${catalogue.contratId}, ${d.code}, 'Données fictives de démonstration', ${`demo-${o.graine}`}, 'publie', ${tout.length}, ${tout.length},
        'démonstration', 'démonstration', now())
      returning id`.execute(db);
    for (let i = 0; i < tout.length; i += PAQUET)
      total += await insererPaquet(
        db,
        { contratId: catalogue.contratId, registre: d.code, lot: lots[0]?.id ?? '', jusquau: o.jusquau },
        tout.slice(i, i + PAQUET),
      );
  }
  return total;
}

async function insererPaquet(
  db: Db,
  { contratId, registre, lot, jusquau }: { contratId: number; registre: string; lot: string; jusquau: string },
  paquet: readonly Enregistrement[],
): Promise<number> {
  const lignes = paquet.map((e) => ({ id: e.id, id_externe: e.id_externe, ...e.contenu }));
  const { rows } = await sql`
    insert into activites (contrat_id, registre, id, jour, fin, titre, territoire_id, organisation_id, commentaire, fiches, lignes,
      donnees, id_externe, etape, acte, auteur, modifie_le, cree_le, lot_id, lot_version)
    select ${contratId}::smallint, ${registre}, k.id, k.jour, k.fin, k.titre, k.territoire_id, k.organisation_id, '', k.fiches, k.lignes,
      k.donnees, k.id_externe, k.etape, 'demonstration', 'démonstration', least(k.jour, ${jusquau}::date) + time '18:00', least(k.jour, ${jusquau}::date) + time '18:00', ${lot}::uuid, 1
    from jsonb_to_recordset(${enJson(lignes)}::jsonb)
      as k (id uuid, id_externe text, jour date, fin date, titre text, territoire_id text, organisation_id text, fiches text[], lignes text[], donnees jsonb, etape text)
    on conflict do nothing
    returning id`.execute(db);
  return rows.length;
}
