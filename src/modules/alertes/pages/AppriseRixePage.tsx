import { Button } from '../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { type Catalogue, optionsDeListe, type Territoire } from '../../contrats/index.ts';
import { PersonneNommee } from '../alerte/confirmer.tsx';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { secteurDe } from '../envois/prevenir.ts';
import { GENRES } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';

/** It took place, nobody was told, and nobody will be. */
export function AppriseRixePage(p: {
  catalogue: Catalogue;
  reglement: Reglement;
  lieux: readonly Territoire[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What may name somebody. */
  doutes: readonly ErreurDeChamp[];
  /** The register has one there, about then. */
  deja: boolean;
}) {
  const cat = p.catalogue;
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Rixe apprise après coup"
        chapo="Elle entre au registre des rixes, au jour où elle a eu lieu. Personne n’en est prévenu. Si elle dure encore, écrivez une alerte."
      />
      <Form action="/alertes/rixes/apprise">
        {p.deja && (
          <Checkbox
            nom="autre"
            libelle="C’en est une autre"
            aide="Le registre a déjà une rixe dans cet arrondissement, à deux heures près."
            coche={p.champs.autre === 'oui'}
          />
        )}
        <PersonneNommee doutes={p.doutes} />
        <Radios
          {...champ('palier')}
          legende="Palier"
          options={p.reglement.paliers.filter((x) => x.survenue).map((x) => ({ valeur: x.code, libelle: direPalier(cat, x.code) }))}
        />
        <DateInput {...champ('jour')} libelle="Jour" />
        <TextInput {...champ('heure')} type="time" libelle="Heure, à peu près" largeur={5} />
        <Select
          {...champ('territoire')}
          libelle="Quartier"
          vide="Choisissez"
          options={p.lieux.map((t) => ({ valeur: t.id, libelle: t.nom, groupe: direLieu(cat, secteurDe(cat, t.id)) }))}
        />
        <TextInput {...champ('lieu')} libelle="Lieu" autoComplete="off" attributs={{ maxLength: 160 }} facultatif />
        <Select {...champ('genre')} libelle="Ce qui s’est passé" options={optionsDeListe(cat, GENRES)} />
        <Textarea
          {...champ('faits')}
          libelle="En quelques mots"
          aide="Sans nom de personne ni de groupe, sans plaque, sans numéro."
          lignes={2}
          max={600}
          facultatif
        />
        <Button>Inscrire au registre</Button>
      </Form>
    </>
  );
}
