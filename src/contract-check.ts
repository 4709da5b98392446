/** A contract folder, checked by what only the modules can tell: its lists, formulas, people, and what its systems ask. */
import type { House } from './core/module.ts';
import { type Catalogue, ErreurContrat, lireDemonstration, lireDossier, verifierPersonnes } from './modules/contrats/index.ts';
import { verifierExigences, verifierFormules, verifierListes } from './modules/indicateurs/index.ts';

/** Formulas and demonstration read lists: these come first. Throws ErreurContrat. */
export async function verifierDossier(house: House, dossier: string, catalogue: Catalogue): Promise<void> {
  const refuser = (fautes: readonly string[]) => {
    if (fautes.length > 0) throw new ErreurContrat(dossier, fautes);
  };
  refuser(verifierListes(catalogue));
  refuser([
    ...verifierFormules([...catalogue.mesures.values(), ...catalogue.suivis.values()], catalogue),
    ...verifierExigences([...catalogue.systemes.values()], catalogue),
  ]);
  const demo = await lireDemonstration(dossier);
  if (demo) refuser(verifierPersonnes(catalogue, demo));
  const fichiers = await lireDossier(dossier);
  refuser(house.modules.flatMap((m) => m.verifier?.(catalogue, demo?.profils ?? null, fichiers) ?? []));
}
