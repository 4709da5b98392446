/** Serving: settings -> what the preparation hands over -> application -> listen. */
import { createApp, retoursOidc } from './app.ts';
import { horloge, jourDe } from './core/clock.ts';
import { type Config, ErreurConfiguration, loadConfig } from './core/config.ts';
import { openDatabase } from './core/base/database.ts';
import { getFuseau } from './core/fuseau.ts';
import { direLesFatales } from './core/trace/pile.ts';
import { direErreur } from './erreurs-attendues.ts';
import { ouvrirOidcDemo } from './modules/comptes/index.ts';
import { ouvrirPreparee } from './preparation-faite.ts';
import type { Preparation, Prete } from './preparation-a-part.ts';

const dire = (ligne: string) => process.stdout.write(`${ligne}\n`);

export async function servir(preparation: Preparation, debut: number): Promise<void> {
  direLesFatales();
  try {
    await ouvrir(preparation, debut);
  } catch (e) {
    await preparation.close().catch(() => {});
    process.stderr.write(`\n${direErreur(e)}\n`);
    process.exit(1);
  }
}

/** Settings without the owner's URL: it was the preparation's. */
function lireReglages(): { config: Config; donnees: string } {
  const lue = loadConfig(process.env);
  delete process.env.DATABASE_URL;
  const donnees = lue.databaseUrl ? 'base de DATABASE_URL' : lue.comptesFournis ? 'base de CONCORDE_DATABASE_URL_SERVICE' : lue.dossier;
  return { config: { ...lue, databaseUrl: null }, donnees };
}

async function ouvrir(preparation: Preparation, debut: number): Promise<void> {
  const inconnue = process.argv.slice(2).find((a) => a !== '--oidc-demo');
  if (inconnue) throw new ErreurConfiguration(`Option inconnue : ${inconnue}. « npm start » ne connaît que « -- --oidc-demo ».`);
  dire('Concorde démarre…');
  const { config: lue, donnees } = lireReglages();
  const { adresse } = lue;
  const prete = await (preparation.prete ?? ouvrirPreparee(lue));
  const demo = process.argv.includes('--oidc-demo') && lue.demonstration ? await fournisseurDemo(prete, adresse) : null;
  const config = demo ? { ...lue, oidc: demo.oidc } : lue;
  const app = await createApp(config, prete);
  const arreter = async (signal: string) => {
    dire(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal} : arrêt…`);
    await app.close();
    await demo?.close();
    await preparation.close();
    process.exit(0);
  };
  // A second Ctrl-C while stopping changes nothing: the database is being closed in order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void arreter(signal));
  try {
    await app.serveur.listen({ port: config.port, host: config.hote });
  } catch (e) {
    await app.close();
    if ((e as { code?: string }).code === 'EADDRINUSE')
      throw new ErreurConfiguration(`Le port ${config.port} est déjà pris. Arrêtez l’autre programme, ou choisissez un autre port : PORT=3001 npm start.`);
    throw e;
  }
  dire(`\nConcorde écoute sur ${adresse}  (${((Date.now() - debut) / 1000).toFixed(1)} s)`);
  dire(`  contrat        ${app.titre}`);
  dire(`  données        ${donnees}`);
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
async function fournisseurDemo(p: Prete, adresse: string) {
  const db = openDatabase(p.acces.service, { role: 'application', contratId: p.contratId, max: 1 });
  try {
    const jour = jourDe(horloge(), await getFuseau(db, p.contratId));
    return await ouvrirOidcDemo({ db, contratId: p.contratId, port: PORT_OIDC, ...retoursOidc(adresse), jour });
  } finally {
    await db.destroy();
  }
}
