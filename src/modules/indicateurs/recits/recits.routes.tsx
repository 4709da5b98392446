/** A « bilan qualitatif » written by parts: the same contribution as any, whose text is made of them. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, liste, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import { RecitPage } from '../pages/RecitPage.tsx';
import { contribuer, tenirLesAns } from '../saisie/contribuer.ts';
import { FICHIER_MAX, lireDocuments } from '../saisie/document.ts';
import { genreDe, refusDuGrain } from '../saisie/grain.rules.ts';
import { casesPermises } from '../saisie/saisie.cadre.ts';
import { type Depot, deposer, garderDepot, lireDepots } from './depots.ts';
import { addPieces, listPieces, type Piece } from './pieces.queries.ts';
import { addRecit, getCourante, type Place } from './recits.queries.ts';
import { composer } from './recits.rules.ts';
import { recitSchema } from './recits.schema.ts';
import { signerRoutes } from './signer.routes.ts';

const PAS_A_VOUS = 'Ce bilan n’est pas attendu de vous. Il s’écrit par qui en répond, le pilote de la fiche ou la coordination.';
const PIECES_MAX = 5;

interface Ouvert {
  m: Mesure;
  cat: Catalogue;
  place: Place;
}
/** Throws 404 for what is no narrative or no contribution of it, 403 when it is not asked of this person. */
async function ouvrir(c: Contexte): Promise<Ouvert> {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const m = cat.mesures.get(c.params.bilan ?? '');
  if (!m || m.obtention === 'calcul' || genreDe(m) !== 'texte') throw introuvable('Ce bilan');
  const permises = casesPermises(c.utilisateur, cat, m);
  if (permises.length === 0) throw interdit(PAS_A_VOUS);
  const dit = (nom: string) => texte(c.corps[nom]) || texte(c.requete[nom]);
  const place = { mesureId: m.id, periode: dit('periode'), debiteur: dit('debiteur'), territoireId: dit('territoire') };
  if (refusDuGrain(m, cat, { ...place, ventilation: '' }, jourDe(c.maintenant)).length > 0) throw introuvable('Ce bilan');
  if (!permises.some((x) => x.debiteur === place.debiteur && x.territoireId === place.territoireId)) throw interdit(PAS_A_VOUS);
  return { m, cat, place };
}

interface Montrer {
  version: number;
  champs: Record<string, string>;
  /** Files of the version in force, and which of them stay. */
  pieces: readonly Piece[];
  gardees: readonly string[];
  depots: readonly Depot[];
  erreurs?: readonly ErreurDeChamp[];
  venue?: string | null;
  statut?: number;
}
const formulaire = (o: Ouvert, { statut = 200, erreurs = [], venue = null, ...x }: Montrer): Reponse =>
  page({
    titre: 'Écrire le bilan par parties',
    largeur: 'travail',
    section: 'chiffres',
    fil: [
      { libelle: 'Chiffres à fournir', href: '/chiffres' },
      { libelle: o.m.id, href: `/chiffres/${o.m.id}` },
    ],
    statut,
    corps: <RecitPage mesure={o.m} place={o.place} catalogue={o.cat} max={PIECES_MAX} erreurs={erreurs} venue={venue} {...x} />,
  });

/** Which files stay and which came in, those of a sending that did not go through included; errors name the files that are refused. */
async function lirePieces(c: Contexte, coffre: Coffre, o: Ouvert, qui: string, pieces: readonly Piece[]) {
  const gardees = c.corps.gardee === undefined ? pieces.map((p) => String(p.rang)) : liste(c.corps.gardee).filter((x) => x !== '');
  const depots = lireDepots(coffre, o.place, qui, liste(c.corps.deposee));
  const recus = await lireDocuments(c, 'pieces');
  const erreurs: ErreurDeChamp[] = recus.flatMap((r) => (r.ok ? [] : [{ champ: 'pieces', message: r.message }]));
  const restees = pieces.filter((p) => gardees.includes(String(p.rang)));
  const acceptes = recus.flatMap((r) => (r.ok ? [r] : []));
  if (restees.length + depots.length + acceptes.length > PIECES_MAX)
    erreurs.push({ champ: 'pieces', message: `${PIECES_MAX} pièces au plus : décochez-en, ou rassemblez-les en un seul fichier.` });
  return { gardees, restees, depots, acceptes, erreurs };
}

export const buildRecitsRoutes = (coffre: Coffre): Route[] => [
  /** 200 the form, with the parts in force; 403 not asked of this person; 404 no such narrative. */
  get('/chiffres/recits/:bilan', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const v = await getCourante(c.db, c.contrat.id, o.place);
    const pieces = v ? await listPieces(c.db, c.contrat.id, [v.id]) : [];
    // One written whole before is the facts, to be cut where it should.
    const champs = v?.recit ?? { faits: v?.texte ?? '', institution: o.cat.nomActeur(o.place.debiteur) };
    return formulaire(o, { version: v?.version ?? 0, champs, pieces, gardees: pieces.map((p) => String(p.rang)), depots: [] });
  }),
  /** 303 a new version; 422 with what was typed and sent; 409 another version came in, shown beside what was typed; 403 not asked; 404 no such narrative. */
  post(
    '/chiffres/recits/:bilan',
    accesMetier,
    async (c) => {
      const o = await ouvrir(c);
      const u = c.utilisateur;
      if (!u) throw interdit(PAS_A_VOUS);
      await tenirLesAns(c, [o.place]);
      const v = await getCourante(c.db, c.contrat.id, o.place);
      const version = v?.version ?? 0;
      const champs = Object.fromEntries(Object.entries(c.corps).map(([k, x]) => [k, texte(x)]));
      const avant = v ? await listPieces(c.db, c.contrat.id, [v.id]) : [];
      const p = await lirePieces(c, coffre, o, u.id, avant);
      const lu = lire(recitSchema, champs);
      const rendre = async (plus: Pick<Montrer, 'erreurs' | 'venue' | 'statut'>): Promise<Reponse> => {
        const deposees: Depot[] = [...p.depots];
        for (const f of p.acceptes) deposees.push(await deposer(c, coffre, o.place, u.id, f, false));
        return formulaire(o, { version, champs, pieces: avant, gardees: p.gardees, depots: deposees, ...plus });
      };
      if (texte(c.corps.version) !== String(version)) return rendre({ venue: v?.texte ?? '', statut: 409 });
      if (!lu.ok || p.erreurs.length > 0) return rendre({ erreurs: [...(lu.ok ? [] : lu.erreurs), ...p.erreurs], statut: 422 });
      const r = lu.valeur;
      const dit = composer(r);
      const retour = `/chiffres/${o.m.id}?periode=${o.place.periode}&territoire=${o.place.territoireId}#contributions`;
      const memesPieces = p.restees.length === avant.length && p.depots.length + p.acceptes.length === 0;
      if (dit === v?.texte && v.recit !== null && memesPieces) return redirige(retour);
      const jointes: Pick<Piece, 'fichierId' | 'nom'>[] = [...p.restees];
      for (const d of p.depots) {
        const garde = await garderDepot(c, d);
        if (!garde)
          return rendre({ erreurs: [{ champ: 'pieces', message: `« ${d.nom} » a été déposé il y a trop longtemps : joignez-le de nouveau.` }], statut: 422 });
        jointes.push(garde);
      }
      for (const f of p.acceptes) jointes.push(await deposer(c, coffre, o.place, u.id, f, true));
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
            documentLe: v?.documentLe ?? '',
            documentAuteur: r.institution,
            piecesDites: true,
          },
        ],
        { periode: o.place.periode, territoire: o.place.territoireId, debiteur: o.place.debiteur, parties: true, pieces: jointes.length },
      );
      await addRecit(c.db, c.contrat.id, o.place, r);
      if (jointes.length > 0)
        await addPieces(
          c.db,
          c.contrat.id,
          o.place,
          jointes.map(({ fichierId, nom }) => ({ fichierId, nom })),
        );
      return redirige(retour);
    },
    { televersementMax: PIECES_MAX * FICHIER_MAX + 65_536 },
  ),
  ...signerRoutes,
];
