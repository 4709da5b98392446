import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';

export interface ActePageProps {
  titre: string;
  /** What the act does, one line each: what ends, what opens. */
  effets: readonly string[];
  /** What does not change. */
  reste: string;
  /** Who confirms, when the act takes two people; null when it is done at once. */
  confirmants: string | null;
  action: string;
  masques: Readonly<Record<string, string>>;
  /** Words of the button when the act is done at once. */
  bouton: string;
  retour: string;
  motif: string;
  erreurs: readonly ErreurDeChamp[];
}

/** Before a right is taken away, or a sensitive one given: what will happen, and one button. */
export function ActePage(p: ActePageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={p.titre} />
      <ul className="govuk-list govuk-list--bullet">
        {p.effets.map((e) => (
          <li key={e}>{e}</li>
        ))}
      </ul>
      <p className="govuk-body">{p.reste}</p>
      {p.confirmants && (
        <InsetText>
          Cet acte se fait à deux : vous le proposez, une autre personne ({p.confirmants}) le confirme dans les sept jours. Elle et la personne concernée
          reçoivent un courriel. Rien ne change d’ici là.
        </InsetText>
      )}
      <Form action={p.action} masques={{ ...p.masques, confirme: '1' }}>
        {p.confirmants && (
          <Textarea
            nom="motif"
            libelle="Pourquoi"
            aide="Une phrase, que l’autre personne lira avant de confirmer."
            lignes={3}
            valeur={p.motif}
            erreur={erreurDe(p.erreurs, 'motif')}
          />
        )}
        <ButtonGroup>
          <Button variante={p.confirmants ? 'principal' : 'danger'}>{p.confirmants ? 'Proposer' : p.bouton}</Button>
          <LinkButton variante="secondaire" href={p.retour}>
            Ne rien changer
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}
