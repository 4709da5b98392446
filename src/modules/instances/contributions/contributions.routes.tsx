/** Residents write to a public body, without an account; it reads, puts to its agenda, answers in public. */
import { acces, accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { accorder } from '../../echeances/index.ts';
import { createDemande } from '../instance/demandes.queries.ts';
import { CADRE, filDe } from '../instances.cadre.ts';
import { cadreDe, type Chargee, chargerInstance } from '../instances.contexte.ts';
import { nomEntier } from '../instances.noms.rules.ts';
import { peutParlerPour } from '../instances.policy.ts';
import { listInstancesOuvertes } from '../instances.queries.ts';
import type { InstanceMontree } from '../surLaPage.ts';
import { sourceContributions } from './contributions.dus.ts';
import { compterContributions, type Contribution, createContribution, getContribution, listContributions, passer } from './contributions.queries.ts';
import { estOuverteAuxHabitants } from './contributions.rules.ts';
import { contributionSchema, ecarterContributionSchema, repondreContributionSchema } from './contributions.schema.ts';
import { ContributionsPage } from './pages/ContributionsPage.tsx';
import { ContribuerPage, ParticiperPage, SuiviPage } from './pages/ParticiperPages.tsx';

const PAR_PAGE = 30;
const FIL = [{ libelle: 'Participer', href: '/participer' }];

async function ouvrir(c: Contexte): Promise<Chargee> {
  const chargee = await chargerInstance(c, c.params.instanceOuverte);
  if (!estOuverteAuxHabitants(chargee.instance, chargee.catalogue)) throw introuvable('Cette instance');
  return chargee;
}
async function formulaire(c: Contexte, champs: Readonly<Record<string, string>>, erreurs: readonly ErreurDeChamp[]): Promise<Reponse> {
  const { instance, catalogue } = await ouvrir(c);
  const n = numeroDePage(c);
  const lues = await listContributions(c.db, c.contrat.id, instance.id, { publiees: true, limite: PAR_PAGE + 1, depuis: (n - 1) * PAR_PAGE });
  return page({
    titre: `Participer : ${nomEntier(instance, catalogue)}`,
    fil: FIL,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <ContribuerPage
        instance={instance}
        catalogue={catalogue}
        contributions={lues.slice(0, PAR_PAGE)}
        suite={lues.length > PAR_PAGE}
        page={n}
        {...{ champs, erreurs }}
      />
    ),
  });
}

/** Of the body of the address, for who speaks for it. */
async function tenir(c: Contexte): Promise<Chargee> {
  const chargee = await chargerInstance(c);
  const { instance, catalogue } = chargee;
  if (!estOuverteAuxHabitants(instance, catalogue)) throw introuvable('Cette page');
  if (!peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient)) throw interdit('Les contributions sont lues par ceux qui tiennent l’instance.');
  return chargee;
}
async function pageATenir(
  c: Contexte,
  chargee: Chargee,
  essai: { id: string; acte: string; champs: Record<string, string>; erreurs: readonly ErreurDeChamp[] } | null,
): Promise<Reponse> {
  const { instance, catalogue } = chargee;
  const n = numeroDePage(c);
  const lues = await listContributions(c.db, c.contrat.id, instance.id, { publiees: false, limite: PAR_PAGE + 1, depuis: (n - 1) * PAR_PAGE });
  return page({
    ...CADRE,
    titre: 'Contributions des habitants',
    fil: filDe(instance),
    statut: essai ? 422 : 200,
    corps: (
      <ContributionsPage
        instance={instance}
        catalogue={catalogue}
        contributions={lues.slice(0, PAR_PAGE)}
        suite={lues.length > PAR_PAGE}
        page={n}
        essai={essai}
      />
    ),
  });
}
/** One step of a contribution, under lock: who comes second learns that it is done. */
const acte =
  (quoi: 'accepter' | 'ecarter' | 'repondre' | 'retirer', faire: (c: Contexte, o: Chargee, k: Contribution) => Promise<readonly ErreurDeChamp[] | boolean>) =>
  async (c: Contexte): Promise<Reponse> => {
    const chargee = await tenir(c);
    const k = await getContribution(c.db, c.contrat.id, c.params.contributionDHabitant ?? '', true);
    if (!k || k.instanceId !== chargee.instance.id) throw introuvable('Cette contribution');
    const fait = await faire(c, chargee, k);
    if (typeof fait !== 'boolean') return pageATenir(c, chargee, { id: k.id, acte: quoi, champs: champsDe(c), erreurs: fait });
    if (!fait) throw conflit('Quelqu’un a déjà traité cette contribution, ou ses mots sont effacés : rouvrez la page.');
    await accorder(c.db, c.contrat.id, sourceContributions, [k.id], c);
    await c.auditer(`contribution.${quoi}`, `/instances/${k.instanceId}/contributions`, {});
    return redirige(`/instances/${k.instanceId}/contributions#c-${k.id}`);
  };
const par = (c: Contexte) => ({ par: c.utilisateur?.nom ?? '', quand: c.maintenant });

export const contributionsRoutes: Route[] = [
  /** 200: bodies that residents may write to */
  get('/participer', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
    const toutes = await listInstancesOuvertes(c.db, c.contrat.id, { courriel: '', aujourdhui: jourDe(c.maintenant) });
    const rang = new Map([...catalogue.territoires.keys()].map((id, n) => [id, n]));
    const ici = toutes
      .filter((i) => estOuverteAuxHabitants(i, catalogue) && (lieu.territoires?.includes(i.territoireId) ?? true))
      .sort((a, b) => (rang.get(a.territoireId) ?? 0) - (rang.get(b.territoireId) ?? 0));
    return page({ titre: 'Participer', section: 'participer', corps: <ParticiperPage instances={ici} catalogue={catalogue} lieu={lieu} /> });
  }),
  /** 200 status of one's own, by its address alone · 404 */
  get(
    '/participer/suivi/:contributionSuivie',
    acces.public,
    async (c) => {
      const k = await getContribution(c.db, c.contrat.id, c.params.contributionSuivie ?? '');
      if (!k) throw introuvable('Cette contribution');
      return page({ titre: 'Votre contribution', fil: FIL, corps: <SuiviPage k={k} /> });
    },
    { parMinute: 60, secrete: true },
  ),
  /** 200 · 404 not open to residents */
  get('/participer/:instanceOuverte', acces.public, (c) => formulaire(c, {}, [])),
  /** 303 to its follow-up · 404 · 422 with what was typed */
  post(
    '/participer/:instanceOuverte',
    acces.public,
    async (c) => {
      const { instance } = await ouvrir(c);
      const lu = lire(contributionSchema, champsDe(c));
      if (!lu.ok) return formulaire(c, champsDe(c), lu.erreurs);
      const id = await createContribution(c.db, c.contrat.id, instance.id, lu.valeur, c.maintenant);
      await accorder(c.db, c.contrat.id, sourceContributions, [id], c);
      await c.auditer('contribution.recue', `/instances/${instance.id}/contributions`, {});
      return redirige(`/participer/suivi/${id}`);
    },
    { creation: true, parMinute: 10, sansEffetPublic: true },
  ),
  /** 200 · 403 · 404 */
  get('/instances/:id/contributions', accesMetier, async (c) => pageATenir(c, await tenir(c), null)),
  /** 303 published, and asked to the agenda · 403 · 404 · 409 */
  post(
    '/instances/:id/contributions/:contributionDHabitant/accepter',
    accesMetier,
    acte('accepter', async (c, { instance }, k) => {
      const u = c.utilisateur;
      if (!u || k.etat !== 'recue') return false;
      const demande = { titre: `Contribution d’habitant : ${k.objet}`, expose: k.texte, habitant: true as const };
      const demandeId = await createDemande(c.db, c.contrat.id, instance.id, demande, u);
      return passer(c.db, c.contrat.id, k.id, 'recue', { etat: 'acceptee', demandeId, ...par(c) });
    }),
  ),
  /** 303 · 403 · 404 · 409 · 422 no reason */
  post(
    '/instances/:id/contributions/:contributionDHabitant/ecarter',
    accesMetier,
    acte('ecarter', async (c, _, k) => {
      const lu = lire(ecarterContributionSchema, champsDe(c));
      return lu.ok ? passer(c.db, c.contrat.id, k.id, 'recue', { etat: 'ecartee', motif: lu.valeur.motif, ...par(c) }) : lu.erreurs;
    }),
  ),
  /** 303 no more public, nor its words on the agenda · 403 · 404 · 409 · 422 */
  post(
    '/instances/:id/contributions/:contributionDHabitant/retirer',
    accesMetier,
    acte('retirer', async (c, _, k) => {
      if (k.etat !== 'acceptee' && k.etat !== 'repondue') return false;
      const lu = lire(ecarterContributionSchema, champsDe(c));
      return lu.ok ? passer(c.db, c.contrat.id, k.id, k.etat, { etat: 'ecartee', motif: lu.valeur.motif, ...par(c) }) : lu.erreurs;
    }),
  ),
  /** 303 the answer is public · 403 · 404 · 409 · 422 */
  post(
    '/instances/:id/contributions/:contributionDHabitant/repondre',
    accesMetier,
    acte('repondre', async (c, _, k) => {
      const lu = lire(repondreContributionSchema, champsDe(c));
      return lu.ok ? passer(c.db, c.contrat.id, k.id, 'acceptee', { etat: 'repondue', reponse: lu.valeur.reponse, ...par(c) }) : lu.erreurs;
    }),
  ),
];

/** On the page of a body: what residents may write, and what waits for who keeps it. */
export const contributionsDeLInstance: Emplacement<InstanceMontree> = async (c, i) => {
  const { instance, catalogue } = await chargerInstance(c, i.id);
  if (!estOuverteAuxHabitants(instance, catalogue)) return null;
  const tient = peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient);
  const n = tient ? await compterContributions(c.db, c.contrat.id, i.id) : null;
  return {
    rang: 60,
    corps: (
      <Section titre="Contributions des habitants" id="contributions">
        <p className="govuk-body">
          <a className="govuk-link" href={`/participer/${i.id}`}>
            Proposer un sujet, lire les réponses
          </a>
        </p>
        {n && (
          <p className="govuk-body">
            <a className="govuk-link" href={`/instances/${i.id}/contributions`}>
              {`${pluriel(n.recues, 'contribution')} à lire, ${n.acceptees} à répondre`}
            </a>
          </p>
        )}
      </Section>
    ),
  };
};

/** On the page of a place: where its residents write. */
export const participerIci: Emplacement<{ territoireId: string }> = async (c, { territoireId }) => {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  if (![...catalogue.typesInstance.values()].some((t) => t.participation)) return null;
  return {
    rang: 62,
    corps: (
      <p className="govuk-body">
        <a className="govuk-link" href={`/participer?territoire=${territoireId}`}>
          Proposer un sujet à une instance publique
        </a>
      </p>
    ),
  };
};
