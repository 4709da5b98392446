import { Fragment, type ReactNode } from 'react';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Panel } from '../../../../ui/Panel.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Categorie, Circuit, Question } from '../../circuits/circuit.schema.ts';
import type { Reponses } from '../../demandes/demandes.queries.ts';
import { direPoint } from '../point.rules.ts';
import { dit, type Etape, etapesDe, type Faits, type OuEtQuand, type Saisie } from '../saisie.rules.ts';
import { Ailleurs } from './Ailleurs.tsx';
import { ChampPhoto } from '../../photos/PhotosSection.tsx';
import { ChampCourriel, ChampQuoi, ChampsDesFaits, ChampsDuLieu, type Quartier } from './Champs.tsx';

/** A language in which the numbers to call are given. */
export interface LangueDAide {
  code: string;
  langue: string;
  nom: string;
}
export interface SignalerPageProps {
  langues?: readonly LangueDAide[];
  circuit: Circuit;
  etape: Etape;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
  quartiers: readonly Quartier[];
  aujourdhui: string;
  catalogue: Catalogue;
  categorie: Categorie | null;
  /** At the last step: what was understood, and what may be the same. */
  lu: { lieu: OuEtQuand; faits: Faits } | null;
}

const TITRES: Readonly<Record<Etape, string>> = {
  quoi: 'Ce qui se passe',
  urgence: 'Une urgence ?',
  lieu: 'Où et quand',
  faits: 'Les faits',
  verifier: 'Vérifiez et envoyez',
};
/** Fields of each step: the others go along, hidden. */
const CHAMPS: Readonly<Record<Etape, (nom: string) => boolean>> = {
  quoi: (n) => n === 'categorie',
  urgence: (n) => n === 'danger',
  lieu: (n) => ['adresse', 'point', 'territoire', 'jour', 'heure'].includes(n),
  faits: (n) => n.startsWith('q.') || ['texte', 'texte_vu', 'courriel'].includes(n),
  verifier: (n) => n === 'meme',
};

/** One step of the form; every one is a page, what was said before goes along. */
export function SignalerPage(p: SignalerPageProps) {
  const { circuit: c, etape, saisie, erreurs } = p;
  const etapes = etapesDe(c);
  const rang = etapes.indexOf(etape);
  const masques = Object.fromEntries(Object.entries(saisie).filter(([nom, v]) => v.length > 0 && !CHAMPS[etape](nom)));
  const avant = etapes[rang - 1];
  const verifie = etape === 'verifier' && p.lu !== null;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader surtitre={`${c.titre}, étape ${rang + 1} sur ${etapes.length}`} titre={TITRES[etape]} chapo={etape === 'quoi' ? c.objet : undefined} />
      {etape === 'quoi' && c.exclut && <InsetText>{c.exclut}</InsetText>}
      {etape === 'quoi' && <Numeros c={c} />}
      {etape === 'quoi' && p.langues && p.langues.length > 0 && (
        <p className="govuk-body">
          Numéros utiles :{' '}
          {p.langues.map((l, i) => (
            <Fragment key={l.code}>
              {i > 0 && ', '}
              <a className="govuk-link" href={`/urgence/${l.code}`} lang={l.langue} hrefLang={l.langue}>
                {l.nom}
              </a>
            </Fragment>
          ))}
        </p>
      )}
      {etape === 'quoi' && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/signaler/${c.code}/parcours`}>
            Comment cela se passe
          </a>
        </p>
      )}
      <Form
        action={verifie ? `/signaler/${c.code}` : `/signaler/${c.code}/etapes`}
        masques={{ ...masques, etape }}
        fichiers={verifie}
        donnees={etape === 'lieu' ? { 'data-signaler': '' } : {}}
      >
        {etape === 'quoi' && <ChampQuoi circuit={c} saisie={saisie} erreurs={erreurs} />}
        {etape === 'urgence' && c.urgence && (
          <Radios
            nom="danger"
            legende={c.urgence.question}
            valeur={dit(saisie, 'danger')}
            erreur={erreurDe(erreurs, 'danger')}
            options={[
              { valeur: 'non', libelle: 'Non' },
              { valeur: 'oui', libelle: 'Oui' },
            ]}
          />
        )}
        {etape === 'lieu' && <ChampsDuLieu circuit={c} saisie={saisie} erreurs={erreurs} quartiers={p.quartiers} aujourdhui={p.aujourdhui} />}
        {etape === 'faits' && p.categorie && (
          <>
            <ChampsDesFaits circuit={c} categorie={p.categorie} saisie={saisie} erreurs={erreurs} />
            <ChampCourriel saisie={saisie} erreurs={erreurs} />
          </>
        )}
        {verifie && p.lu && p.categorie && <Verifier p={p} categorie={p.categorie} lu={p.lu} />}
        {verifie && <ChampPhoto erreurs={erreurs} />}
        <ButtonGroup>
          <Button>{verifie ? 'Envoyer' : 'Continuer'}</Button>
          {avant && (
            <Button variante="secondaire" nom="aller" valeur={avant} action={`/signaler/${c.code}/etapes`}>
              Revenir en arrière
            </Button>
          )}
        </ButtonGroup>
      </Form>
      {etape === 'quoi' && <Ailleurs />}
    </>
  );
}

function Verifier({ p, categorie, lu }: { p: SignalerPageProps; categorie: Categorie; lu: NonNullable<SignalerPageProps['lu']> }) {
  return (
    <SummaryList
      lignes={[
        { cle: 'Quoi', valeur: categorie.libelle },
        { cle: 'Où', valeur: direLieu(p.catalogue, lu.lieu) },
        { cle: 'Quand', valeur: direQuand(lu.lieu) },
        ...lignesDeReponses(categorie, lu.faits.reponses),
        { cle: 'Ce que vous écrivez', valeur: lu.faits.texte || 'rien' },
        { cle: 'Réponse', valeur: lu.faits.courriel ? `par courriel à ${lu.faits.courriel}` : 'avec le code de suivi, sur cette plateforme' },
      ]}
    />
  );
}

function direReponse(q: Question, v: Reponses[string]): string {
  if (typeof v === 'string') return v;
  const options = 'options' in q ? q.options : [];
  return v.map((code) => options.find((o) => o.code === code)?.libelle ?? code).join(', ');
}
export const lignesDeReponses = (k: Categorie | undefined, r: Reponses): { cle: ReactNode; valeur: ReactNode }[] =>
  (k?.questions ?? []).flatMap((q) => {
    const v = r[q.code];
    return v === undefined ? [] : [{ cle: q.libelle, valeur: direReponse(q, v) }];
  });
export const direLieu = (cat: Catalogue, l: Pick<OuEtQuand, 'adresse' | 'lon' | 'lat' | 'territoireId'>): string =>
  [l.adresse, l.lon !== null && l.lat !== null ? `point ${direPoint(l.lon, l.lat)}` : '', cat.territoires.get(l.territoireId)?.nom ?? l.territoireId]
    .filter(Boolean)
    .join(', ');
export const direQuand = (l: Pick<OuEtQuand, 'jour' | 'heure'>): string =>
  `${jour(l.jour)}${l.heure === null ? '' : `, entre ${l.heure} h et ${(l.heure + 1) % 24} h`}`;

export function Numeros({ c }: { c: Circuit }) {
  if (!c.urgence) return null;
  return <WarningText>En danger immédiat, n’écrivez pas ici : {c.urgence.numeros.map((n) => `${n.numero} (${n.libelle})`).join(', ')}.</WarningText>;
}

/** Where the form stops: somebody is in danger now. */
export function ArretPage({ circuit: c, saisie }: { circuit: Circuit; saisie: Saisie }) {
  return (
    <>
      <PageHeader surtitre={c.titre} titre="Appelez maintenant" chapo="Personne ne lit ce formulaire dans la minute. Ces numéros répondent jour et nuit." />
      <ul className="govuk-list">
        {c.urgence?.numeros.map((n) => (
          <li key={n.numero}>
            <a className="govuk-link govuk-!-font-size-48 govuk-!-font-weight-bold" href={`tel:${n.numero.replace(/\s/g, '')}`}>
              {n.numero}
            </a>{' '}
            {n.libelle}
          </li>
        ))}
      </ul>
      <Form
        action={`/signaler/${c.code}/etapes`}
        masques={{ ...Object.fromEntries(Object.entries(saisie).filter(([n]) => n !== 'danger')), danger: 'non', etape: 'urgence' }}
      >
        <Button variante="secondaire">Le danger est passé : continuer</Button>
      </Form>
    </>
  );
}

/** Shown once: the code is kept nowhere but here and with whoever reads it. */
export function RecuPage(p: {
  circuit: Circuit;
  numero: number;
  code: string;
  courriel: boolean;
  delai: number | undefined;
  trop?: boolean;
  sansPhoto?: boolean;
  pourAutrui?: boolean;
}) {
  return (
    <>
      <Panel titre="C’est envoyé">
        Votre code de suivi
        <br />
        <strong>{p.code}</strong>
      </Panel>
      <InsetText>
        Notez ce code : il n’est écrit nulle part ailleurs, et il est le seul moyen de suivre la demande
        {p.courriel ? ' et de répondre ; un courriel vous a aussi été envoyé' : ' et de répondre'}.
        {p.trop && ' Aucun courriel ne partira : cette adresse a déjà été donnée pour trop de demandes aujourd’hui.'}
      </InsetText>
      {p.sansPhoto && (
        <WarningText>Trop de photos arrivent en ce moment : les vôtres n’ont pas été prises. Joignez-les plus tard, depuis la page de suivi.</WarningText>
      )}
      <SummaryList
        lignes={[
          { cle: 'Numéro', valeur: String(p.numero) },
          { cle: 'Circuit', valeur: p.circuit.titre },
          ...(p.delai === undefined ? [] : [{ cle: 'Premier délai', valeur: `${pluriel(p.delai, 'jour')} pour qu’un service s’en saisisse` }]),
        ]}
      />
      <ButtonGroup>
        <LinkButton href={`/suivi/${p.code}`}>Suivre cette demande</LinkButton>
        <LinkButton href={p.pourAutrui ? `/signalements/saisir/${p.circuit.code}` : `/signaler/${p.circuit.code}`} variante="secondaire">
          Signaler autre chose
        </LinkButton>
      </ButtonGroup>
    </>
  );
}
