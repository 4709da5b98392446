/**
 * Pages kept for everybody, against a bare server that sends the same bytes: the store of kept pages when nobody writes (what writes do to
 * it is another theme's). And the same pages signed in, rendered at each request.
 */
import { charger, type Contexte, COORDINATRICE, lirePage } from './contexte.ts';
import { nuOctets } from './nus.ts';

async function comparerPage(c: Contexte, nom: string, url: string, temoin: string | null): Promise<void> {
  const corps = await lirePage(url, temoin);
  const nu = await nuOctets(corps);
  try {
    // Each is warmed as the other is.
    await charger({ url: nu.adresse, secondes: 1 });
    await charger({ url, temoin, secondes: 1 });
    const bare = await charger({ url: nu.adresse, secondes: c.duree });
    const page = await charger({ url, temoin, secondes: c.duree });
    c.noter(`${nom}-pages-s`, page.parSeconde, 'pages/s');
    c.noter(`${nom}-octets`, corps.length, 'octets');
    c.noter(`${nom}-vs-bare`, bare.parSeconde / page.parSeconde, 'ratio');
  } finally {
    nu.stop();
  }
}

export async function mesurerPubliques(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const temoin = await e.temoin(COORDINATRICE);
  await comparerPage(c, 'fiche-page', `${e.adresse}/fiches/1.6?annee=2026`, null);
  await comparerPage(c, 'barometre-page', `${e.adresse}/barometre?annee=2026`, null);
  await comparerPage(c, 'fiche-page-rendue', `${e.adresse}/fiches/1.6?annee=2026`, temoin);
  await comparerPage(c, 'barometre-page-rendue', `${e.adresse}/barometre?annee=2026`, temoin);
  await comparerPage(c, 'liste-50', `${e.adresse}/registres/formations`, temoin);
}
