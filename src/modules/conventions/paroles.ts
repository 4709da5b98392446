/** What is said in the name of parties, besides signatures: asked of them by letter, and written on the act once it counts. The act is held. */
import { abreger } from '../../core/couper.ts';
import { conflit } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { jour as direJour } from '../../ui/typographie.ts';
import { auteurDe, type Charge } from './conventions.contexte.ts';
import { parlePourElle, peutConfirmer } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { ISSUES, prochainDu, sOuvre } from './conventions.rules.ts';
import * as w from './ecriture.queries.ts';
import { ou } from './formulaires.ts';
import { annoncerParoles, annoncerSignatures, type Outils } from './lettres.ts';
import { DEPASSE, direDit, direParoleDite } from './mots.ts';
import { addMotDeParole, addParole, corrigerDates, DIT_AUTREMENT, type Dit, type Genre, listParoles, type ParoleDite } from './paroles.queries.ts';
import { apres, attendue, auRetour, compte, ensemble, estChangement, estCollectif, peutDire, seFermeEnPartant, SILENCE } from './paroles.rules.ts';

export const parolesDe = (c: Contexte, s: Charge): Promise<ParoleDite[]> => listParoles(c.db, c.contrat.id, [s.acte.id]);
/** Noted and not yet settled: nobody notes the same thing again. */
const enCours = (paroles: readonly ParoleDite[], genre: Genre, objet: string, jour?: string): ParoleDite | undefined =>
  paroles.find((p) => p.genre === genre && p.objetId === objet && (jour === undefined || p.jour === jour) && p.de !== '' && attendue([p.etat]));
const etatsDuMeme = (paroles: readonly ParoleDite[], p: ParoleDite) => paroles.filter((x) => x.objetId === p.objetId).map((x) => x.etat);
/** An avenant, or dates, that parties have yet to confirm: one at a time. */
export const changementEnCours = (paroles: readonly ParoleDite[]): ParoleDite | undefined => {
  const dites = paroles.filter((p) => estChangement(p.genre));
  return dites.find((p) => attendue(etatsDuMeme(dites, p)));
};
export const direEnCours = (p: ParoleDite): string =>
  `L’acte attend encore ses parties (${direParoleDite(p)}) : leur réponse d’abord, ou retirez cette note depuis la page de l’acte.`;
const DEJA_NOTE = 'C’est déjà noté en son nom, et elle ne l’a pas confirmé. Ouvrez cette note depuis la page de l’acte.';

/** Said: its words, and whether it counts at once, for all of them. */
interface Dites {
  ids: string[];
  compte: boolean;
}
/** Says it in the name of each; what its own party says replaces what was noted and waited. */
export async function dire(c: Contexte, o: Outils, s: Charge, dites: readonly Dit[]): Promise<Dites> {
  const avant = await parolesDe(c, s);
  const demandees: Parameters<typeof annoncerParoles>[4][number][] = [];
  const ids: string[] = [];
  for (const d of dites) {
    const parElle = parlePourElle(c.utilisateur, s.tenu, d.genre, d.de || null, s.catalogue.contient);
    const attendait = d.genre === 'promesse' ? undefined : enCours(avant, d.genre, d.objet, d.genre === 'tenu' ? (d.jour ?? undefined) : undefined);
    if (attendait && attendait.de === d.de) {
      if (!parElle) throw conflit(DEJA_NOTE);
      await addMotDeParole(c.db, c.contrat.id, attendait, { acte: 'annulee', etat: 'annulee', parElle, motif: DIT_AUTREMENT }, auteurDe(c));
    }
    const id = await addParole(c.db, ou(c, s), d, apres('notee', SILENCE, parElle).etat, parElle, auteurDe(c));
    ids.push(id);
    if (!parElle && d.de) demandees.push({ parole: id, genre: d.genre, de: d.de, dit: direDit(d) });
  }
  await annoncerParoles(c, o, s.catalogue, s.acte, demandees);
  return { ids, compte: demandees.length === 0 };
}

type AEcrire = Pick<ParoleDite, 'id' | 'de' | 'genre' | 'objetId' | 'jour' | 'faitLe' | 'texte'>;
/**
 * What it says is written on the act: it counts. Refused when the act, meanwhile, leaves no room for it. Returns what each party is told besides what was
 * said; null: the act is not changed.
 */
export async function ecrire(c: Contexte, s: Charge, p: AEcrire): Promise<string | null> {
  const la = ou(c, s);
  const jour = p.jour ?? s.aujourdhui;
  if (p.genre === 'retrait') {
    const partie = (await q.listParties(c.db, c.contrat.id, [s.acte.id])).find((x) => x.id === p.objetId);
    if (partie?.signeeLe && (!sOuvre(s.acte.nature) || jour < partie.signeeLe))
      throw conflit('Cette partie a signé depuis : ce retrait n’est plus possible. Contestez-le, ou notez la dénonciation de l’acte.');
    if (!(await w.retirer(c.db, { ...la, partie: p.objetId }, jour))) throw conflit('Cette partie s’est déjà retirée. Rechargez la page.');
    return partie?.organisationId ? nePlusAttendre(c, s, partie.organisationId) : '';
  }
  if (p.genre === 'tenu') {
    const engagement = (await q.listEngagements(c.db, c.contrat.id, [s.acte.id])).find((e) => e.id === p.objetId);
    const prochain = engagement
      ? prochainDu(
          engagement,
          engagement.faits.map((f) => f.du_le),
        )
      : null;
    const fait = { du_le: jour, jour: p.faitLe ?? jour, preuve: p.texte };
    if (prochain !== jour || !(await w.addFait(c.db, { contratId: c.contrat.id, engagement: p.objetId }, fait, auteurDe(c))))
      throw conflit('Ce jour est déjà dit tenu, ou l’engagement s’est arrêté. Rechargez la page.');
  }
  if (p.genre === 'denonciation') {
    if (s.acte.denonceeLe !== null) throw conflit('Cet acte est déjà dénoncé : rechargez la page.');
    await w.denoncer(c.db, la, { jour, motif: p.texte, parole: p.id }, auteurDe(c));
    return '';
  }
  if (p.genre === 'avenant') return ecrireAvenant(c, s, p.objetId);
  if (p.genre === 'correction') return ecrireCorrection(c, s, p.objetId);
  return p.genre === 'revue' && p.texte === ISSUES.arreter && (await ditParToutes(c, s, p.objetId)) ? '' : null;
}
/** The end moves once each party that was asked said that it signed; until then, the former one runs. */
async function ecrireAvenant(c: Contexte, s: Charge, version: string): Promise<string | null> {
  // It moves the end that it found: a later one stays.
  const v = (await q.listVersions(c.db, c.contrat.id, [s.acte.id])).find((x) => x.id === version);
  if (!v?.finApres) return null;
  if ((v.finPremiere ?? v.finAvant) !== s.acte.fin) throw conflit(DEPASSE);
  if (!(await ditParToutes(c, s, version))) return null;
  await w.deplacerFin(c.db, ou(c, s), v.finApres, auteurDe(c));
  return ` ; l’acte finit désormais le ${direJour(v.finApres)}`;
}
const ditParToutes = async (c: Contexte, s: Charge, objet: string): Promise<boolean> =>
  ensemble((await parolesDe(c, s)).filter((p) => p.objetId === objet).map((p) => p.etat));
/** It left: what others said together no longer waits for its answer, nor stops at what it denied, and counts when each of them said so. */
async function nePlusAttendre(c: Contexte, s: Charge, de: string): Promise<string> {
  const siennes = (await parolesDe(c, s)).filter((p) => p.de === de && seFermeEnPartant(p.genre, p.etat));
  // It said that it leaves, and nothing of these: what it denied stays the last thing that it said of it.
  for (const p of siennes) await addMotDeParole(c.db, c.contrat.id, p, { acte: 'annulee', etat: 'quittee', parElle: false, motif: p.motif }, auteurDe(c));
  const suites: (string | null)[] = [];
  for (const p of siennes.filter((x) => !x.depasse)) {
    if (p.genre === 'avenant') suites.push(await ecrireAvenant(c, s, p.objetId));
    if (p.genre === 'correction') suites.push(await ecrireCorrection(c, s, p.objetId));
  }
  return suites.join('');
}
/** Taken back by who keeps the act: of what is asked of each party, everything that none of them said is its own. */
export const retirees = async (c: Contexte, s: Charge, p: ParoleDite): Promise<ParoleDite[]> =>
  estCollectif(p.genre) ? (await parolesDe(c, s)).filter((x) => x.objetId === p.objetId && peutDire(x.genre, 'annulee', x, false)) : [p];
/** The same of its dates, that who keeps it corrected after a party had said that it signed them. */
async function ecrireCorrection(c: Contexte, s: Charge, correction: string): Promise<string | null> {
  if (!(await ditParToutes(c, s, correction))) return null;
  if (!(await corrigerDates(c.db, ou(c, s), correction, auteurDe(c)))) throw conflit(DEPASSE);
  return ' ; les dates corrigées courent désormais';
}
/** Takes back what a party had said of itself; the denunciation of the act, when it is the one that holds. Returns whether the act is changed. */
export async function defaire(c: Contexte, o: Outils, s: Charge, p: ParoleDite): Promise<boolean> {
  if (p.genre === 'retrait' && !(await w.revenir(c.db, { ...ou(c, s), partie: p.objetId })))
    throw conflit('Elle est de nouveau partie à cet acte, sur une autre ligne : ce retrait ne s’annule plus.');
  if (p.genre === 'retrait' && p.de) await attendreDeNouveau(c, o, s, p);
  const denonciation = p.genre === 'denonciation' && p.id === s.acte.denonciationId;
  if (denonciation) await w.denoncer(c.db, ou(c, s), null, auteurDe(c));
  return denonciation || p.genre === 'retrait';
}
/**
 * Organisations of the directory that are asked: parties that stay; of a charter, those that signed, or whose own last word says so, be its signature
 * taken off the papers by another. Read each time that something is asked (`dire`), and while it waits each time that a party comes (`joindre`).
 */
export async function parties(c: Contexte, s: Charge): Promise<string[]> {
  const toutes = await q.listParties(c.db, c.contrat.id, [s.acte.id]);
  const liees = toutes.filter((p) => p.retireeLe === null && (!sOuvre(s.acte.nature) || p.signeeLe !== null || p.aConfirme));
  return [...new Set(liees.flatMap((p) => p.organisationId ?? []))];
}
/** As it was before its party left: asked, or denied by it. Noted by who noted it; asked today. */
async function rouvrirParole(c: Contexte, p: ParoleDite): Promise<boolean> {
  const niee = p.refus === 'contestee';
  const mot = niee ? ({ acte: 'contestee', etat: 'contestee' } as const) : ({ acte: 'notee', etat: 'notee' } as const);
  await addMotDeParole(c.db, c.contrat.id, p, { ...mot, parElle: false, motif: p.motif }, noteDe(c, p));
  return !niee;
}
const noteDe = (c: Contexte, p: Pick<ParoleDite, 'par' | 'organisationId'>) => ({ par: p.par, organisationId: p.organisationId, quand: c.maintenant });
/** A party came, signed, or is back, while a change waits: it is asked of it as the others are. */
export async function joindre(c: Contexte, o: Outils, s: Charge): Promise<void> {
  const dites = (await parolesDe(c, s)).filter((p) => estChangement(p.genre));
  const ouverts = new Map(dites.filter((p) => !p.depasse && attendue(etatsDuMeme(dites, p))).map((p) => [p.objetId, p]));
  const eux = ouverts.size > 0 ? await parties(c, s) : [];
  const demandees: Parameters<typeof annoncerParoles>[4][number][] = [];
  for (const p of ouverts.values())
    for (const de of eux) {
      const sienne = dites.find((x) => x.objetId === p.objetId && x.de === de);
      if (sienne && sienne.etat !== 'quittee') continue;
      const demandee = sienne ? await rouvrirParole(c, sienne) : true;
      const dit: Dit = { genre: p.genre, objet: p.objetId, de, jour: p.jour, texte: p.texte };
      const parole = sienne?.id ?? (await addParole(c.db, ou(c, s), dit, 'notee', false, noteDe(c, p)));
      if (demandee) demandees.push({ parole, genre: p.genre, de, dit: direDit(dit), rejoint: true });
    }
  await annoncerParoles(c, o, s.catalogue, s.acte, demandees);
}
const PENDANT = 'pendant son retrait';
/** It takes its withdrawal back: what was closed with it waits for it again. What changed the act without it is asked of its signature. */
async function attendreDeNouveau(c: Contexte, o: Outils, s: Charge, retrait: ParoleDite): Promise<void> {
  const { de } = retrait;
  const toutes = await parolesDe(c, s);
  const retour = (p: ParoleDite) => auRetour(p.genre, etatsDuMeme(toutes, p));
  const redites = (p: ParoleDite) =>
    toutes.some(
      (x) =>
        x.id !== p.id && x.genre === p.genre && x.objetId === p.objetId && x.de === de && x.jour === p.jour && x.etat !== 'quittee' && x.etat !== 'annulee',
    );
  const demandees: Parameters<typeof annoncerParoles>[4][number][] = [];
  for (const p of toutes.filter((x) => x.de === de && x.etat === 'quittee'))
    if (retour(p) === 'rouverte' && !redites(p) && (await rouvrirParole(c, p)))
      demandees.push({ parole: p.id, genre: p.genre, de, dit: direParoleDite(p), rejoint: true });
  await annoncerParoles(c, o, s.catalogue, s.acte, demandees);
  await joindre(c, o, s);
  // Acquired since it left, and never said by it.
  const changements = new Map(toutes.filter((p) => estChangement(p.genre) && p.ditLe >= retrait.ditLe && retour(p) === 'acquise').map((p) => [p.objetId, p]));
  const sans = [...changements.values()].filter((p) => !toutes.some((x) => x.objetId === p.objetId && x.de === de && x.etat === 'confirmee'));
  const corriges = (await q.listMotsDeSignature(c.db, c.contrat.id, s.acte.id)).filter(
    (m) => m.acte === 'dates' && m.quand >= retrait.ditLe && !m.motif.startsWith(PENDANT),
  );
  const partie = (await q.listParties(c.db, c.contrat.id, [s.acte.id])).find((x) => x.id === retrait.objetId);
  const premier = sans[0] ?? corriges[0];
  if (!premier || !partie?.signeeLe || !compte('signature', partie.etat)) return;
  const quoi = [...new Set([...sans.map((p) => direParoleDite(p)), ...corriges.map((m) => m.motif)])].join(' ; ');
  const mot = { motif: abreger(`${PENDANT} : ${quoi}`, 500), avant: { etat: partie.etat, refus: null }, signeeLe: partie.signeeLe, parElle: false };
  await w.rouvrir(c.db, { ...ou(c, s), partie: partie.id }, mot, noteDe(c, premier));
  const dit = `a annulé le retrait ; ce qui a changé entre-temps attend une réponse (${quoi})`;
  await annoncerSignatures(c, o, s.catalogue, [{ acte: s.acte, organisationId: de, dit, partie: partie.id }]);
}
/** Dates or object were corrected after these parties had signed the act: each is told why, and asked again; who corrects says it for their own. */
export async function demanderDeNouveau(c: Contexte, o: Outils, s: Charge, rouvertes: readonly q.Partie[], motif: string): Promise<void> {
  const dites: Parameters<typeof annoncerSignatures>[3][number][] = [];
  for (const p of rouvertes) {
    const parElle = peutConfirmer(c.utilisateur, s.tenu, p.organisationId, s.catalogue.contient);
    const avant = { etat: p.etat, refus: null };
    await w.rouvrir(c.db, { ...ou(c, s), partie: p.id }, { motif: abreger(motif, 500), avant, signeeLe: p.signeeLe ?? s.aujourdhui, parElle }, auteurDe(c));
    if (!parElle && p.organisationId)
      dites.push({ acte: s.acte, organisationId: p.organisationId, dit: `a corrigé l’acte dont votre signature est notée (${motif})`, partie: p.id });
  }
  for (const d of dites) await annoncerSignatures(c, o, s.catalogue, [d]);
}
