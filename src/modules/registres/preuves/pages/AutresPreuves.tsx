import { Button } from '../../../../ui/Button.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { pluriel } from '../../../../ui/typographie.ts';
import { type Brut, un } from '../../brut.rules.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { choisis, type Proposition } from '../proposition.ts';
import { chercherLignes } from '../proposition.rules.ts';
import { Case, libelleDeLigne } from './ComptePour.tsx';
import { optionsDeFiches } from '../../../contrats/index.ts';

/** Field and button of the search: sent with the whole form, which comes back as it was typed, with the lines found. */
export const CHERCHE = 'ligne_cherchee';

interface Props {
  rep: Repertoire;
  brut: Brut;
  erreurs: readonly ErreurDeChamp[];
  proposition: Proposition;
}

/** Evidence that is not deduced: any other line is found by its words, any other fiche is chosen. */
export function AutresPreuves({ rep, brut, erreurs, proposition: p }: Props) {
  const fiches = choisis(brut, 'fiches');
  const lignes = choisis(brut, 'lignes');
  const deduites = new Set(lignes.map((l) => rep.ficheDe.get(l)));
  const seules = fiches.filter((n) => rep.fiches.has(n) && !deduites.has(n));
  const quoi = un(brut, CHERCHE);
  const { trouvees, autres } = chercherLignes(rep.fiches.values(), quoi);
  const offertes = trouvees.map((l) => l.id).filter((l) => !lignes.includes(l) && !p.lignes.includes(l));
  const erreur = erreurDe(erreurs, 'fiches') ?? erreurDe(erreurs, 'lignes');
  return (
    <>
      {erreur && <p className="govuk-error-message">{erreur}</p>}
      {seules.length > 0 && (
        <fieldset className="govuk-fieldset govuk-form-group">
          <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Fiches choisies</legend>
          <div className="govuk-checkboxes govuk-checkboxes--small">
            {seules.map((n) => (
              <Case key={n} nom="fiches" valeur={n} libelle={`Fiche ${n} – ${rep.fiches.get(n)?.titre ?? ''}`} coche />
            ))}
          </div>
        </fieldset>
      )}
      {offertes.length > 0 && (
        <fieldset className="govuk-fieldset govuk-form-group">
          <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Actions trouvées</legend>
          <div className="govuk-checkboxes govuk-checkboxes--small">
            {offertes.map((l) => (
              <Case key={l} nom="lignes" valeur={l} libelle={`${l} – ${libelleDeLigne(rep, l)}`} coche={lignes.includes(l)} />
            ))}
          </div>
        </fieldset>
      )}
      <TextInput
        nom={CHERCHE}
        libelle="Chercher une autre action du contrat"
        aide="Quelques mots de l’action ou le numéro de sa fiche : « cellule de veille », « 1.6 »."
        valeur={quoi}
        erreur={quoi !== '' && trouvees.length === 0 ? 'Aucune action du contrat ne contient ces mots. Essayez-en d’autres.' : undefined}
        facultatif
      />
      {autres > 0 && <p className="govuk-body">{pluriel(autres, 'autre action correspond', 'autres actions correspondent')} : précisez les mots.</p>}
      <Button variante="secondaire" petit nom="ajouter" valeur="preuves" sansVerification>
        Chercher
      </Button>
      <Select
        nom="fiches"
        libelle="Rattacher à une fiche qui ne s’en déduit pas"
        facultatif
        valeur=""
        options={optionsDeFiches(rep, (f) => !seules.includes(f))}
        vide="Aucune"
      />
    </>
  );
}
