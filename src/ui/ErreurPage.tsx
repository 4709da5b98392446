import { Button, LinkButton } from './Button.tsx';
import { Form } from './Form.tsx';
import { InsetText } from './InsetText.tsx';
import { PageHeader, Section } from './PageHeader.tsx';
import { TextInput } from './TextInput.tsx';
import type { ErreurDeChamp } from './types.ts';

export interface Renvoi {
  action: string;
  champs: Readonly<Record<string, string | readonly string[] | undefined>>;
  cle: string | undefined;
  /** Files came with it: they are to be chosen again. */
  fichiers: boolean;
}

/** Where an address that leads nowhere was likely meant to lead. */
interface Recherche {
  mots: string;
  pistes: readonly { libelle: string; href: string }[];
}
/** Who may open it, and what to send to whom. */
interface AccesDemande {
  roles: readonly string[];
  organisation: string;
  adresse: string;
}

/** What happened, and where to go: never a dead end. `renvoi` carries what was typed, to be sent again as it was. */
export function ErreurPage({
  erreur,
  connecte,
  renvoi,
  recherche,
  acces,
}: {
  erreur: { titre: string; message: string; champs: readonly ErreurDeChamp[] };
  connecte: boolean;
  renvoi?: Renvoi | null;
  recherche?: Recherche | undefined;
  acces?: AccesDemande | undefined;
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
      {recherche && <Chercher {...recherche} />}
      {acces && <DemanderAcces {...acces} />}
      {renvoi && (
        <Form action={renvoi.action} masques={renvoi.champs} cle={renvoi.cle}>
          <InsetText>Ce que vous avez écrit est gardé sur cette page{renvoi.fichiers ? ' ; il faudra choisir à nouveau le fichier' : ''}.</InsetText>
          <Button>Renvoyer</Button>
        </Form>
      )}
      <LinkButton variante={renvoi || recherche ? 'secondaire' : undefined} href={connecte ? '/ma-journee' : '/'}>
        {connecte ? 'Revenir à ma journée' : 'Revenir à l’accueil'}
      </LinkButton>
    </>
  );
}

const Chercher = ({ mots, pistes }: Recherche) => (
  <>
    {pistes.length > 0 && (
      <Section titre={pistes.length === 1 ? 'Vous cherchiez peut-être cette page' : 'Vous cherchiez peut-être l’une de ces pages'}>
        <ul className="govuk-list govuk-list--bullet">
          {pistes.map((p) => (
            <li key={p.href}>
              <a className="govuk-link" href={p.href}>
                {p.libelle}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    )}
    <Form action="/recherche" methode="get">
      <TextInput nom="q" libelle="Chercher dans tout Concorde" type="search" valeur={mots} largeur={20} />
      <Button>Chercher</Button>
    </Form>
  </>
);

const DemanderAcces = ({ roles, organisation, adresse }: AccesDemande) => (
  <Section titre="Qui peut l’ouvrir, et comment le demander">
    {roles.length > 0 && (
      <>
        <p className="govuk-body">Cette page s’ouvre à qui a l’un de ces mandats&nbsp;:</p>
        <ul className="govuk-list govuk-list--bullet">
          {roles.map((r) => (
            <li key={r}>{r}</li>
          ))}
        </ul>
      </>
    )}
    <p className="govuk-body">
      Si votre travail le demande, écrivez à qui gère les comptes de votre organisation ({organisation}) ou à la coordination centrale du contrat, en donnant
      cette adresse&nbsp;:
    </p>
    <InsetText>
      <code>{adresse}</code>
    </InsetText>
  </Section>
);
