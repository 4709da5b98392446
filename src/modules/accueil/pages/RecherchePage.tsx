import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { GENRES_RECHERCHE, type GenreRecherche, type Resultats } from '../../contrats/index.ts';

export interface RecherchePageProps {
  q: string;
  genre: string;
  page: number;
  parPage: number;
  resultats: Resultats | null;
}

export function RecherchePage(p: RecherchePageProps) {
  const lien = (o: { genre?: string; page?: number }) => `/recherche?${new URLSearchParams({ q: p.q, genre: o.genre ?? p.genre, page: String(o.page ?? 1) })}`;
  const r = p.resultats;
  const tous = r ? [...r.parGenre.values()].reduce((a, b) => a + b, 0) : 0;
  return (
    <>
      <PageHeader
        titre="Rechercher"
        chapo="Fiches, lignes d’action, chiffres, acteurs, territoires, dispositifs et sigles. Les accents et les fautes de frappe sont pardonnés."
      />
      <form method="get" action="/recherche">
        <TextInput nom="q" libelle="Que cherchez-vous ?" valeur={p.q} type="search" />
        <Button>Rechercher</Button>
      </form>
      {r && tous > 0 && (
        <>
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
            {pluriel(r.total, 'résultat')} pour « {p.q} »
          </p>
          <ul className="govuk-list c-resultats">
            {r.lignes.map((l) => (
              <li key={`${l.genre}-${l.id}`}>
                <span className="govuk-caption-m">
                  {GENRES_RECHERCHE[l.genre]} {l.genre === 'territoire' ? '' : l.id}
                </span>
                <a className="govuk-link" href={l.url}>
                  {l.titre}
                </a>
              </li>
            ))}
          </ul>
          <Pagination page={p.page} total={r.total} parPage={p.parPage} href={(n) => lien({ page: n })} objet="résultat" />
        </>
      )}
      {r && tous === 0 && (
        <EmptyState
          titre={`Rien ne correspond à « ${p.q} »`}
          actions={[
            { libelle: 'Parcourir le baromètre', href: '/barometre' },
            { libelle: 'Lire le glossaire', href: '/glossaire' },
          ]}
        >
          Essayez un mot plus court, un numéro de fiche (1.6), un sigle ou le nom d’un arrondissement.
        </EmptyState>
      )}
    </>
  );
}
