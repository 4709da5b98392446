const PAGES = [
  { href: '/signaler', libelle: 'Qui reçoit quoi' },
  { href: '/suivi', libelle: 'Suivre une demande avec son code' },
  { href: '/signaler/bilan', libelle: 'Ce que sont devenus les signalements' },
  { href: '/signaler/quartiers', libelle: 'Signalements par quartier' },
] as const;

/** What else everyone may read of reports: nothing else leads there. */
export const Ailleurs = ({ sauf }: { sauf?: (typeof PAGES)[number]['href'] }) => (
  <ul className="govuk-list">
    {PAGES.filter((p) => p.href !== sauf).map((p) => (
      <li key={p.href}>
        <a className="govuk-link" href={p.href}>
          {p.libelle}
        </a>
      </li>
    ))}
  </ul>
);
