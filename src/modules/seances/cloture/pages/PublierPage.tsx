import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { Confirmer } from '../../../../ui/Confirmer.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { NATURES_SUSPECT, type Suspect } from '../../releve/contenu.rules.ts';
import { ecrireReleve } from '../../releve/ecriture.rules.ts';
import type { ReleveContenu } from '../../releve/releve.modele.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Seance } from '../../seances.queries.ts';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import type { Publication } from '../cloture.queries.ts';
import { DocumentBlocs } from './DocumentBlocs.tsx';

export interface PublierPageProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
  suspects: readonly Suspect[];
  coches: readonly string[];
  passages: string;
  /** Why a passage stays, by the name of its field. */
  raisons: Readonly<Record<string, string>>;
  champRaison: (passage: string) => string;
  /** As the public would read it with these choices. */
  apercu: ReleveContenu;
  retraits: number;
  publication: Publication | null;
  /** What publishing asks to confirm. */
  etonnements: readonly ErreurDeChamp[];
  masques: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** Redaction: what may name someone is found and ticked; the person decides, sees the result, publishes. */
export function PublierPage(p: PublierPageProps) {
  const { seance: s } = p;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="clore" tient={p.tient} />
      {p.publication && (
        <InsetText>
          Publié le {jourEtHeure(p.publication.publieLe)} par {p.publication.publiePar}. Publier de nouveau remplace ce que lit le public.
        </InsetText>
      )}
      <Form action={`/seances/${s.id}/publier`} masques={p.masques}>
        <Section titre="Ce que le public ne lira pas">
          <p className="govuk-body">Les noms des participants et des responsables sont toujours remplacés par leur fonction ou leur organisation.</p>
          {p.apercu.points.some((x) => x.dossier?.reserve) && (
            <p className="govuk-body">
              Les chiffres des fiches que le public ne lit pas tels quels (trop récents, trop petits ou trop fins) sont retirés. Les membres gardent les leurs.
            </p>
          )}
          {p.suspects.length === 0 ? (
            <p className="govuk-body">Aucun nom, adresse, téléphone ou plaque n’a été repéré dans les textes. Relisez tout de même l’aperçu.</p>
          ) : (
            <Checkboxes
              nom="suspects"
              legende="Passages repérés : cochez ceux à retirer"
              petit
              valeurs={p.coches}
              options={p.suspects.map((x) => ({ valeur: x.passage, libelle: `« ${x.passage} »`, aide: `${NATURES_SUSPECT[x.nature]}, ${x.ou.join(', ')}` }))}
            />
          )}
          {p.suspects.length > 0 && (
            <Details resume="Garder un passage repéré" ouvert={p.coches.length < p.suspects.length}>
              <p className="govuk-body">Pour chaque passage décoché, dites pourquoi le public peut le lire. La raison est gardée avec la publication.</p>
              {p.suspects.map((x) => (
                <TextInput
                  key={x.passage}
                  nom={p.champRaison(x.passage)}
                  libelle={`Pourquoi garder « ${x.passage} »`}
                  facultatif
                  valeur={p.raisons[p.champRaison(x.passage)]}
                  erreur={erreurDe(p.erreurs, p.champRaison(x.passage))}
                />
              ))}
            </Details>
          )}
          <Textarea
            nom="passages"
            libelle="Autres passages à retirer"
            aide="Un par ligne, copié tel qu’il est écrit."
            lignes={3}
            facultatif
            valeur={p.passages}
            erreur={erreurDe(p.erreurs, 'passages')}
          />
        </Section>
        <Confirmer
          etonnements={p.etonnements}
          legende={p.etonnements.length > 1 ? 'Des approbations sont contestées' : 'Une approbation est contestée'}
          libelle="Publier ce relevé tel quel"
        />
        <ActionBar>
          <Button nom="acte" valeur="publier">
            Publier
          </Button>
          <Button nom="acte" valeur="apercu" variante="secondaire">
            Mettre l’aperçu à jour
          </Button>
          <a className="govuk-link" href={`/seances/${s.id}/clore`}>
            Revenir au relevé
          </a>
        </ActionBar>
      </Form>
      <Section titre="Aperçu de la version publique">
        <p className="govuk-body">{p.retraits === 0 ? 'Aucun passage retiré.' : `${pluriel(p.retraits, 'passage retiré', 'passages retirés')}.`}</p>
        <DocumentBlocs blocs={ecrireReleve(p.apercu, 'compte-rendu').blocs} />
      </Section>
      {p.publication && (
        <Form action={`/seances/${s.id}/depublier`}>
          <Button variante="danger">Retirer ce relevé du public</Button>
        </Form>
      )}
    </>
  );
}
