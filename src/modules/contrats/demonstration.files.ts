/** The demonstration of a contract, `contrats/<slug>/demonstration/`: its years and people here, the rest for the modules that draw it. */
import { join } from 'node:path';
import type { z } from 'zod';
import { analyser, ErreurContrat, lireFichiers } from './contrats.files.ts';
import type { Profils } from '../../core/module.ts';
import type { Catalogue } from './catalogue.ts';
import { type DemonstrationFichier, demonstrationSchema } from './contrats.schema.ts';

const DOSSIER = 'demonstration/';

export interface Demonstration extends DemonstrationFichier {
  profils: Profils;
}

/** Null when the contract has none. */
export async function lireDemonstration(dossier: string): Promise<Demonstration | null> {
  const { noms, contenu } = await lireFichiers(dossier);
  const cadre = contenu.get(`${DOSSIER}cadre.yaml`);
  const profils = fichiersDe(dossier, DOSSIER, { noms, contenu });
  const siens = profils.noms;
  if (cadre === undefined) {
    if (siens.length === 0) return null;
    throw new ErreurContrat(dossier, [`${DOSSIER}cadre.yaml : le fichier manque (années, graine et personnes de la démonstration)`]);
  }
  const lu = profils.lire('cadre', demonstrationSchema);
  if (lu === undefined) return null;
  return { ...lu, profils: { ...profils, noms: siens.filter((n) => n !== 'cadre') } };
}

/** Files of one folder of a contract, for the module that reads them. */
function fichiersDe(dossier: string, sous: string, { noms, contenu }: Awaited<ReturnType<typeof lireFichiers>>): Profils {
  return {
    noms: noms.filter((n) => n.startsWith(sous)).map((n) => n.slice(sous.length, -'.yaml'.length)),
    lire: <S extends z.ZodType>(nom: string, schema: S): z.output<S> | undefined => {
      const texte = contenu.get(`${sous}${nom}.yaml`);
      if (texte === undefined) return undefined;
      const fautes: string[] = [];
      const lu = analyser(join(dossier, `${sous}${nom}.yaml`), texte, schema, fautes);
      if (lu === undefined) throw new ErreurContrat(dossier, fautes);
      return lu;
    },
  };
}

/** Every folder of a contract, read once: `enquetes`; its own files under ''. */
export async function lireDossier(dossier: string): Promise<(sous: string) => Profils> {
  const lus = await lireFichiers(dossier);
  return (sous) => fichiersDe(dossier, sous === '' ? '' : `${sous}/`, lus);
}

/** People of the demonstration who belong nowhere in the contract; empty when all do. */
export function verifierPersonnes(c: Catalogue, demo: DemonstrationFichier): string[] {
  return demo.personas.flatMap((p) => {
    const fautes = c.acteurs.has(p.organisation) ? [] : [`acteur « ${p.organisation} » inconnu`];
    for (const m of p.mandats) {
      if (m.territoire && !c.territoires.has(m.territoire)) fautes.push(`territoire « ${m.territoire} » inconnu`);
      if (m.fiche && !c.fiches.has(m.fiche)) fautes.push(`fiche « ${m.fiche} » inconnue`);
    }
    return fautes.map((f) => `demonstration/cadre.yaml, ${p.courriel} : ${f}`);
  });
}
