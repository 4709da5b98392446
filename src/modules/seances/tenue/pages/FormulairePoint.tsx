import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { base } from './Deroule.tsx';
import { commencer } from './commencer.ts';
import type { Saisie, Tenue } from './tenue.modele.ts';

/** An item that came up in the session. */
export function FormulairePoint({ t, saisie, action }: { t: Tenue; saisie: Saisie | null; action?: string }) {
  const f = commencer(t, saisie, 'point', { titre: '' });
  return (
    <details className="c-ajout" open={f.erreurs.length > 0 || f.repris}>
      <summary>Ajouter un point</summary>
      <ErrorSummary erreurs={f.erreurs} />
      <Form action={action ?? `${base(t)}/points-ajoutes`} masques={{ id: f.id }} id="f-point" donnees={f.donnees}>
        <TextInput nom="titre" libelle="De quoi s’agit-il" valeur={f.champs.titre} erreur={erreurDe(f.erreurs, 'titre')} autoComplete="off" />
        <Button petit immediat variante="secondaire">
          Ajouter à la fin
        </Button>
      </Form>
    </details>
  );
}
