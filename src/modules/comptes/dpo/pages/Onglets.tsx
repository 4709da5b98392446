import { SubNavigation } from '../../../../ui/SubNavigation.tsx';

const PAGES = [
  { libelle: 'Vue d’ensemble', href: '/dpo' },
  { libelle: 'Demandes', href: '/dpo/demandes' },
  { libelle: 'Traitements', href: '/dpo/traitements' },
  { libelle: 'Conservation', href: '/dpo/conservation' },
];

/** The pages of the desk. */
export const Onglets = ({ ici }: { ici: '/dpo' | '/dpo/demandes' | '/dpo/traitements' | '/dpo/conservation' }) => (
  <SubNavigation libelle="Bureau du délégué à la protection des données" entrees={PAGES.map((p) => ({ ...p, actif: p.href === ici }))} />
);
