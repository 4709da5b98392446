import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { cx } from '../../../../ui/types.ts';
import { capitale, heure, jour, mois as moisEcrit, pluriel } from '../../../../ui/typographie.ts';
import type { DateDeCalendrier } from '../../../../core/module.ts';
import type { Catalogue, Lieu } from '../../../contrats/index.ts';
import { type EcheanceDeCalendrier, grouper } from '../../../echeances/index.ts';
import { EtatSeanceTag } from '../../pages/EtatSeanceTag.tsx';
import { decalerMois, JOURS, type SeanceDeCalendrier } from '../calendrier.rules.ts';
import { DatesDuJour, TableDesDates } from './Dates.tsx';
import { adresse, type ChampsCalendrier, estFiltre, FiltresCalendrier, SANS_FILTRE } from './FiltresCalendrier.tsx';

export interface CalendrierPageProps {
  catalogue: Catalogue;
  seances: readonly SeanceDeCalendrier[];
  /** What waits for the reader on those days. */
  echeances: readonly EcheanceDeCalendrier[];
  /** What partners planned on those days. */
  dates: readonly DateDeCalendrier[];
  semaines: readonly (readonly string[])[];
  lieu: Lieu;
  filtres: ChampsCalendrier & Readonly<Record<'mois' | 'vue', string>>;
  precedent: string;
  suivant: string;
  aujourdhui: string;
  /** Works on the contract: sees more than the public, and the pages of sessions. */
  connecte: boolean;
}

const lienVers = (p: CalendrierPageProps, o: Readonly<Record<string, string>>): string => adresse('/calendrier', { ...p.filtres, ...o });

export function CalendrierPage(p: CalendrierPageProps) {
  const { mois, vue, ...champs } = p.filtres;
  const lien = (o: Readonly<Record<string, string>>) => lienVers(p, o);
  const liste = vue === 'liste';
  return (
    <>
      <PageHeader titre={`Calendrier : ${moisEcrit(mois)}`} chapo={p.connecte ? undefined : 'Les séances des conseils et comités publics du contrat.'} />
      <ButtonGroup>
        <LinkButton variante="secondaire" petit href={lien({ mois: p.precedent })}>
          {capitale(moisEcrit(p.precedent))}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={lien({ mois: p.aujourdhui.slice(0, 7) })}>
          Ce mois-ci
        </LinkButton>
        <LinkButton variante="secondaire" petit href={lien({ mois: p.suivant })}>
          {capitale(moisEcrit(p.suivant))}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={adresse('/calendrier/annee', { annee: mois.slice(0, 4), ...champs })}>
          Année {mois.slice(0, 4)}
        </LinkButton>
        <LinkButton variante="secondaire" petit href={p.connecte ? '/calendrier/abonnement' : '/calendrier/public.ics'}>
          S’abonner
        </LinkButton>
      </ButtonGroup>
      <SubNavigation
        libelle="Présentation"
        entrees={[
          { libelle: 'Mois', href: lien({ vue: '' }), actif: !liste },
          { libelle: 'Liste', href: lien({ vue: 'liste' }), actif: liste },
        ]}
      />
      <FilterLayout
        filtres={
          <FiltresCalendrier
            catalogue={p.catalogue}
            action="/calendrier"
            champs={champs}
            lieu={p.lieu}
            masques={{ mois, vue }}
            seances={p.seances}
            connecte={p.connecte}
          />
        }
      >
        {liste ? <Liste {...p} /> : <Mois {...p} />}
      </FilterLayout>
    </>
  );
}

const lienDe = (s: SeanceDeCalendrier, connecte: boolean): string => (connecte && s.etat !== 'declaree' ? `/seances/${s.id}` : `/instances/${s.instanceId}`);

/** A table by weeks; on a phone, the days that have a session become a list. */
function Mois(p: CalendrierPageProps) {
  const parJour = new Map<string, SeanceDeCalendrier[]>();
  for (const s of p.seances) parJour.set(s.jour, [...(parJour.get(s.jour) ?? []), s]);
  const dues = grouper(p.echeances, (e) => e.dueLe);
  const dates = grouper(p.dates, (d) => d.jour);
  const duMois = p.seances.filter((s) => s.jour.startsWith(p.filtres.mois));
  return (
    <>
      <table className="c-mois">
        <caption className="govuk-table__caption govuk-table__caption--s">
          {pluriel(duMois.length, 'séance')} en {moisEcrit(p.filtres.mois)}
        </caption>
        <thead>
          <tr>
            {JOURS.map((j) => (
              <th key={j} scope="col">
                {capitale(j)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {p.semaines.map((semaine) => (
            <tr key={semaine[0]}>
              {semaine.map((j) => {
                const siennes = parJour.get(j) ?? [];
                const echues = dues.get(j) ?? [];
                const prevues = dates.get(j) ?? [];
                return (
                  <td
                    key={j}
                    className={cx(
                      !j.startsWith(p.filtres.mois) && 'c-mois__dehors',
                      j === p.aujourdhui && 'c-mois__aujourdhui',
                      siennes.length + echues.length + prevues.length === 0 && 'c-mois__vide',
                    )}
                  >
                    <span className="c-mois__jour" aria-hidden="true">
                      {Number(j.slice(8))}
                    </span>
                    <span className="govuk-visually-hidden">
                      {jour(j, { semaine: true })}
                      {j === p.aujourdhui && ', aujourd’hui'}
                    </span>
                    <span className="c-mois__long" aria-hidden="true">
                      {capitale(jour(j, { semaine: true, annee: false }))}
                    </span>
                    {siennes.length > 0 && (
                      <ul className="c-mois__seances">
                        {siennes.map((s) => (
                          <li key={s.id} className={cx(s.etat === 'annulee' && 'c-mois__annulee')}>
                            <a className="govuk-link" href={lienDe(s, p.connecte)}>
                              {s.heure !== null && `${heure(s.heure)} `}
                              {s.instance}
                            </a>
                            {s.etat === 'annulee' && ' (annulée)'}
                            {s.etat === 'preparation' && ' (en préparation)'}
                          </li>
                        ))}
                      </ul>
                    )}
                    {prevues.length > 0 && <DatesDuJour dates={prevues} liste={lienVers(p, { vue: 'liste' })} />}
                    {echues.length > 0 && <Dues echeances={echues} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {duMois.length === 0 && ![...p.echeances.map((e) => e.dueLe), ...p.dates.map((d) => d.jour)].some((j) => j.startsWith(p.filtres.mois)) && (
        <Vide {...p} quand={`en ${moisEcrit(p.filtres.mois)}`} />
      )}
    </>
  );
}

/** Days of a month hold little: beyond three, their number. */
const DUES_MAX = 3;
function Dues({ echeances }: { echeances: readonly EcheanceDeCalendrier[] }) {
  const reste = echeances.length - DUES_MAX;
  return (
    <ul className="c-mois__seances c-mois__dues">
      {echeances.slice(0, reste === 1 ? DUES_MAX + 1 : DUES_MAX).map((e) => (
        <li key={e.id}>
          {e.genreDit} :{' '}
          <a className="govuk-link" href={e.chemin}>
            {e.titre}
          </a>
        </li>
      ))}
      {reste > 1 && (
        <li>
          <a className="govuk-link" href="/echeances?qui=moi">
            et {reste} autres échéances
          </a>
        </li>
      )}
    </ul>
  );
}

/** Why there is nothing, and where to look: further, without the filters, or among the bodies. */
function Vide({ quand, ...p }: CalendrierPageProps & { quand: string }) {
  const filtre = estFiltre(p.filtres);
  const suivant = p.filtres.vue === 'liste' ? decalerMois(p.filtres.mois, 3) : p.suivant;
  return (
    <EmptyState
      titre={`Aucune séance ${quand}`}
      actions={[
        ...(filtre ? [{ libelle: 'Ôter les filtres', href: lienVers(p, SANS_FILTRE) }] : []),
        { libelle: `Voir ${moisEcrit(suivant)}`, href: lienVers(p, { mois: suivant }) },
        { libelle: 'Les instances', href: '/instances' },
      ]}
    >
      {p.connecte ? 'Aucune séance que vous puissiez voir n’y est inscrite' : 'Aucune séance publique n’y est annoncée'}
      {filtre ? ' avec ces filtres.' : '.'}
    </EmptyState>
  );
}

function Liste(p: CalendrierPageProps) {
  return (
    <>
      <Table
        legende={`${pluriel(p.seances.length, 'séance')} en trois mois`}
        dense
        lignes={p.seances}
        cle={(s) => s.id}
        vide={<Vide {...p} quand={`de ${moisEcrit(p.filtres.mois)} à ${moisEcrit(decalerMois(p.filtres.mois, 2))}`} />}
        colonnes={[
          { cle: 'jour', titre: 'Jour', cellule: (s) => jour(s.jour, { semaine: true }) },
          { cle: 'heure', titre: 'Heure', cellule: (s) => (s.heure === null ? '' : heure(s.heure)) },
          {
            cle: 'instance',
            titre: 'Séance',
            entete: true,
            cellule: (s) => (
              <a className="govuk-link" href={lienDe(s, p.connecte)}>
                {s.instance}
                {s.titre !== s.instance && ` : ${s.titre}`}
              </a>
            ),
          },
          { cle: 'lieu', titre: 'Lieu', cellule: (s) => s.lieu },
          { cle: 'etat', titre: 'État', cellule: (s) => <EtatSeanceTag etat={s.etat} /> },
        ]}
      />
      <TableDesDates dates={p.dates} catalogue={p.catalogue} />
      {p.echeances.length > 0 && (
        <Table
          legende={`${pluriel(p.echeances.length, 'échéance')} pour vous`}
          dense
          lignes={p.echeances}
          cle={(e) => e.id}
          colonnes={[
            { cle: 'jour', titre: 'Pour le', cellule: (e) => jour(e.dueLe, { semaine: true }) },
            {
              cle: 'objet',
              titre: 'Quoi',
              entete: true,
              cellule: (e) => (
                <a className="govuk-link" href={e.chemin}>
                  {e.titre}
                </a>
              ),
            },
            { cle: 'genre', titre: 'Genre', cellule: (e) => e.genreDit },
          ]}
        />
      )}
    </>
  );
}
