/** Places from the terminal: a public file, or who puts them in every night. */
import { basename } from 'node:path';
import { exiger } from '../../../core/command.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { invalide } from '../../../core/errors.ts';
import { lireDate } from '../../../core/jours.ts';
import type { Commande } from '../../../core/module.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Registres } from '../registres.contexte.ts';
import { importerLieux } from './importer.ts';
import { LISTE_DES_TYPES } from './lieux.rules.ts';
import { rattacherTout } from './rattacher.ts';

export const commandesDesLieux = (r: Pick<Registres, 'appliquerFaits'>): Record<string, Commande> => ({
  'lieux importer': {
    argument: '<fichier>',
    sens: 'Ajoute ou met à jour des lieux datés (GeoJSON, ou tableau avec lon et lat), puis rattache les enregistrements.',
    obligatoires: [
      ['--type <type>', 'type de lieu, de la liste « types-de-lieu » du contrat'],
      ['--source <source>', 'd’où vient le fichier'],
      ['--licence <licence>', 'licence de réutilisation'],
    ],
    options: [
      ['--depuis <jour>', 'jour à partir duquel les lieux sont ainsi ; sans lui, ce qui diffère corrige ce qui était su'],
      ['--fermer', 'les lieux absents du fichier finissent la veille de « --depuis »'],
      ['--essai', 'dit ce qui changerait, sans rien écrire'],
    ],
    executer: async ({ p, db, args, options }) => {
      const catalogue = await getCatalogue(p.owner, p.contratId);
      const type = exiger(options.type, 'type');
      const types = catalogue.listes.get(LISTE_DES_TYPES) ?? [];
      if (!types.some((t) => t.code === type)) throw invalide(`« ${type} » n’est pas un type de lieu du contrat : ${types.map((t) => t.code).join(', ')}.`);
      const jour = lireDate(typeof options.depuis === 'string' ? options.depuis : '');
      if (!jour.ok) throw invalide(jour.message);
      const fichier = exiger(args[0], 'fichier');
      const b = await importerLieux(db, {
        contratId: p.contratId,
        emprise: catalogue.contrat.emprise,
        chemin: fichier,
        fichier: basename(fichier),
        type,
        depuis: jour.valeur,
        fermer: options.fermer === true,
        source: exiger(options.source, 'source'),
        licence: exiger(options.licence, 'licence'),
        auteur: 'Commande « lieux importer »',
        quand: new Date(),
        essai: options.essai === true,
        dans: (f) => inTransaction(db, { contratId: p.contratId }, f),
      });
      const suite = options.essai === true ? null : await rattacherTout(db, r, p.contratId);
      const texte = [
        `${b.nouveaux} nouveaux, ${b.changes} changés, ${b.fermes} terminés, ${b.connus} déjà connus`,
        ...b.avertissements,
        suite ? `${suite.rattaches} enregistrements rattachés, sur ${suite.examines}` : 'Essai : rien n’a été écrit.',
      ];
      return { json: { ...b, ...suite }, texte: texte.join('\n') };
    },
  },
  'lieux rattacher': {
    sens: 'Rattache chaque enregistrement aux lieux de son jour ; ne change rien quand tout est juste.',
    executer: async ({ p, db }) => {
      const b = await rattacherTout(db, r, p.contratId);
      return { json: b, texte: `${b.rattaches} enregistrements rattachés, sur ${b.examines}` };
    },
  },
});
