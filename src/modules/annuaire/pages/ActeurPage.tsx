import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { capitale, pluriel } from '../../../ui/typographie.ts';
import type { Acteur, Catalogue, Fiche } from '../../contrats/index.ts';

export function ActeurPage({ catalogue: c, acteur: a }: { catalogue: Catalogue; acteur: Acteur }) {
  const fiches = [...c.fiches.values()];
  const services = [...c.acteurs.values()].filter((x) => x.parent === a.id);
  const signataire = c.contrat.signataires.find((s) => s.acteur === a.id);
  const dues = [...c.mesures.values()].filter((m) => m.obtention !== 'calcul' && m.aupres.includes(a.id));
  return (
    <>
      <PageHeader titre={a.nom} surtitre={a.sigle} />
      <SummaryList
        lignes={[
          { cle: 'Genre', valeur: capitale([a.type, a.sous_type].filter(Boolean).join(', ')) },
          ...(signataire ? [{ cle: 'Signataire du contrat', valeur: signataire.titre }] : []),
          ...(a.parent
            ? [
                {
                  cle: 'Relève de',
                  valeur: (
                    <a className="govuk-link" href={`/acteurs/${encodeURIComponent(a.parent)}`}>
                      {c.nomActeur(a.parent)}
                    </a>
                  ),
                },
              ]
            : []),
          { cle: 'Chiffres attendus de lui', valeur: dues.length === 0 ? 'aucun' : pluriel(dues.length, 'chiffre') },
        ]}
      />
      <Fiches titre="Fiches qu’il pilote" fiches={fiches.filter((f) => f.pilotes.includes(a.id))} />
      <Fiches titre="Fiches dont il est partenaire" fiches={fiches.filter((f) => f.partenaires.includes(a.id))} />
      {services.length > 0 && (
        <Section titre="Services qui en relèvent">
          <ul className="govuk-list govuk-list--bullet">
            {services.map((s) => (
              <li key={s.id}>
                <a className="govuk-link" href={`/acteurs/${encodeURIComponent(s.id)}`}>
                  {s.nom}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section titre="Ce qui l’engage">
        <p className="govuk-body">
          <a className="govuk-link" href={`/conventions?partie=${encodeURIComponent(a.id)}&territoire=tous`}>
            Conventions, chartes et arrêtés de cet acteur
          </a>
        </p>
      </Section>
      {dues.length > 0 && (
        <Section titre="Chiffres qui lui sont demandés">
          <ul className="govuk-list govuk-list--bullet">
            {dues.map((m) => (
              <li key={m.id}>
                <a className="govuk-link" href={`/chiffres/${m.id}`}>
                  {m.court}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Fiches({ titre, fiches }: { titre: string; fiches: readonly Fiche[] }) {
  if (fiches.length === 0) return null;
  return (
    <Section titre={titre}>
      <ul className="govuk-list govuk-list--bullet">
        {fiches.map((f) => (
          <li key={f.numero}>
            <a className="govuk-link" href={`/fiches/${f.numero}`}>{`${f.numero} ${f.titre}`}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
