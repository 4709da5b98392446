import { type Enregistre, enTextes, masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { CompteGere, InvitationEnCours, MandatAccorde } from '../gestion.queries.ts';
import type { Promesse } from '../invitations.ts';
import type { DireMandat } from '../mandats.ts';

export interface ComptesPageProps {
  comptes: readonly CompteGere[];
  total: number;
  page: number;
  parPage: number;
  filtres: { organisation: string; q: string; fermes: boolean };
  /** Empty when the reader sees one organisation only. */
  organisations: readonly { id: string; nom: string }[];
  invitations: { lignes: readonly (InvitationEnCours & { promesse: Promesse })[]; page: number; total: number };
  /** Null when the reader sees several organisations. */
  siret: Enregistre | null;
  aujourdhui: string;
  nomActeur: (id: string) => string;
  direMandat: DireMandat;
  peutInviter: boolean;
  peutNoterSiret: boolean;
  peutFermer: boolean;
  courriels: boolean;
  /** How many wait for this person; null when they do not see the page. */
  propositions: number | null;
}

const enVigueur = (m: MandatAccorde, jour: string): boolean => m.debut <= jour && (m.fin === null || m.fin >= jour);

export function ComptesPage(p: ComptesPageProps) {
  const f = p.filtres;
  const lien = (changes: Record<string, string>) => {
    const q = new URLSearchParams(
      Object.entries({ organisation: f.organisation, q: f.q, fermes: f.fermes ? '1' : '', ...changes }).filter(([, v]) => v !== ''),
    );
    return q.size > 0 ? `/comptes?${q}` : '/comptes';
  };
  const actifs = [
    ...(f.organisation && p.organisations.length > 0 ? [{ libelle: p.nomActeur(f.organisation), href: lien({ organisation: '' }) }] : []),
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: lien({ q: '' }) }] : []),
    ...(f.fermes ? [{ libelle: 'comptes fermés aussi', href: lien({ fermes: '' }) }] : []),
  ];
  return (
    <>
      <PageHeader
        titre="Comptes"
        surtitre={f.organisation ? p.nomActeur(f.organisation) : undefined}
        chapo="Qui entre, pour quelle organisation, avec quel mandat et jusqu’à quand."
      />
      <ButtonGroup>
        {p.peutInviter && (
          <LinkButton href={`/comptes/inviter${f.organisation ? `?organisation=${encodeURIComponent(f.organisation)}` : ''}`}>Inviter une personne</LinkButton>
        )}
        <LinkButton variante="secondaire" href="/comptes/droits">
          Qui peut quoi
        </LinkButton>
        {p.propositions !== null && (
          <LinkButton variante="secondaire" href="/comptes/propositions">
            À confirmer{p.propositions > 0 && ` (${p.propositions})`}
          </LinkButton>
        )}
        {p.courriels && (
          <LinkButton variante="secondaire" href="/comptes/courriels">
            Courriels en attente
          </LinkButton>
        )}
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FilterPanel action="/comptes" actifs={actifs} effacer="/comptes">
            <TextInput nom="q" libelle="Nom ou adresse" valeur={f.q} facultatif />
            {p.organisations.length > 0 && (
              <Select
                nom="organisation"
                libelle="Organisation"
                vide="toutes"
                valeur={f.organisation}
                options={p.organisations.map((o) => ({ valeur: o.id, libelle: o.nom }))}
              />
            )}
            <Select nom="fermes" libelle="Comptes fermés" valeur={f.fermes ? '1' : ''} vide="cachés" options={[{ valeur: '1', libelle: 'montrés' }]} />
          </FilterPanel>
        }
      >
        <Table
          legende={pluriel(p.total, 'compte')}
          dense
          vide={
            <EmptyState titre="Aucun compte" actions={actifs.length > 0 ? [{ libelle: 'Effacer les filtres', href: '/comptes' }] : []}>
              Invitez une première personne : elle recevra un lien par courriel.
            </EmptyState>
          }
          lignes={p.comptes}
          cle={(x) => x.id}
          colonnes={[
            {
              cle: 'nom',
              titre: 'Personne',
              entete: true,
              cellule: (x) => (
                <>
                  <a className="govuk-link" href={`/comptes/${x.id}`}>
                    {x.nom}
                  </a>{' '}
                  {x.fermeLe && <Tag ton="neutre">fermé</Tag>} {x.gestionnaire && <Tag ton="bleu">gestionnaire</Tag>}
                  <div className="govuk-hint govuk-!-margin-bottom-0">{x.fonction}</div>
                </>
              ),
            },
            { cle: 'organisation', titre: 'Organisation', cellule: (x) => p.nomActeur(x.organisationId) },
            {
              cle: 'mandats',
              titre: 'Mandats en vigueur',
              cellule: (x) => {
                const mandats = x.mandats.filter((m) => enVigueur(m, p.aujourdhui));
                return mandats.length === 0 ? (
                  <span className="govuk-hint">aucun</span>
                ) : (
                  <div>
                    {mandats.map((m) => (
                      <div key={m.id}>{p.direMandat(m)}</div>
                    ))}
                  </div>
                );
              },
            },
            { cle: 'facteur', titre: 'Second facteur', cellule: (x) => (x.demonstration ? 'sans objet' : x.secondFacteur ? 'oui' : 'non') },
            { cle: 'vu', titre: 'Vu', cellule: (x) => (x.vuLe ? jourEtHeure(x.vuLe) : '–') },
          ]}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => lien({ page: String(n) })} objet="compte" />
      </FilterLayout>
      {p.invitations.total > 0 && (
        <Section titre="Invitations en cours" id="invitations">
          <Table
            legende="Invitations en cours"
            legendeMasquee
            dense
            lignes={p.invitations.lignes}
            cle={(i) => i.id}
            colonnes={[
              { cle: 'a', titre: 'Adresse', entete: true, cellule: (i) => i.courriel },
              { cle: 'mandat', titre: 'Mandat promis', cellule: (i) => (i.promesse.mandat ? p.direMandat(i.promesse.mandat) : 'aucun') },
              { cle: 'fin', titre: 'Jusqu’au', cellule: (i) => jourEtHeure(i.expireLe) },
              {
                cle: 'annuler',
                titre: 'Action',
                cellule: (i) => (
                  <Form action={`/comptes/invitations/${i.id}/annuler`}>
                    <Button variante="secondaire" petit>
                      Annuler<span className="govuk-visually-hidden"> l’invitation de {i.courriel}</span>
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
          <Pagination
            page={p.invitations.page}
            total={p.invitations.total}
            parPage={p.parPage}
            href={(n) => `${lien({ page: String(p.page), invitations: String(n) })}#invitations`}
            objet="invitation"
          />
        </Section>
      )}
      {p.peutNoterSiret && p.siret && (
        <Section titre="L’organisation">
          <Form action={`/comptes/organisations/${f.organisation}`} masques={masquesDeVersion(p.siret)}>
            <TextInput
              nom="siret"
              libelle="SIRET"
              aide="Quatorze chiffres. Une personne identifiée par ProConnect n’entre que si son employeur porte ce numéro."
              valeur={enTextes(p.siret.champs).siret}
              largeur={20}
            />
            <Button variante="secondaire">Enregistrer le SIRET</Button>
          </Form>
          {p.peutFermer && (
            <p className="govuk-body">
              L’organisation quitte le contrat ?{' '}
              <a className="govuk-link" href={`/comptes/organisations/${f.organisation}/fermer`}>
                Fermer tous ses comptes
              </a>
            </p>
          )}
        </Section>
      )}
    </>
  );
}
