import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour } from '../../../ui/typographie.ts';
import { erreurDe } from '../../../ui/types.ts';
import type { Charge } from '../conventions.contexte.ts';
import type { Partie } from '../conventions.queries.ts';
import { sOuvre } from '../conventions.rules.ts';
import type { Formulaire } from '../formulaires.ts';

type Props = Charge & Formulaire;
export const actions = (bouton: string, retour: string) => (
  <ActionBar>
    <Button>{bouton}</Button>
    <a className="govuk-link" href={retour}>
      Annuler
    </a>
  </ActionBar>
);
export const champDe =
  (p: Pick<Formulaire, 'champs' | 'erreurs'>) =>
  (nom: string, sinon: string | null | undefined = '') => ({
    nom,
    valeur: p.champs[nom] ?? sinon ?? '',
    erreur: erreurDe(p.erreurs, nom),
  });

export function PartieFormPage(p: Props) {
  const champ = champDe(p);
  const charte = sOuvre(p.acte.nature);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={charte ? 'Ajouter un signataire' : 'Ajouter une partie'}
        surtitre={p.acte.titre}
        chapo="Sans date, la signature est attendue : elle entre dans les échéances de l’organisation."
      />
      <Form action={`/conventions/${p.acte.id}/parties/nouvelle`}>
        <Select
          {...champ('organisation')}
          libelle="Organisation de l’annuaire"
          vide="aucune : écrire son nom ci-dessous"
          options={[...p.catalogue.acteurs.values()].map((x) => ({ valeur: x.id, libelle: x.nom })).sort((x, y) => x.libelle.localeCompare(y.libelle, 'fr'))}
        />
        <TextInput
          {...champ('nom')}
          libelle="Ou nom d’une autre organisation"
          facultatif
          aide="Un établissement, une association, une commune qui n’est pas dans l’annuaire."
        />
        <DateInput {...champ('signee_le')} libelle="Signée le" facultatif max={p.aujourdhui} />
        <TextInput {...champ('signataire')} libelle="Qui signe pour elle" facultatif aide="Lu par les partenaires seulement, effacé au bout de cinq ans." />
        <TextInput {...champ('fonction')} libelle="Sa fonction" facultatif />
        {actions('Ajouter', `/conventions/${p.acte.id}#parties`)}
      </Form>
    </>
  );
}

export function PartiePage(p: Props & { partie: Partie }) {
  const { partie: x } = p;
  const champ = champDe(p);
  const nom = x.organisationId ? p.catalogue.nomActeur(x.organisationId) : x.nom;
  const url = `/conventions/${p.acte.id}/parties/${x.id}`;
  const retirable = x.retireeLe === null && (x.signeeLe === null || sOuvre(p.acte.nature));
  const retire = p.champs.acte === 'retirer';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={nom}
        surtitre={p.acte.titre}
        chapo={x.retireeLe ? `S’est retirée le ${jour(x.retireeLe)}.` : x.signeeLe ? `A signé le ${jour(x.signeeLe)}.` : 'Sa signature est attendue.'}
      />
      {x.retireeLe === null && x.signeeLe === null && (
        <Form action={url} masques={{ acte: 'signer' }}>
          <DateInput
            nom="jour"
            libelle="Signée le"
            max={p.aujourdhui}
            valeur={retire ? '' : p.champs.jour}
            erreur={retire ? undefined : erreurDe(p.erreurs, 'jour')}
          />
          <TextInput
            {...champ('signataire', x.signataire)}
            libelle="Qui signe pour elle"
            facultatif
            aide="Lu par les partenaires seulement, effacé au bout de cinq ans."
          />
          <TextInput {...champ('fonction', x.fonction)} libelle="Sa fonction" facultatif />
          {actions('Noter la signature', `/conventions/${p.acte.id}#parties`)}
        </Form>
      )}
      {retirable && (
        <Details resume={x.signeeLe ? 'Elle se retire de la charte' : 'Elle ne signera pas'} ouvert={retire || x.signeeLe !== null}>
          <Form action={url} masques={{ acte: 'retirer' }}>
            <DateInput
              nom="jour"
              id="jour-retrait"
              libelle="Retirée le"
              max={p.aujourdhui}
              valeur={retire ? p.champs.jour : ''}
              erreur={retire ? erreurDe(p.erreurs, 'jour') : undefined}
            />
            <Button variante="secondaire">Noter le retrait</Button>
          </Form>
        </Details>
      )}
      {!retirable && x.signeeLe !== null && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/conventions/${p.acte.id}#parties`}>
            Revenir à l’acte
          </a>
        </p>
      )}
    </>
  );
}
