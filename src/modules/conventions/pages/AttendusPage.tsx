import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, optionsDeFiches } from '../../contrats/index.ts';
import { type Attendu, repondent } from '../attendus.rules.ts';
import type { Acte } from '../conventions.queries.ts';
import { estFinie, etatDe, NATURES } from '../conventions.rules.ts';
import { EtatActeTag } from './EtatActeTag.tsx';

export interface AttendusPageProps {
  catalogue: Catalogue;
  attendus: readonly Attendu[];
  actes: readonly Acte[];
  /** Only those that no act answers. */
  manquants: boolean;
  fiche: string;
  ecrit: boolean;
  aujourdhui: string;
}
/** A text is there, and binds: neither missing nor over. */
const tient = (a: Acte, aujourdhui: string): boolean => ['vigueur', 'a-renouveler'].includes(etatDe(a, aujourdhui));

export function AttendusPage(p: AttendusPageProps) {
  const lignes = p.attendus.map((attendu) => ({ attendu, actes: repondent(attendu, p.actes) }));
  const vides = lignes.filter((l) => l.actes.length === 0);
  const enVigueur = lignes.filter((l) => l.actes.some((a) => tient(a, p.aujourdhui)));
  const montrees = p.manquants ? vides : lignes;
  return (
    <>
      <PageHeader
        titre="Les actes que le contrat demande"
        chapo={`${pluriel(lignes.length, 'dispositif demande', 'dispositifs demandent')} une convention, un protocole, une charte ou un arrêté : ${nombre(enVigueur.length)} en ${enVigueur.length > 1 ? 'ont' : 'a'} un en vigueur, ${nombre(vides.length)} n’${vides.length > 1 ? 'ont' : 'a'} aucun texte ici.`}
      />
      <SubNavigation
        libelle="Présentation"
        entrees={[
          { libelle: 'Les actes', href: '/conventions' },
          { libelle: 'Ce que le contrat demande', href: '/conventions/attendus', actif: true },
        ]}
      />
      <FilterLayout
        filtres={
          <FilterPanel
            action="/conventions/attendus"
            effacer="/conventions/attendus"
            actifs={[
              ...(p.fiche ? [{ libelle: `fiche ${p.fiche}`, href: `/conventions/attendus${p.manquants ? '?etat=manquants' : ''}` }] : []),
              ...(p.manquants ? [{ libelle: 'sans aucun acte', href: `/conventions/attendus${p.fiche ? `?fiche=${p.fiche}` : ''}` }] : []),
            ]}
          >
            <Select
              nom="etat"
              libelle="État"
              vide="tous"
              valeur={p.manquants ? 'manquants' : ''}
              options={[{ valeur: 'manquants', libelle: 'texte jamais déposé' }]}
            />
            <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={p.fiche} options={optionsDeFiches(p.catalogue)} />
          </FilterPanel>
        }
      >
        <Table
          legende="Dispositifs qui demandent un acte"
          legendeMasquee
          dense
          lignes={montrees}
          cle={(l) => l.attendu.systeme}
          vide={<p className="govuk-body">Tous les dispositifs choisis ont au moins un acte.</p>}
          colonnes={[
            {
              cle: 'systeme',
              titre: 'Dispositif',
              entete: true,
              cellule: ({ attendu: x }) => (
                <>
                  <a className="govuk-link" href={`/dispositifs/${x.systeme}`}>
                    {x.nom}
                  </a>
                  <span className="c-note c-acte__detail">
                    {x.systeme} · {x.porteur}
                  </span>
                </>
              ),
            },
            { cle: 'demande', titre: 'Demandé', cellule: ({ attendu: x }) => x.natures.map((n) => NATURES[n].toLowerCase()).join(' ou ') },
            {
              cle: 'actes',
              titre: 'Ce qu’il y a',
              cellule: ({ attendu: x, actes }) =>
                actes.length === 0 ? (
                  <>
                    <Tag ton="garance">texte jamais déposé</Tag>
                    {p.ecrit && (
                      <a className="govuk-link c-acte__detail" href={`/conventions/nouvelle?systeme=${x.systeme}`}>
                        Écrire cet acte<span className="govuk-visually-hidden"> : {x.nom}</span>
                      </a>
                    )}
                  </>
                ) : (
                  <ul className="govuk-list c-acte__liste">
                    {actes
                      .toSorted((a, b) => Number(estFinie(etatDe(a, p.aujourdhui))) - Number(estFinie(etatDe(b, p.aujourdhui))))
                      .map((a) => (
                        <li key={a.id}>
                          <a className="govuk-link" href={`/conventions/${a.id}`}>
                            {a.titre}
                          </a>{' '}
                          <EtatActeTag acte={a} aujourdhui={p.aujourdhui} />
                        </li>
                      ))}
                  </ul>
                ),
            },
          ]}
        />
      </FilterLayout>
    </>
  );
}
