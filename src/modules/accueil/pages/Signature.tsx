/** Who stands behind the sentences of a fiche: its pilot on a given day, or the platform alone. */
import { Button } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Synthese } from '../syntheses/syntheses.queries.ts';

export interface SignatureProps {
  fiche: string;
  annee: string;
  territoireId: string;
  /** Of the figures that the sentences above tell. */
  empreinte: string;
  validee: Synthese | null;
  nommer: (id: string) => string;
  peutValider: boolean;
  /** This reader has figures below that are not everyone's yet. */
  litAvant: boolean;
}

export function Signature(p: SignatureProps) {
  const { validee: v } = p;
  const tient = v?.empreinte === p.empreinte;
  const qui = v && `par le pilote (${p.nommer(v.organisationId)}) le ${jourDuMoment(v.le)}`;
  return (
    <>
      {p.litAvant && <p>Ces phrases disent les chiffres que tout le monde lit. Plus bas, vous en lisez certains avant leur publication.</p>}
      {v === null && <p>Phrases écrites par la plateforme à partir des chiffres ci-dessous ; le pilote ne les a pas encore validées.</p>}
      {v && tient && <p>Phrases validées {qui}.</p>}
      {v && !tient && (
        <>
          <p>Phrases écrites par la plateforme : depuis celles validées {qui}, un chiffre a bougé.</p>
          <Details resume="Lire les phrases validées alors">
            <ul className="govuk-list">
              {v.texte.split('\n').map((ligne) => (
                <li key={ligne}>{ligne}</li>
              ))}
            </ul>
          </Details>
        </>
      )}
      {p.peutValider && !tient && (
        <Form action={`/fiches/${p.fiche}/synthese`} masques={{ annee: p.annee, territoire: p.territoireId, empreinte: p.empreinte }}>
          <Button variante="secondaire" petit>
            Valider ces phrases
          </Button>
        </Form>
      )}
    </>
  );
}
