/** What is contested by somebody who left, and that nobody takes back any more: who keeps the body closes it, and says why. */
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { EN_QUALITE } from '../../releve/qualites.rules.ts';
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

/** Of a seat with several addresses, each that may be said not to be theirs; and those of which it was said. */
export function Adresses(p: ClorePageProps) {
  const ecartees = p.tient ? p.participants.flatMap((x) => x.ecartees.map((adresse) => `${x.fonction} : ${adresse}`)) : [];
  if (p.ecartables.length + ecartees.length === 0) return null;
  return (
    <Section titre="Adresses des sièges" id="adresses">
      {ecartees.length > 0 && <p className="govuk-body">N’étaient pas celles de la personne : {ecartees.join(' ; ')}. Rien ne leur est plus écrit.</p>}
      {p.ecartables.length > 0 && <Ecartables {...p} />}
    </Section>
  );
}
const Ecartables = (p: ClorePageProps) => (
  <Details resume="Une adresse n’était pas celle de la personne">
    <p className="govuk-body">
      Rien n’y sera plus écrit, et ce qui en fut dit n’aura plus d’effet : le relevé le dira. Cela ne se reprend pas, et les deux adresses l’apprennent.
    </p>
    {p.ecartables.map(({ participant: x, adresse, nom, voie }) => (
      <Form key={`${x.id}-${adresse}`} action={`/seances/${p.seance.id}/adresses/ecarter`} masques={{ participant: x.id, adresse }}>
        <p className="govuk-body">
          {x.fonction}
          {EN_QUALITE[voie]}, {nom} : {adresse}
        </p>
        <Button variante="danger" petit>
          Cette adresse n’était pas la sienne<span className="govuk-visually-hidden"> ({adresse})</span>
        </Button>
      </Form>
    ))}
  </Details>
);
