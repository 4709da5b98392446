/** What only the contract, and the other acts, can tell of the form of an act. */
import type { ErreurDeChamp } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { jour } from '../../ui/typographie.ts';
import type { Catalogue } from '../contrats/index.ts';
import { tenuDe } from './conventions.contexte.ts';
import { peutTenir } from './conventions.policy.ts';
import { type Acte, getActe, listParties, mene, type Partie, tenirLesRemplacements } from './conventions.queries.ts';
import type { SaisieConvention } from './conventions.schema.ts';
import { estPris } from './ecriture.queries.ts';
import type { Dates } from './paroles.queries.ts';
import { compte } from './paroles.rules.ts';

/** Ends the other act: asked of who keeps it too, for what is named and for what is named no more. Acts that replace each other make no loop. */
async function verifierRemplace(c: Contexte, cat: Catalogue, remplace: string | null, acte: Acte | null): Promise<string | null> {
  const avant = acte?.remplaceId ?? null;
  if (remplace === avant) return null;
  if (remplace) await tenirLesRemplacements(c.db, c.contrat.id);
  for (const id of [remplace, avant]) {
    const autre = id ? await getActe(c.db, c.contrat.id, id) : null;
    if (id && (!autre || autre.id === acte?.id)) return 'Choisissez un autre acte de la liste.';
    if (autre && !peutTenir(c.utilisateur, tenuDe(cat, autre), cat.contient))
      return `« ${autre.titre} » est tenu par ${cat.nomActeur(autre.porteurId)} : c’est à elle, ou à la coordination, de dire qu’un autre acte le remplace, ou ne le remplace plus.`;
  }
  if (remplace && acte && (await mene(c.db, c.contrat.id, remplace, acte.id)))
    return 'Cet acte remplace déjà celui-ci, directement ou par d’autres : des actes ne se remplacent pas en rond.';
  return null;
}
export async function verifierSaisie(c: Contexte, cat: Catalogue, v: SaisieConvention, acte: Acte | null): Promise<ErreurDeChamp[]> {
  const erreurs: ErreurDeChamp[] = [];
  const dire = (champ: string, message: string) => erreurs.push({ champ, message });
  if (!cat.acteurs.has(v.porteur)) dire('porteur', 'Cette organisation n’est pas, ou n’est plus, dans l’annuaire du contrat : choisissez-en une autre.');
  if (v.territoires.some((t) => !cat.territoires.has(t))) dire('territoires', 'Choisissez des territoires du contrat.');
  if (v.systemes.some((s) => !cat.systemes.has(s))) dire('systemes', 'Choisissez des dispositifs du contrat.');
  const inconnues = v.lignes.filter((l) => !cat.lignes.has(l));
  if (inconnues.length > 0) dire('lignes', `Le contrat n’a pas de ligne ${inconnues.join(', ')} : recopiez son code comme il est écrit sur la fiche.`);
  if (acte && v.nature !== acte.nature && (await listParties(c.db, c.contrat.id, [acte.id])).length > 0)
    dire(
      'nature',
      'La nature ne change plus dès qu’une partie est nommée : ce qu’elle a signé ou contesté n’aurait plus de sens. Écrivez un nouvel acte, qui remplace celui-ci.',
    );
  const refus = await verifierRemplace(c, cat, v.remplace, acte);
  if (refus) dire('remplace', refus);
  if (erreurs.length === 0 && !peutTenir(c.utilisateur, tenuDe(cat, { ...v, porteurId: v.porteur }), cat.contient))
    dire('porteur', 'Votre mandat ne couvre pas cet acte : choisissez votre organisation, des territoires et des dispositifs de votre mandat.');
  if (erreurs.length === 0 && (await estPris(c.db, c.contrat.id, v, acte?.id ?? null)))
    dire('titre', 'Cette organisation tient déjà un acte de cette nature sous ce titre : ouvrez-le, ou changez le titre.');
  return erreurs;
}

/** What parties signed says these: changed afterwards, it is said why, and each is asked again. */
const liste = (...v: readonly (string | number)[]): string => [...v].map(String).sort().join('|');
const SIGNES = [
  ['titre', (a: Acte) => a.titre, (v: SaisieConvention) => v.titre],
  ['objet', (a: Acte) => a.objet, (v: SaisieConvention) => v.objet],
  ['qui le tient', (a: Acte) => a.porteurId, (v: SaisieConvention) => v.porteur],
  ['revues', (a: Acte) => a.revueMois, (v: SaisieConvention) => v.revue],
  ['territoires', (a: Acte) => liste(...a.territoires), (v: SaisieConvention) => liste(...v.territoires)],
  ['périmètre', (a: Acte) => a.lieu, (v: SaisieConvention) => v.lieu],
  ['ce qui est interdit ou promis', (a: Acte) => a.interdits, (v: SaisieConvention) => v.interdits],
  [
    'jours, heures ou saison',
    (a: Acte) => [liste(...a.jours), a.heureDe, a.heureA, a.saisonDe, a.saisonA].join(' '),
    (v: SaisieConvention) => [liste(...v.jours), v.heure_de, v.heure_a, v.saison_de, v.saison_a].join(' '),
  ],
] as const;
export const changementsDe = (a: Acte, v: SaisieConvention): string[] => SIGNES.flatMap(([mot, avant, apres]) => (avant(a) === apres(v) ? [] : [mot]));
export const datesDe = (a: Acte): Dates => ({ effet: a.effet, fin: a.fin, preavis: a.preavisJours, reconduction: a.reconductionMois });
/** Its own time: once a party said that it signed, it changes when each of them says so, as by an avenant. */
const DATES = [
  ['date d’effet', 'effet', (d: Dates) => (d.effet ? jour(d.effet) : 'aucune')],
  ['date de fin', 'fin', (d: Dates) => (d.fin ? jour(d.fin) : 'aucune')],
  ['préavis', 'preavis', (d: Dates) => `${d.preavis} jours`],
  ['reconduction', 'reconduction', (d: Dates) => (d.reconduction ? `${d.reconduction} mois` : 'aucune')],
] as const;
/** « date de fin » ; « date de fin, 31 décembre 2030 au lieu du 31 décembre 2028 ». */
export const datesChangees = (avant: Dates, v: Dates): { champ: string; mot: string; dit: string }[] =>
  DATES.flatMap(([mot, champ, dire]) => (avant[champ] === v[champ] ? [] : [{ champ, mot, dit: `${mot}, ${dire(v)} au lieu de ${dire(avant)}` }]));
/** A party that stays says that it signed, and who writes does not speak for it. */
export const attendentLesParties = (parties: readonly Partie[], parElle: (organisation: string | null) => boolean): boolean =>
  parties.some((p) => p.organisationId !== null && p.retireeLe === null && p.aConfirme && !parElle(p.organisationId));
/** Parties said to have signed what the act was: they are asked again. What one denies, it denies still. */
export const aRouvrir = (parties: readonly Partie[]): Partie[] =>
  parties.filter((p) => p.organisationId !== null && p.retireeLe === null && compte('signature', p.etat));
