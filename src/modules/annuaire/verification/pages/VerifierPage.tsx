import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Structure } from '../../structures/structures.queries.ts';
import { type Champs, ChampsPratiques } from '../../structures/pages/StructureFormPage.tsx';
import { direVerification } from '../../trouver/pages/parts.tsx';

/** What a correspondent reads without an account: one act to confirm, one form to correct. */
export function VerifierPage(p: {
  structure: Structure;
  action: string;
  enregistre: Enregistre;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  fait: string;
  aujourdhui: string;
}) {
  return (
    <>
      {p.fait !== '' && (
        <NotificationBanner ton="succes">
          {p.fait === 'confirme' ? 'Merci : la fiche est confirmée.' : 'Merci : la correction est en ligne.'} Vous pouvez fermer cette page.
        </NotificationBanner>
      )}
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.structure.nom}
        surtitre="Ce que le public lit"
        chapo={direVerification(p.structure, p.aujourdhui).phrase}
        actions={
          <a className="govuk-link" href={`/aide/lieux/${p.structure.id}`}>
            Voir la fiche publique
          </a>
        }
      />
      <Section titre="Tout est juste">
        <Form action={`${p.action}/confirmer`} masques={{ version: String(p.enregistre.version), _vu: JSON.stringify(p.enregistre.champs) }}>
          <Button>Confirmer sans rien changer</Button>
        </Form>
      </Section>
      <Section titre="Quelque chose a changé">
        <Form action={p.action} masques={masquesDeVersion(p.enregistre, p.champs)}>
          <ChampsPratiques p={p} />
          <ActionBar>
            <Button>Envoyer la correction</Button>
          </ActionBar>
        </Form>
        <p className="govuk-body-s">
          Le nom, les services et l’organisme se corrigent par la coordination du contrat, qui voit et peut annuler chaque correction.
        </p>
      </Section>
    </>
  );
}
export const FinDeVerificationPage = () => (
  <PageHeader
    titre="Ce lien ne sert plus"
    chapo="Ce lieu a changé de correspondant, ou n’est plus dans l’annuaire. La coordination du contrat dira qui le vérifie maintenant."
  />
);
