import { nombre, pourcents } from '../../../../ui/typographie.ts';
import { arrives, type ComptesDAvancement, dus, part } from '../../../echeances/index.ts';

/** The share that came, as a bar with its numbers. */
export function Part({ comptes, nom }: { comptes: ComptesDAvancement; nom: string }) {
  const pourcent = part(comptes);
  if (pourcent === null) return <span className="c-part c-part--rien">rien de dû</span>;
  return (
    <span className="c-part">
      <progress className="c-part__barre" max={dus(comptes)} value={arrives(comptes)} aria-label={`Part arrivée, ${nom}`} />
      <span className="c-part__nombres">{`${nombre(arrives(comptes))} sur ${nombre(dus(comptes))} (${pourcents(pourcent)})`}</span>
    </span>
  );
}
