import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import type { Sceau } from '../chaine.rules.ts';
import type { EntreeLue, FiltresJournal } from '../journal.queries.ts';

export interface JournalPageProps {
  entrees: readonly EntreeLue[];
  suite: number | null;
  filtres: FiltresJournal;
  actions: readonly string[];
  sceaux: readonly Sceau[];
  nomActeur: (id: string) => string;
  /** Words for the mandates by which someone acted. */
  direMandats: (mandats: string) => string;
  /** Words for an act. */
  direAction: (action: string) => string;
}

export function JournalPage(p: JournalPageProps) {
  const f = p.filtres;
  const lien = (changes: Partial<Record<keyof FiltresJournal | 'avant', string | null>>, base = '/journal') => {
    const q = new URLSearchParams(Object.entries({ ...f, ...changes }).filter((e): e is [string, string] => !!e[1]));
    return q.size > 0 ? `${base}?${q}` : base;
  };
  const personne = p.entrees.find((e) => e.compteId === f.compte)?.nom;
  const actifs = [
    ...(f.compte ? [{ libelle: personne ?? 'une personne', href: lien({ compte: null }) }] : []),
    ...(f.objet ? [{ libelle: f.objet, href: lien({ objet: null }) }] : []),
    ...(f.action ? [{ libelle: p.direAction(f.action), href: lien({ action: null }) }] : []),
    ...(f.du ? [{ libelle: `depuis le ${f.du}`, href: lien({ du: null }) }] : []),
    ...(f.au ? [{ libelle: `jusqu’au ${f.au}`, href: lien({ au: null }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Journal d’audit"
        chapo="Chaque écriture, chaque consultation d’un objet sensible, chaque refus. Les entrées se suivent par leur empreinte : aucune ne peut être changée, ôtée ou ajoutée sans que cela se voie."
      />
      <ButtonGroup>
        <LinkButton variante="secondaire" href={lien({}, '/journal/export.csv')} telecharger>
          Exporter ces entrées (CSV)
        </LinkButton>
      </ButtonGroup>
      <p className="govuk-body-s">
        {p.sceaux.length === 0
          ? 'Aucun sceau encore.'
          : p.sceaux.map((s) => `Scellé par ${s.signataire} jusqu’à l’entrée ${nombre(s.numero)} le ${jourEtHeure(new Date(s.quand))}.`).join(' ')}
      </p>
      <FilterLayout
        filtres={
          <FilterPanel action="/journal" actifs={actifs} effacer="/journal" masques={f.compte ? { compte: f.compte } : undefined}>
            <Select nom="action" libelle="Acte" vide="tous" valeur={f.action ?? ''} options={p.actions.map((a) => ({ valeur: a, libelle: p.direAction(a) }))} />
            <TextInput
              nom="objet"
              libelle="Objet"
              aide="Son adresse. Finie par « / », elle vaut pour tout ce qu’elle contient."
              valeur={f.objet ?? ''}
              facultatif
            />
            <DateInput nom="du" libelle="Depuis le" valeur={f.du ?? ''} facultatif />
            <DateInput nom="au" libelle="Jusqu’au" valeur={f.au ?? ''} facultatif />
          </FilterPanel>
        }
      >
        <Table
          legende="Entrées, les plus récentes d’abord"
          dense
          vide={
            <EmptyState titre="Aucune entrée" actions={actifs.length > 0 ? [{ libelle: 'Effacer les filtres', href: '/journal' }] : []}>
              Rien ne correspond à ces filtres.
            </EmptyState>
          }
          lignes={p.entrees}
          cle={(e) => String(e.numero)}
          colonnes={[
            { cle: 'numero', titre: 'N°', numerique: true, cellule: (e) => nombre(e.numero) },
            { cle: 'quand', titre: 'Quand', cellule: (e) => jourEtHeure(e.quand) },
            {
              cle: 'qui',
              titre: 'Qui',
              entete: true,
              cellule: (e) => (
                <>
                  {e.compteId ? (
                    <a className="govuk-link" href={lien({ compte: e.compteId, avant: null })}>
                      {e.nom ?? 'compte supprimé'}
                    </a>
                  ) : (
                    (e.adresse ?? (e.organisationId ? p.nomActeur(e.organisationId) : 'la plateforme'))
                  )}
                  <div className="govuk-hint govuk-!-margin-bottom-0">
                    {[e.organisationId && e.compteId ? p.nomActeur(e.organisationId) : null, e.mandat && p.direMandats(e.mandat)].filter(Boolean).join(' · ')}
                  </div>
                </>
              ),
            },
            {
              cle: 'quoi',
              titre: 'Acte',
              cellule: (e) => (
                <>
                  {p.direAction(e.action)}
                  {Number(e.details.fois ?? 1) > 1 && ` (${String(e.details.fois)} fois)`}
                </>
              ),
            },
            {
              cle: 'objet',
              titre: 'Objet',
              cellule: (e) => (
                <a className="govuk-link c-coupe" href={lien({ objet: e.objet, avant: null })}>
                  {e.objet}
                </a>
              ),
            },
          ]}
        />
        {p.suite !== null && (
          <LinkButton variante="secondaire" href={lien({ avant: String(p.suite) })}>
            Entrées plus anciennes
          </LinkButton>
        )}
      </FilterLayout>
    </>
  );
}
