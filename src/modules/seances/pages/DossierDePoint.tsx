import { Table } from '../../../ui/Table.tsx';
import { jour, jourCourt } from '../../../ui/typographie.ts';
import { BarChart } from '../../../ui/charts/BarChart.tsx';
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx';
import type { DossierDePoint as Dossier } from '../releve/releve.modele.ts';

/** The sheet of an agenda item: facts, figures with their proof, places, records. */
export function DossierDePoint({ dossier: d, id, fige }: { dossier: Dossier; id: string; fige: boolean }) {
  return (
    <div className="c-dossier">
      {d.retire && (
        <p className="govuk-body">
          <strong>Retiré depuis.</strong> Ce dont ce point parlait n’existe plus ; le point reste à l’ordre du jour tant que vous ne l’enlevez pas.
        </p>
      )}
      {d.faits.length > 0 && (
        <ul className="govuk-list govuk-list--bullet">
          {d.faits.map((f) => (
            <li key={f}>{f}</li>
          ))}
        </ul>
      )}
      {d.chiffres.length > 0 && (
        <Table
          legende="Chiffres"
          legendeMasquee
          dense
          lignes={d.chiffres}
          cle={(x) => `${x.id} ${x.libelle}`}
          colonnes={[
            {
              cle: 'libelle',
              titre: 'Chiffre',
              entete: true,
              cellule: (x) => (
                <a className="govuk-link" href={x.href}>
                  {x.libelle}
                </a>
              ),
            },
            { cle: 'valeur', titre: 'Valeur', cellule: (x) => x.valeur },
            ...(d.chiffres.some((x) => x.avant) ? [{ cle: 'avant', titre: 'Un an avant', cellule: (x: Dossier['chiffres'][number]) => x.avant }] : []),
            ...(d.chiffres.some((x) => x.evolution)
              ? [{ cle: 'evolution', titre: 'Évolution', cellule: (x: Dossier['chiffres'][number]) => x.evolution }]
              : []),
          ]}
        />
      )}
      {d.lieux.length > 0 && (
        <ChartFigure
          titre="Par territoire"
          tableau={{
            legende: 'Par territoire',
            colonnes: ['Territoire', 'Valeur', 'Un an avant'],
            lignes: d.lieux.map((l) => [l.nom, String(l.valeur), l.avant === null ? '' : String(l.avant)]),
          }}
        >
          <BarChart
            titre="Par territoire"
            id={`barres-${id}`}
            barres={d.lieux.map((l) => ({ libelle: l.nom, etat: l.valeur === 0 ? 'zero' : 'valeur', valeur: l.valeur }))}
          />
        </ChartFigure>
      )}
      {d.enregistrements.length > 0 && (
        <ul className="govuk-list">
          {d.enregistrements.map((e) => (
            <li key={e.href}>
              <a className="govuk-link" href={e.href}>
                {e.libelle}
              </a>
              {e.jour && `, ${jourCourt(e.jour)}`}
            </li>
          ))}
        </ul>
      )}
      {(d.source || fige) && (
        <p className="govuk-body-s c-note">
          {d.source && (
            <a className="govuk-link" href={d.source.href}>
              {d.source.libelle}
            </a>
          )}
          {fige && `${d.source ? '. ' : ''}Fiche arrêtée le ${jour(d.arreteLe)}.`}
        </p>
      )}
    </div>
  );
}
