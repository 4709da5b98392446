/** Minutes as files, and what the public reads of them after redaction. */
import { empreinteDe } from '../../../core/trace/audit.ts';
import { acces, accesMetier } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, liste, numeroDePage, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { masquesDeVersion, rapprocher } from '../../../core/http/versions.ts';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { choisirLieu, getCatalogue, nomsConnus } from '../../contrats/index.ts';
import { chiffresPublics, compterRetraits, contestees, direContestee, expurger, type Suspect, suspects } from '../releve/contenu.rules.ts';
import { ecrireDocument } from '../releve/ecrire.ts';
import { type FormatReleve, FORMATS, type GenreDocument, type ReleveContenu } from '../releve/releve.modele.ts';
import { chargerPourTenir, chargerSeance, type SeanceChargee } from '../seances.contexte.ts';
import { formulaireDePublication, publicationEnregistree } from './cloture.formulaires.ts';
import { publicationSchema } from './cloture.schema.ts';
import { avecCeQuiEstDit, lireContenu } from './contenu.ts';
import { PublierPage } from './pages/PublierPage.tsx';
import { RelevePublicPage } from './pages/RelevePublicPage.tsx';
import { RelevesPage } from './pages/RelevesPage.tsx';
import { CADRE, filDe, lireLogo } from '../../instances/index.ts';
import { suivreSeance } from '../suivre.ts';
import * as q from './cloture.queries.ts';
import { estLueEnDirect, getFormulaire } from '../../indicateurs/index.ts';

const TYPES: Record<FormatReleve, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
};
const PAR_PAGE = 30;

async function telecharger(c: Contexte, contenu: ReleveContenu, format: FormatReleve) {
  const genre: GenreDocument = texte(c.requete.genre) === 'compte-rendu' ? 'compte-rendu' : 'releve';
  const nom = `${genre}-${(contenu.numero ?? `projet-${contenu.seance.jour}`).replace(/[^\w-]+/g, '-')}.${format}`;
  const logo = await lireLogo(c.db, c.contrat.id, contenu.entete?.logo);
  return fichier(await ecrireDocument(contenu, genre, format, logo), { nom, type: TYPES[format], affiche: format === 'html' });
}

const lignesDe = (texte: string): string[] =>
  texte
    .split('\n')
    .map((l) => l.trim())
    .filter(Boolean);
const autresPassages = (retires: readonly string[], reperes: readonly string[]) => retires.filter((x) => !reperes.includes(x));
const cadreDe = (s: SeanceChargee) => ({ ...CADRE, fil: filDe(s.instance) });
/** Name of the field that says why a passage stays. */
const champRaison = (passage: string): string => `raison-${empreinteDe(passage).slice(0, 16)}`;
const raisonsDe = (c: Contexte, trouves: readonly Suspect[]): Record<string, string> =>
  Object.fromEntries(trouves.map((x) => [champRaison(x.passage), texte(c.corps[champRaison(x.passage)]).trim()]));

const RAISON_MAX = 300;
const direMuet = ({ passage, raison }: { passage: string; raison: string }): string =>
  raison.length > RAISON_MAX
    ? `« ${passage} » : ${RAISON_MAX} caractères au plus pour dire pourquoi il reste, il y en a ${raison.length}.`
    : `« ${passage} » : cochez-le pour le retirer, ou dites pourquoi il reste.`;

/** With what presidents say today of approvals that were noted for them: the text stays as it was frozen. */
const aujourdhui = (c: Contexte, r: Parameters<typeof avecCeQuiEstDit>[2], nommer: boolean): Promise<ReleveContenu> =>
  avecCeQuiEstDit(c.db, c.contrat.id, r, nommer);
/** Contested approvals surprise: publishing asks. */
const etonnementsDe = (contenu: ReleveContenu): ErreurDeChamp[] =>
  contestees(contenu).map((a) => ({
    champ: CONFIRME,
    message: `${direContestee(a)} : le public lira « approbation contestée ». Un rectificatif, approuvé, le règle.`,
  }));

/** Without the figures that members alone read; the frozen minutes keep them. What is not a measure of the contract any more is nobody's. */
async function lisible(c: Contexte, contenu: ReleveContenu): Promise<ReleveContenu> {
  const f = await getFormulaire(c.db, c.contrat.id);
  return chiffresPublics(contenu, (id) => f.mesures.has(id) && estLueEnDirect(f, id));
}

async function pagePublier(c: Contexte, o: { champs: Record<string, string>; coches: readonly string[] | null; erreurs: readonly ErreurDeChamp[] }) {
  const s = await chargerPourTenir(c);
  const releve = (await q.listReleves(c.db, c.contrat.id, s.seance.id))[0];
  if (!releve || s.seance.etat !== 'figee') throw conflit('Seul un relevé arrêté se publie.');
  if (s.instance.confidentialite !== 'publique') throw conflit('Cette instance n’est pas publique : ses relevés ne se publient pas.');
  const contenu = await lisible(c, await aujourdhui(c, releve, true));
  const trouves = suspects(contenu, nomsConnus(s.catalogue));
  const publication = await q.getPublication(c.db, c.contrat.id, s.seance.id);
  // What was taken out once stays taken out, until someone says otherwise.
  const avant = publication?.version === releve.version ? publication.passages.filter((x) => compterRetraits(contenu, [x]) > 0) : null;
  const reperes = trouves.map((x) => x.passage);
  const coches = o.coches ?? (avant ? reperes.filter((x) => avant.includes(x)) : reperes);
  const passages = o.champs.passages ?? autresPassages(avant ?? [], reperes).join('\n');
  const retraits = [...coches, ...lignesDe(passages)];
  return page({
    ...cadreDe(s),
    titre: 'Publier le relevé',
    statut: o.erreurs.length > 0 ? 422 : 200,
    corps: (
      <PublierPage
        {...s}
        suspects={trouves}
        coches={coches}
        passages={passages}
        raisons={raisonsDe(c, trouves)}
        champRaison={champRaison}
        apercu={expurger(contenu, retraits)}
        retraits={compterRetraits(contenu, retraits)}
        publication={publication}
        etonnements={etonnementsDe(contenu)}
        masques={masquesDeVersion(publicationEnregistree(releve.version, publication), saisiDe(c))}
        erreurs={o.erreurs}
      />
    ),
  });
}

/** What the form said it showed, when it comes back. */
const saisiDe = (c: Contexte) => (c.corps.version === undefined ? {} : { version: texte(c.corps.version), _vu: texte(c.corps._vu) });

async function chargerPublication(c: Contexte) {
  const publiee = await q.getPublication(c.db, c.contrat.id, c.params.id ?? '');
  if (!publiee) throw introuvable('Ce relevé publié');
  const { arrete: _, ...publication } = publiee;
  // What was published before is read so too.
  return { ...publication, contenu: await lisible(c, await aujourdhui(c, publiee, false)) };
}

export const publicationRoutes: Route[] = [
  /** Frozen content, a former version (`version`), or the draft marked « projet ». */
  ...FORMATS.map((format) =>
    get(
      `/seances/:id/releve.${format}`,
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c);
        if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') throw introuvable('Ce relevé');
        const releves = await q.listReleves(c.db, c.contrat.id, s.seance.id);
        const version = texte(c.requete.version);
        const voulu = version ? releves.find((r) => String(r.version) === version) : s.seance.etat === 'figee' ? releves[0] : undefined;
        if (version && !voulu) throw introuvable('Cette version du relevé');
        return telecharger(
          c,
          voulu
            ? await aujourdhui(c, voulu, true)
            : await lireContenu(c.db, c.contrat.id, s.catalogue, s.instance, s.seance, { demonstration: c.demonstration }),
          format,
        );
      },
      { sensible: true, parMinute: 60 },
    ),
  ),

  get('/seances/:id/publier', accesMetier, (c) => pagePublier(c, { champs: {}, coches: null, erreurs: [] }), { sensible: true }),
  post('/seances/:id/publier', accesMetier, async (c) => {
    const s = await chargerPourTenir(c, true);
    const releve = (await q.listReleves(c.db, c.contrat.id, s.seance.id))[0];
    if (!releve || s.seance.etat !== 'figee') throw conflit('Seul un relevé arrêté se publie.');
    if (s.instance.confidentialite !== 'publique') throw conflit('Cette instance n’est pas publique : ses relevés ne se publient pas.');
    const lu = lire(publicationSchema, { ...c.corps, suspects: liste(c.corps.suspects) });
    const coches = liste(c.corps.suspects);
    if (!lu.ok) return pagePublier(c, { champs: { passages: texte(c.corps.passages) }, coches, erreurs: lu.erreurs });
    const deja = await q.getPublication(c.db, c.contrat.id, s.seance.id);
    const enregistree = publicationEnregistree(releve.version, deja);
    const contenu = await lisible(c, await aujourdhui(c, releve, true));
    const trouves = suspects(contenu, nomsConnus(s.catalogue));
    const reperes = trouves.map((x) => x.passage);
    const passages = lu.valeur.passages === undefined ? autresPassages([enregistree.champs.retires ?? []].flat(), reperes) : lignesDe(lu.valeur.passages);
    const champs = { passages: passages.join('\n') };
    const absents = passages.filter((p) => compterRetraits(contenu, [p]) === 0);
    if (absents.length > 0)
      return pagePublier(c, {
        champs,
        coches,
        erreurs: [{ champ: 'passages', message: `Introuvable dans le relevé : « ${absents.join(' », « ')} ». Copiez le passage tel qu’il est écrit.` }],
      });
    if (texte(c.corps.acte) === 'apercu') return pagePublier(c, { champs, coches, erreurs: [] });
    // Someone published another redaction meanwhile: what the public reads is never replaced unseen.
    // A first publication replaces none: it needs no mark.
    const premiere = deja?.version === releve.version ? {} : { version: enregistree.version };
    const r = rapprocher({ ...c.corps, ...premiere, retires: c.corps.retires ?? [...coches, ...passages] }, enregistree);
    if (r.genre === 'heurt') return page(conflictPage(cadreDe(s), { formulaire: formulaireDePublication(s.seance), r, masques: raisonsDe(c, trouves) }));
    const retraits = [r.champs.retires ?? []].flat();
    // What the platform found is looked at, one by one: taken out, or kept for a reason that is written down.
    const raisons = raisonsDe(c, trouves);
    const gardes = trouves
      .filter((x) => !retraits.some((retire) => retire.includes(x.passage)))
      .map((x) => ({
        passage: x.passage,
        nature: x.nature,
        raison: raisons[champRaison(x.passage)] || (deja?.gardes.find((g) => g.passage === x.passage)?.raison ?? ''),
      }));
    const muets = gardes.filter((g) => g.raison.length < 3 || g.raison.length > RAISON_MAX);
    if (muets.length > 0)
      return pagePublier(c, {
        champs: { passages: autresPassages(retraits, reperes).join('\n') },
        coches: reperes.filter((x) => retraits.includes(x)),
        erreurs: muets.map((g) => ({ champ: champRaison(g.passage), message: direMuet(g) })),
      });
    const etonnements = etonnementsDe(contenu);
    if (!estConfirme(etonnements, texte(c.corps[CONFIRME])))
      return pagePublier(c, {
        champs: { passages: autresPassages(retraits, reperes).join('\n') },
        coches: reperes.filter((x) => retraits.includes(x)),
        erreurs: etonnements,
      });
    const publication = {
      seanceId: s.seance.id,
      version: releve.version,
      contenu: expurger(contenu, retraits),
      retraits: compterRetraits(contenu, retraits),
      passages: retraits,
      gardes,
      par: s.u.nom,
      quand: c.maintenant,
    };
    await q.savePublication(c.db, c.contrat.id, publication);
    await suivreSeance(c, s.seance);
    await c.auditer('releve.publie', `/releves/${s.seance.id}`, {
      version: releve.version,
      retraits: publication.retraits,
      gardes: gardes.length,
      ...(etonnements.length > 0 ? { contestees: etonnements.length } : {}),
    });
    const vers = `/releves/${s.seance.id}`;
    return r.venus.length > 0 ? page(mergedPage(cadreDe(s), formulaireDePublication(s.seance), r, vers)) : redirige(vers);
  }),
  post('/seances/:id/depublier', accesMetier, async (c) => {
    const s = await chargerPourTenir(c, true);
    if (!(await q.retirePublication(c.db, c.contrat.id, s.seance.id, c.maintenant))) throw introuvable('Ce relevé publié');
    await suivreSeance(c, s.seance);
    await c.auditer('releve.retire', `/releves/${s.seance.id}`);
    return redirige(`/seances/${s.seance.id}/clore`);
  }),

  get('/releves', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
    const annee = /^\d{4}$/.test(texte(c.requete.annee)) ? texte(c.requete.annee) : '';
    const numero = numeroDePage(c);
    const filtres = { territoires: lieu.territoires, annee: annee || undefined };
    const { lignes, total } = await q.listPublications(c.db, c.contrat.id, filtres, { limite: PAR_PAGE, decalage: (numero - 1) * PAR_PAGE });
    return page({
      titre: 'Relevés publiés',
      section: 'instances',
      corps: (
        <RelevesPage
          catalogue={catalogue}
          lignes={lignes}
          total={total}
          numero={numero}
          parPage={PAR_PAGE}
          filtres={{ territoire: lieu.champ, annee }}
          lieu={lieu}
        />
      ),
    });
  }),
  get('/releves/:id', acces.public, async (c) => {
    const publication = await chargerPublication(c);
    return page({
      titre: `Relevé ${publication.numero}`,
      section: 'instances',
      fil: [{ libelle: 'Relevés publiés', href: '/releves' }],
      corps: <RelevePublicPage publication={publication} />,
    });
  }),
  ...FORMATS.map((format) =>
    get(`/releves/:id/releve.${format}`, acces.public, async (c) => telecharger(c, (await chargerPublication(c)).contenu, format), { parMinute: 30 }),
  ),
];
