/** What everybody reads of messages passed on. */
import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { genreDit } from '../relais.donnees.ts';
import type { Message } from '../relais.queries.ts';
import type { Relais } from '../relais.schema.ts';

/** « en vigueur jusqu’au … », « fini le … », with why. */
export function direFin(m: Pick<Message, 'finiLe' | 'fin' | 'finMotif' | 'expireLe'>): string {
  if (!m.finiLe) return `en vigueur jusqu’au ${jourEtHeure(m.expireLe)}`;
  const quand = jourEtHeure(m.finiLe);
  if (m.fin === 'retire') return `retiré le ${quand}${m.finMotif ? ` : ${m.finMotif}` : ''}`;
  return m.fin === 'remplace' ? `remplacé le ${quand}` : `fini le ${quand}`;
}
export const EtatDuMessage = ({ m }: { m: Pick<Message, 'finiLe' | 'exercice'> }) => (
  <>
    {m.exercice && <Tag ton="garance">exercice</Tag>} <Tag ton={m.finiLe ? 'neutre' : 'vert'}>{m.finiLe ? 'fini' : 'en vigueur'}</Tag>
  </>
);

/** The message itself: its words as they came, and what lets anybody check that they did not change. */
export function CorpsDuMessage({ m, relais: r, catalogue: cat }: { m: Message; relais: Relais; catalogue: Catalogue }) {
  return (
    <>
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

export function MessagesPage({ messages, relais, catalogue: cat }: { messages: readonly Message[]; relais: Relais; catalogue: Catalogue }) {
  return (
    <>
      <PageHeader titre="Messages officiels" chapo={`${relais.commande} ${relais.relais}`} />
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
          { cle: 'etat', titre: 'État', cellule: (m) => direFin(m) },
        ]}
        lignes={messages}
        cle={(m) => m.id}
      />
      <p className="govuk-body">
        <a className="govuk-link" href="/messages/flux.xml">
          Suivre les messages (flux Atom)
        </a>
      </p>
    </>
  );
}
