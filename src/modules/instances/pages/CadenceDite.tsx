import { Tag } from '../../../ui/Tag.tsx';
import { jour } from '../../../ui/typographie.ts';
import type { Cadence } from '../instances.rules.ts';

/** « au moins une fois par an », « tous les 2 mois ». */
export const cadenceEcrite = (mois: number | null): string =>
  mois === null ? 'non fixée' : mois === 1 ? 'chaque mois' : mois === 12 ? 'au moins une fois par an' : `au moins tous les ${mois} mois`;

/** The cadence promised and whether it is kept, by word and colour. */
export function CadenceDite({ cadence: k, mois }: { cadence: Cadence; mois: number | null }) {
  switch (k.etat) {
    case 'sans':
      return <>non fixée</>;
    case 'jamais':
      return <Tag ton="garance">jamais réunie</Tag>;
    case 'due':
      return <Tag ton="garance">{k.mois === 0 ? 'à réunir' : `sans séance depuis ${k.mois} mois`}</Tag>;
    case 'bientot':
      return <Tag ton="laiton">{`à réunir avant le ${jour(k.limite ?? '', { annee: false })}`}</Tag>;
    case 'tue':
    case 'tenue':
      return <>{cadenceEcrite(mois)}</>;
  }
}
