/** Whom an alert reaches: the lists of its place and of those around, on duty first. Each one is a row, a letter, and a message by each other way. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { retirerLettres } from '../../../core/courrier/oublis.queries.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { type Catalogue, getContours } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { type Inscrit, listCreneaux, listInscrits, listInscritsParId } from '../astreintes/astreintes.queries.ts';
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
import { addEnvois, type Envoi, type NouvelEnvoi } from './envois.queries.ts';
import { estPrevenu } from './etat.rules.ts';
import { lettreDe, lettreDeFin, lienDe, objetDe, sujetDe } from './lettres.rules.ts';
import { addMessages, retirerMessages } from './messages.queries.ts';
import { listSuivis } from './suivis.ts';

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
async function placesDe(c: Ou, cat: Catalogue, r: Reglement, a: Pick<Alerte, 'palier' | 'territoireId'>): Promise<string[]> {
  const ici = secteurDe(cat, a.territoireId);
  const palier = palierDe(r, a.palier);
  if (palier.voisins !== 'tous') return [ici, ...voisinsDe(r, palier, ici, null)];
  const secteurs = cat.enfants(cat.racine.id).map((t) => t.id);
  return [ici, ...voisinsDe(r, palier, ici, voisinsParContours(await getContours(c.db, cat, secteurs), secteurs))];
}

const dans = (quand: Date, minutes: number): Date => new Date(quand.getTime() + minutes * 60_000);
const groupe = (i: Pick<Inscrit, 'fonction' | 'territoire'>): string => `${i.fonction}|${i.territoire}`;

export interface Prevenus {
  /** Whose messages wait to leave. */
  nombre: number;
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

/** Tells them. */
export async function prevenirLesListes(c: Ou, o: Outils, cat: Catalogue, a: Alerte, genre: Envoi['genre']): Promise<Prevenus> {
  const { reglement: r } = o;
  const { tours, tiennent, places, prevenues } = await choisir(c, r, cat, a, genre);
  await envoyer(
    c,
    o,
    cat,
    a,
    tours.map((t) => ({ ...t, genre })),
  );
  const ontPouvoir = new Set(tiennent.map((i) => i.id));
  const servis = new Set(tours.filter((t) => ontPouvoir.has(t.inscrit.id)).map((t) => groupe(t.inscrit)));
  const sansPersonne = placesAttenduesParmi(r, cat.racine.id, places).filter((p) => prevenues.has(p.fonction) && !servis.has(groupe(p)));
  return { nombre: tours.length, sansPersonne };
}

export interface Releve {
  envoi: Pick<Envoi, 'id' | 'fonction' | 'territoire' | 'genre'>;
  motif: 'silence' | 'rebond' | 'retard';
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
  tous: readonly Pick<Envoi, 'inscritId' | 'genre'>[],
): Promise<Map<string, { id: string; nom: string }>> {
  const lus = await listInscrits(c.db, c.contrat.id, { territoires: [...new Set(releves.map((x) => x.envoi.territoire))] });
  const tiennent = new Set(quiTiennent(o.reglement, cat, lus).map((i) => i.id));
  const inscrits = grouper(lus, groupe);
  const creneaux = await listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: dans(c.maintenant, 1) });
  const pris = { accuse: new Set<string>(), validation: new Set<string>(), fin: new Set<string>() };
  for (const e of tous) pris[e.genre].add(e.inscritId);
  const choisis = releves.flatMap(({ envoi, motif }) => {
    const { premiers, suivants } = ordreDe(inscrits.get(groupe(envoi)) ?? [], creneaux, c.maintenant);
    const inscrit = [...premiers, ...suivants]
      .map((t) => t.inscrit)
      .find((i) => !pris[envoi.genre].has(i.id) && (envoi.genre !== 'validation' || tiennent.has(i.id)));
    if (!inscrit) return [];
    pris[envoi.genre].add(inscrit.id);
    return [{ apres: envoi.id, tour: { inscrit, motif, genre: envoi.genre } }];
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
      const fait = faits.find((f) => f.inscritId === tour.inscrit.id && f.genre === tour.genre);
      return fait ? [[apres, { id: fait.id, nom: tour.inscrit.nom }] as const] : [];
    }),
  );
}

/** Whose accounts these lines are today: an account opened, or an address changed, since the line was written is its. */
async function comptesDes(c: Ou, inscrits: readonly Inscrit[]): Promise<{ inscritId: string; compteId: string }[]> {
  const push = inscrits.filter((i) => i.voies.includes('push'));
  if (push.length === 0) return [];
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  return push.flatMap((i) =>
    ouverts.filter((u) => u.id === i.compteId || u.courriel.toLowerCase() === i.courriel.toLowerCase()).map((u) => ({ inscritId: i.id, compteId: u.id })),
  );
}

/** What the queue of the mail shows of a letter: neither the place nor whom it is for. */
const DISCRETE = { discret: true, sujetGarde: 'Alerte', urgent: true } as const;

/** One row, one letter; push and telephone where the person asked for them. Those who have their row already are sent nothing. */
async function envoyer(
  c: Ou,
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  tours: readonly { inscrit: Inscrit; motif: Envoi['motif']; genre: Envoi['genre'] }[],
): Promise<Pick<Envoi, 'id' | 'inscritId' | 'genre'>[]> {
  const palier = palierDe(o.reglement, a.palier);
  const parInscrit = new Map(tours.map((t) => [t.inscrit.id, t]));
  const duDe = (t: (typeof tours)[number]): Date =>
    t.genre === 'validation' && a.validerAvant ? a.validerAvant : dans(c.maintenant, minutesPourRepondre(palier, fonctionDe(o.reglement, t.inscrit.fonction)));
  const faits = await addEnvois(
    c.db,
    c.contrat.id,
    a.id,
    [...parInscrit.values()].map(
      (t): NouvelEnvoi => ({
        inscritId: t.inscrit.id,
        genre: t.genre,
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
      const t = parInscrit.get(e.inscritId);
      return t ? [{ e, t, duLe: duDe(t) }] : [];
    })
    // Those who have the least time first.
    .sort((x, y) => x.duLe.getTime() - y.duLe.getTime())
    .map(({ e, t, duLe }) => {
      const { courriel } = t.inscrit;
      const lien = `${o.adresse}${lienDe(o.coffre, { ...e, courriel })}`;
      const texte = lettreDe(cat, a, { lien, genre: t.genre, motif: t.motif, fonction: libelleDeFonction(o.reglement, t.inscrit.fonction), duLe });
      return { a: courriel, sujet: sujetDe(cat, a), texte, objet: objetDe(a.id, e.id), ...DISCRETE };
    });
  await ajouterCourriels(c.db, c.contrat.id, lettres, o.coffre);
  const comptes = await comptesDes(
    c,
    tours.map((t) => t.inscrit),
  );
  await addMessages(
    c.db,
    c.contrat.id,
    faits.map((e) => e.id),
    comptes,
    c.maintenant,
  );
  return faits;
}

/** It is over: what waited leaves no more, and those who had been told are told of it, by the same ways. Returns how many. */
export async function annoncerLaFin(c: Ou, o: Outils, cat: Catalogue, a: Alerte): Promise<number> {
  const suivis = await listSuivis(c.db, c.contrat.id, a.id);
  await retirer(
    c,
    a,
    suivis.filter((e) => e.partiLe === null),
  );
  // Who set it aside knows.
  const prevenus = [...new Map(suivis.filter((e) => estPrevenu(e) && e.reponse !== 'ecarte').map((e) => [e.inscritId, e])).values()];
  const inscrits = await listInscritsParId(
    c.db,
    c.contrat.id,
    prevenus.map((e) => e.inscritId),
  );
  const joignables = prevenus.filter((e) => inscrits.has(e.inscritId));
  const faits = await addEnvois(
    c.db,
    c.contrat.id,
    a.id,
    joignables.map(
      ({ inscritId, fonction, territoire, organisationId, nom }): NouvelEnvoi => ({
        ...{ inscritId, fonction, territoire, organisationId, nom },
        genre: 'fin',
        motif: 'liste',
        duLe: c.maintenant,
      }),
    ),
    c.maintenant,
  );
  const lettres = faits.flatMap((e) => {
    const i = inscrits.get(e.inscritId);
    return i ? [{ a: i.courriel, ...lettreDeFin(cat, a, c.maintenant), objet: objetDe(a.id, e.id), ...DISCRETE }] : [];
  });
  await ajouterCourriels(c.db, c.contrat.id, lettres, o.coffre);
  await addMessages(
    c.db,
    c.contrat.id,
    faits.map((e) => e.id),
    await comptesDes(c, [...inscrits.values()]),
    c.maintenant,
  );
  return faits.length;
}

/** Messages of these that still wait are sent no more. */
export async function retirer(c: Ou, a: Pick<Alerte, 'id'>, envois: readonly Pick<Envoi, 'id'>[]): Promise<void> {
  if (envois.length === 0) return;
  await retirerLettres(
    c.db,
    c.contrat.id,
    envois.map((e) => objetDe(a.id, e.id)),
  );
  await retirerMessages(
    c.db,
    c.contrat.id,
    envois.map((e) => e.id),
    c.maintenant,
  );
}
