/** What the tier asks to be done at once: each point with its moment, said done by who may. */
import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { Point } from '../alerte/alertes.queries.ts';
import { moment } from './mots.tsx';

interface ProcedureProps {
  points: readonly Point[];
  /** Those that this person may say done. */
  pointables: ReadonlySet<string>;
  base: string;
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  conduit: boolean;
}
export function Procedure({ points, pointables, base, maintenant, champs, erreurs, conduit }: ProcedureProps) {
  return (
    <ol className="govuk-list govuk-list--number">
      {points.map((x) => (
        <li key={x.code}>
          <strong>{x.libelle}</strong>, {x.qui}.{' '}
          {(x.faitLe ?? x.celluleLe) ? (
            <Tag ton="vert">fait à {moment(x.faitLe ?? x.celluleLe ?? maintenant, maintenant)}</Tag>
          ) : (
            <Tag ton={x.duLe < maintenant ? 'garance' : 'laiton'}>
              {x.duLe < maintenant ? 'en retard, dû à' : 'avant'} {moment(x.duLe, maintenant)}
            </Tag>
          )}
          {x.celluleLe ? (
            <p className="govuk-body-s">Recours accéléré ouvert dans une cellule à {moment(x.celluleLe, maintenant)}. Rien d’autre n’en est dit ici.</p>
          ) : (
            x.cellules &&
            !x.faitLe && (
              <p className="govuk-body-s">
                Il s’ouvre <a href="/cellules">depuis la cellule</a>, par la coordination, et se note alors seul ici. Ne cochez que s’il s’ouvre hors de
                Concorde.
              </p>
            )
          )}
          {x.faitLe && <p className="govuk-body-s">{[conduit ? x.faitPar : '', x.note].filter(Boolean).join(' : ')}</p>}
          {x.faitLe && pointables.has(x.code) && (
            <Form action={`${base}/point`} masques={{ code: x.code, fait: 'non' }}>
              <Button petit variante="discret">
                Dit fait par erreur<span className="govuk-visually-hidden"> : {x.libelle}</span>
              </Button>
            </Form>
          )}
          {!x.faitLe && !x.celluleLe && pointables.has(x.code) && (
            <Form action={`${base}/point`} masques={{ code: x.code }}>
              <TextInput
                nom="note"
                id={`note-${x.code}`}
                libelle={
                  <>
                    Précision<span className="govuk-visually-hidden"> : {x.libelle}</span>
                  </>
                }
                facultatif
                largeur={20}
                valeur={champs.code === x.code ? (champs.note ?? '') : ''}
                erreur={champs.code === x.code ? erreurDe(erreurs, 'note') : undefined}
                attributs={{ maxLength: 300 }}
              />
              <Button petit variante="secondaire">
                Fait<span className="govuk-visually-hidden"> : {x.libelle}</span>
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ol>
  );
}
