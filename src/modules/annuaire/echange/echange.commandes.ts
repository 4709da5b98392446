/** The directory from the terminal: a file of data·inclusion that someone brings in every week. */
import { basename } from 'node:path';
import { exiger } from '../../../core/command.ts';
import { inTransaction } from '../../../core/base/database.ts';
import type { Commande } from '../../../core/module.ts';
import { buildLocaliser, getCatalogue } from '../../contrats/index.ts';
import { direOu } from './bilan.ts';
import { importer } from './importer.ts';
import { lireEchange } from './lire.ts';

export const commandesDeLAnnuaire: Record<string, Commande> = {
  'annuaire importer': {
    argument: '<fichier>',
    sens: 'Ajoute ou met à jour des lieux et leurs services (data·inclusion v1 : JSON, ou tableau de structures ou de services).',
    executer: async ({ p, db, args }) => {
      const chemin = exiger(args[0], 'fichier');
      const catalogue = await getCatalogue(p.owner, p.contratId);
      const localiser = await buildLocaliser(p.owner, catalogue);
      const r = await inTransaction(db, { contratId: p.contratId }, (tx) =>
        importer(tx, {
          catalogue,
          localiser,
          auteur: { par: 'Commande « annuaire importer »', organisme: '', voie: 'commande', quand: new Date() },
          fichier: basename(chemin),
          lues: lireEchange(chemin, basename(chemin)),
        }),
      );
      const { structures: s, services, refusees, doublons } = r.bilan;
      const texte = [
        `${s.nouvelles} lieux nouveaux, ${s.changees} changés, ${s.inchangees} inchangés, ${services.ecrits} services, ${refusees} lignes refusées`,
        `${doublons.joints} fiches réunies, ${doublons.proposes} paires à décider`,
        ...r.fautes.slice(0, 50).map((f) => `${direOu(f)}${f.colonne ? `, ${f.colonne}` : ''} : ${f.message}`),
      ];
      return { json: r, texte: texte.join('\n'), code: refusees > 0 ? 1 : 0 };
    },
  },
};
