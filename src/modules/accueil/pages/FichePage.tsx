import type { Bloc } from '../../../core/module.ts';
import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import type { Phrase } from '../phrases.rules.ts';
import { Blocs } from './Blocs.tsx';
import { ChiffresDeFiche } from './ChiffresDeFiche.tsx';
import { direCompletude } from './figures.tsx';
import { ActionBloc, direAppuis, type LignesProps, Officiel } from './LignesDAction.tsx';
import { Phrases } from './Phrases.tsx';
import { Signature, type SignatureProps } from './Signature.tsx';

export interface FichePageProps extends LignesProps {
  annees: readonly string[];
  suivi: ReadonlyMap<string, FigureSuivie>;
  /** What it comes to, in sentences made from the figures. */
  phrases: readonly Phrase[];
  signature: SignatureProps;
  blocs: readonly Bloc[];
  fraicheur: (mesureId: string) => string | null;
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
        surtitre={`Fiche ${f.numero} · axe ${f.axe}${p.territoireId === c.racine.id ? '' : ` · ${c.territoires.get(p.territoireId)?.nom}`}`}
        etiquette={<Tag ton="neutre">{direCompletude(completude([...p.suivi.values()].map((x) => x.chiffre)))}</Tag>}
        actions={
          <LinkButton href={`/suivre?fiche=${f.numero}`} variante="secondaire" petit>
            S’abonner
          </LinkButton>
        }
      />
      {f.note && <InsetText>{f.note}</InsetText>}
      <SubNavigation libelle="Année" entrees={p.annees.map((a) => ({ libelle: a, href: lien({ annee: a }), actif: a === p.annee }))} />
      <Phrases phrases={p.phrases} signature={<Signature {...p.signature} />} />
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
        <ChiffresDeFiche fiche={f} suivi={p.suivi} annee={p.annee} territoireId={p.territoireId} catalogue={c} fraicheur={p.fraicheur} />
      </Section>
      <Section titre="Les actions et leurs preuves" id="actions">
        <p className="govuk-body">{direAppuis(p)}</p>
        {f.actions.map((a) => (
          <ActionBloc key={a.id} action={a} {...p} />
        ))}
      </Section>
      <Section titre="Qui s’en charge" id="qui">
        <SummaryList
          lignes={[
            { cle: 'Pour qui', valeur: officiel ? officiel.texte : f.public },
            { cle: 'Qui pilote', valeur: acteurs(f.pilotes) },
            { cle: 'Avec qui', valeur: acteurs(f.partenaires) },
            ...(f.pages ? [{ cle: 'Dans le contrat signé', valeur: `pages ${f.pages[0]} à ${f.pages[1]}` }] : []),
          ]}
        />
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
      <Blocs blocs={p.blocs.filter((b) => b.rang < 90)} />
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
      <Blocs blocs={p.blocs.filter((b) => b.rang >= 90)} />
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
