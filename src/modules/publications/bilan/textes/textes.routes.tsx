/** The texts of a bilan: written on one page, each with its versions. GET 200, 403, 404; POST 303, 200 both changes kept, 422 with what was typed, 403, 404, 409 both shown. */
import { enPages } from '../../../../core/http/list-page.ts';
import { accesMetier } from '../../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../../core/errors.ts';
import { type Contexte, get, page, post, redirige, type Route } from '../../../../core/http/http.ts';
import { enTextes, masquesDeVersion, memeChamp, rapprocher } from '../../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../../ui/Conflict.tsx';
import { type Catalogue, nomsConnus } from '../../../contrats/index.ts';
import { getFormulaire } from '../../../indicateurs/index.ts';
import { peutRediger } from '../../publications.policy.ts';
import { getBilan } from '../bilan.contenu.ts';
import { lireAdresse } from '../bilan.adresse.ts';
import { ESSENTIEL, estChamp, ficheDe, formulaireDesTextes, libelleDe, lireTextes, texteEnregistre } from './textes.formulaire.ts';
import { listTextes, listVersionsDeTexte, lockTextes, type Ou, saveTexte } from './textes.queries.ts';
import { RedigerPage } from './RedigerPage.tsx';
import { VersionsPage } from './VersionsPage.tsx';

/** Texts that this person may write: '' is the essential. */
export function fichesRedigees(c: Pick<Contexte, 'utilisateur'>, territoireId: string, cat: Catalogue): string[] {
  const entier = territoireId === cat.racine.id;
  const peut = (fiche: Parameters<typeof peutRediger>[1]['fiche']) => peutRediger(c.utilisateur, { territoireId, entier, fiche }, cat.contient);
  return [...(peut(null) ? [''] : []), ...[...cat.fiches.values()].filter((f) => peut(f)).map((f) => f.numero)];
}

async function charger(c: Contexte) {
  const formulaire = await getFormulaire(c.db, c.contrat.id);
  const ou: Ou = lireAdresse(c, formulaire.catalogue);
  const fiches = fichesRedigees(c, ou.territoireId, formulaire.catalogue);
  if (fiches.length === 0)
    throw interdit('Ces textes s’écrivent par le coordonnateur de ce territoire, la coordination ou, pour tout le contrat, le pilote de la fiche.');
  return { formulaire, ou, fiches };
}

const cadre = { section: 'bilan', largeur: 'travail' } as const;
const filDe = (ou: Ou) => [
  { libelle: 'Bilan', href: '/bilan' },
  { libelle: String(ou.annee), href: `/bilan/${ou.annee}/${ou.territoireId}` },
];

async function pageRediger(c: Contexte, essai: { champs: Record<string, string>; erreurs: readonly ErreurDeChamp[] } = { champs: {}, erreurs: [] }) {
  const { formulaire, ou, fiches } = await charger(c);
  const contenu = await getBilan(c.db, formulaire, { ...ou, maintenant: c.maintenant, demonstration: c.demonstration, pour: 'partenaires' });
  const textes = await listTextes(c.db, c.contrat.id, ou);
  const enregistre = texteEnregistre(textes, fiches);
  return page({
    ...cadre,
    titre: 'Rédiger le bilan',
    fil: filDe(ou),
    statut: essai.erreurs.length > 0 ? 422 : 200,
    corps: (
      <RedigerPage
        contenu={contenu}
        fiches={fiches}
        textes={textes}
        champs={{ ...enTextes(enregistre.champs), ...essai.champs }}
        masques={masquesDeVersion(enregistre, essai.champs)}
        erreurs={essai.erreurs}
      />
    ),
  });
}

export const routes: Route[] = [
  get('/bilan/:annee/:territoire/rediger', accesMetier, (c) => pageRediger(c)),
  post('/bilan/:annee/:territoire/rediger', accesMetier, async (c) => {
    const { formulaire, ou, fiches } = await charger(c);
    const u = c.utilisateur;
    // A text that its writer has no right to any more, or never had: said, rather than left out of what is recorded.
    const autre = Object.keys(c.corps).find((champ) => estChamp(champ) && !fiches.includes(ficheDe(champ)));
    if (!u || autre)
      throw interdit(
        'Une partie de ce qui est envoyé ne vous revient pas : rien n’est enregistré. Rouvrez la page, elle montre les textes qui sont les vôtres.',
      );
    await lockTextes(c.db, c.contrat.id, ou);
    const textes = await listTextes(c.db, c.contrat.id, ou);
    const enregistre = texteEnregistre(textes, fiches);
    const partage = formulaireDesTextes(ou, fiches, formulaire.catalogue);
    const r = rapprocher(c.corps, enregistre);
    if (r.genre === 'heurt') return page(conflictPage({ ...cadre, fil: filDe(ou) }, { formulaire: partage, r }));
    const saisis = enTextes(r.champs);
    const lus = lireTextes(saisis, nomsConnus(formulaire.catalogue));
    if (lus.erreurs.length > 0) return pageRediger(c, { champs: { ...saisis, ...enTextes(seuls(c.corps)) }, erreurs: lus.erreurs });
    const changes = Object.entries(lus.textes).filter(([champ, texte]) => !memeChamp(texte, enregistre.champs[champ] ?? ''));
    for (const [champ, texte] of changes) {
      const fiche = ficheDe(champ);
      const version = (textes.find((t) => t.fiche === fiche)?.version ?? 0) + 1;
      await saveTexte(c.db, c.contrat.id, { ...ou, fiche, version, texte }, { auteur: u.nom, fonction: u.fonction, quand: c.maintenant });
      await c.auditer('bilan.redige', `/bilan/${ou.annee}/${ou.territoireId}/textes/${fiche || ESSENTIEL}`, { version });
    }
    return r.venus.length > 0 ? page(mergedPage({ ...cadre, fil: filDe(ou) }, partage, r, partage.retour)) : redirige(partage.retour);
  }),
  /** Every version of one text, for partners; 404 unknown text. */
  get('/bilan/:annee/:territoire/textes/:partie', accesMetier, async (c) => {
    const { catalogue } = await getFormulaire(c.db, c.contrat.id);
    const ou = lireAdresse(c, catalogue);
    const fiche = c.params.partie === ESSENTIEL ? '' : (c.params.partie ?? '');
    if (fiche !== '' && !catalogue.fiches.has(fiche)) throw introuvable('Ce texte');
    const versions = await listVersionsDeTexte(c.db, c.contrat.id, { ...ou, fiche });
    return page({
      ...cadre,
      titre: `Versions : ${libelleDe(fiche, catalogue)}`,
      fil: filDe(ou),
      corps: <VersionsPage titre={libelleDe(fiche, catalogue)} versions={enPages(c, versions, 20)} />,
    });
  }),
];

/** Version and what was shown, as they came. */
const seuls = (corps: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(['version', '_vu'].flatMap((k) => (typeof corps[k] === 'string' ? [[k, corps[k]]] : [])));
