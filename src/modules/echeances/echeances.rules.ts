/** The five states, what an entry must become, and which reminder is due. Pure: days are `YYYY-MM-DD`. */
import { plusJours } from '../../core/jours.ts';
import type { Cadence, Attendue, Calme, Echeance, Etat, Genre } from './echeances.types.ts';

export { ajouterMois, joursEntre, plusJours } from '../../core/jours.ts';

/** An open entry is « due » from that many days before its date. */
export const AVANT_JOURS = 7;
export const ETATS: Record<Etat, string> = { a_venir: 'à venir', due: 'sous 7 jours', en_retard: 'en retard', soldee: 'soldée', sans_objet: 'sans objet' };
export const OUVERTS: readonly Etat[] = ['en_retard', 'due', 'a_venir'];

export function etatDe(e: Pick<Echeance, 'dueLe' | 'soldeeLe' | 'sansObjetLe'>, aujourdhui: string): Etat {
  if (e.soldeeLe) return 'soldee';
  if (e.sansObjetLe) return 'sans_objet';
  if (e.dueLe === null) return 'a_venir';
  if (e.dueLe < aujourdhui) return 'en_retard';
  return e.dueLe <= plusJours(aujourdhui, AVANT_JOURS) ? 'due' : 'a_venir';
}

/** What identifies an entry: opening it twice makes one. */
type Cle = Pick<Echeance, 'genre' | 'objetId' | 'organisationId'> & { periode?: string | undefined };
const cleDe = (c: Cle): string => JSON.stringify([c.genre, c.objetId, c.organisationId, c.periode ?? '']);

/** Everything of an entry that may move while it is open. */
const dit = (a: Attendue | Echeance): string =>
  JSON.stringify([
    a.sujet,
    a.titre,
    a.chemin,
    a.personne ?? '',
    (a.courriel ?? '').toLowerCase(),
    a.territoireId,
    a.fiche ?? null,
    a.ouverteLe,
    a.dueLe,
    a.suspendueLe ?? null,
  ]);

export interface Ecarts {
  ouvrir: Attendue[];
  /** Open ones whose title, debtor or day moved, and closed ones that are owed again. */
  deplacer: { id: string; attendue: Attendue }[];
  solder: { id: string; attendue: Attendue }[];
  sansObjet: { id: string; motif: string }[];
}
export const nombreDEcarts = (e: Ecarts): number => e.ouvrir.length + e.deplacer.length + e.solder.length + e.sansObjet.length;

const PLUS_ATTENDUE = 'n’est plus attendue';

/** What separates the list from what is owed; nothing when they agree. What was settled and is not spoken of any more stays settled. */
export function comparer(attendues: readonly Attendue[], tenues: readonly Echeance[]): Ecarts {
  const ecarts: Ecarts = { ouvrir: [], deplacer: [], solder: [], sansObjet: [] };
  const parCle = new Map(tenues.map((e) => [cleDe(e), e]));
  const vues = new Set<string>();
  for (const a of attendues) {
    const cle = cleDe(a);
    vues.add(cle);
    const e = parCle.get(cle);
    if (!e) ecarts.ouvrir.push(a);
    else if (a.sansObjet) {
      if (e.sansObjetMotif !== a.sansObjet) ecarts.sansObjet.push({ id: e.id, motif: a.sansObjet });
    } else if (a.soldee) {
      if (!e.soldeeLe || e.soldeChemin !== a.soldee.chemin || e.soldeEtat !== (a.soldee.etat ?? '') || dit(e) !== dit(a))
        ecarts.solder.push({ id: e.id, attendue: a });
    } else if (e.soldeeLe || e.sansObjetLe || dit(e) !== dit(a)) ecarts.deplacer.push({ id: e.id, attendue: a });
  }
  for (const e of tenues) if (!vues.has(cleDe(e)) && !e.soldeeLe && !e.sansObjetLe) ecarts.sansObjet.push({ id: e.id, motif: PLUS_ATTENDUE });
  return ecarts;
}

export const RAPPELS: readonly number[] = [-7, 0, 7];
/** Weekdays, from 8 to 19 h. */
export const CALME: Calme = { jours: [6, 7], de: 19, a: 8 };

/** `jour`: 1 is Monday; `heure`: of the contract's clock. */
export function estCalme(calme: Calme | null, jour: number, heure: number): boolean {
  if (calme === null) return false;
  if (calme.jours.includes(jour)) return true;
  return calme.de > calme.a ? heure >= calme.de || heure < calme.a : heure >= calme.de && heure < calme.a;
}

export interface Pas {
  /** Day from which it is counted. */
  base: string;
  pas: number;
}
/** Days after the base: the latest step that is past, whatever happened of those before. */
function dernierPas(n: number, rappels: readonly number[], puisTousLes: number | undefined): number | null {
  const passes = rappels.filter((r) => r <= n);
  const dernier = passes.at(-1);
  if (dernier === undefined) return null;
  if (puisTousLes === undefined || passes.length < rappels.length) return dernier;
  return dernier + Math.floor((n - dernier) / puisTousLes) * puisTousLes;
}

/** Of its kind, or of its period where the kind says so. */
export const cadenceDe = (e: Pick<Echeance, 'periode'>, g: Genre): Cadence => g.cadences?.[e.periode] ?? g;
type Rappelee = Pick<Echeance, 'dueLe' | 'suspendueLe' | 'periode'>;

/** The reminder that this entry calls for today; null for none. */
export function rappelDu(e: Rappelee, g: Genre, aujourdhui: string): Pas | null {
  if (e.suspendueLe !== null && g.bloqueeTousLes !== undefined) {
    const tours = Math.floor(joursEntre(e.suspendueLe, aujourdhui) / g.bloqueeTousLes);
    return tours >= 1 ? { base: e.suspendueLe, pas: tours * g.bloqueeTousLes } : null;
  }
  if (e.dueLe === null) return null;
  const { rappels = RAPPELS, puisTousLes } = cadenceDe(e, g);
  const pas = dernierPas(joursEntre(e.dueLe, aujourdhui), rappels, puisTousLes);
  return pas === null ? null : { base: e.dueLe, pas };
}

/** The first day from this one on which people are written to. */
export function premierJourOuvre(calme: Calme | null, jour: string): string {
  const semaine = new Date(`${jour}T12:00:00Z`).getUTCDay() || 7;
  return calme?.jours.includes(semaine) ? premierJourOuvre(calme, plusJours(jour, 1)) : jour;
}
/** Farther than that, nothing is announced. */
const HORIZON_JOURS = 800;
/** The day of the next reminder, from this one on, a quiet day putting it off; null for none. */
export function prochainRappel(e: Rappelee, g: Genre, aujourdhui: string, calme: Calme | null): string | null {
  for (let n = -6; n <= HORIZON_JOURS; n++) {
    const jour = plusJours(aujourdhui, n);
    const pas = rappelDu(e, g, jour);
    if (!pas || plusJours(pas.base, pas.pas) !== jour) continue;
    const le = premierJourOuvre(calme, jour);
    if (le >= aujourdhui) return le;
  }
  return null;
}

/** Late for so long that someone else must know. */
export function escaladeDue(e: Rappelee, g: Genre, aujourdhui: string): Pas | null {
  const { escalade } = cadenceDe(e, g);
  return escalade && e.dueLe !== null && joursEntre(e.dueLe, aujourdhui) > escalade.apres ? { base: e.dueLe, pas: escalade.apres } : null;
}

/** In the order in which keys come. */
export function grouper<T, K>(liste: readonly T[], cle: (t: T) => K): Map<K, T[]> {
  const groupes = new Map<K, T[]>();
  for (const t of liste) {
    const groupe = groupes.get(cle(t));
    if (groupe) groupe.push(t);
    else groupes.set(cle(t), [t]);
  }
  return groupes;
}

/** The most urgent first, so many at most and so many of one kind; without a day, last. Each group comes in the order of its days. */
export function pressantes<G, E extends Pick<Echeance, 'dueLe'>>(
  groupes: readonly { genre: G; echeances: readonly E[] }[],
  limites: { lignes: number; parGenre: number },
): { genre: G; e: E }[] {
  return groupes
    .flatMap(({ genre, echeances }) => echeances.slice(0, limites.parGenre).map((e) => ({ genre, e })))
    .sort((a, b) => (a.e.dueLe ?? '9999').localeCompare(b.e.dueLe ?? '9999'))
    .slice(0, limites.lignes);
}
