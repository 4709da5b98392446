import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { motDe } from '../../../ui/types.ts';
import { pluriel } from '../../../ui/typographie.ts';

const FAITS = { suivi: 'Cet appareil est prévenu.', arrete: 'Plus aucun appareil n’est prévenu. Les courriels continuent.' };

export function NotificationsPage({ cle, nombre, fait, erreur }: { cle: string; nombre: number; fait: string; erreur: string }) {
  const dit = motDe(FAITS, fait);
  return (
    <>
      {dit && <NotificationBanner ton="succes">{dit}</NotificationBanner>}
      <PageHeader
        titre="Être prévenu sur cet appareil"
        chapo="Une notification dit le palier et le quartier, rien d’autre. Le reste se lit une fois connecté."
      />
      {erreur && (
        <p className="govuk-error-message" role="alert">
          {erreur}
        </p>
      )}
      <p className="govuk-body">
        {nombre === 0 ? 'Aucun de vos appareils n’est prévenu.' : `${pluriel(nombre, 'de vos appareils est prévenu', 'de vos appareils sont prévenus')}.`}
      </p>
      <p className="govuk-body" data-sans-notification>
        Ce navigateur ne reçoit pas de notification, ou JavaScript est coupé : les alertes vous arrivent par courriel.
      </p>
      <Form action="/alertes/notifications" id="notifications" donnees={{ 'data-cle': cle }} masques={{ endpoint: '', p256dh: '', auth: '' }}>
        <div data-avec-notification hidden>
          <Button>Prévenir cet appareil</Button>
          <p className="govuk-error-message" data-refus aria-live="polite" />
        </div>
      </Form>
      {nombre > 0 && (
        <Form action="/alertes/notifications/arreter">
          <Button variante="secondaire">Arrêter sur tous mes appareils</Button>
        </Form>
      )}
    </>
  );
}
