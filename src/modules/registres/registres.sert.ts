import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { accesRegistres } from '../../core/authorize.ts';
import type { Lexique } from '../../core/faits.ts';
import type { DefinitionRegistre } from './definition.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { champDe, pourContrat } from './registres.rules.ts';

const direValeur = (d: DefinitionRegistre, code: string, v: string | boolean): string => {
  const champ = champDe(d, code);
  if (typeof v === 'boolean') return `${champ?.libelle ?? code} : ${v ? 'oui' : 'non'}`;
  return (champ?.type === 'liste' && champ.options.find((o) => o.code === v)?.libelle) || v;
};

/** The list of the register under the very filter that is asked, in the words of its address. */
function liens({ registre, ou = {} }: Objet, lexique: Lexique): Lien[] | null {
  const declare = definitionsDecouvertes.find((x) => x.code === registre);
  if (!declare) return null;
  const d = pourContrat(declare, lexique);
  // In the order of the register's fields: what is read back from the database has lost the order of the file.
  const voulus = [...d.champs, { code: 'organisation_id' }].flatMap(({ code }) => (ou[code] === undefined ? [] : [[code, ou[code]] as const]));
  const filtre = new URLSearchParams(
    voulus.map(([code, v]) => [code === 'organisation_id' ? 'organisation' : code, typeof v === 'string' ? v : v ? 'oui' : 'non']),
  );
  const valeurs = voulus.map(([code, v]) => direValeur(d, code, v));
  return [
    {
      href: `/registres/${d.code}${filtre.size > 0 ? `?${filtre}` : ''}`,
      libelle: [d.libelle, valeurs.join(', ')].filter(Boolean).join(' : '),
      qui: accesRegistres,
      registre: d.code,
    },
  ];
}

export const SERT: Sert = {
  enregistrement: preuve('OPE-26', liens),
  preconisations: preuve('AUDIT-16', liens),
  impacts: preuve('AUDIT-03', liens),
};
