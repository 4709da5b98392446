/** Publications from the terminal. */
import { writeFile } from 'node:fs/promises';
import { direImport, exiger, MauvaisUsage } from '../../core/command.ts';
import type { Commande } from '../../core/module.ts';
import { getCatalogue } from '../contrats/index.ts';
import { hasDemonstration } from '../comptes/index.ts';
import { getFormulaire } from '../indicateurs/index.ts';
import { territoireDe } from './bilan/bilan.contenu.ts';
import { ecrireBilan } from './bilan/bilan.ecrire.ts';
import { importerSsmsi } from './ssmsi/ssmsi.ts';

export const commandes: Record<string, Commande> = {
  'importer ssmsi': {
    argument: '<fichier-ou-url>',
    sens: 'Ajoute la délinquance enregistrée, comme série de contexte.',
    executer: async ({ p, db, args }) =>
      direImport(await importerSsmsi({ db, catalogue: await getCatalogue(db, p.contratId), source: exiger(args[0], 'fichier-ou-url') })),
  },
  bilan: {
    obligatoires: [
      ['--annee <annee>', 'par exemple 2026'],
      ['--format <format>', 'pdf, docx, xlsx, html ou csv'],
      ['--sortie <fichier>', 'fichier à écrire'],
    ],
    options: [
      ['--mairie <mairie>', 'par exemple 18 ; tout le contrat sans elle'],
      ['--annexes', 'avec toutes les mesures et toutes les actions'],
      ['--partenaires', 'avec les décisions en entier ; sans elle, ce que tout le monde peut lire'],
    ],
    sens: 'Écrit le bilan annuel, pour tout le contrat ou un territoire.',
    executer: async ({ p, db, options, config }) => {
      const annee = exiger(options.annee, '--annee');
      const format = exiger(options.format, '--format');
      const sortie = exiger(options.sortie, '--sortie');
      if (!/^\d{4}$/.test(annee)) throw new MauvaisUsage(`« ${annee} » n’est pas une année.`);
      if (format !== 'pdf' && format !== 'docx' && format !== 'xlsx' && format !== 'html' && format !== 'csv')
        throw new MauvaisUsage(`Format « ${format} » inconnu : pdf, docx, xlsx, html ou csv.`);
      const catalogue = await getCatalogue(db, p.contratId);
      const territoire = typeof options.mairie === 'string' ? territoireDe(catalogue, options.mairie) : catalogue.racine.id;
      if (!territoire) throw new MauvaisUsage(`Aucun territoire de ce contrat ne s’appelle « ${String(options.mairie)} ».`);
      const contenu = await ecrireBilan(db, await getFormulaire(db, p.contratId), {
        annee: Number(annee),
        territoireId: territoire,
        format,
        maintenant: new Date(),
        annexes: options.annexes === true,
        pour: options.partenaires === true ? 'partenaires' : 'public',
        demonstration: config.demonstration || (await hasDemonstration(p.owner, p.contratId)),
      });
      await writeFile(sortie, contenu);
      return { json: { sortie, octets: contenu.length }, texte: `Bilan ${annee} écrit dans ${sortie} (${contenu.length} octets)` };
    },
  },
};
