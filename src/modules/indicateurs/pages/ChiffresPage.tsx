import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { formatPeriode, jour, pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, optionsDeFiches, TOUT } from '../../contrats/index.ts';
import { ETATS, type EtatDeListe, type LigneDeListe, type Liste } from '../saisie/liste.ts';

/** The reader's own share of the list. */
export const MOI = 'moi';

export interface ChiffresPageProps {
  catalogue: Catalogue;
  liste: Liste;
  etat: EtatDeListe;
  lignes: readonly LigneDeListe[];
  page: number;
  parPage: number;
  filtres: { aupres: string; fiche: string; periode: string };
  annees: readonly string[];
  aujourdhui: string;
  lien: (changes: Record<string, string>) => string;
}

const CHAPOS: Record<EtatDeListe, string> = {
  en_retard: 'Dus, et pas encore donnés.',
  attendu: 'Pas encore dus : vous pouvez déjà les donner.',
  a_valider: 'Donnés, et validés par personne d’autre que leur auteur : ils ne sont pas publiés.',
  conteste: 'Un organisme dit que ce chiffre est faux : corrigez-le, ou demandez à qui le conteste de retirer sa contestation.',
  donne: 'Donnés pour leur période.',
};
const VIDES: Record<EtatDeListe, string> = {
  en_retard: 'Rien n’est en retard',
  attendu: 'Rien n’est attendu pour l’instant',
  a_valider: 'Rien n’attend d’être validé',
  conteste: 'Rien n’est contesté',
  donne: 'Rien n’est encore donné',
};
const PLUSIEURS = 3;

export function ChiffresPage(p: ChiffresPageProps) {
  const { filtres: f, catalogue: c, etat } = p;
  const total = p.liste[etat].length;
  const qui = (l: LigneDeListe) =>
    l.qui.length > PLUSIEURS ? pluriel(l.qui.length, 'organisme') : l.qui.map((id) => c.nomActeurA(id, l.territoireId)).join(', ');
  const actifs = [
    ...(f.periode ? [{ libelle: f.periode, href: p.lien({ periode: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: p.lien({ fiche: '' }) }] : []),
    ...(f.aupres !== TOUT && f.aupres !== MOI ? [{ libelle: c.nomActeur(f.aupres), href: p.lien({ aupres: TOUT }) }] : []),
  ];
  const debiteurs = [...new Set([...c.mesures.values(), ...c.suivis.values()].filter((m) => m.obtention !== 'calcul').flatMap((m) => m.aupres))].sort((a, b) =>
    c.nomActeur(a).localeCompare(c.nomActeur(b), 'fr'),
  );
  return (
    <>
      <PageHeader
        titre="Chiffres à fournir"
        chapo={
          f.aupres === MOI
            ? 'Les chiffres que vous devez donner, valider ou corriger, toutes années confondues.'
            : 'Les chiffres que les registres ne calculent pas : ce qui manque, ce qui attend, et qui le doit.'
        }
        actions={
          <LinkButton variante="discret" href="/chiffres/regles">
            Règles de qualité
          </LinkButton>
        }
      />
      <SubNavigation
        libelle="État"
        entrees={(Object.keys(ETATS) as EtatDeListe[]).map((e) => ({
          libelle: ETATS[e],
          href: p.lien({ etat: e }),
          actif: e === etat,
          // Those are read only when asked for.
          ...(e === 'donne' && etat !== 'donne' ? {} : { compte: p.liste[e].length }),
        }))}
      />
      <FilterLayout
        filtres={
          <FilterPanel
            action="/chiffres"
            actifs={actifs}
            effacer={`/chiffres?etat=${etat}`}
            masques={{ etat }}
            bascule={
              f.aupres === MOI ? { libelle: 'Tous les organismes', href: p.lien({ aupres: TOUT }) } : { libelle: 'Les miens', href: p.lien({ aupres: MOI }) }
            }
          >
            <Select
              nom="aupres"
              libelle="Attendus de"
              valeur={f.aupres}
              options={[
                { valeur: MOI, libelle: 'moi' },
                { valeur: TOUT, libelle: 'tous les organismes' },
                ...debiteurs.map((a) => ({ valeur: a, libelle: c.nomActeur(a) })),
              ]}
            />
            <Select nom="fiche" libelle="Fiche" vide="toutes les fiches" valeur={f.fiche} options={optionsDeFiches(c)} />
            <Select nom="periode" libelle="Année" vide="toutes les années" valeur={f.periode} options={p.annees.map((x) => ({ valeur: x, libelle: x }))} />
          </FilterPanel>
        }
      >
        <p className="govuk-body">{CHAPOS[etat]}</p>
        <Table<LigneDeListe>
          legende={ETATS[etat]}
          legendeMasquee
          dense
          vide={
            <EmptyState titre={VIDES[etat]} actions={[{ libelle: 'Voir ceux de tous les organismes', href: p.lien({ aupres: TOUT, fiche: '', periode: '' }) }]}>
              Aucun chiffre n’est dans cet état avec ces filtres.
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'libelle',
              titre: 'Chiffre',
              entete: true,
              cellule: (l) => (
                <a className="govuk-link" href={l.href}>
                  {l.mesure.court}
                  {c.suivis.has(l.mesure.id) && ' (suivi)'}
                </a>
              ),
            },
            { cle: 'periode', titre: 'Période', cellule: (l) => formatPeriode(l.periode) },
            { cle: 'fiche', titre: 'Fiche', cellule: (l) => l.mesure.fiche },
            { cle: 'qui', titre: etat === 'en_retard' || etat === 'attendu' ? 'Attendu de' : etat === 'conteste' ? 'Donné par' : 'Au nom de', cellule: qui },
            etat === 'a_valider'
              ? { cle: 'nombre', titre: 'Contributions', numerique: true, cellule: (l: LigneDeListe) => l.nombre }
              : { cle: 'due', titre: etat === 'conteste' ? 'Réponse pour le' : 'Dû le', cellule: (l: LigneDeListe) => (l.dueLe ? jour(l.dueLe) : '') },
            {
              cle: 'action',
              titre: 'Action',
              titreMasque: true,
              cellule: (l) =>
                l.acte ? (
                  <a className="govuk-link" href={l.acte.href}>
                    {l.acte.libelle}
                    <span className="govuk-visually-hidden">{` ${l.mesure.court}, ${formatPeriode(l.periode)}, ${qui(l)}`}</span>
                  </a>
                ) : null,
            },
          ]}
          lignes={p.lignes}
          cle={(l) => l.cle}
        />
        <Pagination page={p.page} total={total} parPage={p.parPage} href={(n) => p.lien({ page: String(n) })} objet="chiffre" />
      </FilterLayout>
    </>
  );
}
