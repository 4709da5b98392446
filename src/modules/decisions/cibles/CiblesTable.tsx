import { Table } from '../../../ui/Table.tsx';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cible } from './cibles.ts';
import { direCible, direEcart } from './cibles.rules.ts';

/** Targets with the decision of each, always named; its own page is for those at work. */
export const CiblesTable = (p: { cibles: readonly Cible[]; catalogue: Catalogue; ouvre: boolean; seule?: boolean }) => (
  <Table
    legende="Cibles décidées"
    dense
    lignes={p.cibles}
    cle={(c) => `${c.mesureId} ${c.annee}`}
    colonnes={[
      ...(p.seule
        ? []
        : [
            {
              cle: 'mesure',
              titre: 'Chiffre',
              entete: true,
              cellule: (c: Cible) => (
                <a className="govuk-link" href={`/chiffres/${c.mesureId}?territoire=${c.territoireId}#cibles`}>
                  {p.catalogue.mesures.get(c.mesureId)?.court ?? c.mesureId}
                </a>
              ),
            },
          ]),
      { cle: 'cible', titre: 'Cible', cellule: (c) => direCible(c) },
      { cle: 'date', titre: 'Pour le', cellule: (c) => `31 décembre ${c.annee}` },
      { cle: 'ecart', titre: 'Écart', cellule: (c) => direEcart(c.ecart) },
      { cle: 'decision', titre: 'Décidée par', cellule: (c) => <Reference cible={c} ouvre={p.ouvre} /> },
    ]}
  />
);

export const Reference = ({ cible: c, ouvre }: { cible: Pick<Cible, 'decisionId' | 'reference'>; ouvre: boolean }) =>
  ouvre ? (
    <a className="govuk-link" href={`/decisions/${c.decisionId}`}>
      {c.reference}
    </a>
  ) : (
    c.reference
  );
