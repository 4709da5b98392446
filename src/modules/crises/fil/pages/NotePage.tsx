/** One note, as its mairie reads it on a telephone: what is said, three ways to answer. */
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { libelleDeFonction } from '../../../alertes/index.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs } from '../../conduite/salle.ts';
import type { Cadre } from '../../crises.schema.ts';
import type { Crise } from '../../crises.types.ts';
import { Filigrane } from '../../pages/CriseTete.tsx';
import type { Note, NoteDeMairie } from '../fil.queries.ts';
import { RETOURS } from '../fil.schema.ts';
import { CLOSE } from '../accuser.ts';
import type { Fil } from '../prevenir.ts';

interface Props {
  crise: Crise;
  note: Note;
  mairie: NoteDeMairie;
  cat: Catalogue;
  cadre: Cadre;
  fil: Fil;
  action: string;
  peut: boolean;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}
export function NotePage({ crise, note, mairie: m, cat, cadre, fil, action, peut, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const ouverte = crise.etat === 'ouverte';
  return (
    <div className={crise.exercice ? 'c-crise c-crise--exercice' : 'c-crise'}>
      {crise.exercice && <Filigrane />}
      <ErrorSummary erreurs={erreurs} />
      <PageHeader surtitre={cat.territoires.get(m.territoireId)?.nom ?? m.territoireId} titre={`Note d’information n° ${note.numero}`} />
      <p className="govuk-body">
        Envoyée le {jourEtHeure(note.envoyeeLe)} par la salle de crise « {crise.titre} ».
        {note.corrigeePar && ` La note n° ${note.corrigeePar} la corrige.`}
      </p>
      {ouverte ? (
        <InsetText>
          <p className="c-texte-brut">{note.contenu ?? 'Ses mots ont été effacés à la fin de leur conservation.'}</p>
        </InsetText>
      ) : (
        <p className="govuk-body">{CLOSE}</p>
      )}
      {m.accuseLe && (
        <p className="govuk-body">
          Vue le {jourEtHeure(m.accuseLe)}
          {m.accuseFonction && `, ${libelleDeFonction(fil.reglement, m.accuseFonction)}`}. {ouverte && `Pour dire autre chose, appelez ${cadre.scop.libelle}.`}
        </p>
      )}
      {m.accuseLe && ouverte && m.reponse && <p className="govuk-body">Votre réponse : {m.reponse}</p>}
      {peut && (
        <Form action={action}>
          <Radios
            nom="retour"
            legende="Votre réponse"
            valeur={champs.retour ?? ''}
            erreur={f('retour').erreur}
            options={Object.entries(RETOURS).map(([valeur, libelle]) => ({
              valeur,
              libelle,
              ...(valeur === 'besoin'
                ? { contenu: <Textarea {...f('besoin')} libelle="De quoi" aide="Sans nom de personne. Entre dans la main courante." lignes={3} max={300} /> }
                : {}),
            }))}
          />
          <ConfirmerNoms erreurs={erreurs} />
          <Button>Accuser réception</Button>
        </Form>
      )}
    </div>
  );
}
