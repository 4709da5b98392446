import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { PersonneNommee } from '../../alerte/confirmer.tsx';
import type { Veille } from '../veille.schema.ts';

interface TensionFormPageProps {
  veille: Veille;
  catalogue: Catalogue;
  territoires: readonly string[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What may name somebody. */
  doutes: readonly ErreurDeChamp[];
}
const options = (liste: readonly { code: string; libelle: string }[]) => liste.map((x) => ({ valeur: x.code, libelle: x.libelle }));

export function TensionFormPage({ veille: v, catalogue: cat, territoires, champs, erreurs, doutes }: TensionFormPageProps) {
  const commun = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Écrire une tension" chapo="Un lieu, un moment, ce qui est observé. Ni personne ni groupe n’est nommé. En danger, appelez le 17." />
      <Form action="/alertes/tensions/nouvelle">
        <Radios {...commun('nature')} legende="Ce qui est observé" options={options(v.natures)} petit />
        <Select
          {...commun('territoire')}
          libelle="Quartier ou arrondissement"
          vide="Choisissez"
          options={territoires
            .filter((t) => t !== cat.racine.id)
            .map((t) => ({ valeur: t, libelle: cat.territoires.get(t)?.nom ?? t, groupe: groupeDe(cat, t) }))}
        />
        <Select {...commun('lieu')} libelle="Type de lieu" vide="Choisissez" options={options(v.lieux)} />
        <DateInput {...commun('jour')} libelle="Jour" />
        <Select {...commun('creneau')} libelle="Moment" vide="Choisissez" options={options(v.creneaux)} />
        <Radios {...commun('fiabilite')} legende="D’où vient l’information" options={options(v.fiabilites)} petit />
        <Radios
          {...commun('ailleurs')}
          legende="Un autre quartier ou une commune voisine est-il concerné ?"
          options={[
            { valeur: 'oui', libelle: 'Oui' },
            { valeur: 'non', libelle: 'Non' },
            { valeur: 'inconnu', libelle: 'Je ne sais pas' },
          ]}
          petit
          enLigne
        />
        <Textarea
          {...commun('texte')}
          libelle="Précision"
          aide="Le lieu exact, ce qui se prépare. Sans nom, sans surnom, sans nom de groupe."
          max={300}
          lignes={3}
          facultatif
        />
        <PersonneNommee doutes={doutes} />
        <Button>Écrire</Button>
      </Form>
    </>
  );
}
/** Under the first level that holds it; a first level stands by itself. */
function groupeDe(cat: Catalogue, t: string): string | undefined {
  const chaine = cat.ascendants(t);
  const premier = chaine.at(-2);
  return premier ? premier.nom : undefined;
}
