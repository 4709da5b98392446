/** JSON API of what is owed: read by a program, given by a program, with the rights of whoever made its token. */
import { accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { interdit, invalide } from '../../../core/errors.ts';
import { exiger, get, json, post, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { listMethodes, listVersionsCourantes } from '../../indicateurs/index.ts';
import { attendues, dusDe } from './attendues.ts';
import { recevoir } from './contributions.ts';
import { attenduesSchema, envoiSchema } from './contributions.schema.ts';

export const apiRoutes: Route[] = [
  /** 200 what its holder owes in a year · 401 · 403 · 422 */
  get(
    '/api/v1/contributions/attendues',
    accesMetier,
    async (c) => {
      const u = c.utilisateur;
      if (!u) throw interdit();
      const aujourdhui = jourDe(c.maintenant);
      const q = exiger(attenduesSchema, {
        annee: texte(c.requete.annee) || aujourdhui.slice(0, 4),
        etat: texte(c.requete.etat) || 'toutes',
        limite: texte(c.requete.limite) || '500',
        apres: texte(c.requete.apres),
      });
      const cat = await getCatalogue(c.db, c.contrat.id);
      const dus = dusDe(u, cat, q.annee, aujourdhui);
      const [courantes, methodes] = await lireEnsemble(c.db, [
        () => listVersionsCourantes(c.db, c.contrat.id, dus),
        () => listMethodes(c.db, c.contrat.id, dus.mesures),
      ]);
      const toutes = attendues(u, cat, q.annee, aujourdhui, courantes, methodes)
        .filter((a) => (q.etat === 'toutes' || a.etat === q.etat) && a.cle > q.apres)
        .sort((a, b) => (a.cle < b.cle ? -1 : 1));
      const page = toutes.slice(0, q.limite);
      return json({ donnees: page.map(({ cle: _, ...a }) => a), suite: toutes.length > page.length ? (page.at(-1)?.cle ?? null) : null });
    },
    { api: true, sensible: true, portees: ['lire', 'contribuer'] },
  ),

  /** 201 all of them recorded, or found as they were · 401 · 403 · 422 none, each refusal by its rank */
  post(
    '/api/v1/contributions',
    accesMetier,
    async (c) => {
      const u = c.utilisateur;
      if (!u) throw interdit();
      const { contributions } = exiger(envoiSchema, c.corps);
      const r = await recevoir(c, u, await getCatalogue(c.db, c.contrat.id), contributions);
      if (!r.ok)
        throw invalide(
          `Rien n’a été enregistré : ${r.erreurs.length > 1 ? `${r.erreurs.length} fautes sont à corriger` : 'une faute est à corriger'}.`,
          r.erreurs,
        );
      return json({ contributions: r.recues }, 201);
    },
    { api: true, creation: true, portees: ['contribuer'] },
  ),
];
