/** Pages that a person opens each day, at the scale reached against the demonstration: request by request, in turn, in the same minute. */
import { sql } from 'kysely';
import { type Contexte, COORDINATRICE, type Etabli, lirePage, mediane, PERSONAS, quantile, tourATour } from './contexte.ts';
import { LIEU_SEME } from './semis.ts';

const TOURS = 25;
/** Who answers for fiches, beside those whom pages are asked as. */
const PILOTE = 'helene.marchand';

interface Page {
  nom: string;
  chemin: (e: Etabli) => Promise<string> | string;
}
const fixe = (chemin: string) => (): string => chemin;

/** The same session in both: of the demonstration, the one with most items; history was made around it. */
async function cheminDeSeance(e: Etabli): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select s.id from seances s left join seance_points p on p.contrat_id = s.contrat_id and p.seance_id = s.id
    where s.contrat_id = ${e.contratId} and s.lieu <> ${LIEU_SEME} and s.etat not in ('declaree', 'annulee')
    group by s.contrat_id, s.id order by count(p.id) desc, s.jour, s.titre limit 1`.execute(e.owner);
  if (!rows[0]) throw new Error('Aucune séance à lire.');
  return `/seances/${rows[0].id}`;
}

const PAGES: readonly Page[] = [
  { nom: 'journee', chemin: fixe('/ma-journee') },
  { nom: 'decisions', chemin: fixe('/decisions') },
  { nom: 'instances', chemin: fixe('/instances') },
  { nom: 'seance', chemin: cheminDeSeance },
  { nom: 'calendrier', chemin: fixe('/calendrier') },
];
/** The rest of what lists do with history: noted, held by no target of the table. */
const AUTRES: readonly Page[] = [
  { nom: 'decisions-tableau', chemin: fixe('/decisions?vue=tableau') },
  { nom: 'decisions-texte', chemin: fixe('/decisions?q=mener') },
  { nom: 'decisions-moi', chemin: fixe('/decisions?qui=moi') },
  { nom: 'decisions-retard', chemin: fixe('/decisions?retard=oui') },
  { nom: 'registres', chemin: fixe('/registres') },
  { nom: 'registre-liste', chemin: fixe('/registres/formations') },
  { nom: 'registre-texte', chemin: fixe('/registres/formations?q=rixes') },
  { nom: 'registre-retires', chemin: fixe('/registres/formations?statut=retire') },
  { nom: 'registre-territoire', chemin: fixe('/registres/formations?territoire=mairie-18') },
  { nom: 'registre-texte-territoire', chemin: fixe('/registres/formations?q=rixes&territoire=mairie-18') },
];

async function comparer(c: Contexte, page: Page, persona: string): Promise<{ ratio: number; p50: number; p95: number }> {
  const [petit, grand] = [await c.etabli('A'), await c.etabli(c.echelle)];
  const urls = [petit.adresse + (await page.chemin(petit)), grand.adresse + (await page.chemin(grand))] as const;
  const [qui, quiGrand] = [await petit.temoin(persona), await grand.temoin(persona)];
  const [enA = [], enC = []] = await tourATour(c.rapide ? 12 : TOURS, [() => lirePage(urls[0], qui), () => lirePage(urls[1], quiGrand)]);
  // The fastest quarter: what else the machine does troubles it least.
  return { ratio: quantile(enC, 0.25) / quantile(enA, 0.25), p50: mediane(enC), p95: quantile(enC, 0.95) };
}

export async function mesurerListes(c: Contexte): Promise<void> {
  const suffixe = c.echelle === 'C' ? '' : `-${c.echelle}`;
  for (const page of [...PAGES, ...AUTRES]) {
    const tenue = PAGES.includes(page);
    // The worst of several people counts: not everybody's lists are as long.
    const personas = tenue && c.echelle === 'C' ? [...PERSONAS, PILOTE] : [COORDINATRICE];
    const mesures = [];
    for (const persona of personas) mesures.push({ persona, ...(await comparer(c, page, persona)) });
    const pire = mesures.reduce((a, b) => (b.ratio > a.ratio ? b : a));
    c.noter(`${page.nom}${suffixe}`, pire.ratio, 'ratio');
    c.noter(`${page.nom}${suffixe}-p50`, pire.p50, 'ms');
    c.noter(`${page.nom}${suffixe}-p95`, pire.p95, 'ms');
    if (personas.length > 1) c.dire(`  ${page.nom} : ${mesures.map((m) => `${m.persona} ${m.ratio.toFixed(2)}`).join(', ')}`);
  }
}
