import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { cx } from '../../../../ui/types.ts';
import { capitale, heure, jour, mois as moisEcrit, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { EtatSeanceTag } from '../../pages/EnteteSeance.tsx';
import type { SeanceDeCalendrier } from '../calendrier.queries.ts';
import { JOURS } from '../calendrier.rules.ts';

export interface CalendrierPageProps {
  catalogue: Catalogue;
  seances: readonly SeanceDeCalendrier[];
  semaines: readonly (readonly string[])[];
  filtres: Readonly<Record<'mois' | 'vue' | 'qui' | 'territoire' | 'fiche' | 'instance', string>>;
  precedent: string;
  suivant: string;
  aujourdhui: string;
  /** Works on the contract: sees more than the public, and the pages of sessions. */
  connecte: boolean;
}

export function CalendrierPage(p: CalendrierPageProps) {
  const f = p.filtres;
  const c = p.catalogue;
  const lien = (o: Record<string, string>) => `/calendrier?${new URLSearchParams(Object.entries({ ...f, ...o }).filter(([, v]) => v !== ''))}`;
  const liste = f.vue === 'liste';
  const actifs = [
    ...(f.qui ? [{ libelle: 'mes séances', href: lien({ qui: '' }) }] : []),
    ...(f.territoire ? [{ libelle: c.territoires.get(f.territoire)?.nom ?? f.territoire, href: lien({ territoire: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: lien({ fiche: '' }) }] : []),
    ...(f.instance ? [{ libelle: 'une instance', href: lien({ instance: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader titre={`Calendrier : ${moisEcrit(f.mois)}`} chapo={p.connecte ? undefined : 'Les séances des conseils et comités publics du contrat.'} />
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
        <LinkButton variante="secondaire" petit href={`/calendrier/annee?annee=${f.mois.slice(0, 4)}`}>
          Année {f.mois.slice(0, 4)}
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
          <FilterPanel
            action="/calendrier"
            actifs={actifs}
            effacer={lien({ qui: '', territoire: '', fiche: '', instance: '' })}
            masques={{ mois: f.mois, vue: f.vue }}
          >
            {p.connecte && <Select nom="qui" libelle="Séances" vide="toutes" valeur={f.qui} options={[{ valeur: 'moi', libelle: 'où je siège' }]} />}
            <Select
              nom="territoire"
              libelle="Territoire"
              vide="tous"
              valeur={f.territoire}
              options={[c.racine, ...c.enfants(c.racine.id)].map((t) => ({ valeur: t.id, libelle: t.nom }))}
            />
            <Select
              nom="fiche"
              libelle="Fiche"
              vide="toutes"
              valeur={f.fiche}
              options={[...c.fiches.values()].map((x) => ({ valeur: x.numero, libelle: `${x.numero} ${x.titre}` }))}
            />
          </FilterPanel>
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
                return (
                  <td
                    key={j}
                    className={cx(
                      !j.startsWith(p.filtres.mois) && 'c-mois__dehors',
                      j === p.aujourdhui && 'c-mois__aujourdhui',
                      siennes.length === 0 && 'c-mois__vide',
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
                              {s.etat !== 'declaree' && `${heure(s.heure)} `}
                              {s.instance}
                            </a>
                            {s.etat === 'annulee' && ' (annulée)'}
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {p.seances.length === 0 && <Vide {...p} />}
    </>
  );
}

const Vide = (p: CalendrierPageProps) => (
  <EmptyState
    titre="Aucune séance"
    actions={[
      { libelle: 'Mois suivant', href: `/calendrier?mois=${p.suivant}` },
      { libelle: 'Les instances', href: '/instances' },
    ]}
  >
    {p.connecte ? 'Aucune séance que vous puissiez voir à ces dates, avec ces filtres.' : 'Aucune séance publique n’est annoncée à ces dates.'}
  </EmptyState>
);

function Liste(p: CalendrierPageProps) {
  return (
    <Table
      legende={`${pluriel(p.seances.length, 'séance')} en trois mois`}
      dense
      lignes={p.seances}
      cle={(s) => s.id}
      vide={<Vide {...p} />}
      colonnes={[
        { cle: 'jour', titre: 'Jour', cellule: (s) => jour(s.jour, { semaine: true }) },
        { cle: 'heure', titre: 'Heure', cellule: (s) => (s.etat === 'declaree' ? '' : heure(s.heure)) },
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
  );
}
