import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { direLongueur, PARTIES } from '../recits/recits.rules.ts';
import type { Place } from '../recits/recits.queries.ts';
import { RecitDit } from './RecitDit.tsx';

interface Props {
  mesure: Mesure;
  place: Place;
  catalogue: Catalogue;
  version: number;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What somebody else recorded since the form was opened. */
  venue: string | null;
}

export function RecitPage({ mesure: m, place: p, catalogue: c, version, champs, erreurs, venue }: Props) {
  const commun = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Écrire le bilan par parties"
        surtitre={`${m.id} · ${formatPeriode(p.periode)} · ${c.nomActeurA(p.debiteur, p.territoireId)}, ${c.territoires.get(p.territoireId)?.nom ?? ''}`}
        chapo={m.libelle}
      />
      {venue !== null && (
        <InsetText>
          <p className="govuk-body">Quelqu’un a enregistré ce bilan pendant que vous écriviez. Le voici : reprenez-en ce qu’il faut, puis enregistrez.</p>
          <RecitDit texte={venue} />
        </InsetText>
      )}
      <Form action={`/chiffres/${m.id}/recit`} masques={{ periode: p.periode, debiteur: p.debiteur, territoire: p.territoireId, version: String(version) }}>
        {PARTIES.map((x) => (
          <Textarea
            key={x.code}
            {...commun(x.code)}
            libelle={x.titre}
            libelleTaille="s"
            facultatif={x.code !== 'faits'}
            aide={`${x.aide} ${direLongueur(x.mots, champs[x.code] ?? '')}`}
            lignes={x.code === 'faits' ? 10 : 5}
          />
        ))}
        <Textarea
          {...commun('appuis')}
          libelle="À l’appui"
          libelleTaille="s"
          facultatif
          aide="Une adresse par ligne : un enregistrement d’ici (/registres/…), un chiffre, une décision, ou une page (https://…)."
          lignes={3}
        />
        <Section titre="Signature">
          <p className="govuk-body">Des fonctions et une institution, jamais un nom : ce bilan est publié une fois validé.</p>
          <TextInput {...commun('redacteur')} libelle="Fonction de qui l’a écrit" />
          <TextInput {...commun('signataire')} libelle="Fonction de qui le signe" />
          <TextInput {...commun('institution')} libelle="Institution" />
          <DateInput {...commun('signe_le')} libelle="Signé le" />
        </Section>
        <ActionBar>
          <Button>Enregistrer le bilan</Button>
          <LinkButton variante="discret" href={`/chiffres/${m.id}?periode=${p.periode}&territoire=${p.territoireId}`}>
            Annuler
          </LinkButton>
        </ActionBar>
      </Form>
    </>
  );
}
