/** Process entry: settings -> database -> application -> listen. */
import { createApp, retoursOidc } from './app.tsx';
import { ErreurConfiguration, loadConfig } from './core/config.ts';
import { ErreurPostgres } from './core/embedded-postgres.ts';
import { ErreurMigration } from './core/migrate.ts';
import { ErreurRoles } from './core/roles.ts';
import { ouvrirOidcDemo } from './modules/comptes/index.ts';
import { ErreurContrat } from './modules/contrats/index.ts';
import { type Plateforme, preparer } from './preparation.ts';

const debut = Date.now();
const dire = (ligne: string) => process.stdout.write(`${ligne}\n`);

async function main(): Promise<void> {
  const lue = loadConfig(process.env);
  const adresse = lue.adresse ?? `http://localhost:${lue.port}`;
  dire('Concorde démarre…');
  const plateforme = await preparer(lue, (etape) => dire(`  ${((Date.now() - debut) / 1000).toFixed(1).padStart(5)} s  ${etape}`));
  const demo = process.argv.includes('--oidc-demo') && lue.demonstration ? await fournisseurDemo(plateforme, adresse) : null;
  const config = demo ? { ...lue, adresse, oidc: demo.oidc } : lue;
  const app = await createApp(config, plateforme).catch(async (e) => {
    await plateforme.close();
    throw e;
  });
  const arreter = async (signal: string) => {
    dire(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal} : arrêt…`);
    await app.close();
    await demo?.close();
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
  dire(`\nConcorde écoute sur ${adresse}  (${((Date.now() - debut) / 1000).toFixed(1)} s)`);
  dire(`  contrat        ${plateforme.catalogue.contrat.titre}`);
  dire(`  données        ${config.databaseUrl ? 'base de DATABASE_URL' : config.dossier}`);
  if (config.demonstration) {
    if (!/^(127\.|::1$|localhost$)/.test(config.hote))
      dire(
        `\n  ATTENTION : cette démonstration écoute sur ${config.hote}. Quiconque atteint cette machine entre d’un clic, administration comprise.\n  N’y mettez aucune vraie donnée. Pour n’écouter qu’ici : HOST=127.0.0.1 (le réglage par défaut).\n`,
      );
    dire(`  démonstration  ${adresse}/demonstration : un clic par personne fictive`);
    for (const p of await app.personas()) dire(`    - ${p.nom}, ${p.fonction}`);
  } else dire('  premiers comptes npm run -s concorde -- comptes creer-admin --courriel vous@exemple.fr --nom "Votre Nom"');
  if (demo) dire(`  identité       ${demo.oidc.emetteur} : fournisseur de démonstration, depuis « S’identifier avec ProConnect »`);
  dire('  arrêter        Ctrl-C\n');
}

/** Port of the demonstration's identity provider. */
const PORT_OIDC = 3299;
const fournisseurDemo = (p: Plateforme, adresse: string) =>
  ouvrirOidcDemo({ owner: p.owner, contratId: p.contratId, port: PORT_OIDC, ...retoursOidc(adresse), jour: new Date().toISOString().slice(0, 10) });

main().catch((e: unknown) => {
  const attendue =
    e instanceof ErreurConfiguration || e instanceof ErreurPostgres || e instanceof ErreurMigration || e instanceof ErreurRoles || e instanceof ErreurContrat;
  const connexion = (e as { code?: string }).code;
  if (attendue) process.stderr.write(`\n${(e as Error).message}\n`);
  else if (connexion && /^(ECONNREFUSED|ENOTFOUND|28P01|28000|3D000|ETIMEDOUT|EAI_AGAIN)$/.test(connexion))
    process.stderr.write(`\nLa base de DATABASE_URL ne répond pas (${connexion}) : vérifiez l’adresse, le compte, le mot de passe et le nom de la base.\n`);
  else process.stderr.write(`\n${e instanceof Error ? (e.stack ?? e.message) : String(e)}\n`);
  process.exit(1);
});
