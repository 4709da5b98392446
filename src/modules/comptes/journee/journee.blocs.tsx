/** The day of the data protection officer and of the technical administrator: what waits for them, by whom it comes, what to do. */
import { JOUR_MS } from '../../../core/jours.ts';
import { permis, permisDeLire } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { listCourriels } from '../../../core/courrier/mail.ts';
import type { Constat } from '../../../core/diagnostic.ts';
import type { Emplacement, Exploitation } from '../../../core/module.ts';
import type { Regle } from '../../../core/trace/retention.ts';
import { simulerPurges } from '../dpo/conservation.ts';
import { countDemandes, listDemandes } from '../dpo/demandes.queries.ts';
import { peutTraiterDemandes } from '../dpo/dpo.policy.ts';
import { countInvitations } from '../gestion/gestion.queries.ts';
import { estOuverte, listSansReponse } from '../gestion/propositions.queries.ts';
import { listRefus, listSceaux } from '../journal/journal.queries.ts';
import { JourDeLAdministrateur } from './pages/JourDeLAdministrateur.tsx';
import { JourDuDelegue } from './pages/JourDuDelegue.tsx';

/** Refused doors are told for a week. */
const JOURS_DE_REFUS = 7;
const REFUS_MONTRES = 5;
const COURRIELS_MAX = 100;

let regles: readonly Regle[] = [];
const exploitations = new Map<number, Exploitation>();
/** Retention of every module, as the house holds it. */
export function brancherConservation(toutes: readonly Regle[]): void {
  regles = toutes;
}
/** How each contract served here tells whether it is in good order. */
export function suivreExploitation(contratId: number, e: Exploitation): void {
  exploitations.set(contratId, e);
}

export const jourDuDelegue: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !permisDeLire(u, ['dpo']) || !peutTraiterDemandes(u)) return null;
  const aujourdhui = jourDe(c.maintenant);
  const k = c.contrat.id;
  const depuis = new Date(c.maintenant.getTime() - JOURS_DE_REFUS * JOUR_MS);
  const [comptes, demandes, purges, refus, sceaux] = await lireEnsemble(c.db, [
    () => countDemandes(c.db, k, null, aujourdhui),
    () => listDemandes(c.db, k, { filtre: 'ouvertes', nature: null }, aujourdhui, { limite: 5, decalage: 0 }),
    () => simulerPurges(c.db, k, regles, c.maintenant),
    () => listRefus(c.db, k, depuis, REFUS_MONTRES),
    () => listSceaux(c.db, k),
  ]);
  // Ages run without anything being written.
  c.apres(() => {});
  return {
    rang: 2,
    corps: (
      <JourDuDelegue
        {...{ aujourdhui, comptes, demandes, refus, jours: JOURS_DE_REFUS }}
        purges={purges.filter((p) => p.nombre > 0)}
        dernierSceau={sceaux.at(-1)?.quand ?? null}
      />
    ),
  };
};

const GRAVITE: Record<Constat['etat'], number> = { faute: 0, alerte: 1, bon: 2 };

export const jourDeLAdministrateur: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !permis(u, ['administrateur'], {})) return null;
  const [invitations, propositions, echecs] = await lireEnsemble(c.db, [
    () => countInvitations(c.db, c.contrat.id, null, c.maintenant),
    () => listSansReponse(c.db, c.contrat.id),
    () => listCourriels(c.db, c.contrat.id, ['echec'], COURRIELS_MAX),
  ]);
  const constats = (await exploitations.get(c.contrat.id)?.diagnostiquer(c.db)) ?? [];
  // The disk and the backups change without the database knowing.
  c.apres(() => {});
  const corps = (
    <JourDeLAdministrateur
      courriels={echecs.length}
      invitations={invitations}
      propositions={propositions.filter((p) => estOuverte(p, c.maintenant)).length}
      constats={constats.toSorted((a, b) => GRAVITE[a.etat] - GRAVITE[b.etat])}
    />
  );
  return { rang: 3, corps };
};
