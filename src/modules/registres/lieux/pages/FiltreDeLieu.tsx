import { Select } from '../../../../ui/Select.tsx';
import type { Repertoire } from '../../registres.repertoire.ts';
import { CHAMP_LIEU, direLieu } from '../lieux.rules.ts';

const MONTRES = 300;

/** All the places of a type, or one of them. */
export function FiltreDeLieu({ rep, valeur }: { rep: Repertoire; valeur: string }) {
  const connus = [...(rep.lieux?.values() ?? [])];
  if (connus.length === 0 && valeur === '') return null;
  const types = new Map(connus.map((l) => [l.type, l.libelleDuType]));
  const options = [
    ...[...types].map(([code, libelle]) => ({ valeur: `${code}:*`, libelle: `Tous : ${libelle}`, groupe: 'Par type' })),
    ...connus.slice(0, MONTRES).map((l) => ({ valeur: l.cle, libelle: l.nom, groupe: l.libelleDuType })),
  ];
  const tenue = valeur === '' || options.some((o) => o.valeur === valeur) ? [] : [{ valeur, libelle: direLieu(valeur, rep.lieux), groupe: 'Choisi' }];
  return <Select nom={CHAMP_LIEU} libelle="Lieu" valeur={valeur} options={[...tenue, ...options]} vide="Tous" />;
}
