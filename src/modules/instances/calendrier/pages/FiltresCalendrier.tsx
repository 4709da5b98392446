import { FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { type Catalogue, type Lieu, optionsDeFiches, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import type { SeanceDeCalendrier } from '../calendrier.rules.ts';

export type ChampsCalendrier = Readonly<Record<'qui' | 'territoire' | 'fiche' | 'instance', string>>;
export const SANS_FILTRE: ChampsCalendrier = { qui: '', territoire: TOUT, fiche: '', instance: '' };
export const estFiltre = (f: ChampsCalendrier): boolean => [f.qui, f.territoire, f.fiche, f.instance].some((v) => v !== '' && v !== TOUT);

export const adresse = (chemin: string, champs: Readonly<Record<string, string>>): string =>
  `${chemin}?${new URLSearchParams(Object.entries(champs).filter(([, v]) => v !== ''))}`;

export interface FiltresCalendrierProps {
  catalogue: Catalogue;
  action: string;
  champs: ChampsCalendrier;
  lieu: Lieu;
  /** What else stays in the address: month and view, or year. */
  masques: Readonly<Record<string, string>>;
  seances: readonly SeanceDeCalendrier[];
  connecte: boolean;
}

/** The same filters on the month, the list and the year. */
export function FiltresCalendrier({ catalogue: c, action, champs: f, lieu, masques, seances, connecte }: FiltresCalendrierProps) {
  const sans = (o: Partial<ChampsCalendrier>) => adresse(action, { ...masques, ...f, ...o });
  const actifs = [
    ...(f.qui ? [{ libelle: 'où je siège', href: sans({ qui: '' }) }] : []),
    ...(lieu.nom ? [{ libelle: lieu.nom, href: sans({ territoire: lieu.sans }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: sans({ fiche: '' }) }] : []),
    // Named by its own sessions, which the reader may see.
    ...(f.instance ? [{ libelle: seances[0]?.instance ?? 'une instance', href: sans({ instance: '' }) }] : []),
  ];
  return (
    <FilterPanel
      action={action}
      actifs={actifs}
      effacer={sans({ ...SANS_FILTRE, territoire: lieu.sans })}
      masques={{ ...masques, instance: f.instance }}
      bascule={lieu.bascule && { libelle: lieu.bascule.libelle, href: sans({ territoire: lieu.bascule.champ }) }}
    >
      {connecte && <Select nom="qui" libelle="Séances" vide="toutes" valeur={f.qui} options={[{ valeur: 'moi', libelle: 'où je siège' }]} />}
      <Select nom="territoire" libelle="Territoire" valeur={lieu.territoire || TOUT} options={optionsDeLieu(c.enfants(c.racine.id), c)} />
      <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={f.fiche} options={optionsDeFiches(c)} />
    </FilterPanel>
  );
}
