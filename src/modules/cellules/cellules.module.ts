import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { entre } from '../../core/authorize.ts';
import { openCoffre } from '../../core/coffre.ts';
import { defineModule } from '../../core/module.ts';
import { pluriel } from '../../ui/typographie.ts';
import { ACTES } from './cellules.actes.ts';
import { accesCellules, DROITS } from './cellules.policy.ts';
import { buildRoutes, trousseauDe } from './cellules.routes.tsx';
import { SERT } from './cellules.sert.ts';
import { genererCelluleDemo, lireProfil } from './cellules.demo.ts';
import { getCharte, lireCharte } from './charte/charte.ts';
import { publiqueDe } from './cles/signature.ts';
import { purger } from './destruction/destruction.ts';
import { verifierCertificats } from './destruction/verifier.ts';
import { attenteDesCellules } from './cellules.journee.tsx';
import { figerLesNombres } from './nombres/figer.ts';
import { cloreLesPassees } from './seances/passees.ts';
import { relancer } from './situations/relances.ts';

/** An object that no world of tests has: doors are tried, what is behind is for the tests of this module. */
const AUCUN = '=00000000-0000-4000-8000-0000000000ce';

export default defineModule({
  code: 'cellules',
  libelle: 'Cellules',
  plan: 'nominatif',
  depend: ['contrats', 'documents'],
  services: ['coffre', 'adresse', 'dossierContrat', 'trousseau'],
  routes: buildRoutes,
  droits: DROITS,
  sert: SERT,
  sensibles: {
    objets: ['/cellules/:cellule'],
    dispenses: {
      '/cellules/:cellule/charte': 'la charte est la même pour tous ses membres, et ne dit personne',
      '/cellules/:cellule/charte/papier/:formatDeCharte': 'la charte, sur papier',
      '/cellules/:cellule/charte/changements': 'la charte, d’une version à l’autre',
      '/cellules/:cellule/reglement': 'la référence d’un acte du conseil et ses empreintes',
    },
  },
  actes: ACTES,
  journee: [attenteDesCellules],
  navigation: [{ cle: 'cellules', libelle: 'Cellules', href: '/cellules', menu: { section: 'seances', rang: 60 }, qui: (u) => entre(u, accesCellules) }],
  verifier: (_contrat, profils, fichiers) => {
    lireCharte(fichiers(''));
    if (profils) lireProfil(profils);
    return [];
  },
  selon: createHash('sha256').update('cellules 5').digest('hex'),
  rendezvous: [
    {
      code: 'cellules-nombres',
      libelle: 'Cellules : séances dont le jour est passé, nombres de l’année finie',
      quand: '10 2 * * *',
      executer: async ({ db, contrat, config, maintenant }) => {
        const charte = await getCharte(join(config.dossierContrats, contrat.slug));
        const closes = await cloreLesPassees(db, { contratId: contrat.id, maintenant });
        const annees = charte ? await figerLesNombres(db, { contratId: contrat.id, charte, maintenant }) : 0;
        return `${pluriel(closes, 'séance close', 'séances closes')}, ${pluriel(annees, 'année écrite', 'années écrites')}`;
      },
    },
    {
      code: 'cellules-purge',
      libelle: 'Cellules : destruction de ce qui arrive à son terme',
      quand: '20 2 * * *',
      executer: async ({ db, contrat, coffre, config, maintenant }) => {
        const trousseau = trousseauDe(config.trousseau, contrat.slug);
        return pluriel(
          await purger(db, { contratId: contrat.id, coffre, trousseau, maintenant, utilisateur: null }),
          'situation détruite',
          'situations détruites',
        );
      },
    },
    {
      code: 'cellules-relances',
      libelle: 'Cellules : relance de ce qui attend',
      quand: '10 6 * * *',
      executer: async ({ db, contrat, config, maintenant }) =>
        pluriel(await relancer(db, { contratId: contrat.id, adresse: config.adresse, maintenant }), 'silence relancé', 'silences relancés'),
    },
  ],
  commandes: {
    'cellules verifier': {
      sens: 'Vérifie chaque certificat de destruction : signature, entrée du journal, clé absente du trousseau. Sans le service, sans réseau.',
      executer: async ({ p, db, bases, config }) => {
        const coffre = await openCoffre(config.dossier);
        const v = await verifierCertificats(bases.nominatif, {
          journal: db,
          contratId: p.contratId,
          trousseau: trousseauDe(config.trousseau, p.slug),
          publique: await publiqueDe(coffre, p.contratId),
          maintenant: new Date(),
        });
        const dit = `${pluriel(v.certificats, 'certificat')}, ${pluriel(v.vivantes, 'situation gardée', 'situations gardées')}${v.horsJournal > 0 ? `, ${v.horsJournal} plus anciens que le journal` : ''}`;
        const seuls = v.orphelins.map(
          (id) => `\n  ${id} : un fragment sans situation ni certificat, laissé par une entrée qui n’a pas abouti ; vous pouvez l’ôter.`,
        );
        const texte = (v.fautes.length === 0 ? `${dit} : tout concorde.` : `${dit}.\n${v.fautes.map((f) => `  - ${f}`).join('\n')}`) + seuls.join('');
        return { json: v, texte, code: v.fautes.length === 0 ? 0 : 1 };
      },
    },
  },
  demonstration: {
    generer: async (tx, d) =>
      genererCelluleDemo(tx, {
        contratId: d.contratId,
        profils: d.profils,
        aujourdhui: d.aujourdhui,
        charte: await getCharte(d.dossier),
        trousseau: trousseauDe(d.trousseau, d.dossier.split('/').at(-1) ?? ''),
        organisations: new Map(d.personas.map((p) => [p.courriel, p])),
      }),
  },
  exemples: {
    parametres: {
      cellule: AUCUN,
      affilie: AUCUN,
      situation: AUCUN,
      apport: AUCUN,
      reunion: AUCUN,
      pointDeCellule: AUCUN,
      urgence: AUCUN,
      exercice: AUCUN,
      alerteGrave: AUCUN,
      orientation: AUCUN,
      formatDeCharte: '=pdf',
      formatDeNotice: '=pdf',
      formatDeRapport: '=pdf',
    },
    corps: { 'POST /cellules/creer': { genre: 'cenomed', territoire: '=lieu' } },
    pagesDeTravail: ['/cellules'],
  },
});
