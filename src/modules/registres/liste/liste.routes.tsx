/** Reading lists of records, and taking them away. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { acces, accesRegistres, auTravail, ROLES_METIER } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { choisirLieu, type Lieu } from '../../contrats/index.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Contenu } from '../registres.rules.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { avecCibles, avecCiblesDe, listFiltresDeLien, quiDe } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { listOccupations } from '../occupation/occupation.queries.ts';
import { peutCreer, peutEtendre, peutLire, peutVoirRegistre } from '../registres.policy.ts';
import { listEtatsDeSeuils } from '../etapes/seuils.ts';
import { filDe } from '../saisie/saisie.vues.tsx';
import { COMPTE_MAX } from '../activite.ts';
import { exporterRegistreCsv, exporterRegistreXlsx } from './export.ts';
import { avecFiltre, type Filtres, lireFiltres } from './filtres.schema.ts';
import { listEtats, listEtCompte, listPreuves } from './liste.queries.ts';
import { ListPage } from './pages/ListPage.tsx';
import { PreuvesPage } from './pages/PreuvesPage.tsx';
import { RegistersPage } from './pages/RegistersPage.tsx';

const PAR_PAGE = 50;
const TYPE_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `/registres?ligne=F.1.1-A1-01[&annee=2026][&territoire=…]`: the evidence for one action line, over all registers. */
async function preuvesDeLigne(r: Registres, c: Contexte): Promise<Reponse> {
  const rep = await r.getRepertoire(c.db, c.contrat.id);
  const fiche = rep.ficheDe.get(texte(c.requete.ligne)) ?? '';
  const ligne = rep.fiches.get(fiche)?.lignes.find((l) => l.id === texte(c.requete.ligne));
  if (!ligne) throw introuvable('Cette ligne d’action');
  const annee = /^\d{4}$/.test(texte(c.requete.annee)) ? texte(c.requete.annee) : null;
  const territoire = rep.territoires.get(texte(c.requete.territoire));
  const numero = Math.min(numeroDePage(c), Math.ceil(COMPTE_MAX / PAR_PAGE));
  const territoires = territoire?.parent ? rep.descendants(territoire.id) : null;
  const lues = await listPreuves(c.db, c.contrat.id, { ligne: ligne.id, annee, territoires }, { limite: PAR_PAGE, depuis: (numero - 1) * PAR_PAGE });
  return page({
    titre: `Preuves de la ligne ${ligne.id}`,
    largeur: 'travail',
    section: 'registres',
    fil: [{ libelle: `Fiche ${fiche}`, href: `/fiches/${fiche}${annee ? `?annee=${annee}` : ''}` }],
    corps: (
      <PreuvesPage
        {...lues}
        ligne={{ ...ligne, fiche }}
        annee={annee}
        lieu={territoires ? (territoire?.nom ?? null) : null}
        page={numero}
        parPage={PAR_PAGE}
        href={(n) => avecFiltre(c.url, 'page', String(n))}
        nomRegistre={(code) => r.definitions.find((d) => d.code === code)?.libelle ?? code}
        nomActeur={(id) => rep.acteurs.get(id)?.nom ?? id}
        nomTerritoire={(id) => rep.territoires.get(id)?.nom ?? id}
      />
    ),
  });
}

/** The list, its pages and its exports are of the same place: the one asked, else the reader's own. */
function lireAvecLieu(d: DefinitionRegistre, rep: Repertoire, c: Contexte): { filtres: Filtres; lieu: Lieu } {
  const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), rep);
  return { filtres: { ...lireFiltres(d, rep, c.requete), territoire: lieu.territoire || null }, lieu };
}

/** The records that a packet of rows points to, as this reader may name them; on the connection that answers between two packets. */
const lierDe =
  (r: Registres, c: Contexte, d: DefinitionRegistre) =>
  (rep: Repertoire, lignes: readonly { contenu: Contenu }[]): Promise<Repertoire> =>
    avecCiblesDe(
      r,
      quiDe(c),
      d,
      rep,
      lignes.map((l) => l.contenu),
    );

export function listeRoutes(r: Registres): Route[] {
  return [
    /** 200; the technical administrator comes here for the closed lists and sees counts only */
    get('/registres', acces.registre(...ROLES_METIER, 'administrateur'), async (c) => {
      if (texte(c.requete.ligne) !== '' && auTravail(c.utilisateur)) return preuvesDeLigne(r, c);
      const definitions = r.definitions.filter((d) => peutVoirRegistre(c.utilisateur, d));
      const etats = await listEtats(
        c.db,
        c.contrat.id,
        definitions.map((d) => d.code),
      );
      return page({
        titre: 'Registres d’activité',
        largeur: 'travail',
        section: 'registres',
        corps: <RegistersPage definitions={definitions} etats={etats} peutCreer={(d) => peutCreer(c.utilisateur, d)} />,
      });
    }),

    /** 200 · 404 */
    get('/registres/:registre', accesRegistres, async (c) => {
      const { d, rep } = await ouvrir(r, c);
      const ou = { contratId: c.contrat.id, d, rep };
      const { filtres, lieu } = lireAvecLieu(d, rep, c);
      const numero = Math.min(numeroDePage(c), Math.ceil(COMPTE_MAX / PAR_PAGE));
      const seuils = d.etapes ? await r.seuilsDe(c.db, c.contrat.id, d.code) : [];
      const [{ total, lignes }, choix, etatsDesSeuils] = await lireEnsemble(c.db, [
        () => listEtCompte(c.db, ou, filtres, { limite: PAR_PAGE, depuis: (numero - 1) * PAR_PAGE }),
        () => listFiltresDeLien(r, quiDe(c), d),
        () => listEtatsDeSeuils(c.db, { ...ou, territoire: lieu.territoire, aujourdhui: jourDe(c.maintenant) }, seuils),
      ]);
      const lie = await avecCiblesDe(
        r,
        quiDe(c),
        d,
        await avecCibles(r, quiDe(c), rep, Object.values(filtres.champs)),
        lignes.map((l) => l.contenu),
      );
      const occupations =
        d.capacite && peutLire(c.utilisateur, { code: d.capacite.registre })
          ? await listOccupations(
              c.db,
              { contratId: c.contrat.id, d, capacite: d.capacite, au: jourDe(c.maintenant) },
              lignes.map((l) => l.id),
            )
          : null;
      return page({
        titre: d.libelle,
        largeur: 'travail',
        section: 'registres',
        fil: filDe(d).slice(0, 1),
        corps: (
          <ListPage
            d={d}
            rep={lie}
            choix={choix}
            occupations={occupations}
            seuils={etatsDesSeuils}
            filtres={filtres}
            lieu={lieu}
            url={c.url}
            lignes={lignes}
            total={total}
            page={numero}
            parPage={PAR_PAGE}
            peutCreer={peutCreer(c.utilisateur, d)}
            peutEtendre={peutEtendre(c.utilisateur, d)}
          />
        ),
      });
    }),

    /** 200 · 404; the filters of the list apply */
    get(
      '/registres/:registre/export.csv',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const { filtres } = lireAvecLieu(d, rep, c);
        return fichier(await exporterRegistreCsv({ db: c.db, contratId: c.contrat.id, d, rep, filtres, lier: lierDe(r, c, d) }), {
          nom: `${d.code}.csv`,
          type: 'text/csv; charset=utf-8',
        });
      },
      { sensible: true },
    ),
    get(
      '/registres/:registre/export.xlsx',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const { filtres } = lireAvecLieu(d, rep, c);
        return fichier(await exporterRegistreXlsx({ db: c.db, contratId: c.contrat.id, d, rep, filtres, lier: lierDe(r, c, d) }), {
          nom: `${d.code}.xlsx`,
          type: TYPE_XLSX,
        });
      },
      { sensible: true },
    ),
  ];
}
