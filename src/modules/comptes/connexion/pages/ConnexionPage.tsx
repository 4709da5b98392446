import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { de } from '../../../../ui/typographie.ts';
import { BoutonCle } from './BoutonCle.tsx';

export interface ConnexionPageProps {
  courriel: string;
  retour: string;
  erreurs: readonly ErreurDeChamp[];
  demonstration: boolean;
  oidc: boolean;
  /** What was just done: a new password, a message sent. */
  fait: string | null;
}

export function ConnexionPage(p: ConnexionPageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.fait && <NotificationBanner ton="succes">{p.fait}</NotificationBanner>}
      <PageHeader titre="Se connecter" chapo="L’espace de travail est réservé aux partenaires du contrat." />
      {p.demonstration && (
        <InsetText>
          Vous essayez Concorde ?{' '}
          <a className="govuk-link" href={`/demonstration?retour=${encodeURIComponent(p.retour)}`}>
            Choisissez une personne fictive
          </a>{' '}
          et entrez en un clic.
        </InsetText>
      )}
      {p.oidc && (
        <>
          <h2 className="govuk-heading-m">Agents publics</h2>
          <LinkButton href={`/connexion/oidc?retour=${encodeURIComponent(p.retour)}`}>S’identifier avec ProConnect</LinkButton>
          <h2 className="govuk-heading-m">Compte Concorde</h2>
        </>
      )}
      <Form action="/connexion" masques={{ retour: p.retour }}>
        <TextInput
          nom="courriel"
          libelle="Adresse électronique"
          type="email"
          valeur={p.courriel}
          autoComplete="username webauthn"
          erreur={erreurDe(p.erreurs, 'courriel')}
        />
        <TextInput nom="mot_de_passe" libelle="Mot de passe" type="password" autoComplete="current-password" erreur={erreurDe(p.erreurs, 'mot_de_passe')} />
        <ButtonGroup>
          <Button variante={p.oidc ? 'secondaire' : undefined}>Se connecter</Button>
          <LinkButton variante="discret" href="/connexion/oubli">
            Mot de passe oublié
          </LinkButton>
        </ButtonGroup>
      </Form>
      <BoutonCle genre="connexion" retour={p.retour}>
        Se connecter avec une clé d’accès
      </BoutonCle>
      <p className="govuk-body">Pas encore de compte ? Votre organisation vous invite : adressez-vous à la coordination du contrat.</p>
    </>
  );
}

export function SecondFacteurPage(p: { erreurs: readonly ErreurDeChamp[]; cles: boolean; totp: boolean; retour: string; etape: string }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Second facteur" chapo="Votre mot de passe est bon. Montrez maintenant que c’est bien vous." />
      {p.cles && (
        <BoutonCle genre="second-facteur" retour={p.retour} etape={p.etape}>
          Utiliser ma clé d’accès
        </BoutonCle>
      )}
      <Form action="/connexion/second-facteur" masques={{ etape: p.etape }}>
        <TextInput
          nom="code"
          libelle={p.totp ? 'Code de votre application' : 'Code de secours'}
          aide={
            p.totp
              ? 'Six chiffres, qui changent toutes les trente secondes. Sans votre téléphone, écrivez un de vos codes de secours.'
              : 'Chacun ne sert qu’une fois.'
          }
          autoComplete="one-time-code"
          largeur={10}
          erreur={erreurDe(p.erreurs, 'code')}
        />
        <ButtonGroup>
          <Button>Continuer</Button>
          <LinkButton variante="discret" href="/connexion">
            Recommencer
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}

export function OubliPage(p: { courriel: string; erreurs: readonly ErreurDeChamp[] }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Mot de passe oublié" chapo="Nous envoyons un lien à votre adresse ; il sert une fois, pendant une heure." />
      <Form action="/connexion/oubli">
        <TextInput
          nom="courriel"
          libelle="Adresse électronique"
          type="email"
          valeur={p.courriel}
          autoComplete="username"
          erreur={erreurDe(p.erreurs, 'courriel')}
        />
        <Button>Recevoir un lien</Button>
      </Form>
    </>
  );
}

const REGLE = 'Douze caractères au moins, de trois sortes : minuscules, majuscules, chiffres, signes. Une phrase convient.';

export function NouveauMotDePassePage(p: { jeton: string; erreurs: readonly ErreurDeChamp[] }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Choisir un mot de passe" chapo="Vos autres sessions seront fermées." />
      <Form action="/connexion/lien" masques={{ jeton: p.jeton }}>
        <TextInput
          nom="mot_de_passe"
          libelle="Nouveau mot de passe"
          aide={REGLE}
          type="password"
          autoComplete="new-password"
          erreur={erreurDe(p.erreurs, 'mot_de_passe')}
        />
        <Button>Enregistrer</Button>
      </Form>
    </>
  );
}

export interface InvitationPageProps {
  jeton: string;
  nom: string;
  courriel: string;
  organisation: string;
  fonction: string;
  /** Null: the account opens without mandate. */
  mandat: string | null;
  oidc: boolean;
  erreurs: readonly ErreurDeChamp[];
}
export function InvitationPage(p: InvitationPageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Bienvenue" chapo={`Votre invitation à rejoindre Concorde au nom ${de(p.organisation)}.`} />
      <InsetText>
        {p.courriel}, {p.fonction}. {p.mandat ? `Mandat : ${p.mandat}.` : 'Sans mandat pour l’instant.'}
      </InsetText>
      {p.oidc && (
        <>
          <LinkButton href="/connexion/oidc?retour=%2Fma-journee">Continuer avec ProConnect</LinkButton>
          <p className="govuk-body">Ou créez un mot de passe.</p>
        </>
      )}
      <Form action="/invitation" masques={{ jeton: p.jeton }}>
        <TextInput nom="nom" libelle="Prénom et nom" valeur={p.nom} autoComplete="name" erreur={erreurDe(p.erreurs, 'nom')} />
        <TextInput
          nom="mot_de_passe"
          libelle="Mot de passe"
          aide={REGLE}
          type="password"
          autoComplete="new-password"
          erreur={erreurDe(p.erreurs, 'mot_de_passe')}
        />
        <Button>Créer mon compte</Button>
      </Form>
    </>
  );
}
