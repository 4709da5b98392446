/** What the page of a body shows of its links with others, as this person may know them. */
import { enPages } from '../../../core/http/list-page.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { cadreDe, sousPromesse } from '../instances.contexte.ts';
import { peutLireSeances, peutParlerPour } from '../instances.policy.ts';
import type { Confidentialite } from '../instances.rules.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { listRattachements } from '../rattachements/rattachements.queries.ts';
import type { PageDInstance } from '../reunions.ts';
import { LiensDeLInstance } from './pages/LiensDeLInstance.tsx';
import { listRemontees } from './remontees.queries.ts';

const PAR_PAGE = 20;

export async function liensDeLInstance(c: Contexte, p: PageDInstance) {
  const { instance, catalogue } = p;
  const v = vueDeLecture(c.utilisateur, catalogue, p.aujourdhui);
  const lire = (db: Db, sens: 'envoyees' | 'recues') => (p.lit ? listRemontees(db, c.contrat.id, instance.id, sens, v) : []);
  const [{ parentes, filles }, envoyees, recues] = await lireEnsemble(c.db, [
    () => listRattachements(c.db, c.contrat.id, instance.id, v, p.aujourdhui),
    () => lire(c.db, 'envoyees'),
    () => lire(c.db, 'recues'),
  ]);
  // Each keeps what was promised when it was sent.
  const lisible = (tenu: Confidentialite) => peutLireSeances(c.utilisateur, cadreDe(sousPromesse(instance, { confidentialite: tenu })), catalogue.contient);
  const ouverte = instance.closeLe === null && instance.confidentialite !== 'nommee';
  return (
    <LiensDeLInstance
      instanceId={instance.id}
      parentes={parentes}
      filles={filles}
      envoyees={enPages(
        c,
        envoyees.filter((r) => lisible(r.deConfidentialite)),
        PAR_PAGE,
        'envoyees',
      )}
      recues={enPages(
        c,
        recues.filter((r) => lisible(r.versConfidentialite)),
        PAR_PAGE,
        'recues',
      )}
      parle={ouverte && peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient)}
      gere={ouverte && p.gere}
    />
  );
}
