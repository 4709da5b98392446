/** What « Ma journée » says to who takes down what residents report: where to write it, before anything else. */
import type { Emplacement } from '../../../core/module.ts';
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { estALEcoute } from '../demandes/demandes.policy.ts';

export const recevoirUnAppel: Emplacement<null> = async (c) => {
  if (!estALEcoute(c.utilisateur)) return null;
  return {
    rang: 5,
    corps: (
      <Section titre="Recevoir une demande">
        <ButtonGroup>
          <LinkButton href="/signalements/saisir">Nouvelle demande</LinkButton>
          <LinkButton variante="secondaire" href="/signalements/boite">
            Demandes à traiter
          </LinkButton>
          <LinkButton variante="secondaire" href="/suivi">
            Suivre une demande avec son code
          </LinkButton>
        </ButtonGroup>
      </Section>
    ),
  };
};
