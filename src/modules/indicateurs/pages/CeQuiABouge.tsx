import { Fragment } from 'react';
import { pluriel } from '../../../ui/typographie.ts';
import { ecrireDit, type Mouvement, type Mouvements } from '../mouvements/mouvements.rules.ts';

const FLECHE = '\u00a0→ ';
const direMouvement = (m: Mouvement): string => `${ecrireDit(m.avant, m.unite)}${FLECHE}${ecrireDit(m.apres, m.unite)}`;
const lienDe = (m: Mouvement): string => `/chiffres/${encodeURIComponent(m.mesureId)}?periode=${m.periode}&territoire=${encodeURIComponent(m.territoireId)}`;

/** « 1.6-10b Agents formés : 419 → 436 (2026, Paris) ; 18e : 41 → 58 », one line for each measure and year. */
export function CeQuiABouge({ mouvements, nomLieu }: { mouvements: Mouvements; nomLieu: (territoireId: string) => string }) {
  const lignes = new Map<string, Mouvement[]>();
  for (const m of mouvements.chiffres) {
    const cle = `${m.mesureId}|${m.periode}`;
    lignes.set(cle, [...(lignes.get(cle) ?? []), m]);
  }
  return (
    <>
      <ul className="govuk-list c-mouvements">
        {[...lignes].map(([cle, [premier, ...suite]]) =>
          premier === undefined ? null : (
            <li key={cle}>
              <a className="govuk-link" href={lienDe(premier)}>
                {premier.mesureId}
              </a>{' '}
              {premier.libelle}
              {'\u00a0: '}
              <strong>{direMouvement(premier)}</strong> ({premier.periode}, {nomLieu(premier.territoireId)})
              {suite.map((m) => (
                <Fragment key={m.territoireId}>
                  {'\u00a0; '}
                  <a className="govuk-link" href={lienDe(m)}>
                    {nomLieu(m.territoireId)}
                  </a>
                  {'\u00a0: '}
                  <strong>{direMouvement(m)}</strong>
                </Fragment>
              ))}
            </li>
          ),
        )}
      </ul>
      {mouvements.autres > 0 && <p className="govuk-body">et {pluriel(mouvements.autres, 'autre chiffre')}.</p>}
    </>
  );
}
