/** A draft that lacks something: its form, as it was typed, with what is missing. */
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { Form } from '../../../../ui/Form.tsx';
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import type { Brouillon } from '../brouillons.queries.ts';
import { direBrouillon, lireFormulaire } from '../brouillons.rules.ts';
import { FormulaireDecision, FormulaireVote } from './Actes.tsx';
import { base } from './Deroule.tsx';
import { FormulairePoint } from './FormulairePoint.tsx';
import { FormulaireInvite } from './Presences.tsx';
import type { Saisie, Tenue } from './tenue.modele.ts';

interface CompleterProps {
  t: Tenue;
  b: Brouillon;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  retour: string;
}

export function CompleterPage({ t, b, champs, erreurs, retour }: CompleterProps) {
  const { genre } = lireFormulaire(b.formulaire);
  const action = `${base(t)}/brouillons/${b.id}/ajouter`;
  const saisie = (formulaire: Saisie['formulaire']): Saisie => ({ formulaire, champs, erreurs });
  const { quoi } = direBrouillon(b, t);
  return (
    <div className="c-completer">
      <EnteteSeance seance={t.seance} instance={t.instance} catalogue={t.catalogue} ici={t.seance.etat === 'ouverte' ? 'tenir' : 'clore'} tient={t.tient} />
      <NotificationBanner ton="alerte" titre="À compléter">
        {`${quoi}, par ${b.par} : il manque quelque chose pour l’ajouter. Rien n’est perdu.`}
      </NotificationBanner>
      {(genre === 'decision' || genre === 'correction') && <FormulaireDecision t={t} saisie={saisie('decision')} corrigee={null} action={action} />}
      {genre === 'vote' && <FormulaireVote t={t} saisie={saisie('vote')} action={action} />}
      {genre === 'invite' && <FormulaireInvite t={t} saisie={saisie('invite')} action={action} />}
      {genre === 'point' && <FormulairePoint t={t} saisie={saisie('point')} action={action} />}
      {genre === 'notes' && (
        <Form action={action}>
          <Textarea nom="texte" libelle="Notes à joindre au point" lignes={10} valeur={champs.texte} erreur={erreurDe(erreurs, 'texte')} />
          <ButtonGroup>
            <Button>Ajouter</Button>
          </ButtonGroup>
        </Form>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={retour}>
          Revenir sans ajouter
        </a>
      </p>
    </div>
  );
}
