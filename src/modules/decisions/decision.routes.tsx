/** One decision: read, told where it is, reworded. GET 200, 404 unknown or hidden; POST 303, 200 both changes kept, 422 with what was typed, 403, 404, 409 both shown. */
import { accesMetier } from '../../core/authorize.ts';
import { type ErreurDeChamp, interdit } from '../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte, champsDe } from '../../core/http/http.ts';
import { enTextes, rapprocher } from '../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../ui/Conflict.tsx';
import { refuserAdressesFermees } from '../comptes/index.ts';
import { annoncerRappel } from '../echeances/index.ts';
import { choixDeCharge, estUnSiege, lireCharge } from './charge.rules.ts';
import { chargeEnregistree, formulaireDeCharge, formulaireDeSuite, suiteEnregistree } from './decisions.formulaires.ts';
import { type Decision, updateChargeDecision, updateEtatDecision } from './decisions.queries.ts';
import { numeroEcrit } from './decisions.rules.ts';
import { buildChargeSchema, suiteSchema } from './decisions.schema.ts';
import { listVersionsDecision } from './listes.queries.ts';
import { DecisionPage } from './pages/DecisionPage.tsx';
import { cadre, chargerDecision, chargerPourSuivre, FIL, siegesDe } from './decisions.contexte.ts';
import { prevenirLeCharge } from './lettres.ts';
import { closeLe, direParQui, retenir, verifierSuite } from './suite.rules.ts';
import { suivreDecisions } from './ecrire.ts';

interface Essai {
  champs: Record<string, string>;
  erreurs: readonly ErreurDeChamp[];
  conflit?: string;
}
async function pageDecision(c: Contexte, essai: Essai = { champs: {}, erreurs: [] }) {
  const d = await chargerDecision(c);
  const sieges = d.tient ? await siegesDe(c, d.origine) : [];
  const rappel = await annoncerRappel(c.db, {
    contratId: c.contrat.id,
    genre: 'decision',
    sujet: d.decision.id,
    aujourdhui: d.aujourdhui,
    maintenant: c.maintenant,
  });
  return page({
    ...cadre,
    titre: `${numeroEcrit(d.decision)} ${d.origine.nom}`,
    fil: FIL,
    statut: essai.conflit ? 409 : essai.erreurs.length > 0 ? 422 : 200,
    corps: (
      <DecisionPage
        {...d}
        choix={choixDeCharge(d.catalogue, d.decision.territoireId, sieges, d.decision.responsableId)}
        rappel={rappel}
        versions={await listVersionsDecision(c.db, c.contrat.id, d.decision.id)}
        {...essai}
      />
    ),
  });
}

export const buildDecisionRoutes = (adresse: string): Route[] => [
  get('/decisions/:id', accesMetier, (c) => pageDecision(c), { sensible: true }),
  /** Where it is: the organisation in charge, or whoever keeps what made it. */
  post('/decisions/:id', accesMetier, async (c) => {
    const { decision: d, origine, tient, mots, u, aujourdhui, catalogue } = await chargerPourSuivre(c);
    const formulaire = formulaireDeSuite(d);
    const r = rapprocher(c.corps, suiteEnregistree(d));
    if (r.genre === 'heurt') return page(conflictPage({ ...cadre, fil: FIL }, { formulaire, r }));
    const champs = { ...champsDe(c), ...enTextes(r.champs) };
    const lu = lire(suiteSchema, r.champs);
    if (!lu.ok) return pageDecision(c, { champs, erreurs: lu.erreurs });
    const { preuve_lien: preuveLien, ...reste } = lu.valeur;
    const suite = retenir({ ...reste, preuveLien });
    const permis = verifierSuite(suite, tient, mots.garant);
    if (!permis.ok) return pageDecision(c, { champs, erreurs: [permis] });
    const parole = direParQui(d, suite, u, c.maintenant);
    await updateEtatDecision(
      c.db,
      { contratId: c.contrat.id, id: d.id, version: d.version },
      { ...suite, ...parole, closeLe: closeLe(suite.etat, aujourdhui, d) },
      { auteur: u.nom, quand: c.maintenant },
    );
    await suivreDecisions(c, [d.id]);
    if (parole.diteLe === c.maintenant) await prevenirLeCharge(c, adresse, { decision: { ...d, ...suite }, origine, mots, catalogue, u });
    await c.auditer('decision.suivie', `/decisions/${d.id}`, { de: d.etat, vers: suite.etat }, { avant: d, apres: suite });
    return r.venus.length > 0 ? page(mergedPage({ ...cadre, fil: FIL }, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
  /** Wording, who, when: whoever keeps what made it. */
  post('/decisions/:id/charge', accesMetier, async (c) => {
    const { decision: d, origine, tient, mots, u, catalogue } = await chargerPourSuivre(c);
    if (!tient) throw interdit(`L’échéance et le responsable se changent par ${mots.garant}.`);
    const formulaire = formulaireDeCharge(d, catalogue);
    const r = rapprocher(lireCharge(c.corps, await siegesDe(c, origine)), chargeEnregistree(d));
    const saisis = { ...champsDe(c), ...enTextes(r.champs), formulaire: 'charge' };
    if (d.closeLe !== null) return pageDecision(c, { champs: saisis, erreurs: [], conflit: direClose(d, texte(c.corps.libelle)) });
    if (r.genre === 'heurt') return page(conflictPage({ ...cadre, fil: FIL }, { formulaire, r }));
    const lu = lire(buildChargeSchema(catalogue, d.territoireId), r.champs);
    if (!lu.ok) return pageDecision(c, { champs: saisis, erreurs: lu.erreurs });
    const v = lu.valeur;
    const avant = { responsable_courriel: d.responsableCourriel };
    const fermees = estUnSiege(c.corps) ? [] : await refuserAdressesFermees(c.db, c.contrat.id, { responsable_courriel: v.responsable_courriel }, avant);
    if (fermees.length > 0) return pageDecision(c, { champs: saisis, erreurs: fermees });
    const charge = {
      libelle: v.libelle,
      responsableId: v.responsable,
      responsableNom: v.responsable_nom,
      responsableCourriel: v.responsable_courriel,
      echeance: v.echeance,
    };
    await updateChargeDecision(c.db, { contratId: c.contrat.id, id: d.id, version: d.version }, charge, { auteur: u.nom, quand: c.maintenant });
    await suivreDecisions(c, [d.id]);
    await c.auditer('decision.modifiee', `/decisions/${d.id}`, {}, { avant: d, apres: charge });
    return r.venus.length > 0 ? page(mergedPage({ ...cadre, fil: FIL }, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
];

/** Closed while someone was rewording it: what they wrote is said back. */
const direClose = (d: Decision, ecrit: string): string =>
  `${d.modifiePar} a clos cette décision entre-temps : pour la changer, rouvrez-la d’abord.${ecrit ? ` Vous aviez écrit : « ${ecrit} ».` : ''}`;
