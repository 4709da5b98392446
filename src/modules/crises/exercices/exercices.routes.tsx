/**
 * An exercise: a room whose scenario brings events at the minutes of its own clock. They are shown to who they are for when they come, and
 * stamped when handled; who leads sees all of them. Everything else of the room works as in a crisis, marked.
 */
import { motDe } from '../../../ui/types.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { chercherCitees, type Citee, listCitees, registresLisibles } from '../../registres/index.ts';
import { peutTraiter } from '../conduite.policy.ts';
import { agir, conduireSeulement, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Champs, cheminDe, type OutilsDeConduite, type Salle } from '../conduite/salle.ts';
import { accesCrises } from '../crises.policy.ts';
import { phrase, RIEN, su } from '../main-courante/phrase.rules.ts';
import { addExercice, type Exercice, getExercice, getInject, listInjects, setHorloge, traiterInject } from './exercices.queries.ts';
import { exerciceSchema, horlogeSchema, suiteSchema } from './exercices.schema.ts';
import { dureeDePause, estArrive, marche, minuteDe } from './horloge.rules.ts';
import { ExercicePage } from './pages/ExercicePage.tsx';
import { PreparerExercice } from './pages/PreparerExercice.tsx';
import type { Scenario } from './scenario.schema.ts';

const REGISTRE = 'etablissements';
/** As many as one reads to choose; more, and more words are asked for. */
const TROUVES_MAX = 20;
/** Seconds after which the page of an exercise that runs is read again. */
const RELUE_S = 20;
const FAITS: Readonly<Record<string, string>> = {
  traite: 'C’est noté, à la minute de l’exercice.',
  apres: 'C’est noté, hors du temps de l’exercice : son horloge ne tournait pas.',
};
const REFUS: Readonly<Record<string, string>> = {
  demarrer: 'L’exercice a déjà commencé.',
  suspendre: 'L’exercice n’est pas en cours : il n’y a rien à suspendre.',
  reprendre: 'L’exercice n’est pas suspendu.',
  finir: 'L’exercice n’est pas en cours.',
};

export function buildExercicesRoutes(o: OutilsDeConduite): Route[] {
  const dExercice = (k: Salle): Salle => {
    if (!k.crise.exercice) throw introuvable('Cet exercice');
    return k;
  };
  /** Those that this kind of room plays. */
  const scenariosDe = (k: Salle): Scenario[] => o.scenarios.filter((s) => s.type === k.crise.type);
  const cherchables = (c: Contexte): boolean => registresLisibles(c.utilisateur).has(REGISTRE);
  /** By words or code, in the territory of the room; one too many says that there are more. */
  const chercher = (c: Contexte, k: Salle, q: string): Promise<Citee[]> =>
    chercherCitees(c.db, c.contrat.id, { registre: REGISTRE, q, territoires: [...k.cat.descendants(k.crise.territoireId)] }, TROUVES_MAX + 1);
  /** The chosen one, by its id, when it is of the territory of the room. */
  const choisi = async (c: Contexte, k: Salle, id: string): Promise<Citee | undefined> =>
    cherchables(c) ? (await listCitees(c.db, c.contrat.id, [REGISTRE], [id])).find((e) => k.cat.contient(k.crise.territoireId, e.territoireId)) : undefined;

  async function pagePreparer(
    c: Contexte,
    k: Salle,
    plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; trouves?: readonly Citee[] } = {},
  ): Promise<Reponse> {
    const garde = plus.trouves === undefined && plus.champs?.etablissement ? await choisi(c, k, plus.champs.etablissement) : undefined;
    return montrer(k, {
      titre: 'Exercice',
      ici: 'exercice',
      erreurs: plus.erreurs ?? [],
      corps: (
        <PreparerExercice
          salle={k}
          scenarios={scenariosDe(k)}
          cherche={cherchables(c)}
          trouves={plus.trouves ?? (garde ? [garde] : [])}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  async function pageDeLExercice(
    c: Contexte,
    k: Salle,
    e: Exercice,
    plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; inject?: string } = {},
  ): Promise<Reponse> {
    const minute = minuteDe(e, c.maintenant);
    const tous = await listInjects(c.db, c.contrat.id, k.crise.id);
    const lisible = (id: string) => peutTraiter(c.utilisateur, k.salle, id, k.cat.contient);
    // Before its minute, an event is known to who leads alone.
    const vus = k.conduit ? tous : tous.filter((i) => estArrive(i, minute) && (lisible(i.destinataireId) || i.traiteLe !== null));
    const etablissement = e.etablissementId
      ? ((await listCitees(c.db, c.contrat.id, [REGISTRE], [e.etablissementId]))[0]?.titre ?? 'Établissement retiré du registre')
      : null;
    // Never while a form is being filled, nor where the reader stopped it.
    const relue = marche(e) === 'en_cours' && !texte(c.requete.repondre) && !plus.erreurs?.length;
    const suivie = relue && texte(c.requete.suivi) !== 'non';
    return montrer(k, {
      titre: 'Exercice',
      ici: 'exercice',
      erreurs: plus.erreurs ?? [],
      fait: motDe(FAITS, texte(c.requete.fait)) ?? undefined,
      rafraichir: suivie ? RELUE_S : 0,
      corps: (
        <ExercicePage
          salle={k}
          exercice={e}
          scenario={o.scenarios.find((s) => s.code === e.scenario)}
          etablissement={etablissement}
          minute={minute}
          injects={vus.map((i) => ({
            i,
            arrive: estArrive(i, minute),
            sien: k.ecrit && lisible(i.destinataireId),
            nomme: k.acteurs.some((a) => a.organisationId === i.destinataireId),
          }))}
          suivi={relue ? { secondes: RELUE_S, arrete: !suivie } : null}
          repondre={plus.inject ?? texte(c.requete.repondre)}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  const retour = (k: Salle, suite = '') => redirige(`${cheminDe(k.crise.id, '/exercice')}${suite}`);

  return [
    /** 200 · 403 · 404 a real crisis has none */
    get(
      '/crises/:crise/exercice',
      accesCrises,
      async (c) => {
        const k = dExercice(await entrer(c, o));
        const e = await getExercice(c.db, c.contrat.id, k.crise.id);
        return e ? pageDeLExercice(c, k, e) : pagePreparer(c, k);
      },
      { sensible: true },
    ),
    /** 303 its scenario is copied · 409 it has one · 422 · 403 · 404 */
    post(
      '/crises/:crise/exercice',
      accesCrises,
      async (c) => {
        const k = dExercice(await agir(c, o));
        conduireSeulement(k);
        if (await getExercice(c.db, c.contrat.id, k.crise.id)) throw conflit('Cet exercice a déjà son scénario : ouvrez-en un autre.');
        const lu = lire(exerciceSchema, c.corps);
        if (!lu.ok) return pagePreparer(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
        const refus = (champ: string, message: string) => pagePreparer(c, k, { champs: champsDe(c), erreurs: [{ champ, message }] });
        const scenario = scenariosDe(k).find((s) => s.code === lu.valeur.scenario);
        if (!scenario) return refus('scenario', 'Choisissez un scénario de la liste.');
        const { population, population_ou: populationOu, cherche } = lu.valeur;
        let { etablissement } = lu.valeur;
        if (etablissement && !(await choisi(c, k, etablissement)))
          return pagePreparer(c, k, {
            champs: { ...champsDe(c), etablissement: '' },
            erreurs: [
              {
                champ: 'cherche',
                message: `Cet établissement n’est pas, ou n’est plus, au registre de ce territoire : ${k.cat.territoires.get(k.crise.territoireId)?.nom ?? ''}. Cherchez-le de nouveau.`,
              },
            ],
          });
        if (!etablissement && cherche !== '') {
          const trouves = cherchables(c) ? await chercher(c, k, cherche) : [];
          const dire = (message: string, liste: readonly Citee[] = []) =>
            pagePreparer(c, k, { champs: champsDe(c), erreurs: [{ champ: liste.length > 0 ? 'etablissement' : 'cherche', message }], trouves: liste });
          if (trouves.length === 0) return dire('Aucun établissement de ce territoire ne répond à ces mots : essayez un mot de son nom, ou son code.');
          if (trouves.length > TROUVES_MAX) return dire(`Plus de ${TROUVES_MAX} établissements répondent : ajoutez un mot, ou donnez son code.`);
          if (trouves.length > 1) return dire('Plusieurs établissements répondent : choisissez lequel.', trouves);
          etablissement = trouves[0]?.id ?? null;
        }
        if (scenario.etablissement && !etablissement) return refus('cherche', 'Ce scénario se joue dans un établissement : dites lequel.');
        const relus = relireTextes(c, k, { population_ou: populationOu });
        if (!relus.ok) return pagePreparer(c, k, { champs: champsDe(c), erreurs: relus.etonnements });
        await addExercice(c.db, c.contrat.id, { criseId: k.crise.id, etablissementId: etablissement, population, populationOu }, scenario);
        const invites = population > 0 ? phrase` ${su(pluriel(population, 'habitant invité', 'habitants invités'))} (${relus.relus.population_ou}).` : RIEN;
        await consigner(c, k, {
          classe: 'decision',
          contenu: phrase`Exercice préparé : ${su(scenario.libelle)}, ${su(pluriel(scenario.injects.length, 'événement'))}.${invites}`,
        });
        await c.auditer('exercice.prepare', cheminDe(k.crise.id, '/exercice'), { scenario: code(scenario.code), population });
        return retour(k);
      },
      { creation: true },
    ),
    /** 303 · 409 not in that state any more · 422 · 403 · 404 */
    post('/crises/:crise/exercice/horloge', accesCrises, async (c) => {
      const k = dExercice(await agir(c, o));
      conduireSeulement(k);
      const e = await getExercice(c.db, c.contrat.id, k.crise.id, true);
      if (!e) throw introuvable('Cet exercice');
      const lu = lire(horlogeSchema, c.corps);
      if (!lu.ok) return pageDeLExercice(c, k, e, { erreurs: lu.erreurs });
      const { acte } = lu.valeur;
      const la = marche(e);
      const possible = {
        demarrer: la === 'prepare',
        suspendre: la === 'en_cours',
        reprendre: la === 'en_pause',
        finir: la === 'en_cours' || la === 'en_pause',
      }[acte];
      if (!possible) throw conflit(REFUS[acte] ?? '');
      const reprise = e.pausesS + dureeDePause(e, c.maintenant);
      const h = {
        demarrer: { departLe: c.maintenant, pauseLe: null, pausesS: 0, finLe: null },
        suspendre: { ...e, pauseLe: c.maintenant },
        reprendre: { ...e, pauseLe: null, pausesS: reprise },
        finir: { ...e, pauseLe: null, pausesS: reprise, finLe: c.maintenant },
      }[acte];
      await setHorloge(c.db, c.contrat.id, k.crise.id, h);
      const dit = { demarrer: 'commencé', suspendre: 'suspendu', reprendre: 'repris', finir: 'fini' }[acte];
      await consigner(c, k, { classe: 'information', contenu: phrase`Exercice ${su(dit)}, minute ${minuteDe(h, c.maintenant) ?? 0}.` });
      await c.auditer('exercice.horloge', cheminDe(k.crise.id, '/exercice'), { acte });
      return retour(k);
    }),
    /** 303 stamped · 409 handled already, or not come yet · 422 nothing said · 403 for another · 404 */
    post('/crises/:crise/injects/:inject', accesCrises, async (c) => {
      const k = dExercice(await agir(c, o));
      const e = await getExercice(c.db, c.contrat.id, k.crise.id);
      const i = await getInject(c.db, c.contrat.id, k.crise.id, c.params.inject ?? '');
      const minute = e ? minuteDe(e, c.maintenant) : null;
      const sien = i !== undefined && peutTraiter(c.utilisateur, k.salle, i.destinataireId, k.cat.contient);
      if (!e || !i || (!k.conduit && !estArrive(i, minute))) throw introuvable('Cet événement');
      if (!sien) throw interdit(`Cet événement est pour ${k.cat.nomActeurA(i.destinataireId, k.crise.territoireId)}.`);
      if (!estArrive(i, minute)) throw conflit(`Cet événement arrive à la minute ${i.minute}.`);
      if (i.traiteLe) throw conflit(`Cet événement est déjà traité, par ${i.traitePar}.`);
      const lu = lire(suiteSchema, c.corps);
      const refus = (erreurs: readonly ErreurDeChamp[]) => pageDeLExercice(c, k, e, { champs: champsDe(c), erreurs, inject: i.id });
      if (!lu.ok) return refus(lu.erreurs);
      const relus = relireTextes(c, k, lu.valeur);
      if (!relus.ok) return refus(relus.etonnements);
      // While the clock is stopped, no minute of the exercise says when this was done.
      const la = marche(e);
      const jouee = la === 'en_cours' ? (minute ?? 0) : null;
      await traiterInject(c.db, c.contrat.id, i.id, {
        le: c.maintenant,
        minute: jouee,
        par: k.qui.par,
        organisationId: k.qui.organisationId,
        suite: lu.valeur.suite,
      });
      await consigner(c, k, {
        classe: 'action',
        contenu: phrase`${jouee === null ? su(la === 'fini' ? 'Après la fin de l’exercice' : 'Pendant une pause de l’exercice') : phrase`Minute ${jouee}`}, « ${su(i.titre)} » traité : ${relus.relus.suite}`,
      });
      await c.auditer('exercice.inject', cheminDe(k.crise.id, '/exercice'), { rang: i.rang, minute: jouee });
      return retour(k, `?fait=${jouee === null ? 'apres' : 'traite'}`);
    }),
  ];
}
