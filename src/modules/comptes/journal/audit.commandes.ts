/** The audit trail, exported, verified, sealed, purged. */
import { join } from 'node:path';
import { exiger } from '../../../core/command.ts';
import type { Commande, CommandeHorsLigne } from '../../../core/module.ts';
import { ajouterSceau, cosignerAudit, exporterAudit, verifierAudit } from './commandes.ts';
import { purgerAudit } from './journal.queries.ts';
import { CLE_AUDIT, scellerLaTete } from './sceaux.ts';

export const commandesAudit: Record<string, Commande> = {
  'audit exporter': {
    obligatoires: [['--sortie <fichier>', 'fichier à écrire']],
    sens: 'Écrit tout le journal d’audit du contrat, vérifiable ailleurs par « audit verifier ».',
    executer: async ({ p, db, options }) => {
      const sortie = exiger(options.sortie, '--sortie');
      await exporterAudit(db, { id: p.contratId, slug: p.slug }, sortie, new Date());
      return { json: { sortie }, texte: `Journal d’audit écrit dans ${sortie}` };
    },
  },
  'audit sceller': {
    argument: '[sceau]',
    sens: 'Scelle la dernière entrée avec la clé de la plateforme, ou ajoute le sceau d’un autre signataire.',
    executer: async ({ p, db, args, config }) => {
      const c = { id: p.contratId, slug: p.slug };
      if (args[0]) {
        const s = await ajouterSceau(db, c, args[0]);
        return { json: s, texte: `${s.nouveau ? 'Sceau ajouté' : 'Sceau déjà connu'} : ${s.signataire}, entrée ${s.numero}` };
      }
      const s = await scellerLaTete(db, c, join(config.dossier, CLE_AUDIT), new Date());
      return { json: { sceau: s }, texte: s ? `Scellé jusqu’à l’entrée ${s.numero}` : 'Rien de nouveau à sceller.' };
    },
  },
  'audit purger': {
    options: [['--motif <phrase>', 'pourquoi, gardé avec la purge']],
    sens: 'Ôte les entrées plus anciennes que CONCORDE_AUDIT_MOIS ; ce qui reste se vérifie encore.',
    executer: async ({ p, config, options }) => {
      const motif = typeof options.motif === 'string' ? options.motif : `durée de conservation de ${config.auditMois} mois`;
      const nombre = await purgerAudit(p.owner, p.contratId, { mois: config.auditMois, motif, maintenant: new Date() });
      return { json: { purgees: nombre }, texte: `${nombre} entrées ôtées` };
    },
  },
};

export const commandesHorsLigne: Record<string, CommandeHorsLigne> = {
  'audit verifier': {
    argument: '<fichier>',
    sens: 'Vérifie un export du journal d’audit, sans base ni réseau ; code 1 et première entrée fautive s’il a été touché.',
    executer: async ({ args }) => {
      const v = await verifierAudit(exiger(args[0], 'fichier'));
      const donnees =
        v.datesDonnees > 0 ? [`  ${v.datesDonnees} dates données par qui a écrit (démonstration, commandes du propriétaire), les autres par la base`] : [];
      const sceaux = v.sceaux.map((s) => `  scellé par ${s.signataire} jusqu’à l’entrée ${s.numero}`);
      return {
        json: {
          entrees: v.entrees,
          valide: v.valide,
          premiereRupture: v.premiereRupture,
          datesDonnees: v.datesDonnees,
          ...(v.motif ? { motif: v.motif } : {}),
          sceaux: v.sceaux,
        },
        texte: v.valide
          ? [`${v.entrees} entrées, chaîne intacte`, ...donnees, ...sceaux].join('\n')
          : `Chaîne rompue à l’entrée ${v.premiereRupture} : ${v.motif}`,
        code: v.valide ? 0 : 1,
      };
    },
  },
  'audit cosigner': {
    argument: '<fichier>',
    obligatoires: [
      ['--cle <cle.pem>', 'clé du signataire, créée si elle n’existe pas'],
      ['--nom <nom>', 'nom du signataire'],
      ['--sortie <sceau.json>', 'sceau à écrire'],
    ],
    sens: 'Vérifie un export puis scelle sa dernière entrée avec la clé d’un autre signataire (créée si elle n’existe pas).',
    executer: async ({ args, options }) => {
      const [fichier, cle, nom, sortie] = [
        exiger(args[0], 'fichier'),
        exiger(options.cle, '--cle'),
        exiger(options.nom, '--nom'),
        exiger(options.sortie, '--sortie'),
      ];
      const s = await cosignerAudit({ fichier, cle, nom, sortie, quand: new Date() });
      return { json: { numero: s.numero, signataire: s.signataire, sortie }, texte: `Scellé par ${s.signataire} jusqu’à l’entrée ${s.numero} : ${sortie}` };
    },
  },
};
