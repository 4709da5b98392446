import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Fieldset } from '../../../../ui/Fieldset.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Catalogue, optionsDActeurs } from '../../../contrats/index.ts';
import type { Instance } from '../../instances.types.ts';
import type { Probleme } from '../problemes.queries.ts';

export function FormulaireProblemePage(p: {
  instance: Instance;
  catalogue: Catalogue;
  lieux: readonly string[];
  /** Null to open one. */
  probleme: Probleme | null;
  enregistre: Enregistre | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}) {
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const retour = p.probleme ? `/problemes/${p.probleme.id}` : `/instances/${p.instance.id}#problemes`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.probleme ? 'Modifier le problème' : 'Ouvrir un problème'}
        surtitre={p.instance.nom}
        chapo="Un lieu, un constat, une réponse. Tant qu’il est ouvert, il est proposé à chaque ordre du jour. N’écrivez le nom d’aucune personne suivie."
      />
      <Form
        action={p.probleme ? `/problemes/${p.probleme.id}/modifier` : `/instances/${p.instance.id}/problemes/nouveau`}
        masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}
      >
        <TextInput {...champ('titre')} libelle="Le problème" aide="En une phrase, par exemple « Rassemblements bruyants la nuit devant le gymnase »." />
        <Select
          {...champ('territoire')}
          libelle="Arrondissement"
          vide="choisir"
          options={p.lieux.flatMap((id) => {
            const t = p.catalogue.territoires.get(id);
            return t ? [{ valeur: id, libelle: t.nom }] : [];
          })}
        />
        <TextInput {...champ('lieu')} libelle="Le lieu" facultatif aide="Une adresse, un square, une station." />
        <Textarea {...champ('constat')} libelle="Le constat" lignes={4} max={4000} aide="Ce qui est vu, quand, depuis quand." />
        <Fieldset legende="La réponse">
          <Textarea {...champ('reponse')} libelle="Ce qui est décidé de faire" lignes={4} max={4000} facultatif />
          <Select {...champ('organisation')} libelle="Organisation en charge" vide="pas encore choisie" facultatif options={optionsDActeurs(p.catalogue)} />
          <TextInput {...champ('qui')} libelle="Qui s’en occupe" facultatif aide="Une fonction ou un service." />
          <DateInput {...champ('echeance')} libelle="Pour le" facultatif />
          <Textarea {...champ('critere')} libelle="Comment on saura que c’est réglé" lignes={2} max={1000} facultatif />
        </Fieldset>
        <ActionBar>
          <Button>{p.probleme ? 'Enregistrer' : 'Ouvrir le problème'}</Button>
          <a className="govuk-link" href={retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
