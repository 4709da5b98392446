import type { Constat } from '../../../../core/diagnostic.ts';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import { ETATS_CONSTAT } from '../../exploitation/pages/ExploitationPage.tsx';

export interface JourDeLAdministrateurProps {
  /** Letters that failed. */
  courriels: number;
  invitations: number;
  propositions: number;
  /** The worst first. */
  constats: readonly Constat[];
}
/** Said every day, in good order or not. */
const TOUJOURS = new Set(['Sauvegarde', 'Disque', 'Travaux', 'Heures fixes']);

export function JourDeLAdministrateur(p: JourDeLAdministrateurProps) {
  const aDire = p.constats.filter((k) => k.etat !== 'bon' || TOUJOURS.has(k.sujet));
  return (
    <Section
      titre="La plateforme aujourd’hui"
      actions={
        <a className="govuk-link" href="/exploitation">
          Toutes les vérifications
        </a>
      }
    >
      <SummaryList
        lignes={[
          {
            cle: 'Courriels non partis',
            valeur: p.courriels === 0 ? 'aucun' : pluriel(p.courriels, 'courriel'),
            actions: [{ libelle: 'Ouvrir', precision: 'les courriels', href: '/comptes/courriels' }],
          },
          {
            cle: 'Invitations sans réponse',
            valeur: p.invitations === 0 ? 'aucune' : pluriel(p.invitations, 'invitation'),
            actions: [{ libelle: 'Ouvrir', precision: 'les invitations', href: '/comptes' }],
          },
          {
            cle: 'Actes à confirmer à deux',
            valeur: p.propositions === 0 ? 'aucun' : pluriel(p.propositions, 'acte'),
            actions: [{ libelle: 'Ouvrir', precision: 'les actes à deux', href: '/comptes/propositions' }],
          },
        ]}
      />
      {aDire.length > 0 && (
        <Table
          legende="Vérifications de cet instant"
          dense
          lignes={aDire}
          cle={(k) => `${k.sujet} ${k.constat}`}
          colonnes={[
            { cle: 'sujet', titre: 'Sujet', entete: true, cellule: (k) => k.sujet },
            { cle: 'etat', titre: 'État', cellule: (k) => <Tag ton={ETATS_CONSTAT[k.etat].ton}>{ETATS_CONSTAT[k.etat].mot}</Tag> },
            { cle: 'constat', titre: 'Constat', cellule: (k) => k.constat },
            ...(aDire.some((k) => k.conseil) ? [{ cle: 'conseil', titre: 'Que faire', cellule: (k: Constat) => k.conseil }] : []),
          ]}
        />
      )}
      <p className="govuk-body">Vous tenez la plateforme en marche ; les données des partenaires ne vous sont pas ouvertes.</p>
    </Section>
  );
}
