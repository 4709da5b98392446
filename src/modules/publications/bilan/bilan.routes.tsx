import { acces, accesMetier } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { addFichier } from '../../../core/base/files.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { type Contexte, exiger, fichier, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { ajouterTravail, type Tache } from '../../../core/jobs/jobs.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { getFormulaire } from '../../indicateurs/index.ts';
import { anneesDe, getBilan } from './bilan.contenu.ts';
import { ecrireBilan, ecrireContenu } from './bilan.ecrire.ts';
import { BilanCorps } from './bilan.html.tsx';
import { nomFichier, titreBilan, TYPES } from './bilan.modele.ts';
import { demandeSchema } from './bilan.schema.ts';
import { DemandePage } from './DemandePage.tsx';

async function pageDeDemande(c: Contexte, champs: Record<string, string>, erreurs: { champ: string; message: string }[]) {
  const { catalogue } = await getFormulaire(c.db, c.contrat.id);
  return page({
    titre: 'Bilan annuel',
    section: 'bilan',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <DemandePage
        lieu={choisirLieu(c.utilisateur, champs.territoire ?? '', catalogue)}
        catalogue={catalogue}
        annees={anneesDe(catalogue, c.maintenant)}
        champs={champs}
        erreurs={erreurs}
        connecte={c.utilisateur !== null}
      />
    ),
  });
}

export const routes: Route[] = [
  get('/bilan', acces.public, (c) => pageDeDemande(c, { annee: texte(c.requete.annee), territoire: texte(c.requete.territoire), format: 'pdf' }, [])),
  /** 303 to the job that writes the file; 422 when something was not chosen; partners only, the public reads the page. */
  post(
    '/bilan',
    accesMetier,
    async (c) => {
      const lu = lire(demandeSchema, c.corps);
      const { catalogue } = await getFormulaire(c.db, c.contrat.id);
      const territoire = lu.ok ? catalogue.territoires.get(lu.valeur.territoire) : undefined;
      const erreurs = lu.ok ? (territoire ? [] : [{ champ: 'territoire', message: 'Choisissez un territoire de la liste.' }]) : lu.erreurs;
      if (!lu.ok || !territoire)
        return pageDeDemande(c, { annee: texte(c.corps.annee), territoire: texte(c.corps.territoire), format: texte(c.corps.format) }, erreurs);
      const { annee, format } = lu.valeur;
      const id = await ajouterTravail(c.db, c.contrat.id, {
        genre: 'bilan',
        libelle: `Bilan ${annee}, ${territoire.nom} (${TYPES[format].libelle})`,
        charge: { annee, territoire: territoire.id, format, demonstration: c.demonstration },
        demandePar: c.utilisateur?.id ?? null,
      });
      await c.auditer('bilan.demande', `/travaux/${id}`, { annee, territoire: territoire.id, format });
      return redirige(`/travaux/${id}`);
    },
    { creation: true },
  ),
  get('/bilan/:annee/:territoire', acces.public, async (c) => {
    const formulaire = await getFormulaire(c.db, c.contrat.id);
    const { annee } = exiger(demandeSchema.pick({ annee: true }), { annee: c.params.annee });
    const territoireId = c.params.territoire ?? '';
    if (!formulaire.catalogue.territoires.has(territoireId) || !anneesDe(formulaire.catalogue, c.maintenant).includes(annee)) throw introuvable('Ce bilan');
    const contenu = await getBilan(c.db, formulaire, { annee, territoireId, maintenant: c.maintenant, demonstration: c.demonstration });
    return page({ titre: titreBilan(contenu), section: 'bilan', fil: [{ libelle: 'Bilan', href: '/bilan' }], corps: <BilanCorps contenu={contenu} titre /> });
  }),
  /** The same content as a file, written at once; limited, because a PDF costs more than a page. */
  get(
    '/bilan/:annee/:territoire/:format',
    acces.public,
    async (c) => {
      const formulaire = await getFormulaire(c.db, c.contrat.id);
      const lu = exiger(demandeSchema, c.params);
      if (!formulaire.catalogue.territoires.has(lu.territoire) || !anneesDe(formulaire.catalogue, c.maintenant).includes(lu.annee))
        throw introuvable('Ce bilan');
      const contenu = await ecrireBilan(c.db, formulaire, {
        annee: lu.annee,
        territoireId: lu.territoire,
        format: lu.format,
        maintenant: c.maintenant,
        demonstration: c.demonstration,
      });
      return fichier(contenu, { nom: nomFichier(lu.annee, lu.territoire, lu.format), type: TYPES[lu.format].type });
    },
    { parMinute: 20 },
  ),
];

export const tacheBilan: Tache = {
  genre: 'bilan',
  executer: async ({ db, contratId, charge, progres }) => {
    const lu = demandeSchema.parse(charge);
    const formulaire = await getFormulaire(db, contratId);
    await progres(0, 2, 'Lecture des chiffres et des preuves');
    const contenu = await getBilan(db, formulaire, {
      annee: lu.annee,
      territoireId: lu.territoire,
      maintenant: new Date(),
      demonstration: charge.demonstration === true,
    });
    await progres(1, 2, `Mise en page de ${contenu.fiches.length} fiches`);
    const octets = await ecrireContenu(contenu, lu.format);
    const nom = nomFichier(lu.annee, lu.territoire, lu.format);
    const id = await inTransaction(db, { contratId }, (tx) => addFichier(tx, contratId, { nom, type: TYPES[lu.format].type, contenu: octets }));
    return { fichier: id, nom, octets: octets.length };
  },
};
