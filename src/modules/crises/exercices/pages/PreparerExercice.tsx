import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { duree, pluriel } from '../../../../ui/typographie.ts';
import type { Citee } from '../../../registres/index.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import type { Scenario } from '../scenario.schema.ts';

interface Props {
  salle: Salle;
  scenarios: readonly Scenario[];
  /** May look in the register. */
  cherche: boolean;
  /** What the words that were typed find: to choose among. */
  trouves: readonly Citee[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function PreparerExercice({ salle: k, scenarios, cherche, trouves, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  if (!k.conduit || k.fini)
    return (
      <EmptyState titre="Sans scénario">
        {k.fini ? 'Cet exercice s’est joué sans scénario écrit.' : 'Qui conduit l’exercice n’a pas encore choisi son scénario.'}
      </EmptyState>
    );
  if (scenarios.length === 0)
    return (
      <EmptyState titre="Aucun scénario de ce type">
        Le dossier du contrat n’en a pas pour « {k.type.libelle} » : l’exercice se joue avec la main courante seule.
      </EmptyState>
    );
  return (
    <Form action={`/crises/${k.crise.id}/exercice`}>
      <Radios
        {...f('scenario', scenarios.length === 1 ? (scenarios[0]?.code ?? '') : '')}
        legende="Scénario"
        options={scenarios.map((s) => ({
          valeur: s.code,
          libelle: s.libelle,
          aide: `${s.sens} ${pluriel(s.injects.length, 'événement')} en ${duree(s.duree)}.`,
        }))}
      />
      <TextInput {...f('population')} libelle="Habitants invités" aide="Combien ; personne n’est inscrit ici." facultatif inputMode="numeric" largeur={5} />
      <TextInput {...f('population_ou')} libelle="Dans quel quartier" facultatif />
      {cherche && (
        <TextInput
          {...f('cherche')}
          libelle="Dans un établissement"
          aide="Un mot de son nom, ou son code (UAI). Au registre des établissements suivis de ce territoire."
          facultatif
          autoComplete="off"
          attributs={{ maxLength: 120 }}
        />
      )}
      {trouves.length > 0 && (
        <Radios
          {...f('etablissement')}
          legende="Lequel"
          petit
          options={trouves.map((e) => ({ valeur: e.id, libelle: e.titre, aide: k.cat.territoires.get(e.territoireId)?.nom ?? '' }))}
        />
      )}
      <ConfirmerNoms erreurs={erreurs} />
      <Button>Choisir ce scénario</Button>
    </Form>
  );
}
