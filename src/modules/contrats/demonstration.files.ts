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
  const siens = noms.filter((n) => n.startsWith(DOSSIER)).map((n) => n.slice(DOSSIER.length, -'.yaml'.length));
  if (cadre === undefined) {
    if (siens.length === 0) return null;
    throw new ErreurContrat(dossier, [`${DOSSIER}cadre.yaml : le fichier manque (années, graine et personnes de la démonstration)`]);
  }
  const lire = <S extends z.ZodType>(nom: string, texte: string, schema: S): z.output<S> => {
    const fautes: string[] = [];
    const lu = analyser(join(dossier, `${DOSSIER}${nom}.yaml`), texte, schema, fautes);
    if (lu === undefined) throw new ErreurContrat(dossier, fautes);
    return lu;
  };
  return {
    ...lire('cadre', cadre, demonstrationSchema),
    profils: {
      noms: siens.filter((n) => n !== 'cadre'),
      lire: (nom, schema) => {
        const texte = contenu.get(`${DOSSIER}${nom}.yaml`);
        return texte === undefined ? undefined : lire(nom, texte, schema);
      },
    },
  };
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
