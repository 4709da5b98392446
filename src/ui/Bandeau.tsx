import type { Example, Lien } from './types.ts';

interface Props {
  liens: readonly Lien[];
  chemin: string;
  langue?: string | undefined;
  /** Of the landmark. */
  nom?: string;
}

/** Help, on top of every public page: three links, no script, printed with the page. */
export function Bandeau({ liens, chemin, langue, nom = 'Aide' }: Props) {
  if (liens.length === 0) return null;
  return (
    <nav className="c-bandeau" aria-label={nom} lang={langue} dir={langue ? 'ltr' : undefined}>
      <ul className="govuk-width-container c-bandeau__liste">
        {liens.map((l) => (
          <li key={l.href} className="c-bandeau__item">
            <a className="c-bandeau__lien" href={l.href} aria-current={chemin === l.href ? 'page' : undefined}>
              {l.libelle}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export const examples: Example[] = [
  {
    nom: 'Bandeau d’aide',
    rendu: (
      <Bandeau
        nom="Aide, en exemple"
        chemin="/aide"
        liens={[
          { libelle: 'Urgence', href: '/urgence' },
          { libelle: 'Aide aux victimes', href: '/aide' },
          { libelle: 'Signaler', href: '/signaler' },
        ]}
      />
    ),
  },
];
