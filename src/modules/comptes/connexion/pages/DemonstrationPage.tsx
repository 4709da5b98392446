import { ROLES, type Utilisateur } from '../../../../core/authorize.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Card, CardGrid } from '../../../../ui/Card.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';

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
