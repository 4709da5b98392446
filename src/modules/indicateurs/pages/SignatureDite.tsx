import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { formatPeriode, jourDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import type { Piece } from '../recits/pieces.queries.ts';
import type { Signature } from '../recits/signatures.queries.ts';

/** Signed or not, by what, for whom: everyone reads it; by whom, partners. */
export function SignatureDite({ signature: s, c, partenaire }: { signature: Signature | undefined; c: Catalogue; partenaire: boolean }) {
  if (!s)
    return (
      <p className="govuk-body govuk-!-margin-bottom-2">
        <Tag ton="laiton">Pas encore signé</Tag>
      </p>
    );
  return (
    <p className="govuk-body govuk-!-margin-bottom-2">
      <Tag ton="vert">Signé</Tag>
      {` le ${partenaire ? jourEtHeure(s.le) : jourDuMoment(s.le)} : ${s.fonction}, ${c.nomActeur(s.organisationId)}${partenaire ? ` (${s.par})` : ''}`}
    </p>
  );
}

export function Pieces({ pieces, m }: { pieces: readonly Piece[]; m: Mesure }) {
  if (pieces.length === 0) return null;
  return (
    <ul className="govuk-list govuk-!-margin-bottom-2" aria-label="Pièces jointes">
      {pieces.map((p) => (
        <li key={p.rang}>
          <a className="govuk-link" href={`/chiffres/recits/${m.id}/pieces/${p.valeurId}/${p.rang}`} download="">
            {p.nom}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The act, for whoever may: of the very version that is read above. */
export function Signer({ aSigner, m, c }: { aSigner: readonly ValeurCollectee[]; m: Mesure; c: Catalogue }) {
  return aSigner.map((v) => (
    <Details key={v.id} resume={`Signer le bilan ${[formatPeriode(v.periode), c.nomActeurA(v.debiteur, v.territoireId)].join(', ')}`}>
      <Form action={`/chiffres/recits/${m.id}/signer`} masques={{ valeur: v.id }}>
        <TextInput nom="fonction" id={`fonction-${v.id}`} libelle="Votre fonction" aide="Publiée avec le bilan. Votre nom ne l’est pas." />
        <Checkbox
          nom="confirme"
          id={`confirme-${v.id}`}
          valeur="oui"
          libelle={`J’ai lu la version ${v.version} et je la signe pour ${c.nomActeurA(v.debiteur, v.territoireId)}. Corrigée, elle sera à signer de nouveau.`}
        />
        <Button variante="secondaire">Signer</Button>
      </Form>
    </Details>
  ));
}
