/**
 * An alert that climbs: what it is becomes graver, and everything that its new tier asks for is done, whatever was done before. Whoever knew of it learns
 * it once, whoever did not is told as of a new alert, the procedure opens, less time is left to answer; it counts as what it is now. A brawl that was said
 * to have taken place still did. The caller holds its row; who may was asked before.
 */
import { code } from '../../../core/trace/details.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { accorder } from '../../echeances/index.ts';
import { annoncerLePalier } from '../envois/annonces.ts';
import { avancerEcheances, avancerValidations } from '../envois/envois.queries.ts';
import { direPalier } from '../envois/lettres.rules.ts';
import { type Outils, placesDe, prevenirLesListes } from '../envois/prevenir.ts';
import { chargerLaProcedure } from '../envois/procedure.ts';
import { estPlusHaut, minutesPourRepondre, palierDe } from '../reglement/reglement.ts';
import type { Alerte } from './alertes.queries.ts';
import { type Acte, diffuser, direEnvoi, direLesTrous, enComptant, FREIN, noter, noterTous, type Qui } from './conduire.ts';
import { duesAlertes } from './alertes.dus.ts';

export interface Montee {
  /** Who says it conducts: what waits for a word leaves with it. */
  conduit: boolean;
  /** Its author wrote so many that nothing of theirs leaves without a word. */
  freinee?: boolean;
  /** One that was over is on again, and awaits answers. */
  rouvre: boolean;
  /** Who knows that tier already, by another alert of the same fact. */
  sauf?: ReadonlySet<string>;
}

export async function relever(c: Acte, o: Outils, cat: Catalogue, a: Alerte, vers: string, qui: Qui, m: Montee): Promise<Alerte> {
  const { reglement: r } = o;
  if (!estPlusHaut(r, vers, a.palier)) throw new Error(`« ${vers} » n’est pas au-dessus de « ${a.palier} ».`);
  const palier = palierDe(r, vers);
  const finie = !m.rouvre && (a.etat === 'levee' || a.etat === 'close');
  // What was said at the end is truer than what a tier supposes.
  const monte = { palier: vers, survenue: a.survenue || (palier.survenue && !finie), releveeLe: c.maintenant };
  await noter(c, a.id, { acte: 'palier', texte: `De « ${direPalier(cat, a.palier)} » à « ${direPalier(cat, vers)} ».` }, qui);
  await c.auditer('alerte.palier', `/alertes/${a.id}`, { de: code(a.palier), vers: code(vers) });
  return a.etat === 'a-valider' ? attendre(c, o, cat, { ...a, ...monte }, monte, qui, m) : repartir(c, o, cat, a, monte, qui, m);
}

type Monte = Pick<Alerte, 'palier' | 'survenue' | 'releveeLe'>;

/** One that had not left: it leaves as one of that tier would, or waits no longer than one of that tier would. */
async function attendre(c: Acte, o: Outils, cat: Catalogue, a: Alerte, monte: Monte, qui: Qui, m: Montee): Promise<Alerte> {
  const { validation } = palierDe(o.reglement, a.palier);
  const part = m.conduit || (validation === 0 && !m.freinee);
  const avant = new Date(Math.min(a.validerAvant?.getTime() ?? Infinity, c.maintenant.getTime() + (validation || FREIN.validation) * 60_000));
  await enComptant(c, a, { ...monte, validerAvant: avant });
  if (part) await diffuser(c, o, cat, a, { validation: 'directe', qui: m.conduit ? qui : null });
  else await avancerValidations(c.db, c.contrat.id, a.id, avant);
  return { ...a, validerAvant: avant, ...(part ? { etat: 'diffusee', diffuseeLe: c.maintenant } : {}) };
}

/** One that had left: the lists that its new tier adds are told, the others learn that it climbed. Over and not opened again, it is counted as what it was. */
async function repartir(c: Acte, o: Outils, cat: Catalogue, avant: Alerte, monte: Monte, qui: Qui, m: Montee): Promise<Alerte> {
  const { reglement: r } = o;
  const rouvre = m.rouvre && avant.etat !== 'diffusee';
  const ouverte = {
    etat: 'diffusee' as const,
    leveeLe: null,
    leveePar: '',
    issue: null,
    closeLe: null,
    // Owed again when it ends.
    ...(avant.retexLe ? {} : { retexDu: null }),
  };
  const v = { ...monte, ...(rouvre ? ouverte : {}) };
  await enComptant(c, avant, v);
  const a: Alerte = { ...avant, ...v };
  if (rouvre) await noter(c, a.id, { acte: 'rouverte' }, qui);
  if (a.etat === 'diffusee') {
    const deja = new Set([...(await placesDe(c, cat, r, avant)), cat.racine.id]);
    const palier = palierDe(r, a.palier);
    await avancerEcheances(c.db, c.contrat.id, a.id, {
      minutes: r.fonctions.map((f) => ({ fonction: f.code, minutes: minutesPourRepondre(palier, f) })),
      quand: c.maintenant,
      rouvre,
    });
    const savent = await annoncerLePalier(c, o, cat, a, avant.palier, m.sauf ?? new Set());
    const dite = await prevenirLesListes(c, o, cat, a, 'accuse', deja);
    await noter(
      c,
      a.id,
      {
        acte: 'prevenus',
        texte: [direEnvoi(dite), ...(savent > 0 ? [`Dit à ${pluriel(savent, 'personne')} déjà prévenue${savent > 1 ? 's' : ''}.`] : [])].join(' '),
      },
      qui,
    );
    await direLesTrous(c, o, cat, a.id, dite);
  }
  await noterTous(c, a.id, await chargerLaProcedure(c, o, cat, a), null);
  await accorder(c.db, c.contrat.id, duesAlertes, [a.id], c);
  return a;
}
