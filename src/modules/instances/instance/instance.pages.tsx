/** Pages of a body, each with the reads it needs. */
import { enPages } from '../../../core/http/list-page.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, page } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { cadreDe, chargerInstance, lecteurDe } from '../instances.contexte.ts';
import { peutDemander, peutGererInstance, peutLireSeances } from '../instances.policy.ts';
import { listInstances } from '../instances.queries.ts';
import type { Instance } from '../instances.types.ts';
import { reunions } from '../reunions.ts';
import { blocsDeLInstance } from '../surLaPage.ts';
import { cadenceDe, type Confidentialite, OUVERTURE } from '../instances.rules.ts';
import { OuvrirInstancePage } from './pages/OuvrirInstancePage.tsx';
import { listDemandes } from './demandes.queries.ts';
import { countMembres, listMembres, type NouvelleInstance } from './instance.queries.ts';
import { FormulaireInstancePage } from './pages/FormulaireInstancePage.tsx';
import { InstancePage } from './pages/InstancePage.tsx';
import { creationDe } from './types.rules.ts';
import { CADRE, FIL, filDe } from '../instances.cadre.ts';
import { origineInstance } from '../instances.origine.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { recurrentsDeLInstance } from '../recurrents/surLaPage.tsx';
import { problemesDeLInstance } from '../problemes/surLaPage.tsx';
import { liensDeLInstance } from '../remontees/surLaPage.tsx';
import { countDecisions, countDecisionsPromises } from '../../decisions/index.ts';

export const HORS_MANDAT = 'Vous ne pouvez créer d’instance que dans le territoire, et pour les fiches, de votre mandat.';

export async function pageInstance(c: Contexte, o: { erreurs?: readonly ErreurDeChamp[]; champs?: Record<string, string> } = {}) {
  const { catalogue, instance, tient } = await chargerInstance(c);
  const { contient } = catalogue;
  const aujourdhui = jourDe(c.maintenant);
  const lit = peutLireSeances(c.utilisateur, cadreDe(instance), contient);
  const gere = peutGererInstance(c.utilisateur, instance, contient);
  const dites = { catalogue, instance, tient, lit, gere, aujourdhui, champs: o.champs ?? {}, erreurs: o.erreurs ?? [] };
  const [membres, seances, liens, problemes, recurrents, demandes, deListe, blocs] = await lireEnsemble(c.db, [
    () => listMembres(c.db, c.contrat.id, instance.id, aujourdhui),
    () => reunions().surLaPage(c, dites),
    () => liensDeLInstance(c, dites),
    () => problemesDeLInstance(c, dites),
    () => recurrentsDeLInstance(c, dites),
    () => (lit ? listDemandes(c.db, c.contrat.id, instance.id) : []),
    () => listInstances(c.db, c.contrat.id, lecteurDe(c), vueDeLecture(c.utilisateur, catalogue, aujourdhui), { id: instance.id, closes: true }),
    () => blocsDeLInstance(c, { id: instance.id, type: instance.type, territoireId: instance.territoireId, lit }),
  ]);
  const etat = deListe[0];
  const n =
    lit && c.utilisateur
      ? await countDecisions(c.db, c.contrat.id, { u: c.utilisateur, catalogue, aujourdhui }, { origine: origineInstance(instance.id) })
      : null;
  return page({
    ...CADRE,
    titre: instance.nom,
    largeur: c.utilisateur ? 'travail' : 'public',
    fil: [FIL],
    statut: o.erreurs && o.erreurs.length > 0 ? 422 : 200,
    corps: (
      <InstancePage
        {...dites}
        cadence={cadenceDe(
          {
            mois: instance.cadenceMois,
            derniere: etat?.derniere ?? null,
            prochaine: etat?.prochaine ?? null,
            depuis: instance.depuis,
            reservees: etat?.reservees,
          },
          aujourdhui,
        )}
        decisionsOuvertes={n ? n.a_faire + n.en_cours + n.bloque : 0}
        membres={membres}
        {...seances}
        liens={liens}
        problemes={problemes}
        recurrents={recurrents}
        demandes={enPages(c, demandes, 30, 'demandes')}
        blocs={blocs}
        demande={lit && peutDemander(c.utilisateur, cadreDe(instance), contient)}
      />
    ),
  });
}

export async function pageCreation(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[]) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const type = catalogue.typesInstance.get(champs.type ?? '');
  const territoires = [...catalogue.territoires.values()].filter((t) =>
    peutGererInstance(c.utilisateur, { territoireId: t.id, fiches: type?.fiches ?? [] }, catalogue.contient),
  );
  if (territoires.length === 0) throw interdit(HORS_MANDAT);
  const depuisType: Record<string, string> =
    type && erreurs.length === 0
      ? { ...enChamps(creationDe(catalogue, type, territoires[0] ?? catalogue.racine)), nom: type.nom, porteur: type.porteur }
      : {
          territoire: territoires[0]?.id ?? '',
          confidentialite: 'partenaires',
          heure: '10:00',
          duree_minutes: '120',
          porteur: c.utilisateur?.organisationId ?? '',
        };
  return page({
    ...CADRE,
    titre: 'Créer une instance',
    fil: [FIL],
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <FormulaireInstancePage catalogue={catalogue} champs={{ ...depuisType, ...champs }} erreurs={erreurs} territoires={territoires} instance={null} />,
  });
}
const enChamps = (i: NouvelleInstance): Record<string, string> => ({
  objet: i.objet,
  confidentialite: i.confidentialite,
  cadence_mois: i.cadence_mois === null ? '' : String(i.cadence_mois),
  vote: i.vote ? 'oui' : '',
  heure: i.heure,
  duree_minutes: String(i.duree_minutes),
  territoire: i.territoireId,
});

/** What of a body stays closed when it opens to `c`: recorded under a stricter promise; and who its seats then name. */
async function countTenus(c: Contexte, instanceId: string, vers: Confidentialite) {
  const plusFermees = OUVERTURE.slice(0, OUVERTURE.indexOf(vers));
  const [seances, decisions, membres] = await lireEnsemble(c.db, [
    () => reunions().countPlusFermees(c.db, c.contrat.id, instanceId, vers),
    () => countDecisionsPromises(c.db, c.contrat.id, origineInstance(instanceId), plusFermees),
    () => countMembres(c.db, c.contrat.id, instanceId, jourDe(c.maintenant)),
  ]);
  return { seances, decisions, membres };
}

/** What opening it changes, read before it is done. */
export async function pageOuvrir(c: Contexte, instance: Instance, vers: Confidentialite, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[]) {
  return page({
    ...CADRE,
    titre: `Ouvrir ${instance.nom}`,
    fil: filDe(instance),
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <OuvrirInstancePage instance={instance} vers={vers} tenus={await countTenus(c, instance.id, vers)} champs={champs} erreurs={erreurs} />,
  });
}

export async function pageReglages(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const { catalogue, instance } = await chargerInstance(c);
  return page({
    ...CADRE,
    titre: `Réglages de ${instance.nom}`,
    fil: filDe(instance),
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <FormulaireInstancePage catalogue={catalogue} champs={champs} erreurs={erreurs} territoires={[]} instance={instance} />,
  });
}
