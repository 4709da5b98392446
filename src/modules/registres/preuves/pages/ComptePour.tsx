/** What a record will count for, said before it is saved by the rule that counts it once saved. */
import { enumerer, pluriel } from '../../../../ui/typographie.ts';
import { type Brut, un } from '../../brut.rules.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { estRempli, ordreDeSaisie } from '../../saisie/ordre.rules.ts';
import { choisis, parFiche, type Proposition } from '../proposition.ts';

interface Props {
  d: DefinitionRegistre;
  rep: Repertoire;
  brut: Brut;
  proposition: Proposition;
}

/** Its figures under their fiches, and the lines that it may be evidence for: a person ticks them. */
export function ComptePour({ d, rep, brut, proposition: p }: Props) {
  const comptees = parFiche(p.comptePour, rep);
  const lignes = choisis(brut, 'lignes');
  // What is not yet said to be anything is evidence for nothing.
  const proposees = ordreDeSaisie(d).quoi.every((c) => estRempli(c, brut)) ? p.lignes : [];
  const offertes = [...new Set([...lignes, ...proposees])].filter((l) => rep.ficheDe.has(l));
  return (
    <>
      {comptees.length === 0 ? (
        <p className="govuk-body">{enBref(d, brut, p)}</p>
      ) : (
        <>
          <p className="govuk-body">{`${debut(d, brut)} :`}</p>
          <ul className="govuk-list govuk-list--bullet">
            {comptees.map(([n, ms]) => (
              <li key={n}>{`fiche ${n} : ${enumerer(ms.map((m) => `${m.libelle} (${m.id})`))}`}</li>
            ))}
          </ul>
        </>
      )}
      {offertes.length > 0 && (
        <fieldset className="govuk-fieldset govuk-form-group">
          <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Est-ce aussi la preuve de… (à confirmer)</legend>
          <div className="govuk-checkboxes govuk-checkboxes--small">
            {offertes.map((l) => (
              <Case key={l} nom="lignes" valeur={l} libelle={`${l} – ${libelleDeLigne(rep, l)}`} coche={lignes.includes(l)} />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

/** Only what is done counts. */
function debut(d: DefinitionRegistre, brut: Brut): string {
  return d.etapes && un(brut, 'etape') === 'programmee' ? 'Comptera, une fois réalisé, pour' : 'Compte pour';
}

/** The same in one line, for the foot of the form. */
export function enBref(d: DefinitionRegistre, brut: Brut, p: Proposition): string {
  if (d.etapes && un(brut, 'etape') === 'annulee') return 'Ne comptera dans aucun chiffre : c’est annulé.';
  const [premiere, ...autres] = p.comptePour;
  if (!premiere) return 'Ne compte encore dans aucun chiffre du contrat.';
  const suite = autres.length > 0 ? ` et ${pluriel(autres.length, 'autre chiffre', 'autres chiffres')}` : '';
  return `${debut(d, brut)} : ${premiere.libelle}${suite}.`;
}

export const libelleDeLigne = (rep: Repertoire, l: string): string => rep.fiches.get(rep.ficheDe.get(l) ?? '')?.lignes.find((x) => x.id === l)?.libelle ?? '';

export const Case = ({ nom, valeur, libelle, coche }: { nom: string; valeur: string; libelle: string; coche: boolean }) => (
  <div className="govuk-checkboxes__item">
    <input className="govuk-checkboxes__input" type="checkbox" id={`${nom}-${valeur}`} name={nom} value={valeur} defaultChecked={coche} />
    <label className="govuk-label govuk-checkboxes__label" htmlFor={`${nom}-${valeur}`}>
      {libelle}
    </label>
  </div>
);
