import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourDuMoment } from '../../../../ui/typographie.ts';
import { direMotif, direNombre, type Grille } from '../motif.rules.ts';
import type { EvenementDeRecurrence, Recurrence } from '../recurrences.queries.ts';

export interface LieuDuSuiviProps {
  r: Recurrence;
  grille: Grille;
  evenements: readonly EvenementDeRecurrence[];
  /** Told of it by letter already. */
  suit: boolean;
  /** An address was left with the report, and is still there. */
  adresseConnue: boolean;
}
/** What becomes of the place, for who reported it: how many, when, what was said of it; and to be told of it. */
export function LieuDuSuivi({ code, lieu, erreurs, courriel }: { code: string; lieu: LieuDuSuiviProps; erreurs: readonly ErreurDeChamp[]; courriel: string }) {
  const dits = lieu.evenements.filter((e) => e.message !== '');
  return (
    <Section titre="Un lieu qui revient">
      <p className="govuk-body">
        {direNombre(lieu.grille)} au même endroit, pour le même objet. {direMotif(lieu.grille)}{' '}
        {lieu.r.closeLe ? `Le suivi est clos depuis le ${jourDuMoment(lieu.r.closeLe)} ; un nouveau signalement le rouvrirait.` : 'Un service le suit.'}
      </p>
      {dits.map((e) => (
        <p key={e.rang} className="govuk-body">
          Le {jourDuMoment(e.quand)} : {e.message}
        </p>
      ))}
      {lieu.suit ? (
        <Form action={`/suivi/${code}/lieu`} masques={{ acte: 'quitter' }}>
          <p className="govuk-body">Vous êtes prévenu par courriel de ce qui s’y passe.</p>
          <Button variante="secondaire">Ne plus suivre ce lieu</Button>
        </Form>
      ) : (
        <Form action={`/suivi/${code}/lieu`} masques={{ acte: 'suivre' }}>
          {!lieu.adresseConnue && (
            <TextInput
              nom="courriel"
              libelle="Votre adresse électronique"
              aide="Elle ne sert qu’à cela, et s’efface quand le suivi du lieu est clos."
              valeur={courriel}
              erreur={erreurDe(erreurs, 'courriel')}
              type="email"
              autoComplete="email"
            />
          )}
          <Button variante="secondaire">Suivre ce lieu</Button>
        </Form>
      )}
    </Section>
  );
}
