/** The letterhead of an organisation in a territory. GET 200, 403, 404; POST 303, 200 both changes kept, 409, 422 with what was typed, 403, 404. */
import { readFile } from 'node:fs/promises';
import { accesMetier } from '../../../core/authorize.ts';
import { addFichier, getFichier } from '../../../core/base/files.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { IMAGE_MAX, typeImage, verifierImage } from '../../documents/index.ts';
import { CADRE, FIL } from '../instances.cadre.ts';
import { peutTenirEntete } from '../instances.policy.ts';
import { EntetePage } from './EntetePage.tsx';
import { enteteEnregistree, formulaireDEntete } from './entetes.formulaires.ts';
import { getEntete, saveEntete } from './entetes.queries.ts';
import { enteteSchema } from './entetes.schema.ts';

const TYPES = { png: 'image/png', jpg: 'image/jpeg', svg: 'image/svg+xml' } as const;

async function charger(c: Contexte, verrou = false) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const organisation = catalogue.acteurs.get(c.params.organisation ?? '');
  const territoire = catalogue.territoires.get(c.params.territoire ?? '');
  if (!organisation || !territoire) throw introuvable('Cet en-tête');
  const ou = { organisationId: organisation.id, territoireId: territoire.id };
  if (!peutTenirEntete(c.utilisateur, ou, catalogue.contient))
    throw interdit('L’en-tête d’une organisation est tenu par la personne qui la gère, son coordonnateur ou la coordination centrale.');
  const entete = await getEntete(c.db, c.contrat.id, ou, verrou);
  return { ou, organisation, territoire, entete, chemin: `/papiers/${organisation.id}/${territoire.id}` };
}
type Charge = Awaited<ReturnType<typeof charger>>;

const cadre = { ...CADRE, fil: [FIL] };
const pageEntete = (e: Charge, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) =>
  page({
    ...cadre,
    titre: 'En-tête des papiers',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <EntetePage chemin={e.chemin} organisation={e.organisation.nom} territoire={e.territoire.nom} entete={e.entete} champs={champs} erreurs={erreurs} />,
  });

/** The picture that came in, checked; null when none did. */
async function lireImage(c: Contexte): Promise<{ contenu: Buffer; nom: string } | { refus: string } | null> {
  const recu = c.fichiers.find((f) => f.champ === 'logo' && f.octets > 0);
  if (!recu) return null;
  const contenu = await readFile(recu.chemin);
  const refus = await verifierImage(contenu);
  return refus === null ? { contenu, nom: recu.nom } : { refus };
}

export const entetesRoutes: Route[] = [
  get('/papiers/:organisation/:territoire', accesMetier, async (c) => {
    const e = await charger(c);
    return pageEntete(e, enTextes(enteteEnregistree(e.entete).champs));
  }),
  post(
    '/papiers/:organisation/:territoire',
    accesMetier,
    async (c) => {
      const e = await charger(c, true);
      const enregistree = enteteEnregistree(e.entete);
      const formulaire = formulaireDEntete(e.chemin);
      const r = rapprocher(c.corps, enregistree);
      if (r.genre === 'heurt') return page(conflictPage(cadre, { formulaire, r }));
      const champs = enTextes(r.champs);
      const lu = lire(enteteSchema, champs);
      const image = await lireImage(c);
      const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
      if (image && 'refus' in image) erreurs.push({ champ: 'logo', message: image.refus });
      const garde = texte(c.corps.sans_logo) === 'oui' ? null : (e.entete?.logoId ?? null);
      if ((image || garde) && (champs.logo_alt ?? '').trim() === '')
        erreurs.push({ champ: 'logo_alt', message: 'Dites en quelques mots ce que montre le logo : il est lu à qui ne le voit pas.' });
      if (!lu.ok || (image && 'refus' in image) || erreurs.length > 0)
        return pageEntete(e, { ...champs, version: texte(c.corps.version), _vu: texte(c.corps._vu), sans_logo: texte(c.corps.sans_logo) }, erreurs);
      const { logo_alt, ...v } = lu.valeur;
      const type = image && typeImage(image.contenu);
      const logoId =
        image && type ? await addFichier(c.db, c.contrat.id, { nom: `logo.${type}`, type: TYPES[type], contenu: image.contenu, garde: true }) : garde;
      await saveEntete(
        c.db,
        c.contrat.id,
        e.ou,
        e.entete?.version ?? 0,
        { ...v, logoId, logoAlt: logoId === null ? '' : logo_alt },
        { nom: c.utilisateur?.nom ?? '', quand: c.maintenant },
      );
      await c.auditer(
        'papiers.entete',
        e.chemin,
        { logo: image ? 'remplacé' : logoId === null ? 'aucun' : 'gardé' },
        { avant: e.entete, apres: { ...v, logoId, logo_alt } },
      );
      return r.venus.length > 0 ? page(mergedPage(cadre, formulaire, r, e.chemin)) : redirige(e.chemin);
    },
    { televersementMax: IMAGE_MAX + 65_536 },
  ),
  get('/papiers/:organisation/:territoire/logo', accesMetier, async (c) => {
    const { entete } = await charger(c);
    const f = entete?.logoId ? await getFichier(c.db, c.contrat.id, entete.logoId) : null;
    const type = f && typeImage(f.contenu);
    if (!f || !type) throw introuvable('Ce logo');
    return fichier(f.contenu, { nom: f.nom, type: TYPES[type], affiche: true });
  }),
];
