import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import { TIRAGES } from '../vagues/vagues.rules.ts';

interface Props {
  enquete: Enquete;
  catalogue: Catalogue;
  places: readonly { debiteur: string; territoireId: string }[];
  periodes: readonly string[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export function VagueFormPage({ enquete: e, catalogue, places, periodes, champs, erreurs }: Props) {
  const champ = (nom: string) => ({
    nom,
    valeur: champs[nom] ?? '',
    erreur: erreurs.find((x) => x.champ === nom || (nom === 'pour' && ['debiteur', 'territoire'].includes(x.champ)))?.message,
  });
  const lieu = (id: string) => catalogue.territoires.get(id)?.nom ?? id;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader surtitre={e.titre.fr} titre="Ouvrir une vague" chapo={e.echantillon.fr} />
      <Form action={`/enquetes/ouvrir/${e.code}`}>
        <Select
          {...champ('pour')}
          libelle="Menée pour"
          options={places.map((p) => ({ valeur: `${p.debiteur}|${p.territoireId}`, libelle: `${catalogue.nomActeur(p.debiteur)}, ${lieu(p.territoireId)}` }))}
        />
        <Select
          {...champ('periode')}
          libelle="Période du chiffre"
          aide={`Le résultat en devient un chiffre de : ${e.resultats.map((r) => `${catalogue.mesures.get(r.mesure)?.court ?? ''} (${r.mesure})`).join(', ')}.`}
          options={periodes.map((p) => ({ valeur: p, libelle: formatPeriode(p) }))}
        />
        <DateInput {...champ('debut')} libelle="Premier jour" />
        <DateInput {...champ('fin')} libelle="Dernier jour" aide="On répond jusqu’à la fin de ce jour." />
        <Radios
          {...champ('acces')}
          legende="Comment répond-on ?"
          options={[
            { valeur: 'ouvert', libelle: 'Par un lien ouvert', aide: 'Qui a le lien répond. Rien n’empêche de répondre deux fois.' },
            { valeur: 'invitation', libelle: 'Sur invitation', aide: 'Chaque personne reçoit par courriel un lien qui vaut pour une réponse.' },
          ]}
        />
        <Radios
          {...champ('tirage')}
          legende="Comment ces personnes sont-elles choisies ?"
          aide="Une marge d’erreur n’est dite que pour des personnes tirées au sort."
          options={Object.entries(TIRAGES).map(([valeur, libelle]) => ({ valeur, libelle }))}
        />
        <TextInput
          {...champ('invites')}
          libelle="Personnes sollicitées"
          facultatif
          type="number"
          inputMode="numeric"
          largeur={5}
          aide="Combien ont reçu le lien, si on le sait : de là vient le taux de réponse. Les invitations se comptent d’elles-mêmes."
        />
        <Button>Ouvrir la vague</Button>
      </Form>
    </>
  );
}
