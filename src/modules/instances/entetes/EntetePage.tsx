import { masquesDeVersion } from '../../../core/http/versions.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Fieldset } from '../../../ui/Fieldset.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { enteteEnregistree } from './entetes.formulaires.ts';
import type { EnteteGarde } from './entetes.queries.ts';

export interface EntetePageProps {
  chemin: string;
  organisation: string;
  territoire: string;
  entete: EnteteGarde | null;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export function EntetePage({ entete, champs, erreurs, ...p }: EntetePageProps) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="En-tête des papiers"
        surtitre={`${p.organisation}, ${p.territoire}`}
        chapo="Il ouvre les convocations, les relevés, les comptes rendus et les feuilles d’émargement des instances que cette organisation tient ici. Un relevé déjà arrêté garde le sien."
      />
      <Form action={p.chemin} fichiers masques={masquesDeVersion(enteteEnregistree(entete), champs)}>
        <TextInput {...champ('nom')} libelle="Nom" aide="En toutes lettres, par exemple « Mairie du 18e arrondissement »." />
        <Textarea {...champ('adresse')} libelle="Adresse" lignes={3} max={500} facultatif />
        <TextInput {...champ('telephone')} libelle="Téléphone" type="tel" facultatif />
        <TextInput {...champ('courriel')} libelle="Adresse électronique pour répondre" type="email" facultatif />
        <TextInput {...champ('lieu')} libelle="Fait à" facultatif aide="La ville d’où les papiers sont signés." />
        <Fieldset legende="Logo">
          {entete?.logoId && (
            <>
              <p>
                <img src={`${p.chemin}/logo?v=${entete.version}`} alt={entete.logoAlt} className="c-logo-de-papier" />
              </p>
              <Checkbox nom="sans_logo" libelle="Retirer ce logo" coche={champs.sans_logo === 'oui'} />
            </>
          )}
          <FileUpload
            nom="logo"
            libelle={entete?.logoId ? 'Remplacer le logo' : 'Image du logo'}
            accepte=".png,.jpg,.jpeg,.svg"
            aide="PNG, JPEG ou SVG, 1 Mo au plus."
            erreur={erreurDe(erreurs, 'logo')}
            facultatif
          />
          <TextInput
            {...champ('logo_alt')}
            libelle="Ce que montre le logo"
            facultatif
            aide="Lu à voix haute à qui ne le voit pas, par exemple « Mairie du 18e »."
          />
        </Fieldset>
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href="/instances">
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
