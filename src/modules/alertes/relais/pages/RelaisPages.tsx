/** Passing on, replacing, withdrawing: the work screens. */
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { MessageTenu } from '../relais.queries.ts';
import { attendConfirmation, direFin } from '../relais.rules.ts';
import type { Relais } from '../relais.schema.ts';
import { CorpsDuMessage, EtatDuMessage } from './MessagePages.tsx';

export function RelaisListePage({ messages, relais: r, catalogue: cat }: { messages: readonly MessageTenu[]; relais: Relais; catalogue: Catalogue }) {
  return (
    <>
      <PageHeader
        titre="Relais de messages officiels"
        chapo={`${r.commande} ${r.relais}`}
        actions={
          <>
            <LinkButton href="/alertes/relais/nouveau">Relayer un message</LinkButton>
            <LinkButton href="/alertes/cap" variante="secondaire">
              Messages reçus en CAP
            </LinkButton>
          </>
        }
      />
      <Table
        legende="Messages relayés"
        legendeMasquee
        dense
        vide={
          <EmptyState titre="Aucun message relayé" actions={[{ libelle: 'Relayer un message', href: '/alertes/relais/nouveau' }]}>
            Un message relayé se lit en tête des pages publiques de son lieu, tant qu’il est en vigueur.
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'titre',
            titre: 'Message',
            entete: true,
            cellule: (m) => (
              <a className="govuk-link" href={`/alertes/relais/${m.id}`}>
                {m.titre}
              </a>
            ),
          },
          { cle: 'origine', titre: 'Émis', cellule: (m) => `${cat.nomActeur(m.origineId)}, le ${jourEtHeure(m.origineLe)}` },
          { cle: 'relaye', titre: 'Relayé', cellule: (m) => `le ${jourEtHeure(m.relayeLe)}, par ${m.relayePar}` },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (m) => (
              <>
                <EtatDuMessage m={m} />
                <br />
                {direFin(m)}
              </>
            ),
          },
        ]}
        lignes={messages}
        cle={(m) => m.id}
      />
    </>
  );
}

export const EnExercice = () => (
  <div className="c-exercice">
    <WarningText>EXERCICE. Ce message est joué : il n’est pas public, il n’entre dans aucun flux, et son fichier CAP dit « Exercise ».</WarningText>
  </div>
);

interface RelaisPageProps {
  m: MessageTenu;
  relais: Relais;
  catalogue: Catalogue;
  peut: boolean;
  /** The reader passed it on: somebody else confirms. */
  sienne: boolean;
  lettres: Readonly<Record<'autorite' | 'coordination', { ecrites: number; parties: number }>>;
  /** Typed before the proof of identity was asked again. */
  motif: string;
  fait: string;
}
const Lettres = ({ m, catalogue, lettres: l }: Pick<RelaisPageProps, 'm' | 'catalogue' | 'lettres'>) => {
  const dire = (x: { ecrites: number; parties: number }): string =>
    `${pluriel(x.ecrites, 'lettre écrite', 'lettres écrites')}, ${x.parties === x.ecrites ? 'prise' : x.parties === 0 ? 'pas encore prise' : `${x.parties} prise`}${x.parties > 1 || (x.parties === 0 && x.ecrites > 1) ? 's' : ''} par le serveur de courrier`;
  const autorite = catalogue.nomActeur(m.origineId);
  return (
    <SummaryList
      lignes={[
        { cle: autorite, valeur: l.autorite.ecrites > 0 ? dire(l.autorite) : `Aucune adresse connue ici : prévenez ${autorite} vous-même.` },
        { cle: 'Coordination du lieu', valeur: l.coordination.ecrites > 0 ? dire(l.coordination) : 'Personne d’autre que vous n’y a de compte.' },
      ]}
    />
  );
};
export function RelaisPage({ m, relais, catalogue, peut, sienne, lettres, motif, fait }: RelaisPageProps) {
  const partout = m.porteeId === catalogue.racine.id;
  const ou = partout
    ? 'en tête de chaque page publique'
    : `en tête des pages de ${catalogue.territoires.get(m.porteeId)?.nom ?? m.porteeId}, et d’aucune autre`;
  const attend = attendConfirmation(m);
  return (
    <>
      {fait === 'relaye' && (
        <NotificationBanner ton="succes">
          {m.exercice ? 'Le message est joué, sans sortir de l’exercice.' : `Le message est ${ou}, avec la mention « à confirmer ».`}
        </NotificationBanner>
      )}
      {fait === 'confirme' && m.confirmeLe && <NotificationBanner ton="succes">Le message est confirmé.</NotificationBanner>}
      <PageHeader titre={m.titre} surtitre="Message officiel relayé" etiquette={<EtatDuMessage m={m} />} />
      {m.exercice && <EnExercice />}
      <CorpsDuMessage m={m} relais={relais} catalogue={catalogue} />
      {!m.exercice && !m.finiLe && <p className="govuk-body">Il se lit {ou}.</p>}
      <p className="govuk-body">
        Relayé par {m.relayePar}
        {m.confirmePar && `, confirmé par ${m.confirmePar}`}
        {m.finPar && `, ${m.fin === 'retire' ? 'retiré' : 'remplacé'} par ${m.finPar}`}.{' '}
        {m.capRecuId && (
          <a className="govuk-link" href={`/alertes/cap/${m.capRecuId}`}>
            Le message CAP dont il vient
          </a>
        )}
      </p>
      {peut && attend && m.remplaceId && <p className="govuk-body">Le message qu’il remplace finira quand celui-ci sera confirmé.</p>}
      {peut && attend && sienne && <p className="govuk-body">Vous l’avez relayé : une autre personne le confirme, depuis cette page.</p>}
      {peut && attend && !sienne && (
        <Form action={`/alertes/relais/${m.id}/confirmer`}>
          <p className="govuk-body">Vérifiez-le auprès de l’autorité avant de le confirmer : après vous, plus personne ne le relit.</p>
          <Button>Confirmer ce message</Button>
        </Form>
      )}
      {!m.exercice && m.aConfirmerAvant && (
        <Section titre="Prévenus par lettre">
          <Lettres m={m} catalogue={catalogue} lettres={lettres} />
        </Section>
      )}
      <ButtonGroup>
        {!m.exercice && (
          <LinkButton href={`/messages/${m.id}`} variante="secondaire">
            La page publique
          </LinkButton>
        )}
        <LinkButton href={`/alertes/relais/${m.id}/cap.xml`} variante="secondaire" telecharger>
          En CAP 1.2
        </LinkButton>
        {peut && !m.finiLe && (
          <LinkButton href={`/alertes/relais/nouveau?remplace=${m.id}`} variante="secondaire">
            Relayer un message qui le remplace
          </LinkButton>
        )}
      </ButtonGroup>
      {peut && !m.finiLe && (
        <Details resume="Retirer ce message" ouvert={motif !== ''}>
          <Form action={`/alertes/relais/${m.id}/retirer`}>
            <p className="govuk-body">Il quitte les pages publiques aussitôt. Sa page reste, avec la raison.</p>
            <TextInput nom="motif" libelle="Pourquoi" valeur={motif} aide="Par exemple : levé par la préfecture. Lu par tous." attributs={{ maxLength: 300 }} />
            <Button variante="danger">Retirer</Button>
          </Form>
        </Details>
      )}
    </>
  );
}

export interface NouveauRelais {
  relais: Relais;
  catalogue: Catalogue;
  territoires: readonly string[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** The proof of identity grew old while this was typed. */
  preuve: boolean;
  /** Its words, when it comes from a CAP message: they are not typed. */
  cap: { id: string; titre: string; texte: string; emetteur: string; origineLe: Date; exercice: boolean } | null;
  remplace: Pick<MessageTenu, 'id' | 'titre'> | null;
}
export function NouveauRelaisPage(p: NouveauRelais) {
  const { relais: r, catalogue: cat } = p;
  const commun = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Relayer un message officiel" chapo={`${r.commande} ${r.relais}`} />
      {p.preuve && (
        <p className="govuk-body">
          <a className="govuk-link" href="/confirmer?retour=/alertes/relais" target="_blank" rel="noopener">
            Prouver votre identité (nouvel onglet)
          </a>
          , puis revenez ici.
        </p>
      )}
      <p className="govuk-body">
        Réel, il paraît aussitôt, « à confirmer ». Une seconde personne a {r.confirmation} minutes pour le confirmer ; sinon il se retire seul. La coordination
        en reçoit une lettre, l’autorité aussi si son adresse est connue. Un mandat local ne publie que sur les pages de son lieu.
      </p>
      {p.remplace && <p className="govuk-body">Il remplacera « {p.remplace.titre} », qui finira quand celui-ci sera confirmé.</p>}
      <Form action="/alertes/relais/nouveau" masques={{ cap: p.cap?.id, remplace: p.remplace?.id }}>
        <Select
          {...commun('origine')}
          libelle="Autorité qui a émis le message"
          vide="Choisissez"
          options={r.origines.map((o) => ({ valeur: o, libelle: cat.nomActeur(o) }))}
        />
        {p.cap ? (
          <Section titre={p.cap.titre}>
            <p className="govuk-body">
              Reçu en CAP de {p.cap.emetteur}, émis le {jourEtHeure(p.cap.origineLe)}. Rien n’y est signé que Concorde sache vérifier : assurez-vous de son
              émetteur.
            </p>
            <InsetText>
              <p className="c-texte-brut">{p.cap.texte}</p>
            </InsetText>
          </Section>
        ) : (
          <>
            <TextInput {...commun('titre')} libelle="Titre du message" attributs={{ maxLength: 200 }} />
            <Textarea
              {...commun('texte')}
              libelle="Texte du message"
              aide="Collez-le entier, sans le changer : son empreinte est montrée, et rien ne le corrige ensuite."
              max={8000}
              lignes={10}
            />
            <DateInput {...commun('origine_jour')} libelle="Émis le" />
            <TextInput {...commun('origine_heure')} libelle="À quelle heure" type="time" largeur={5} />
            <TextInput
              {...commun('origine_lien')}
              libelle="Adresse du message"
              type="url"
              aide="Sur le site de l’autorité, https://… Sans elle, le message est dit « recopié »."
              facultatif
            />
          </>
        )}
        <Select {...commun('genre')} libelle="De quoi il parle" vide="Choisissez" options={r.genres.map((g) => ({ valeur: g.code, libelle: g.libelle }))} />
        <Select
          {...commun('territoire')}
          libelle="Lieu concerné"
          vide="Choisissez"
          options={p.territoires.map((t) => ({ valeur: t, libelle: cat.territoires.get(t)?.nom ?? t }))}
        />
        <DateInput {...commun('jusqua_jour')} libelle="En vigueur jusqu’au" />
        <TextInput {...commun('jusqua_heure')} libelle="Jusqu’à quelle heure" type="time" largeur={5} />
        {p.cap?.exercice ? (
          <EnExercice />
        ) : (
          <Checkbox nom="exercice" libelle="C’est un exercice" aide="Le message ne devient pas public." coche={p.champs.exercice === 'oui'} />
        )}
        <Button>Relayer</Button>
      </Form>
    </>
  );
}
