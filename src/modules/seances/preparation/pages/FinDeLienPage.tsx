import { LinkButton } from '../../../../ui/Button.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { type FinDeLien, FINS } from '../lien.rules.ts';

export function FinDeLienPage({ fin }: { fin: FinDeLien }) {
  return (
    <>
      <PageHeader titre="Ce lien ne sert plus" chapo={FINS[fin]} />
      <p className="govuk-body">Une question ? Répondez au message qui vous a été envoyé, ou écrivez au secrétariat de l’instance.</p>
      <LinkButton href="/connexion" variante="secondaire">
        Se connecter
      </LinkButton>
    </>
  );
}
