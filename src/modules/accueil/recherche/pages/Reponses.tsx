/** What stands before results: help for those who call, what an acronym says, and answers that are known. */
import { Section } from '../../../../ui/PageHeader.tsx';
import { type Appel, type Catalogue, direSens, type Sigle } from '../../../contrats/index.ts';

export function Appels({ appels }: { appels: readonly Appel[] }) {
  return appels.map((a) => (
    <section key={a.id} className="c-appel" aria-labelledby={`appel-${a.id}`}>
      <h2 className="govuk-heading-m" id={`appel-${a.id}`}>
        {a.titre}
      </h2>
      <ul className="govuk-list">
        {a.liens.map((l) => (
          <li key={l.adresse}>
            <a className="govuk-link c-appel__lien" href={l.adresse}>
              {l.libelle}
            </a>
            {l.aide && <span className="c-appel__aide"> {l.aide}</span>}
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** « GPO : Groupe de partenariat opérationnel », who it is and where it is first met. */
export function CartesDeSigle({ sigles, catalogue: c }: { sigles: readonly Sigle[]; catalogue: Catalogue }) {
  return sigles.map((s) => {
    const fiche = s.fiche === null ? undefined : c.fiches.get(s.fiche);
    const type = s.instance === null ? undefined : c.typesInstance.get(s.instance);
    return (
      <Section key={s.sigle} titre={<dfn>{s.sigle}</dfn>}>
        <p className="govuk-body">
          <strong>{direSens(s)}</strong>
        </p>
        {!s.developpe && <p className="govuk-body-s">Le contrat ne développe pas ce sigle : c’est le sens de l’usage.</p>}
        {s.note && <p className="govuk-body-s">{s.note}</p>}
        <ul className="govuk-list">
          {s.acteur !== null && (
            <li>
              Organisme :{' '}
              <a className="govuk-link" href={`/acteurs/${s.acteur}`}>
                {c.nomActeur(s.acteur)}
              </a>
            </li>
          )}
          {type && (
            <li>
              Dispositif :{' '}
              <a className="govuk-link" href={`/dispositifs/${type.systeme}`}>
                {c.systemes.get(type.systeme)?.nom ?? type.nom}
              </a>
            </li>
          )}
          {fiche && (
            <li>
              Première fiche qui en parle :{' '}
              <a className="govuk-link" href={`/fiches/${fiche.numero}`}>
                {fiche.numero} {fiche.titre}
              </a>
            </li>
          )}
          {s.auGlossaire && (
            <li>
              <a className="govuk-link" href={`/glossaire#${encodeURIComponent(s.sigle)}`}>
                Dans le glossaire<span className="govuk-visually-hidden"> : {s.sigle}</span>
              </a>
            </li>
          )}
        </ul>
      </Section>
    );
  });
}
