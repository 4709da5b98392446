import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import type { Vue } from '../cellules.contexte.ts';
import { OuvrirParCle } from './CleDAcces.tsx';
import { Phrase } from './Phrase.tsx';

interface Props {
  vue: Vue;
  erreurs: readonly ErreurDeChamp[];
}

export function OuvrirPage({ vue: v, erreurs }: Props) {
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Ouvrir la cellule" surtitre={v.nom} />
      <Form action={`/cellules/${v.cellule.id}/ouvrir`}>
        <TextInput
          nom="phrase"
          libelle="Votre phrase"
          type="password"
          autoComplete="current-password"
          erreur={erreurs.find((e) => e.champ === 'phrase')?.message}
        />
        <Button>Ouvrir</Button>
      </Form>
      <OuvrirParCle vue={v} />
      <p className="govuk-body">
        <a className="govuk-link" href={`/cellules/${v.cellule.id}/retrouver`}>
          J’ai perdu ma phrase
        </a>
      </p>
    </>
  );
}

export function PartsPage({ vue: v, parts }: { vue: Vue; parts: readonly string[] }) {
  return (
    <>
      <PageHeader
        titre="Parts de la clé"
        surtitre={v.nom}
        chapo="Une part pour chacun de trois dépositaires. Deux retrouvent la clé, une seule n’apprend rien."
      />
      <WarningText>Imprimez maintenant : ces parts ne se montrent pas deux fois. Ne les gardez pas ensemble, ni sur un ordinateur.</WarningText>
      {enSuite(parts, (part) => (
        <Section titre={`Part ${parts.indexOf(part) + 1} sur ${parts.length}, clé n° ${v.cellule.epoque}`}>
          <p className="govuk-body c-coupe">{part.match(/.{1,6}/g)?.join(' ')}</p>
          <p className="govuk-body">Remise à : ……………………………… le : ……………………</p>
        </Section>
      ))}
      <p className="govuk-body">
        <a className="govuk-link" href={`/cellules/${v.cellule.id}`}>
          Revenir à la cellule
        </a>
      </p>
    </>
  );
}

export function RetrouverPage({ vue: v, erreurs }: Props) {
  const erreur = (nom: string) => erreurs.find((e) => e.champ === nom)?.message;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Retrouver la clé" surtitre={v.nom} />
      <Section titre="1. Choisir une nouvelle phrase, si la vôtre est perdue">
        <p className="govuk-body">Votre ancienne clé ne servira plus. Un membre vous passera celle de la cellule, ou deux dépositaires ci-dessous.</p>
        <Form action={`/cellules/${v.cellule.id}/phrase-perdue`}>
          <Phrase erreurs={erreurs} />
          <Button variante="secondaire">Changer ma phrase</Button>
        </Form>
      </Section>
      <Section titre="2. Réunir deux parts">
        <Form action={`/cellules/${v.cellule.id}/retrouver`}>
          <TextInput nom="part1" libelle="Première part" autoComplete="off" aide="Les espaces ne comptent pas." erreur={erreur('part1')} />
          <TextInput nom="part2" libelle="Deuxième part" autoComplete="off" erreur={erreur('part2')} />
          <Button>Retrouver la clé</Button>
        </Form>
      </Section>
    </>
  );
}
