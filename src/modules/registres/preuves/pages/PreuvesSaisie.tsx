import { Button } from '../../../../ui/Button.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { enumerer, pluriel } from '../../../../ui/typographie.ts';
import { type Brut, un } from '../../brut.rules.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { choisis, parFiche, type Proposition } from '../proposition.ts';
import { chercherLignes } from '../proposition.rules.ts';

/** Field and button of the search: sent with the whole form, which comes back as it was typed, with the lines found. */
export const CHERCHE = 'ligne_cherchee';

interface Props {
  rep: Repertoire;
  brut: Brut;
  erreurs: readonly ErreurDeChamp[];
  proposition: Proposition;
}

/** Evidence: fiches follow by themselves; a few lines are proposed, any other is found by its words. */
export function PreuvesSaisie({ rep, brut, erreurs, proposition: p }: Props) {
  const fiches = choisis(brut, 'fiches');
  const lignes = choisis(brut, 'lignes');
  const deduites = new Set(lignes.map((l) => rep.ficheDe.get(l)));
  const seules = fiches.filter((n) => rep.fiches.has(n) && !deduites.has(n));
  const quoi = un(brut, CHERCHE);
  const { trouvees, autres } = chercherLignes(rep.fiches.values(), quoi);
  const offertes = [...new Set([...lignes, ...p.lignes, ...trouvees.map((l) => l.id)])].filter((l) => rep.ficheDe.has(l));
  const erreur = erreurDe(erreurs, 'fiches') ?? erreurDe(erreurs, 'lignes');
  const comptees = parFiche(p.comptePour, rep);
  return (
    <Section titre="Preuve pour le contrat" id="fiches">
      <p className="govuk-body">
        {comptees.length === 0
          ? 'Les fiches se déduisent de ce que vous enregistrez : rien à cocher pour elles.'
          : `Compte pour ${comptees.map(([n, ms]) => `la fiche ${n} (${enumerer(ms.map((m) => m.id))})`).join(', ')}.`}
      </p>
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
          <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Actions du contrat dont c’est la preuve</legend>
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
        options={[...rep.fiches.values()].filter((f) => !seules.includes(f.numero)).map((f) => ({ valeur: f.numero, libelle: `${f.numero} – ${f.titre}` }))}
        vide="Aucune"
      />
    </Section>
  );
}

export const libelleDeLigne = (rep: Repertoire, l: string): string => rep.fiches.get(rep.ficheDe.get(l) ?? '')?.lignes.find((x) => x.id === l)?.libelle ?? '';

const Case = ({ nom, valeur, libelle, coche }: { nom: string; valeur: string; libelle: string; coche: boolean }) => (
  <div className="govuk-checkboxes__item">
    <input className="govuk-checkboxes__input" type="checkbox" id={`${nom}-${valeur}`} name={nom} value={valeur} defaultChecked={coche} />
    <label className="govuk-label govuk-checkboxes__label" htmlFor={`${nom}-${valeur}`}>
      {libelle}
    </label>
  </div>
);
