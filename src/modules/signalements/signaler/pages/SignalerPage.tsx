import { Fragment, type ReactNode, useContext } from 'react';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Panel } from '../../../../ui/Panel.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Categorie, Circuit, Question } from '../../circuits/circuit.schema.ts';
import type { Reponses } from '../../demandes/demandes.queries.ts';
import { Langue, useMots } from '../../langues/Langue.ts';
import { donneesDuLieu, FR, direJour, FRANCAIS, masqueDe, type Mots, type Parle, remplir, suiteDe } from '../../langues/mots.rules.ts';
import { direPoint } from '../point.rules.ts';
import { dit, type Etape, etapesDe, type Faits, type OuEtQuand, type Saisie } from '../saisie.rules.ts';
import { Ailleurs } from './Ailleurs.tsx';
import { ChampPhoto } from '../../photos/PhotosSection.tsx';
import { ChampCourriel, ChampQuoi, ChampsDesFaits, ChampsDuLieu, type Quartier } from './Champs.tsx';

/** A language of the pages of help, in which this form speaks too. */
export interface LangueDAide {
  /** '' for French. */
  code: string;
  langue: string;
  nom: string;
}
export interface SignalerPageProps {
  langues?: readonly LangueDAide[];
  circuit: Circuit;
  /** Where it is reported by letter too. */
  parLettre: string | null;
  etape: Etape;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
  quartiers: readonly Quartier[];
  aujourdhui: string;
  catalogue: Catalogue;
  /** Boundaries are known, that one may touch. */
  plan: boolean;
  categorie: Categorie | null;
  /** At the last step: what was understood, and what may be the same. */
  lu: { lieu: OuEtQuand; faits: Faits } | null;
}

const TITRES = { quoi: 'tQuoi', urgence: 'tUrgence', lieu: 'tLieu', faits: 'tFaits', verifier: 'tVerifier' } as const satisfies Record<Etape, keyof Mots>;
/** Fields of each step: the others go along, hidden. */
const CHAMPS: Readonly<Record<Etape, (nom: string) => boolean>> = {
  quoi: (n) => n === 'categorie',
  urgence: (n) => n === 'danger',
  lieu: (n) => ['adresse', 'point', 'territoire', 'jour', 'heure'].includes(n),
  faits: (n) => n.startsWith('q.') || ['texte', 'texte_vu', 'courriel'].includes(n),
  verifier: (n) => n === 'meme',
};

/** The same form in each language; in those that nobody reviewed, it says so. */
export function ChoisirLaLangue({ chemin, langues = [] }: { chemin: string; langues?: readonly LangueDAide[] | undefined }) {
  const parle = useContext(Langue);
  const autres = langues.filter((l) => l.code !== parle.code);
  if (autres.length === 0) return null;
  return (
    <nav aria-label={parle.mots.langue}>
      <p className="govuk-body">
        {autres.map((l, i) => (
          <Fragment key={l.code}>
            {i > 0 && ' · '}
            <a className="govuk-link" href={l.code === '' ? chemin : `${chemin}?langue=${l.code}`} lang={l.langue} dir="auto" hrefLang={l.langue}>
              {l.nom}
            </a>
          </Fragment>
        ))}
      </p>
    </nav>
  );
}

/** One step of the form; every one is a page, what was said before goes along. */
export function SignalerPage(p: SignalerPageProps) {
  const { circuit: c, etape, saisie, erreurs } = p;
  const etapes = etapesDe(c);
  const rang = etapes.indexOf(etape);
  const masques = Object.fromEntries(Object.entries(saisie).filter(([nom, v]) => v.length > 0 && !CHAMPS[etape](nom)));
  const avant = etapes[rang - 1];
  const verifie = etape === 'verifier' && p.lu !== null;
  const parle = useContext(Langue);
  const m = parle.mots;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        surtitre={remplir(m.etape, { titre: c.titre, rang: rang + 1, total: etapes.length })}
        titre={m[TITRES[etape]]}
        chapo={etape === 'quoi' ? c.objet : undefined}
      />
      {etape === 'quoi' && c.exclut && <InsetText>{c.exclut}</InsetText>}
      {etape === 'quoi' && <Numeros c={c} />}
      {etape === 'quoi' && <ChoisirLaLangue chemin={`/signaler/${c.code}`} langues={p.langues} />}
      {etape === 'quoi' && parle.code === '' && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/signaler/${c.code}/parcours`}>
            {m.commentCelaSePasse}
          </a>
        </p>
      )}
      {etape === 'quoi' && <ParLettre adresse={p.parLettre} />}
      {etape === 'quoi' && parle.code !== '' && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/urgence/${parle.code}`}>
            {m.numerosUtiles}
          </a>
        </p>
      )}
      <Form
        action={verifie ? `/signaler/${c.code}` : `/signaler/${c.code}/etapes`}
        masques={{ ...masques, ...masqueDe(parle), etape }}
        fichiers={verifie}
        donnees={etape === 'lieu' ? donneesDuLieu(m, p.plan && c.lieu === 'point') : {}}
      >
        {etape === 'quoi' && <ChampQuoi circuit={c} saisie={saisie} erreurs={erreurs} />}
        {etape === 'urgence' && c.urgence && (
          <Radios
            nom="danger"
            legende={c.urgence.question}
            valeur={dit(saisie, 'danger')}
            erreur={erreurDe(erreurs, 'danger')}
            options={[
              { valeur: 'non', libelle: m.non },
              { valeur: 'oui', libelle: m.oui },
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
          <Button>{verifie ? m.envoyer : m.continuer}</Button>
          {avant && (
            <Button variante="secondaire" nom="aller" valeur={avant} action={`/signaler/${c.code}/etapes`}>
              {m.revenir}
            </Button>
          )}
        </ButtonGroup>
      </Form>
      {etape === 'quoi' && parle.code === '' && <Ailleurs />}
    </>
  );
}

function Verifier({ p, categorie, lu }: { p: SignalerPageProps; categorie: Categorie; lu: NonNullable<SignalerPageProps['lu']> }) {
  const m = useMots();
  const parle = useContext(Langue);
  return (
    <SummaryList
      lignes={[
        { cle: m.vQuoi, valeur: categorie.libelle },
        { cle: m.vOu, valeur: direLieu(p.catalogue, lu.lieu, m) },
        { cle: m.vQuand, valeur: direQuand(lu.lieu, parle) },
        ...lignesDeReponses(categorie, lu.faits.reponses),
        { cle: m.vTexte, valeur: lu.faits.texte || m.rien },
        { cle: m.vReponse, valeur: lu.faits.courriel ? remplir(m.parCourriel, { a: lu.faits.courriel }) : m.parCode },
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
export const direLieu = (cat: Catalogue, l: Pick<OuEtQuand, 'adresse' | 'lon' | 'lat' | 'territoireId'>, m: Mots = FR): string =>
  [
    l.adresse,
    l.lon !== null && l.lat !== null ? remplir(m.lePoint, { point: direPoint(l.lon, l.lat) }) : '',
    cat.territoires.get(l.territoireId)?.nom ?? l.territoireId,
  ]
    .filter(Boolean)
    .join(', ');
export const direQuand = (l: Pick<OuEtQuand, 'jour' | 'heure'>, parle: Parle = FRANCAIS): string =>
  [direJour(parle, l.jour), l.heure === null ? '' : remplir(parle.mots.entreHeures, { de: l.heure, a: (l.heure + 1) % 24 })].filter(Boolean).join(', ');

export function Numeros({ c }: { c: Circuit }) {
  const m = useMots();
  if (!c.urgence) return null;
  return <WarningText>{remplir(m.danger, { numeros: c.urgence.numeros.map((n) => `${n.numero} (${n.libelle})`).join(', ') })}</WarningText>;
}

export const ParLettre = ({ adresse }: { adresse: string | null }) => {
  const m = useMots();
  return adresse === null ? null : (
    <p className="govuk-body">
      {m.parLettre}{' '}
      <a className="govuk-link govuk-!-text-break-word" href={`mailto:${adresse}`} dir="ltr">
        {adresse}
      </a>
    </p>
  );
};

/** Where the form stops: somebody is in danger now. */
export function ArretPage({ circuit: c, saisie }: { circuit: Circuit; saisie: Saisie }) {
  const parle = useContext(Langue);
  const m = parle.mots;
  return (
    <>
      <PageHeader surtitre={c.titre} titre={m.arret} chapo={m.arretChapo} />
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
        masques={{ ...Object.fromEntries(Object.entries(saisie).filter(([n]) => n !== 'danger')), danger: 'non', ...masqueDe(parle), etape: 'urgence' }}
      >
        <Button variante="secondaire">{m.arretSuite}</Button>
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
  const parle = useContext(Langue);
  const m = parle.mots;
  return (
    <>
      <Panel titre={m.cEstEnvoye}>
        {m.votreCode}
        <br />
        <strong>{p.code}</strong>
      </Panel>
      <InsetText>
        {p.courriel ? m.notezCodeEtCourriel : m.notezCode}
        {p.courriel && ` ${m.courrielParti}`}
        {p.trop && ` ${m.courrielTrop}`}
      </InsetText>
      {p.sansPhoto && <WarningText>{m.photosLaissees}</WarningText>}
      <SummaryList
        lignes={[
          { cle: m.numero, valeur: String(p.numero) },
          { cle: m.circuit, valeur: p.circuit.titre },
          ...(p.delai === undefined ? [] : [{ cle: m.premierDelai, valeur: p.delai === 1 ? m.premierDelaiUn : remplir(m.premierDelaiDit, { n: p.delai }) }]),
        ]}
      />
      <ButtonGroup>
        <LinkButton href={`/suivi/${p.code}${suiteDe(parle)}`}>{m.suivreCette}</LinkButton>
        <LinkButton href={p.pourAutrui ? `/signalements/saisir/${p.circuit.code}` : `/signaler/${p.circuit.code}${suiteDe(parle)}`} variante="secondaire">
          {m.autreChose}
        </LinkButton>
      </ButtonGroup>
    </>
  );
}
