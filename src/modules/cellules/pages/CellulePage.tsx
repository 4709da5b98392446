import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Fait } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jour } from '../../../ui/typographie.ts';
import type { listCompteurs } from '../cellule/cellule.queries.ts';
import type { Vue } from '../cellules.contexte.ts';
import { accelereeDe } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Seance } from '../seances/seances.queries.ts';
import type { Situation } from '../situations/situations.queries.ts';
import { ETATS } from '../situations/situations.rules.ts';
import { Admissions, Reglement, Seances } from './CelluleBlocs.tsx';
import { Durees, Membres } from './Composer.tsx';
import { Examen } from './SituationBlocs.tsx';
import { COMPTES } from './TableauPage.tsx';

interface Props {
  vue: Vue;
  charte: Charte;
  ouverte: boolean;
  situations: EnPages<Situation>;
  seances: EnPages<Seance>;
  /** Short digests of public keys, by seat: what two people compare aloud. */
  empreintes: ReadonlyMap<string, string>;
  compteurs: Awaited<ReturnType<typeof listCompteurs>>;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  fait: string;
}

const FAITS: Readonly<Record<string, string>> = {
  durees: 'Les durées sont fixées. Elles sont dans la charte : chaque membre la signe de nouveau.',
  reglement: 'Le règlement intérieur est joint. La charte le cite : chaque membre la signe de nouveau.',
  membre: 'Cette personne est membre. Elle signe la charte, puis un membre qui a ouvert la cellule lui passe la clé.',
  exclusion: 'Cette personne ne lit plus rien. La clé change à la prochaine ouverture.',
  signature: 'La charte est signée.',
  admission: 'Ce membre a la clé. Il ouvre la cellule avec sa phrase.',
  retrouvee: 'La clé est retrouvée. Ouvrez la cellule avec votre phrase.',
  phrase: 'Votre nouvelle phrase est enregistrée. Si vous n’avez plus la clé, un membre vous la passe, ou deux dépositaires.',
  cle: 'La clé est changée. Les parts données ouvrent encore les anciennes sauvegardes : faites-les détruire, et donnez-en de nouvelles.',
  'autre-cle':
    'La clé de la cellule a changé depuis votre dernière ouverture. Si personne ne vous l’a dit, demandez-le de vive voix à un autre membre avant d’écrire.',
  'cle-d-acces': 'Votre clé d’accès ouvre la cellule. Votre phrase aussi, toujours.',
  'cle-d-acces-retiree': 'Votre clé d’accès n’ouvre plus la cellule : votre phrase seule le fait.',
  detruite: 'La situation est détruite. Son certificat est sur la page des destructions.',
};

export function CellulePage(p: Props) {
  const { vue: v } = p;
  const base = `/cellules/${v.cellule.id}`;
  const annees = [...new Set(p.compteurs.map((x) => x.annee))];
  return (
    <>
      <Fait code={p.fait} mots={FAITS} />
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={v.nom}
        surtitre="Cellule"
        chapo={`${v.genre.sens}. ${v.genre.fondement}.`}
        etiquette={v.moi && <Tag ton={p.ouverte ? 'vert' : 'neutre'}>{p.ouverte ? 'Ouverte pour vous' : 'Fermée'}</Tag>}
        actions={
          <LinkButton href={`${base}/charte`} variante="secondaire" petit>
            Lire la charte
          </LinkButton>
        }
      />
      {v.moi && <Etape {...p} base={base} />}
      {p.ouverte && <Situations situations={p.situations} base={base} prete={v.cellule.dureesLe !== null && v.reglement !== null} aujourdhui={v.aujourdhui} />}
      {v.moi && v.signee && <Seances vue={v} seances={p.seances} base={base} />}
      {accelereeDe(p.charte, v.genre.code) && (v.compose || v.controle || v.signee) && (
        <Section titre="Recours accéléré">
          <p className="govuk-body">
            <a className="govuk-link" href={`${base}/acceleree`}>
              {v.compose ? 'Ouvrir ou suivre le recours accéléré' : 'Recours accélérés ouverts'}
            </a>
          </p>
        </Section>
      )}
      {p.ouverte && <Admissions vue={v} base={base} empreintes={p.empreintes} />}
      <Membres vue={v} champs={p.champs} erreurs={p.erreurs} />
      <Reglement vue={v} base={base} />
      <Durees vue={v} champs={p.champs} erreurs={p.erreurs} />
      {v.moi && v.signee ? (
        <Section titre="Nombres">
          <Table
            legende="Ce que la cellule a fait, par année"
            dense
            lignes={annees.length === 0 ? [] : Object.entries(COMPTES)}
            cle={([quoi]) => quoi}
            vide={<p className="govuk-body">Rien encore.</p>}
            colonnes={[
              { cle: 'quoi', titre: 'Nombre', entete: true, cellule: ([, titre]) => titre },
              ...annees.map((annee) => ({
                cle: annee,
                titre: annee,
                numerique: true,
                cellule: ([quoi]: [string, string]) => p.compteurs.find((x) => x.annee === annee && x.quoi === quoi)?.nombre ?? 0,
              })),
            ]}
          />
          <p className="govuk-body">Ces nombres sont ceux de la cellule. Hors d’elle ne se disent que les années finies, sans nombre de 1 à 4.</p>
        </Section>
      ) : (
        <Section titre="Nombres">
          <p className="govuk-body">
            <a className="govuk-link" href="/cellules/tableau">
              Les années finies, au tableau d’activité
            </a>
          </p>
        </Section>
      )}
      {(v.controle || (v.moi && v.signee)) && (
        <Section titre="Contrôle">
          <ul className="govuk-list">
            <li>
              <a className="govuk-link" href={`${base}/lectures`}>
                Qui a lu
              </a>
            </li>
            <li>
              <a className="govuk-link" href={`${base}/secours`}>
                Lectures d’urgence
              </a>
            </li>
            <li>
              <a className="govuk-link" href={`${base}/demandes`}>
                Demandes des personnes
              </a>
            </li>
            {p.ouverte && (
              <li>
                <a className="govuk-link" href={`${base}/apports`}>
                  Ce que mon institution a apporté
                </a>
              </li>
            )}
            <li>
              <a className="govuk-link" href={`${base}/destructions`}>
                Destructions et certificats
              </a>
            </li>
          </ul>
        </Section>
      )}
    </>
  );
}

/** What this member does next. */
function Etape({ vue: v, ouverte, base, empreintes }: Props & { base: string }) {
  const { moi } = v;
  if (!moi) return null;
  if (!v.signee)
    return (
      <Section titre="Signer la charte">
        <p className="govuk-body">Rien ne s’ouvre avant votre signature de la charte en vigueur.</p>
        <div className="govuk-button-group">
          <LinkButton href={`${base}/charte`}>Lire et signer la charte</LinkButton>
          {v.signatures.some((s) => s.membreId === moi.id) && (
            <a className="govuk-link" href={`${base}/charte/changements`}>
              Ce qui a changé depuis ma signature
            </a>
          )}
        </div>
      </Section>
    );
  if (ouverte)
    return (
      <Form action={`${base}/fermer`}>
        <p className="govuk-body">La cellule se referme seule après quinze minutes sans travail sur une situation, et après deux heures en tout.</p>
        <Button variante="secondaire">Fermer la cellule</Button>
      </Form>
    );
  if (moi.boite && moi.enfermee)
    return (
      <Section titre="Ouvrir la cellule">
        {v.cellule.rotationDueLe && <p className="govuk-body">Un membre est parti : la clé change quand vous ouvrez.</p>}
        <div className="govuk-button-group">
          <LinkButton href={`${base}/ouvrir`}>Ouvrir avec ma phrase</LinkButton>
          <a className="govuk-link" href={`${base}/cle-d-acces`}>
            Ma clé d’accès
          </a>
          <a className="govuk-link" href={`${base}/retrouver`}>
            J’ai perdu ma phrase
          </a>
        </div>
      </Section>
    );
  return (
    <Section titre="Recevoir la clé">
      <p className="govuk-body">Vous avez signé. Un membre qui a ouvert la cellule vous passe la clé ; à défaut, deux dépositaires sur trois.</p>
      {empreintes.has(moi.id) && (
        <p className="govuk-body">
          Dites-lui de vive voix l’empreinte de votre clé : <strong className="c-coupe">{empreintes.get(moi.id)}</strong>
        </p>
      )}
      {moi.ancienneBoite && (
        <p className="govuk-body">
          Si vous retrouvez votre ancienne phrase, elle ouvre encore :{' '}
          <a className="govuk-link" href={`${base}/ouvrir`}>
            ouvrir avec l’ancienne phrase
          </a>
          .
        </p>
      )}
      <LinkButton href={`${base}/retrouver`} variante="secondaire">
        Retrouver la clé avec deux dépositaires
      </LinkButton>
    </Section>
  );
}

function Situations({ situations, base, prete, aujourdhui }: { situations: EnPages<Situation>; base: string; prete: boolean; aujourdhui: string }) {
  const chercher = prete ? [{ libelle: 'Chercher, puis entrer une situation', href: `${base}/chercher` }] : [];
  return (
    <Section titre="Situations où vous êtes désigné" id="situations">
      {situations.lignes.length === 0 ? (
        <EmptyState titre="Aucune situation" actions={chercher}>
          {prete
            ? 'On vous y désigne, ou vous en entrez une.'
            : 'Il faut d’abord les durées, fixées par le délégué à la protection des données, et le règlement intérieur.'}
        </EmptyState>
      ) : (
        <>
          <Table
            legende="Situations"
            legendeMasquee
            lignes={situations.lignes}
            cle={(s) => s.id}
            colonnes={[
              {
                cle: 'numero',
                titre: 'Situation',
                entete: true,
                cellule: (s) => (
                  <a className="govuk-link" href={`${base}/situations/${s.id}`}>
                    Situation n° {s.numero}
                  </a>
                ),
              },
              {
                cle: 'etat',
                titre: 'État',
                cellule: (s) => (
                  <>
                    {ETATS[s.etat]} le {jour(s.etatLe)} <Examen situation={s} aujourdhui={aujourdhui} />
                  </>
                ),
              },
              { cle: 'fin', titre: 'Détruite le', cellule: (s) => jour(s.destructionLe) },
            ]}
          />
          {situations.pages && <Pagination {...situations.pages} objet="situation" />}
          {chercher.map((a) => (
            <LinkButton key={a.href} href={a.href}>
              {a.libelle}
            </LinkButton>
          ))}
        </>
      )}
    </Section>
  );
}
