/**
 * What a newcomer reads names what exists: each link and each path of the documents (a fresh clone is what proves it of ignored files), each setting, each
 * command, each address that leaves, each decision. A table that fails is copied from what the test expects.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandesDe } from '../../src/commandes.ts';
import { lireCommande, usageDe } from '../../src/core/command-line.ts';
import { VARIABLES } from '../../src/core/variables.ts';
import { HOUSE } from '../../src/modules.ts';
import { fichiers, lire, sources } from './sources.ts';

const DOCUMENTS = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((f) => (f.endsWith('.md') ? [join('docs', f)] : []))];
const LIEN = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;
const CHEMIN = /(?:`|^)((?:src|docs|tests|db|contrats|bench|scripts)\/[\w./-]+)(?=[`\s])/gm;
const trouves = (texte: string, motif: RegExp): string[] => [...texte.matchAll(motif)].map((m) => m[1] ?? '');

test.each(['README.md', 'docs/architecture.md', 'docs/exploitation.md'])('les chemins que nomme %s existent', (document) => {
  const chemins = trouves(readFileSync(document, 'utf8'), CHEMIN);
  expect(chemins.length).toBeGreaterThan(0);
  expect(chemins.filter((c) => !existsSync(c))).toEqual([]);
});

test('les liens des documents mènent à un fichier du dépôt, que .gitignore n’écarte pas', () => {
  const ecartes = readFileSync('.gitignore', 'utf8')
    .split('\n')
    .filter((l) => /^[\w-]+\/$/.test(l));
  const liens = DOCUMENTS.flatMap((d) => trouves(readFileSync(d, 'utf8'), LIEN).map((l) => join(dirname(d), l)));
  expect(liens.length).toBeGreaterThan(4);
  expect(liens.filter((l) => !existsSync(l) || ecartes.some((e) => `${l}/`.split('/').includes(e.slice(0, -1))))).toEqual([]);
});

/** Rows of the first table under a title, without its heading. */
function tableauDe(document: string, titre: string): string[] {
  const partie = lire(document).split(`\n## ${titre}\n`)[1]?.split('\n## ')[0] ?? '';
  const lignes = partie.split('\n');
  const debut = lignes.findIndex((l) => l.startsWith('| --- |'));
  const suite = lignes.slice(debut + 1);
  return debut < 0
    ? []
    : suite.slice(
        0,
        suite.findIndex((l) => !l.startsWith('|')),
      );
}

describe('Réglages', () => {
  const reglages: [string, { defaut: string; sens: string; vers?: string }][] = Object.entries(VARIABLES);

  test('le tableau de l’exploitation est celui du code', () => {
    expect(tableauDe('docs/exploitation.md', 'Réglages')).toEqual(reglages.map(([v, { defaut, sens }]) => `| \`${v}\` | ${defaut || '–'} | ${sens} |`));
  });

  test('aucun réglage n’est lu, ni nommé par un document, sans être de la liste', () => {
    const textes = [...sources, ...['tests', 'scripts', 'bench'].flatMap(fichiers), ...DOCUMENTS].map(lire);
    const nommes = new Set(textes.flatMap((t) => [...t.matchAll(/\bCONCORDE_[A-Z]+(?:_[A-Z]+)*\b/g)].map((m) => m[0])));
    expect([...nommes].filter((v) => !(v in VARIABLES))).toEqual([]);
  });

  test('ce qui sort est écrit : chaque réglage qui ouvre une adresse, et aucun autre', () => {
    const ecrits = tableauDe('docs/conformite/securite.md', 'À qui Concorde parle').map((l) => l.split('|').slice(1, 3).join('|').trim());
    const sortants = reglages.flatMap(([v, { vers }]) => (vers === undefined ? [] : [`\`${v}\` | ${vers}`]));
    expect(ecrits).toEqual(sortants);
  });

  test('rien n’appelle au-dehors que par un réglage', () => {
    /** Where something leaves, and the setting that says to whom; null: nothing leaves there for elsewhere, for the reason said. */
    const SORTIES: Record<string, { par: keyof typeof VARIABLES } | { non: string }> = {
      'src/core/base/database.ts': { par: 'DATABASE_URL' },
      'src/core/base/embedded-postgres.ts': { non: 'its own server, on this machine' },
      'src/core/direct/changes.ts': { par: 'DATABASE_URL' },
      'src/core/direct/listen.ts': { par: 'DATABASE_URL' },
      'src/core/courrier/mail.ts': { par: 'SMTP_URL' },
      'src/core/courrier/reception.ts': { non: 'listens' },
      'src/core/source.ts': { par: 'CONCORDE_DANS_MA_RUE' },
      'src/modules/accueil/hors-ligne.routes.ts': { non: 'text of what the browser runs' },
      'src/modules/alertes/cap/adresse.ts': { par: 'CONCORDE_CAP_ADRESSE' },
      'src/modules/alertes/envois/passerelles.ts': { par: 'ALERTES_SMS_URL' },
      'src/modules/comptes/oidc/fournisseur-demo.ts': { non: 'listens, on this machine, when it is tried' },
      'src/modules/comptes/oidc/oidc.client.ts': { par: 'OIDC_EMETTEUR' },
    };
    const APPEL = /\bfetch\(|from 'node:(?:https?|net|tls|dgram)'|createTransport\(|from 'openid-client'|new pg\.(?:Pool|Client)\(/;
    for (const texte of ["fetch('x')", "from 'node:https'", 'new pg.Client({})']) expect(APPEL.test(texte)).toBe(true);
    const appelants = sources.filter((f) => !/\.(test|fixtures)\.tsx?$|\/islands\//.test(f) && APPEL.test(lire(f)));
    expect(appelants.sort()).toEqual(Object.keys(SORTIES).sort());
    expect(Object.values(SORTIES).flatMap((s) => ('par' in s && !('vers' in VARIABLES[s.par]) ? [s.par] : []))).toEqual([]);
  });
});

describe('Commandes', () => {
  const { avecBase, horsLigne } = commandesDe(HOUSE);
  const toutes = { ...avecBase, ...horsLigne };

  test('le tableau de l’exploitation est celui de la maison', () => {
    const attendu = Object.entries(toutes)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([nom, d]) => `| \`${`${nom} ${usageDe(d)}`.replace(/ \[options\]$/, '')}\` | ${nom in horsLigne ? 'sans' : 'avec'} | ${d.sens} |`);
    expect(tableauDe('docs/exploitation.md', 'Commandes')).toEqual(attendu);
  });

  test('chaque ligne de commande que montre un document se lit', () => {
    const ENTIERES = /concorde -- ([^`\n#&»]+)/g;
    const montrees = DOCUMENTS.flatMap((d) => [...lire(d).matchAll(ENTIERES)].map((m) => (m[1] ?? '').trim()));
    expect(montrees.length).toBeGreaterThan(10);
    const mots = (l: string) => [...l.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');
    for (const l of montrees) expect(() => lireCommande(mots(l), toutes), l).not.toThrow();
  });

  test('chaque commande que nomme un document existe', () => {
    const noms = DOCUMENTS.flatMap((d) => [...lire(d).matchAll(/`concorde ([a-z][a-z -]*)/g)].map((m) => (m[1] ?? '').trim()));
    expect(noms.length).toBeGreaterThan(10);
    expect(noms.filter((n) => !Object.keys(toutes).some((t) => `${n} `.startsWith(`${t} `)))).toEqual([]);
  });
});

test('le glossaire nomme des dossiers et des tables qui existent', () => {
  const rangees = lire('docs/glossaire.md')
    .split('\n')
    .map((l) => l.split('|').map((x) => x.trim()))
    .filter((l) => l.length === 7 && !/^(Terme|-+)$/.test(l[1] ?? ''));
  expect(rangees.length).toBeGreaterThan(100);
  const nommes = (colonne: number) => rangees.flatMap((l) => [...(l[colonne] ?? '').matchAll(/`([\w./-]+)`/g)].map((m) => m[1] ?? ''));
  const la = (nom: string) => ['', '.ts'].some((fin) => existsSync(`src/${nom}${fin}`) || existsSync(`src/modules/${nom}${fin}`));
  expect(nommes(4).filter((d) => !la(d))).toEqual([]);
  const schema = fichiers('db/migrations').map(lire).join('\n');
  // A column, in brackets beside its table, is a word of the schema too; what the contract's objects hold is none.
  const OBJETS = ['court', 'grain', 'aupres'];
  // `faits_<register>` is drawn from its definition.
  const registres = fichiers('src/modules/registres/definitions').map((f) => `faits_${f.split('/').at(-1)?.replace('.ts', '')}`);
  const mots = nommes(3).filter((t) => !t.includes('/') && !OBJETS.includes(t) && !registres.includes(t));
  expect(mots.filter((t) => !new RegExp(`\\b${t.split('.').at(-1)}\\b`).test(schema))).toEqual([]);
});

test('la liste des décisions les nomme toutes, avec leur titre, et dit celles que d’autres remplacent', () => {
  const attendu = readdirSync('docs/decisions')
    .filter((f) => f !== 'README.md')
    .sort()
    .map((f) => {
      const texte = lire(`docs/decisions/${f}`);
      const titre = /^# \d+\. (.+)$/m.exec(texte)?.[1];
      const fin = /^\*\*(Reversed|Superseded(?: in part)?)\*\* by decision (\d+)/m.exec(texte);
      return `| [${Number(f.slice(0, 4))}](${f}) | ${titre} | ${fin ? `${fin[1]?.toLowerCase()} by ${fin[2]}` : 'in force'} |`;
    });
  expect(tableauDe('docs/decisions/README.md', 'All of them')).toEqual(attendu);
  const remplacees = readdirSync('docs/decisions').flatMap((f) =>
    [...lire(`docs/decisions/${f}`).matchAll(/\b(?:Reverses|Replaces|Supersedes)\b[^.:]*?(?:decision |in 00)(\d+)/g)].map((m) => Number(m[1])),
  );
  expect(remplacees.length).toBeGreaterThan(2);
  expect(remplacees.filter((n) => attendu[n - 1]?.endsWith('in force |'))).toEqual([]);
});
