/** Situation reports: made from what was written and counted since the last one, signed by an act, then they change no more. */
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { agir, conduireSeulement, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { accesCrises } from '../crises.policy.ts';
import { getTete, listEntrees } from '../main-courante/main-courante.queries.ts';
import { phrase } from '../main-courante/phrase.rules.ts';
import { lireContenu } from './contenu.ts';
import { PointPage } from './pages/PointPage.tsx';
import { PointsPage } from './pages/PointsPage.tsx';
import { addPoint, addRythme, getContenuAvant, getPoint, getRythme, listPoints, type Point, refairePoint, signerPoint } from './points.queries.ts';
import { duPoint, type Rythme } from './points.rules.ts';
import { rythmeSchema, signatureSchema } from './points.schema.ts';

/** Entries on the page of a report; all of them are in the main courante. */
const ENTREES_MAX = 200;

export function buildPointsRoutes(o: OutilsDeConduite): Route[] {
  /** What the contract says until someone of the room says otherwise. */
  const rythmeDe = async (c: Contexte, k: Salle): Promise<Rythme> =>
    (await getRythme(c.db, c.contrat.id, k.crise.id)) ?? { minutes: o.soutien.points.minutes, le: k.crise.ouverteLe };
  async function pageDesPoints(c: Contexte, k: Salle, plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs } = {}): Promise<Reponse> {
    const points = await listPoints(c.db, c.contrat.id, k.crise.id);
    const rythme = await rythmeDe(c, k);
    const dernier = points.find((p) => p.signeLe !== null)?.au ?? null;
    return montrer(k, {
      titre: 'Points de situation',
      ici: 'points',
      erreurs: plus.erreurs ?? [],
      corps: (
        <PointsPage
          salle={k}
          points={points}
          rythme={rythme}
          du={duPoint({ rythme, dernier, ouverteLe: k.crise.ouverteLe, closeLe: k.crise.closeLe }, c.maintenant)}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  async function pageDuPoint(
    c: Contexte,
    k: Salle,
    p: Point,
    plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; fait?: string } = {},
  ): Promise<Reponse> {
    // As they stood then: what corrected them since is of a later report.
    const entrees = await listEntrees(c.db, c.contrat.id, k.crise.id, { apresSeul: p.duNumero, jusqua: p.auNumero, nombre: ENTREES_MAX });
    return montrer(k, {
      titre: `Point de situation n° ${p.numero}`,
      ici: 'points',
      erreurs: plus.erreurs ?? [],
      fait: plus.fait === 'signe' ? 'Le point de situation est signé : il ne change plus.' : undefined,
      corps: <PointPage salle={k} soutien={o.soutien} point={p} entrees={entrees.reverse()} champs={plus.champs ?? {}} erreurs={plus.erreurs ?? []} />,
    });
  }
  /** Up to the last entry there is: the crisis is held, nobody is writing one. */
  async function jusquIci(c: Contexte, k: Salle, numero: number): Promise<Pick<Point, 'au' | 'auNumero' | 'contenu' | 'redigePar'>> {
    const avant = await getContenuAvant(c.db, c.contrat.id, k.crise.id, numero);
    return {
      au: c.maintenant,
      auNumero: (await getTete(c.db, c.contrat.id, k.crise.id))?.numero ?? 0,
      contenu: await lireContenu(c.db, c.contrat.id, o.soutien, { criseId: k.crise.id, avant }),
      redigePar: k.qui.par,
    };
  }
  const charger = async (c: Contexte, k: Salle, verrou = false): Promise<Point> => {
    const p = await getPoint(c.db, c.contrat.id, k.crise.id, c.params.pointDeSituation ?? '', verrou);
    if (!p) throw introuvable('Ce point de situation');
    return p;
  };
  const DEJA_SIGNE = 'Ce point est signé : il ne change plus. Le suivant dira ce qui a changé.';

  return [
    /** 200 · 403 · 404 */
    get('/crises/:crise/points', accesCrises, async (c) => pageDesPoints(c, await entrer(c, o)), { sensible: true }),
    /** 303 · 422 · 409 · 403 · 404 */
    post('/crises/:crise/points/rythme', accesCrises, async (c) => {
      const k = await agir(c, o);
      conduireSeulement(k);
      const lu = lire(rythmeSchema, c.corps);
      if (!lu.ok) return pageDesPoints(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
      await addRythme(c.db, c.contrat.id, k.crise.id, { minutes: lu.valeur.minutes, le: c.maintenant, par: k.qui.par });
      await consigner(c, k, { classe: 'decision', contenu: phrase`Un point de situation toutes les ${lu.valeur.minutes} minutes.` });
      await c.auditer('crise.rythme', cheminDe(k.crise.id, '/points'), { minutes: lu.valeur.minutes });
      return redirige(cheminDe(k.crise.id, '/points'));
    }),
    /** 303 to the draft: the one that is there, or a new one from the end of the last · 409 · 403 · 404 */
    post(
      '/crises/:crise/points',
      accesCrises,
      async (c) => {
        const k = await agir(c, o);
        const points = await listPoints(c.db, c.contrat.id, k.crise.id);
        const enCours = points.find((p) => p.signeLe === null);
        if (enCours) return redirige(cheminDe(k.crise.id, `/points/${enCours.id}`));
        const avant = points[0];
        const cree = await addPoint(c.db, c.contrat.id, {
          criseId: k.crise.id,
          du: avant?.au ?? k.crise.ouverteLe,
          duNumero: avant?.auNumero ?? 0,
          ...(await jusquIci(c, k, points.length + 1)),
        });
        await c.auditer('crise.point', cheminDe(k.crise.id, `/points/${cree.id}`), { numero: cree.numero });
        return redirige(cheminDe(k.crise.id, `/points/${cree.id}`));
      },
      { creation: true },
    ),
    /** 200 · 403 · 404 */
    get(
      '/crises/:crise/points/:pointDeSituation',
      accesCrises,
      async (c) => {
        const k = await entrer(c, o);
        return pageDuPoint(c, k, await charger(c, k), { fait: texte(c.requete.fait) });
      },
      { sensible: true },
    ),
    /** 303 read again up to now · 409 signed · 403 · 404 */
    post('/crises/:crise/points/:pointDeSituation/refaire', accesCrises, async (c) => {
      const k = await agir(c, o, true);
      const p = await charger(c, k, true);
      if (p.signeLe) throw conflit(DEJA_SIGNE);
      await refairePoint(c.db, c.contrat.id, p.id, await jusquIci(c, k, p.numero));
      await c.auditer('crise.point', cheminDe(k.crise.id, `/points/${p.id}`), { numero: p.numero, refait: true });
      return redirige(cheminDe(k.crise.id, `/points/${p.id}`));
    }),
    /** 303 · 422 nothing written · 409 signed, or read again since it was shown: what one signs is what one read · 403 · 404 */
    post('/crises/:crise/points/:pointDeSituation/signer', accesCrises, async (c) => {
      const k = await agir(c, o, true);
      conduireSeulement(k);
      const p = await charger(c, k, true);
      if (p.signeLe) throw conflit(DEJA_SIGNE);
      const lu = lire(signatureSchema, c.corps);
      const refus = (erreurs: readonly ErreurDeChamp[]) => pageDuPoint(c, k, p, { champs: champsDe(c), erreurs });
      if (!lu.ok) return refus(lu.erreurs);
      const relus = relireTextes(c, k, { synthese: lu.valeur.synthese });
      if (!relus.ok) return refus(relus.etonnements);
      if (lu.valeur.version !== p.version)
        return refus([{ champ: 'synthese', message: 'Le point vient d’être refait : relisez-le, votre synthèse est gardée, puis signez.' }]);
      await signerPoint(c.db, c.contrat.id, p.id, { synthese: lu.valeur.synthese, par: k.qui.par, fonction: c.utilisateur?.fonction ?? '', le: c.maintenant });
      await consigner(c, k, { classe: 'point', contenu: phrase`Point de situation n° ${p.numero} signé. ${relus.relus.synthese}` });
      await c.auditer('crise.point-signe', cheminDe(k.crise.id, `/points/${p.id}`), { numero: p.numero });
      return redirige(`${cheminDe(k.crise.id, `/points/${p.id}`)}?fait=signe`);
    }),
  ];
}
