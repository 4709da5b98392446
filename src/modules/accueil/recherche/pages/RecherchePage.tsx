import { Fragment } from 'react';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import {
  type Appel,
  type Catalogue,
  type Cible,
  GENRES_RECHERCHE,
  type GenreRecherche,
  type GroupeTrouve,
  type Lieu,
  type Resultats,
  type Sigle,
} from '../../../contrats/index.ts';
import type { FigureSuivie } from '../../accueil.queries.ts';
import { Appels, CartesDeSigle } from './Reponses.tsx';
import { Trouvailles } from './Trouvailles.tsx';

export interface RecherchePageProps {
  q: string;
  genre: string;
  page: number;
  parPage: number;
  resultats: Resultats | null;
  /** All that is looked for, to mark it. */
  mots: readonly string[];
  /** Help for those who call. */
  appels: readonly Appel[];
  sigles: readonly Sigle[];
  /** Answers known without searching. */
  directes: readonly Cible[];
  figures: ReadonlyMap<string, FigureSuivie>;
  catalogue: Catalogue;
  /** What the modules found: records, decisions, sessions. */
  groupes: readonly GroupeTrouve[];
  lieu: Lieu;
  connecte: boolean;
}

export function RecherchePage(p: RecherchePageProps) {
  const lien = (o: { genre?: string; page?: number; territoire?: string }) =>
    `/recherche?${new URLSearchParams({ q: p.q, genre: o.genre ?? p.genre, page: String(o.page ?? 1), territoire: o.territoire ?? p.lieu.champ })}`;
  const r = p.resultats;
  const repondu = p.appels.length + p.sigles.length + p.directes.length > 0;
  const tous = r ? [...r.parGenre.values()].reduce((a, b) => a + b, 0) : 0;
  return (
    <>
      <PageHeader
        titre="Rechercher"
        // Once something is asked, what answers comes first: on a phone, the rest would push it below the fold.
        chapo={
          p.q === ''
            ? `Fiches, lignes d’action, chiffres, acteurs, territoires, dispositifs et sigles${p.connecte ? ', enregistrements, décisions, séances et demandes que vous pouvez lire' : ', séances publiques, agenda à venir, relevés publiés'}. Les accents et les fautes de frappe sont pardonnés.`
            : undefined
        }
      />
      <form method="get" action="/recherche">
        <TextInput nom="q" libelle="Que cherchez-vous ?" valeur={p.q} type="search" />
        {p.lieu.champ && <input type="hidden" name="territoire" value={p.lieu.champ} />}
        <Button>Rechercher</Button>
      </form>
      <Appels appels={p.appels} />
      <CartesDeSigle sigles={p.sigles} catalogue={p.catalogue} />
      {p.directes.length > 0 && (
        <section>
          <h2 className="govuk-heading-m">{p.directes.length > 1 ? 'Réponses' : 'Réponse'}</h2>
          <Trouvailles trouvailles={p.directes} mots={p.mots} figures={p.figures} catalogue={p.catalogue} />
        </section>
      )}
      {r && (p.groupes.length > 0 || p.lieu.bascule) && p.genre === '' && p.page === 1 && <Groupes groupes={p.groupes} lieu={p.lieu} lien={lien} />}
      {r && tous > 0 && (
        <>
          {(p.groupes.length > 0 || repondu) && <h2 className="govuk-heading-m">Dans le contrat</h2>}
          <SubNavigation
            libelle="Genre de résultat"
            entrees={[
              { libelle: 'Tout', href: lien({ genre: '' }), actif: p.genre === '', compte: tous },
              ...(Object.keys(GENRES_RECHERCHE) as GenreRecherche[]).flatMap((g) =>
                r.parGenre.has(g) ? [{ libelle: GENRES_RECHERCHE[g], href: lien({ genre: g }), actif: p.genre === g, compte: r.parGenre.get(g) ?? 0 }] : [],
              ),
            ]}
          />
          <p className="govuk-body" role="status">
            {pluriel(r.total, 'résultat')} pour « {p.q} »{direPalier(r.palier)}
          </p>
          <Trouvailles trouvailles={r.lignes} mots={p.mots} figures={p.figures} catalogue={p.catalogue} />
          <Pagination page={p.page} total={r.total} parPage={p.parPage} href={(n) => lien({ page: n })} objet="résultat" />
        </>
      )}
      {r && tous === 0 && p.groupes.length === 0 && !repondu && (
        <EmptyState
          titre={`Rien ne correspond à « ${p.q} »`}
          actions={[
            { libelle: 'Parcourir le baromètre', href: '/barometre' },
            { libelle: 'Lire le glossaire', href: '/glossaire' },
          ]}
        >
          {direOu(p.connecte)} Essayez un mot plus court, un numéro de fiche (1.6), un sigle ou le nom d’un arrondissement.
          {!p.connecte && ' Une demande que vous avez faite se suit avec son code, à la page « Suivre une demande ».'}
        </EmptyState>
      )}
    </>
  );
}

const direOu = (connecte: boolean): string =>
  connecte
    ? 'Cherché dans le contrat et ses actes, les enregistrements, décisions, séances et relevés publiés que vous pouvez lire, et parmi les numéros de demande.'
    : 'Cherché dans le contrat et ses actes publiés, les séances publiques, l’agenda à venir et les relevés publiés.';
/** Said when what was typed is nowhere as it was typed. */
const direPalier = (palier: Resultats['palier']): string =>
  palier === 2
    ? '. Rien ne contient tous ces mots : voici ce qui en contient certains.'
    : palier === 3
      ? '. Rien ne contient ces mots : voici ce qui leur ressemble.'
      : '';

function Groupes({ groupes, lieu, lien }: Pick<RecherchePageProps, 'groupes' | 'lieu'> & { lien: (o: { territoire: string }) => string }) {
  return (
    <>
      {lieu.bascule && (
        <p className="govuk-body">
          {lieu.nom ? `Enregistrements, décisions et séances : ${lieu.nom}. ` : 'Enregistrements, décisions et séances : tout le contrat. '}
          <a className="govuk-link" href={lien({ territoire: lieu.bascule.champ })}>
            Chercher dans : {lieu.bascule.libelle}
          </a>
        </p>
      )}
      {groupes.map((g) => (
        <section key={g.titre}>
          <h2 className="govuk-heading-m">{g.titre}</h2>
          <ul className="govuk-list c-resultats">
            {g.trouvailles.map((t) => (
              <li key={t.href}>
                <span className="govuk-caption-m">{t.detail}</span>
                <a className="govuk-link" href={t.href}>
                  {t.titre}
                </a>
              </li>
            ))}
          </ul>
          <p className="govuk-body">
            {g.encore ? 'Les plus récents seulement. Tout voir : ' : 'Tout voir : '}
            {g.toutVoir.map((x, i) => (
              <Fragment key={x.href}>
                {i > 0 && ', '}
                <a className="govuk-link" href={x.href}>
                  {x.libelle}
                  <span className="govuk-visually-hidden"> ({g.titre})</span>
                </a>
              </Fragment>
            ))}
          </p>
        </section>
      ))}
    </>
  );
}
