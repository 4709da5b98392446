import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { formatPeriode, nombre } from '../../../ui/typographie.ts';
import type { Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';

export interface SaisiePageProps {
  mesure: Mesure;
  /** What is shown in the fields: the current version, or what the person had typed. */
  champs: Record<string, string>;
  courante: ValeurCollectee | null;
  periodes: readonly string[];
  territoires: readonly { id: string; nom: string }[];
  erreurs: readonly ErreurDeChamp[];
  masques: Readonly<Record<string, string>>;
  /** A figure far from the one before it, to be said right before it is recorded. */
  aConfirmer?: number | undefined;
}

export function SaisiePage(p: SaisiePageProps) {
  const { mesure: m, champs, erreurs, courante } = p;
  const recit = m.obtention === 'narratif' || m.nature === 'bilan qualitatif';
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={courante ? 'Corriger un chiffre' : 'Fournir un chiffre'} surtitre={`${m.id} · fiche ${m.fiche}`} chapo={m.libelle} />
      <Form action={`/chiffres/${m.id}/saisir`} masques={p.masques}>
        <Select
          nom="periode"
          libelle="Période"
          valeur={champs.periode}
          options={p.periodes.map((x) => ({ valeur: x, libelle: formatPeriode(x) }))}
          erreur={erreurDe(erreurs, 'periode')}
        />
        <Select
          nom="territoire"
          libelle="Territoire"
          valeur={champs.territoire}
          options={p.territoires.map((t) => ({ valeur: t.id, libelle: t.nom }))}
          erreur={erreurDe(erreurs, 'territoire')}
        />
        <Radios
          nom="etat"
          legende="Ce chiffre est"
          valeur={champs.etat || 'valeur'}
          erreur={erreurDe(erreurs, 'etat')}
          options={[
            {
              valeur: 'valeur',
              libelle: recit ? 'connu : voici le bilan' : 'connu : le voici',
              aide: recit ? undefined : 'Un zéro est un chiffre connu : écrivez 0.',
            },
            { valeur: 'secret', libelle: 'connu, mais couvert par le secret', aide: 'Il ne sera ni affiché, ni déduit d’un total.' },
            { valeur: 'sans_objet', libelle: 'sans objet', aide: 'La question ne se pose pas pour cette période ou ce territoire.' },
          ]}
        />
        {recit ? (
          <Textarea nom="texte" libelle="Bilan" valeur={champs.texte} lignes={10} erreur={erreurDe(erreurs, 'valeur') ?? erreurDe(erreurs, 'texte')} />
        ) : (
          <TextInput
            nom="valeur"
            libelle="Valeur"
            valeur={champs.valeur}
            suffixe={m.unite}
            largeur={10}
            inputMode="decimal"
            erreur={erreurDe(erreurs, 'valeur')}
          />
        )}
        {p.aConfirmer !== undefined && (
          <Checkboxes
            nom="confirme"
            legende="Ce chiffre surprend"
            options={[{ valeur: String(p.aConfirmer), libelle: `Oui, ${nombre(p.aConfirmer, 3)} est juste` }]}
          />
        )}
        <TextInput
          nom="source"
          libelle="Source"
          aide="Le logiciel, le service ou le comptage dont il vient."
          valeur={champs.source}
          erreur={erreurDe(erreurs, 'source')}
        />
        <Textarea
          nom="commentaire"
          libelle="Commentaire"
          facultatif
          aide="Ce qu’il faut savoir pour le lire. Aucun nom de personne."
          valeur={champs.commentaire}
          lignes={3}
          erreur={erreurDe(erreurs, 'commentaire')}
        />
        <ActionBar>
          <Button>Enregistrer</Button>
          <LinkButton variante="discret" href={`/chiffres/${m.id}`}>
            Annuler
          </LinkButton>
        </ActionBar>
      </Form>
    </>
  );
}
