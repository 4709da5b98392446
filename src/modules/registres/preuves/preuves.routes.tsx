/** A person confirms that a record is evidence for an action line: one click on its page. */
import { accesRegistres } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutEcrire, situationDe } from '../registres.policy.ts';
import { ceNom } from '../registres.rules.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { getActivite, updateActivite } from '../saisie/saisie.queries.ts';

export const preuvesRoutes = (r: Registres): Route[] => [
  /** 303 · 422 line unknown · 403 also for a fiche beyond one's mandate · 404 · 409 someone else changed it */
  post('/registres/:registre/:id/confirmer', accesRegistres, async (c) => {
    const { d, rep } = await ouvrir(r, c);
    const a = await getActivite(c.db, c.contrat.id, d.code, c.params.id ?? '', true);
    if (!a) throw introuvable('Cet enregistrement');
    const permet = (k: typeof a.contenu) => peutEcrire(c.utilisateur, situationDe(d, k), rep.contient);
    if (!permet(a.contenu)) throw interdit();
    const ligne = texte(c.corps.ligne);
    const fiche = rep.ficheDe.get(ligne);
    if (fiche === undefined) throw invalide('Cette action n’est pas dans le contrat. Revenez à la page de l’enregistrement.');
    const contenu = { ...a.contenu, lignes: [...new Set([...a.contenu.lignes, ligne])].sort(), fiches: [...new Set([...a.contenu.fiches, fiche])].sort() };
    if (!permet(contenu)) throw interdit();
    const retour = redirige(`/registres/${d.code}/${a.id}`);
    if (a.contenu.lignes.includes(ligne)) return retour;
    if (Number(texte(c.corps.version)) !== a.version || a.statut === 'retire')
      throw conflit(`${a.auteur} a modifié ${ceNom(d)} pendant que vous la lisiez. Revenez à sa page, relisez-la puis recommencez.`);
    const m = {
      contenu,
      statut: a.statut,
      acte: 'correction' as const,
      motif: `Preuve confirmée pour l’action ${ligne}`,
      auteur: auteurDe(c),
      quand: c.maintenant,
    };
    await updateActivite(c.db, r, { contratId: c.contrat.id, registre: d.code, id: a.id }, m);
    await c.auditer('activite.corrigee', `/registres/${d.code}/${a.id}`, { version: a.version + 1 }, { avant: a.contenu, apres: contenu });
    return retour;
  }),
];
