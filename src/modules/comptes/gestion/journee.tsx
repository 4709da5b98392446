import type { Emplacement } from '../../../core/module.ts';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { vueDuContrat } from '../comptes.vue.ts';
import { countAConfirmer } from './propositions.ts';

/** Proposals on accounts that wait for this person. */
export const aConfirmer: Emplacement<null> = async (c) => {
  const n = await countAConfirmer(c, vueDuContrat(await getCatalogue(c.db, c.contrat.id)).contient);
  if (n === 0) return null;
  const corps = (
    <NotificationBanner titre="À confirmer">
      <p className="govuk-body">
        <a className="govuk-link" href="/comptes/propositions">
          {n > 1 ? `${n} propositions attendent votre réponse` : 'Une proposition attend votre réponse'}
        </a>
        {'\u00a0'}: un rôle sensible se donne ou se retire à deux.
      </p>
    </NotificationBanner>
  );
  return { rang: 0, corps };
};
