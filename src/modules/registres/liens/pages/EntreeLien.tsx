import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { Repertoire } from '../../registres.repertoire.ts';
import { CHERCHE_LIEN, type ChoixDeLien } from '../liens.ts';
import { direCible, ecrireCible } from '../liens.rules.ts';

interface Props {
  nom: string;
  libelle: string;
  valeur: string;
  aide?: string | undefined;
  erreur?: string | undefined;
  choix: ChoixDeLien;
  rep: Repertoire;
}

/** Choosing a record: those near in place and time first, any other by a search; the form comes back as it was. */
export function EntreeLien({ nom, libelle, valeur, aide, erreur, choix, rep }: Props) {
  const option = (groupe: string) => (c: { id: string; titre: string; jour: string }) => ({ valeur: c.id, libelle: ecrireCible(c), groupe });
  const trouvees = choix.cherche?.trouvees ?? [];
  const montrees = new Set([...trouvees, ...choix.proches].map((c) => c.id));
  const tenue = valeur !== '' && !montrees.has(valeur) ? [{ valeur, libelle: direCible(rep.cibles?.get(valeur)), groupe: 'Choisi' }] : [];
  const deja = new Set(trouvees.map((c) => c.id));
  const options = [...tenue, ...trouvees.map(option('Trouvés')), ...choix.proches.filter((c) => !deja.has(c.id)).map(option('Les plus proches'))];
  const cherche = `${CHERCHE_LIEN}${choix.champ.code}`;
  // Looked for and found: the first one answers the search until another is chosen.
  const choisi = valeur === '' && trouvees.length === 1 ? (trouvees[0]?.id ?? '') : valeur;
  if (!choix.permis && valeur === '') return null;
  return (
    <div className="c-lien">
      <Select nom={nom} libelle={libelle} aide={aide} erreur={erreur} facultatif valeur={choisi} options={options} vide="Aucun" />
      {choix.permis && (
        <Details resume="Chercher un autre" ouvert={choix.cherche !== null}>
          <TextInput
            nom={cherche}
            libelle={`Chercher : ${libelle}`}
            aide={
              choix.cherche === null
                ? 'Des mots du titre ou de l’adresse, ou le numéro.'
                : trouvees.length === 0
                  ? `Rien ne correspond à « ${choix.cherche.mots} ». Essayez d’autres mots, ou laissez « Aucun ».`
                  : `${trouvees.length === 1 ? '1 trouvé, choisi' : `${trouvees.length} trouvés`} dans la liste ci-dessus.`
            }
            valeur={choix.cherche?.mots ?? ''}
          />
          <Button variante="secondaire" petit nom="ajouter" valeur="lien" sansVerification>
            Chercher
            <span className="govuk-visually-hidden"> : {libelle}</span>
          </Button>
        </Details>
      )}
    </div>
  );
}
