import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { MessageTenu } from '../../relais/relais.queries.ts';
import { EnExercice } from '../../relais/pages/RelaisPages.tsx';
import type { CapRecu } from '../cap.queries.ts';
import type { motsDuCap } from '../cap.rules.ts';
import type { Cap } from '../cap.types.ts';

const STATUTS: Readonly<Record<Cap['statut'], string>> = { Actual: 'réel', Exercise: 'exercice', System: 'technique', Test: 'essai', Draft: 'brouillon' };
const GENRES: Readonly<Record<Cap['genre'], string>> = { Alert: 'alerte', Update: 'mise à jour', Cancel: 'annulation', Ack: 'accusé', Error: 'erreur' };
const PORTEES: Readonly<Record<Cap['portee'], string>> = { Public: 'public', Restricted: 'restreint', Private: 'privé' };
const cles = <K extends string>(table: Readonly<Record<K, string>>, cle: string): string => Object.entries<string>(table).find(([k]) => k === cle)?.[1] ?? cle;

interface CapRecusPageProps {
  lignes: readonly Omit<CapRecu, 'contenu'>[];
  total: number;
  page: number;
  parPage: number;
  erreurs: readonly ErreurDeChamp[];
}
export function CapRecusPage(p: CapRecusPageProps) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Messages reçus en CAP" chapo="Le format commun des alertes (CAP 1.2). Un message reçu n’est jamais relayé de lui-même." />
      <Form action="/alertes/cap/deposer" fichiers>
        <FileUpload nom="fichier" libelle="Déposer un message" aide="Fichier .xml ou .cap, 256 Ko au plus." erreur={erreurDe(p.erreurs, 'fichier')} />
        <Button>Déposer</Button>
      </Form>
      <Table
        legende="Messages reçus"
        dense
        vide={<EmptyState titre="Aucun message reçu">Déposez un fichier, ou réglez une adresse à surveiller (CONCORDE_CAP_ADRESSE).</EmptyState>}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Message',
            entete: true,
            cellule: (r) => (
              <a className="govuk-link" href={`/alertes/cap/${r.id}`}>
                {r.titre || r.identifiant}
              </a>
            ),
          },
          { cle: 'emetteur', titre: 'Émetteur', cellule: (r) => r.emetteur },
          { cle: 'envoye', titre: 'Émis', cellule: (r) => jourEtHeure(r.envoyeLe) },
          { cle: 'recu', titre: 'Reçu', cellule: (r) => `${jourEtHeure(r.recuLe)}, ${r.voie === 'adresse' ? 'adresse surveillée' : `par ${r.recuPar}`}` },
          {
            cle: 'genre',
            titre: 'Nature',
            cellule: (r) => (
              <>
                {cles(GENRES, r.genre)}, {cles(PORTEES, r.portee)} {r.statut !== 'Actual' && <Tag ton="laiton">{cles(STATUTS, r.statut)}</Tag>}
              </>
            ),
          },
        ]}
        lignes={p.lignes}
        cle={(r) => r.id}
      />
      <Pagination page={p.page} total={p.total} parPage={p.parPage} objet="message" href={(n) => `/alertes/cap?page=${n}`} />
    </>
  );
}

interface CapRecuPageProps {
  recu: Omit<CapRecu, 'contenu'>;
  cap: Cap;
  mots: ReturnType<typeof motsDuCap>;
  relais: readonly Pick<MessageTenu, 'id' | 'titre' | 'relayeLe' | 'finiLe'>[];
  cites: readonly Pick<MessageTenu, 'id' | 'titre' | 'exercice'>[];
  catalogue: Catalogue;
  fait: string;
}
export function CapRecuPage({ recu, cap, mots, relais, cites, fait }: CapRecuPageProps) {
  return (
    <>
      {fait === 'deja' && <NotificationBanner>Ce message était déjà reçu : le voici.</NotificationBanner>}
      <PageHeader
        titre={recu.titre || recu.identifiant}
        surtitre="Message reçu en CAP"
        etiquette={<Tag ton={cap.statut === 'Actual' ? 'bleu' : 'laiton'}>{STATUTS[cap.statut]}</Tag>}
      />
      {cap.statut === 'Exercise' && <EnExercice />}
      {cites.length > 0 && (
        <NotificationBanner ton="alerte">
          <p className="govuk-body">
            {cap.genre === 'Cancel'
              ? 'Ce message annule un message que vous relayez encore : retirez-le.'
              : 'Ce message en change un que vous relayez encore : relayez-le à sa place.'}
          </p>
          <ul className="govuk-list govuk-list--bullet">
            {cites.map((m) => (
              <li key={m.id}>
                <a className="govuk-link" href={cap.genre === 'Cancel' ? `/alertes/relais/${m.id}` : `/alertes/relais/nouveau?cap=${recu.id}&remplace=${m.id}`}>
                  {m.titre}
                </a>
              </li>
            ))}
          </ul>
        </NotificationBanner>
      )}
      <SummaryList
        lignes={[
          { cle: 'Émetteur', valeur: cap.emetteur },
          { cle: 'Identifiant', valeur: cap.identifiant },
          { cle: 'Émis le', valeur: jourEtHeure(cap.envoyeLe) },
          { cle: 'Reçu le', valeur: `${jourEtHeure(recu.recuLe)}, ${recu.voie === 'adresse' ? 'de l’adresse surveillée' : `déposé par ${recu.recuPar}`}` },
          { cle: 'Nature', valeur: `${GENRES[cap.genre]}, ${PORTEES[cap.portee]}` },
          ...(cap.references?.length ? [{ cle: 'Parle de', valeur: cap.references.map((r) => `${r.identifiant} (${r.emetteur})`).join(', ') }] : []),
          { cle: 'Signature', valeur: recu.signe ? 'présente, non vérifiée' : 'aucune' },
        ]}
      />
      {cap.infos.map((i) => (
        <Section key={`${i.langue} ${i.evenement}`} titre={i.titre || i.evenement}>
          <InsetText>
            <p className="c-texte-brut" lang={/^fr\b/i.test(i.langue) ? undefined : i.langue}>
              {[i.description, i.consigne].filter(Boolean).join('\n\n')}
            </p>
          </InsetText>
          <p className="govuk-body-s">
            {[i.auNomDe, i.zones.map((z) => z.nom).join(', '), i.expireLe ? `jusqu’au ${jourEtHeure(i.expireLe)}` : ''].filter(Boolean).join(' ; ')}
          </p>
        </Section>
      ))}
      <WarningText>Rien ne prouve ici qui a émis ce message. Avant de le relayer, vérifiez-le auprès de l’autorité.</WarningText>
      <ButtonGroup>
        {mots && <LinkButton href={`/alertes/relais/nouveau?cap=${recu.id}`}>Relayer ce message</LinkButton>}
        <LinkButton href={`/alertes/cap/${recu.id}/message.xml`} variante="secondaire" telecharger>
          Le fichier reçu
        </LinkButton>
      </ButtonGroup>
      {relais.length > 0 && (
        <Section titre="Déjà relayé">
          <ul className="govuk-list govuk-list--bullet">
            {relais.map((m) => (
              <li key={m.id}>
                <a className="govuk-link" href={`/alertes/relais/${m.id}`}>
                  {m.titre}
                </a>
                , le {jourEtHeure(m.relayeLe)}
                {m.finiLe && ' (fini)'}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
