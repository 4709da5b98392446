import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourDuMoment, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Proposition } from '../propositions.queries.ts';
import type { direAtteinte } from '../veille.rules.ts';
import type { Veille } from '../veille.schema.ts';

interface PropositionsDAlerteProps {
  veille: Veille;
  catalogue: Catalogue;
  propositions: readonly (Proposition & { decide: boolean; lit: boolean })[];
  aujourdhui: string;
  dire: typeof direAtteinte;
}
/** What the rules of the contract propose: an alert to prepare, or a reason not to. */
export function PropositionsDAlerte({ veille: v, catalogue: cat, propositions, aujourdhui, dire }: PropositionsDAlerteProps) {
  if (propositions.length === 0) return null;
  return (
    <Section titre="Alertes proposées">
      {propositions.map((p) => {
        const regle = v.regles.find((r) => r.code === p.regle);
        const alerte = new URLSearchParams({ proposition: p.id, ...(regle ? { palier: regle.palier } : {}) });
        return (
          <div key={p.id} id={p.id} className="c-section c-section--fine c-tension">
            <p className="govuk-body">
              <strong>{cat.territoires.get(p.territoireId)?.nom ?? p.territoireId}</strong>, {dire(p, regle, aujourdhui)}.{' '}
              {p.etat === 'ouverte' ? <Tag ton="laiton">à décider</Tag> : <Tag>{p.etat === 'alerte' ? 'alerte faite' : 'écartée'}</Tag>}
              <br />
              <span className="govuk-body-s">
                Proposée le {jourEtHeure(p.ouverteLe)}
                {p.decideeLe && `, décidée le ${jourDuMoment(p.decideeLe)} par ${p.decideePar}`}
                {p.motif && ` : ${p.motif}`}
                {p.alerteId && p.lit && (
                  <>
                    {' : '}
                    <a className="govuk-link" href={`/alertes/${p.alerteId}`}>
                      l’alerte
                    </a>
                  </>
                )}
              </span>
            </p>
            {p.decide && (
              <>
                <p className="govuk-body">
                  <LinkButton href={`/alertes/nouvelle?${alerte}`} petit>
                    Préparer l’alerte
                  </LinkButton>
                </p>
                <Details resume="Ne pas alerter">
                  <Form action={`/alertes/propositions/${p.id}`} masques={{ acte: 'ecarter' }}>
                    <TextInput id={`motif-${p.id}`} nom="motif" libelle="Pourquoi" attributs={{ maxLength: 300 }} />
                    <Button variante="secondaire" petit>
                      Écarter
                    </Button>
                  </Form>
                </Details>
              </>
            )}
          </div>
        );
      })}
    </Section>
  );
}
