import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { ChampsMandat, type ChampsMandatProps } from './ChampsMandat.tsx';

export function InviterPage(p: ChampsMandatProps & { organisations: readonly { id: string; nom: string }[] }) {
  const { champs, erreurs } = p;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Inviter une personne"
        chapo="Elle reçoit un lien par courriel, valable sept jours. Son compte naît avec le mandat choisi, ou sans mandat. Les rôles sensibles se donnent ensuite, à deux, depuis la page de son compte."
      />
      <Form action="/comptes/inviter">
        <TextInput nom="courriel" libelle="Adresse électronique professionnelle" type="email" valeur={champs.courriel} erreur={erreurDe(erreurs, 'courriel')} />
        <TextInput nom="nom" libelle="Prénom et nom" valeur={champs.nom} erreur={erreurDe(erreurs, 'nom')} />
        <TextInput nom="fonction" libelle="Fonction" valeur={champs.fonction} erreur={erreurDe(erreurs, 'fonction')} />
        <Select
          nom="organisation"
          libelle="Organisation"
          valeur={champs.organisation}
          options={p.organisations.map((o) => ({ valeur: o.id, libelle: o.nom }))}
          erreur={erreurDe(erreurs, 'organisation')}
        />
        <ChampsMandat {...p} sansMandat />
        <Button>Envoyer l’invitation</Button>
      </Form>
    </>
  );
}
