import type { Example } from './types.ts';

export interface AnnonceMontree {
  id: string;
  titre: string;
  source: string;
  mention: string;
  href: string;
  /** What is to be known first. */
  reserve?: string;
}
interface Props {
  annonces: readonly AnnonceMontree[];
  chemin: string;
  langue?: string | undefined;
  /** Of the landmark. */
  nom?: string;
}

/** Official messages in force, before everything else on a public page: no script, printed with it. */
export function Annonces({ annonces, chemin, langue, nom = 'Messages officiels' }: Props) {
  if (annonces.length === 0) return null;
  return (
    <aside className="c-annonces" aria-label={nom} lang={langue} dir={langue ? 'ltr' : undefined}>
      {annonces.map((a) => (
        <div key={a.id} className="govuk-width-container c-annonces__une">
          <p className="c-annonces__titre">
            <a className="govuk-link" href={a.href} aria-current={chemin === a.href ? 'page' : undefined}>
              {a.titre}
            </a>
          </p>
          {a.reserve && (
            <p className="c-annonces__source">
              <strong>{a.reserve}</strong>
            </p>
          )}
          <p className="c-annonces__source">{a.source}</p>
          <p className="c-annonces__source">{a.mention}</p>
        </div>
      ))}
    </aside>
  );
}

export const examples: Example[] = [
  {
    nom: 'Message officiel relayé',
    rendu: (
      <Annonces
        nom="Messages officiels, en exemple"
        chemin="/"
        annonces={[
          {
            id: 'exemple',
            titre: 'Crue de la Seine : quais fermés',
            source: 'Message de la préfecture, émis le 14 mars 2026 à 18 h 00, relayé à 18 h 04, jusqu’à 23 h 00.',
            mention: 'Le préfet dirige les secours et alerte la population. La ville relaie ses messages, sans les changer.',
            href: '/messages/exemple',
            reserve: 'À confirmer : une seule personne l’a relayé. Sans une seconde personne, il se retire le 14 mars 2026 à 19 h 04.',
          },
        ]}
      />
    ),
  },
];
