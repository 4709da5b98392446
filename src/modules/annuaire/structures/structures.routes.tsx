/** Cards, as those who keep them work on them. GET 200, 403, 404; POST 303, 200 both changes kept, 409 both shown, 422 with what was typed, 403, 404. */
import { couper } from '../../../core/couper.ts';
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { accesMetier, territoireDe } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { cleTexte } from '../../../core/mots.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import type { Services } from '../../../core/module.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { type Catalogue, choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { peutEcrireQuelquePart, peutImporter, peutReconnaitreUnRefuge, peutTenir, peutVoirLaTenue } from '../annuaire.policy.ts';
import { envoyerLeLien, estValide, listAccesOuverts, tenirLAcces } from '../verification/lien.ts';
import { suivreStructures } from '../verification/verification.dus.ts';
import { contenuALaVersion, type Contenu, contenuDe, createStructure, updateStructure } from './ecrire.ts';
import { type Champs, StructureFormPage } from './pages/StructureFormPage.tsx';
import { StructuresPage } from './pages/StructuresPage.tsx';
import { StructureTenuePage } from './pages/StructureTenuePage.tsx';
import * as q from './structures.queries.ts';
import { structureSchema } from './structures.schema.ts';
import { avecSaisie, enregistreStructure, formulaireStructure } from './structures.vue.ts';

const PAR_PAGE = 50;
export const FIL = [{ libelle: 'Lieux d’aide', href: '/annuaire/structures' }];
export const DANS = { largeur: 'travail', section: 'structures' } as const;
const PAS_A_VOUS = 'Une fiche se corrige par l’organisme qui en répond et par la coordination. Adressez-vous à votre coordination.';
/** Who acts, and for whom they act: a verification names their own organisation, whoever answers for the card. */
const auteurDe = (c: Contexte, catalogue: Catalogue) => ({
  par: c.utilisateur?.nom ?? '',
  organisme: catalogue.nomActeur(c.utilisateur?.organisationId ?? ''),
  voie: 'page' as const,
  quand: c.maintenant,
});
/** A correction is a correction; that everything is right is said apart. */
const ditVerifie = (c: Contexte): boolean => texte(c.corps.verifie) === 'oui';

/** 403 for those who do not work on the contract. */
function exigerLecture(c: Contexte): void {
  if (!peutVoirLaTenue(c.utilisateur)) throw interdit('Qui tient l’annuaire à jour se lit entre partenaires du contrat.');
}
/** 404; 403 for who does not keep this card. */
export async function chargerTenue(c: Contexte, verrou = false): Promise<{ s: q.StructureTenue; catalogue: Catalogue }> {
  exigerLecture(c);
  const s = await q.getStructureTenue(c.db, c.contrat.id, c.params.structure ?? '', verrou);
  if (!s) throw introuvable('Ce lieu');
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  if (!peutTenir(c.utilisateur, s, catalogue.contient)) throw interdit(PAS_A_VOUS);
  return { s, catalogue };
}

const champsDe = (c: Contexte): Champs =>
  Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, Array.isArray(v) ? v.map(String) : String(v ?? '')]));

export function buildStructuresRoutes(services: Pick<Services, 'coffre' | 'adresse'>): Route[] {
  async function formulaire(
    c: Contexte,
    catalogue: Catalogue,
    s: q.StructureTenue | null,
    champs: Champs,
    erreurs: readonly ErreurDeChamp[] = [],
  ): Promise<Reponse> {
    return page({
      ...DANS,
      fil: s ? [...FIL, { libelle: s.nom, href: `/annuaire/structures/${s.id}` }] : FIL,
      titre: s ? `Corriger ${s.nom}` : 'Ajouter un lieu d’aide',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <StructureFormPage
          catalogue={catalogue}
          titre={s ? 'Corriger la fiche' : 'Ajouter un lieu d’aide'}
          action={s ? `/annuaire/structures/${s.id}/corriger` : '/annuaire/structures/nouvelle'}
          retour={s ? `/annuaire/structures/${s.id}` : '/annuaire/structures'}
          enregistre={s ? enregistreStructure(s) : null}
          parentes={await q.listParentesPossibles(c.db, c.contrat.id, s?.organisationId ?? c.utilisateur?.organisationId ?? '', s?.id ?? null)}
          champs={champs}
          erreurs={erreurs}
          refuge={peutReconnaitreUnRefuge(c.utilisateur, { territoireId: s?.territoireId ?? String(champs.territoire ?? '') }, catalogue.contient)}
          verifie={ditVerifie(c)}
        />
      ),
    });
  }
  /** After any write: whose link it is, and what it owes. */
  async function suite(c: Contexte, id: string, contenu: Contenu): Promise<void> {
    await tenirLAcces(c.db, c.contrat.id, { id, nom: contenu.correspondant_nom, courriel: contenu.correspondant_courriel }, c.maintenant);
    await suivreStructures(c, [id]);
  }
  /** Where it is put and whose it is said to be must be theirs to write too; a place of nowhere is refused beside its field. */
  async function verifier(c: Contexte, catalogue: Catalogue, v: Contenu, s: q.StructureTenue | null): Promise<ErreurDeChamp[]> {
    const erreurs: ErreurDeChamp[] = [];
    if (!peutTenir(c.utilisateur, { organisationId: v.organisation_id, territoireId: v.territoire_id }, catalogue.contient))
      erreurs.push({ champ: 'organisation', message: 'Votre mandat ne couvre pas ce lieu : choisissez votre organisme, ou un territoire de votre mandat.' });
    if (v.parente_id && !(await q.listParentesPossibles(c.db, c.contrat.id, v.organisation_id, s?.id ?? null)).some((x) => x.id === v.parente_id))
      erreurs.push({ champ: 'parente', message: 'Choisissez un lieu du même organisme, qui n’est pas lui-même une permanence.' });
    const refuge = v.lieu_sur !== (s?.lieuSur ?? false) || (v.lieu_sur && v.label !== s?.label);
    if (refuge && !peutReconnaitreUnRefuge(c.utilisateur, { territoireId: v.territoire_id }, catalogue.contient))
      erreurs.push({ champ: 'lieu_sur', message: 'La coordination dit où l’on peut se réfugier, et par quel label : demandez-lui.' });
    return erreurs;
  }

  return [
    get('/annuaire/structures', accesMetier, async (c) => {
      exigerLecture(c);
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
      const organisation = texte(c.requete.organisation);
      const filtres = {
        q: cleTexte(couper(texte(c.requete.q), 100)),
        organisation: catalogue.acteurs.has(organisation) ? organisation : '',
        vue: q.estUneVue(texte(c.requete.vue)) ? texte(c.requete.vue) : '',
        territoires: lieu.territoires,
        aujourdhui: jourDe(c.maintenant),
      };
      const n = numeroDePage(c);
      const { lignes, total } = await q.listStructures(c.db, c.contrat.id, filtres, n, PAR_PAGE);
      return page({
        ...DANS,
        titre: 'Lieux d’aide',
        corps: (
          <StructuresPage
            catalogue={catalogue}
            lignes={lignes}
            total={total}
            page={n}
            parPage={PAR_PAGE}
            filtres={{ q: couper(texte(c.requete.q), 100), organisation: filtres.organisation, vue: filtres.vue, territoire: lieu.champ }}
            aujourdhui={filtres.aujourdhui}
            ajoute={peutEcrireQuelquePart(c.utilisateur)}
            importe={peutImporter(c.utilisateur)}
          />
        ),
      });
    }),
    get('/annuaire/structures/nouvelle', accesMetier, async (c) => {
      if (!peutEcrireQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
      const u = c.utilisateur;
      return formulaire(c, await getCatalogue(c.db, c.contrat.id), null, {
        organisation: u?.organisationId ?? '',
        territoire: territoireDe(u) ?? '',
      });
    }),
    post(
      '/annuaire/structures/nouvelle',
      accesMetier,
      async (c) => {
        if (!peutEcrireQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const lu = lire(structureSchema, { ...q.SAISIE_VIDE, ...champsDe(c) });
        if (!lu.ok) return formulaire(c, catalogue, null, champsDe(c), lu.erreurs);
        const v = await avecSaisie(lu.valeur, catalogue, null);
        const erreurs = v.ok ? await verifier(c, catalogue, v.valeur, null) : v.erreurs;
        if (!v.ok || erreurs.length > 0) return formulaire(c, catalogue, null, champsDe(c), erreurs);
        const id = await createStructure(c.db, catalogue, v.valeur, auteurDe(c, catalogue), { verifie: ditVerifie(c) });
        await c.auditer('structure.creee', `/annuaire/structures/${id}`, {}, { apres: v.valeur });
        await suite(c, id, v.valeur);
        return redirige(`/annuaire/structures/${id}`);
      },
      { creation: true },
    ),
    get('/annuaire/structures/:structure', accesMetier, async (c) => {
      exigerLecture(c);
      const s = await q.getStructureTenue(c.db, c.contrat.id, c.params.structure ?? '');
      if (!s) throw introuvable('Ce lieu');
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const tient = peutTenir(c.utilisateur, s, catalogue.contient);
      const [acces] = tient ? await listAccesOuverts(c.db, c.contrat.id, [s.id]) : [];
      return page({
        ...DANS,
        fil: FIL,
        titre: s.nom,
        corps: (
          <StructureTenuePage
            structure={s}
            catalogue={catalogue}
            services={await q.listServicesTenus(c.db, c.contrat.id, s.id)}
            versions={enPages(c, tient ? await q.listVersions(c.db, c.contrat.id, s.id) : [], 50, 'versions')}
            acces={acces ?? null}
            valide={acces !== undefined && estValide(acces, c.maintenant)}
            tient={tient}
            aujourdhui={jourDe(c.maintenant)}
            fait={texte(c.requete.fait)}
          />
        ),
      });
    }),
    get('/annuaire/structures/:structure/corriger', accesMetier, async (c) => {
      const { s, catalogue } = await chargerTenue(c);
      return formulaire(c, catalogue, s, enregistreStructure(s).champs);
    }),
    post('/annuaire/structures/:structure/corriger', accesMetier, async (c) => {
      const { s, catalogue } = await chargerTenue(c, true);
      const f = formulaireStructure(s, catalogue);
      const dans = { ...DANS, fil: [...FIL, { libelle: s.nom, href: f.retour }] };
      const r = rapprocher(c.corps, enregistreStructure(s));
      if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire: f, r }));
      const saisis = { ...champsDe(c), ...r.champs };
      const lu = lire(structureSchema, r.champs);
      if (!lu.ok) return formulaire(c, catalogue, s, saisis, lu.erreurs);
      const v = await avecSaisie(lu.valeur, catalogue, s);
      const erreurs = v.ok ? await verifier(c, catalogue, v.valeur, s) : v.erreurs;
      if (!v.ok || erreurs.length > 0) return formulaire(c, catalogue, s, saisis, erreurs);
      // Nobody verifies what came meanwhile and they did not read.
      if (await updateStructure(c.db, catalogue, s, v.valeur, auteurDe(c, catalogue), { verifie: ditVerifie(c) && r.venus.length === 0 })) {
        await c.auditer('structure.corrigee', f.retour, {}, { avant: contenuDe(s), apres: v.valeur });
        await suite(c, s.id, v.valeur);
      }
      return r.venus.length > 0 ? page(mergedPage(dans, f, r, f.retour)) : redirige(f.retour);
    }),
    // Takes it off what the public finds, or puts it back: nothing is deleted.
    post('/annuaire/structures/:structure/retirer', accesMetier, async (c) => {
      const { s, catalogue } = await chargerTenue(c, true);
      const acte = texte(c.corps.acte);
      if (acte !== 'retirer' && acte !== 'remettre') throw invalide('Dites s’il faut retirer cette fiche ou la remettre : utilisez les boutons de sa page.');
      const etat = acte === 'remettre' ? 'publiee' : 'retiree';
      const quoi = etat === 'retiree' ? 'retirée' : 'remise';
      if (await updateStructure(c.db, catalogue, s, { ...contenuDe(s), etat }, auteurDe(c, catalogue), { quoi })) {
        await c.auditer('structure.retiree', `/annuaire/structures/${s.id}`, { etat });
        await suivreStructures(c, [s.id]);
      }
      return redirige(`/annuaire/structures/${s.id}`);
    }),
    // What the public read at that version: a new version, which says so. Whose it is, where and who keeps it stay.
    post('/annuaire/structures/:structure/retablir', accesMetier, async (c) => {
      const { s, catalogue } = await chargerTenue(c, true);
      const jusqua = Number(texte(c.corps.jusqua));
      if (!Number.isInteger(jusqua) || jusqua < 1 || jusqua >= s.version)
        throw invalide('Choisissez une version de cette fiche, plus ancienne que celle en ligne.');
      const contenu = contenuALaVersion(contenuDe(s), await q.listChangementsDepuis(c.db, c.contrat.id, s.id, jusqua));
      if (await updateStructure(c.db, catalogue, s, contenu, auteurDe(c, catalogue), { quoi: `contenu rétabli comme à la version ${jusqua}` })) {
        await c.auditer('structure.retablie', `/annuaire/structures/${s.id}`, { version: jusqua }, { avant: contenuDe(s), apres: contenu });
        await suite(c, s.id, contenu);
      }
      return redirige(`/annuaire/structures/${s.id}#historique`);
    }),
    post('/annuaire/structures/:structure/lien', accesMetier, async (c) => {
      const { s } = await chargerTenue(c, true);
      const [acces] = await listAccesOuverts(c.db, c.contrat.id, [s.id]);
      if (!acces) throw invalide('Cette fiche n’a pas de correspondant : corrigez-la pour en nommer un.');
      await envoyerLeLien(c, services, s, acces);
      await c.auditer('structure.lien', `/annuaire/structures/${s.id}`, { lien: code(acces.id) });
      return redirige(`/annuaire/structures/${s.id}?fait=lien`);
    }),
  ];
}
