import { useContext } from 'react';
import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { isoDuMoment } from '../../../../ui/typographie.ts';
import { Langue, useJour } from '../../langues/Langue.ts';
import { masqueDe, remplir } from '../../langues/mots.rules.ts';
import { direMotif, nombreDe, type Grille } from '../motif.rules.ts';
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
  const parle = useContext(Langue);
  const [m, jour] = [parle.mots, useJour()];
  const dits = lieu.evenements.filter((e) => e.message !== '');
  return (
    <Section titre={m.lieuQuiRevient}>
      <p className="govuk-body">
        {remplir(m.lieuSignalements, { n: nombreDe(lieu.grille) })} {parle.langue === 'fr' && direMotif(lieu.grille)}{' '}
        {lieu.r.closeLe ? remplir(m.lieuClos, { jour: jour(isoDuMoment(lieu.r.closeLe)) }) : m.lieuSuivi}
      </p>
      {dits.map((e) => (
        <p key={e.rang} className="govuk-body">
          {remplir(m.lieuLe, { jour: jour(isoDuMoment(e.quand)) })} <span lang="fr">{e.message}</span>
        </p>
      ))}
      {lieu.suit ? (
        <Form action={`/suivi/${code}/lieu`} masques={{ acte: 'quitter', ...masqueDe(parle) }}>
          <p className="govuk-body">{m.lieuPrevenu}</p>
          <Button variante="secondaire">{m.lieuQuitter}</Button>
        </Form>
      ) : (
        <Form action={`/suivi/${code}/lieu`} masques={{ acte: 'suivre', ...masqueDe(parle) }}>
          {!lieu.adresseConnue && (
            <TextInput
              nom="courriel"
              libelle={m.courriel}
              aide={m.lieuCourrielAide}
              valeur={courriel}
              erreur={erreurDe(erreurs, 'courriel')}
              type="email"
              autoComplete="email"
            />
          )}
          <Button variante="secondaire">{m.lieuSuivre}</Button>
        </Form>
      )}
    </Section>
  );
}
