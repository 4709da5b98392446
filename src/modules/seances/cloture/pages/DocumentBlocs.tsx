import type { ReactNode } from 'react';
import type { Bloc } from '../../../documents/index.ts';

/** A paper of a session inside a page: the same blocks as its PDF and its DOCX. */
export const DocumentBlocs = ({ blocs }: { blocs: readonly Bloc[] }) => (
  <div className="c-releve">
    {blocs.map((b, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks never move
      <UnBloc key={i} bloc={b} avant={blocs[i - 1]} />
    ))}
  </div>
);

const lignes = (textes: readonly string[]): ReactNode =>
  textes.map((l, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
    <span key={i} className="c-releve__ligne">
      {l}
    </span>
  ));

/** A table under a title that says the same: its caption is for who does not see the page. */
const dejaDit = (legende: string, avant: Bloc | undefined): boolean => avant?.type === 'titre' && avant.texte.startsWith(legende);

function UnBloc({ bloc: b, avant }: { bloc: Bloc; avant: Bloc | undefined }) {
  switch (b.type) {
    case 'titre': {
      const Titre = ({ 1: 'h2', 2: 'h3', 3: 'h4' } as const)[b.niveau];
      return <Titre className={`govuk-heading-${b.niveau === 1 ? 'm' : 's'}`}>{b.texte}</Titre>;
    }
    case 'para':
      return <p className={b.ton === 'discret' ? 'govuk-body-s c-note' : 'govuk-body'}>{lignes(b.lignes)}</p>;
    case 'liste':
      return (
        <ul className="govuk-list govuk-list--bullet">
          {b.puces.map((p, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bullets never move
            <li key={i}>{p}</li>
          ))}
        </ul>
      );
    case 'signatures':
      return (
        <p className="govuk-body">
          {b.date ? `${b.fait} ${b.date}. Signent` : 'À signer'}&nbsp;: {b.signataires.map((x) => [x.fonction, x.nom].filter(Boolean).join(', ')).join(' ; ')}.
        </p>
      );
    case 'encart':
      return <div className="govuk-inset-text">{b.texte}</div>;
    case 'fiche':
      return (
        <div className="c-releve__fiche">
          <h4 className="govuk-heading-s">{b.titre}</h4>
          <DocumentBlocs blocs={b.blocs} />
        </div>
      );
    case 'tableau':
      return (
        <div className="c-releve__cadre" role="group" aria-label={b.legende} tabIndex={0}>
          <table className="govuk-table">
            <caption className={dejaDit(b.legende, avant) ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--s'}>{b.legende}</caption>
            <thead className="govuk-table__head">
              <tr className="govuk-table__row">
                {b.colonnes.map((c) => (
                  <th key={c.titre} scope="col" className={`govuk-table__header${c.droite ? ' govuk-table__header--numeric' : ''}`}>
                    {c.titre}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="govuk-table__body">
              {b.lignes.map((l, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
                <tr key={n} className="govuk-table__row">
                  {l.map((c, i) => {
                    const Case = i === 0 ? 'th' : 'td';
                    return (
                      <Case
                        key={b.colonnes[i]?.titre}
                        scope={i === 0 ? 'row' : undefined}
                        className={`govuk-table__${i === 0 ? 'header' : 'cell'}${b.colonnes[i]?.droite ? ` govuk-table__${i === 0 ? 'header' : 'cell'}--numeric` : ''}`}
                      >
                        {c.fort ? <strong>{c.texte}</strong> : c.texte}
                        {c.precision && <span className="c-note c-releve__ligne">{c.precision}</span>}
                      </Case>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}
