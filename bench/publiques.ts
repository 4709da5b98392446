/**
 * Pages kept for everybody, against a bare server that sends the same bytes: the store of kept pages when nobody writes (what writes do to
 * it is another theme's). And the same pages signed in, rendered at each request, against the session's statement and the same bytes.
 */
import { charger, type Contexte, COORDINATRICE, type Etabli, lirePage } from './contexte.ts';
import { nuOctets, nuSession } from './nus.ts';

async function comparerPage(c: Contexte, e: Etabli, nom: string, chemin: string, temoin: string | null): Promise<void> {
  const url = e.adresse + chemin;
  const corps = await lirePage(url, temoin);
  const nu = await (temoin ? nuSession(e, corps, temoin) : nuOctets(corps));
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
  await comparerPage(c, e, 'fiche-page', '/fiches/1.6?annee=2026', null);
  await comparerPage(c, e, 'barometre-page', '/barometre?annee=2026', null);
  await comparerPage(c, e, 'fiche-page-rendue', '/fiches/1.6?annee=2026', temoin);
  await comparerPage(c, e, 'barometre-page-rendue', '/barometre?annee=2026', temoin);
  await comparerPage(c, e, 'liste-50', '/registres/formations', temoin);
}
