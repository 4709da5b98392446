/** Completing the closed lists of a register. */
import { couper } from '../../../core/couper.ts';
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { interdit } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutEtendre } from '../registres.policy.ts';
import { listesDe } from '../registres.rules.ts';
import { extensionSchema } from '../registres.schema.ts';
import { filDe } from '../saisie/saisie.vues.tsx';
import { cleTexte } from '../valeurs.rules.ts';
import { addExtension, listExtensions } from './extensions.queries.ts';
import { ListsPage } from './pages/ListsPage.tsx';

const accesListes = acces.registre('coordination', 'administrateur');
const RESERVE = 'Les listes valent pour tout le contrat : seule une coordination sans limite de territoire ni de fiche les complète.';

export function extensionsRoutes(r: Registres): Route[] {
  return [
    /** 200 · 403 · 404 */
    get('/registres/:registre/listes', accesListes, async (c) => {
      const { d } = await ouvrir(r, c);
      if (!peutEtendre(c.utilisateur, d)) throw interdit(RESERVE);
      return vue(c, d, { champ: '', libelle: '', code: '' }, []);
    }),

    /** 303 · 422 with the form · 403 · 404 */
    post(
      '/registres/:registre/listes',
      accesListes,
      async (c) => {
        const { d } = await ouvrir(r, c);
        if (!peutEtendre(c.utilisateur, d)) throw interdit(RESERVE);
        const libelle = texte(c.corps.libelle);
        const saisie = { champ: texte(c.corps.champ), libelle, code: texte(c.corps.code) || couper(cleTexte(libelle).replaceAll(' ', '-'), 60) };
        const lu = lire(extensionSchema, saisie);
        if (!lu.ok) return vue(c, d, saisie, lu.erreurs);
        const liste = listesDe(d).find((l) => l.chemin === saisie.champ);
        if (!liste) return vue(c, d, saisie, [{ champ: 'champ', message: 'Choisissez la liste à compléter.' }]);
        const deja = liste.options.find((o) => o.code === lu.valeur.code || cleTexte(o.libelle) === cleTexte(libelle));
        const ajoutee = !deja && (await addExtension(c.db, c.contrat.id, { registre: d.code, ...lu.valeur }, c.utilisateur?.nom ?? ''));
        if (!ajoutee)
          return vue(c, d, saisie, [{ champ: 'libelle', message: `Cette liste a déjà cette valeur${deja ? ` : « ${deja.libelle} » (${deja.code})` : ''}.` }]);
        await c.auditer('liste.etendue', `/registres/${d.code}/listes`, { champ: code(lu.valeur.champ), code: code(lu.valeur.code) }, { apres: lu.valeur });
        return redirige(`/registres/${d.code}/listes`);
      },
      { creation: true },
    ),
  ];
}

async function vue(
  c: Contexte,
  d: DefinitionRegistre,
  saisie: { champ: string; libelle: string; code: string },
  erreurs: readonly ErreurDeChamp[],
): Promise<Reponse> {
  const ajoutees = await listExtensions(c.db, c.contrat.id, d.code);
  return page({
    titre: `Listes de valeurs – ${d.libelle}`,
    statut: erreurs.length > 0 ? 422 : 200,
    largeur: 'travail',
    section: 'registres',
    fil: filDe(d),
    corps: <ListsPage d={d} ajoutees={new Set(ajoutees.map((e) => `${e.champ}/${e.code}`))} saisie={saisie} erreurs={erreurs} />,
  });
}
