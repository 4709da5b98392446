import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { routesDEssai } from '../../../tests/support/app.ts';
import { lireSoumission } from './submissions.ts';

const LIEN = 'droit-de-repondre-K7mQ2xT9';
const CLE = 'cle-de-ce-formulaire-4f1c';

test('de ce qui est gardé d’un envoi fait par un lien personnel, rien ne mène au lien, ni à ce qui fut choisi', async () => {
  const parLien = (await routesDEssai()).filter((r) => r.methode === 'POST' && r.options.secrete && !r.options.api && !r.options.rejouable);
  expect(parLien.filter((r) => r.chemin.includes(':')).length).toBeGreaterThan(15);
  for (const r of parLien) {
    const url = r.chemin.replace(/:\w+/g, LIEN);
    const request = { headers: {}, url } satisfies Partial<FastifyRequest>;
    const lire = (cle: string, choix: string) =>
      lireSoumission(request as FastifyRequest, r, { contratId: 1, compteId: null, corps: { _cle: cle, choix }, fichiers: [] });
    const [une, encore, autre, ailleurs] = await Promise.all([lire(CLE, 'oui'), lire(CLE, 'oui'), lire(CLE, 'non'), lire('cle-d-un-autre-formulaire', 'oui')]);
    if (!une || !encore || !autre || !ailleurs) throw new Error(`${r.chemin} : pas de clé`);
    expect([r.chemin, une.route]).toEqual([r.chemin, `POST ${r.chemin}`]);
    // Sent twice it is known again; said otherwise, or by another form, it is another.
    expect([r.chemin, encore.cle.equals(une.cle), autre.cle.equals(une.cle) && !r.options.uneReponse]).toEqual([r.chemin, true, false]);
    expect([r.chemin, ailleurs.cle.equals(une.cle)]).toEqual([r.chemin, false]);
    // Nothing is kept but what the key of the form makes: the same choice of another form has another print, or no form has one.
    const vide = une.contenu.equals(autre.contenu);
    expect([r.chemin, vide || !ailleurs.contenu.equals(une.contenu)]).toEqual([r.chemin, true]);
  }
});
