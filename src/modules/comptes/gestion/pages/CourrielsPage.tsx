import type { CourrielGarde } from '../../../../core/courrier/mail.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';

const ETATS = { attente: 'en attente', envoye: 'parti', retenu: 'retenu', echec: 'en échec' } as const;

/** `lisibles`: the demonstration's mailbox shows what would have left; elsewhere a body is nobody's business. */
export function CourrielsPage({ courriels, lisibles, demonstration }: { courriels: readonly CourrielGarde[]; lisibles: boolean; demonstration: boolean }) {
  return (
    <>
      <PageHeader
        titre={lisibles ? 'Courriels de la démonstration' : 'Courriels en attente'}
        chapo={
          lisibles
            ? 'Ce qui serait parti aux personnes fictives. Ce qui s’adresse à une vraie personne ne se lit pas ici.'
            : 'Ce qui n’est pas encore parti, et pourquoi. Les essais s’espacent, puis cessent.'
        }
      />
      <Table
        legende={pluriel(courriels.length, 'courriel')}
        dense
        vide={
          <EmptyState
            titre="Aucun courriel"
            actions={demonstration && !lisibles ? [{ libelle: 'Lire ce qui serait parti', href: '/demonstration/courriels' }] : []}
          >
            {lisibles
              ? 'Invitez quelqu’un, ou demandez un mot de passe : le message apparaîtra ici.'
              : demonstration
                ? 'Rien n’attend. En démonstration, aucun message ne part : ils sont retenus et se lisent.'
                : 'Tout est parti.'}
          </EmptyState>
        }
        lignes={courriels}
        cle={(x) => x.id}
        colonnes={[
          { cle: 'quand', titre: 'Écrit le', cellule: (x) => jourEtHeure(x.creeLe) },
          {
            cle: 'sujet',
            titre: 'Message',
            entete: true,
            cellule: (x) => (
              <>
                {x.sujet}
                <div className="govuk-hint govuk-!-margin-bottom-0">
                  à {x.destinataire}
                  {x.methode && `, avec ${x.methode === 'CANCEL' ? 'une annulation' : 'une invitation'} pour l’agenda`}
                  {x.pieces > 0 && `, ${pluriel(x.pieces, 'fichier joint', 'fichiers joints')}`}
                </div>
                {x.objet && (
                  <a className="govuk-link" href={x.objet}>
                    Ce dont il parle<span className="govuk-visually-hidden"> : {x.sujet}</span>
                  </a>
                )}
                {lisibles && (
                  <Details resume="Lire">
                    <pre className="c-texte-brut">{x.texte}</pre>
                  </Details>
                )}
              </>
            ),
          },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (x) =>
              `${ETATS[x.etat]}${x.essais > 0 && x.etat !== 'retenu' ? `, ${pluriel(x.essais, 'essai')}` : ''}${x.erreur ? ` : ${x.erreur}` : ''}`,
          },
        ]}
      />
      {!lisibles && courriels.length > 0 && (
        <Form action="/comptes/courriels">
          <Button variante="secondaire">Réessayer maintenant</Button>
        </Form>
      )}
    </>
  );
}
