import { Button } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jour, nombre, pluriel } from '../../../ui/typographie.ts';
import { type Lieu, optionsDeLieu, TOUT } from '../../contrats/index.ts';
import { dateCourte, libelleOption } from '../valeurs.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { champDe } from '../registres.rules.ts';
import { optionsTerritoires } from '../saisie/pages/RecordForm.tsx';
import type { Occupation, OccupationParAxe } from './occupation.queries.ts';

/** « 3 sur 5 »; « au moins » when a stay does not say how many people. No rate of places that are not known. */
export function direOccupation(o: Occupation): string {
  const presents = `${o.sansNombre > 0 ? 'au moins ' : ''}${nombre(o.presents)}`;
  if (o.sansPlaces === o.offres) return `${presents}, places non renseignées`;
  return `${presents} sur ${nombre(o.places)}`;
}
const tauxDe = (o: Occupation): string =>
  o.places > 0 && o.sansPlaces === 0 ? `${o.sansNombre > 0 ? 'au moins ' : ''}${nombre((100 * o.presents) / o.places)}\u00a0%` : '–';

export function OccupationDeLOffre({ o, au, toutes }: { o: Occupation; au: string; toutes: string }) {
  return (
    <InsetText>
      <p className="govuk-body govuk-!-margin-bottom-1">
        Occupation au {jour(au)} : <strong>{direOccupation(o)}</strong>
        {o.places > 0 && o.sansPlaces === 0 && ` (${tauxDe(o)})`}
        {o.attente > 0 && `, ${nombre(o.attente)} en attente`}.
      </p>
      <a className="govuk-link" href={toutes}>
        L’occupation de toute l’offre
      </a>
    </InsetText>
  );
}

interface Props {
  d: DefinitionRegistre;
  rep: Repertoire;
  au: string;
  lieu: Lieu;
  axes: readonly string[];
  lignes: readonly OccupationParAxe[];
}

/** Places and people present at a date, by kind of offer and slot; each number of offers opens its list. */
export function OccupationPage({ d, rep, au, lieu, axes, lignes }: Props) {
  const dire = (code: string, v: string | null): string => {
    const c = champDe(d, code);
    return v === null ? 'Non renseigné' : c?.type === 'liste' ? libelleOption(c, v) : v;
  };
  const total: Occupation = { offres: 0, sansPlaces: 0, places: 0, presents: 0, sansNombre: 0, attente: 0 };
  for (const l of lignes) for (const k of Object.keys(total) as (keyof Occupation)[]) total[k] += l[k];
  const lien = (l: OccupationParAxe) =>
    `/registres/${d.code}?${new URLSearchParams([['territoire', lieu.territoire || TOUT], ...axes.flatMap((a, i) => (l.axes[i] ? [[a, l.axes[i]]] : []))])}`;
  return (
    <>
      <PageHeader titre="Occupation de l’offre" surtitre={d.libelle} chapo="Les places ouvertes un jour donné, et les personnes qui y sont ce jour-là." />
      <form method="get" className="c-filtres-ligne">
        <DateInput nom="au" libelle="Au" valeur={dateCourte(au)} />
        <Select
          nom="territoire"
          libelle="Territoire"
          valeur={lieu.territoire || TOUT}
          options={[...optionsDeLieu([], rep), ...optionsTerritoires(rep).filter((o) => o.valeur !== rep.racine.id)]}
        />
        <Button variante="secondaire">Voir</Button>
      </form>
      {lignes.length === 0 ? (
        <EmptyState titre="Aucune offre ouverte ce jour-là" actions={[{ libelle: d.libelle, href: `/registres/${d.code}` }]}>
          Aucune offre de ce territoire n’est ouverte au {jour(au)}.
        </EmptyState>
      ) : (
        <Table
          legende={`Au ${jour(au)} : ${direOccupation(total)}, ${pluriel(total.offres, 'offre')}`}
          dense
          lignes={lignes}
          cle={(l) => l.axes.join('|')}
          colonnes={[
            ...axes.map((a, i) => ({
              cle: a,
              titre: champDe(d, a)?.libelle ?? a,
              entete: i === 0,
              cellule: (l: OccupationParAxe) => dire(a, l.axes[i] ?? null),
            })),
            {
              cle: 'offres',
              titre: 'Offres',
              numerique: true,
              cellule: (l: OccupationParAxe) => (
                <a className="govuk-link" href={lien(l)}>
                  {nombre(l.offres)}
                </a>
              ),
            },
            { cle: 'occupees', titre: 'Présents sur places', cellule: (l: OccupationParAxe) => direOccupation(l) },
            { cle: 'taux', titre: 'Occupation', numerique: true, cellule: (l: OccupationParAxe) => tauxDe(l) },
            { cle: 'attente', titre: 'En attente', numerique: true, cellule: (l: OccupationParAxe) => nombre(l.attente) },
          ]}
        />
      )}
      <p className="govuk-hint">Une personne est présente du début de son accueil à sa fin. Une offre qui ne dit pas ses places n’a pas de taux.</p>
    </>
  );
}
