import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { Depot } from '../recits/depots.ts';
import type { Piece } from '../recits/pieces.queries.ts';
import { direLongueur, PARTIES } from '../recits/recits.rules.ts';
import type { Place } from '../recits/recits.queries.ts';
import { ACCEPTE } from '../saisie/document.ts';
import { RecitDit } from './RecitDit.tsx';

interface Props {
  mesure: Mesure;
  place: Place;
  catalogue: Catalogue;
  version: number;
  champs: Readonly<Record<string, string>>;
  /** Files of the version in force, and which of them stay. */
  pieces: readonly Piece[];
  gardees: readonly string[];
  /** Sent before, with a form that did not come in. */
  depots: readonly Depot[];
  max: number;
  erreurs: readonly ErreurDeChamp[];
  /** What somebody else recorded since the form was opened. */
  venue: string | null;
}

export function RecitPage({ mesure: m, place: p, catalogue: c, version, champs, erreurs, venue, ...x }: Props) {
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
      <Form
        action={`/chiffres/recits/${m.id}`}
        fichiers
        masques={{ periode: p.periode, debiteur: p.debiteur, territoire: p.territoireId, version: String(version), gardee: '' }}
      >
        {PARTIES.map((y) => (
          <Textarea
            key={y.code}
            {...commun(y.code)}
            libelle={y.titre}
            libelleTaille="s"
            facultatif={y.code !== 'faits'}
            aide={`${y.aide} ${direLongueur(y.mots)}`}
            mots
            lignes={y.code === 'faits' ? 10 : 5}
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
        {(x.pieces.length > 0 || x.depots.length > 0) && (
          <Section titre="Pièces jointes">
            {x.pieces.length > 0 && (
              <Checkboxes
                nom="gardee"
                legende="Déjà avec ce bilan"
                aide="Décochez celles qui n’ont plus à l’être : les versions d’avant les gardent."
                petit
                facultatif
                options={x.pieces.map((y) => ({ valeur: String(y.rang), libelle: y.nom }))}
                valeurs={x.gardees}
              />
            )}
            {x.depots.length > 0 && (
              <Checkboxes
                nom="deposee"
                legende="Reçues, pas encore enregistrées"
                petit
                facultatif
                options={x.depots.map((y) => ({ valeur: y.marque, libelle: y.nom }))}
                valeurs={x.depots.map((y) => y.marque)}
              />
            )}
          </Section>
        )}
        <FileUpload
          nom="pieces"
          libelle="Joindre des fichiers"
          facultatif
          multiple
          accepte={ACCEPTE}
          aide={`PDF, images ou documents de bureautique, ${x.max} en tout, 10 Mo chacun au plus. Ils sont publiés avec le bilan une fois validé.`}
          erreur={erreurDe(erreurs, 'pieces')}
        />
        <Section titre="Qui l’écrit">
          <p className="govuk-body">
            Une fonction et une institution, jamais un nom : ce bilan est publié une fois validé. Il se signe ensuite, sur la page du chiffre ; corrigé, il est
            à signer de nouveau.
          </p>
          <TextInput {...commun('redacteur')} libelle="Fonction de qui l’a écrit" />
          <TextInput {...commun('institution')} libelle="Institution" />
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
