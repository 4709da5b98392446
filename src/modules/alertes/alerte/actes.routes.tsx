/** What is done with an alert. POST 303; 409 when another acted first, with what they did; 422 with what was typed; 403, 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, introuvable } from '../../../core/errors.ts';
import { type Contexte, lire, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { type Chargee, champsDe, charger, exigerConduite, expedierEnsuite, type Outillage, quiDe } from '../alertes.contexte.ts';
import { listEnvoisDuCompte } from '../envois/envois.queries.ts';
import { palierDe } from '../reglement/reglement.ts';
import { ecran } from './alertes.routes.tsx';
import { buildLeveeSchema, texteSansPersonne } from './alertes.schema.ts';
import { accuser, agir, changerLaFenetre, cocher, diffuser, ecarter, ecrireRetex, lever, REPONSES, type ReponseDAccuse } from './conduire.ts';
import { deciderDeLAction } from './decisions.ts';
import { dejaDit } from './deja.rules.ts';

export const motifSchema = texteSansPersonne(300, 'Dites en quelques mots pourquoi elle ne part pas.');
const action = texteSansPersonne(600, 'Écrivez ce qui est fait.');
const retex = texteSansPersonne(4000, 'Écrivez ce qui a marché, et ce qui a manqué.');
const note = texteSansPersonne(300, null);

const acte = (k: Outillage, chemin: string, faire: (c: Contexte, x: Chargee) => Promise<Reponse | undefined>): Route =>
  post(`/alertes/:alerte/${chemin}`, accesMetier, async (c) => {
    const x = await charger(c, k, true);
    return (await faire(c, x)) ?? redirige(`/alertes/${x.alerte.id}`);
  });
const refus = (c: Contexte, k: Outillage, champ: string, message: string): Promise<Reponse> =>
  ecran(c, k, { champs: champsDe(c), erreurs: [{ champ, message }] });

export const buildActesRoutes = (k: Outillage): Route[] => [
  acte(k, 'valider', async (c, x) => {
    exigerConduite(x);
    if (x.alerte.etat !== 'a-valider') throw conflit(dejaDit(x.alerte));
    await diffuser(c, k, x.cat, x.alerte, { validation: 'garde', qui: quiDe(c) });
    expedierEnsuite(c, k);
    return undefined;
  }),
  acte(k, 'ecarter', async (c, x) => {
    exigerConduite(x);
    if (x.alerte.etat !== 'a-valider') throw conflit(dejaDit(x.alerte));
    const lu = motifSchema.safeParse(texte(c.corps.motif));
    if (!lu.success) return refus(c, k, 'motif', lu.error.issues[0]?.message ?? '');
    await ecarter(c, k, x.cat, x.alerte, lu.data, quiDe(c));
    expedierEnsuite(c, k);
    return undefined;
  }),
  acte(k, 'repondre', async (c, x) => {
    const reponse = texte(c.corps.reponse);
    if (!Object.hasOwn(REPONSES, reponse)) return refus(c, k, 'reponse', 'Choisissez une réponse.');
    const lignes = c.utilisateur ? await listEnvoisDuCompte(c.db, c.contrat.id, x.alerte.id, c.utilisateur) : [];
    if (lignes.length === 0) throw introuvable('Votre ligne sur cette alerte');
    if (x.alerte.etat !== 'diffusee') throw conflit('Cette alerte est levée : elle n’attend plus de réponse.');
    await accuser(c, k, lignes, reponse as ReponseDAccuse);
    return undefined;
  }),
  acte(k, 'agir', async (c, x) => {
    if (x.alerte.etat === 'ecartee' || x.alerte.etat === 'close') throw conflit('Cette alerte est close : plus rien ne s’y ajoute.');
    const lu = action.safeParse(texte(c.corps.action));
    if (!lu.success) return refus(c, k, 'action', lu.error.issues[0]?.message ?? '');
    await agir(c, x.alerte.id, lu.data, quiDe(c));
    return undefined;
  }),
  acte(k, 'point', async (c, x) => {
    const lu = note.safeParse(texte(c.corps.note));
    if (!lu.success) return refus(c, k, 'note', lu.error.issues[0]?.message ?? '');
    if (!(await cocher(c, x.alerte.id, texte(c.corps.code), lu.data, quiDe(c)))) throw conflit('Ce point est déjà fait, ou n’est pas de cette alerte.');
    return undefined;
  }),
  acte(k, 'lever', async (c, x) => {
    exigerConduite(x);
    if (x.alerte.etat !== 'diffusee') throw conflit(x.alerte.leveePar ? `${x.alerte.leveePar} l’a déjà levée.` : 'Elle n’est pas en cours.');
    const lu = lire(buildLeveeSchema(k.reglement, x.cat), { issue: texte(c.corps.issue), heures: texte(c.corps.heures) });
    if (!lu.ok) return ecran(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
    await lever(c, k, x.cat, x.alerte, lu.valeur, quiDe(c));
    expedierEnsuite(c, k);
    return undefined;
  }),
  acte(k, 'fenetre', async (c, x) => {
    exigerConduite(x);
    if (x.alerte.etat !== 'levee' || !palierDe(k.reglement, x.alerte.palier).represailles) throw conflit('Aucune fenêtre n’est ouverte.');
    const lu = lire(buildLeveeSchema(k.reglement, x.cat).pick({ heures: true }), { heures: texte(c.corps.heures) });
    if (!lu.ok) return ecran(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
    await changerLaFenetre(c, x.alerte, lu.valeur.heures, quiDe(c));
    return undefined;
  }),
  acte(k, 'retex', async (c, x) => {
    exigerConduite(x);
    if (x.alerte.leveeLe === null) throw conflit('Le retour d’expérience s’écrit une fois l’alerte levée.');
    if (texte(c.corps.version) !== String(x.alerte.version))
      return refus(c, k, 'retex', 'Une autre personne vient d’écrire sur cette alerte : relisez, puis enregistrez de nouveau.');
    const lu = retex.safeParse(texte(c.corps.retex));
    if (!lu.success) return refus(c, k, 'retex', lu.error.issues[0]?.message ?? '');
    await ecrireRetex(c, x.alerte, lu.data, quiDe(c));
    return undefined;
  }),
  post(
    '/alertes/:alerte/decision',
    accesMetier,
    async (c) => {
      const x = await charger(c, k, true);
      exigerConduite(x);
      const erreurs = await deciderDeLAction(c, x);
      return erreurs.length > 0 ? ecran(c, k, { champs: champsDe(c), erreurs }) : redirige(`/alertes/${x.alerte.id}#retex`);
    },
    { creation: true },
  ),
];
