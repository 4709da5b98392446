/** What is contested by somebody who left, and that nobody takes back any more: who keeps the body closes it, and says why. */
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { direPresence } from '../../tenue/presences.rules.ts';
import { avantDe } from '../../tenue/tenue.rules.ts';
import type { ClorePageProps } from './clore.modele.ts';

export function AClasser(p: ClorePageProps) {
  if (p.aClasser.length === 0) return null;
  return (
    <Section titre="Contestations de personnes parties" id="a-classer">
      <p className="govuk-body">
        Leur auteur n’est plus là pour les reprendre. Corrigez la présence si elle est fausse{p.seance.etat === 'figee' ? ', par un rectificatif' : ''} ; sinon,
        classez la contestation : le relevé dira l’une et l’autre.
      </p>
      {p.aClasser.map(({ participant: x, mot }) => {
        const ici = p.champs.participant === x.id && p.champs.rang === String(mot.rang);
        return (
          <div key={`${x.id}-${mot.rang}`} className="c-amendement">
            <p className="govuk-body">
              {x.nom || x.fonction}, « {direPresence(x)} » ; contestée par {mot.par} : « {mot.motif} »
            </p>
            <Details resume="Classer" ouvert={ici}>
              <Form action={`/seances/${p.seance.id}/presences/classer`} masques={{ participant: x.id, rang: String(mot.rang), vu: avantDe(x) }}>
                <TextInput
                  nom="classement"
                  id={`classement-${x.id}-${mot.rang}`}
                  libelle={`Pourquoi classer la contestation de ${mot.par}`}
                  aide="Le relevé le dira, avec votre nom."
                  valeur={ici ? (p.champs.classement ?? '') : ''}
                  erreur={ici ? erreurDe(p.erreurs, 'classement') : undefined}
                />
                <Button variante="secondaire" petit>
                  Classer
                </Button>
              </Form>
            </Details>
          </div>
        );
      })}
    </Section>
  );
}
