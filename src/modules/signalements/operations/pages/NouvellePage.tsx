import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, optionsDeListe } from '../../../contrats/index.ts';
import { CADRES_ACTION } from '../../../registres/index.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';

export type ChampsDOperation = Record<'titre' | 'jour' | 'type' | 'service' | 'cadre' | 'etape', string>;
interface NouvellePageProps {
  catalogue: Catalogue;
  demandes: readonly Demande[];
  champs: ChampsDOperation;
  erreurs: readonly ErreurDeChamp[];
  lieu: string;
}
const options = (x: readonly { code: string; libelle: string }[]) => x.map((o) => ({ valeur: o.code, libelle: o.libelle }));

export function NouvellePage({ catalogue: cat, demandes, champs, erreurs, lieu }: NouvellePageProps) {
  const liste = (cle: string) => optionsDeListe(cat, cle);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Nouvelle opération"
        surtitre={cat.territoires.get(lieu)?.nom ?? lieu}
        chapo={`Pour ${pluriel(demandes.length, 'demande')} : chaque personne qui a signalé saura ce que l’opération a fait.`}
      />
      <Form action="/signalements/operations/nouvelle" masques={{ demandes: demandes.map((d) => d.id).join('.') }}>
        <TextInput
          nom="titre"
          libelle="Nom de l’opération"
          aide="Sans nom de personne."
          valeur={champs.titre}
          erreur={erreurDe(erreurs, 'titre')}
          attributs={{ maxLength: 300 }}
        />
        <DateInput nom="jour" libelle="Jour" valeur={champs.jour} erreur={erreurDe(erreurs, 'jour')} />
        <Radios
          nom="etape"
          legende="Si elle est d’aujourd’hui"
          aide="Faite, elle entre dans les chiffres, et son compte rendu peut partir."
          valeur={champs.etape}
          erreur={erreurDe(erreurs, 'etape')}
          options={[
            { valeur: 'realisee', libelle: 'Elle est faite' },
            { valeur: 'programmee', libelle: 'Elle est encore à faire' },
          ]}
          petit
          facultatif
        />
        <Select
          nom="type"
          libelle="Type d’opération"
          vide="Choisissez"
          valeur={champs.type}
          erreur={erreurDe(erreurs, 'type')}
          options={liste('types-d-operation')}
        />
        <Select
          nom="service"
          libelle="Service pilote"
          vide="Choisissez"
          valeur={champs.service}
          erreur={erreurDe(erreurs, 'service')}
          options={liste('services')}
        />
        <Select nom="cadre" libelle="Cadre" vide="Choisissez" valeur={champs.cadre} erreur={erreurDe(erreurs, 'cadre')} options={options(CADRES_ACTION)} />
        <Button>Créer l’opération</Button>
      </Form>
      <Section titre="Demandes">
        <ul className="govuk-list govuk-list--bullet">
          {demandes.map((d) => (
            <li key={d.id}>
              <a className="govuk-link" href={`/signalements/demandes/${d.id}`}>
                n° {d.numero}, {d.titre}
              </a>
              , {[d.adresse, cat.territoires.get(d.territoireId)?.nom ?? d.territoireId].filter(Boolean).join(', ')}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
