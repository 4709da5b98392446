/**
 * Reminders and escalations, one letter a person a day. Run it as often as one likes, in as many processes: each step of each
 * due day leaves once. Nobody hears of what they may no longer open; a closed account hears of nothing.
 */
import { DateTime } from 'luxon';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { listApprochees, listEcheances, listTenues } from '../echeances.queries.ts';
import { CALME, escaladeDue, estCalme, grouper, type Pas, RAPPELS, rappelDu } from '../echeances.rules.ts';
import type { Adresses, Destinataire, Echeance, Genre, Prevenir, Source } from '../echeances.types.ts';
import { genreDe, listGenres, listSources } from '../genres.ts';
import { type ALire, ecrireLettre, type Poste } from './lettre.ts';
import { addRappels, cleDuRappel, listDejaEcrits, listPartis, type Motif, prendreLeJour, rappelDe } from './rappels.queries.ts';

/** Who has an account: given by the module of accounts, which stands above this one. */
interface Comptes {
  ouverts: readonly Utilisateur[];
  /** Addresses of closed accounts, which no open one has taken up. */
  fermees: ReadonlySet<string>;
}
export interface OptionsRappels {
  contratId: number;
  maintenant: Date;
  coffre: Coffre;
  /** Public address of the platform. */
  adresse: string;
  comptes(db: Db, contratId: number, quand: Date): Promise<Comptes>;
}

interface Appel {
  echeance: Echeance;
  motif: Motif;
  pas: Pas;
}

function estAuCalme(g: Genre, quand: Date): boolean {
  const t = DateTime.fromJSDate(quand, { zone: fuseauEnVigueur() });
  return estCalme(g.calme === undefined ? CALME : g.calme, t.weekday, t.hour);
}

/** What today calls for, whoever it is told to and whether it left already. */
function appelsDe(echeances: readonly Echeance[], aujourdhui: string, quand: Date): Appel[] {
  return echeances.flatMap((echeance) => {
    const genre = genreDe(echeance.genre)?.genre;
    if (!genre || estAuCalme(genre, quand)) return [];
    const pas = rappelDu(echeance, genre, aujourdhui);
    const plusHaut = escaladeDue(echeance, genre, aujourdhui);
    return [...(pas ? [{ echeance, motif: 'rappel' as const, pas }] : []), ...(plusHaut ? [{ echeance, motif: 'escalade' as const, pas: plusHaut }] : [])];
  });
}

const nommees: NonNullable<Source['destinataires']> = async (_, p) =>
  new Map(p.echeances.map((e) => [e.id, e.courriel ? [{ courriel: e.courriel, nom: e.personne }] : []]));

/** Addresses to write to, for each call, as its source chooses them. */
async function adresser(tx: Db, appels: readonly Appel[], commun: Omit<Prevenir, 'echeances'>): Promise<{ appel: Appel; a: Destinataire }[]> {
  const tous: { appel: Appel; a: Destinataire }[] = [];
  for (const source of listSources())
    for (const motif of ['rappel', 'escalade'] as const) {
      const siens = appels.filter((x) => x.motif === motif && genreDe(x.echeance.genre)?.source === source);
      const choisir = motif === 'rappel' ? (source.destinataires ?? nommees) : source.escalade;
      if (siens.length === 0 || !choisir) continue;
      const adresses: Adresses = await choisir.call(source, tx, { ...commun, echeances: siens.map((x) => x.echeance) });
      for (const appel of siens)
        for (const a of adresses.get(appel.echeance.id) ?? [])
          if (a.courriel !== '') tous.push({ appel, a: { courriel: a.courriel.toLowerCase(), nom: a.nom } });
    }
  return tous;
}

/** Leaves out closed accounts, and what the holder of an account may not open today. */
async function garderLisibles(
  tx: Db,
  tous: readonly { appel: Appel; a: Destinataire }[],
  comptes: Comptes,
  o: { contratId: number; catalogue: Catalogue; aujourdhui: string; maintenant: Date },
): Promise<{ appel: Appel; a: Destinataire }[]> {
  const parAdresse = grouper(tous, (x) => x.a.courriel);
  const gardes: { appel: Appel; a: Destinataire }[] = [];
  for (const [courriel, siens] of parAdresse) {
    const u = comptes.ouverts.find((x) => x.courriel.toLowerCase() === courriel);
    if (!u && comptes.fermees.has(courriel)) continue;
    const ids = siens.map((x) => x.appel.echeance.id);
    const lisibles = u ? new Set((await listEcheances(tx, { ...o, u }, { ids }, null, ids.length)).map((e) => e.id)) : null;
    // One by one: an address may owe a hundred thousand things, more than one call takes.
    for (const x of siens) if (!lisibles || lisibles.has(x.appel.echeance.id)) gardes.push(x);
  }
  return gardes;
}

export interface BilanDesRappels {
  lettres: number;
  lignes: number;
}

export async function envoyerRappels(db: Db, o: OptionsRappels): Promise<BilanDesRappels> {
  const { contratId, maintenant } = o;
  const aujourdhui = jourDe(maintenant);
  const catalogue = await getCatalogue(db, contratId);
  return inTransaction(db, { contratId }, async (tx) => {
    const avant = Math.max(0, ...listGenres().flatMap((g) => [g, ...Object.values(g.cadences ?? {})].flatMap((x) => (x.rappels ?? RAPPELS).map((r) => -r))));
    const appels = appelsDe(await listApprochees(tx, contratId, aujourdhui, avant), aujourdhui, maintenant);
    if (appels.length === 0) return { lettres: 0, lignes: 0 };
    const comptes = await o.comptes(tx, contratId, maintenant);
    const commun = { contratId, catalogue, aujourdhui, maintenant };
    const partis = await listPartis(
      tx,
      contratId,
      appels.map((x) => x.echeance.id),
    );
    const neufs = (await adresser(tx, appels, { ...commun, comptes: comptes.ouverts })).filter(
      ({ appel, a }) => !partis.has(cleDuRappel(rappelDe(appel.echeance.id, a.courriel, appel.motif, appel.pas))),
    );
    const poste: Poste = { contratId, aujourdhui, maintenant, coffre: o.coffre, origine: new URL(o.adresse).origin };
    const bilan = await poster(tx, await garderLisibles(tx, neufs, comptes, commun), poste, maintenant);
    if (bilan.lettres > 0)
      await ecrireAudit(tx, contratId, [entree({ utilisateur: null, quand: maintenant, adresse: null }, 'echeances.rappels', '/echeances', { ...bilan })]);
    return bilan;
  });
}

async function poster(tx: Db, gardes: readonly { appel: Appel; a: Destinataire }[], poste: Poste, maintenant: Date): Promise<BilanDesRappels> {
  const dejaEcrits = await listDejaEcrits(tx, poste.contratId, poste.aujourdhui);
  const bilan = { lettres: 0, lignes: 0 };
  const dansLaLettre = (x: { appel: Appel }) => genreDe(x.appel.echeance.genre)?.genre.groupe !== false;
  // In one order for every process: two of them never wait for each other.
  const adresses = [...grouper(gardes, (x) => x.a.courriel)].sort(([x], [y]) => (x < y ? -1 : 1));
  for (const [courriel, siens] of adresses) {
    const a = { courriel, nom: siens.find((x) => x.a.nom !== '')?.a.nom ?? '' };
    const groupees = siens.filter(dansLaLettre);
    const paquets = siens.filter((x) => !dansLaLettre(x)).map((x) => [x]);
    // The rest of what is due waits for tomorrow's letter.
    if (groupees.length > 0 && !dejaEcrits.has(courriel) && (await prendreLeJour(tx, poste.contratId, courriel, poste.aujourdhui, groupees.length)))
      paquets.push(groupees);
    for (const paquet of paquets) {
      const rappels = paquet.map((x): ALire => ({ echeance: x.appel.echeance, rappel: rappelDe(x.appel.echeance.id, courriel, x.appel.motif, x.appel.pas) }));
      const pris = await addRappels(tx, poste.contratId, [...new Map(rappels.map((r) => [cleDuRappel(r.rappel), r.rappel])).values()], maintenant);
      const lues = [...new Map(rappels.filter((r) => pris.has(cleDuRappel(r.rappel))).map((r) => [cleDuRappel(r.rappel), r])).values()];
      if (lues.length === 0) continue;
      await ecrireLettre(tx, a, lues, poste);
      bilan.lettres += 1;
      bilan.lignes += lues.length;
    }
  }
  return bilan;
}

/** A reminder now, asked by whoever keeps the object; 0 when nobody has an address. At most one a day to each. */
export async function relancer(
  tx: Db,
  o: Pick<OptionsRappels, 'contratId' | 'maintenant' | 'coffre' | 'adresse'> & {
    source: Source;
    sujet: string;
    estParti(db: Db, contratId: number, courriel: string): Promise<boolean>;
  },
): Promise<number> {
  const { contratId, maintenant, source } = o;
  const aujourdhui = jourDe(maintenant);
  const catalogue = await getCatalogue(tx, contratId);
  const codes = source.genres.map((g) => g.code);
  const echeances = (await listTenues(tx, contratId, codes, [o.sujet])).filter((e) => !e.soldeeLe && !e.sansObjetLe);
  const adresses = await (source.destinataires ?? nommees).call(source, tx, { contratId, catalogue, aujourdhui, maintenant, comptes: [], echeances });
  let lettres = 0;
  for (const echeance of echeances)
    for (const a of adresses.get(echeance.id) ?? []) {
      const courriel = a.courriel.toLowerCase();
      if (courriel === '' || (await o.estParti(tx, contratId, courriel))) continue;
      const rappel = rappelDe(echeance.id, courriel, 'demande', { base: aujourdhui, pas: 0 });
      if ((await addRappels(tx, contratId, [rappel], maintenant)).size === 0) continue;
      await ecrireLettre(tx, { courriel, nom: a.nom }, [{ echeance, rappel }], {
        contratId,
        aujourdhui,
        maintenant,
        coffre: o.coffre,
        origine: new URL(o.adresse).origin,
      });
      lettres += 1;
    }
  return lettres;
}
