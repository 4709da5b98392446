import type { ReactNode } from 'react';
import { Button } from '../../../../ui/Button.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';

/**
 * A passkey needs the browser's own dialogue: the block shows only where the browser can (`ui/islands/parts/cles.ts`), and
 * every page that carries it has another way beside it.
 */
export function BoutonCle(p: { genre: 'connexion' | 'second-facteur' | 'inscription' | 'confirmation'; retour: string; etape?: string; children: ReactNode }) {
  return (
    <div data-cle={p.genre} data-retour={p.retour} data-etape={p.etape} hidden>
      {p.genre === 'inscription' && (
        <TextInput nom="nom_cle" libelle="Nom de la clé" aide="L’appareil où elle se trouve, par exemple « téléphone »." largeur={20} />
      )}
      <Button variante="secondaire" type="button">
        {p.children}
      </Button>
      <p className="govuk-error-message" role="alert" data-cle-erreur="" />
    </div>
  );
}
