/** A day is that of the contract's clock. In winter an instant cut at ten characters is a day late for an hour, in summer for two. */
import { expect, test } from 'vitest';
import { estEssai, lire, sources } from './sources.ts';

/** Arithmetic on days already known: no instant, no zone. */
const CALCULS = ['src/core/jours.ts', 'src/modules/registres/demo/registres.demo.ts'];
const COUPE = /toISOString\(\)\s*\.(?:slice\(0, 10\)|split\('T'\))/;
/** The day of the database's clock, or an instant cut there: the zone is the server's. */
const COUPE_SQL = /\bcurrent_date\b|\bnow\(\)::date|(?:_le|\bquand)::date/;

test('le jour d’un instant se lit à l’heure du contrat, jamais coupé dans l’heure universelle', () => {
  expect(COUPE.test('new Date().toISOString().slice(0, 10)')).toBe(true);
  const fautifs = sources.filter((f) => !estEssai(f) && COUPE.test(lire(f)));
  expect(fautifs.sort()).toEqual(CALCULS);
});

test('en SQL aussi', () => {
  for (const faute of ['d.modifie_le::date <= x', 'fin >= current_date', 'now()::date', 'a.quand::date'])
    expect([faute, COUPE_SQL.test(faute)]).toEqual([faute, true]);
  expect(COUPE_SQL.test('(d.modifie_le at time zone z)::date')).toBe(false);
  const fautifs = sources.filter((f) => !estEssai(f) && COUPE_SQL.test(lire(f)));
  expect(fautifs).toEqual([]);
});

/** The clock of the machine, or a zone written in the program. */
const HORLOGE_LOCALE =
  /\.get(?:Hours|Minutes|Date|Day|Month|FullYear)\(\)|toLocale(?:Date|Time)String|DateTime\.(?:now|local)\(|timeZone: '|at time zone (?!concorde_fuseau\(|'UTC'|\$\{[\w.]*fuseau\})/;
test('ni l’horloge de la machine ni un fuseau écrit en dur', () => {
  for (const faute of ['d.getHours()', "timeZone: 'Europe/Paris'", "x at time zone 'Europe/Paris'", 'DateTime.now()'])
    expect([faute, HORLOGE_LOCALE.test(faute)]).toEqual([faute, true]);
  expect(HORLOGE_LOCALE.test('d.cree_le at time zone concorde_fuseau(d.contrat_id)')).toBe(false);
  // In the browser, the time of saving is told by the clock of the person who reads it.
  const fautifs = sources.filter((f) => !estEssai(f) && HORLOGE_LOCALE.test(lire(f)));
  expect(fautifs.map((f) => f.replace(/^.*\//, ''))).toEqual(['page.ts']);
});

/** Where a piece of work enters the clock of its contract: nowhere else, so that one knows by which door it came. */
const PORTES = ['src/cli.ts', 'src/core/http/server.ts', 'src/core/jobs/jobs.ts', 'src/core/jobs/rendezvous.ts', 'src/preparation.ts'];
test('on entre dans le fuseau d’un contrat par ses portes : requête, travail, heure fixe, commande, préparation', () => {
  const entrees = sources.filter((f) => !estEssai(f) && f !== 'src/core/fuseau.ts' && /\bdansLeFuseau\(/.test(lire(f)));
  expect(entrees.sort()).toEqual(PORTES);
  const MUABLE = /\benterWith\(|process\.env\.TZ\b|Settings\.defaultZone/;
  expect(sources.filter((f) => !estEssai(f) && MUABLE.test(lire(f)))).toEqual([]);
});

/** Where a bare hour says its day beside it: what is of one day by nature. Everywhere else `moment` and `aQuelMoment` give the day that is not today. */
const HEURES_D_UN_JOUR = [
  'src/modules/alertes/pages/mots.tsx',
  'src/modules/annuaire/trouver/pages/TrouverPage.tsx',
  'src/modules/annuaire/trouver/pages/parts.tsx',
  'src/modules/cellules/pages/SeancePages.tsx',
  'src/ui/typographie.ts',
];
test('une heure dite seule est de ce jour-là : ailleurs, elle porte son jour dès qu’il n’est pas aujourd’hui', () => {
  const fautifs = sources.filter((f) => !estEssai(f) && /\bheureDuMoment\(/.test(lire(f)));
  expect(fautifs.sort()).toEqual(HEURES_D_UN_JOUR);
});
