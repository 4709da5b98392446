import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { BoutonCle } from '../../connexion/pages/BoutonCle.tsx';

export interface ConfirmerPageProps {
  retour: string;
  totp: boolean;
  cles: boolean;
  motDePasse: boolean;
  demonstration: boolean;
  erreurs: readonly ErreurDeChamp[];
}

export function ConfirmerPage(p: ConfirmerPageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Confirmer votre identité"
        chapo="Cet acte est sensible : montrez de nouveau que c’est bien vous, puis refaites-le. La confirmation vaut dix minutes."
      />
      {p.cles && (
        <BoutonCle genre="confirmation" retour={p.retour}>
          Utiliser ma clé d’accès
        </BoutonCle>
      )}
      <Form action="/confirmer" masques={{ retour: p.retour }}>
        {p.demonstration ? (
          <p className="govuk-body">Une personne fictive n’a pas de secret : le bouton en tient lieu.</p>
        ) : p.totp || p.cles ? (
          <TextInput
            nom="code"
            libelle={p.totp ? 'Code de votre application, ou code de secours' : 'Code de secours, si votre clé n’est pas à portée'}
            largeur={10}
            autoComplete="one-time-code"
            erreur={erreurDe(p.erreurs, 'code')}
          />
        ) : p.motDePasse ? (
          <TextInput nom="mot_de_passe" libelle="Mot de passe" type="password" autoComplete="current-password" erreur={erreurDe(p.erreurs, 'mot_de_passe')} />
        ) : (
          <p className="govuk-body">Déconnectez-vous puis reconnectez-vous pour confirmer votre identité.</p>
        )}
        {(p.demonstration || p.totp || p.cles || p.motDePasse) && <Button>Confirmer</Button>}
      </Form>
    </>
  );
}

/** What will act later in someone's name asks for both factors when one of their roles does: why, and the two ways on. */
export function SecondFacteurNecessairePage({ retour, pose }: { retour: string; pose: boolean }) {
  return (
    <>
      <PageHeader
        titre="Un second facteur est nécessaire"
        chapo="Cet acte se fait depuis une session ouverte avec deux facteurs : il parle au public, ou il agira ensuite sans vous (jeton, adresse de calendrier)."
      />
      {pose ? (
        <LinkButton href={`/confirmer?retour=${encodeURIComponent(retour)}`}>Montrer mon second facteur</LinkButton>
      ) : (
        <>
          <p className="govuk-body">Posez une application d’authentification ou une clé d’accès, puis recommencez.</p>
          <LinkButton href="/mon-compte/second-facteur">Poser une application d’authentification</LinkButton>
          <p className="govuk-body">
            <a className="govuk-link" href="/mon-compte#cles">
              Ajouter plutôt une clé d’accès
            </a>
          </p>
        </>
      )}
    </>
  );
}
