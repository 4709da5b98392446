import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Catalogue, optionsDActeurs } from '../../../contrats/index.ts';
import type { Referent } from '../referents.queries.ts';
import type { RoleDeReferent } from '../referents.ts';

export function ReferentFormPage(p: {
  catalogue: Catalogue;
  roles: readonly RoleDeReferent[];
  referent: Referent | null;
  enregistre: Enregistre | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}) {
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const base = '/annuaire/referents';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.referent ? 'Corriger le référent' : 'Désigner un référent'}
        chapo="Courriels et téléphones ne sont lus que par les partenaires ; le public n’en voit rien."
      />
      <Form
        action={p.referent ? `${base}/${p.referent.id}/corriger` : `${base}/nouveau`}
        masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}
      >
        <Select
          {...champ('role')}
          libelle="Rôle"
          vide="Choisissez"
          options={p.roles.filter((r) => !r.retiree || r.code === p.champs.role).map((r) => ({ valeur: r.code, libelle: r.libelle }))}
        />
        <Select
          {...champ('territoire')}
          libelle="Territoire"
          vide="Choisissez"
          options={[...p.catalogue.territoires.values()].map((t) => ({ valeur: t.id, libelle: t.nom }))}
        />
        <Select {...champ('organisation')} libelle="Organisme" vide="Choisissez" options={optionsDActeurs(p.catalogue)} />
        <TextInput {...champ('nom')} libelle="Nom" />
        <TextInput {...champ('fonction')} libelle="Fonction" facultatif />
        <TextInput {...champ('courriel')} libelle="Courriel" type="email" facultatif />
        <TextInput {...champ('telephone')} libelle="Téléphone" type="tel" largeur={20} facultatif />
        <TextInput {...champ('suppleant_nom')} libelle="Suppléant" facultatif />
        <TextInput {...champ('suppleant_courriel')} libelle="Courriel du suppléant" type="email" facultatif />
        <TextInput {...champ('suppleant_telephone')} libelle="Téléphone du suppléant" type="tel" largeur={20} facultatif />
        <DateInput {...champ('debut')} libelle="Premier jour" />
        <DateInput {...champ('fin')} libelle="Dernier jour" aide="Vide : sans terme connu. Un successeur est demandé soixante jours avant." facultatif />
        <DateInput
          {...champ('absent_jusquau')}
          libelle="Absent jusqu’au"
          aide="Jusqu’à ce jour compris, le suppléant reçoit ce qui lui est adressé."
          facultatif
        />
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={p.referent ? `${base}/${p.referent.id}` : base}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
