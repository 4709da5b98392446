/** Context beside the figures of the fiches that name it: in its own frame, with its producer. */
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { MOTS_DES_ETATS } from '../../../ui/types.ts';
import { jour, nombre } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { listDates, listDerniers } from './contexte.queries.ts';
import { serieDe, uniteEnToutesLettres } from './contexte.rules.ts';
import { seriesDe } from './serie.schema.ts';

export const contexteDeLaFiche: Emplacement<{ fiche: string; territoireId: string; annee: string }> = async (c, { fiche, territoireId }) => {
  const series = seriesDe(c.contrat.slug).flatMap((s) => {
    const sienne = s.fiches.find((f) => f.fiche === fiche);
    return sienne ? [{ ...s, indicateurs: sienne.indicateurs }] : [];
  });
  if (series.length === 0) return null;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const [points, dates] = [
    await listDerniers(
      c.db,
      c.contrat.id,
      series.map((s) => s.code),
    ),
    await listDates(c.db, c.contrat.id),
  ];
  const montrees = series.flatMap((s) => {
    const siens = points.filter((p) => p.serie === s.code && (s.indicateurs?.includes(p.indicateur) ?? true));
    const lignes = [...new Set(siens.map((p) => p.indicateur))].flatMap((indicateur) => {
      const ceux = siens.filter((p) => p.indicateur === indicateur);
      const unite = uniteEnToutesLettres(ceux[0]?.unite ?? '');
      return serieDe(ceux, territoireId, catalogue).map((x) => ({ ...x, indicateur, unite }));
    });
    return lignes.length > 0 ? [{ ...s, lignes, date: dates.get(s.code) }] : [];
  });
  if (montrees.length === 0) return null;
  const lieu = catalogue.territoires.get(territoireId)?.nom ?? '';
  const corps = (
    <Section titre="En contexte" id="contexte">
      <div className="c-contexte">
        <p className="govuk-body">
          Publié par d’autres, pour situer. Ce ne sont pas des résultats de la fiche : aucun de ces nombres n’entre dans ses chiffres.
        </p>
        {montrees.map((s) => (
          <div key={s.code}>
            <Table
              legende={`${s.titre}, ${lieu}`}
              dense
              lignes={s.lignes}
              cle={(l) => l.indicateur}
              colonnes={[
                {
                  cle: 'indicateur',
                  titre: 'Indicateur',
                  entete: true,
                  cellule: (l) => (
                    <a
                      className="govuk-link"
                      href={`/observatoire?${new URLSearchParams({ serie: s.code, indicateur: l.indicateur, territoire: territoireId })}`}
                    >
                      {l.indicateur}
                    </a>
                  ),
                },
                { cle: 'annee', titre: 'Année', numerique: true, cellule: (l) => l.annee },
                {
                  cle: 'valeur',
                  titre: 'Nombre',
                  numerique: true,
                  cellule: (l) => (l.valeur === null ? MOTS_DES_ETATS[l.etat] : `${nombre(l.valeur)} ${l.unite}`),
                },
              ]}
            />
            <p className="govuk-body-s">
              {s.producteur}, {s.licence.nom}
              {s.date ? `, importé le ${jour(jourDe(s.date.le))}` : ''}. {s.prudence ?? ''}
            </p>
          </div>
        ))}
      </div>
    </Section>
  );
  return { rang: 20, corps };
};
