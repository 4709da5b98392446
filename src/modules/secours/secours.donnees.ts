/** The files of help of a contract, read and checked once, before serving begins. */
import type { ContratLu, Profils } from '../../core/module.ts';
import { lireDossier } from '../contrats/index.ts';
import { type Guide, guideSchema } from './guide/guide.schema.ts';
import { verifierGuide } from './guide/guide.rules.ts';
import { type SecoursFichier, secoursSchema, type Traduction, traductionSchema } from './secours.schema.ts';
import { verifierNumeros, verifierTraduction } from './secours.rules.ts';

const DOSSIER = 'secours';
const LANGUES = 'langues/';

/** Null where the contract gives none: its pages then say so. */
export interface Secours {
  numeros: SecoursFichier | null;
  guide: Guide | null;
  traductions: ReadonlyMap<string, Traduction>;
}

function lire(fichiers: Profils): Secours {
  const traductions = fichiers.noms
    .filter((n) => n.startsWith(LANGUES))
    .flatMap((n) => {
      const t = fichiers.lire(n, traductionSchema);
      return t ? [[n.slice(LANGUES.length), t] as const] : [];
    });
  return { numeros: fichiers.lire('numeros', secoursSchema) ?? null, guide: fichiers.lire('guide', guideSchema) ?? null, traductions: new Map(traductions) };
}

export const chargerSecours = async (dossierContrat: string): Promise<Secours> => lire((await lireDossier(dossierContrat))(DOSSIER));

/** Faults of the folder, each with its file. */
export function verifierSecours(c: ContratLu, fichiers: (sous: string) => Profils): string[] {
  const lus = fichiers(DOSSIER);
  const inconnus = lus.noms
    .filter((n) => n !== 'numeros' && n !== 'guide' && !n.startsWith(LANGUES))
    .map((n) => `${DOSSIER}/${n}.yaml : ce fichier n’est lu par rien`);
  const { numeros, guide, traductions } = lire(lus);
  if (!numeros) return lus.noms.length > 0 ? [...inconnus, `${DOSSIER}/numeros.yaml : le fichier manque`] : inconnus;
  const dans = (fichier: string, fautes: readonly string[]) => fautes.map((f) => `${DOSSIER}/${fichier}.yaml, ${f}`);
  return [
    ...inconnus,
    ...dans('numeros', verifierNumeros(numeros, c)),
    ...(guide ? dans('guide', verifierGuide(guide, numeros, { ...c, circuits: fichiers('circuits').noms })) : []),
    ...[...traductions].flatMap(([langue, t]) => dans(`${LANGUES}${langue}`, verifierTraduction(numeros, langue, t))),
  ];
}
