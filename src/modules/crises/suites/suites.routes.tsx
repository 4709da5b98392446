/** After: what it was made of, closing, the archive, and what a council should hear. */
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { cadreDe, createDemande, type Instance, listInstancesOuvertes, peutDemander } from '../../instances/index.ts';
import { relireTextes } from '../conduite/conduite.contexte.tsx';
import { type Chargee, chargerCrise, chargerPourEcrire, DE_QUI_CONDUIT } from '../crises.contexte.ts';
import { accesCrises } from '../crises.policy.ts';
import { getCrise } from '../crises.queries.ts';
import type { Outils } from '../crises.outils.ts';
import { surCrise } from '../crises.source.ts';
import { noter } from '../main-courante/ecrire.ts';
import { phrase } from '../main-courante/phrase.rules.ts';
import { getSoutien } from '../soutien.schema.ts';
import { BilanPage } from '../pages/BilanPage.tsx';
import { deleteCorrespondant } from '../roles/taches.queries.ts';
import { candidatesDe, empecheDeJoindre, joindre } from '../salle/joindre.ts';
import { filDe, titreDe, travail } from '../salle/cadre.ts';
import { setEtat, setErreur, setPourLeConseil } from '../salle/salle.queries.ts';
import { compterEntrees } from './bilan.queries.ts';
import { avantArchive, direCloture, finirEnCours, lireEnCours } from './en-cours.ts';
import { solderLesNotes } from '../fil/fil.dus.ts';
import { suivreRetex } from '../retex/suivre.ts';
import { refusDErreur } from '../retex/retex.rules.ts';
import { conseilSchema, erreurSchema } from './suites.schema.ts';

export function buildSuitesRoutes({ cadre, dossierContrat }: Outils): Route[] {
  /** Bodies on whose next agenda this person may propose it, those of the place first. */
  async function instancesDe(c: Contexte, k: Chargee): Promise<Instance[]> {
    const u = c.utilisateur;
    if (!u) return [];
    const ouvertes = await listInstancesOuvertes(c.db, c.contrat.id, { courriel: u.courriel, aujourdhui: jourDe(c.maintenant) });
    const ici = (i: Instance) => Number(!k.cat.contient(i.territoireId, k.crise.territoireId));
    return ouvertes.filter((i) => peutDemander(u, cadreDe(i), k.cat.contient)).sort((a, b) => ici(a) - ici(b));
  }
  async function ecran(
    c: Contexte,
    k: Chargee,
    o: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[] } = {},
  ): Promise<Reponse> {
    const close = k.crise.etat !== 'ouverte';
    return page({
      ...travail,
      titre: titreDe(k.crise, 'bilan et suites'),
      fil: filDe(k.crise),
      statut: (o.erreurs ?? []).length + (o.etonnements ?? []).length > 0 ? 422 : 200,
      corps: (
        <BilanPage
          k={k}
          comptes={await compterEntrees(c.db, c.contrat.id, k.crise.id)}
          enCours={await lireEnCours(c, k)}
          candidates={await candidatesDe(c, k)}
          instances={
            close && k.conduit ? (await instancesDe(c, k)).map((i) => ({ id: i.id, nom: i.nom, lieu: k.cat.territoires.get(i.territoireId)?.nom ?? '' })) : []
          }
          maintenant={c.maintenant}
          champs={o.champs ?? {}}
          erreurs={o.erreurs ?? []}
          etonnements={o.etonnements ?? []}
        />
      ),
    });
  }
  async function pourConduire(c: Contexte): Promise<Chargee> {
    const k = await chargerPourEcrire(c, cadre, true);
    if (!k.conduit) throw interdit(DE_QUI_CONDUIT);
    return k;
  }
  return [
    /** 200 counts, what is left to do, closing; 403; 404. */
    get('/crises/:crise/bilan', accesCrises, async (c) => ecran(c, await chargerCrise(c, cadre))),
    /** 303 closed, once; 422 not confirmed; 403 not who holds the room; 404. */
    post('/crises/:crise/clore', accesCrises, async (c) => {
      const k = await pourConduire(c);
      if (texte(c.corps.confirme) !== 'oui')
        return ecran(c, k, { erreurs: [{ champ: 'confirme', message: 'Cochez la case : une salle close ne se rouvre pas.' }] });
      if (k.crise.etat === 'ouverte') {
        const enCours = await lireEnCours(c, k);
        await surCrise(c, k.crise.id, async () => {
          await finirEnCours(c, k, await getSoutien(dossierContrat));
          await setEtat(c.db, c.contrat.id, k.crise.id, 'close', c.maintenant);
        });
        await noter(c, k.crise.id, { contenu: direCloture(enCours), classe: 'decision' });
        await solderLesNotes(c.db, c.contrat.id, k.crise.id, c.maintenant);
        await suivreRetex(c, k.crise.id);
        await c.auditer('crise.close', `/crises/${k.crise.id}`, { exercice: k.crise.exercice });
      }
      return redirige(`/crises/${k.crise.id}/bilan`);
    }),
    /** 303 said to have been opened by mistake: closed, counted nowhere, without lessons; 409 said already, archived, or a day old; 422 no reason; 403; 404. */
    post('/crises/:crise/erreur', accesCrises, async (c) => {
      const k = await pourConduire(c);
      const non = refusDErreur(k.crise, c.maintenant);
      if (non) throw conflit(`${non} Rien n’a été changé.`);
      const champs = champsDe(c);
      const lu = lire(erreurSchema, c.corps);
      if (!lu.ok) return ecran(c, k, { champs, erreurs: lu.erreurs });
      const relus = relireTextes(c, k, { motif: lu.valeur.motif });
      if (!relus.ok) return ecran(c, k, { champs, etonnements: relus.etonnements });
      await surCrise(c, k.crise.id, async () => {
        if (k.crise.etat === 'ouverte') {
          await finirEnCours(c, k, await getSoutien(dossierContrat));
          await setEtat(c.db, c.contrat.id, k.crise.id, 'close', c.maintenant);
        }
        await setErreur(c.db, c.contrat.id, k.crise.id, c.maintenant);
      });
      await noter(c, k.crise.id, { contenu: phrase`Salle ouverte par erreur, close et non comptée : ${relus.relus.motif}`, classe: 'decision' });
      await suivreRetex(c, k.crise.id);
      await c.auditer('crise.erreur', `/crises/${k.crise.id}`, { exercice: k.crise.exercice });
      return redirige(`/crises/${k.crise.id}/bilan`);
    }),
    /** 303 to the room that goes on · 409 closed, or what it counts stays with it · 422 none chosen · 403 not who leads both · 404 */
    post('/crises/:crise/joindre', accesCrises, async (c) => {
      // Held in one order, whichever is joined to the other.
      for (const id of [c.params.crise ?? '', texte(c.corps.autre)].filter(Boolean).sort()) await getCrise(c.db, c.contrat.id, id, true);
      const k = await pourConduire(c);
      if (k.crise.etat !== 'ouverte') throw conflit('Cette salle est close : elle ne se joint plus.');
      const vers = (await candidatesDe(c, k)).find((x) => x.id === texte(c.corps.autre));
      if (!vers) return ecran(c, k, { erreurs: [{ champ: 'autre', message: 'Choisissez la salle ouverte pour le même événement.' }] });
      const empeche = await empecheDeJoindre(c, k);
      if (empeche) throw conflit(empeche);
      await joindre(c, k, vers);
      return redirige(`/crises/${vers.id}`);
    }),
    /** 303 archived, once: nothing more is written, the name of the correspondent is gone; 409 not closed, or its lessons not signed; 422; 403; 404. */
    post('/crises/:crise/archiver', accesCrises, async (c) => {
      const k = await pourConduire(c);
      if (k.crise.etat === 'ouverte') throw conflit('Cette salle est encore ouverte : elle se clôt avant de s’archiver.');
      if (texte(c.corps.confirme) !== 'oui')
        return ecran(c, k, { erreurs: [{ champ: 'confirme', message: 'Cochez la case : après, même un poste resté hors ligne n’y écrit plus.' }] });
      if (k.crise.etat === 'close') {
        const encore = avantArchive(await lireEnCours(c, k));
        if (encore) throw conflit(`${encore} Rien n’a été changé.`);
        await noter(c, k.crise.id, { contenu: phrase`Salle archivée : la main courante ne s’écrit plus.`, classe: 'information' });
        await setEtat(c.db, c.contrat.id, k.crise.id, 'archivee', c.maintenant);
        await deleteCorrespondant(c.db, c.contrat.id, k.crise.id);
        await c.auditer('crise.archivee', `/crises/${k.crise.id}`);
      }
      return redirige(`/crises/${k.crise.id}/bilan`);
    }),
    /** 303 proposed to that body, on its next agenda; 409 still open; 422 with what was typed; 403; 404. */
    post(
      '/crises/:crise/conseil',
      accesCrises,
      async (c) => {
        const k = await pourConduire(c);
        const u = c.utilisateur;
        if (!u) throw interdit(DE_QUI_CONDUIT);
        if (k.crise.etat === 'ouverte') throw conflit('Cette salle est encore ouverte : ce que le conseil doit savoir se dit après.');
        const champs = champsDe(c);
        const lu = lire(conseilSchema, c.corps);
        const instance = (await instancesDe(c, k)).find((i) => i.id === champs.instance);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        if (!instance) erreurs.push({ champ: 'instance', message: 'Choisissez une instance dans la liste.' });
        if (!lu.ok || !instance || erreurs.length > 0) return ecran(c, k, { champs, erreurs });
        const relus = relireTextes(c, k, { texte: lu.valeur.texte });
        if (!relus.ok) return ecran(c, k, { champs, etonnements: relus.etonnements });
        await setPourLeConseil(c.db, c.contrat.id, k.crise.id, lu.valeur.texte);
        await createDemande(c.db, c.contrat.id, instance.id, { titre: titreDe(k.crise), expose: lu.valeur.texte }, u);
        await c.auditer('crise.conseil', `/crises/${k.crise.id}/bilan`, { instance: code(instance.id) });
        return redirige(`/crises/${k.crise.id}/bilan#conseil`);
      },
      { creation: true },
    ),
  ];
}
