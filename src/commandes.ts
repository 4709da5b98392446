/** Is this installation fit to serve? For the person at the terminal, and for a monitor that reads exit codes. */
import { openCoffre } from './core/coffre.ts';
import { diagnostiquer, listRendezvous } from './exploitation.ts';
import { drawHouse } from './core/house.ts';
import type { Commande, CommandeHorsLigne, House } from './core/module.ts';

const SIGNES = { bon: 'ok', alerte: '!!', faute: 'XX' } as const;

/** The house, as docs/architecture.md draws it. */
const commandesMaison: Record<string, CommandeHorsLigne> = {
  maison: {
    sens: 'Les modules, du haut en bas, et ceux sur lesquels chacun repose.',
    executer: async ({ house }) => ({ json: house.modules.map(({ code, plan, depend }) => ({ code, plan, depend })), texte: drawHouse(house) }),
  },
};

const commandesExploitation: Record<string, Commande> = {
  preparer: {
    sens: 'Prépare la base (schéma, contrat, comptes de service) sans servir : pour une machine qui n’aura pas DATABASE_URL.',
    executer: async ({ p }) => {
      const comptes = [
        ...new Set(
          [p.acces.service, p.acces.travaux, p.acces.public, p.acces.nominatif]
            .flatMap((url) => (url ? [url] : []))
            .map((url) => decodeURIComponent(new URL(url).username)),
        ),
      ];
      return { json: { contrat: p.slug, comptes }, texte: `Base prête pour le contrat ${p.slug}, servi par ${comptes.join(', ')}` };
    },
  },
  diagnostic: {
    sens: 'Vérifie versions, comptes de la base, index, travaux, courriels, disque, horloge, sauvegardes, et dit que faire ; code 1 s’il y a à réparer.',
    executer: async ({ p, bases, config, house }) => {
      const contrat = { id: p.contratId, slug: p.slug };
      const rendezvous = listRendezvous({ contrat, coffre: await openCoffre(config.dossier), config, house });
      const constats = await diagnostiquer({ bases, contratId: p.contratId, config, rendezvous });
      return {
        json: constats,
        texte: constats.map((k) => `${SIGNES[k.etat]}  ${k.sujet.padEnd(38)} ${k.constat}${k.conseil ? `\n      ${k.conseil}` : ''}`).join('\n'),
        code: constats.some((k) => k.etat === 'faute') ? 1 : 0,
      };
    },
  },
};

/** All that `concorde` can do: what needs a base, and what needs none. */
export const commandesDe = (house: House): { avecBase: Readonly<Record<string, Commande>>; horsLigne: Readonly<Record<string, CommandeHorsLigne>> } => ({
  avecBase: { ...house.commandes, ...commandesExploitation },
  horsLigne: { ...house.commandesHorsLigne, ...commandesMaison },
});
