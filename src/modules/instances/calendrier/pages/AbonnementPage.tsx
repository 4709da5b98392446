import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourDuMoment, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Flux } from '../calendrier.queries.ts';

const AGENDAS = [
  ['Outlook', 'Ajouter un calendrier, puis S’abonner à partir du web'],
  ['Google Agenda', 'Autres agendas, puis À partir de l’URL'],
  ['iPhone', 'Réglages, Calendrier, Comptes, Ajouter un compte, Autre, puis Calendrier avec abonnement'],
  ['Thunderbird', 'Nouvel agenda, puis Sur le réseau'],
] as const;

/** Where each application takes such an address. */
const ModeDEmploi = () => (
  <Details resume="Où la copier">
    <ul className="govuk-list govuk-list--bullet">
      {AGENDAS.map(([agenda, chemin]) => (
        <li key={agenda}>
          <strong>{agenda}</strong> : {chemin}.
        </li>
      ))}
    </ul>
  </Details>
);

/** `adresse`: just made, shown this once. `publique`: the feed of public sessions, the same for all. */
export function AbonnementPage({ flux, adresse, publique }: { flux: readonly Flux[]; adresse: string | null; publique: string }) {
  return (
    <>
      <PageHeader
        titre="S’abonner au calendrier"
        chapo="Votre agenda lit une adresse et se tient à jour seul : les séances où vous siégez, celles des instances que votre organisation porte et, si vous coordonnez un territoire, les siennes."
      />
      {adresse && (
        <InsetText>
          <strong>Votre adresse privée.</strong> Copiez-la maintenant dans votre agenda, elle ne sera plus montrée. Qui la connaît voit vos séances.
          <p className="c-secret">
            <code>{adresse}</code>
          </p>
          <ModeDEmploi />
        </InsetText>
      )}
      <Form action="/calendrier/abonnement">
        <Button nom="acte" valeur="creer">
          {flux.length > 0 ? 'Créer une autre adresse' : 'Créer mon adresse privée'}
        </Button>
      </Form>
      <Section titre="Adresses en service">
        <p className="govuk-body">
          Une adresse suit vos sièges et les mandats que vous aviez en la créant. Elle vit 400 jours après votre dernière visite de cette page, et prend fin
          avec ces mandats, un nouveau mot de passe ou un changement de second facteur. Vous pouvez la révoquer ; le gestionnaire de votre organisation peut
          fermer tous vos accès.
        </p>
        <Table
          legende="Adresses en service"
          legendeMasquee
          dense
          lignes={flux}
          cle={(f) => f.id}
          vide={<EmptyState titre="Aucune adresse">Créez-en une par appareil : vous pourrez révoquer chacune séparément.</EmptyState>}
          colonnes={[
            { cle: 'cree', titre: 'Créée le', entete: true, cellule: (f) => jourEtHeure(f.creeLe) },
            { cle: 'facteurs', titre: 'Créée avec', cellule: (f) => (f.forte ? 'deux facteurs' : 'un facteur') },
            { cle: 'vu', titre: 'Dernière lecture', cellule: (f) => (f.vuLe ? jourEtHeure(f.vuLe) : 'jamais lue') },
            { cle: 'fin', titre: 'Jusqu’au', cellule: (f) => jourDuMoment(new Date(f.expireLe.getTime() - 1)) },
            {
              cle: 'acte',
              titre: 'Action',
              cellule: (f) => (
                <Form action={`/calendrier/abonnement/${f.id}/revoquer`}>
                  <Button variante="secondaire" petit>
                    Révoquer<span className="govuk-visually-hidden"> l’adresse du {jourEtHeure(f.creeLe)}</span>
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      </Section>
      <Section titre="Séances publiques">
        <p className="govuk-body">
          Ce calendrier-là est ouvert à tous :{' '}
          <a className="govuk-link" href="/calendrier/public.ics">
            {publique}
          </a>
        </p>
      </Section>
    </>
  );
}
