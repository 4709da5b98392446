/** Accounts from the terminal: the first ones, before anyone can sign in. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { exiger, MauvaisUsage } from '../../../core/command.ts';
import type { Commande, CommandeHorsLigne } from '../../../core/module.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { hacher } from '../mot-de-passe.ts';
import { faiblesse } from '../mot-de-passe.rules.ts';
import { buildMatrice, enMarkdown } from './matrice.rules.ts';
import { creerPremier, type PremierRole, RefusDePremier } from './premiers.ts';

export const commandesDroits: Record<string, CommandeHorsLigne> = {
  droits: {
    options: [['--sortie <fichier>', 'fichier à écrire']],
    sens: 'La matrice des droits, rôle par rôle, tirée des règles que l’application applique.',
    executer: async ({ options, house }) => {
      const matrice = buildMatrice(house.droits);
      if (typeof options.sortie === 'string') await writeFile(options.sortie, enMarkdown(matrice));
      return { json: matrice, texte: typeof options.sortie === 'string' ? `Droits écrits dans ${options.sortie}` : enMarkdown(matrice) };
    },
  },
};

const creer = (nomCourt: string, role: PremierRole, sens: string): Record<string, Commande> => {
  const nomComplet = `comptes creer-${nomCourt}`;
  return {
    [nomComplet]: {
      obligatoires: [
        ['--courriel <adresse>', 'adresse électronique de la personne'],
        ['--nom <nom>', 'prénom et nom'],
      ],
      options: [
        ['--organisation <acteur>', 'identifiant d’un acteur du contrat ; le premier signataire sans elle'],
        ['--secours', 'même s’il en existe déjà un : plus personne ne peut entrer. Les titulaires en sont prévenus'],
      ],
      sens,
      executer: async ({ p, options }) => {
        const courriel = exiger(options.courriel, '--courriel');
        const nom = exiger(options.nom, '--nom');
        const fourni = process.env.CONCORDE_MOT_DE_PASSE;
        const motDePasse = fourni || `${randomBytes(12).toString('base64url')}-Aa1`;
        const faible = faiblesse(motDePasse);
        if (faible) throw new MauvaisUsage(faible);
        const catalogue = await getCatalogue(p.owner, p.contratId);
        const organisationId = typeof options.organisation === 'string' ? options.organisation : (catalogue.contrat.signataires[0]?.acteur ?? '');
        if (!catalogue.acteurs.has(organisationId)) throw new MauvaisUsage(`L’organisation « ${organisationId} » n’est pas un acteur du contrat.`);
        const compte = { role, courriel, nom, organisationId, motDePasse: await hacher(motDePasse), secours: options.secours === true };
        const id = await creerPremier(p.owner, p.contratId, compte, new Date()).catch((e) => {
          throw e instanceof RefusDePremier ? new MauvaisUsage(e.message) : e;
        });
        return { json: { id }, texte: `Compte créé pour ${courriel}.${fourni ? '' : `\nMot de passe (affiché une seule fois) : ${motDePasse}`}` };
      },
    },
  };
};

export const commandesComptes: Record<string, Commande> = {
  ...creer(
    'admin',
    'administrateur',
    'Crée le premier compte d’administration technique ; le mot de passe vient de CONCORDE_MOT_DE_PASSE, sinon il est tiré au sort et affiché une fois.',
  ),
  ...creer('coordination', 'coordination', 'Crée le premier compte de coordination centrale, qui donne ensuite les mandats.'),
  ...creer('dpo', 'dpo', 'Crée le premier compte de délégué à la protection des données, qui confirme ce que la coordination propose.'),
};
