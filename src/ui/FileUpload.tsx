import { describedBy, Field, type FieldProps, idDe } from './Field.tsx';
import { cx, type Example } from './types.ts';

export interface FileUploadProps extends Omit<FieldProps, 'valeur'> {
  /** `accept`: « .csv,.xlsx ». */
  accepte?: string;
  multiple?: boolean;
}

/** A file to send; its form needs `fichiers`. */
export function FileUpload(p: FileUploadProps) {
  return (
    <Field champ={p}>
      <input
        className={cx('govuk-file-upload', p.erreur && 'govuk-file-upload--error')}
        id={idDe(p)}
        name={p.nom}
        type="file"
        accept={p.accepte}
        multiple={p.multiple}
        aria-describedby={describedBy(p)}
        aria-invalid={p.erreur ? 'true' : undefined}
      />
    </Field>
  );
}

export const examples: Example[] = [
  { nom: 'Fichier à importer', rendu: <FileUpload nom="ex-fichier" libelle="Fichier à importer" aide="CSV ou XLSX, 10 Mo au plus." accepte=".csv,.xlsx" /> },
];
