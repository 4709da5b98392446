/** Long lists that one searches by typing: offered once in the page, whatever the number of fields that take from them. */
import type { FieldProps } from '../../../../ui/Field.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { Repertoire } from '../../registres.repertoire.ts';
import { nomsDeLieux } from '../noms.rules.ts';

const LIEUX = 'liste-lieux';
const ACTEURS = 'liste-acteurs';

interface Props extends FieldProps {
  rep: Repertoire;
}
/** `data-choisir`: touching the field selects what it holds, so that one types over it. */
const cherche = (liste: string) => ({ list: liste, 'data-choisir': '', autoCapitalize: 'off', spellCheck: false });

export const EntreeTerritoire = ({ rep, ...p }: Props) => (
  <TextInput {...p} valeur={nomsDeLieux(rep).get(String(p.valeur ?? '')) ?? p.valeur ?? ''} autoComplete="off" attributs={cherche(LIEUX)} />
);
export const EntreeActeur = ({ rep, ...p }: Props) => (
  <TextInput {...p} valeur={rep.acteurs.get(String(p.valeur ?? ''))?.nom ?? p.valeur ?? ''} autoComplete="off" attributs={cherche(ACTEURS)} />
);

/** `territoires`: those that the person may record in; all when null. */
export function ListesCherchees({ rep, territoires, acteurs }: { rep: Repertoire; territoires: readonly string[] | null; acteurs: boolean }) {
  const noms = [...nomsDeLieux(rep)].filter(([id]) => territoires === null || territoires.includes(id));
  return (
    <>
      <datalist id={LIEUX}>
        {noms.map(([id, nom]) => (
          <option key={id} value={nom} />
        ))}
      </datalist>
      {acteurs && (
        <>
          {/* Hundreds of names: the island brings them to the first field that asks for one. */}
          <datalist id={ACTEURS} data-organisations="" />
          <noscript>
            <p className="govuk-hint">
              Les noms et les sigles des organisations sont dans{' '}
              <a className="govuk-link" href="/acteurs">
                l’annuaire du contrat
              </a>
              .
            </p>
          </noscript>
        </>
      )}
    </>
  );
}
