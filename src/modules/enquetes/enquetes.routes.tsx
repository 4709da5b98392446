import { acces, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { introuvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { listEnquetes } from './definition/definitions.ts';
import type { Enquete } from './definition/definition.schema.ts';
import { conduit, peutConduire, peutLireResultats } from './enquetes.policy.ts';
import { EnquetesPage } from './pages/EnquetesPage.tsx';
import { ResultatsPage, RetireePage } from './pages/ResultatsPage.tsx';
import { repondreRoutes } from './repondre/repondre.routes.tsx';
import { csvDeVague } from './resultats/csv.ts';
import { depouillerVague, figuresDe, figuresDes } from './vagues/cloture.ts';
import { buildConduireRoutes } from './vagues/conduire.routes.tsx';
import { getVague, listCloses, listOuvertes, listVagues } from './vagues/vagues.queries.ts';
import { etatDe, publicationDe, RETIREE } from './vagues/vagues.rules.ts';

const PAR_PAGE = 20;
const FIL = [{ libelle: 'Enquêtes', href: '/enquetes' }];

async function uneVagueClose(c: Contexte) {
  const v = await getVague(c.db, c.contrat.id, c.params.vague ?? '');
  if (!v) throw introuvable('Cette vague');
  const cat = await getCatalogue(c.db, c.contrat.id);
  const figures = await figuresDe(c, v);
  const publication = publicationDe(figures);
  const lisible = peutLireResultats(c.utilisateur, { close: v.closeLe !== null, publication, conduite: conduit(c.utilisateur, cat, v.definition, v) });
  return { v, cat, figures, publication, lisible };
}

/** A page of the closed waves that this person may read: in few reads, however many there are. */
async function listLisibles(c: Contexte, cat: Catalogue, enquetes: ReadonlyMap<string, Enquete>) {
  const closes = await listCloses(c.db, c.contrat.id);
  const figures = await figuresDes(c, closes);
  const places = new Map([...enquetes].map(([code, e]) => [code, new Set(peutConduire(c.utilisateur, cat, e).map((p) => `${p.debiteur}|${p.territoireId}`))]));
  const lisibles = closes.filter((v) =>
    peutLireResultats(c.utilisateur, {
      close: true,
      publication: publicationDe(figures.get(v.id) ?? []),
      conduite: places.get(v.code)?.has(`${v.debiteur}|${v.territoireId}`) ?? false,
    }),
  );
  const n = Math.min(numeroDePage(c), Math.max(1, Math.ceil(lisibles.length / PAR_PAGE)));
  const ici = lisibles.slice((n - 1) * PAR_PAGE, n * PAR_PAGE).map((v) => v.id);
  return { n, total: lisibles.length, vagues: await listVagues(c.db, c.contrat.id, ici) };
}

export async function buildRoutes(s: Pick<Services, 'coffre' | 'adresse' | 'dossierContrat'>): Promise<Route[]> {
  const enquetes = await listEnquetes(s.dossierContrat);
  return [
    get('/enquetes', acces.public, async (c) => {
      const cat = await getCatalogue(c.db, c.contrat.id);
      const u = c.utilisateur;
      const aujourdhui = jourDe(c.maintenant);
      const closes = await listLisibles(c, cat, enquetes);
      const vagues = [...(await listOuvertes(c.db, c.contrat.id)), ...closes.vagues].map((v) => ({
        ...v,
        etat: etatDe(v, aujourdhui),
        conduite: conduit(u, cat, v.definition, v),
      }));
      const travail = auTravail(u);
      const ouvrables = [...enquetes.values()].map((e) => ({ ...e, ouvrable: peutConduire(u, cat, e).length > 0 }));
      return page({
        titre: 'Enquêtes',
        ...(travail ? { largeur: 'travail' as const, section: 'enquetes' } : {}),
        corps: (
          <EnquetesPage
            enquetes={ouvrables}
            vagues={vagues}
            catalogue={cat}
            travail={travail}
            closes={{ page: closes.n, total: closes.total, parPage: PAR_PAGE }}
          />
        ),
      });
    }),
    /** 200 the results of a closed wave; 410 why they are published no more; 404 unknown, or not to be read yet. */
    get('/enquetes/vagues/:vague', acces.public, async (c) => {
      const { v, cat, figures, publication, lisible } = await uneVagueClose(c);
      const titre = v.definition.titre.fr;
      if (!lisible && (publication === 'secrete' || publication === 'remplacee'))
        return page({ titre, statut: 410, fil: FIL, corps: <RetireePage vague={v} figures={figures} dit={RETIREE[publication]} /> });
      // That a wave has results is not told before they are.
      if (!lisible) throw introuvable('Ce résultat');
      return page({
        titre,
        fil: FIL,
        corps: <ResultatsPage vague={v} catalogue={cat} depouille={await depouillerVague(c, v)} figures={figures} />,
      });
    }),
    /** 200 the same counts as a file; 404 unknown, not to be read, or too few answers for any. */
    get('/enquetes/vagues/:vague/resultats.csv', acces.public, async (c) => {
      const { v, lisible } = await uneVagueClose(c);
      if (!lisible || v.reponses < v.definition.seuil) throw introuvable('Ce résultat');
      const csv = { nom: `enquete-${v.code}-${v.periode}.csv`, type: 'text/csv; charset=utf-8' };
      // Partners read it before it is published: what they are given is not to be reused yet.
      const { licence } = (await getCatalogue(c.db, c.contrat.id)).contrat;
      return fichier(csvDeVague(v, await depouillerVague(c, v)), c.utilisateur ? csv : { ...csv, licence });
    }),
    ...repondreRoutes,
    ...buildConduireRoutes({ ...s, enquetes }),
  ];
}
