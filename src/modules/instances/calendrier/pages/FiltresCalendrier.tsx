import { FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { Select } from '../../../../ui/Select.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { SeanceDeCalendrier } from '../calendrier.queries.ts';

export type ChampsCalendrier = Readonly<Record<'qui' | 'territoire' | 'fiche' | 'instance', string>>;
export const SANS_FILTRE: ChampsCalendrier = { qui: '', territoire: '', fiche: '', instance: '' };
export const estFiltre = (f: ChampsCalendrier): boolean => [f.qui, f.territoire, f.fiche, f.instance].some((v) => v !== '');

export const adresse = (chemin: string, champs: Readonly<Record<string, string>>): string =>
  `${chemin}?${new URLSearchParams(Object.entries(champs).filter(([, v]) => v !== ''))}`;

export interface FiltresCalendrierProps {
  catalogue: Catalogue;
  action: string;
  champs: ChampsCalendrier;
  /** What else stays in the address: month and view, or year. */
  masques: Readonly<Record<string, string>>;
  seances: readonly SeanceDeCalendrier[];
  connecte: boolean;
}

/** The same filters on the month, the list and the year. */
export function FiltresCalendrier({ catalogue: c, action, champs: f, masques, seances, connecte }: FiltresCalendrierProps) {
  const sans = (o: Partial<ChampsCalendrier>) => adresse(action, { ...masques, ...f, ...o });
  const actifs = [
    ...(f.qui ? [{ libelle: 'où je siège', href: sans({ qui: '' }) }] : []),
    ...(f.territoire ? [{ libelle: c.territoires.get(f.territoire)?.nom ?? f.territoire, href: sans({ territoire: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: sans({ fiche: '' }) }] : []),
    // Named by its own sessions, which the reader may see.
    ...(f.instance ? [{ libelle: seances[0]?.instance ?? 'une instance', href: sans({ instance: '' }) }] : []),
  ];
  return (
    <FilterPanel action={action} actifs={actifs} effacer={sans(SANS_FILTRE)} masques={{ ...masques, instance: f.instance }}>
      {connecte && <Select nom="qui" libelle="Séances" vide="toutes" valeur={f.qui} options={[{ valeur: 'moi', libelle: 'où je siège' }]} />}
      <Select
        nom="territoire"
        libelle="Territoire"
        vide="tous"
        valeur={f.territoire}
        options={[c.racine, ...c.enfants(c.racine.id)].map((t) => ({ valeur: t.id, libelle: t.nom }))}
      />
      <Select
        nom="fiche"
        libelle="Fiche"
        vide="toutes"
        valeur={f.fiche}
        options={[...c.fiches.values()].map((x) => ({ valeur: x.numero, libelle: `${x.numero} ${x.titre}` }))}
      />
    </FilterPanel>
  );
}
