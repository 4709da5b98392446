import type { Nouvelle } from '../../../core/suites.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { jourDe } from '../../../core/clock.ts';
import { capitale } from '../../../ui/typographie.ts';
import type { Suivi } from './suivre.rules.ts';

export interface SuivrePageProps {
  suivi: Suivi;
  /** Public address. */
  adresse: string;
  dernieres: readonly Nouvelle[];
}

export function SuivrePage({ suivi: s, adresse, dernieres }: SuivrePageProps) {
  return (
    <>
      <PageHeader
        titre="Être prévenu"
        surtitre={capitale(s.nom)}
        chapo="Chiffres validés, rectificatifs, réunions publiques annoncées, relevés publiés : votre lecteur de flux ou votre agenda vous les apporte, sans compte ni cookie."
      />
      <Section titre="Dans un lecteur de flux">
        <p className="govuk-body">Copiez cette adresse dans votre lecteur (format Atom)&nbsp;:</p>
        <InsetText>
          <a className="govuk-link" href={s.atom}>
            {adresse + s.atom}
          </a>
        </InsetText>
      </Section>
      <Section titre="Dans votre agenda">
        <p className="govuk-body">Les réunions publiques, avec leurs changements de date. Copiez cette adresse dans « s’abonner à un calendrier »&nbsp;:</p>
        <InsetText>
          <a className="govuk-link" href={s.ical}>
            {adresse + s.ical}
          </a>
        </InsetText>
      </Section>
      <Section titre="Ce qui a été publié en dernier">
        {dernieres.length === 0 ? (
          <EmptyState titre="Rien depuis un an" actions={[{ libelle: 'Revenir', href: s.page }]}>
            Aucun chiffre validé, aucun rectificatif, aucune réunion publique annoncée, aucun relevé publié. Le flux le dira dès qu’il y en aura.
          </EmptyState>
        ) : (
          <Timeline
            niveau={3}
            items={dernieres.map((n) => ({
              titre: (
                <a className="govuk-link" href={n.chemin}>
                  {n.titre}
                </a>
              ),
              jour: jourDe(n.le),
              contenu: n.resume,
            }))}
          />
        )}
      </Section>
    </>
  );
}
