import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { enumerer } from '../../../../ui/typographie.ts';
import { listCategories, type Registre, type Traitement } from '../traitements.rules.ts';

/** What everyone may read of the register of processing activities: drawn from the same annotations, so that nothing kept is left unsaid. */
export function DonneesPersonnellesPage({ registre }: { registre: Registre }) {
  const personnels = registre.traitements.filter((t) => t.personnel);
  return (
    <>
      <PageHeader
        titre="Données personnelles"
        chapo="Ce que la plateforme garde sur des personnes : pour quoi, combien de temps, pour qui. Cette page est lue dans la base elle-même."
      />
      <Section titre="Vos droits">
        <p className="govuk-body">
          Vous pouvez demander à lire ce qui vous concerne, le faire corriger ou effacer, ou vous y opposer : écrivez au délégué à la protection des données de
          la collectivité qui tient cette plateforme, puis si besoin à la CNIL.
        </p>
      </Section>
      {personnels.map((t) => (
        <Section key={t.code} titre={t.titre} id={t.code}>
          <SummaryList
            serre
            lignes={[
              { cle: 'Pour quoi', valeur: t.finalite },
              { cle: 'Qui est concerné', valeur: t.personnes },
              { cle: 'Ce qui est gardé', valeur: enumerer(donneesDe(t)) },
              { cle: 'Combien de temps', valeur: <Durees traitement={t} /> },
              { cle: 'Qui le lit', valeur: enumerer(t.destinataires) },
              { cle: 'Fondement', valeur: t.baseLegale },
            ]}
          />
        </Section>
      ))}
    </>
  );
}

const donneesDe = (t: Traitement): string[] => [...new Set(t.tables.flatMap((x) => listCategories(x).map((c) => c.libelle.toLowerCase())))];

function Durees({ traitement: t }: { traitement: Traitement }) {
  const durees = [...new Set(t.tables.filter((x) => listCategories(x).length > 0).map((x) => x.duree))];
  if (durees.length === 1) return durees[0];
  return (
    <ul className="govuk-list govuk-list--bullet">
      {durees.map((d) => (
        <li key={d}>{d}</li>
      ))}
    </ul>
  );
}
