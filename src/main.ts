/** Process entry: settings -> database -> application -> listen. */
import { createApp } from './app.tsx';
import { ErreurConfiguration, loadConfig } from './core/config.ts';
import { ErreurPostgres } from './core/embedded-postgres.ts';
import { ErreurMigration } from './core/migrate.ts';
import { ErreurContrat } from './modules/contrats/index.ts';
import { preparer } from './preparation.ts';

const debut = Date.now();
const dire = (ligne: string) => process.stdout.write(`${ligne}\n`);

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  dire('Concorde démarre…');
  const plateforme = await preparer(config, (etape) => dire(`  ${((Date.now() - debut) / 1000).toFixed(1).padStart(5)} s  ${etape}`));
  const app = await createApp(config, plateforme).catch(async (e) => {
    await plateforme.close();
    throw e;
  });
  const arreter = async (signal: string) => {
    dire(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal} : arrêt…`);
    await app.close();
    await plateforme.close();
    process.exit(0);
  };
  // A second Ctrl-C while stopping changes nothing: the database is being closed in order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void arreter(signal));
  try {
    await app.serveur.listen({ port: config.port, host: config.hote });
  } catch (e) {
    await app.close();
    await plateforme.close();
    if ((e as { code?: string }).code === 'EADDRINUSE')
      throw new ErreurConfiguration(`Le port ${config.port} est déjà pris. Arrêtez l’autre programme, ou choisissez un autre port : PORT=3001 npm start.`);
    throw e;
  }
  const adresse = config.adresse ?? `http://localhost:${config.port}`;
  dire(`\nConcorde écoute sur ${adresse}  (${((Date.now() - debut) / 1000).toFixed(1)} s)`);
  dire(`  contrat        ${plateforme.catalogue.contrat.titre}`);
  dire(`  données        ${config.databaseUrl ? 'base de DATABASE_URL' : config.dossier}`);
  if (config.demonstration) {
    dire(`  démonstration  ${adresse}/demonstration : un clic par personne fictive`);
    for (const p of await app.personas()) dire(`    - ${p.nom}, ${p.fonction}`);
  } else dire('  premier compte npm run -s concorde -- comptes creer-admin --courriel vous@exemple.fr --nom "Votre Nom"');
  dire('  arrêter        Ctrl-C\n');
}

main().catch((e: unknown) => {
  const attendue = e instanceof ErreurConfiguration || e instanceof ErreurPostgres || e instanceof ErreurMigration || e instanceof ErreurContrat;
  const connexion = (e as { code?: string }).code;
  if (attendue) process.stderr.write(`\n${(e as Error).message}\n`);
  else if (connexion && /^(ECONNREFUSED|ENOTFOUND|28P01|28000|3D000|ETIMEDOUT|EAI_AGAIN)$/.test(connexion))
    process.stderr.write(`\nLa base de DATABASE_URL ne répond pas (${connexion}) : vérifiez l’adresse, le compte, le mot de passe et le nom de la base.\n`);
  else process.stderr.write(`\n${e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`);
  process.exit(1);
});
