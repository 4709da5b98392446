import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { Columns, PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import type { Point, Seance } from '../../instances.queries.ts';

/** Two people corrected the same item: both texts, and one form to make a single one of them. */
export function ConflitTextePage({ seance, point, texte }: { seance: Seance; point: Point; texte: string }) {
  return (
    <>
      <NotificationBanner ton="alerte">
        {point.notesPar || 'Une autre personne'} vient de modifier ce texte. Rien n’est perdu : réunissez les deux ci-dessous.
      </NotificationBanner>
      <PageHeader titre={point.titre} surtitre={seance.titre} />
      <Columns>
        <Section titre="Le texte enregistré">
          <p className="govuk-body c-lettre">{point.notes}</p>
        </Section>
        <Section titre="Le vôtre">
          <p className="govuk-body c-lettre">{texte}</p>
        </Section>
      </Columns>
      <Form action={`/seances/${seance.id}/points/${point.id}/texte`} masques={{ version: String(point.notesVersion) }}>
        <Textarea nom="texte" libelle="Le texte à garder" lignes={12} valeur={`${point.notes}\n\n${texte}`} />
        <ActionBar>
          <Button>Enregistrer ce texte</Button>
          <a className="govuk-link" href={`/seances/${seance.id}/clore#point-${point.id}`}>
            Garder le texte enregistré
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
