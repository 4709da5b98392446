/** A receiver answers by a link, without account: what was asked and when, nothing of whom. Once the outcome is given, the link is over. */
import { code } from '../../../core/trace/details.ts';
import { jourDe } from '../../../core/clock.ts';
import { acces } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { compter } from '../cellule/cellule.queries.ts';
import type { Outils } from '../cellules.contexte.ts';
import { choixDe } from '../charte/charte.rules.ts';
import { ReponsePage, ReponseRecuePage } from '../pages/ReponsePages.tsx';
import { empreinteDuLien } from './lien.rules.ts';
import { getParLien, setAccuse, setIssue } from './orientations.queries.ts';

const SECRETE = { secrete: true, parMinute: 30 } as const;

export function buildReponseRoutes(o: Outils): Route[] {
  async function uneOrientation(c: Contexte, tenue: boolean) {
    const aujourdhui = jourDe(c.maintenant);
    const x = await getParLien(c.db, c.contrat.id, empreinteDuLien(c.params.reponseOrientation ?? ''), aujourdhui, tenue);
    if (!x || x.issue) throw introuvable('Ce lien');
    return { x, aujourdhui };
  }
  const montrer = (c: Contexte, x: Awaited<ReturnType<typeof uneOrientation>>['x'], erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      titre: 'Répondre à une orientation',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <ReponsePage charte={o.charte} orientation={x} action={c.url.pathname} erreurs={erreurs} />,
    });
  return [
    /** 200 what is asked; 404 unknown, answered already, or too late. */
    get('/cellules/reponse/:reponseOrientation', acces.public, async (c) => montrer(c, (await uneOrientation(c, false)).x), SECRETE),
    /** 200 received; 404 as above; 422 nothing chosen; 409 acknowledged already. */
    post(
      '/cellules/reponse/:reponseOrientation',
      acces.public,
      async (c) => {
        const { x, aujourdhui } = await uneOrientation(c, true);
        const quoi = texte(c.corps.reponse);
        const chemin = `/cellules/${x.celluleId}/situations/${x.situationId}`;
        if (quoi === 'accuse') {
          if (x.accuseLe) throw conflit('La prise en charge est déjà confirmée. Revenez par ce lien donner l’issue.');
          await setAccuse(c.db, c.contrat.id, x.id, aujourdhui);
          await compter(c.db, c.contrat.id, x.celluleId, 'accuses', aujourdhui);
          await c.auditer('situation.accuse', chemin, { orientation: code(x.id) });
        } else {
          if (!choixDe(o.charte, 'issues', x.cellule).some((i) => i.code === quoi))
            return montrer(c, x, [{ champ: 'reponse', message: 'Choisissez votre réponse.' }]);
          await setIssue(c.db, c.contrat.id, x.id, quoi, aujourdhui);
          if (!x.accuseLe) await compter(c.db, c.contrat.id, x.celluleId, 'accuses', aujourdhui);
          await compter(c.db, c.contrat.id, x.celluleId, 'issues', aujourdhui);
          await c.auditer('situation.issue', chemin, { orientation: code(x.id) });
        }
        return page({ titre: 'Réponse reçue', corps: <ReponseRecuePage finie={quoi !== 'accuse'} issueAvant={x.issueAvant} /> });
      },
      { ...SECRETE, anonyme: true },
    ),
  ];
}
