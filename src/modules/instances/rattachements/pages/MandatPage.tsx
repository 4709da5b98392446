import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Instance } from '../../instances.types.ts';
import type { Rattachement } from '../rattachements.queries.ts';

export function MandatPage(p: {
  instance: Instance;
  /** Null to write one. */
  mandat: Rattachement | null;
  enregistre: Enregistre | null;
  choix: readonly { id: string; nom: string }[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}) {
  const base = `/instances/${p.instance.id}`;
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={p.mandat ? 'Changer le mandat' : 'Dire de quelle instance elle dépend'}
        surtitre={p.instance.nom}
        chapo="Un groupe de travail rend compte à l’instance qui l’a créé. Ses propositions y remontent et y reçoivent une réponse."
      />
      <Form action={`${base}/rattachements/${p.mandat?.id ?? 'nouveau'}`} masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}>
        <Select {...champ('parente')} libelle="Elle dépend de" vide="choisir" options={p.choix.map((i) => ({ valeur: i.id, libelle: i.nom }))} />
        <Textarea {...champ('mission')} libelle="Sa mission" aide="Ce qui lui a été demandé, et pour quand." lignes={4} max={2000} facultatif />
        <DateInput {...champ('debut')} libelle="Depuis le" />
        <DateInput {...champ('fin')} libelle="Jusqu’au" facultatif aide="Laissez vide tant que le mandat court." />
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={base}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
