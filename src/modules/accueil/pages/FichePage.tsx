import type { ReactNode } from 'react';
import type { Bloc } from '../../../core/module.ts';
import { StatGrid } from '../../../ui/Card.tsx';
import { Details } from '../../../ui/Details.tsx';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { accorder, nombre, pluriel } from '../../../ui/typographie.ts';
import { type Action, ancre, type Catalogue, type Fiche, type Ligne } from '../../contrats/index.ts';
import { type AppuiDeLigne, type Appuis, appuiDeLigne, completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import { Blocs, Suite } from './Blocs.tsx';
import { direCompletude, FigureTuile } from './figures.tsx';

export interface FichePageProps {
  catalogue: Catalogue;
  fiche: Fiche;
  annee: string;
  annees: readonly string[];
  territoireId: string;
  suivi: ReadonlyMap<string, FigureSuivie>;
  appuis: Appuis;
  /** What modules say beside each action line. */
  dits: ReadonlyMap<string, readonly ReactNode[]>;
  blocs: readonly Bloc[];
  fraicheur: (mesureId: string) => string | null;
  connecte: boolean;
}

export function FichePage(p: FichePageProps) {
  const { fiche: f, catalogue: c } = p;
  const lien = (o: { annee?: string; territoire?: string; numero?: string }) =>
    `/fiches/${o.numero ?? f.numero}?annee=${o.annee ?? p.annee}&territoire=${o.territoire ?? p.territoireId}`;
  const acteurs = (ids: readonly string[]) =>
    ids.length === 0
      ? 'aucun n’est nommé dans le contrat'
      : ids.map((a, i) => (
          <span key={a}>
            {i > 0 && ', '}
            <a className="govuk-link" href={`/acteurs/${encodeURIComponent(a)}`}>
              {c.nomActeur(a)}
            </a>
          </span>
        ));
  const numeros = [...c.fiches.keys()];
  const rang = numeros.indexOf(f.numero);
  const anomalies = c.anomalies.filter((a) => a.objets.some((o) => o === f.numero || f.mesures.some((m) => m.id === o)));
  const systemes = [...c.systemes.values()].filter((s) => s.fiches.includes(f.numero));
  const officiel = c.textes.get(f.numero);
  return (
    <article className="c-fiche">
      <PageHeader
        titre={f.titre}
        surtitre={`Fiche ${f.numero} · axe ${f.axe}`}
        chapo={f.resume}
        etiquette={<Tag ton="neutre">{direCompletude(completude([...p.suivi.values()].map((x) => x.chiffre)))}</Tag>}
      />
      {f.note && <InsetText>{f.note}</InsetText>}
      <SummaryList
        lignes={[
          { cle: 'Pour qui', valeur: officiel ? officiel.texte : f.public },
          { cle: 'Qui pilote', valeur: acteurs(f.pilotes) },
          { cle: 'Avec qui', valeur: acteurs(f.partenaires) },
          ...(f.pages ? [{ cle: 'Dans le contrat signé', valeur: `pages ${f.pages[0]} à ${f.pages[1]}` }] : []),
        ]}
      />
      <SubNavigation libelle="Année" entrees={p.annees.map((a) => ({ libelle: a, href: lien({ annee: a }), actif: a === p.annee }))} />
      {p.territoireId !== c.racine.id && (
        <InsetText>
          Chiffres de {c.territoires.get(p.territoireId)?.nom}.{' '}
          <a className="govuk-link" href={lien({ territoire: c.racine.id })}>
            Voir ceux de {c.racine.nom}
          </a>
          .
        </InsetText>
      )}
      <Section titre="Les chiffres" id="chiffres">
        {groupes(f).map(([groupe, indicateurs]) => (
          <div key={groupe ?? ''}>
            {groupe && <h3 className="govuk-heading-s">{groupe}</h3>}
            <StatGrid>
              {indicateurs
                .flatMap((i) => i.mesures)
                .flatMap((m) => {
                  const figure = p.suivi.get(m.id);
                  return figure
                    ? [<FigureTuile key={m.id} figure={figure} annee={p.annee} territoireId={p.territoireId} catalogue={c} fraicheur={p.fraicheur(m.id)} />]
                    : [];
                })}
            </StatGrid>
          </div>
        ))}
      </Section>
      <Section titre="Les objectifs" id="objectifs">
        <ul className="govuk-list govuk-list--bullet">
          {f.objectifs.map((o) => (
            <li key={o.id}>
              {o.libelle}
              <Officiel catalogue={c} id={o.id} />
            </li>
          ))}
        </ul>
      </Section>
      <Section titre="Les actions et leurs preuves" id="actions">
        <p className="govuk-body">{direAppuis(p)}</p>
        {f.actions.map((a) => (
          <ActionBloc key={a.id} action={a} {...p} />
        ))}
      </Section>
      <Blocs blocs={p.blocs} />
      {systemes.length > 0 && (
        <Section titre="Les dispositifs cités" id="dispositifs">
          <p className="govuk-body">
            <a className="govuk-link" href={`/dispositifs?fiche=${f.numero}`}>
              {pluriel(systemes.length, 'dispositif')}
            </a>{' '}
            : instances, registres, circuits et fonds que cette fiche mobilise.
          </p>
        </Section>
      )}
      {anomalies.length > 0 && (
        <Section titre="À savoir sur le document" id="anomalies">
          <ul className="govuk-list govuk-list--bullet">
            {anomalies.map((a) => (
              <li key={a.constat}>{a.constat}</li>
            ))}
          </ul>
        </Section>
      )}
      <ButtonGroup>
        {rang > 0 && (
          <LinkButton variante="discret" href={lien({ numero: numeros[rang - 1] })}>
            Fiche {numeros[rang - 1]}
          </LinkButton>
        )}
        {rang < numeros.length - 1 && (
          <LinkButton variante="discret" href={lien({ numero: numeros[rang + 1] })}>
            Fiche {numeros[rang + 1]}
          </LinkButton>
        )}
      </ButtonGroup>
    </article>
  );
}

/** Indicators under the groups that the contract prints, in its order. */
function groupes(f: Fiche): [string | null, Fiche['indicateurs']][] {
  const map = new Map<string | null, Fiche['indicateurs']>();
  for (const i of f.indicateurs) map.set(i.groupe, [...(map.get(i.groupe) ?? []), i]);
  return [...map];
}

function ActionBloc({ action: a, catalogue, appuis, dits, annee, territoireId, connecte }: FichePageProps & { action: Action }) {
  return (
    <div className="c-action" id={ancre(a.id)}>
      {a.type !== 'action' && <h3 className="govuk-heading-s">{a.libelle}</h3>}
      {a.type !== 'action' && <Officiel catalogue={catalogue} id={a.id} />}
      {a.lignes.length > 0 && (
        <ul className="govuk-list c-lignes">
          {a.lignes.map((l) => (
            <LigneBloc
              key={l.id}
              ligne={l}
              catalogue={catalogue}
              appui={appuiDeLigne(appuis, l.id)}
              dits={dits.get(l.id) ?? []}
              annee={annee}
              territoireId={territoireId}
              connecte={connecte}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface LigneBlocProps extends Pick<FichePageProps, 'catalogue' | 'annee' | 'territoireId' | 'connecte'> {
  ligne: Ligne;
  appui: AppuiDeLigne;
  dits: readonly ReactNode[];
}
/** What is true of the whole fiche, before its lines. */
function direAppuis({ fiche: f, appuis, annee }: FichePageProps): string {
  const confirmees = f.lignes.filter((l) => appuiDeLigne(appuis, l.id).confirmes > 0).length;
  const n = appuis.fiches.get(f.numero) ?? 0;
  const comptes = n === 0 ? 'aucun enregistrement ne compte' : `${nombre(n)} ${accorder(n, 'enregistrement compte', 'enregistrements comptent')}`;
  const lignes = confirmees === 0 ? 'aucune' : confirmees === 1 ? 'une' : nombre(confirmees);
  const etre = confirmees === 0 ? 'n’est appuyée' : accorder(confirmees, 'est appuyée', 'sont appuyées');
  return `En ${annee}, ${comptes} pour cette fiche ; ${lignes} de ses ${f.lignes.length} lignes d’action ${etre} par un enregistrement confirmé.`;
}

/** Confirmed, counted by a figure, or neither: what is said beside a line never contradicts the figure above. */
function Appui({ appui: a, annee, territoireId }: Pick<LigneBlocProps, 'appui' | 'annee' | 'territoireId'>) {
  if (a.confirmes > 0) return <Tag ton="vert">{pluriel(a.confirmes, 'preuve')}</Tag>;
  if (a.comptePar.length === 0) return <span className="c-ligne__vide">aucune preuve en {annee}</span>;
  return (
    <span className="c-ligne__vide">
      compté par{' '}
      {a.comptePar.map((m, i) => (
        <span key={m}>
          {i > 0 && ', '}
          <a className="govuk-link" href={`/chiffres/${encodeURIComponent(m)}?periode=${annee}&territoire=${territoireId}`}>
            {m}
          </a>
        </span>
      ))}
      , aucune action confirmée sur cette ligne
    </span>
  );
}

function LigneBloc({ ligne: l, catalogue, appui, dits, annee, territoireId, connecte }: LigneBlocProps) {
  const preuve = <Appui appui={appui} annee={annee} territoireId={territoireId} />;
  return (
    <li className={`c-ligne c-ligne--niveau-${Math.min(l.niveau, 2)}`} id={l.id === l.action ? undefined : ancre(l.id)}>
      <span className="c-ligne__libelle">{l.libelle}</span>{' '}
      {connecte && appui.confirmes > 0 ? (
        <a className="govuk-link" href={`/registres?ligne=${l.id}&annee=${annee}&territoire=${territoireId}`}>
          {preuve}
          <span className="govuk-visually-hidden"> de {l.libelle}</span>
        </a>
      ) : (
        preuve
      )}
      {dits.length > 0 && ' '}
      <Suite noeuds={dits} />
      <Officiel catalogue={catalogue} id={l.id} />
    </li>
  );
}

/** The signed wording, when its signatories have had it attached. */
function Officiel({ catalogue, id }: { catalogue: Catalogue; id: string }) {
  const t = catalogue.textes.get(id);
  if (!t) return null;
  return (
    <Details resume="Texte du contrat">
      <blockquote className="govuk-inset-text">
        {t.texte}
        {t.page !== null && <footer>page {t.page}</footer>}
      </blockquote>
    </Details>
  );
}
