/** What only the contract, and the other acts, can tell of the form of an act. */
import type { ErreurDeChamp } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Catalogue } from '../contrats/index.ts';
import { tenuDe } from './conventions.contexte.ts';
import { peutTenir } from './conventions.policy.ts';
import { type Acte, getActe, listParties, mene, type Partie, tenirLesRemplacements } from './conventions.queries.ts';
import type { SaisieConvention } from './conventions.schema.ts';
import { estPris } from './ecriture.queries.ts';
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
const SIGNES = [
  ['date d’effet', (a: Acte) => a.effet, (v: SaisieConvention) => v.effet],
  ['date de fin', (a: Acte) => a.fin, (v: SaisieConvention) => v.fin],
  ['préavis', (a: Acte) => a.preavisJours, (v: SaisieConvention) => v.preavis],
  ['reconduction', (a: Acte) => a.reconductionMois, (v: SaisieConvention) => v.reconduction],
  ['objet', (a: Acte) => a.objet, (v: SaisieConvention) => v.objet],
] as const;
export const changementsDe = (a: Acte, v: SaisieConvention): string[] => SIGNES.flatMap(([mot, avant, apres]) => (avant(a) === apres(v) ? [] : [mot]));
/** Parties said to have signed what the act was: they are asked again. What one denies, it denies still. */
export const aRouvrir = (parties: readonly Partie[]): Partie[] =>
  parties.filter((p) => p.organisationId !== null && p.retireeLe === null && compte('signature', p.etat));
