/** Publications from the terminal. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { horloge } from '../../core/clock.ts';
import { direImport, exiger, MauvaisUsage } from '../../core/command.ts';
import type { Commande } from '../../core/module.ts';
import { getCatalogue } from '../contrats/index.ts';
import { hasDemonstration } from '../comptes/index.ts';
import { getFormulaire } from '../indicateurs/index.ts';
import { enumerer } from '../../ui/typographie.ts';
import { anneesDe, territoireDe } from './bilan/bilan.contenu.ts';
import { ecrireBilan } from './bilan/bilan.ecrire.ts';
import { importerSerie } from './contexte/importer.ts';
import { listSeries } from './contexte/serie.schema.ts';

export const commandes: Record<string, Commande> = {
  'importer contexte': {
    argument: '<fichier-ou-url>',
    obligatoires: [['--serie <serie>', 'code d’une série du contrat, par exemple delinquance-enregistree']],
    options: [['--second <fichier-ou-url>', 'second fichier, quand la série en demande un']],
    sens: 'Importe un fichier de producteur comme version suivante d’une série de contexte.',
    executer: async ({ p, db, args, options, config }) => {
      const series = await listSeries(join(config.dossierContrats, p.slug));
      const serie = series.find((s) => s.code === exiger(options.serie, '--serie'));
      if (!serie) throw new MauvaisUsage(`Aucune série « ${String(options.serie)} » dans ce contrat. Séries : ${series.map((s) => s.code).join(', ')}.`);
      const sources = [exiger(args[0], 'fichier-ou-url'), ...(options.second === undefined ? [] : [exiger(options.second, '--second')])];
      return direImport(
        await importerSerie({ db, catalogue: await getCatalogue(db, p.contratId), serie, sources, noms: sources.map((s) => basename(s)), par: 'commande' }),
      );
    },
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
      const maintenant = horloge();
      const annees = anneesDe(catalogue, maintenant);
      if (!annees.includes(Number(annee))) throw new MauvaisUsage(`Ce contrat n’a pas de bilan de ${annee} : ${enumerer(annees.map(String), 'ou')}.`);
      const territoire = typeof options.mairie === 'string' ? territoireDe(catalogue, options.mairie) : catalogue.racine.id;
      if (!territoire) throw new MauvaisUsage(`Aucun territoire de ce contrat ne s’appelle « ${String(options.mairie)} ».`);
      const contenu = await ecrireBilan(db, await getFormulaire(db, p.contratId), {
        annee: Number(annee),
        territoireId: territoire,
        format,
        maintenant,
        annexes: options.annexes === true,
        pour: options.partenaires === true ? 'partenaires' : 'public',
        demonstration: config.demonstration || (await hasDemonstration(p.owner, p.contratId)),
      });
      await writeFile(sortie, contenu);
      return { json: { sortie, octets: contenu.length }, texte: `Bilan ${annee} écrit dans ${sortie} (${contenu.length} octets)` };
    },
  },
};
