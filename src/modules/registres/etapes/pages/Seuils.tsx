import { InsetText } from '../../../../ui/InsetText.tsx';
import { jour, nombre } from '../../../../ui/typographie.ts';
import type { EtatDeSeuil } from '../seuils.ts';

const PERIODES = { semaine: 'cette semaine', mois: 'ce mois-ci' } as const;

/** What the contract expects of the running week or month, and what is still missing once what is planned is done. */
export function Seuils({ etats }: { etats: readonly EtatDeSeuil[] }) {
  if (etats.length === 0) return null;
  return (
    <InsetText>
      {etats.map(({ seuil: s, periode, realisees, programmees, href }) => {
        const manque = s.nombre - realisees - programmees;
        return (
          <p key={`${s.systeme}-${s.par}`} className="govuk-body govuk-!-margin-bottom-1">
            <a className="govuk-link" href={href}>
              {s.nom}
            </a>
            {` : au moins ${nombre(s.nombre)} par ${s.par}. Du ${jour(periode.du)} au ${jour(periode.au)}, `}
            <strong>{`${nombre(realisees)} réalisées, ${nombre(programmees)} programmées`}</strong>
            {manque > 0 ? ` : il en manque ${nombre(manque)} ${PERIODES[s.par]}.` : ' : le compte y est.'}
          </p>
        );
      })}
    </InsetText>
  );
}
