import { LinkButton } from './Button.tsx';
import { PageHeader } from './PageHeader.tsx';
import type { ErreurDeChamp } from './types.ts';

const TITRES: Record<string, string> = {
  introuvable: 'Page introuvable',
  interdit: 'Accès refusé',
  invalide: 'Des informations sont à corriger',
  conflit: 'Modifié entre-temps',
  'trop-de-requetes': 'Trop de demandes',
  'trop-lourd': 'Fichier trop lourd',
  indisponible: 'Service momentanément indisponible',
};

/** What happened, and where to go: never a dead end. */
export function ErreurPage({ erreur, connecte }: { erreur: { id: string; message: string; champs: readonly ErreurDeChamp[] }; connecte: boolean }) {
  return (
    <>
      <PageHeader titre={TITRES[erreur.id] ?? 'Une erreur est survenue'} chapo={erreur.message} />
      {erreur.champs.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {erreur.champs.map((c) => (
            <li key={c.champ}>{c.message}</li>
          ))}
        </ul>
      )}
      <LinkButton href={connecte ? '/ma-journee' : '/'}>{connecte ? 'Revenir à ma journée' : 'Revenir à l’accueil'}</LinkButton>
    </>
  );
}
