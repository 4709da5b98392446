/** For members and the data protection officer: who read what, what will be destroyed, what was. */
import { enPages } from '../../../core/http/list-page.ts';
import { plusJours } from '../../../core/jours.ts';
import { interdit } from '../../../core/errors.ts';
import { type Contexte, get, numeroDePage, page, type Route, texte } from '../../../core/http/http.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, type Outils, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules } from '../cellules.policy.ts';
import { DestructionsPage, LecturesPage } from '../pages/ControlePages.tsx';
import { countLectures, listLectures, listRecherches } from '../situations/situations.queries.ts';
import { listADetruire, listCertificats } from './destruction.queries.ts';

const LECTURES = 100;
/** The number of no situation. */
const AUCUNE = -1;
/** How far ahead destructions are told. */
const SIMULATION_JOURS = 31;

export function buildControleRoutes(o: Outils): Route[] {
  async function vueDeControle(c: Contexte): Promise<Vue> {
    const v = await voirCellule(c, o);
    if (!v.controle && !(v.moi && v.signee))
      throw interdit('Cette page est ouverte aux membres qui ont signé la charte et au délégué à la protection des données.');
    return v;
  }
  const filDe = (v: Vue) => [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }];
  return [
    /** 200 newest first, by page, of one member or one situation when asked; 403 the coordination, who composes and reads nothing. */
    get(
      '/cellules/:cellule/lectures',
      accesCellules,
      async (c) => {
        const v = await vueDeControle(c);
        const membre = texte(c.requete.membre);
        const dit = texte(c.requete.numero).trim();
        const erreur = dit !== '' && !/^[1-9]\d{0,8}$/.test(dit);
        const numero = dit === '' ? null : erreur ? AUCUNE : Number(dit);
        const membreId = v.membres.some((m) => m.id === membre) ? membre : null;
        const voulues = { celluleId: v.cellule.id, situationId: null, membreId, numero };
        const total = await countLectures(c.db, c.contrat.id, voulues);
        const n = Math.min(numeroDePage(c), Math.max(1, Math.ceil(total / LECTURES)));
        const lectures = await listLectures(c.db, c.contrat.id, voulues, LECTURES, (n - 1) * LECTURES);
        return page({
          ...travail,
          titre: 'Lectures',
          fil: filDe(v),
          corps: (
            <LecturesPage
              vue={v}
              charte={o.charte}
              lectures={lectures}
              recherches={enPages(c, await listRecherches(c.db, c.contrat.id, v.cellule.id), LECTURES, 'recherches')}
              page={n}
              total={total}
              parPage={LECTURES}
              filtre={{ membre: membreId ?? '', numero: dit }}
              {...(erreur ? { erreur: 'Indiquez un numéro de situation : 12, par exemple.' } : {})}
            />
          ),
        });
      },
      { sensible: true },
    ),
    /** 200 those of the next month, and certificates. */
    get(
      '/cellules/:cellule/destructions',
      accesCellules,
      async (c) => {
        const v = await vueDeControle(c);
        const jour = plusJours(v.aujourdhui, SIMULATION_JOURS);
        const aVenir = await listADetruire(c.db, c.contrat.id, { jour, celluleId: v.cellule.id });
        const certificats = await listCertificats(c.db, c.contrat.id, v.cellule.id);
        return page({
          ...travail,
          titre: 'Destructions',
          fil: filDe(v),
          corps: <DestructionsPage vue={v} aVenir={aVenir} certificats={certificats} jusquau={jour} />,
        });
      },
      { sensible: true },
    ),
  ];
}
