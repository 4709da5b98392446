import { Details } from '../../../ui/Details.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer, formatPeriode, jour, jourDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import type { Methode } from '../methodes/methodes.rules.ts';
import type { MethodeLue } from '../methodes/methodes.ts';
import type { Contributions } from '../saisie/contributions.ts';

/** More debtors than that are read on demand. */
const OUVERTS_MAX = 3;

interface Groupe {
  noms: string[];
  methode: MethodeLue;
}
/** How what is shown is counted, and what it does not say; who said nothing of it is named too. */
export function MethodesDites({ x, c, versions }: { x: Contributions; c: Catalogue; versions: readonly Methode[] }) {
  const nom = (v: Pick<ValeurCollectee, 'debiteur' | 'territoireId'>) => c.nomActeurA(v.debiteur, v.territoireId);
  const dites = x.lignes.filter((v) => v.etat === 'valeur');
  if (dites.length === 0) return null;
  const groupes = new Map<string, Groupe>();
  for (const v of dites) {
    const methode = x.methodes.get(v.id);
    if (!methode) continue;
    const cle = `${methode.organisationId}|${methode.depuis}|${methode.methode}|${methode.limites}`;
    const g = groupes.get(cle) ?? { noms: [], methode };
    if (!g.noms.includes(nom(v))) g.noms.push(nom(v));
    groupes.set(cle, g);
  }
  const muets = [...new Set(dites.filter((v) => !x.methodes.has(v.id)).map(nom))];
  const liste = (
    <ul className="govuk-list govuk-list--spaced">
      {[...groupes].map(([cle, g]) => (
        <Une key={cle} {...g} />
      ))}
    </ul>
  );
  return (
    <div id="methode">
      {groupes.size > 0 && (groupes.size > OUVERTS_MAX ? <Details resume={`Comment c’est compté (${groupes.size})`}>{liste}</Details> : liste)}
      {muets.length > 0 && (
        <p className="govuk-hint">
          {muets.length > OUVERTS_MAX
            ? `Comment c’est compté : ${muets.length} institutions ne l’ont pas dit, ou pas au public.`
            : `Comment c’est compté : ${enumerer(muets)} ne l’${muets.length > 1 ? 'ont' : 'a'} pas dit, ou pas au public.`}
        </p>
      )}
      {versions.length > 1 && (
        <Details resume="Notes de méthode, toutes les versions">
          <ul className="govuk-list govuk-list--bullet">
            {versions.map((v) => (
              <li key={`${v.debiteur}${v.territoireId}${v.depuis}${v.version}`}>
                {`${nom(v)}, à partir du ${jour(v.depuis)}, version ${v.version} : ${v.methode || 'rien sur la façon de compter'}${v.limites ? ` Limites : ${v.limites}` : ''}`}
                <div className="govuk-hint govuk-!-margin-bottom-0">{`${v.par}, ${c.nomActeur(v.organisationId)}, ${jourEtHeure(v.le)}`}</div>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </div>
  );
}

function Une({ noms, methode: m }: Groupe) {
  return (
    <li>
      <strong>{`${noms.length > OUVERTS_MAX ? `${noms.length} institutions` : enumerer(noms)} : `}</strong>
      {m.methode !== '' && m.methode}
      {m.limites !== '' && (
        <>
          {m.methode !== '' && ' '}
          <strong>{'Limites : '}</strong>
          {m.limites}
        </>
      )}
      <div className="govuk-hint govuk-!-margin-bottom-0">
        {`À partir de ${formatPeriode(m.depuis.slice(0, 7))}, dit le ${jourDuMoment(m.le)}${m.par === null ? '' : ` par ${m.par}`}`}{' '}
        {m.reservee && <Tag ton="laiton">Le public ne la lit pas : elle pourrait nommer quelqu’un</Tag>}
      </div>
    </li>
  );
}
