/** What everybody reads of messages passed on. */
import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Fragment } from 'react';
import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import { genreDit } from '../relais.donnees.ts';
import type { Message, Portee } from '../relais.queries.ts';
import { attendConfirmation, direConfirmation, direFin, direRecopie } from '../relais.rules.ts';
import type { Relais } from '../relais.schema.ts';

export const EtatDuMessage = ({ m }: { m: Pick<Message, 'finiLe' | 'exercice' | 'aConfirmerAvant' | 'confirmeLe'> }) => (
  <>
    {m.exercice && <Tag ton="garance">exercice</Tag>} {attendConfirmation(m) && <Tag ton="laiton">à confirmer</Tag>}{' '}
    <Tag ton={m.finiLe ? 'neutre' : 'vert'}>{m.finiLe ? 'fini' : 'en vigueur'}</Tag>
  </>
);

/** The message itself: its words as they came, and what lets anybody check that they did not change. */
export function CorpsDuMessage({ m, relais: r, catalogue: cat }: { m: Message; relais: Relais; catalogue: Catalogue }) {
  const [recopie, confirmation] = [direRecopie(m, cat), direConfirmation(m)];
  return (
    <>
      {confirmation && attendConfirmation(m) && <WarningText>{confirmation}</WarningText>}
      {recopie && (
        <p className="govuk-body">
          <strong>{recopie}</strong> Aucune adresse de l’autorité n’y est jointe.
        </p>
      )}
      <InsetText>
        <p className="c-texte-brut">{m.texte}</p>
      </InsetText>
      <SummaryList
        lignes={[
          { cle: 'Émis par', valeur: `${cat.nomActeur(m.origineId)}, le ${jourEtHeure(m.origineLe)}` },
          { cle: 'Relayé par', valeur: `${cat.nomActeur(m.organisationId)}, le ${jourEtHeure(m.relayeLe)}` },
          { cle: 'Objet', valeur: genreDit(r, m.genre) },
          { cle: 'Lieu', valeur: cat.territoires.get(m.territoireId)?.nom ?? m.territoireId },
          { cle: 'État', valeur: direFin(m) },
          ...(confirmation ? [{ cle: 'Seconde personne', valeur: confirmation }] : []),
          ...(m.origineLien
            ? [
                {
                  cle: 'Message d’origine',
                  valeur: (
                    <a className="govuk-link" href={m.origineLien} rel="noreferrer">
                      {m.origineLien}
                    </a>
                  ),
                },
              ]
            : []),
          { cle: 'Empreinte du texte (SHA-256)', valeur: <code className="c-texte-brut">{m.empreinte}</code> },
        ]}
      />
      <p className="govuk-body">
        {r.commande} {r.relais}
      </p>
    </>
  );
}

export function MessagePage({ m, relais, catalogue, precedents }: { m: Message; relais: Relais; catalogue: Catalogue; precedents: readonly Message[] }) {
  return (
    <>
      <PageHeader titre={m.titre} surtitre="Message officiel relayé" etiquette={<EtatDuMessage m={m} />} />
      <CorpsDuMessage m={m} relais={relais} catalogue={catalogue} />
      <p className="govuk-body">
        <LinkButton href={`/messages/${m.id}/cap.xml`} variante="secondaire" telecharger>
          Ce message en CAP 1.2
        </LinkButton>
      </p>
      {precedents.length > 0 && (
        <Section titre="Messages qu’il remplace">
          <ul className="govuk-list govuk-list--bullet">
            {precedents.map((p) => (
              <li key={p.id}>
                <a className="govuk-link" href={`/messages/${p.id}`}>
                  {p.titre}
                </a>
                , relayé le {jourEtHeure(p.relayeLe)}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

interface MessagesPageProps {
  messages: EnPages<Message>;
  relais: Relais;
  catalogue: Catalogue;
  /** Whose pages carry them. */
  lieu: string;
  portees: readonly Portee[];
  flux: string;
}
export function MessagesPage({ messages, relais, catalogue: cat, lieu, portees, flux }: MessagesPageProps) {
  const nomDe = (id: string) => cat.territoires.get(id)?.nom ?? id;
  const dAilleurs = portees
    .filter((p) => p.porteeId !== lieu && !cat.contient(p.porteeId, lieu))
    .toSorted((a, b) => nomDe(a.porteeId).localeCompare(nomDe(b.porteeId), 'fr', { numeric: true }));
  return (
    <>
      <PageHeader titre={lieu === cat.racine.id ? 'Messages officiels' : `Messages officiels, ${nomDe(lieu)}`} chapo={`${relais.commande} ${relais.relais}`} />
      <Table
        legende="Messages relayés, les derniers d’abord"
        legendeMasquee
        vide={<EmptyState titre="Aucun message">Aucun message officiel n’a été relayé ici. En danger, appelez le 17, le 15 ou le 18.</EmptyState>}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Message',
            entete: true,
            cellule: (m) => (
              <a className="govuk-link" href={`/messages/${m.id}`}>
                {m.titre}
              </a>
            ),
          },
          { cle: 'origine', titre: 'Émis', cellule: (m) => `${cat.nomActeur(m.origineId)}, le ${jourEtHeure(m.origineLe)}` },
          { cle: 'lieu', titre: 'Lieu', cellule: (m) => cat.territoires.get(m.territoireId)?.nom ?? m.territoireId },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (m) => (
              <>
                {direFin(m)}
                {[direRecopie(m, cat), direConfirmation(m)].filter(Boolean).map((dit) => (
                  <Fragment key={dit}>
                    <br />
                    {dit}
                  </Fragment>
                ))}
              </>
            ),
          },
        ]}
        lignes={messages.lignes}
        cle={(m) => m.id}
      />
      {messages.pages && <Pagination {...messages.pages} objet="message" />}
      {dAilleurs.length > 0 && (
        <Section titre="Messages d’un lieu">
          <p className="govuk-body">Relayés pour ces lieux seulement, ils se lisent sur leurs pages.</p>
          <ul className="govuk-list govuk-list--bullet">
            {dAilleurs.map((p) => (
              <li key={p.porteeId}>
                <a className="govuk-link" href={`/messages?territoire=${p.porteeId}`}>
                  {nomDe(p.porteeId)}
                </a>{' '}
                ({pluriel(p.nombre, 'message', 'messages')})
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={flux}>
          Suivre les messages (flux Atom)
        </a>
      </p>
    </>
  );
}
