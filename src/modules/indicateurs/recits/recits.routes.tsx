/** A « bilan qualitatif » written by parts: the same contribution as any, whose text is made of them. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import { RecitPage } from '../pages/RecitPage.tsx';
import { contribuer, tenirLesAns } from '../saisie/contribuer.ts';
import { genreDe, refusDuGrain } from '../saisie/grain.rules.ts';
import { casesPermises } from '../saisie/saisie.cadre.ts';
import { addRecit, getCourante, type Place } from './recits.queries.ts';
import { composer } from './recits.rules.ts';
import { recitSchema } from './recits.schema.ts';

const PAS_A_VOUS = 'Ce bilan n’est pas attendu de vous. Il s’écrit par qui en répond, le pilote de la fiche ou la coordination.';

interface Ouvert {
  m: Mesure;
  cat: Catalogue;
  place: Place;
}
/** Throws 404 for what is no narrative or no contribution of it, 403 when it is not asked of this person. */
async function ouvrir(c: Contexte): Promise<Ouvert> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const m = cat.mesures.get(c.params.mesure ?? '');
  if (!m || m.obtention === 'calcul' || genreDe(m) !== 'texte') throw introuvable('Ce bilan');
  const permises = casesPermises(c.utilisateur, cat, m);
  if (permises.length === 0) throw interdit(PAS_A_VOUS);
  const dit = (nom: string) => texte(c.corps[nom]) || texte(c.requete[nom]);
  const place = { mesureId: m.id, periode: dit('periode'), debiteur: dit('debiteur'), territoireId: dit('territoire') };
  if (refusDuGrain(m, cat, { ...place, ventilation: '' }, jourDe(c.maintenant)).length > 0) throw introuvable('Ce bilan');
  if (!permises.some((x) => x.debiteur === place.debiteur && x.territoireId === place.territoireId)) throw interdit(PAS_A_VOUS);
  return { m, cat, place };
}

function formulaire(
  o: Ouvert,
  x: { version: number; champs: Record<string, string>; erreurs?: readonly ErreurDeChamp[]; venue?: string | null; statut?: number },
): Reponse {
  return page({
    titre: 'Écrire le bilan par parties',
    largeur: 'travail',
    section: 'chiffres',
    fil: [
      { libelle: 'Chiffres à fournir', href: '/chiffres' },
      { libelle: o.m.id, href: `/chiffres/${o.m.id}` },
    ],
    statut: x.statut ?? 200,
    corps: <RecitPage mesure={o.m} place={o.place} catalogue={o.cat} version={x.version} champs={x.champs} erreurs={x.erreurs ?? []} venue={x.venue ?? null} />,
  });
}

export const recitsRoutes: Route[] = [
  /** 200 the form, with the parts in force; 403 not asked of this person; 404 no such narrative. */
  get('/chiffres/:mesure/recit', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const v = await getCourante(c.db, c.contrat.id, o.place);
    // One written whole before is the facts, to be cut where it should.
    const champs = v?.recit ?? { faits: v?.texte ?? '', institution: o.cat.nomActeur(o.place.debiteur), signe_le: jourDe(c.maintenant) };
    return formulaire(o, { version: v?.version ?? 0, champs });
  }),
  /** 303 a new version; 422 with what was typed; 409 another version came in, shown beside what was typed; 403 not asked; 404 no such narrative. */
  post('/chiffres/:mesure/recit', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const u = c.utilisateur;
    if (!u) throw interdit(PAS_A_VOUS);
    await tenirLesAns(c, [o.place]);
    const v = await getCourante(c.db, c.contrat.id, o.place);
    const version = v?.version ?? 0;
    const champs = Object.fromEntries(Object.entries(c.corps).map(([k, x]) => [k, texte(x)]));
    if (texte(c.corps.version) !== String(version)) return formulaire(o, { version, champs, venue: v?.texte ?? '', statut: 409 });
    const lu = lire(recitSchema, champs);
    if (!lu.ok) return formulaire(o, { version, champs, erreurs: lu.erreurs, statut: 422 });
    const r = lu.valeur;
    const dit = composer(r);
    if (dit === v?.texte && v.recit !== null)
      return redirige(`/chiffres/${o.m.id}?periode=${o.place.periode}&territoire=${o.place.territoireId}#contributions`);
    await contribuer(
      c,
      o.cat,
      u,
      [
        {
          ...o.place,
          ventilation: '',
          derniere: version,
          etat: 'valeur',
          nombre: null,
          texte: dit,
          source: v?.source || `Bilan de ${o.cat.nomActeur(o.place.debiteur)}`,
          commentaire: v?.commentaire ?? '',
          lien: v?.lien ?? '',
          fichierId: v?.fichierId ?? null,
          fichierNom: v?.fichierNom ?? null,
          documentLe: r.signe_le,
          documentAuteur: r.institution,
        },
      ],
      { periode: o.place.periode, territoire: o.place.territoireId, debiteur: o.place.debiteur, parties: true },
    );
    await addRecit(c.db, c.contrat.id, o.place, r);
    return redirige(`/chiffres/${o.m.id}?periode=${o.place.periode}&territoire=${o.place.territoireId}#contributions`);
  }),
];
