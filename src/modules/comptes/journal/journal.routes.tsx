/** Who did or saw what: the DPO's screen, and the export of what it shows. Each reading of the trail is itself an entry. */
import { estJour } from '../../../core/jours.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { z } from 'zod';
import { acces, direRole, type Role, ROLES } from '../../../core/authorize.ts';
import { interdit } from '../../../core/errors.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import type { Comptes, VueContrat } from '../comptes.contexte.ts';
import { peutLireRegistre } from '../dpo/dpo.policy.ts';
import { type FiltresJournal, listActions, listEntrees, listSceaux, requeteDesEntrees } from './journal.queries.ts';
import { JournalPage } from './pages/JournalPage.tsx';

const PAR_PAGE = 100;

const jour = z.string().refine(estJour);
const oui = <S extends z.ZodType<string>>(schema: S, v: string): string | null => (schema.safeParse(v).success ? v : null);

/** What does not read as a filter is no filter: an address copied by hand still opens. */
function lireFiltres(c: Contexte): FiltresJournal {
  return {
    compte: oui(z.uuid(), texte(c.requete.compte)),
    objet: oui(z.string().startsWith('/').max(500), texte(c.requete.objet)),
    action: oui(z.string().regex(/^[a-z_]+\.[a-z_]+$/), texte(c.requete.action)),
    du: oui(jour, texte(c.requete.du)),
    au: oui(jour, texte(c.requete.au)),
  };
}

/** The trail keeps codes (« coordonnateur mairie-18 »); people read words. What names no role is shown as it is. */
const direMandats = (mandats: string, contrat: Pick<VueContrat, 'nomTerritoire'>): string =>
  mandats
    .split(', ')
    .map((mandat) => {
      const [role = '', ...limites] = mandat.split(' ');
      if (!Object.hasOwn(ROLES, role)) return mandat;
      return [direRole(role as Role), ...limites.map((l) => contrat.nomTerritoire(l))].join(', ');
    })
    .join(' ; ');

export function buildJournalRoutes(k: Pick<Comptes, 'contrat' | 'actes'>): Route[] {
  // An act that has no words is shown by its code: nothing is hidden.
  const direAction = (action: string): string => k.actes.get(action) ?? action;
  return [
    /** 200 for the DPO; 403 for everyone else, the technical administrator included. */
    get(
      '/journal',
      acces.role('dpo'),
      async (c) => {
        if (!peutLireRegistre(c.utilisateur)) throw interdit();
        const filtres = lireFiltres(c);
        const avant = Number.parseInt(texte(c.requete.avant), 10);
        const [entrees, actions, sceaux] = await lireEnsemble(c.db, [
          () => listEntrees(c.db, c.contrat.id, filtres, PAR_PAGE + 1, Number.isSafeInteger(avant) && avant > 0 ? avant : null),
          () => listActions(c.db, c.contrat.id),
          () => listSceaux(c.db, c.contrat.id),
        ]);
        const vues = entrees.slice(0, PAR_PAGE);
        const contrat = await k.contrat(c);
        return page({
          titre: 'Journal d’audit',
          largeur: 'travail',
          section: 'journal',
          corps: (
            <JournalPage
              entrees={vues}
              suite={entrees.length > PAR_PAGE ? (vues.at(-1)?.numero ?? null) : null}
              filtres={filtres}
              actions={actions}
              sceaux={sceaux.slice(-3).reverse()}
              nomActeur={contrat.nomActeur}
              direMandats={(mandats) => direMandats(mandats, contrat)}
              direAction={direAction}
            />
          ),
        });
      },
      { sensible: true },
    ),
    get(
      '/journal/export.csv',
      acces.role('dpo'),
      async (c) => {
        if (!peutLireRegistre(c.utilisateur)) throw interdit();
        const entrees = parcourir(c.db, requeteDesEntrees(c.contrat.id, lireFiltres(c), null, null));
        const { nomActeur } = await k.contrat(c);
        const titres = ['numero', 'quand', 'personne', 'organisation', 'mandat', 'acte', 'objet', 'empreinte_avant', 'empreinte_apres', 'details', 'adresse'];
        const contenu = exporterCsv(entrees, titres, (e) => [
          String(e.numero),
          e.quand.toISOString(),
          e.nom,
          e.organisationId ? nomActeur(e.organisationId) : '',
          e.mandat,
          direAction(e.action),
          e.objet,
          e.avant,
          e.apres,
          JSON.stringify(e.details),
          e.adresse,
        ]);
        return fichier(contenu, { nom: 'journal.csv', type: 'text/csv; charset=utf-8' });
      },
      { sensible: true },
    ),
  ];
}
