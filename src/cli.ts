/** The `concorde` commands: one line each, calling modules. Exit codes: 0 done, 1 a check failed, 2 wrong use. */
import { writeFile } from 'node:fs/promises';
import { MODULES_PRESENTS } from './app.tsx';
import { ErreurConfiguration, loadConfig } from './core/config.ts';
import { ouvrirBases } from './core/bases.ts';
import { ErreurPostgres } from './core/embedded-postgres.ts';
import { ErreurConcorde } from './core/errors.ts';
import { ErreurMigration } from './core/migrate.ts';
import { ErreurRoles } from './core/roles.ts';
import { commandesAudit, commandesHorsLigne } from './commandes/audit.ts';
import { type Commande, exiger, MauvaisUsage, type Reponse } from './commandes/commande.ts';
import { commandesComptes, commandesDroits } from './commandes/comptes.ts';
import { commandesDemonstration } from './commandes/demonstration.ts';
import { commandesExploitation } from './commandes/exploitation.ts';
import { AideDemandee, lireCommande } from './commandes/lecture.ts';
import { hasDemonstration } from './modules/comptes/index.ts';
import { couvrir, ErreurContrat, etatSysteme, importerContours, importerTexte, listExistants } from './modules/contrats/index.ts';
import { getFormulaire, getSources, verifierChiffres } from './modules/indicateurs/index.ts';
import { ecrireBilan, importerSsmsi, territoireDe } from './modules/publications/index.ts';
import { importerDansMaRue } from './modules/signalements/index.ts';
import { preparer } from './preparation.ts';

const compter = (b: {
  lus: number;
  nouveaux: number;
  connus: number;
  avertis: number;
  rejetes: number;
  motifs?: readonly { motif: string; nombre: number; lignes: readonly number[] }[];
}): Reponse => ({
  json: { lus: b.lus, nouveaux: b.nouveaux, connus: b.connus, avertis: b.avertis, rejetes: b.rejetes, ...(b.motifs ? { motifs: b.motifs } : {}) },
  texte: [
    `${b.lus} lus, ${b.nouveaux} nouveaux, ${b.connus} déjà connus, ${b.avertis} avertis, ${b.rejetes} rejetés`,
    ...(b.motifs ?? []).map((m) => `  ${m.nombre} × ${m.motif} (lignes ${m.lignes.join(', ')}…)`),
  ].join('\n'),
});

const COMMANDES: Record<string, Commande> = {
  couverture: {
    options: [['--details', 'un dispositif par ligne']],
    sens: 'Ce que Concorde sert du contrat : fiches, lignes, indicateurs, mesures, dispositifs.',
    executer: async ({ p, options }) => {
      const existants = listExistants(p.catalogue, MODULES_PRESENTS, getSources().keys());
      const c = couvrir(p.catalogue, existants);
      const details = [...p.catalogue.systemes.values()].map(
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
  'importer dans-ma-rue': {
    argument: '<fichier-ou-url>',
    sens: 'Ajoute des signalements d’habitants ; un signalement déjà connu n’est pas ajouté deux fois.',
    executer: async ({ p, db, args }) =>
      compter(await importerDansMaRue({ db, catalogue: p.catalogue, source: exiger(args[0], 'fichier-ou-url'), par: 'commande' })),
  },
  'importer ssmsi': {
    argument: '<fichier-ou-url>',
    sens: 'Ajoute la délinquance enregistrée, comme série de contexte.',
    executer: async ({ p, db, args }) => compter(await importerSsmsi({ db, catalogue: p.catalogue, source: exiger(args[0], 'fichier-ou-url') })),
  },
  'territoires importer': {
    argument: '<fichier-ou-url>',
    sens: 'Ajoute les contours officiels des territoires (GeoJSON).',
    executer: async ({ p, args }) => compter(await importerContours(p.owner, p.catalogue, exiger(args[0], 'fichier-ou-url'))),
  },
  'contrat importer-texte': {
    argument: '<fichier>',
    sens: 'Attache le texte signé aux fiches, objectifs et lignes.',
    executer: async ({ p, args }) => compter(await importerTexte(p.owner, p.catalogue, exiger(args[0], 'fichier'))),
  },
  'verifier chiffres': {
    sens: 'Recalcule chaque cellule depuis les enregistrements ; code 1 s’il y a une différence.',
    executer: async ({ p }) => {
      const v = await verifierChiffres(p.owner, p.contratId);
      const lignes = v.differences
        .slice(0, 100)
        .map((d) => `  ${d.mesure} ${d.mois} ${d.territoire} ${d.ventilation} : tenue ${d.tenue}, recalculée ${d.recalculee}`);
      return {
        json: { cellules: v.cellules, differences: v.differences.length },
        texte: [`${v.cellules} cellules vérifiées, ${v.differences.length} différences`, ...lignes].join('\n'),
        code: v.differences.length > 0 ? 1 : 0,
      };
    },
  },
  bilan: {
    obligatoires: [
      ['--annee <annee>', 'par exemple 2026'],
      ['--format <format>', 'pdf, docx, xlsx, html ou csv'],
      ['--sortie <fichier>', 'fichier à écrire'],
    ],
    options: [['--mairie <mairie>', 'par exemple 18 ; tout le contrat sans elle']],
    sens: 'Écrit le bilan annuel, pour tout le contrat ou un territoire.',
    executer: async ({ p, db, options, config }) => {
      const annee = exiger(options.annee, '--annee');
      const format = exiger(options.format, '--format');
      const sortie = exiger(options.sortie, '--sortie');
      if (!/^\d{4}$/.test(annee)) throw new MauvaisUsage(`« ${annee} » n’est pas une année.`);
      if (format !== 'pdf' && format !== 'docx' && format !== 'xlsx' && format !== 'html' && format !== 'csv')
        throw new MauvaisUsage(`Format « ${format} » inconnu : pdf, docx, xlsx, html ou csv.`);
      const territoire = typeof options.mairie === 'string' ? territoireDe(p.catalogue, options.mairie) : p.catalogue.racine.id;
      if (!territoire) throw new MauvaisUsage(`Aucun territoire de ce contrat ne s’appelle « ${String(options.mairie)} ».`);
      const contenu = await ecrireBilan(db, await getFormulaire(db, p.contratId), {
        annee: Number(annee),
        territoireId: territoire,
        format,
        maintenant: new Date(),
        demonstration: config.demonstration || (await hasDemonstration(p.owner, p.contratId)),
      });
      await writeFile(sortie, contenu);
      return { json: { sortie, octets: contenu.length }, texte: `Bilan ${annee} écrit dans ${sortie} (${contenu.length} octets)` };
    },
  },
};

const AVEC_BASE: Record<string, Commande> = { ...COMMANDES, ...commandesComptes, ...commandesAudit, ...commandesExploitation, ...commandesDemonstration };
const SANS_BASE = { ...commandesHorsLigne, ...commandesDroits };
const TOUTES = { ...AVEC_BASE, ...SANS_BASE };

async function main(): Promise<number> {
  const { nom, args, options } = lireCommande(process.argv.slice(2), TOUTES);
  const ecrire = (r: Reponse): number => {
    process.stdout.write(`${options.json ? JSON.stringify(r.json) : r.texte}\n`);
    return r.code ?? 0;
  };
  const horsLigne = SANS_BASE[nom];
  if (horsLigne) return ecrire(await horsLigne.executer({ args, options }));
  const avecBase = AVEC_BASE[nom];
  if (!avecBase) return 2;
  const config = loadConfig(process.env);
  const p = await preparer(config, { partager: true });
  const { bases, close } = ouvrirBases(p.acces, p.contratId, 4);
  try {
    return ecrire(await avecBase.executer({ p, db: bases.partenariat, bases, args, options, config }));
  } finally {
    await close();
    await p.close();
  }
}

main().then(
  (code) => process.exit(code),
  (e: unknown) => {
    if (e instanceof AideDemandee) {
      process.stdout.write(e.message);
      process.exit(0);
    }
    const usage = e instanceof MauvaisUsage || e instanceof ErreurConfiguration;
    const attendue =
      usage ||
      e instanceof ErreurConcorde ||
      e instanceof ErreurPostgres ||
      e instanceof ErreurMigration ||
      e instanceof ErreurRoles ||
      e instanceof ErreurContrat;
    process.stderr.write(`${attendue ? (e as Error).message : e instanceof Error ? e.stack : String(e)}\n`);
    process.exit(usage ? 2 : 1);
  },
);
