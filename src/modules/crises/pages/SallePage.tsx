/** The one screen of a room. Its form works alone; `main-courante.js` makes it immediate, live, and safe without a network. */
import { abreger } from '../../../core/couper.ts';
import { Button } from '../../../ui/Button.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { aQuelMoment, moment, nombre, pluriel } from '../../../ui/typographie.ts';
import type { MessageTenu } from '../../alertes/index.ts';
import type { Chargee } from '../crises.contexte.ts';
import { CONTENU_MAX } from '../main-courante/entree.rules.ts';
import type { Entree } from '../main-courante/main-courante.queries.ts';
import type { Obligation } from '../main-courante/obligations.queries.ts';
import { Entrees, versEntree } from './Entrees.tsx';
import { Filigrane, Salle } from './CriseTete.tsx';

export interface SallePageProps {
  k: Chargee;
  entrees: readonly Entree[];
  dues: readonly Obligation[];
  /** How many are due, more perhaps than are listed. */
  restent: number;
  /** What the authorities say to the public there now. */
  messages: readonly MessageTenu[];
  /** Number of the last entry of all. */
  derniere: number;
  /** Older ones follow. */
  suite: boolean;
  moi: { id: string };
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
}

export function SallePage(p: SallePageProps) {
  const { k } = p;
  const base = `/crises/${k.crise.id}`;
  return (
    <Salle
      k={k}
      ici=""
      donnees={{
        'data-crise': k.crise.id,
        'data-compte': p.moi.id,
        'data-derniere': String(p.derniere),
        'data-ecrit': k.ecrit && k.crise.etat === 'ouverte' ? 'oui' : 'non',
      }}
    >
      <ErrorSummary erreurs={p.erreurs} />
      <Direct />
      {k.crise.etat === 'ouverte' ? (
        k.ecrit && <Saisir {...p} base={base} />
      ) : (
        <InsetText>
          Cette salle est {k.crise.etat === 'close' ? 'close' : 'archivée'} : sa main courante ne s’écrit plus ici.
          {k.crise.etat === 'close' && ' Ce qu’un poste a gardé hors ligne y entre encore, marqué comme arrivé après la clôture.'}
        </InsetText>
      )}
      <Attendent />
      <div id="b-dues">
        <Dues k={k} dues={p.dues} restent={p.restent} maintenant={p.maintenant} />
      </div>
      <Messages k={k} messages={p.messages} maintenant={p.maintenant} />
      <Section
        titre="Main courante"
        actions={
          <>
            <a className="govuk-link" href={`${base}/main-courante`}>
              Tout lire, imprimer
            </a>{' '}
            <a className="govuk-link" href={`${base}/main-courante.pdf`}>
              PDF
            </a>{' '}
            <a className="govuk-link" href={`${base}/main-courante.csv`}>
              CSV
            </a>{' '}
            <a className="govuk-link" href={`${base}/main-courante.json`}>
              JSON vérifiable
            </a>
          </>
        }
      >
        <div id="b-entrees">
          <Entrees k={k} entrees={p.entrees} jour={p.maintenant} />
        </div>
        {p.suite && (
          <p className="govuk-body">
            <a className="govuk-link" href={`${base}?avant=${p.entrees.at(-1)?.numero ?? 0}`}>
              Entrées plus anciennes
            </a>
          </p>
        )}
      </Section>
    </Salle>
  );
}

/** Relayed, in force: whoever is in the room says nothing else. */
function Messages({ k, messages, maintenant }: Pick<SallePageProps, 'k' | 'messages' | 'maintenant'>) {
  if (messages.length === 0) return null;
  return (
    <Section titre="Messages officiels en vigueur">
      <ul className="govuk-list govuk-list--bullet">
        {messages.map((m) => (
          <li key={m.id}>
            <a className="govuk-link" href={`/alertes/relais/${m.id}`}>
              {m.titre}
            </a>
            , {k.cat.nomActeur(m.origineId)}, relayé {aQuelMoment(m.relayeLe, maintenant)}
            {m.aConfirmerAvant !== null && m.confirmeLe === null ? ', à confirmer' : ''}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where one writes when the room is opened without network: nothing that was read, nor what the crisis is called. */
export function CoquillePage({ k, compte }: { k: Chargee; compte: string }) {
  const rien = {
    entrees: [],
    dues: [],
    restent: 0,
    messages: [],
    derniere: 0,
    suite: false,
    moi: { id: compte },
    maintenant: new Date(0),
    champs: {},
    erreurs: [],
    etonnements: [],
  };
  return (
    <div className="c-crise" data-crise={k.crise.id} data-compte={compte} data-derniere="0" data-ecrit="oui" data-coquille="oui">
      {k.crise.exercice && <Filigrane />}
      <h1 className="govuk-heading-l c-crise__titre">Main courante, sans réseau</h1>
      <p className="govuk-body">Ce que vous écrivez est gardé sur cet appareil, et part au retour du réseau avec son heure.</p>
      <Direct />
      <Saisir {...rien} k={k} base={`/crises/${k.crise.id}`} />
      <Attendent />
      <div id="b-commande" />
      <div id="b-dues" />
      <div id="b-entrees" />
    </div>
  );
}
const Direct = () => (
  <>
    <div className="c-crise__direct">
      <p id="s-etat" />
      <p id="s-la" />
    </div>
    <div id="s-messages" />
    <div className="cr-touches-gardees" data-touches hidden />
  </>
);
const Attendent = () => <ol id="s-attente" className="govuk-list c-crise__attente" aria-label="En attente du réseau" hidden />;

/** What is asked and not said done. */
export function Dues({ k, dues, restent, maintenant }: { k: Chargee; dues: readonly Obligation[]; restent: number; maintenant: Date }) {
  if (restent === 0) return null;
  return (
    <Section titre={`À faire (${nombre(restent)})`}>
      {restent > dues.length && (
        <p className="govuk-body-s">
          Les {nombre(dues.length)} premières sur {pluriel(restent, 'chose')} à faire.
        </p>
      )}
      <ul className="govuk-list c-crise__dues">
        {dues.map((d) => (
          <li key={d.numero} className={d.duLe < maintenant ? 'c-crise__due--passee' : undefined}>
            <strong>{moment(d.duLe, maintenant)}</strong>
            {d.duLe < maintenant ? ' (heure passée)' : ''} : {abreger(d.contenu, 160)}{' '}
            <a className="govuk-link" href={versEntree(k.crise.id, d.numero)}>
              n° {d.numero}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Saisir(p: SallePageProps & { base: string }) {
  const { k, champs, erreurs } = p;
  const v = (nom: string) => champs[nom] ?? '';
  const e = (nom: string) => erreurDe(erreurs, nom);
  const ouvert = ['heure', 'pour', 'source', 'vers', 'canal', 'decideur', 'corrige', 'fait'].some((nom) => v(nom) !== '' || e(nom));
  return (
    <Form action={`${p.base}/entrees`} id="f-entree" classe="c-dire" {...(champs._cle ? { cle: champs._cle } : {})}>
      <div className="c-dire__ligne">
        <Select
          nom="classe"
          libelle="Classe"
          vide="Selon le texte"
          valeur={v('classe')}
          erreur={e('classe')}
          options={k.cadre.classes.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
        />
        <Textarea nom="texte" libelle="Nouvelle entrée" lignes={2} valeur={v('texte')} erreur={e('texte')} aide={<Aide k={k} />} />
        <Button>Enregistrer</Button>
      </div>
      <Confirmer etonnements={p.etonnements} />
      <Details resume="Heure, de qui, à qui, pour quand, correction" ouvert={ouvert}>
        <div className="c-dire__champs">
          <TextInput nom="heure" libelle="Heure de l’événement" aide="Vide : maintenant" largeur={5} valeur={v('heure')} erreur={e('heure')} facultatif />
          <TextInput nom="source" libelle="De" valeur={v('source')} erreur={e('source')} facultatif />
          <TextInput nom="vers" libelle="À" valeur={v('vers')} erreur={e('vers')} facultatif />
          <Select
            nom="canal"
            libelle="Canal"
            vide="Selon le texte"
            valeur={v('canal')}
            erreur={e('canal')}
            options={k.cadre.canaux.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
          />
          <TextInput nom="decideur" libelle="Décidé par" aide="Une fonction, sans nom" valeur={v('decideur')} erreur={e('decideur')} facultatif />
          <TextInput nom="pour" libelle="À faire pour" largeur={5} valeur={v('pour')} erreur={e('pour')} facultatif />
          <TextInput nom="corrige" libelle="Corrige le n°" inputMode="numeric" largeur={5} valeur={v('corrige')} erreur={e('corrige')} facultatif />
          <TextInput nom="fait" libelle="Dit fait le n°" inputMode="numeric" largeur={5} valeur={v('fait')} erreur={e('fait')} facultatif />
        </div>
      </Details>
    </Form>
  );
}
const Aide = ({ k }: { k: Chargee }) => (
  <>
    Devant le texte, si vous voulez :{' '}
    <code>14h05 /{k.cadre.classes.find((x) => x.code === 'decision')?.code ?? 'classe'} de:Salle à:Terrain pour:18h corrige:12</code>.{' '}
    <span className="c-dire__clavier">Entrée enregistre, Maj + Entrée va à la ligne.</span> {nombre(CONTENU_MAX)} caractères au plus. Aucun nom de victime.
  </>
);
