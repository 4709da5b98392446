/** Lessons of a crisis or of an exercise: findings while it is fresh, decisions with who and when, two times signed. */
import { motDe } from '../../../ui/types.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { choixDeCharge, decider, dAilleurs, estDAilleurs, getDecision, type Decision } from '../../decisions/index.ts';
import { agir, conduireSeulement, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { accesCrises } from '../crises.policy.ts';
import { phrase, su } from '../main-courante/phrase.rules.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { RetexPage } from './pages/RetexPage.tsx';
import { origineCrise } from './retex.origine.ts';
import { addConstat, addRetex, listConstats, listRetex } from './retex.queries.ts';
import { ceQuiManque, type NATURES_DE_CONSTAT, refusDuTemps, TEMPS } from './retex.rules.ts';
import { constatSchema, retexSchema } from './retex.schema.ts';
import { suivreRetex } from './suivre.ts';

const FAITS: Readonly<Record<string, string>> = { constat: 'Constat ajouté.', decision: 'Constat ajouté, et sa décision suivie.', signe: 'Signé.' };

export function buildRetexRoutes(o: OutilsDeConduite): Route[] {
  async function pageDuRetex(
    c: Contexte,
    k: Salle,
    plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; formulaire?: 'constat' | 'signature' } = {},
  ): Promise<Reponse> {
    const constats = await listConstats(c.db, c.contrat.id, k.crise.id);
    const decisions = new Map<string, Decision>();
    for (const x of constats) {
      const d = x.decisionId ? await getDecision(c.db, c.contrat.id, x.decisionId) : null;
      if (d) decisions.set(d.id, d);
    }
    const signes = await listRetex(c.db, c.contrat.id, k.crise.id);
    return montrer(k, {
      titre: 'Retour d’expérience',
      ici: 'retex',
      erreurs: plus.erreurs ?? [],
      fait: motDe(FAITS, texte(c.requete.fait)) ?? undefined,
      corps: (
        <RetexPage
          salle={k}
          constats={constats}
          decisions={decisions}
          signes={signes}
          aujourdhui={jourDe(c.maintenant)}
          maintenant={c.maintenant}
          froidDes={o.soutien.retex.froid_des}
          choix={choixDeCharge(k.cat, k.crise.territoireId, [])}
          manque={k.crise.erreurLe ? [] : ceQuiManque(signes.map((r) => r.temps))}
          formulaire={plus.formulaire}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  return [
    /** 200 · 403 · 404 */
    get('/crises/:crise/retex', accesCrises, async (c) => pageDuRetex(c, await entrer(c, o)), { sensible: true }),
    /** 303, with its decision when something is to be better · 422 · 409 that time is signed · 403 · 404 */
    post(
      '/crises/:crise/retex/constats',
      accesCrises,
      async (c) => {
        const k = await agir(c, o, true);
        const lu = lire(constatSchema, c.corps);
        const refus = (erreurs: readonly ErreurDeChamp[]) => pageDuRetex(c, k, { champs: champsDe(c), erreurs, formulaire: 'constat' });
        if (!lu.ok) return refus(lu.erreurs);
        const v = lu.valeur;
        if (v.nature === 'ameliorer') conduireSeulement(k);
        if ((await listRetex(c.db, c.contrat.id, k.crise.id)).some((r) => r.temps === v.temps))
          throw conflit(`Le retour d’expérience ${TEMPS[v.temps]} est signé : il ne reçoit plus de constat.`);
        const relus = relireTextes(c, k, { texte: v.texte, decision: v.nature === 'ameliorer' ? v.decision : '' });
        if (!relus.ok) return refus(relus.etonnements);
        const constat = {
          criseId: k.crise.id,
          temps: v.temps,
          nature: v.nature,
          texte: v.texte,
          par: k.qui.par,
          organisationId: k.qui.organisationId,
          le: c.maintenant,
        };
        if (v.nature === 'fort') {
          await addConstat(c.db, c.contrat.id, { ...constat, decisionId: null });
          await c.auditer('retex.constat', cheminDe(k.crise.id, '/retex'), { nature: v.nature, temps: v.temps });
          return redirige(`${cheminDe(k.crise.id, '/retex')}?fait=constat`);
        }
        if (!k.cat.acteurs.has(v.responsable)) return refus([{ champ: 'responsable', message: 'Choisissez une organisation de la liste.' }]);
        if (estDAilleurs(k.cat, v.responsable, k.crise.territoireId)) return refus([{ champ: 'responsable', message: dAilleurs(k.cat, k.crise.territoireId) }]);
        if (v.echeance < jourDe(c.maintenant)) return refus([{ champ: 'echeance', message: 'Cette échéance est passée.' }]);
        if (v.fiche && !k.cat.fiches.has(v.fiche)) return refus([{ champ: 'fiche', message: 'Cette fiche n’est pas dans le contrat.' }]);
        const d = {
          origine: origineCrise(k.crise.id),
          confidentialite: 'partenaires' as const,
          seanceId: null,
          pointId: null,
          nature: 'action' as const,
          libelle: v.decision,
          responsableId: v.responsable,
          responsableNom: '',
          responsableCourriel: '',
          echeance: v.echeance,
          fiche: v.fiche || null,
          ligne: null,
          territoireId: k.crise.territoireId,
        };
        const cree = await decider(c, d, k.qui.par, { details: { crise: code(k.crise.id), exercice: k.crise.exercice }, apres: d });
        if (!cree) throw conflit('Cette décision est déjà écrite.');
        await addConstat(c.db, c.contrat.id, { ...constat, decisionId: cree.id });
        await c.auditer('retex.constat', cheminDe(k.crise.id, '/retex'), { nature: v.nature, temps: v.temps, decision: code(cree.id) });
        return redirige(`${cheminDe(k.crise.id, '/retex')}?fait=decision`);
      },
      { creation: true },
    ),
    /** 303 signed, and no more owed · 422 · 409 not closed yet, signed already, or no finding · 403 · 404 */
    post('/crises/:crise/retex', accesCrises, async (c) => {
      const k = await agir(c, o, true);
      conduireSeulement(k);
      if (!k.crise.closeLe) throw conflit('Le retour d’expérience se signe une fois la crise ou l’exercice clos.');
      const lu = lire(retexSchema, c.corps);
      const refus = (erreurs: readonly ErreurDeChamp[]) =>
        pageDuRetex(c, k, {
          champs: champsDe(c),
          erreurs: erreurs.map((e) => ({ ...e, champ: e.champ.startsWith('signer-') ? e.champ : `signer-${e.champ}` })),
          formulaire: 'signature',
        });
      if (!lu.ok) return refus(lu.erreurs);
      const { temps, synthese, participants, tenu_le: tenuLe } = lu.valeur;
      if (tenuLe > jourDe(c.maintenant)) return refus([{ champ: 'tenu_le', message: 'Ce jour n’est pas encore venu.' }]);
      const chaud = (await listRetex(c.db, c.contrat.id, k.crise.id)).find((r) => r.temps === 'chaud')?.tenuLe ?? null;
      const tot = refusDuTemps(temps, { tenuLe, close: jourDe(k.crise.closeLe), chaud, froidDes: o.soutien.retex.froid_des });
      if (tot) return refus([{ champ: 'tenu_le', message: tot }]);
      const relus = relireTextes(c, k, { synthese }, { prefixe: 'signer-' });
      if (!relus.ok) return refus(relus.etonnements);
      const constats = (await listConstats(c.db, c.contrat.id, k.crise.id)).filter((x) => x.temps === temps);
      if (constats.length === 0) return refus([{ champ: 'synthese', message: `Aucun constat ${TEMPS[temps]} n’est écrit : ajoutez-en un au moins.` }]);
      const signe = await addRetex(c.db, c.contrat.id, {
        criseId: k.crise.id,
        temps,
        synthese,
        participants,
        tenuLe,
        signePar: k.qui.par,
        signeLe: c.maintenant,
      });
      if (!signe) throw conflit(`Le retour d’expérience ${TEMPS[temps]} est déjà signé.`);
      await suivreRetex(c, k.crise.id);
      const n = (nature: keyof typeof NATURES_DE_CONSTAT) => constats.filter((x) => x.nature === nature).length;
      await consigner(c, k, {
        classe: 'information',
        contenu: phrase`Retour d’expérience ${su(TEMPS[temps])} signé : ${su(pluriel(n('fort'), 'point fort', 'points forts'))}, ${n('ameliorer')} à améliorer.`,
      });
      await c.auditer('retex.signe', cheminDe(k.crise.id, '/retex'), { temps, constats: constats.length });
      return redirige(`${cheminDe(k.crise.id, '/retex')}?fait=signe`);
    }),
  ];
}
