import { Button, LinkButton } from './Button.tsx';
import { Form } from './Form.tsx';
import { InsetText } from './InsetText.tsx';
import { PageHeader } from './PageHeader.tsx';
import type { ErreurDeChamp } from './types.ts';

export interface Renvoi {
  action: string;
  champs: Readonly<Record<string, string | readonly string[] | undefined>>;
  cle: string | undefined;
  /** Files came with it: they are to be chosen again. */
  fichiers: boolean;
}

/** What happened, and where to go: never a dead end. `renvoi` carries what was typed, to be sent again as it was. */
export function ErreurPage({
  erreur,
  connecte,
  renvoi,
}: {
  erreur: { titre: string; message: string; champs: readonly ErreurDeChamp[] };
  connecte: boolean;
  renvoi?: Renvoi | null;
}) {
  return (
    <>
      <PageHeader titre={erreur.titre} chapo={erreur.message} />
      {erreur.champs.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {erreur.champs.map((c) => (
            <li key={c.champ}>{c.message}</li>
          ))}
        </ul>
      )}
      {renvoi && (
        <Form action={renvoi.action} masques={renvoi.champs} cle={renvoi.cle}>
          <InsetText>Ce que vous avez écrit est gardé sur cette page{renvoi.fichiers ? ' ; il faudra choisir à nouveau le fichier' : ''}.</InsetText>
          <Button>Renvoyer</Button>
        </Form>
      )}
      <LinkButton variante={renvoi ? 'secondaire' : undefined} href={connecte ? '/ma-journee' : '/'}>
        {connecte ? 'Revenir à ma journée' : 'Revenir à l’accueil'}
      </LinkButton>
    </>
  );
}
