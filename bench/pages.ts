/**
 * Pages as browsers ask them (gzip): the public ones while records are written, and those of signed-in people, read by several of them at
 * once, against Node's http with the session's own statement and nothing else. What comes from memory is measured again while 20 records a
 * second are written, which is what memory costs; and, when it is installed, beside its Next.js twin (bench/next/README.md).
 */
import { setTimeout as attendre } from 'node:timers/promises';
import { charger, type Contexte, COORDINATRICE, type Etabli, lirePage, mediane, PERSONAS } from './contexte.ts';
import { ouvrirJumeau, PAGES_DU_JUMEAU } from './jumeau.ts';
import { nuSession } from './nus.ts';

const PAR_SECONDE = 20;
const FICHE = PAGES_DU_JUMEAU.fiche;
const PAGES = [
  ['fiche-rendue', 'fiche'],
  ['accueil-rendu', 'accueil'],
  ['barometre-rendu', 'barometre'],
  ['journee-rendue', 'journee'],
] as const;

const CHAMPS = {
  jour: '12/03/2026',
  titre: 'Session écrite pendant le banc',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  'donnees.type': 'continue',
  'donnees.theme': 'rixes',
  'donnees.employeur': 'dpmp',
  'donnees.public': 'agents-accueil',
  'donnees.participants': '12',
};

/** Records written at a steady pace until it is stopped: says how many were. */
function ecrireSansCesse(e: Etabli, temoin: string): { stop(): Promise<number> } {
  let ecrits = 0;
  let refuses = 0;
  const enCours: Promise<void>[] = [];
  const ecrire = async (n: number): Promise<void> => {
    const corps = new URLSearchParams({ ...CHAMPS, titre: `${CHAMPS.titre} ${n}` });
    const envoi = { method: 'POST', body: corps, headers: { cookie: temoin }, redirect: 'manual' } as const;
    const r = await fetch(`${e.adresse}/registres/formations/nouveau`, envoi).catch(() => null);
    await r?.arrayBuffer().catch(() => null);
    if (r?.status === 303) ecrits += 1;
    else refuses += 1;
  };
  let fini = false;
  // At this pace whatever the answers take: a writer who waited for them would spare a slow server.
  const rythme = async (): Promise<void> => {
    for (let n = 1; !fini; n++) {
      enCours.push(ecrire(n));
      await attendre(1000 / PAR_SECONDE);
    }
  };
  const ecoulement = rythme();
  return {
    stop: async () => {
      fini = true;
      await ecoulement;
      await Promise.all(enCours);
      if (refuses > 0) throw new Error(`${refuses} enregistrements refusés pendant la mesure.`);
      return ecrits;
    },
  };
}

/** Pages a second, and what was written meanwhile. */
async function sousEcritures(c: Contexte, e: Etabli, temoin: string, mesurer: () => Promise<number>): Promise<number> {
  const ecritures = ecrireSansCesse(e, temoin);
  const debut = performance.now();
  const parSeconde = await mesurer();
  const duree = (performance.now() - debut) / 1000;
  const ecrits = await ecritures.stop();
  c.dire(`  ${(ecrits / duree).toFixed(1)} écritures par seconde tenues`);
  return parSeconde;
}

/** Eight connections, shared among several people when there are. */
async function lireA(url: string, temoins: readonly (string | null)[], secondes: number): Promise<number> {
  const lus = await Promise.all(temoins.map((temoin) => charger({ url, temoin, connexions: 8 / temoins.length, secondes })));
  return lus.reduce((n, r) => n + r.parSeconde, 0);
}

/** Each beside the other, so often: the middle one is kept, whatever the machine does meanwhile. */
const PASSAGES = 3;

async function mesurerPublic(c: Contexte, e: Etabli, temoin: string): Promise<void> {
  let pire = Number.POSITIVE_INFINITY;
  for (const [nom, chemin] of [
    ['accueil', '/'],
    ['fiche', FICHE],
  ] as const) {
    const lire = () => lireA(e.adresse + chemin, [null], c.duree);
    // Each is warmed as the other is: the first records that a server writes are dearer than all that follow.
    await lireA(e.adresse + chemin, [null], 1);
    await sousEcritures(c, e, temoin, () => lireA(e.adresse + chemin, [null], 3));
    const lus: { sans: number; avec: number }[] = [];
    for (let i = 0; i < PASSAGES; i++) lus.push({ sans: await lire(), avec: await sousEcritures(c, e, temoin, lire) });
    c.noter(`public-${nom}-pages-s`, mediane(lus.map((l) => l.sans)), 'pages/s');
    c.noter(`public-${nom}-sous-ecritures-pages-s`, mediane(lus.map((l) => l.avec)), 'pages/s');
    pire = Math.min(pire, mediane(lus.map((l) => l.avec / l.sans)));
  }
  c.noter('public-sous-ecritures', pire, 'ratio');
}

export async function mesurerPages(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const temoins = await Promise.all(PERSONAS.map((p) => e.temoin(p)));
  const coordinatrice = await e.temoin(COORDINATRICE);
  const jumeau = await ouvrirJumeau(e, temoins, c.dire);
  if (typeof jumeau === 'string') c.dire(jumeau);
  try {
    await mesurerPublic(c, e, coordinatrice);
    for (const [nom, page] of PAGES) {
      const url = e.adresse + PAGES_DU_JUMEAU[page];
      const nu = await nuSession(e, await lirePage(url, coordinatrice), coordinatrice);
      try {
        await lireA(nu.adresse, [null], 1);
        await lireA(url, temoins, 1);
        const bare = await lireA(nu.adresse, [null], c.duree);
        const nous = await lireA(url, temoins, c.duree);
        c.noter(`${nom}-pages-s`, nous, 'pages/s');
        c.noter(nom, bare / nous, 'ratio');
        const nousEcrivant = await sousEcritures(c, e, coordinatrice, () => lireA(url, temoins, c.duree));
        c.noter(`${nom}-sous-ecritures`, bare / nousEcrivant, 'ratio');
        if (typeof jumeau === 'string') continue;
        const sienne = jumeau.adresse + PAGES_DU_JUMEAU[page];
        await lireA(sienne, temoins, 2);
        const next = await lireA(sienne, temoins, c.duree);
        c.noter(`next-${page}-pages-s`, next, 'pages/s');
        c.noter(`${nom}-vs-next`, nous / next, 'ratio');
        // What comes from memory is worth less while people write: so is the twin, which shares the machine with them.
        const nextEcrivant = await sousEcritures(c, e, coordinatrice, () => lireA(sienne, temoins, c.duree));
        c.noter(`${nom}-vs-next-sous-ecritures`, nousEcrivant / nextEcrivant, 'ratio');
      } finally {
        nu.stop();
      }
    }
  } finally {
    if (typeof jumeau !== 'string') await jumeau.stop();
  }
}
