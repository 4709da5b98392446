/** What is done with an alert. POST 303; 409 when another acted first, with what they did; 422 with what was typed; 403, 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, lire, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Chargee, charger, exigerConduite, expedierEnsuite, type Outillage, pointsDe, quiDe } from '../alertes.contexte.ts';
import { listEnvoisDuCompte } from '../envois/envois.queries.ts';
import { estPlusHaut, palierDe } from '../reglement/reglement.ts';
import { ecran } from './alertes.routes.tsx';
import { buildLeveeSchema, texteAConfirmer, texteSansPersonne } from './alertes.schema.ts';
import { demanderSiNomme } from './confirmer.tsx';
import {
  accuser,
  agir,
  changerLaFenetre,
  cocher,
  diffuser,
  direErreur,
  ecarter,
  ecrireRetex,
  lever,
  REPONSES,
  type ReponseDAccuse,
  rouvrir,
} from './conduire.ts';
import { deciderDeLAction } from './decisions.ts';
import { dejaDit, peutMonter, peutSeDireErreur } from './deja.rules.ts';
import { relever } from './palier.ts';

const MOTIF_VIDE = 'Dites en quelques mots pourquoi elle ne part pas.';
/** By the link of a letter, where nothing is asked. */
export const motifSchema = texteSansPersonne(300, MOTIF_VIDE);
const action = texteAConfirmer(600, 'Écrivez ce qui est fait.');
const retex = texteAConfirmer(4000, 'Écrivez ce qui a marché, et ce qui a manqué.');
const note = texteAConfirmer(300, null);
const ecart = texteAConfirmer(300, MOTIF_VIDE);
const erreur = texteAConfirmer(300, 'Dites en quelques mots pourquoi elle n’aurait pas dû partir.');
/** A text that may name somebody is asked about, on a page of its own. */
const demander = (c: Contexte, champ: string, libelle: string, max: number) =>
  demanderSiNomme(c, { champ, libelle, max, retour: `/alertes/${c.params.alerte}` });

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
    const lu = ecart.safeParse(texte(c.corps.motif));
    if (!lu.success) return refus(c, k, 'motif', lu.error.issues[0]?.message ?? '');
    const question = await demander(c, 'motif', 'Pourquoi ne pas la diffuser', 300);
    if (question) return question;
    await ecarter(c, k, x.cat, x.alerte, lu.data, quiDe(c));
    expedierEnsuite(c, k);
    return undefined;
  }),
  acte(k, 'palier', async (c, x) => {
    exigerConduite(x);
    const vers = texte(c.corps.palier);
    const non = peutMonter(x.alerte, c.maintenant);
    if (non) throw conflit(non);
    if (!k.reglement.paliers.some((p) => p.code === vers)) return refus(c, k, 'palier', 'Choisissez le palier.');
    if (!estPlusHaut(k.reglement, vers, x.alerte.palier)) throw conflit('Elle est déjà à ce palier, ou plus haut.');
    await relever(c, k, x.cat, x.alerte, vers, quiDe(c), { conduit: true, rouvre: true });
    expedierEnsuite(c, k);
    return undefined;
  }),
  acte(k, 'erreur', async (c, x) => {
    exigerConduite(x);
    const non = peutSeDireErreur(x.alerte, c.maintenant);
    if (non) throw conflit(non);
    const lu = erreur.safeParse(texte(c.corps.motif_erreur));
    if (!lu.success) return refus(c, k, 'motif_erreur', lu.error.issues[0]?.message ?? '');
    const question = await demander(c, 'motif_erreur', 'Pourquoi elle n’aurait pas dû partir', 300);
    if (question) return question;
    await direErreur(c, k, x.cat, x.alerte, lu.data, quiDe(c));
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
    const question = await demander(c, 'action', 'Ce qui est fait', 600);
    if (question) return question;
    await agir(c, x.alerte.id, lu.data, quiDe(c));
    return undefined;
  }),
  acte(k, 'point', async (c, x) => {
    const code = texte(c.corps.code);
    const qui = k.reglement.procedure.find((p) => p.code === code)?.qui;
    if (!(await pointsDe(c, k, x)).has(code))
      throw interdit(`Ce point est dit fait par qui conduit l’alerte${qui ? `, ou par qui en est chargé : ${qui}` : ''}. Notez plutôt une action.`);
    if (texte(c.corps.fait) === 'non') {
      if (!(await rouvrir(c, x.alerte.id, code, quiDe(c)))) throw conflit('Ce point n’est pas fait, ou n’est pas de cette alerte.');
      return undefined;
    }
    const lu = note.safeParse(texte(c.corps.note));
    if (!lu.success) return refus(c, k, 'note', lu.error.issues[0]?.message ?? '');
    const question = await demander(c, 'note', 'Précision', 300);
    if (question) return question;
    if (!(await cocher(c, x.alerte.id, code, lu.data, quiDe(c)))) throw conflit('Ce point est déjà fait, ou n’est pas de cette alerte.');
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
    const question = await demander(c, 'retex', 'Ce qui a marché, ce qui a manqué', 4000);
    if (question) return question;
    await ecrireRetex(c, x.alerte, lu.data, quiDe(c));
    return undefined;
  }),
  post(
    '/alertes/:alerte/decision',
    accesMetier,
    async (c) => {
      const x = await charger(c, k, true);
      exigerConduite(x);
      const question = await demander(c, 'libelle', 'Action à suivre', 300);
      if (question) return question;
      const erreurs = await deciderDeLAction(c, x);
      return erreurs.length > 0 ? ecran(c, k, { champs: champsDe(c), erreurs }) : redirige(`/alertes/${x.alerte.id}#retex`);
    },
    { creation: true },
  ),
];
