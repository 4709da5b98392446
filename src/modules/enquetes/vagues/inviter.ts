/**
 * Invitations: each is one right to answer, whose token only its letter holds. Tokens are kept digested and in another order than letters;
 * addresses beside no token, digested with the key of the platform, until the wave closes.
 */
import { randomBytes } from 'node:crypto';
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { direJour } from '../repondre/mots.ts';
import { addInvitations, noterInvites, type Vague } from './vagues.queries.ts';

const lettre = (v: Vague, nom: string, lien: string): string => {
  const en = v.definition.langues.includes('en');
  return [
    'Bonjour,',
    `${nom} vous invite à répondre à une enquête : « ${v.definition.titre.fr} ».\n${v.definition.objet.fr}`,
    `Votre lien, qui vaut pour une réponse, jusqu’au ${jour(v.fin)} :\n${lien}`,
    'Vos réponses sont anonymes : elles s’ajoutent à des comptes, et aucune page ni aucun fichier ne dit ce que vous avez répondu.',
    ...(en
      ? [
          `---\n${nom} invites you to answer a survey: “${v.definition.titre.en}”.\nYour link, good for one answer, until ${direJour(v.fin, 'en')}:\n${lien}?langue=en\nYour answers are anonymous.`,
        ]
      : []),
  ].join('\n\n');
};

/** How many letters left; those invited before get none. */
export async function inviter(
  c: Contexte,
  v: Vague,
  adresses: readonly string[],
  o: { coffre: Coffre; adresse: string; nomDebiteur: string },
): Promise<{ envoyees: number; deja: number }> {
  const parEmpreinte = new Map(adresses.map((a) => [o.coffre.signer(`enquete ${v.id} ${a}`), a]));
  const neuves = await noterInvites(c.db, c.contrat.id, v.id, [...parEmpreinte.keys()]);
  const aEcrire = [...neuves].flatMap((e) => parEmpreinte.get(e) ?? []);
  const jetons = aEcrire.map(() => randomBytes(24).toString('base64url'));
  if (jetons.length > 0) await addInvitations(c.db, c.contrat.id, v.id, jetons);
  for (const [i, a] of aEcrire.entries()) {
    const texte = lettre(v, o.nomDebiteur, `${o.adresse}/enquetes/invitation/${jetons[i]}`);
    await ajouterCourriel(c.db, c.contrat.id, { a, sujet: `Votre avis : ${v.definition.titre.fr}`, texte, objet: `/enquetes/vagues/${v.id}` }, o.coffre);
  }
  return { envoyees: aEcrire.length, deja: adresses.length - aEcrire.length };
}
