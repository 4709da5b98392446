import type { Role } from '../../../../core/authorize.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jour, jourEtHeure } from '../../../../ui/typographie.ts';
import type { CompteGere } from '../gestion.queries.ts';
import type { DireMandat } from '../mandats.ts';
import type { JetonApi } from '../../moi/jetons.queries.ts';
import { TableDesJetons } from '../../moi/pages/JetonsSection.tsx';
import { ChampsMandat, type ChampsMandatProps } from './ChampsMandat.tsx';

export interface ComptePageProps extends ChampsMandatProps {
  compte: CompteGere;
  organisation: string;
  direMandat: DireMandat;
  /** Roles that the reader may give here; none hides the form. */
  roles: readonly Role[];
  /** Ids of the mandates that the reader may end, alone or by proposing it. */
  finissables: ReadonlySet<string>;
  jetons: readonly JetonApi[];
  /** May end its tokens and everything that acts in its name. */
  peutRevoquer: boolean;
  peutFermer: boolean;
  peutNommer: boolean;
  journal: boolean;
}

export function ComptePage(p: ComptePageProps) {
  const x = p.compte;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={x.nom} surtitre={`${x.fonction}, ${p.organisation}`} etiquette={x.fermeLe ? <Tag ton="neutre">compte fermé</Tag> : undefined} />
      <SummaryList
        lignes={[
          { cle: 'Adresse', valeur: x.courriel },
          { cle: 'Compte ouvert le', valeur: jourEtHeure(x.creeLe) },
          { cle: 'Vu', valeur: x.vuLe ? jourEtHeure(x.vuLe) : 'aucune session ouverte' },
          { cle: 'Second facteur', valeur: x.demonstration ? 'sans objet' : x.secondFacteur ? 'en place' : 'pas encore' },
          { cle: 'Gestionnaire de l’organisation', valeur: x.gestionnaire ? 'oui' : 'non' },
        ]}
      />
      {p.journal && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/journal?compte=${x.id}`}>
            Ce que ce compte a fait
          </a>
        </p>
      )}
      <Section titre="Mandats">
        <Table
          legende="Mandats, passés et à venir"
          legendeMasquee
          dense
          lignes={x.mandats}
          cle={(m) => m.id}
          vide={<p className="govuk-body">Aucun mandat : cette personne voit ce que voit le public.</p>}
          colonnes={[
            {
              cle: 'quoi',
              titre: 'Mandat',
              entete: true,
              cellule: (m) => (
                <>
                  {p.direMandat(m)} {m.delegueDe && <Tag ton="bleu">délégation</Tag>}
                </>
              ),
            },
            { cle: 'debut', titre: 'Depuis le', cellule: (m) => jour(m.debut) },
            { cle: 'fin', titre: 'Jusqu’au', cellule: (m) => (m.fin ? jour(m.fin) : 'sans terme') },
            { cle: 'par', titre: 'Accordé par', cellule: (m) => m.accordePar },
            {
              cle: 'fin-action',
              titre: 'Action',
              cellule: (m) =>
                p.finissables.has(m.id) ? (
                  <LinkButton variante="secondaire" petit href={`/comptes/${x.id}/mandats/${m.id}/fin`}>
                    Mettre fin<span className="govuk-visually-hidden"> au mandat {p.direMandat(m)}</span>
                  </LinkButton>
                ) : null,
            },
          ]}
        />
      </Section>
      {p.roles.length > 0 && !x.fermeLe && (
        <Section titre="Donner un mandat">
          <Form action={`/comptes/${x.id}/mandats`}>
            <ChampsMandat {...p} />
            <p className="govuk-hint">Coordination, délégué à la protection des données, administration, cellule : ces rôles se donnent à deux.</p>
            <Button>Donner ce mandat</Button>
          </Form>
        </Section>
      )}
      {!x.fermeLe && (
        <Section titre="Ce qui agit en son nom">
          <TableDesJetons jetons={p.jetons} base={p.peutRevoquer ? `/comptes/${x.id}/jetons` : null} dire={p.direMandat} vide="Aucun jeton pour l’API." />
          {p.peutRevoquer && (
            <Form action={`/comptes/${x.id}/acces/fermer`}>
              <p className="govuk-body">
                Un téléphone perdu, un doute ? Ses sessions, ses jetons, ses adresses de calendrier et les liens envoyés prennent fin ; son compte et ses
                mandats restent. Un message le lui dit.
              </p>
              <Button variante="secondaire">Fermer tous ses accès</Button>
            </Form>
          )}
        </Section>
      )}
      {(p.peutFermer || p.peutNommer) && !x.fermeLe && (
        <Section titre="Le compte">
          {p.peutNommer && (
            <Form action={`/comptes/${x.id}/gestionnaire`} masques={{ oui: x.gestionnaire ? '0' : '1' }}>
              <Button variante="secondaire">{x.gestionnaire ? 'Retirer la gestion des comptes' : 'Confier la gestion des comptes de son organisation'}</Button>
            </Form>
          )}
          {p.peutFermer && (
            <p className="govuk-body">
              La personne s’en va ?{' '}
              <a className="govuk-link" href={`/comptes/${x.id}/fermer`}>
                Fermer ce compte
              </a>
            </p>
          )}
        </Section>
      )}
    </>
  );
}
