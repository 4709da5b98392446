/** Whom an alert reaches: the lists of its place and of those around, on duty first. Each one is a row, a letter, and a message by each other way. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { type Catalogue, getContours } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { type Inscrit, listCreneaux, listInscrits } from '../astreintes/astreintes.queries.ts';
import { ordreDe } from '../astreintes/astreintes.rules.ts';
import {
  fonctionDe,
  fonctionsQuiValident,
  libelleDeFonction,
  minutesPourRepondre,
  palierDe,
  placesAttenduesParmi,
  quiTiennent,
} from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { voisinsDe, voisinsParContours } from '../reglement/voisins.rules.ts';
import { addEnvois, type Ecrit, type Envoi, type NouvelEnvoi } from './envois.queries.ts';
import { type Demande, lettreDe, lienDe, objetDe, sujetDeLaDemande } from './lettres.rules.ts';
import { addMessages } from './messages.queries.ts';

export interface Outils {
  reglement: Reglement;
  coffre: Coffre;
  adresse: string;
}
export type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

/** The first-level territory that holds this place: lists are kept there. */
export const secteurDe = (cat: Catalogue, territoire: string): string => {
  const premiers = new Set(cat.enfants(cat.racine.id).map((t) => t.id));
  return cat.ascendants(territoire).find((t) => premiers.has(t.id))?.id ?? territoire;
};

/** Places whose lists are told: its own first. */
export async function placesDe(c: Ou, cat: Catalogue, r: Reglement, a: Pick<Alerte, 'palier' | 'territoireId'>): Promise<string[]> {
  const ici = secteurDe(cat, a.territoireId);
  const palier = palierDe(r, a.palier);
  if (palier.voisins !== 'tous') return [ici, ...voisinsDe(r, palier, ici, null)];
  const secteurs = cat.enfants(cat.racine.id).map((t) => t.id);
  return [ici, ...voisinsDe(r, palier, ici, voisinsParContours(await getContours(c.db, cat, secteurs), secteurs))];
}

const dans = (quand: Date, minutes: number): Date => new Date(quand.getTime() + minutes * 60_000);
const groupe = (i: Pick<Inscrit, 'fonction' | 'territoire'>): string => `${i.fonction}|${i.territoire}`;

export interface Prevenus {
  /** Whom the lists say. */
  nombre: number;
  /** Those of them who had no row yet: whose messages wait to leave. */
  nouveaux: number;
  /** Functions that should have somebody on duty there, and nobody to tell. */
  sansPersonne: { fonction: string; territoire: string }[];
}

/** Whom the lists say now, by this kind of request. */
async function choisir(c: Ou, r: Reglement, cat: Catalogue, a: Pick<Alerte, 'palier' | 'territoireId'>, genre: Envoi['genre']) {
  const valident = new Set(fonctionsQuiValident(r));
  const ici = secteurDe(cat, a.territoireId);
  const places = [...(genre === 'validation' ? [ici] : await placesDe(c, cat, r, a)), cat.racine.id];
  const prevenues = new Set(r.fonctions.filter((f) => f.prevenue && (genre === 'accuse' || valident.has(f.code))).map((f) => f.code));
  const inscrits = (await listInscrits(c.db, c.contrat.id, { territoires: places })).filter((i) => prevenues.has(i.fonction));
  const creneaux = await listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: dans(c.maintenant, 1) });
  const tiennent = quiTiennent(r, cat, inscrits);
  // A line of a house that may not hold its function is told, is asked nothing, and covers nothing.
  const parGroupe = grouper(genre === 'validation' ? tiennent : inscrits, groupe);
  const tours = [...parGroupe.values()].flatMap((la) => ordreDe(la, creneaux, c.maintenant).premiers);
  return { tours, tiennent, places, prevenues };
}
/** How many would be told, were it to leave now: shown before it is validated. */
export const compterQuiSeraPrevenu = async (c: Ou, r: Reglement, cat: Catalogue, a: Pick<Alerte, 'palier' | 'territoireId'>): Promise<number> =>
  (await choisir(c, r, cat, a, 'accuse')).tours.length;

/** Tells them. `deja`: places whose lists were told before, where no hole is counted twice. */
export async function prevenirLesListes(
  c: Ou,
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  genre: 'validation' | 'accuse',
  deja: ReadonlySet<string> = new Set(),
): Promise<Prevenus> {
  const { reglement: r } = o;
  const { tours, tiennent, places, prevenues } = await choisir(c, r, cat, a, genre);
  const faits = await envoyer(
    c,
    o,
    cat,
    a,
    tours.map((t) => ({ ...t, genre })),
  );
  const ontPouvoir = new Set(tiennent.map((i) => i.id));
  const servis = new Set(tours.filter((t) => ontPouvoir.has(t.inscrit.id)).map((t) => groupe(t.inscrit)));
  const sansPersonne = placesAttenduesParmi(r, cat.racine.id, places).filter(
    (p) => prevenues.has(p.fonction) && !servis.has(groupe(p)) && !deja.has(p.territoire),
  );
  return { nombre: tours.length, nouveaux: faits.length, sansPersonne };
}

export interface Releve {
  envoi: Pick<Envoi, 'id' | 'fonction' | 'territoire' | 'genre' | 'pour'>;
  motif: 'silence' | 'rebond' | 'retard';
  point?: Demande['point'];
}
/**
 * For each of these, the next one of its roster who was not asked yet: lists are read once whatever their number, chosen in memory, written
 * together. By the row that they replace: whose row takes over.
 */
export async function prevenirLesSuivants(
  c: Ou,
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  releves: readonly Releve[],
  tous: readonly Pick<Envoi, 'inscritId' | 'genre' | 'pour'>[],
): Promise<Map<string, { id: string; nom: string }>> {
  const lus = await listInscrits(c.db, c.contrat.id, { territoires: [...new Set(releves.map((x) => x.envoi.territoire))] });
  const tiennent = new Set(quiTiennent(o.reglement, cat, lus).map((i) => i.id));
  const inscrits = grouper(lus, groupe);
  const creneaux = await listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: dans(c.maintenant, 1) });
  const cleDe = (e: Pick<Envoi, 'genre' | 'pour'>, inscritId: string) => `${inscritId} ${e.genre} ${e.pour}`;
  const pris = new Set(tous.map((e) => cleDe(e, e.inscritId)));
  const choisis = releves.flatMap(({ envoi, motif, point }) => {
    const { premiers, suivants } = ordreDe(inscrits.get(groupe(envoi)) ?? [], creneaux, c.maintenant);
    const inscrit = [...premiers, ...suivants]
      .map((t) => t.inscrit)
      .find((i) => !pris.has(cleDe(envoi, i.id)) && (envoi.genre === 'accuse' || tiennent.has(i.id)));
    if (!inscrit) return [];
    pris.add(cleDe(envoi, inscrit.id));
    return [{ apres: envoi.id, tour: { inscrit, motif, genre: envoi.genre, pour: envoi.pour, point } }];
  });
  const faits = await envoyer(
    c,
    o,
    cat,
    a,
    choisis.map((x) => x.tour),
  );
  return new Map(
    choisis.flatMap(({ apres, tour }) => {
      const fait = faits.find((f) => f.inscritId === tour.inscrit.id && f.genre === tour.genre && f.pour === tour.pour);
      return fait ? [[apres, { id: fait.id, nom: tour.inscrit.nom }] as const] : [];
    }),
  );
}

/** Whose accounts these lines are today: an account opened, or an address changed, since the line was written is its. */
export async function comptesDes(c: Ou, inscrits: readonly Inscrit[]): Promise<{ inscritId: string; compteId: string }[]> {
  const push = inscrits.filter((i) => i.voies.includes('push'));
  if (push.length === 0) return [];
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  return push.flatMap((i) =>
    ouverts.filter((u) => u.id === i.compteId || u.courriel.toLowerCase() === i.courriel.toLowerCase()).map((u) => ({ inscritId: i.id, compteId: u.id })),
  );
}

/** What the queue of the mail shows of a letter: neither the place nor whom it is for. */
export const DISCRETE = { discret: true, sujetGarde: 'Alerte', urgent: true } as const;

interface Tour {
  inscrit: Inscrit;
  motif: Envoi['motif'];
  genre: Envoi['genre'];
  pour?: string;
  /** By then; otherwise what the tier and the function leave to answer. */
  duLe?: Date;
  de?: Demande['de'];
  point?: Demande['point'];
}
const rangDe = (inscritId: string, t: { genre: Envoi['genre']; pour?: string }): string => `${inscritId} ${t.genre} ${t.pour ?? ''}`;
/** One row, one letter; push and telephone where the person asked for them. Those who have their row already are sent nothing. */
export async function envoyer(c: Ou, o: Outils, cat: Catalogue, a: Alerte, tours: readonly Tour[]): Promise<Ecrit[]> {
  const palier = palierDe(o.reglement, a.palier);
  const parRang = new Map(tours.map((t) => [rangDe(t.inscrit.id, t), t]));
  const duDe = (t: Tour): Date =>
    t.duLe ??
    (t.genre === 'validation' && a.validerAvant
      ? a.validerAvant
      : dans(c.maintenant, minutesPourRepondre(palier, fonctionDe(o.reglement, t.inscrit.fonction))));
  const faits = await addEnvois(
    c.db,
    c.contrat.id,
    a.id,
    [...parRang.values()].map(
      (t): NouvelEnvoi => ({
        inscritId: t.inscrit.id,
        genre: t.genre,
        pour: t.pour,
        fonction: t.inscrit.fonction,
        territoire: t.inscrit.territoire,
        organisationId: t.inscrit.organisationId,
        nom: t.inscrit.nom,
        motif: t.motif,
        duLe: duDe(t),
      }),
    ),
    c.maintenant,
  );
  const lettres = faits
    .flatMap((e) => {
      const t = parRang.get(rangDe(e.inscritId, e));
      return t ? [{ e, t, duLe: duDe(t) }] : [];
    })
    // Those who have the least time first.
    .sort((x, y) => x.duLe.getTime() - y.duLe.getTime());
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    lettres.map(({ e, t, duLe }) => lettre(o, cat, a, e, { ...t, courriel: t.inscrit.courriel, fonction: t.inscrit.fonction, duLe })),
    o.coffre,
  );
  // Whoever is charged of a point has the message of the alert already, where their function is told of alerts.
  const parMessage = lettres.filter(({ t }) => t.genre !== 'point' || t.motif === 'silence' || fonctionDe(o.reglement, t.inscrit.fonction)?.prevenue === false);
  const comptes = await comptesDes(
    c,
    parMessage.map(({ t }) => t.inscrit),
  );
  await addMessages(
    c.db,
    c.contrat.id,
    parMessage.map(({ e }) => e.id),
    comptes,
    c.maintenant,
  );
  return faits;
}
/** To somebody, about their row. */
export function lettre(
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  e: Ecrit,
  q: { courriel: string; fonction: string; motif: Envoi['motif']; duLe: Date; de?: Demande['de']; point?: Demande['point']; rappel?: boolean },
) {
  const lien = `${o.adresse}${lienDe(o.coffre, { ...e, courriel: q.courriel })}`;
  const demande = { ...q, lien, genre: e.genre, fonction: libelleDeFonction(o.reglement, q.fonction) };
  return { a: q.courriel, sujet: sujetDeLaDemande(cat, a, demande), texte: lettreDe(cat, a, demande), objet: objetDe(e), ...DISCRETE };
}
