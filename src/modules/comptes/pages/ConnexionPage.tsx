import { ROLES, type Utilisateur } from '../../../core/authorize.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card, CardGrid } from '../../../ui/Card.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';

export function ConnexionPage(p: { courriel: string; retour: string; erreurs: readonly ErreurDeChamp[]; demonstration: boolean }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
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
      <Form action="/connexion" masques={{ retour: p.retour }}>
        <TextInput
          nom="courriel"
          libelle="Adresse électronique"
          type="email"
          valeur={p.courriel}
          autoComplete="username"
          erreur={erreurDe(p.erreurs, 'courriel')}
        />
        <TextInput nom="mot_de_passe" libelle="Mot de passe" type="password" autoComplete="current-password" erreur={erreurDe(p.erreurs, 'mot_de_passe')} />
        <Button>Se connecter</Button>
      </Form>
      <p className="govuk-body">Pas encore de compte ? Votre organisation l’ouvre pour vous : adressez-vous à la coordination du contrat.</p>
    </>
  );
}

export interface PersonaVue {
  utilisateur: Utilisateur;
  organisation: string;
  presentation: string;
  perimetre: string;
}

export function DemonstrationPage(p: { personas: readonly PersonaVue[]; retour: string }) {
  return (
    <>
      <PageHeader
        titre="Essayer avec une personne fictive"
        chapo="Chaque personne voit ce que son mandat permet. Tout est inventé : les personnes, les enregistrements et les chiffres."
      />
      <CardGrid>
        {p.personas.map((x) => (
          <Card key={x.utilisateur.id} niveau={2} titre={x.utilisateur.nom} surtitre={x.utilisateur.fonction}>
            <p className="govuk-body">{x.presentation}</p>
            <p className="govuk-body-s">
              {x.organisation} ·{' '}
              {x.utilisateur.mandats
                .map((m) => ROLES[m.role])
                .filter((r, i, t) => t.indexOf(r) === i)
                .join(', ')}
              {x.perimetre !== '' && ` · ${x.perimetre}`}
            </p>
            <Form action="/demonstration" masques={{ compte: x.utilisateur.id, retour: p.retour }}>
              <Button variante="secondaire" petit>
                Entrer comme {x.utilisateur.nom}
              </Button>
            </Form>
          </Card>
        ))}
      </CardGrid>
    </>
  );
}
