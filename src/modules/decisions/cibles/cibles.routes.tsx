/** A target set, replaced or withdrawn by a decision. GET 200, 403, 404; POST 303, 403, 404, 409 when somebody spoke meanwhile, 422. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { getFormulaire } from '../../indicateurs/index.ts';
import { peutCibler } from '../decisions.policy.ts';
import { listDecisions } from '../listes.queries.ts';
import { CiblePage } from './CiblePage.tsx';
import { direReference, enVigueur } from './cibles.ts';
import { listCibles, saveCible, verrouillerCibles } from './cibles.queries.ts';
import { buildCibleSchema, estChiffrable } from './cibles.schema.ts';

const CHOIX_MAX = 100;

async function charger(c: Contexte, lieu: string) {
  const { catalogue } = await getFormulaire(c.db, c.contrat.id);
  const mesure = catalogue.mesures.get(c.params.mesure ?? '');
  if (!mesure || !estChiffrable(mesure)) throw introuvable('Ce chiffre');
  const territoireId = lieu || catalogue.racine.id;
  if (!catalogue.territoires.has(territoireId)) throw introuvable('Ce territoire');
  const u = c.utilisateur;
  if (!u || !peutCibler(u, { fiche: mesure.fiche, territoireId }, catalogue.contient))
    throw interdit('Une cible est inscrite par le pilote de la fiche ou la coordination, avec la décision qui la fixe.');
  // What is closed to others cannot be cited, and a target is public with its decision.
  const decisions = (
    await listDecisions(c.db, c.contrat.id, { u, catalogue, aujourdhui: jourDe(c.maintenant) }, { fiche: mesure.fiche, nature: 'decision' }, null, CHOIX_MAX)
  ).filter((d) => d.etat !== 'abandonne' && d.citable && catalogue.contient(d.territoireId, territoireId));
  const dites = await listCibles(c.db, c.contrat.id, { mesures: [mesure.id], territoireId });
  const [premiere, derniere] = [Number(catalogue.contrat.debut.slice(0, 4)), Number(catalogue.contrat.fin.slice(0, 4))];
  const annees = Array.from({ length: derniere - premiere + 1 }, (_, i) => String(premiere + i));
  return { catalogue, mesure, territoireId, u, decisions, dites, annees };
}

async function pageCible(c: Contexte, lieu: string, o: { erreurs?: readonly ErreurDeChamp[]; champs?: Record<string, string>; conflit?: string } = {}) {
  const k = await charger(c, lieu);
  return page({
    titre: `Cible : ${k.mesure.court}`,
    largeur: 'travail',
    section: 'decisions',
    statut: o.conflit ? 409 : (o.erreurs?.length ?? 0) > 0 ? 422 : 200,
    fil: [
      { libelle: `Fiche ${k.mesure.fiche}`, href: `/fiches/${k.mesure.fiche}` },
      { libelle: k.mesure.court, href: cheminDuChiffre(k) },
    ],
    corps: <CiblePage {...k} enVigueur={enVigueur(k.dites)} erreurs={o.erreurs ?? []} champs={o.champs ?? {}} conflit={o.conflit} />,
  });
}
const cheminDuChiffre = (k: { mesure: { id: string }; territoireId: string }) =>
  `/chiffres/${encodeURIComponent(k.mesure.id)}?territoire=${encodeURIComponent(k.territoireId)}`;

export const ciblesRoutes: Route[] = [
  get('/decisions/cibles/:mesure', accesMetier, (c) => pageCible(c, texte(c.requete.territoire))),
  post(
    '/decisions/cibles/:mesure',
    accesMetier,
    async (c) => {
      await verrouillerCibles(c.db, c.contrat.id, c.params.mesure ?? '');
      const lieu = texte(c.corps.territoire);
      const k = await charger(c, lieu);
      const champs = champsDe(c);
      const lu = lire(buildCibleSchema(k.mesure, { decisions: k.decisions.map((d) => d.id), annees: k.annees }), c.corps);
      if (!lu.ok) return pageCible(c, lieu, { champs, erreurs: lu.erreurs });
      const v = lu.valeur;
      const avant = k.dites.filter((d) => d.annee === v.annee);
      const derniere = avant[0];
      if (v.vu !== Math.max(0, ...k.dites.map((d) => d.rang)) && derniere)
        return pageCible(c, lieu, {
          champs,
          conflit: `${derniere.par} a parlé de cette cible entre-temps (${direReference(derniere)}). Relisez-la avant d’écrire la vôtre.`,
        });
      if (avant.some((d) => d.decisionId === v.decision))
        return pageCible(c, lieu, {
          champs,
          erreurs: [{ champ: 'decision', message: 'Cette décision a déjà parlé de cette cible : seule une autre décision la change.' }],
        });
      if (v.acte === 'retirer' && !enVigueur(avant).length)
        return pageCible(c, lieu, {
          champs,
          erreurs: [{ champ: 'annee', message: `Aucune cible n’est en vigueur pour ${v.annee} : il n’y a rien à retirer.` }],
        });
      const fixee = v.acte === 'fixer' ? { valeur: v.valeur, sens: v.sens } : { valeur: null, sens: null };
      await saveCible(c.db, c.contrat.id, {
        mesureId: k.mesure.id,
        territoireId: k.territoireId,
        annee: v.annee,
        rang: (derniere?.rang ?? 0) + 1,
        ...fixee,
        unite: k.mesure.unite,
        decisionId: v.decision,
        par: k.u.nom,
        parId: k.u.id,
        parOrganisation: k.u.organisationId,
        le: c.maintenant,
      });
      await c.auditer(
        v.acte === 'fixer' ? 'cible.fixee' : 'cible.retiree',
        `/decisions/${v.decision}`,
        { mesure: code(k.mesure.id), territoire: code(k.territoireId), annee: v.annee },
        { avant: derniere ?? null, apres: fixee },
      );
      return redirige(`${cheminDuChiffre(k)}#cibles`);
    },
    { creation: true },
  ),
];
