/** The contract from the terminal: how much of it is served, its boundaries, its signed wording. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { direImport, exiger } from '../../core/command.ts';
import { servedOf } from '../../core/house.ts';
import type { Commande } from '../../core/module.ts';
import { getCatalogue } from './contrats.queries.ts';
import { couvrir } from './couverture.rules.ts';
import { couvertureEnMarkdown, detaillerCouverture, direCouverture, direLesLangues } from './couverture.texte.ts';
import { lireDossier } from './demonstration.files.ts';
import { direVoies } from './voies.rules.ts';
import { importerTexte } from './importer-texte.ts';
import { importerContours } from './territoires/importer.ts';

export const commandes: Record<string, Commande> = {
  couverture: {
    options: [
      ['--details', 'un dispositif par ligne, avec ce qui lui manque'],
      ['--sortie <fichier>', 'fichier à écrire, en Markdown'],
    ],
    sens: 'Ce que Concorde sert du contrat : fiches, lignes, indicateurs, mesures, dispositifs ; code 1 si un dispositif ne demande rien, ou si une mesure n’a aucune voie par où arriver. Compte aussi, par langue, les mots du formulaire public à traduire.',
    executer: async ({ p, house, options, config }) => {
      const catalogue = await getCatalogue(p.owner, p.contratId);
      const fichiers = await lireDossier(join(config.dossierContrats, p.slug));
      const langues = house.modules.flatMap((m) => m.aTraduire?.(fichiers) ?? []);
      const servi = await servedOf(house, p.owner, p.contratId);
      const c = couvrir(catalogue, house, servi);
      if (typeof options.sortie === 'string') await writeFile(options.sortie, couvertureEnMarkdown(catalogue, house, servi));
      return {
        json: { ...c, langues },
        texte: [
          ...direCouverture(c),
          direVoies(c.mesures.voies),
          ...direLesLangues(langues),
          ...(options.details ? detaillerCouverture(catalogue, servi) : []),
        ].join('\n'),
        code: c.systemes.nonServis > 0 || c.mesures.sansVoie.length > 0 ? 1 : 0,
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
