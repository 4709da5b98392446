import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { TextInput } from './TextInput.tsx';
import type { Example } from './types.ts';

export interface FormProps {
  action: string;
  methode?: 'get' | 'post';
  /** The form carries files (multipart). */
  fichiers?: boolean;
  /** Hidden fields. A list gives one field for each value. */
  masques?: Readonly<Record<string, string | readonly string[] | undefined>>;
  id?: string;
  classe?: string;
  /** Key under which it was sent already: the same sending, begun again. */
  cle?: string;
  /** What an island reads of it. */
  donnees?: Readonly<Record<`data-${string}`, string>>;
  children: ReactNode;
}

/** What is sent twice under one key is done once (core/http/submissions.ts): each rendering of a form has its own. */
const CHAMP_CLE = '_cle';

/** A form whose errors come from the server, with what was typed kept: the browser's own bubbles are off. */
export function Form({ action, methode = 'post', fichiers = false, masques, id, classe, cle, donnees, children }: FormProps) {
  return (
    <form action={action} method={methode} encType={fichiers ? 'multipart/form-data' : undefined} noValidate id={id} className={classe} {...donnees}>
      {methode === 'post' && <input type="hidden" name={CHAMP_CLE} value={cle ?? crypto.randomUUID()} />}
      <HiddenInputs valeurs={masques} />
      {children}
    </form>
  );
}

function HiddenInputs({ valeurs = {} }: { valeurs?: FormProps['masques'] }) {
  return Object.entries(valeurs).flatMap(([nom, v]) => [v ?? []].flat().map((une) => <input key={`${nom}=${une}`} type="hidden" name={nom} value={une} />));
}

export const examples: Example[] = [
  {
    nom: 'Formulaire court',
    rendu: (
      <Form action="/exemple" masques={{ version: '3' }}>
        <TextInput nom="ex-form-titre" libelle="Titre" />
        <Button>Enregistrer</Button>
      </Form>
    ),
  },
];
