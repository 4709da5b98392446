import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourDuMoment } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { nomEntier } from '../../instances.noms.rules.ts';
import type { Instance } from '../../instances.types.ts';
import type { Contribution } from '../contributions.queries.ts';
import { estRetiree } from '../contributions.rules.ts';
import { EtatDit } from './ParticiperPages.tsx';

interface Props {
  instance: Instance;
  catalogue: Catalogue;
  contributions: readonly Contribution[];
  suite: boolean;
  page: number;
  /** What came back with faults. */
  essai: { id: string; acte: string; champs: Readonly<Record<string, string>>; erreurs: readonly ErreurDeChamp[] } | null;
}

export function ContributionsPage({ instance: i, catalogue: c, contributions, suite, page, essai }: Props) {
  const base = `/instances/${i.id}/contributions`;
  const sien = (k: Contribution, acte: string) => (essai?.id === k.id && essai.acte === acte ? essai : null);
  const ecarter = (k: Contribution, acte: 'ecarter' | 'retirer', libelle: string, aide: string) => (
    <Details resume={libelle} ouvert={sien(k, acte) !== null}>
      <Form action={`${base}/${k.id}/${acte}`}>
        <TextInput
          nom="motif"
          id={`motif-${k.id}`}
          libelle="Motif"
          aide={aide}
          valeur={sien(k, acte)?.champs.motif ?? ''}
          erreur={erreurDe(sien(k, acte)?.erreurs ?? [], 'motif')}
        />
        <Button variante="secondaire">
          {libelle}
          <span className="govuk-visually-hidden">{` : ${k.objet}`}</span>
        </Button>
      </Form>
    </Details>
  );
  return (
    <>
      <ErrorSummary erreurs={essai?.erreurs ?? []} />
      <PageHeader
        titre="Contributions des habitants"
        surtitre={nomEntier(i, c)}
        chapo="Lues ici avant d’être publiées. Acceptées, elles sont demandées à l’ordre du jour ; la réponse est publique."
      />
      {contributions.length === 0 && (
        <EmptyState titre="Aucune contribution">Les habitants écrivent depuis la page « Participer » de cette instance.</EmptyState>
      )}
      {contributions.map((k) => (
        <Section key={k.id} titre={k.objet} id={`c-${k.id}`}>
          <p className="govuk-body-s">
            <EtatDit k={k} /> {`reçue le ${jourDuMoment(k.recueLe)}`}
            {k.traitePar && `, traitée par ${k.traitePar}`}
          </p>
          <p className="govuk-body c-texte-brut">{k.texte}</p>
          {k.motif && <p className="govuk-body">{`${estRetiree(k) ? 'Retirée' : 'Écartée'} : ${k.motif}`}</p>}
          {k.reponse && <p className="govuk-body c-texte-brut">{`Réponse : ${k.reponse}`}</p>}
          {k.etat === 'recue' && (
            <>
              <Form action={`${base}/${k.id}/accepter`}>
                <Button>
                  Publier et inscrire<span className="govuk-visually-hidden">{` : ${k.objet}`}</span>
                </Button>
              </Form>
              {ecarter(k, 'ecarter', 'Écarter', 'Lu de la personne qui a écrit.')}
            </>
          )}
          {k.etat === 'acceptee' && (
            <Details resume="Répondre" ouvert={sien(k, 'repondre') !== null}>
              <Form action={`${base}/${k.id}/repondre`}>
                <Textarea
                  nom="reponse"
                  id={`reponse-${k.id}`}
                  libelle="Réponse"
                  aide="Publiée sous la contribution."
                  max={2000}
                  lignes={5}
                  valeur={sien(k, 'repondre')?.champs.reponse ?? ''}
                  erreur={erreurDe(sien(k, 'repondre')?.erreurs ?? [], 'reponse')}
                />
                <Button>Publier la réponse</Button>
              </Form>
            </Details>
          )}
          {(k.etat === 'acceptee' || k.etat === 'repondue') &&
            ecarter(
              k,
              'retirer',
              'Retirer',
              'Lu de la personne qui a écrit. Ses mots et la réponse ne sont plus publics ; ils quittent l’ordre du jour non arrêté.',
            )}
        </Section>
      ))}
      {suite && (
        <p className="govuk-body">
          <a className="govuk-link" href={`${base}?page=${page + 1}`}>
            Contributions plus anciennes
          </a>
        </p>
      )}
    </>
  );
}
