/** To who holds a seat: another person answered, for themselves as substitute, or in their name. Their own answer is the one that counts. */
import type { Contexte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { capitale, jour } from '../../../ui/typographie.ts';
import { nomEntier } from '../../instances/index.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { lienDe } from './convocation.ts';
import type { Invitation } from './invitation.contexte.tsx';

/** `dit`: what was answered, in words; of a restricted body, neither those nor any name: the link says them. Nobody is written to of what they said themselves. */
export async function ecrireAuTitulaire(
  c: Contexte,
  services: ServicesSeances,
  i: Invitation,
  dit: string,
  dates: readonly { jour: string }[] = [],
): Promise<void> {
  const { seance, instance, catalogue, participant: p, qui } = i;
  if (qui.voie === 'titulaire' || p.courriel === '' || p.parti) return;
  const quoi = i.discrete
    ? 'd’une réunion d’une instance dont vous êtes membre'
    : `de la séance « ${seance.titre} »${seance.jour ? ` du ${jour(seance.jour)}` : ''} (${nomEntier(instance, catalogue)})`;
  const de = dates.length > 0 ? `aux dates proposées ${quoi}` : `à la convocation ${quoi}`;
  const note = qui.par ? `, noté par ${qui.par}` : '';
  const discret =
    qui.voie === 'suppleant'
      ? `La personne qui vous supplée a répondu ${de}. Cette réponse est la sienne : elle ne remplace pas la vôtre.`
      : `Une réponse ${de} a été notée en votre nom.`;
  const phrase = i.discrete
    ? discret
    : qui.voie === 'suppleant'
      ? `${p.suppleantNom || 'La personne qui vous supplée'} a répondu ${de}, en suppléance${note} : ${dit}. Cette réponse est la sienne : elle ne remplace pas la vôtre.`
      : `${qui.par ? `${capitale(qui.par)} a noté` : 'Le lien de votre lettre a servi à donner'} en votre nom une réponse ${de} : ${dit}.`;
  await ajouterCourriel(
    c.db,
    c.contrat.id,
    {
      a: p.courriel,
      sujet: `Réponse ${qui.voie === 'suppleant' ? 'de votre suppléance' : 'en votre nom'} : ${i.discrete ? 'réunion' : nomEntier(instance, catalogue)}`,
      texte: [
        'Madame, Monsieur,',
        phrase,
        `${qui.voie === 'suppleant' ? 'Pour dire la vôtre' : 'Si ce n’est pas la vôtre, dites-le : votre réponse la remplace'} :\n${lienDe(c, services, i, p, p.courriel, dates)}`,
      ].join('\n\n'),
      objet: `/seances/${seance.id}`,
    },
    services.coffre,
  );
}
