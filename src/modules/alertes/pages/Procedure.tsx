/** What the tier asks to be done at once: each point with its moment, said done by who may. */
import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { Point } from '../alerte/points.queries.ts';
import { causeDuRelais, type Suivi } from '../envois/etat.rules.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { moment } from './mots.tsx';

interface ProcedureProps {
  catalogue: Catalogue;
  reglement: Reglement;
  points: readonly Point[];
  charges: readonly Suivi[];
  /** Whose names this reader sees. */
  nomme: (organisationId: string) => boolean;
  /** Those that this person may say done. */
  pointables: ReadonlySet<string>;
  base: string;
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  conduit: boolean;
}
/** Who is charged of a point, and what became of them: told, reminded, passed to the next. */
function Charges({ point, charges, catalogue: cat, reglement, nomme, maintenant }: Omit<ProcedureProps, 'points'> & { point: Point }) {
  const siens = charges.filter((e) => e.pour === point.code);
  const qui = (e: Suivi) => `${libelleDeFonction(reglement, e.fonction)}, ${nomme(e.organisationId) ? e.nom : cat.nomActeur(e.organisationId)}`;
  const dire = (e: Suivi): string => {
    if (e.reponse !== null) return 'l’a dit fait';
    const la = e.partiLe ? `prévenu à ${moment(e.partiLe, maintenant)}` : 'message pas encore parti';
    if (!e.escaladeLe) return e.rappeleLe ? `${la}, rappelé à ${moment(e.rappeleLe, maintenant)}` : la;
    return `${la}, ${causeDuRelais(e) === 'refus' ? 'courriel refusé' : 'pas dit fait à temps'}, ${e.relayePar ? 'relais demandé au suivant' : 'personne après'}`;
  };
  return (
    <>
      {siens.length === 0 && <p className="govuk-body-s">Personne n’a pu en être chargé : téléphonez.</p>}
      {siens.map((e) => (
        <p key={e.id} className="govuk-body-s">
          {qui(e)} : {dire(e)}.
        </p>
      ))}
    </>
  );
}

export function Procedure(p: ProcedureProps) {
  const { points, pointables, base, maintenant, champs, erreurs, conduit } = p;
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
          {!x.faitLe && !x.celluleLe && <Charges {...p} point={x} />}
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
