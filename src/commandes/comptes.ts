/** Accounts from the terminal: the first one, before anyone can sign in. */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { DROITS } from '../droits.ts';
import { buildMatrice, createCompte, enMarkdown, faiblesse, hacher } from '../modules/comptes/index.ts';
import { type Commande, type CommandeHorsLigne, exiger, MauvaisUsage } from './commande.ts';

export const commandesDroits: Record<string, CommandeHorsLigne> = {
  droits: {
    options: [['--sortie <fichier>', 'fichier à écrire']],
    sens: 'La matrice des droits, rôle par rôle, tirée des règles que l’application applique.',
    executer: async ({ options }) => {
      const matrice = buildMatrice(DROITS);
      if (typeof options.sortie === 'string') await writeFile(options.sortie, enMarkdown(matrice));
      return { json: matrice, texte: typeof options.sortie === 'string' ? `Droits écrits dans ${options.sortie}` : enMarkdown(matrice) };
    },
  },
};

export const commandesComptes: Record<string, Commande> = {
  'comptes creer-admin': {
    obligatoires: [
      ['--courriel <adresse>', 'adresse électronique de la personne'],
      ['--nom <nom>', 'prénom et nom'],
    ],
    options: [['--organisation <acteur>', 'identifiant d’un acteur du contrat ; le premier signataire sans elle']],
    sens: 'Crée un premier compte d’administration ; le mot de passe vient de CONCORDE_MOT_DE_PASSE, sinon il est tiré au sort et affiché une fois.',
    executer: async ({ p, options }) => {
      const courriel = exiger(options.courriel, '--courriel');
      const nom = exiger(options.nom, '--nom');
      const fourni = process.env.CONCORDE_MOT_DE_PASSE;
      const motDePasse = fourni || `${randomBytes(12).toString('base64url')}-Aa1`;
      const faible = faiblesse(motDePasse);
      if (faible) throw new MauvaisUsage(faible);
      const organisationId = typeof options.organisation === 'string' ? options.organisation : (p.catalogue.contrat.signataires[0]?.acteur ?? '');
      if (!p.catalogue.acteurs.has(organisationId)) throw new MauvaisUsage(`L’organisation « ${organisationId} » n’est pas un acteur du contrat.`);
      const id = await createCompte(p.owner, p.contratId, {
        courriel,
        nom,
        fonction: 'Administration',
        organisationId,
        motDePasse: await hacher(motDePasse),
        demonstration: false,
        ordre: 0,
        mandats: [
          { role: 'administrateur', territoireId: null, fiche: null },
          { role: 'coordination', territoireId: null, fiche: null },
        ],
        accordePar: 'commande',
        debut: new Date().toISOString().slice(0, 10),
      });
      if (!id) throw new MauvaisUsage(`Un compte utilise déjà l’adresse ${courriel}.`);
      return { json: { id }, texte: `Compte créé pour ${courriel}.${fourni ? '' : `\nMot de passe (affiché une seule fois) : ${motDePasse}`}` };
    },
  },
};
