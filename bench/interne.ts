/** The application in this process, without a port; without kept pages, each request is read and rendered for itself. */
import { randomBytes } from 'node:crypto';
import { createServeur } from '../src/app.ts';
import { createCoffre } from '../src/core/coffre.ts';
import type { PagesGardees } from '../src/core/http/kept-pages.ts';
import type { Journal } from '../src/core/trace/audit.ts';
import { HOUSE } from '../src/modules.ts';
import type { Etabli } from './contexte.ts';

/** `demonstration`: its fictive people are let in. */
export function ouvrirServeurInterne(
  { p, bases }: Pick<Etabli, 'p' | 'bases'>,
  audit: Journal | null,
  demonstration = false,
  pages: PagesGardees | null = null,
): ReturnType<typeof createServeur> {
  const services = {
    coffre: createCoffre(randomBytes(32)),
    courrier: { expedier: async () => {}, close: async () => {} },
    oidc: null,
    alertes: { smsUrl: null, pushHotes: ['127.0.0.1'], vapid: null },
    suite: null,
    tuiles: null,
    direct: null,
    adresse: 'http://localhost',
    demonstration,
    domaineEntrant: null,
    dossierContrat: 'contrats/paris-2023-2026',
    trousseau: '.data-trousseau',
    exploitation: { rendezvous: [], diagnostiquer: async () => [] },
    house: HOUSE,
  };
  const contrat = { id: p.contratId, slug: p.slug };
  return createServeur({ bases, contrat, mandataires: false, services, audit, pages, statique: null, journal: false, horloge: () => new Date() });
}
