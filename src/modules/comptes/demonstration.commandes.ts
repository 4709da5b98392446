/** Leaving a demonstration for good, from the terminal. */
import { jourDe } from '../../core/clock.ts';
import type { Commande } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { countMandatsDeDemonstration, listComptesDeDemonstration, quitterDemonstration, retirerDemonstration } from './demonstration.queries.ts';

export const commandesDemonstration: Record<string, Commande> = {
  'demonstration retirer': {
    options: [['--confirmer', 'fermer vraiment ; sans cette option, rien ne change']],
    sens: 'Montre, puis ferme, les comptes fictifs et ceux qui ont été ouverts pendant la démonstration. Serveur arrêté.',
    executer: async ({ p, options, house }) => {
      const maintenant = new Date();
      const comptes = await listComptesDeDemonstration(p.owner, p.contratId);
      const ids = comptes.map((c) => c.id);
      const mandats = await countMandatsDeDemonstration(p.owner, p.contratId, ids, jourDe(maintenant));
      const fait = options.confirmer === true;
      if (fait) {
        await p.owner.transaction().execute((tx) => quitterDemonstration(tx, p.contratId, house.titres, maintenant));
        await p.owner.transaction().execute((tx) => retirerDemonstration(tx, p.contratId, comptes, maintenant, house.titres));
      }
      const dire = (c: { nom: string; courriel: string }) => `  ${c.nom}, ${c.courriel}`;
      const [fictifs, invites] = [comptes.filter((c) => c.fictif), comptes.filter((c) => !c.fictif)];
      return {
        json: { fait, fictifs: fictifs.length, ouvertsPendant: invites.length, mandats },
        texte: [
          `${pluriel(fictifs.length, 'compte fictif', 'comptes fictifs')}${fictifs.length > 0 ? ' :' : ''}`,
          ...fictifs.map(dire),
          `${pluriel(invites.length, 'compte ouvert', 'comptes ouverts')} pendant la démonstration, par invitation${invites.length > 0 ? ' :' : ''}`,
          ...invites.map(dire),
          `${pluriel(mandats, 'mandat donné', 'mandats donnés')} pendant la démonstration à d’autres comptes`,
          fait
            ? 'Fermés. Sessions, jetons, adresses de calendrier, liens et invitations de la démonstration ont pris fin.'
            : 'Rien n’a été changé. Pour les fermer : la même commande avec --confirmer.',
          'Les enregistrements fictifs restent, et chaque page le dit. Pour de vraies données, partez d’une base vide (CONCORDE_DATA ou DATABASE_URL).',
        ].join('\n'),
      };
    },
  },
};
