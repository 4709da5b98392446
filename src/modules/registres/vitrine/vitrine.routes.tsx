/** What is announced to residents, and the documents given to them: 200. Everyone's; partners find the records behind. */
import { acces, auTravail } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement } from '../../../core/module.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import type { SuitesAVenir } from '../../../core/suites.ts';
import { choisirLieu, getCatalogue, optionsDeLieu } from '../../contrats/index.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { registres } from '../registres.servis.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { AgendaPage, AnnoncesDuLieu } from './AgendaPage.tsx';
import { SupportsPage } from './SupportsPage.tsx';
import { listAnnonces, listSupports } from './vitrine.queries.ts';

/** More than a person reads; the page then says that there are others. */
const MAX = 200;

export const vitrineRoutes = (r: Registres): Route[] => [
  get(
    '/agenda',
    acces.public,
    async (c) => {
      const rep = await r.getRepertoire(c.db, c.contrat.id);
      const { nomActeurA } = await getCatalogue(c.db, c.contrat.id);
      const lieu = choisirLieu(null, texte(c.requete.territoire), rep);
      const annonces = await listAnnonces(c.db, {
        contratId: c.contrat.id,
        definitions: r.definitions,
        aujourdhui: jourDe(c.maintenant),
        territoires: lieu.territoires,
        max: MAX + 1,
      });
      return page({
        titre: 'Agenda',
        section: 'agenda',
        corps: (
          <AgendaPage
            annonces={annonces.slice(0, MAX)}
            encore={annonces.length > MAX}
            rep={rep}
            lieu={lieu}
            lieux={optionsDeLieu(
              [...rep.territoires.values()].filter((t) => t.niveau !== 'quartier'),
              rep,
            )}
            partenaire={auTravail(c.utilisateur)}
            nommer={nomActeurA}
          />
        ),
      });
    },
    { gardable: true },
  ),
  get(
    '/supports',
    acces.public,
    async (c) => {
      const ouverts = await Promise.all(
        r.definitions.filter((d) => d.supports && d.publique).map((base) => ouvrir(r, { ...c, params: { registre: base.code } })),
      );
      const groupes = await Promise.all(
        ouverts.flatMap(({ d }) =>
          d.supports ? [listSupports(c.db, { contratId: c.contrat.id, d, supports: d.supports, max: MAX }).then((supports) => ({ d, supports }))] : [],
        ),
      );
      const rep = await r.getRepertoire(c.db, c.contrat.id);
      return page({
        titre: 'Guides et documents',
        section: 'supports',
        corps: <SupportsPage groupes={groupes} rep={rep} partenaire={auTravail(c.utilisateur)} />,
      });
    },
    { gardable: true },
  ),
];

/** On the page of a place: what is announced there, when something is. */
export const annoncesDuTerritoire: Emplacement<{ territoireId: string; annee: string }> = async (c, { territoireId }) => {
  const rep = await registres.getRepertoire(c.db, c.contrat.id);
  const annonces = await listAnnonces(c.db, {
    contratId: c.contrat.id,
    definitions: definitionsDecouvertes,
    aujourdhui: jourDe(c.maintenant),
    territoires: rep.descendants(territoireId),
    max: 3,
  });
  return annonces.length === 0 ? null : { rang: 5, corps: <AnnoncesDuLieu annonces={annonces} territoire={territoireId} /> };
};

/** The next things announced here or for this fiche, on public pages. */
export const prochainesAnnonces: SuitesAVenir = async (c, q) => {
  const annonces = await listAnnonces(c.db, { contratId: c.contrat.id, definitions: definitionsDecouvertes, ...q });
  return annonces.flatMap((a) => (a.annulee ? [] : [{ jour: a.jour, libelle: a.titre, href: `/agenda#a-${a.id}` }]));
};
