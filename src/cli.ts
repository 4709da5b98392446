/** The `concorde` commands, each declared by its module. Exit codes: 0 done, 1 a check failed, 2 wrong use. */
import { MauvaisUsage } from './core/command.ts';
import type { Reponse } from './core/module.ts';
import { AideDemandee, lireCommande } from './core/command-line.ts';
import { type Config, ErreurConfiguration, loadConfig } from './core/config.ts';
import { estInstalle } from './core/base/embedded-postgres.ts';
import { ouvrirBases } from './core/base/bases.ts';
import { ErreurConcorde } from './core/errors.ts';
import { dansLeFuseau, getFuseau } from './core/fuseau.ts';
import { commandesDe } from './commandes.ts';
import { direErreur } from './erreurs-attendues.ts';
import { HOUSE } from './modules.ts';
import { preparer } from './preparation.ts';

const { avecBase: AVEC_BASE, horsLigne: HORS_LIGNE } = commandesDe(HOUSE);

/** Only who prepares makes a base: an answer drawn from an empty one, made for want of the right folder, would pass for true. */
function exigerUneBase(nom: string, config: Config): void {
  if (nom === 'preparer' || config.databaseUrl || estInstalle(config.dossier)) return;
  throw new MauvaisUsage(
    `Aucune base dans « ${config.dossier} ». Donnez son dossier dans CONCORDE_DATA (ou une adresse dans DATABASE_URL) ; pour en créer une : npm start, ou la commande « preparer ».`,
  );
}

async function main(): Promise<number> {
  const { nom, args, options } = lireCommande(process.argv.slice(2), { ...AVEC_BASE, ...HORS_LIGNE });
  const ecrire = (r: Reponse): number => {
    process.stdout.write(`${options.json ? JSON.stringify(r.json) : r.texte}\n`);
    return r.code ?? 0;
  };
  const horsLigne = HORS_LIGNE[nom];
  if (horsLigne) return ecrire(await horsLigne.executer({ args, options, house: HOUSE }));
  const avecBase = AVEC_BASE[nom];
  if (!avecBase) return 2;
  const config = loadConfig(process.env);
  exigerUneBase(nom, config);
  const p = await preparer(config, { partager: true });
  const { bases, close } = ouvrirBases(p.acces, p.contratId, 4, config.requetesNommees);
  try {
    const faire = () => avecBase.executer({ p, db: bases.partenariat, bases, args, options, config, house: HOUSE });
    return ecrire(await dansLeFuseau(await getFuseau(bases.partenariat, p.contratId), faire));
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
    process.stderr.write(`${usage || e instanceof ErreurConcorde ? (e as Error).message : direErreur(e)}\n`);
    process.exit(usage ? 2 : 1);
  },
);
