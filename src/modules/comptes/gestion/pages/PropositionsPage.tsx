import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Proposition } from '../propositions.queries.ts';

export interface PropositionVue extends Proposition {
  /** The act in words: « donner le mandat … à … ». */
  quoi: string;
  confirmants: string;
  peutConfirmer: boolean;
  peutRetirer: boolean;
}
const ETATS = { ouverte: 'sept jours passés sans réponse', confirmee: 'confirmée', refusee: 'refusée', retiree: 'retirée' } as const;

interface PropositionsPageProps {
  ouvertes: readonly PropositionVue[];
  closes: EnPages<PropositionVue>;
  /** May open the page of an account. */
  gere: boolean;
}

export function PropositionsPage({ ouvertes, closes, gere }: PropositionsPageProps) {
  const base = (p: PropositionVue) => `/comptes/propositions/${p.id}`;
  return (
    <>
      <PageHeader
        titre="À confirmer"
        chapo="Donner ou retirer un rôle sensible se fait à deux : l’un propose, un autre confirme dans les sept jours. Personne ne confirme ce qu’il propose, ni ce qui lui donnerait un droit."
      />
      <Table
        legende={pluriel(ouvertes.length, 'proposition ouverte', 'propositions ouvertes')}
        dense
        lignes={ouvertes}
        cle={(p) => p.id}
        vide={
          <EmptyState titre="Rien n’attend" actions={gere ? [{ libelle: 'Ouvrir les comptes', href: '/comptes' }] : []}>
            {gere ? 'Les propositions se font depuis la page d’un compte.' : 'Aucune proposition n’est faite par vous, ni ne vous concerne.'}
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'quoi',
            titre: 'Proposition',
            entete: true,
            cellule: (p) => (
              <>
                {gere ? (
                  <a className="govuk-link" href={`/comptes/${p.compteId}`}>
                    {p.quoi}
                  </a>
                ) : (
                  p.quoi
                )}
                <div className="govuk-hint govuk-!-margin-bottom-0">Motif : {p.motif}</div>
              </>
            ),
          },
          { cle: 'par', titre: 'Par', cellule: (p) => `${p.proposeurNom}, le ${jourEtHeure(p.proposeLe)}` },
          { cle: 'avant', titre: 'À confirmer avant le', cellule: (p) => jourEtHeure(p.expireLe) },
          {
            cle: 'action',
            titre: 'Action',
            cellule: (p) =>
              p.peutConfirmer ? (
                <ButtonGroup>
                  <Form action={`${base(p)}/confirmer`}>
                    <Button petit>
                      Confirmer<span className="govuk-visually-hidden"> : {p.quoi}</span>
                    </Button>
                  </Form>
                  <Form action={`${base(p)}/refuser`}>
                    <Button petit variante="secondaire">
                      Refuser<span className="govuk-visually-hidden"> : {p.quoi}</span>
                    </Button>
                  </Form>
                </ButtonGroup>
              ) : p.peutRetirer ? (
                <Form action={`${base(p)}/retirer`}>
                  <Button petit variante="secondaire">
                    Retirer<span className="govuk-visually-hidden"> : {p.quoi}</span>
                  </Button>
                </Form>
              ) : (
                `attend : ${p.confirmants}`
              ),
          },
        ]}
      />
      {closes.lignes.length > 0 && (
        <Section titre="Réponses données">
          <Table
            legende="Réponses données"
            legendeMasquee
            dense
            lignes={closes.lignes}
            cle={(p) => p.id}
            colonnes={[
              { cle: 'quoi', titre: 'Proposition', entete: true, cellule: (p) => p.quoi },
              { cle: 'par', titre: 'Par', cellule: (p) => p.proposeurNom },
              {
                cle: 'etat',
                titre: 'Réponse',
                cellule: (p) => (p.decideLe ? `${ETATS[p.etat]} par ${p.decideurNom}, le ${jourEtHeure(p.decideLe)}` : ETATS.ouverte),
              },
            ]}
          />
          {closes.pages && <Pagination {...closes.pages} objet="réponse" />}
        </Section>
      )}
    </>
  );
}
