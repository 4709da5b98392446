import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Instance } from '../../instances.types.ts';
import type { Recurrent } from '../recurrents.queries.ts';

export function RecurrentPage(p: {
  instance: Instance;
  /** Null to add one. */
  recurrent: Recurrent | null;
  enregistre: Enregistre | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}) {
  const base = `/instances/${p.instance.id}`;
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.recurrent ? 'Changer le point qui revient' : 'Ajouter un point qui revient'}
        surtitre={p.instance.nom}
        chapo="Il est mis de lui-même à l’ordre du jour de chaque nouvelle séance. On peut l’écarter une fois, en disant pourquoi."
      />
      <Form action={`${base}/recurrents/${p.recurrent?.id ?? 'nouveau'}`} masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}>
        <TextInput {...champ('titre')} libelle="Titre du point" />
        <TextInput {...champ('tous_les')} libelle="Revient toutes les" suffixe="séances" largeur={2} inputMode="numeric" aide="1 : à chaque séance." />
        <TextInput {...champ('minutes')} libelle="Durée du point" suffixe="minutes" largeur={3} inputMode="numeric" />
        <TextInput {...champ('rapporteur')} libelle="Rapporteur" facultatif />
        <Textarea {...champ('expose')} libelle="Ce qu’il faut savoir" lignes={3} max={4000} facultatif />
        {p.recurrent && (
          <Checkboxes
            nom="arrete"
            legende="Fin"
            petit
            valeurs={p.champs.arrete === 'oui' ? ['oui'] : []}
            options={[{ valeur: 'oui', libelle: 'Ce point ne revient plus' }]}
          />
        )}
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={`${base}#recurrents`}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
