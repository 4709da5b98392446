import { Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour } from '../../../ui/typographie.ts';
import { ACCEPTE } from '../../indicateurs/index.ts';
import type { Charge } from '../conventions.contexte.ts';
import type { Formulaire } from '../formulaires.ts';
import { actions, champDe } from './PartiesPages.tsx';

export function VersionFormPage(p: Charge & Formulaire) {
  const champ = champDe(p);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Déposer un texte ou un avenant"
        surtitre={p.acte.titre}
        chapo="Chaque dépôt est une version de plus : celles d’avant restent. Les mots collés servent à comparer deux versions."
      />
      <Form action={`/conventions/${p.acte.id}/textes/nouveau`} fichiers>
        <Radios
          {...champ('genre', 'texte')}
          legende="Ce que vous déposez"
          petit
          options={[
            { valeur: 'texte', libelle: 'Un texte entier' },
            { valeur: 'avenant', libelle: 'Un avenant signé' },
          ]}
        />
        <TextInput {...champ('resume')} libelle="Ce que c’est, ou ce qui change" aide="Par exemple « Texte signé » ou « Ajoute les lycées professionnels »." />
        <DateInput {...champ('signee_le')} libelle="Signé le" facultatif max={p.aujourdhui} aide="Obligatoire pour un avenant." />
        <DateInput
          {...champ('fin')}
          libelle="Nouvelle fin de l’acte"
          facultatif
          aide={
            p.acte.fin
              ? `Pour un avenant qui prolonge ou raccourcit : aujourd’hui, l’acte finit le ${jour(p.acte.fin)}. Cette fin court tant que chaque partie de l’annuaire n’a pas confirmé l’avenant.`
              : 'Cet acte n’a pas de terme.'
          }
        />
        <FileUpload {...champ('fichier')} libelle="Fichier" facultatif accepte={ACCEPTE} aide="PDF, image ou document de bureautique, 10 Mo au plus." />
        <Textarea {...champ('texte')} libelle="Ou le texte lui-même, collé ici" lignes={8} max={100_000} facultatif />
        {actions('Déposer', `/conventions/${p.acte.id}#textes`)}
      </Form>
    </>
  );
}
