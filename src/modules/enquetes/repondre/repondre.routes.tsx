/** The public form: anonymous by what is written (counts alone) and by what is not (no account, no address, no digest of the answers). */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Langue } from '../definition/definition.schema.ts';
import { AvisPage, FormulairePage } from '../pages/FormulairePage.tsx';
import { compterReponse, getInvitation, getVague, servir, type Vague } from '../vagues/vagues.queries.ts';
import { etatDe } from '../vagues/vagues.rules.ts';
import { direJour, MOTS } from './mots.ts';
import { lireReponse, lireSaisie, type Saisie } from './reponse.rules.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';

const ANONYME = { anonyme: true, uneReponse: true, secrete: true, creation: true } as const;
const LECTURE = { secrete: true } as const;

function langueDe(c: Contexte, v: Vague | null): Langue {
  const dite = texte(c.corps.langue) || texte(c.requete.langue);
  return dite === 'en' && (v === null || v.definition.langues.includes('en')) ? 'en' : 'fr';
}
const balise = (langue: Langue) => (langue === 'fr' ? {} : { langue });

const avis = (langue: Langue, titre: string, dit: readonly string[], statut = 200): Reponse =>
  page({ titre, statut, ...balise(langue), corps: <AvisPage titre={titre} texte={dit} langue={langue} /> });

/** Why nobody may answer now; null when one may. */
function fermee(v: Vague, langue: Langue, aujourdhui: string): Reponse | null {
  const mots = MOTS[langue];
  const etat = etatDe(v, aujourdhui);
  if (etat === 'ouverte') return null;
  const dit = etat === 'a-venir' ? mots.pasOuverte(direJour(v.debut, langue)) : mots.finie(direJour(v.fin < aujourdhui ? v.fin : aujourdhui, langue));
  return avis(langue, v.definition.titre[langue], [dit], 410);
}

const formulaire = (v: Vague, langue: Langue, action: string, saisie: Saisie = new Map(), erreurs: readonly ErreurDeChamp[] = []): Reponse =>
  page({
    titre: v.definition.titre[langue],
    statut: erreurs.length > 0 ? 422 : 200,
    ...balise(langue),
    corps: <FormulairePage enquete={v.definition} langue={langue} action={action} fin={v.fin} saisie={saisie} erreurs={erreurs} />,
  });

/** Reads what was answered; `prendre`: takes the right to answer, last, so that what is to be corrected costs nothing. */
async function recevoir(c: Contexte, v: Vague, action: string, prendre: () => Promise<boolean>): Promise<Reponse> {
  const langue = langueDe(c, v);
  const close = fermee(v, langue, jourDe(c.maintenant));
  if (close) return close;
  const saisie = lireSaisie(v.definition, c.corps);
  const lue = lireReponse(v.definition, saisie, langue);
  if (!lue.ok) return formulaire(v, langue, action, saisie, lue.erreurs);
  if (!(await prendre())) return avis(langue, v.definition.titre[langue], [MOTS[langue].servie], 410);
  await compterReponse(c.db, c.contrat.id, v.id, lue.reponse);
  return redirige(`/enquetes/merci${langue === 'fr' ? '' : `?langue=${langue}`}`);
}

const surInvitation = (v: Vague, langue: Langue): Reponse => avis(langue, v.definition.titre[langue], [MOTS[langue].surInvitation], 403);

async function parInvitation(c: Contexte, tenue: boolean): Promise<{ v: Vague; utilisee: boolean; jeton: string }> {
  const jeton = c.params.invitation ?? '';
  const invitation = await getInvitation(c.db, c.contrat.id, jeton);
  const v = invitation && (await getVague(c.db, c.contrat.id, invitation.vagueId, tenue));
  if (!v || !invitation) throw introuvable('Cette invitation');
  return { v, utilisee: invitation.utilisee, jeton };
}

export const repondreRoutes: Route[] = [
  get('/enquetes/merci', acces.public, (c) => {
    const langue = langueDe(c, null);
    return avis(langue, MOTS[langue].merci, [MOTS[langue].merciTexte, MOTS[langue].resultats]);
  }),
  /** 200 the form; 410 before it opens and after it ends; 403 when it is answered by invitation; 404 unknown. */
  get(
    '/enquetes/vagues/:vague/repondre',
    acces.public,
    async (c) => {
      const v = await getVague(c.db, c.contrat.id, c.params.vague ?? '');
      if (!v) throw introuvable('Cette enquête');
      const langue = langueDe(c, v);
      if (v.acces === 'invitation') return surInvitation(v, langue);
      return fermee(v, langue, jourDe(c.maintenant)) ?? formulaire(v, langue, `/enquetes/vagues/${v.id}/repondre`);
    },
    LECTURE,
  ),
  /** 303 counted, once for a form however often it is sent; 422 with what was typed; 410 closed; 403 by invitation; 429 too many from an address. */
  post(
    '/enquetes/vagues/:vague/repondre',
    acces.public,
    async (c) => {
      const v = await getVague(c.db, c.contrat.id, c.params.vague ?? '', true);
      if (!v) throw introuvable('Cette enquête');
      if (v.acces === 'invitation') return surInvitation(v, langueDe(c, v));
      return recevoir(c, v, `/enquetes/vagues/${v.id}/repondre`, () => Promise.resolve(true));
    },
    { ...ANONYME, parMinute: 30 },
  ),
  /** 200 the form; 410 when it served, before it opens and after it ends; 404 no such invitation. */
  get(
    '/enquetes/invitation/:invitation',
    acces.public,
    async (c) => {
      const { v, utilisee, jeton } = await parInvitation(c, false);
      const langue = langueDe(c, v);
      const close = fermee(v, langue, jourDe(c.maintenant));
      if (close) return close;
      return utilisee ? avis(langue, v.definition.titre[langue], [MOTS[langue].servie], 410) : formulaire(v, langue, `/enquetes/invitation/${jeton}`);
    },
    { ...LECTURE, parMinute: 60 },
  ),
  /** 303 counted; 422 with what was typed, the invitation still good; 410 when it served or the wave is closed; 404 no such invitation. */
  post(
    '/enquetes/invitation/:invitation',
    acces.public,
    async (c) => {
      const { v, jeton } = await parInvitation(c, true);
      return recevoir(c, v, `/enquetes/invitation/${jeton}`, () => servir(c.db, c.contrat.id, jeton));
    },
    { ...ANONYME, parMinute: 30 },
  ),
];
