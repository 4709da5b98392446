/** The main courante read whole, printed, and taken away: page, PDF/UA, CSV, and JSON with its chain. */
import { sql } from 'kysely';
import { uuid } from '../../../core/base/id.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route } from '../../../core/http/http.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import { ecrire } from '../../documents/index.ts';
import { chargerCrise } from '../crises.contexte.ts';
import { accesCrises } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import type { Chargee } from '../crises.contexte.ts';
import { EntieresPage } from '../pages/EntieresPage.tsx';
import { PAR_PAGE_ENTIERE as PAR_PAGE } from '../pages/Entrees.tsx';
import { filDe, titreDe, travail } from '../salle/cadre.ts';
import { CHAMPS, type Export, FORMAT, lireLigneScellee } from './chaine.rules.ts';
import { getTete, listEntrees, listMaillons } from './main-courante.queries.ts';
import { composer } from './papier.ts';

const nomDe = (k: Chargee, suffixe: string): string => `${k.crise.exercice ? 'exercice-' : ''}main-courante-${k.crise.id.slice(0, 8)}.${suffixe}`;
/** Names of its columns, those of the sealed line; the first says on every row whether it is an exercise. */
const COLONNES = ['exercice', ...CHAMPS.filter((c) => c !== 'exercice' && c !== 'auteur_id'), 'empreinte'] as const;

async function lireTout(c: Contexte, k: Chargee): Promise<Export> {
  const entrees: Export['entrees'] = [];
  for (let apres = 0; ; ) {
    const ici = await listMaillons(c.db, c.contrat.id, k.crise.id, apres, 5000);
    entrees.push(...ici);
    if (ici.length < 5000) break;
    apres = ici.at(-1)?.numero ?? apres;
  }
  const dernier = entrees.at(-1);
  return {
    format: FORMAT,
    crise: {
      id: k.crise.id,
      titre: titreDe(k.crise),
      type: k.crise.type,
      exercice: k.crise.exercice,
      ouverte_le: k.crise.ouverteLe.toISOString(),
      close_le: k.crise.closeLe?.toISOString() ?? null,
    },
    // Of the last entry read: what is written meanwhile is in the next file.
    tete: { numero: dernier?.numero ?? 0, empreinte: dernier?.empreinte ?? '0'.repeat(64) },
    entrees,
  };
}

export const buildExportsRoutes = (o: Outils): Route[] => [
  /** 200 every entry from the oldest, by pages of 500; 403; 404. */
  get(
    '/crises/:crise/main-courante',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      const tete = await getTete(c.db, c.contrat.id, k.crise.id);
      const total = tete?.numero ?? 0;
      const n = Math.min(numeroDePage(c), Math.max(1, Math.ceil(total / PAR_PAGE)));
      const entrees = await listEntrees(c.db, c.contrat.id, k.crise.id, { apresSeul: (n - 1) * PAR_PAGE, nombre: PAR_PAGE, enOrdre: true });
      return page({
        ...travail,
        titre: titreDe(k.crise, 'main courante'),
        fil: filDe(k.crise),
        corps: <EntieresPage k={k} entrees={entrees} page={n} total={total} parPage={PAR_PAGE} tete={tete} />,
      });
    },
    { sensible: true },
  ),
  /** 200 the paper (PDF/UA), as it is now; 403; 404. */
  get(
    '/crises/:crise/main-courante.pdf',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      const entrees = await listEntrees(c.db, c.contrat.id, k.crise.id, { enOrdre: true });
      const tete = await getTete(c.db, c.contrat.id, k.crise.id);
      const papier = composer(k, entrees, { contrat: k.cat.contrat.titre, maintenant: c.maintenant, demonstration: c.demonstration, tete });
      return fichier(await ecrire(papier, 'pdf'), { nom: nomDe(k, 'pdf'), type: 'application/pdf', affiche: true });
    },
    { sensible: true, parMinute: 20 },
  ),
  /** 200 one row for each entry, as sealed; 403; 404; 503 too many exports at once. */
  get(
    '/crises/:crise/main-courante.csv',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      const lignes = parcourir<{ ligne: string; empreinte: string }>(
        c.db,
        sql<{ ligne: string; empreinte: string }>`
          select ligne, encode(empreinte, 'hex') as empreinte from main_courante
          where contrat_id = ${c.contrat.id} and crise_id = ${uuid(k.crise.id)} order by numero`,
      );
      const contenu = exporterCsv(lignes, COLONNES, ({ ligne, empreinte }) => {
        const dite = lireLigneScellee(ligne);
        return COLONNES.map((nom) => {
          if (nom === 'empreinte') return empreinte;
          if (nom === 'exercice') return k.crise.exercice ? 'exercice' : 'crise réelle';
          const v = dite?.[nom];
          return Array.isArray(v) ? v.join(' ') : v === null || v === undefined ? '' : String(v);
        });
      });
      return fichier(contenu, { nom: nomDe(k, 'csv'), type: 'text/csv; charset=utf-8' });
    },
    { sensible: true },
  ),
  /** 200 every entry with its chain: `concorde crises verifier-fichier` checks it without any database; 403; 404. */
  get(
    '/crises/:crise/main-courante.json',
    accesCrises,
    async (c) => {
      const k = await chargerCrise(c, o.cadre);
      return fichier(JSON.stringify(await lireTout(c, k), null, 1), { nom: nomDe(k, 'json'), type: 'application/json; charset=utf-8' });
    },
    { sensible: true },
  ),
];
