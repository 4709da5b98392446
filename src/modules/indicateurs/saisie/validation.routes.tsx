/** What becomes of a contribution once given: validated by somebody else, contested, settled, downloaded. */
import { code, codes } from '../../../core/trace/details.ts';
import { acces, accesMetier } from '../../../core/authorize.ts';
import { lireFichier } from '../../../core/base/files.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, fichier, get, liste, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { typeServi } from '../../../core/nature.ts';
import type { Mesure } from '../../contrats/index.ts';
import { cadrer } from '../cadre.ts';
import {
  autreQueLAuteur,
  peutConfirmer,
  peutContester,
  peutRetirerContestation,
  peutTrancher,
  peutValider,
  peutVoirSaisie,
  repondPour,
} from '../indicateurs.policy.ts';
import { listSignatures } from '../recits/signatures.queries.ts';
import { refuserSiFige } from '../signature/verrous.garde.ts';
import { suivreChiffre } from './chiffres.dus.ts';
import { tenirLesAns } from './contribuer.ts';
import { csvDesContributions, getContributions } from './contributions.ts';
import { estPourAutrui } from './parole.rules.ts';
import { confirmerVersions, contesterVersion, listQuiConteste, retirerContestations } from './paroles.queries.ts';
import { casesPermises, viser } from './saisie.cadre.ts';
import { addChoix, listVersionsVisees } from './saisie.queries.ts';
import { ajusterTotaux } from './totaux.queries.ts';
import { validerContributions } from './valider.ts';

const PAS_VALIDER = 'Seul le pilote de la fiche ou la coordination centrale valide ce chiffre, pour les territoires de son mandat.';
const SIGNE_PAR_VOUS = 'Vous avez signé ce bilan pour votre institution : quelqu’un d’autre doit le valider.';
const PAS_LE_SIEN = 'Vous avez donné ce chiffre vous-même : quelqu’un d’autre doit le valider, le pilote de la fiche ou la coordination centrale.';

/** 404 for what the contract does not have, and for what is computed. */
async function cadrerCollecte(c: Contexte) {
  const k = await cadrer(c);
  if (k.mesure.obtention === 'calcul') throw introuvable('Ce chiffre');
  return { ...k, cat: k.f.catalogue };
}
type Cadre = Awaited<ReturnType<typeof cadrerCollecte>>;
const retour = (k: Cadre) => redirige(`/chiffres/${k.mesure.id}?periode=${k.periode}&territoire=${encodeURIComponent(k.territoireId)}#contributions`);

async function suivre(c: Contexte, k: Cadre, m: Mesure, periodes: readonly string[]): Promise<void> {
  for (const p of new Set(periodes.map((x) => x.slice(0, 4)))) await ajusterTotaux(c.db, k.cat, m.id, p);
  await suivreChiffre(c, m.id);
}

/** A reason of a sentence; 422 otherwise. */
function motifDe(c: Contexte, quoi: string): string {
  const motif = texte(c.corps.motif).trim();
  if (motif.length < 10 || motif.length > 2000) throw invalide(`${quoi} : dites pourquoi en une phrase, de 10 à 2 000 caractères.`);
  return motif;
}

export const validationRoutes: Route[] = [
  /** 303 validated; 403 not the pilot nor the coordination, or one's own; 409 corrected or validated meanwhile, or locked; 404 none such. */
  post('/chiffres/:mesure/valider', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    // « Tout valider » is all that the page showed: what came in since was not read.
    const ids = liste(texte(c.corps.tout) === 'oui' ? c.corps.montree : c.corps.valeur).filter((x) => x !== '');
    const vises = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, ids);
    const fiche = k.mesure.fiche;
    const lieux = vises.length > 0 ? vises.map((v) => v.territoireId) : [k.cat.racine.id];
    if (!u || !lieux.every((territoireId) => peutValider(u, { fiche, territoireId }, k.cat.contient))) throw interdit(PAS_VALIDER);
    if (vises.length === 0) throw invalide('Cochez au moins une contribution à valider.');
    if (vises.some((v) => !autreQueLAuteur(u, v))) throw interdit(PAS_LE_SIEN);
    const signatures = await listSignatures(
      c.db,
      c.contrat.id,
      vises.map((v) => v.id),
    );
    if (signatures.some((s) => s.parId === u.id)) throw interdit(SIGNE_PAR_VOUS);
    const visees = vises.map((v) => ({ ...v, mesureId: k.mesure.id }));
    await tenirLesAns(c, visees);
    await refuserSiFige(c, k.cat, visees);
    if ((await validerContributions(c, k.cat, k.mesure.id, vises, u)) < new Set(ids).size)
      throw conflit('Une autre personne a déjà validé ce chiffre, ou l’a corrigé. Relisez la version en vigueur avant de valider.');
    return retour(k);
  }),
  /** 303 its debtor says that it is so, under a lock too; 403 does not answer for it, or typed it; 409 said or corrected meanwhile, or its debtor gave it; 404 none such. */
  post('/chiffres/:mesure/confirmer', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    const ids = liste(c.corps.valeur).filter((x) => x !== '');
    const vises = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, ids);
    const repond = casesPermises(u, k.cat, k.mesure, repondPour).length > 0;
    if (!u || !repond || !vises.every((v) => peutConfirmer(u, { ...v, ...viser(k.cat, k.mesure, v) }, k.cat.contient)))
      throw interdit('Seul l’organisme au nom de qui un chiffre est donné le confirme, par une autre personne que celle qui l’a saisi.');
    if (vises.length === 0) throw invalide('Cochez au moins un chiffre à confirmer.');
    if (!vises.every(estPourAutrui)) throw conflit('Ce chiffre est donné par l’organisme lui-même : il n’y a rien à confirmer.');
    await tenirLesAns(
      c,
      vises.map((v) => ({ ...v, mesureId: k.mesure.id })),
    );
    if ((await confirmerVersions(c.db, c.contrat.id, k.mesure.id, ids, u, c.maintenant)) < new Set(ids).size)
      throw conflit('Ce chiffre est déjà confirmé, ou il a été corrigé. Relisez la version en vigueur.');
    await suivre(
      c,
      k,
      k.mesure,
      vises.map((v) => v.periode),
    );
    await c.auditer('valeur.confirmee', `/chiffres/${k.mesure.id}`, { valeurs: codes(ids) });
    return retour(k);
  }),
  /** 303 contested, told to its author and to the pilot, under a lock too; 403 owes nothing of it; 409 contested by that organisation already, or corrected; 422 without a reason. */
  post('/chiffres/:mesure/contester', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    const [v] = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, [texte(c.corps.valeur)]);
    const vise = { fiche: k.mesure.fiche, territoireId: v?.territoireId ?? k.cat.racine.id, aupres: k.mesure.aupres };
    if (!u || !(peutContester(u, vise, k.cat.contient) || (v && repondPour(u, viser(k.cat, k.mesure, v), k.cat.contient))))
      throw interdit('Contestent ce chiffre ceux qui le doivent, le pilote de la fiche et la coordination centrale.');
    if (!v) throw introuvable('Cette contribution');
    const motif = motifDe(c, 'Contester');
    await tenirLesAns(c, [{ ...v, mesureId: k.mesure.id }]);
    const duDebiteur = repondPour(u, viser(k.cat, k.mesure, v), k.cat.contient);
    if (!(await contesterVersion(c.db, c.contrat.id, { id: v.id, motif, duDebiteur }, u, c.maintenant)))
      throw conflit('Votre organisme conteste déjà cette contribution, ou elle a été corrigée. Relisez la version en vigueur.');
    await suivre(c, k, k.mesure, [v.periode]);
    await c.auditer('valeur.contestee', `/chiffres/${k.mesure.id}`, { valeur: code(v.id) }, { apres: { motif } });
    return retour(k);
  }),
  /** 303 its organisation contests it no more; 403 nobody of an organisation that contests it; 409 taken back meanwhile; 404 none such. */
  post('/chiffres/:mesure/contester/retirer', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    const [v] = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, [texte(c.corps.valeur)]);
    const paroles = v ? await listQuiConteste(c.db, c.contrat.id, v.id) : [];
    if (!u || !v || !peutRetirerContestation(u, { ...viser(k.cat, k.mesure, v), contesteePar: v.contesteePar, paroles }, k.cat.contient))
      throw interdit('Seul l’organisme qui conteste ce chiffre retire sa contestation.');
    await tenirLesAns(c, [{ ...v, mesureId: k.mesure.id }]);
    if ((await retirerContestations(c.db, c.contrat.id, k.mesure.id, [v.id], u, c.maintenant)) === 0) throw conflit('Cette contestation est déjà retirée.');
    await suivre(c, k, k.mesure, [v.periode]);
    await c.auditer('valeur.contestation_retiree', `/chiffres/${k.mesure.id}`, { valeur: code(v.id) });
    return retour(k);
  }),
  /** 303 settled; 403 not the pilot nor the coordination; 409 locked; 422 without a reason or a debtor of the measure. */
  post('/chiffres/:mesure/trancher', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    if (!u || !peutTrancher(u, { fiche: k.mesure.fiche, territoireId: k.territoireId }, k.cat.contient))
      throw interdit('Seul le pilote de la fiche ou la coordination centrale tranche entre deux sources.');
    const debiteur = texte(c.corps.debiteur);
    if (!k.mesure.aupres.includes(debiteur)) throw invalide('Choisissez la source à retenir.');
    const motif = motifDe(c, 'Trancher');
    const choix = { mesureId: k.mesure.id, periode: k.periode, territoireId: k.territoireId, debiteur, motif };
    await tenirLesAns(c, [choix]);
    await refuserSiFige(c, k.cat, [choix]);
    await addChoix(c.db, c.contrat.id, choix, u, c.maintenant);
    await suivre(c, k, k.mesure, [k.periode]);
    await c.auditer(
      'valeur.tranchee',
      `/chiffres/${k.mesure.id}`,
      { periode: code(k.periode), territoire: code(k.territoireId), debiteur: code(debiteur) },
      { apres: { motif } },
    );
    return retour(k);
  }),
  /** 200 who gave what, as this reader may read it; 404 for what the contract does not have. */
  get('/chiffres/:mesure/contributions.csv', acces.public, async (c) => {
    const k = await cadrerCollecte(c);
    const partenaire = peutVoirSaisie(c.utilisateur);
    const x = await getContributions(c.db, k.cat, k.mesure, { ...k, partenaire });
    return fichier(x ? csvDesContributions(k.mesure, x, k.cat) : '', {
      nom: `${k.mesure.id}-${k.periode}-contributions.csv`,
      type: 'text/csv; charset=utf-8',
      // What is not validated yet is shown to partners, and published under no licence.
      ...(partenaire ? {} : { licence: k.cat.contrat.licence }),
    });
  }),
  /** 200 the file of a contribution: to everyone once validated, before that to partners; 404 secret, unknown, or without file. */
  get('/chiffres/:mesure/documents/:valeur', acces.public, async (c) => {
    const k = await cadrerCollecte(c);
    const [v] = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, [c.params.valeur ?? '']);
    const partenaire = peutVoirSaisie(c.utilisateur);
    const x = v && (await getContributions(c.db, k.cat, k.mesure, { periode: v.periode, territoireId: v.territoireId, partenaire }));
    const lue = x?.versions.find((y) => y.id === v?.id);
    const f = lue?.fichierId ? await lireFichier(c.db, c.contrat.id, lue.fichierId) : null;
    if (!f) throw introuvable('Ce document');
    return fichier(f.contenu, { nom: f.nom, type: typeServi(f.type) });
  }),
];
