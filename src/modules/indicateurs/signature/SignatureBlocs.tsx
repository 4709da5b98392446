/** What signing off says on the page of a figure. */
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { formatPeriode, jourDuMoment, pluriel } from '../../../ui/typographie.ts';
import { ContreValeurs, type ContreValeursProps } from './ContreValeurs.tsx';
import type { Dispute } from './contre-valeurs.ts';
import type { Rectificatif } from './rectificatifs.queries.ts';
import { RectificatifsTable } from './RectificatifsPage.tsx';
import { direVerrou } from './verrous.garde.ts';
import type { Verrou } from './verrous.queries.ts';

export interface SignatureDuChiffre {
  verrous: readonly Verrou[];
  rectificatifs: readonly Rectificatif[];
  total: number;
  disputes: readonly Dispute[];
}

export function SignatureBlocs({ signature: s, ...p }: Omit<ContreValeursProps, 'disputes'> & { signature: SignatureDuChiffre }) {
  const { catalogue: c, voirSaisie } = p;
  return (
    <>
      {s.verrous.map((v) => (
        <InsetText key={v.id}>
          {`${formatPeriode(v.periode)} : ${voirSaisie ? direVerrou(v, c) : `figé le ${jourDuMoment(v.le)} par ${c.nomActeur(v.parOrganisation)} : ${v.motif}`}. `}
          Une correction est un rectificatif, publié ici. Un chiffre se confirme ou se conteste encore : sa valeur ne change pas.
        </InsetText>
      ))}
      <ContreValeurs {...p} disputes={s.disputes} />
      {s.rectificatifs.length > 0 && (
        <Section titre="Rectificatifs" id="rectificatifs">
          <RectificatifsTable catalogue={c} rectificatifs={s.rectificatifs} chiffre={false} legende="Corrigé après avoir été figé, le plus récent d’abord" />
          {s.total > s.rectificatifs.length && (
            <p className="govuk-body">
              {`${pluriel(s.total - s.rectificatifs.length, 'autre')} parmi `}
              <a className="govuk-link" href="/rectificatifs">
                tous les rectificatifs
              </a>
              .
            </p>
          )}
        </Section>
      )}
    </>
  );
}
