/** The demonstration of a contract: fictive people, records and values, once; its doors open with it and close with it. */
import { jourDe, horloge } from './core/clock.ts';
import { ErreurConfiguration } from './core/config.ts';
import type { Db } from './core/base/database.ts';
import type { House } from './core/module.ts';
import { commencerDemonstration, hasComptes, hasDemonstration, listComptesDeDemonstration, quitterDemonstration } from './modules/comptes/index.ts';
import { lireDemonstration, saveMiseAJour } from './modules/contrats/index.ts';
import { pluriel } from './ui/typographie.ts';

/** Once for each contract: every module adds its own. Nothing is added to a contract that already has records. */
export async function installerDemonstration(
  owner: Db,
  house: House,
  o: { contratId: number; dossier: string; trousseau: string },
  progres: (etape: string) => void,
): Promise<void> {
  const { contratId, dossier } = o;
  const lue = await lireDemonstration(dossier);
  if (!lue || (await hasDemonstration(owner, contratId))) return;
  if (await hasComptes(owner, contratId)) return progres('des comptes réels sont là : aucune donnée fictive n’est ajoutée');
  const d = { ...lue, ...o, aujourdhui: jourDe(horloge()) };
  const modules = house.modules.flatMap((m) => m.demonstration ?? []);
  await owner.transaction().execute(async (tx) => {
    // Cut short before it is finished, the next start brings everything up to date.
    await saveMiseAJour(tx, contratId, null);
    for (const m of modules) if (m.generer) progres(await m.generer(tx, d));
  });
  for (const m of modules) await m.achever?.(owner, d);
}

/** Real people do not come in beside the accounts of a demonstration. */
export async function reglerDemonstration(owner: Db, house: House, contratId: number, demonstration: boolean): Promise<void> {
  if (demonstration) return commencerDemonstration(owner, contratId, new Date());
  await owner.transaction().execute((tx) => quitterDemonstration(tx, contratId, house.titres, new Date()));
  const restes = await listComptesDeDemonstration(owner, contratId);
  if (restes.length > 0)
    throw new ErreurConfiguration(
      `Cette base a servi à une démonstration : ${pluriel(restes.length, 'compte fictif, ou ouvert pendant elle, y est encore ouvert', 'comptes fictifs, ou ouverts pendant elle, y sont encore ouverts')}. Concorde ne démarre pas en production avec eux.
Pour voir lesquels, sans rien changer : CONCORDE_DEMO=0 npm run -s concorde -- demonstration retirer
Pour les fermer : la même commande avec --confirmer. Pour rester en démonstration : CONCORDE_DEMO=1.
Pour de vraies données, partez plutôt d’une base vide (CONCORDE_DATA ou DATABASE_URL).`,
    );
}
