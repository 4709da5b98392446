import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Fait } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { StructureTenue } from '../../structures/structures.queries.ts';
import { type Champs, ChampsPratiques } from '../../structures/pages/StructureFormPage.tsx';
import { direVerification } from '../../trouver/pages/parts.tsx';
import { JOURS_DU_LIEN } from '../lien.ts';

export const A_RELIRE = 'Une correction de cette fiche attend d’être relue par l’organisme qui en répond, ou par la coordination : elle se confirme après.';

const FAITS = {
  confirme: 'Merci : la fiche est confirmée. Vous pouvez fermer cette page.',
  corrige: 'Merci : la correction est en ligne. Vous pouvez fermer cette page.',
  inchange: 'Rien n’a changé. Si tout est juste, confirmez-le ci-dessous.',
};

/** What a correspondent reads without an account: one act to confirm, one form to correct. */
export function VerifierPage(p: {
  structure: StructureTenue;
  action: string;
  enregistre: Enregistre;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  fait: string;
  aujourdhui: string;
}) {
  return (
    <>
      <Fait code={p.fait} mots={FAITS} />
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
        {p.structure.aRelire ? (
          <p className="govuk-body">{A_RELIRE}</p>
        ) : (
          <Form action={`${p.action}/confirmer`} masques={{ version: String(p.enregistre.version), _vu: JSON.stringify(p.enregistre.champs) }}>
            <Button>Confirmer sans rien changer</Button>
          </Form>
        )}
      </Section>
      <Section titre="Quelque chose a changé">
        <Form action={p.action} masques={masquesDeVersion(p.enregistre, p.champs)}>
          <ChampsPratiques p={p} />
          <ActionBar>
            <Button>Envoyer la correction</Button>
          </ActionBar>
        </Form>
        <p className="govuk-body-s">
          Le nom, les services et l’organisme se corrigent par la coordination du contrat, qui est prévenue de chaque correction et peut l’annuler.
        </p>
      </Section>
    </>
  );
}
/** `ancien`: sent too long ago; another link was never refused. */
export const FinDeVerificationPage = ({ ancien }: { ancien: boolean }) => (
  <PageHeader
    titre="Ce lien ne sert plus"
    chapo={
      ancien
        ? `Il a été envoyé il y a plus de ${JOURS_DU_LIEN} jours. Le prochain courriel de vérification en portera un nouveau ; la coordination du contrat peut aussi vous l’envoyer.`
        : 'Ce lieu a changé de correspondant, ou n’est plus dans l’annuaire. La coordination du contrat dira qui le vérifie maintenant.'
    }
  />
);
