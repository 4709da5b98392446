import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';

interface ContesterProps {
  action: string;
  masques: Readonly<Record<string, string>>;
  /** What the reader's organisation contests: of what the public reads too, when something newer is in force. */
  aRetirer: readonly { valeur: string; libelle: string }[];
  contestables: readonly { valeur: string; libelle: string }[];
}
/** What one's organisation contests, taken back; and what it may contest, whoever else does. */
export function Contester(p: ContesterProps) {
  return (
    <>
      {p.aRetirer.length > 0 && (
        <Form action={`${p.action}/retirer`} masques={p.masques}>
          <Radios
            nom="valeur"
            id="retirer-ceci"
            legende="Retirer la contestation de votre organisme"
            aide="Ce que d’autres contestent le reste."
            options={p.aRetirer}
          />
          <Button variante="secondaire">Retirer la contestation</Button>
        </Form>
      )}
      {p.contestables.length > 0 && (
        <Details resume="Contester une contribution">
          <Form action={p.action} masques={p.masques}>
            <Radios nom="valeur" id="contester-ceci" legende="Laquelle" options={p.contestables} />
            <Textarea
              nom="motif"
              id="motif-contester"
              libelle="Pourquoi"
              aide="L’auteur et le pilote de la fiche sont prévenus. Le chiffre reste dit contesté, même validé, jusqu’à sa correction ou jusqu’à ce que votre organisme retire sa contestation."
              lignes={2}
            />
            <Button variante="secondaire">Contester</Button>
          </Form>
        </Details>
      )}
    </>
  );
}
