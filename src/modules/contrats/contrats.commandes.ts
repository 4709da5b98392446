/** The contract from the terminal: how much of it is served, its boundaries, its signed wording. */
import { direImport, exiger } from '../../core/command.ts';
import type { Commande } from '../../core/module.ts';
import { getCatalogue } from './contrats.queries.ts';
import { couvrir, etatSysteme, listExistants } from './couverture.rules.ts';
import { importerTexte } from './importer-texte.ts';
import { importerContours } from './territoires/importer.ts';

export const commandes: Record<string, Commande> = {
  couverture: {
    options: [['--details', 'un dispositif par ligne']],
    sens: 'Ce que Concorde sert du contrat : fiches, lignes, indicateurs, mesures, dispositifs.',
    executer: async ({ p, house, options }) => {
      const catalogue = await getCatalogue(p.owner, p.contratId);
      const existants = listExistants(
        catalogue,
        house.modules.map((m) => m.code),
        house.sources.map((s) => s.nom),
      );
      const c = couvrir(catalogue, existants);
      const details = [...catalogue.systemes.values()].map(
        (s) => `  ${etatSysteme(s, existants).padEnd(10)} ${s.id.padEnd(12)} ${s.porte_par ?? '–'}  ${s.nom}`,
      );
      return {
        json: c,
        texte: [
          `${c.fiches} fiches, ${c.lignes} lignes d’action, ${c.indicateurs} indicateurs`,
          `${c.mesures.total} mesures : ${c.mesures.calcul} calculées, ${c.mesures.collecte} collectées, ${c.mesures.narratif} récits, ${c.mesures.enquete} enquêtes`,
          `${c.systemes.total} dispositifs : ${c.systemes.servis} servis, ${c.systemes.prevus} prévus, ${c.systemes.nonServis} sans réponse`,
          ...(options.details ? details : []),
        ].join('\n'),
        code: c.systemes.nonServis > 0 ? 1 : 0,
      };
    },
  },
  'territoires importer': {
    argument: '<fichier-ou-url>',
    sens: 'Ajoute les contours officiels des territoires (GeoJSON).',
    executer: async ({ p, args }) => direImport(await importerContours(p.owner, await getCatalogue(p.owner, p.contratId), exiger(args[0], 'fichier-ou-url'))),
  },
  'contrat importer-texte': {
    argument: '<fichier>',
    sens: 'Attache le texte signé aux fiches, objectifs et lignes.',
    executer: async ({ p, args }) => direImport(await importerTexte(p.owner, await getCatalogue(p.owner, p.contratId), exiger(args[0], 'fichier'))),
  },
};
