/** Whom an alert reaches: the lists of its place and of those around, on duty first. Each one is a row, a letter, and a message by each other way. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { type Catalogue, getContours } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { type Inscrit, listCreneaux, listInscrits } from '../astreintes/astreintes.queries.ts';
import { ordreDe } from '../astreintes/astreintes.rules.ts';
import { fonctionDe, fonctionsQuiValident, libelleDeFonction, minutesPourRepondre, palierDe, placesAttendues, quiTiennent } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { voisinsDe, voisinsParContours } from '../reglement/voisins.rules.ts';
import { addEnvois, addMessages, type Envoi, type NouvelEnvoi } from './envois.queries.ts';
import { lettreDe, lienDe, objetDe, sujetDe } from './lettres.rules.ts';

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
  nombre: number;
  /** Functions that should have somebody on duty there, and nobody to tell. */
  sansPersonne: { fonction: string; territoire: string }[];
}

/** Tells whom the lists say, by this kind of request. */
export async function prevenirLesListes(c: Ou, o: Outils, cat: Catalogue, a: Alerte, genre: Envoi['genre']): Promise<Prevenus> {
  const { reglement: r } = o;
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
  await envoyer(
    c,
    o,
    cat,
    a,
    tours.map((t) => ({ ...t, genre })),
  );
  const ontPouvoir = new Set(tiennent.map((i) => i.id));
  const servis = new Set(tours.filter((t) => ontPouvoir.has(t.inscrit.id)).map((t) => groupe(t.inscrit)));
  const sansPersonne = placesAttendues(r, cat.racine.id, [ici]).filter((p) => prevenues.has(p.fonction) && !servis.has(groupe(p)));
  return { nombre: tours.length, sansPersonne };
}

/** The next one of the roster of that function there, who was not told yet; null when nobody is left. */
export async function prevenirLeSuivant(
  c: Ou,
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  q: Pick<Envoi, 'fonction' | 'territoire'> & { motif: 'silence' | 'rebond'; deja: readonly string[] },
): Promise<Inscrit | null> {
  const inscrits = await listInscrits(c.db, c.contrat.id, { territoires: [q.territoire], fonction: q.fonction });
  const creneaux = await listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: dans(c.maintenant, 1) });
  const { premiers, suivants } = ordreDe(inscrits, creneaux, c.maintenant);
  const inscrit = [...premiers, ...suivants].map((t) => t.inscrit).find((i) => !q.deja.includes(i.id));
  if (!inscrit) return null;
  await envoyer(c, o, cat, a, [{ inscrit, motif: q.motif, genre: 'accuse' }]);
  return inscrit;
}

/** One row, one letter; push and telephone where the person asked for them. Those who have their row already are sent nothing. */
async function envoyer(
  c: Ou,
  o: Outils,
  cat: Catalogue,
  a: Alerte,
  tours: readonly { inscrit: Inscrit; motif: Envoi['motif']; genre: Envoi['genre'] }[],
): Promise<void> {
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
  const lettres = faits.flatMap((e) => {
    const t = parInscrit.get(e.inscritId);
    if (!t) return [];
    const lien = `${o.adresse}${lienDe(o.coffre, e)}`;
    const fonction = libelleDeFonction(o.reglement, t.inscrit.fonction);
    const { genre, motif } = t;
    return {
      a: t.inscrit.courriel,
      sujet: sujetDe(cat, a),
      texte: lettreDe(cat, a, { lien, genre, motif, fonction, duLe: duDe(t) }),
      objet: objetDe(a.id, e.id),
      urgent: true,
    };
  });
  await ajouterCourriels(c.db, c.contrat.id, lettres, o.coffre);
  await addMessages(
    c.db,
    c.contrat.id,
    faits.map((e) => e.id),
    c.maintenant,
  );
}
