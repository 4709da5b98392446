/** The table of docs/performance.md, written by the bench: machine, scales, what holds and what does not, then every measure. */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { sql } from 'kysely';
import type { Db } from '../src/core/base/database.ts';
import { CIBLES, tient } from './cibles.ts';
import { volumes } from './semis.ts';

export interface Mesure {
  nom: string;
  valeur: number;
  unite: string;
}
export interface Conditions {
  date: string;
  coeurs: number;
  processeur: string;
  memoireGo: number;
  node: string;
  postgresql: string;
  rapide: boolean;
  themes: string[];
  dureeMinutes: number;
}

export async function decrireMachine(owner: Db | null): Promise<Omit<Conditions, 'rapide' | 'themes' | 'dureeMinutes'>> {
  const version = owner ? (await sql<{ v: string }>`select current_setting('server_version') as v`.execute(owner)).rows[0]?.v : undefined;
  return {
    date: new Date().toISOString().slice(0, 10),
    coeurs: cpus().length,
    processeur: cpus()[0]?.model.trim() ?? 'inconnu',
    memoireGo: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgresql: version ?? 'non démarré',
  };
}

const nombre = (x: number): string => x.toLocaleString('fr-FR', { maximumFractionDigits: x < 10 ? 2 : 1 });

function ecrireTableau(c: Conditions, mesures: readonly Mesure[]): string {
  const parNom = new Map(mesures.map((m) => [m.nom, m]));
  const cibles = Object.entries(CIBLES).map(([nom, cible]) => {
    const m = parNom.get(nom);
    const dit = m ? nombre(m.valeur) : 'non mesuré';
    return `| \`${nom}\` | ${cible.mots} | ${dit} | ${cible.auMoins ? '≥' : '≤'} ${nombre(cible.borne)} | ${m ? (tient(cible, m.valeur) ? 'oui' : '**non**') : '–'} |`;
  });
  const v = volumes(c.rapide);
  const echelles = (['B', 'C', 'F'] as const).map(
    (e) => `| ${e} | ${[v[e].activites, v[e].seances, v[e].decisions, v[e].signalements].map((n) => `+ ${nombre(n)}`).join(' | ')} |`,
  );
  return `# Performance

Écrit par \`npm run bench -- --ecrire\`${c.rapide ? ', **en version rapide (dix fois moins de lignes)**' : ''} : ne pas corriger à la main.

Seuls comptent les rapports mesurés dans une même exécution, chacun contre sa référence nue : les durées dépendent de la machine.
Les pages sont demandées avec gzip, comme le font les navigateurs.

- Date : ${c.date} (${nombre(c.dureeMinutes)} minutes)
- Machine : ${c.coeurs} cœurs (${c.processeur}), ${c.memoireGo} Go ; générateur de charge, Node et PostgreSQL sur les mêmes cœurs
- Node ${c.node}, PostgreSQL ${c.postgresql}
- Thèmes : ${c.themes.join(', ')}

## Échelles

| échelle | enregistrements | séances | décisions | signalements |
| --- | --- | --- | --- | --- |
| A | démonstration | démonstration | démonstration | démonstration |
${echelles.join('\n')}

## Ce qui doit tenir

| mesure | ce qu’elle compare | mesuré | cible | tient |
| --- | --- | --- | --- | --- |
${cibles.join('\n')}

## Toutes les mesures

| mesure | valeur | unité |
| --- | --- | --- |
${mesures.map((m) => `| \`${m.nom}\` | ${nombre(m.valeur)} | ${m.unite} |`).join('\n')}
`;
}

export const ecrireDocument = (c: Conditions, mesures: readonly Mesure[]): Promise<void> => writeFile('docs/performance.md', ecrireTableau(c, mesures));
