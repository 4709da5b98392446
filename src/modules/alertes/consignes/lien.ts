/** The link by which who answers for a site says « read », without an account. Nothing of it is kept: the platform's key signs it. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Db } from '../../../core/base/database.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Services } from '../../../core/module.ts';
import { jour, jourEtHeure } from '../../../ui/typographie.ts';
import type { Diffusion, Envoi } from './consignes.queries.ts';

const USAGE = 'consigne';
type Cle = Pick<Envoi, 'id' | 'courriel'>;
export const CHEMIN_D_ACCUSE = '/consignes/:envoiDeConsigne/:sceauDeConsigne';
export const cheminDAccuse = (coffre: Coffre, e: Cle): string => `/consignes/${e.id}/${signerLien(coffre, USAGE, [e.id, e.courriel.toLowerCase()])}`;
export const estSigne = (coffre: Coffre, e: Cle, recue: string): boolean =>
  e.courriel !== '' && estLienSigne(coffre, USAGE, [e.id, e.courriel.toLowerCase()], recue);

/** What the queue of the mail shows: neither what is asked nor of whom. */
const DISCRETE = { discret: true, sujetGarde: 'Consigne' } as const;
const EXERCICE = 'EXERCICE EXERCICE EXERCICE : cette consigne est jouée, rien n’est à faire que d’en accuser réception.';

/** One letter for each site that has an address, their words whole: they are read where there is no screen. They leave before what waits. */
export async function envoyerConsigne(
  tx: Db,
  contratId: number,
  s: Pick<Services, 'coffre' | 'adresse'>,
  d: Diffusion,
  envois: readonly Envoi[],
  autorite: string,
): Promise<void> {
  const lettres = envois.filter(joignable).map((e) => ({
    a: e.courriel,
    sujet: sujetDe(d, `Consigne : ${d.titre}`),
    texte: [
      ...(d.exercice ? [EXERCICE] : []),
      saluer(e),
      `${autorite} demande, depuis le ${jourEtHeure(d.ordonneeLe)}, pour ${e.nom} :`,
      d.points.map((p) => `- ${p}`).join('\n'),
      ...(d.precisionDite ? [d.precisionDite] : []),
      `Dites que vous l’avez lu, avant le ${jour(d.duLe)}, d’un geste et sans compte :\n${s.adresse}${cheminDAccuse(s.coffre, e)}`,
      'Ce lien est pour vous seul : ne le transférez pas.',
    ].join('\n\n'),
    objet: objetDe(d),
    urgent: true,
    ...DISCRETE,
  }));
  await ajouterCourriels(tx, contratId, lettres, s.coffre);
}
export async function annoncerLevee(tx: Db, contratId: number, coffre: Coffre, d: Diffusion, envois: readonly Envoi[]): Promise<void> {
  const lettres = envois.filter(joignable).map((e) => ({
    a: e.courriel,
    sujet: sujetDe(d, `Consigne levée : ${d.titre}`),
    texte: [...(d.exercice ? [EXERCICE] : []), saluer(e), `La consigne « ${d.titre} » est levée pour ${e.nom}.`].join('\n\n'),
    objet: objetDe(d),
    ...DISCRETE,
  }));
  await ajouterCourriels(tx, contratId, lettres, coffre);
}
const joignable = (e: Envoi): boolean => e.courriel !== '';
const sujetDe = (d: Diffusion, dit: string): string => `${d.exercice ? '[EXERCICE] ' : ''}${dit}`;
const saluer = (e: Envoi): string => `Bonjour${e.personne ? ` ${e.personne}` : ''},`;
const objetDe = (d: Diffusion): string => `/alertes/consignes/${d.id}`;
