import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Fait } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Inscrit } from '../astreintes/astreintes.queries.ts';
import { direPlace } from '../envois/lettres.rules.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';

const FAITS = { suivi: 'Cet appareil est enregistré.', arrete: 'Plus aucun appareil n’est enregistré.' };

export interface NotificationsPageProps {
  catalogue: Catalogue;
  reglement: Reglement;
  /** Lists that this person is on: what they are told comes from these, whatever their devices. */
  lignes: readonly Inscrit[];
  ouvreLesListes: boolean;
  cle: string;
  /** Browsers that asked. */
  nombre: number;
  fait: string;
  erreur: string;
}

/** What really reaches this person, line by line; a device alone is told nothing. */
function Chemins({ catalogue, reglement, lignes, nombre, ouvreLesListes }: NotificationsPageProps) {
  if (lignes.length === 0)
    return (
      <p className="govuk-body">
        <strong>Vous n’êtes sur aucune liste : aucune alerte ne vous est envoyée</strong>, ni par notification, ni par courriel. La coordination de votre
        territoire inscrit sur les listes
        {ouvreLesListes && (
          <>
            {' '}
            (<a href="/alertes/astreintes">Listes et astreintes</a>)
          </>
        )}
        .
      </p>
    );
  const dire = (i: Inscrit): string => {
    const quand = i.permanent ? 'à toute heure' : 'pendant vos créneaux';
    const sms = i.voies.includes('sms') && i.telephone !== '' ? ', SMS' : '';
    if (!i.voies.includes('push')) return `courriel${sms}, ${quand}. La notification n’est pas cochée sur cette ligne : vos appareils ne sonneront pas.`;
    return nombre > 0
      ? `courriel${sms} et notification sur ${pluriel(nombre, 'appareil', 'appareils')}, ${quand}.`
      : `courriel${sms}, ${quand}. Notification cochée, mais aucun de vos appareils n’est enregistré.`;
  };
  return (
    <>
      <p className="govuk-body">Ce qui vous est envoyé :</p>
      <ul className="govuk-list govuk-list--bullet">
        {lignes.map((i) => (
          <li key={i.id}>
            {libelleDeFonction(reglement, i.fonction)}, {direPlace(catalogue, reglement, i.territoire)} : {dire(i)}
          </li>
        ))}
      </ul>
    </>
  );
}

export function NotificationsPage(p: NotificationsPageProps) {
  const { cle, nombre, erreur } = p;
  return (
    <>
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        titre="Être prévenu sur cet appareil"
        chapo="Une notification dit le palier et le quartier, rien d’autre. Le reste se lit une fois connecté."
      />
      {erreur && (
        <p className="govuk-error-message" role="alert">
          {erreur}
        </p>
      )}
      <Chemins {...p} />
      {nombre > 0 && <p className="govuk-body">{pluriel(nombre, 'appareil enregistré', 'appareils enregistrés')}.</p>}
      <p className="govuk-body" data-sans-notification>
        Ce navigateur ne reçoit pas de notification, ou JavaScript est coupé : il ne peut pas être enregistré.
      </p>
      <Form action="/alertes/notifications" id="notifications" donnees={{ 'data-cle': cle }} masques={{ endpoint: '', p256dh: '', auth: '' }}>
        <div data-avec-notification hidden>
          <Button>Enregistrer cet appareil</Button>
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
