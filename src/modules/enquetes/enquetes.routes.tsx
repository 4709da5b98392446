import { acces, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { introuvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, page, type Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { listEnquetes } from './definition/definitions.ts';
import { conduit, peutConduire, peutLireResultats } from './enquetes.policy.ts';
import { EnquetesPage } from './pages/EnquetesPage.tsx';
import { ResultatsPage } from './pages/ResultatsPage.tsx';
import { repondreRoutes } from './repondre/repondre.routes.tsx';
import { csvDeVague } from './resultats/csv.ts';
import { depouillerVague, figuresDe } from './vagues/cloture.ts';
import { buildConduireRoutes } from './vagues/conduire.routes.tsx';
import { getVague, listVagues, type Vague } from './vagues/vagues.queries.ts';
import { etatDe } from './vagues/vagues.rules.ts';

const estValidee = async (c: Contexte, v: Vague): Promise<boolean> => v.closeLe !== null && (await figuresDe(c, v)).some((f) => f.validee);

/** Throws 404: that a wave has results is not told before they are. */
async function uneVagueLisible(c: Contexte): Promise<{ v: Vague; cat: Catalogue; figures: Awaited<ReturnType<typeof figuresDe>> }> {
  const v = await getVague(c.db, c.contrat.id, c.params.vague ?? '');
  if (!v) throw introuvable('Cette vague');
  const figures = await figuresDe(c, v);
  if (!peutLireResultats(c.utilisateur, { close: v.closeLe !== null, validee: figures.some((f) => f.validee) })) throw introuvable('Ce résultat');
  return { v, figures, cat: await getCatalogue(c.db, c.contrat.id) };
}

export async function buildRoutes(s: Pick<Services, 'coffre' | 'adresse' | 'dossierContrat'>): Promise<Route[]> {
  const enquetes = await listEnquetes(s.dossierContrat);
  return [
    get('/enquetes', acces.public, async (c) => {
      const cat = await getCatalogue(c.db, c.contrat.id);
      const u = c.utilisateur;
      const aujourdhui = jourDe(c.maintenant);
      const vagues = [];
      for (const v of await listVagues(c.db, c.contrat.id))
        vagues.push({
          ...v,
          etat: etatDe(v, aujourdhui),
          lisible: peutLireResultats(u, { close: v.closeLe !== null, validee: await estValidee(c, v) }),
          conduite: conduit(u, cat, v.definition, v),
        });
      const travail = auTravail(u);
      const ouvrables = [...enquetes.values()].map((e) => ({ ...e, ouvrable: peutConduire(u, cat, e).length > 0 }));
      return page({
        titre: 'Enquêtes',
        ...(travail ? { largeur: 'travail' as const, section: 'enquetes' } : {}),
        corps: <EnquetesPage enquetes={ouvrables} vagues={vagues} catalogue={cat} travail={travail} />,
      });
    }),
    /** 200 the results of a closed wave; 404 unknown, or not to be read yet. */
    get('/enquetes/vagues/:vague', acces.public, async (c) => {
      const { v, cat, figures } = await uneVagueLisible(c);
      return page({
        titre: v.definition.titre.fr,
        fil: [{ libelle: 'Enquêtes', href: '/enquetes' }],
        corps: <ResultatsPage vague={v} catalogue={cat} depouille={await depouillerVague(c, v)} figures={figures} />,
      });
    }),
    /** 200 the same counts as a file; 404 unknown, not to be read yet, or too few answers for any. */
    get('/enquetes/vagues/:vague/resultats.csv', acces.public, async (c) => {
      const { v } = await uneVagueLisible(c);
      if (v.reponses < v.definition.seuil) throw introuvable('Ce résultat');
      return fichier(csvDeVague(v, await depouillerVague(c, v)), { nom: `enquete-${v.code}-${v.periode}.csv`, type: 'text/csv; charset=utf-8' });
    }),
    ...repondreRoutes,
    ...buildConduireRoutes({ ...s, enquetes }),
  ];
}
