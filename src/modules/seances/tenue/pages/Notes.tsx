import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { FINE } from '../../../../ui/typographie.ts';
import type { Point } from '../../seances.queries.ts';
import { base, rangDe } from './Deroule.tsx';
import type { Saisie, Tenue } from './tenue.modele.ts';

/** Notes as they are read by whoever does not write. */
export const NotesLues = ({ p }: { p: Point }) =>
  p.notes === '' ? <p className="c-point__vide">Rien n’est encore noté sur ce point.</p> : <p className="c-texte-brut">{p.notes}</p>;

/** One item's notes. With scripts they save themselves; without, the button does. */
export function NotesEcrites({ t, p, saisie }: { t: Tenue; p: Point; saisie: Saisie | null }) {
  const saisi = saisie?.formulaire === 'notes' && saisie.champs.point === p.id ? saisie : null;
  const erreur = erreurDe(saisi?.erreurs, 'texte');
  const id = `notes-${p.id}`;
  return (
    <Form
      action={`${base(t)}/points/${p.id}/notes`}
      masques={{ version: saisi?.champs.version ?? String(p.notesVersion) }}
      classe={erreur ? 'c-notes govuk-form-group--error' : 'c-notes'}
    >
      <label className="govuk-label" htmlFor={id}>
        Notes du point {rangDe(t, p.id)}
      </label>
      <p className="govuk-hint" id={`${id}-aide`}>
        Jamais le nom d’une personne suivie, victime ou mise en cause{FINE}: écrivez «{FINE}un mineur{FINE}», «{FINE}la famille{FINE}».
      </p>
      {erreur && (
        <p className="govuk-error-message" id={`${id}-erreur`}>
          <span className="govuk-visually-hidden">Erreur{FINE}: </span>
          {erreur}
        </p>
      )}
      <textarea
        className="govuk-textarea c-notes__texte"
        id={id}
        name="texte"
        rows={9}
        defaultValue={saisi?.champs.texte ?? p.notes}
        aria-describedby={erreur ? `${id}-aide ${id}-erreur` : `${id}-aide`}
        aria-invalid={erreur ? 'true' : undefined}
        data-point={p.id}
        data-version={p.notesVersion}
        data-par={p.notesPar}
        autoComplete="off"
      />
      <div className="c-notes__pied">
        <span className="c-sans-script">
          <Button petit variante="secondaire">
            Enregistrer les notes
          </Button>
        </span>
        <span className="c-notes__etat" data-etat-notes={p.id} />
        <span className="c-notes__ecrivent" data-ecrivent={p.id} />
      </div>
      <div data-conflit={p.id} />
    </Form>
  );
}
