/** The charter on paper, and what changed between a text that was signed and the one in force, with whom it concerns. */
import { introuvable } from '../../../core/errors.ts';
import { fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import { ecrire } from '../../documents/index.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, type Outils, voirCellule } from '../cellules.contexte.ts';
import { accesCellules } from '../cellules.policy.ts';
import { formatDe } from '../droits/droits.routes.tsx';
import { charteImprimee } from '../droits/papiers.ts';
import { ChangementsPage } from '../pages/ChangementsPage.tsx';
import { changementsEntre } from './charte.rules.ts';
import { listTextes } from './chartes.queries.ts';

export const buildCharteRoutes = (o: Outils): Route[] => [
  /** 200 the text in force and who signed it; 404 another format. */
  get(
    '/cellules/:cellule/charte/papier/:formatDeCharte',
    accesCellules,
    async (c) => {
      const { format, type } = formatDe(c.params.formatDeCharte);
      const v = await voirCellule(c, o);
      return fichier(await ecrire(charteImprimee(o.charte, v, c.demonstration), format), { nom: `charte-${o.charte.version}.${format}`, type });
    },
    { parMinute: 20 },
  ),
  /** 200 from the text that this member signed last, or the one that is asked for; 404 nobody signed it here. */
  get('/cellules/:cellule/charte/changements', accesCellules, async (c) => {
    const v = await voirCellule(c, o);
    const textes = (await listTextes(c.db, c.contrat.id, v.cellule.id)).filter((t) => t.empreinte !== v.empreinte);
    const demande = texte(c.requete.depuis);
    const mienne = v.signatures.find((s) => s.membreId === v.moi?.id && s.empreinte !== v.empreinte)?.empreinte;
    const ancien = textes.find((t) => t.empreinte === (demande || mienne)) ?? (demande ? undefined : textes[0]);
    if (demande && !ancien) throw introuvable('Ce texte');
    return page({
      ...travail,
      titre: 'Ce qui a changé',
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }, { libelle: 'Charte', href: `${cheminDe(v.cellule.id)}/charte` }],
      corps: (
        <ChangementsPage
          vue={v}
          charte={o.charte}
          textes={textes}
          ancien={ancien ?? null}
          changements={ancien ? changementsEntre(ancien.texte, v.texte) : []}
        />
      ),
    });
  }),
];
