import { code } from '../../../core/trace/details.ts';
import { acces, accesMetier, auTravail } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { addFichier } from '../../../core/base/files.ts';
import { inTransaction } from '../../../core/base/database.ts';
import { type Contexte, exiger, fichier, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { ajouterTravail, type Tache } from '../../../core/jobs/jobs.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { enDirectDe, getFormulaire } from '../../indicateurs/index.ts';
import { anneesDe, getBilan } from './bilan.contenu.ts';
import { ecrireContenu } from './bilan.ecrire.ts';
import { lireAdresse } from './bilan.adresse.ts';
import { AnnexesPage, ChapitrePage, SommairePage } from './BilanPages.tsx';
import { fichesRedigees } from './textes/textes.routes.tsx';
import { type BilanContenu, nomFichier, titreBilan, TYPES } from './bilan.modele.ts';
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
        return pageDeDemande(
          c,
          {
            annee: texte(c.corps.annee),
            territoire: texte(c.corps.territoire),
            format: texte(c.corps.format),
            annexes: texte(c.corps.annexes),
            pour: texte(c.corps.pour),
          },
          erreurs,
        );
      const { annee, format, annexes, pour } = lu.valeur;
      const id = await ajouterTravail(c.db, c.contrat.id, {
        genre: 'bilan',
        libelle: `Bilan ${annee}, ${territoire.nom} (${[TYPES[format].libelle, ...(annexes ? ['avec annexes'] : []), ...(pour === 'public' ? ['à publier'] : [])].join(', ')})`,
        charge: { annee, territoire: territoire.id, format, annexes, pour, demonstration: c.demonstration },
        demandePar: c.utilisateur?.id ?? null,
      });
      await c.auditer('bilan.demande', `/travaux/${id}`, { annee, territoire: code(territoire.id), format });
      return redirige(`/travaux/${id}`);
    },
    { creation: true },
  ),
  /** The bilan on the web: a summary, then a page for each fiche. Partners read the wording of decisions; `?pour=public` shows them what everyone reads. */
  get('/bilan/:annee/:territoire', acces.public, async (c) => {
    const { contenu, catalogue } = await lireBilan(c);
    const redige = fichesRedigees(c, contenu.territoire.id, catalogue).length > 0;
    return page({ titre: titreBilan(contenu), section: 'bilan', fil: [FIL], corps: <SommairePage c={contenu} redige={redige} /> });
  }),
  /** 404 for a fiche that the contract does not have. */
  get('/bilan/:annee/:territoire/fiches/:numero', acces.public, async (c) => {
    const { contenu } = await lireBilan(c);
    const f = contenu.fiches.find((x) => x.numero === c.params.numero);
    if (!f) throw introuvable('Ce chapitre');
    return page({ titre: `${f.numero} · ${titreBilan(contenu)}`, section: 'bilan', fil: filDuBilan(contenu), corps: <ChapitrePage c={contenu} f={f} /> });
  }),
  get('/bilan/:annee/:territoire/annexes', acces.public, async (c) => {
    const { contenu } = await lireBilan(c);
    return page({ titre: `Annexes · ${titreBilan(contenu)}`, section: 'bilan', fil: filDuBilan(contenu), corps: <AnnexesPage c={contenu} /> });
  }),
  /** The same content as a file, written at once; limited, because a PDF costs more than a page. */
  get(
    '/bilan/:annee/:territoire/:format',
    acces.public,
    async (c) => {
      const { format } = exiger(demandeSchema.pick({ format: true }), { format: c.params.format });
      const { contenu } = await lireBilan(c);
      return fichier(await ecrireContenu(contenu, format), {
        nom: nomFichier(contenu.annee, contenu.territoire.id, format),
        type: TYPES[format].type,
        licence: contenu.contrat.licence,
      });
    },
    { parMinute: 20 },
  ),
];

const FIL = { libelle: 'Bilan', href: '/bilan' };
const filDuBilan = (c: BilanContenu) => [FIL, { libelle: `${c.annee}, ${c.territoire.nom}`, href: `/bilan/${c.annee}/${c.territoire.id}` }];

/** As this reader may have it: the wording of decisions is for those who work on the contract. */
async function lireBilan(c: Contexte) {
  const formulaire = await getFormulaire(c.db, c.contrat.id);
  const contenu = await getBilan(c.db, formulaire, {
    ...lireAdresse(c, formulaire.catalogue),
    maintenant: c.maintenant,
    demonstration: c.demonstration,
    pour: auTravail(c.utilisateur) && texte(c.requete.pour) !== 'public' ? 'partenaires' : 'public',
    enDirect: enDirectDe(c.utilisateur),
    annexes: texte(c.requete.annexes) === 'oui',
  });
  return { contenu, catalogue: formulaire.catalogue };
}

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
      pour: lu.pour,
      annexes: lu.annexes,
    });
    await progres(1, 2, `Mise en page de ${contenu.fiches.length} fiches`);
    const octets = await ecrireContenu(contenu, lu.format);
    const nom = nomFichier(lu.annee, lu.territoire, lu.format);
    const id = await inTransaction(db, { contratId }, (tx) => addFichier(tx, contratId, { nom, type: TYPES[lu.format].type, contenu: octets }));
    return { fichier: id, nom, octets: octets.length };
  },
};
