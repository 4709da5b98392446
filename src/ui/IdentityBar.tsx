import type { ReactNode } from 'react';
import { LinkButton } from './Button.tsx';
import { Tag } from './Tag.tsx';
import type { Example } from './types.ts';

interface IdentityBarProps {
  titre: ReactNode;
  sousTitre?: ReactNode;
  etiquettes?: ReactNode;
  actions?: ReactNode;
}

/** Which object am I on: kept on every page about it. @public */
export const IdentityBar = ({ titre, sousTitre, etiquettes, actions }: IdentityBarProps) => (
  <div className="moj-identity-bar c-identite">
    <span className="moj-identity-bar__title">{titre}</span>
    {sousTitre && <span className="c-identite__sous-titre">{sousTitre}</span>}
    {etiquettes}
    {actions && <div className="govuk-button-group c-identite__actions">{actions}</div>}
  </div>
);

export const examples: Example[] = [
  {
    nom: 'Séance',
    rendu: (
      <IdentityBar
        titre="CLSPD du 12e"
        sousTitre="Séance du 1er juillet 2026"
        etiquettes={<Tag ton="bleu">En préparation</Tag>}
        actions={
          <LinkButton href="/s/1/odj" petit>
            Ordre du jour
          </LinkButton>
        }
      />
    ),
  },
];
