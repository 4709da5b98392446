import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Rectificatif } from './rectificatifs.queries.ts';
import { cheminDuChiffre, direCote, direMotif, direOu } from './rectificatifs.rules.ts';

/** Former and new value, why, who, when: the same on the page of errata and beside the figure. */
export function RectificatifsTable(p: { catalogue: Catalogue; rectificatifs: readonly Rectificatif[]; chiffre: boolean; legende: string }) {
  const { catalogue: c } = p;
  return (
    <Table<Rectificatif>
      legende={p.legende}
      legendeMasquee={p.chiffre}
      dense
      vide={<EmptyState titre="Aucun rectificatif">Aucun chiffre n’a été corrigé après avoir été figé.</EmptyState>}
      colonnes={[
        { cle: 'le', titre: 'Publié le', cellule: (r) => <span id={r.id}>{jourDuMoment(r.le)}</span> },
        {
          cle: 'quoi',
          titre: p.chiffre ? 'Chiffre' : 'Contribution',
          entete: true,
          cellule: (r) => (
            <>
              {p.chiffre && (
                <>
                  <a className="govuk-link" href={cheminDuChiffre(r)}>
                    {r.mesure.court}
                  </a>
                  <br />
                </>
              )}
              {direOu(r, c)}
            </>
          ),
        },
        { cle: 'avant', titre: 'Avant', cellule: (r) => direCote(r, r.avant, c, 'avant') },
        { cle: 'apres', titre: 'Après', cellule: (r) => <strong>{direCote(r, r.apres, c, 'apres')}</strong> },
        { cle: 'motif', titre: 'Pourquoi', cellule: direMotif },
        { cle: 'par', titre: 'Corrigé par', cellule: (r) => c.nomActeur(r.par) },
      ]}
      lignes={p.rectificatifs}
      cle={(r) => r.id}
    />
  );
}

export function RectificatifsPage(p: { catalogue: Catalogue; rectificatifs: readonly Rectificatif[]; total: number; page: number; parPage: number }) {
  return (
    <>
      <PageHeader
        titre="Rectificatifs"
        chapo="Les chiffres corrigés après avoir été figés et publiés : l’ancienne valeur, la nouvelle, pourquoi, et qui l’a corrigée."
        actions={
          <LinkButton variante="secondaire" href="/rectificatifs.xml">
            S’abonner (flux Atom)
          </LinkButton>
        }
      />
      <RectificatifsTable {...p} chiffre legende="Rectificatifs, le plus récent d’abord" />
      <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => `/rectificatifs?page=${n}`} objet="rectificatif" />
    </>
  );
}
