import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour } from '../../../../ui/typographie.ts';
import { type Catalogue, optionsDActeurs } from '../../../contrats/index.ts';
import type { Referent } from '../referents.queries.ts';
import type { RoleDeReferent } from '../referents.ts';

interface ReferentFormPageProps {
  catalogue: Catalogue;
  roles: readonly RoleDeReferent[];
  referent: Referent | null;
  /** Names it: who it is, where, where it is written to and from when are theirs alone to change. */
  designe: boolean;
  enregistre: Enregistre | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const champDe = (p: ReferentFormPageProps) => (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });

export function ReferentFormPage(p: ReferentFormPageProps) {
  const champ = champDe(p);
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
        {p.designe ? <ChampsDeDesignation {...p} /> : <Designation {...p} />}
        <TextInput {...champ('fonction')} libelle="Fonction" facultatif />
        <TextInput {...champ('telephone')} libelle="Téléphone" type="tel" largeur={20} facultatif />
        <TextInput {...champ('suppleant_telephone')} libelle="Téléphone du suppléant" type="tel" largeur={20} facultatif />
        <DateInput
          {...champ('fin')}
          libelle="Dernier jour"
          aide={
            p.designe || !p.referent
              ? 'Vide : sans terme connu. Un successeur est demandé soixante jours avant.'
              : p.referent.fin
                ? `Vous pouvez l’avancer ; après le ${jour(p.referent.fin)}, c’est la coordination du lieu qui prolonge.`
                : 'Vide : sans terme connu. Un successeur est demandé soixante jours avant ; une fois dit, c’est la coordination du lieu qui prolonge.'
          }
          facultatif
        />
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

/** What who names a referent says of them. */
function ChampsDeDesignation(p: ReferentFormPageProps) {
  const champ = champDe(p);
  return (
    <>
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
      <TextInput {...champ('courriel')} libelle="Courriel" type="email" facultatif />
      <TextInput {...champ('suppleant_nom')} libelle="Suppléant" facultatif />
      <TextInput {...champ('suppleant_courriel')} libelle="Courriel du suppléant" type="email" facultatif />
      <DateInput {...champ('debut')} libelle="Premier jour" />
    </>
  );
}

/** The same to read, for the organisation: a field that does not come in keeps its value. */
function Designation({ referent: r, ...p }: ReferentFormPageProps) {
  if (!r) return null;
  return (
    <>
      <SummaryList
        lignes={[
          { cle: 'Rôle', valeur: p.roles.find((x) => x.code === r.role)?.libelle ?? r.role },
          { cle: 'Territoire', valeur: p.catalogue.territoires.get(r.territoireId)?.nom ?? r.territoireId },
          { cle: 'Organisme', valeur: p.catalogue.nomActeur(r.organisationId) },
          { cle: 'Nom', valeur: r.nom },
          { cle: 'Courriel', valeur: r.courriel || 'à compléter' },
          { cle: 'Suppléant', valeur: [r.suppleantNom, r.suppleantCourriel].filter(Boolean).join(', ') || 'aucun' },
          { cle: 'Premier jour', valeur: jour(r.debut) },
        ]}
      />
      <InsetText>
        Ces lignes sont de la coordination du lieu, qui désigne : pour les changer, demandez-le-lui. Vous tenez à jour la fonction, les téléphones et l’absence.
      </InsetText>
    </>
  );
}
