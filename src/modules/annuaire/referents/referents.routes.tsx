/** Referents: who holds which role, where, until when, and where nobody does. GET 200, 403, 404; POST 303, 200 both changes kept, 409, 422, 403, 404. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { lireEnsemble } from '../../../core/base/database.ts';
import { listComptes, refuserAdressesFermees } from '../../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { agitPourUnReferent, peutCorrigerUnReferent, peutDesigner, peutDesignerQuelquePart, peutJoindre, peutVoirLaTenue } from '../annuaire.policy.ts';
import { ReferentFormPage } from './pages/ReferentFormPage.tsx';
import { ReferentPage } from './pages/ReferentPage.tsx';
import { ReferentsPage } from './pages/ReferentsPage.tsx';
import { suivreReferents } from './referents.dus.ts';
import * as q from './referents.queries.ts';
import { couvertureDe, suiteDe } from './referents.rules.ts';
import { prevenirDesReferents, rolesDe } from './referents.ts';
import { referentSchema } from './referents.schema.ts';

const DANS = { largeur: 'travail', section: 'referents' } as const;
const FIL = [{ libelle: 'Référents', href: '/annuaire/referents' }];
const PAS_A_VOUS = 'Un référent est désigné par la coordination du lieu : ce qu’il reçoit et les sièges qu’il tient en dépendent. Adressez-vous à elle.';
const VIDE = Object.fromEntries(
  [
    'fonction',
    'courriel',
    'telephone',
    'suppleant_nom',
    'suppleant_courriel',
    'suppleant_telephone',
    'fin',
    'absent_jusquau',
    'nom',
    'role',
    'organisation',
    'territoire',
    'debut',
  ].map((n) => [n, '']),
);

const enregistre = (r: q.Referent): Enregistre => ({
  version: r.version,
  par: r.majPar,
  le: r.majLe,
  champs: {
    role: r.role,
    organisation: r.organisationId,
    territoire: r.territoireId,
    nom: r.nom,
    fonction: r.fonction,
    courriel: r.courriel,
    telephone: r.telephone,
    suppleant_nom: r.suppleantNom,
    suppleant_courriel: r.suppleantCourriel,
    suppleant_telephone: r.suppleantTelephone,
    debut: r.debut,
    fin: r.fin ?? '',
    absent_jusquau: r.absentJusquau ?? '',
  },
});
const formulaireDe = (r: q.Referent, cat: Catalogue): FormulairePartage => ({
  objet: r.nom,
  action: `/annuaire/referents/${r.id}/corriger`,
  retour: `/annuaire/referents/${r.id}`,
  champs: {
    role: { libelle: 'Rôle', dire: (v) => rolesDe(cat).find((x) => x.code === v)?.libelle ?? v },
    organisation: { libelle: 'Organisme', dire: (v) => cat.nomActeur(v) },
    territoire: { libelle: 'Territoire', dire: (v) => cat.territoires.get(v)?.nom ?? v },
    nom: { libelle: 'Nom' },
    fonction: { libelle: 'Fonction' },
    courriel: { libelle: 'Courriel' },
    telephone: { libelle: 'Téléphone' },
    suppleant_nom: { libelle: 'Suppléant' },
    suppleant_courriel: { libelle: 'Courriel du suppléant' },
    suppleant_telephone: { libelle: 'Téléphone du suppléant' },
    debut: { libelle: 'Premier jour' },
    fin: { libelle: 'Dernier jour' },
    absent_jusquau: { libelle: 'Absent jusqu’au' },
  },
});

/** 403 for those who do not work on the contract. */
async function catalogueLu(c: Contexte): Promise<Catalogue> {
  if (!peutVoirLaTenue(c.utilisateur)) throw interdit('Les référents se lisent entre partenaires du contrat.');
  return getCatalogue(c.db, c.contrat.id);
}
async function charger(c: Contexte, verrou = false): Promise<{ r: q.Referent; cat: Catalogue }> {
  const cat = await catalogueLu(c);
  const r = await q.getReferent(c.db, c.contrat.id, c.params.referent ?? '', verrou);
  if (!r) throw introuvable('Ce référent');
  return { r, cat };
}
/** 403 for those who do not name it, and once it is forgotten: what one would write would not stay. */
function exigerCorrection(c: Contexte, r: q.Referent, cat: Catalogue): void {
  if (!peutCorrigerUnReferent(c.utilisateur, r, cat.contient)) throw interdit(PAS_A_VOUS);
  if (r.oublie) throw interdit('Ce terme est fini depuis plus d’un an : le nom et les coordonnées sont effacés. Désignez plutôt un successeur.');
}
const reserve = (cat: Catalogue, role: string): boolean => rolesDe(cat).find((x) => x.code === role)?.reserve ?? false;

/** What its own organisation does not change: who it is, where, where it is written to, from when, nor a later end. */
const DESIGNE = ['role', 'organisation', 'territoire', 'nom', 'courriel', 'suppleant_nom', 'suppleant_courriel', 'debut'] as const;
function reservesALaCoordination(r: q.Referent, v: q.ReferentSaisi): ErreurDeChamp[] {
  const avant = enregistre(r).champs;
  const message = 'La coordination du lieu le change : demandez-le-lui.';
  const plusTard = r.fin !== null && (v.fin === null || v.fin > r.fin);
  return [...DESIGNE.filter((champ) => v[champ] !== avant[champ]), ...(plusTard ? ['fin'] : [])].map((champ) => ({ champ, message }));
}
const adressesDe = ({ courriel, suppleant_courriel }: q.ReferentSaisi) => ({ courriel, suppleant_courriel });
/** `avant`: the one that is corrected. */
async function verifier(c: Contexte, cat: Catalogue, v: q.ReferentSaisi, avant: q.Referent | null): Promise<ErreurDeChamp[]> {
  if (avant && !peutDesigner(c.utilisateur, avant, cat.contient)) return reservesALaCoordination(avant, v);
  const erreurs: ErreurDeChamp[] = [];
  if (!rolesDe(cat).some((r) => r.code === v.role)) erreurs.push({ champ: 'role', message: 'Choisissez un rôle dans la liste.' });
  if (!cat.acteurs.has(v.organisation)) erreurs.push({ champ: 'organisation', message: 'Choisissez un organisme dans la liste.' });
  if (!cat.territoires.has(v.territoire)) erreurs.push({ champ: 'territoire', message: 'Choisissez un territoire dans la liste.' });
  if (erreurs.length === 0 && !peutDesigner(c.utilisateur, { territoireId: v.territoire }, cat.contient))
    erreurs.push({ champ: 'territoire', message: 'Votre mandat ne couvre pas ce lieu : choisissez un territoire de votre mandat.' });
  return [
    ...erreurs,
    ...(await refuserAdressesFermees(
      c.db,
      c.contrat.id,
      adressesDe(v),
      avant ? { courriel: avant.courriel, suppleant_courriel: avant.suppleantCourriel } : {},
    )),
  ];
}
const formulaire = (c: Contexte, cat: Catalogue, r: q.Referent | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
  page({
    ...DANS,
    fil: FIL,
    titre: r ? `Corriger ${r.nom}` : 'Désigner un référent',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <ReferentFormPage
        catalogue={cat}
        roles={rolesDe(cat)}
        referent={r}
        designe={r === null || peutDesigner(c.utilisateur, r, cat.contient)}
        enregistre={r ? enregistre(r) : null}
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
const auteur = (c: Contexte) => ({ par: c.utilisateur?.nom ?? '', quand: c.maintenant });

export const referentsRoutes: Route[] = [
  get('/annuaire/referents', accesMetier, async (c) => {
    const cat = await catalogueLu(c);
    const aujourdhui = jourDe(c.maintenant);
    const tous = await q.listReferents(c.db, c.contrat.id);
    const lendemain = (j: string) => plusJours(j, 1);
    const secteurs = cat.enfants(cat.racine.id);
    const roles = rolesDe(cat).map((role) => ({
      role,
      /** Of each first-level territory where each is to have one; of the whole contract otherwise. */
      places: (role.parTerritoire ? secteurs : [cat.racine]).map((t) => ({
        territoire: t,
        // It or what holds it; whoever is named for a part covers that part alone.
        couverture: couvertureDe(
          tous,
          { role: role.code, places: cat.ascendants(t.id).map((x) => x.id), parts: cat.descendants(t.id).filter((x) => x !== t.id), jour: aujourdhui },
          lendemain,
        ),
      })),
    }));
    return page({
      ...DANS,
      titre: 'Référents et correspondants',
      corps: (
        <ReferentsPage
          catalogue={cat}
          roles={roles}
          choisi={texte(c.requete.role)}
          joindre={(r) => peutJoindre(c.utilisateur, { ...r, reserve: reserve(cat, r.role) }, cat.contient)}
          designe={peutDesignerQuelquePart(c.utilisateur)}
        />
      ),
    });
  }),
  get('/annuaire/referents/nouveau', accesMetier, async (c) => {
    const cat = await catalogueLu(c);
    if (!peutDesignerQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
    const avant = await q.getReferent(c.db, c.contrat.id, texte(c.requete.apres));
    return formulaire(c, cat, null, {
      role: avant?.role ?? texte(c.requete.role),
      organisation: avant?.organisationId ?? c.utilisateur?.organisationId ?? '',
      territoire: avant?.territoireId ?? (cat.territoires.has(texte(c.requete.territoire)) ? texte(c.requete.territoire) : ''),
      debut: avant?.fin ? plusJours(avant.fin, 1) : jourDe(c.maintenant),
    });
  }),
  post(
    '/annuaire/referents/nouveau',
    accesMetier,
    async (c) => {
      const cat = await catalogueLu(c);
      if (!peutDesignerQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
      const lu = lire(referentSchema, { ...VIDE, ...champsDe(c) });
      const erreurs = lu.ok ? await verifier(c, cat, lu.valeur, null) : lu.erreurs;
      if (!lu.ok || erreurs.length > 0) return formulaire(c, cat, null, champsDe(c), erreurs);
      const id = await q.addReferent(c.db, c.contrat.id, lu.valeur, auteur(c));
      await c.auditer(
        'referent.designe',
        `/annuaire/referents/${id}`,
        { role: code(lu.valeur.role), territoire: code(lu.valeur.territoire) },
        { apres: lu.valeur },
      );
      await prevenirDesReferents(c, cat, [lu.valeur.role]);
      await suivreReferents(c, [{ role: lu.valeur.role, territoire: lu.valeur.territoire }]);
      return redirige(`/annuaire/referents/${id}`);
    },
    { creation: true },
  ),
  get(
    '/annuaire/referents/:referent',
    accesMetier,
    async (c) => {
      const { r, cat } = await charger(c);
      const [voisins, { ouverts }] = await lireEnsemble(c.db, [
        () => q.listReferents(c.db, c.contrat.id, { role: r.role }),
        () => listComptes(c.db, c.contrat.id, c.maintenant),
      ]);
      const autres = voisins.filter((x) => x.territoireId === r.territoireId && x.id !== r.id);
      return page({
        ...DANS,
        fil: FIL,
        titre: r.nom,
        corps: (
          <ReferentPage
            referent={r}
            catalogue={cat}
            role={rolesDe(cat).find((x) => x.code === r.role)?.libelle ?? r.role}
            joint={peutJoindre(c.utilisateur, { ...r, reserve: reserve(cat, r.role) }, cat.contient)}
            corrige={peutCorrigerUnReferent(c.utilisateur, r, cat.contient)}
            designe={peutDesigner(c.utilisateur, r, cat.contient)}
            suite={suiteDe(r.fin, autres, (j) => plusJours(j, 1))}
            agi={ouverts.some((u) => agitPourUnReferent(u, r, cat))}
            aujourdhui={jourDe(c.maintenant)}
          />
        ),
      });
    },
    { sensible: true },
  ),
  get('/annuaire/referents/:referent/corriger', accesMetier, async (c) => {
    const { r, cat } = await charger(c);
    exigerCorrection(c, r, cat);
    return formulaire(c, cat, r, enTextes(enregistre(r).champs));
  }),
  post('/annuaire/referents/:referent/corriger', accesMetier, async (c) => {
    const { r, cat } = await charger(c, true);
    exigerCorrection(c, r, cat);
    const f = formulaireDe(r, cat);
    const dans = { ...DANS, fil: FIL };
    const x = rapprocher(c.corps, enregistre(r));
    if (x.genre === 'heurt') return page(conflictPage(dans, { formulaire: f, r: x }));
    const lu = lire(referentSchema, x.champs);
    const erreurs = lu.ok ? await verifier(c, cat, lu.valeur, r) : lu.erreurs;
    if (!lu.ok || erreurs.length > 0) return formulaire(c, cat, r, { ...champsDe(c), ...enTextes(x.champs) }, erreurs);
    await q.updateReferent(c.db, c.contrat.id, r, lu.valeur, auteur(c));
    await c.auditer('referent.corrige', f.retour, {}, { avant: r, apres: lu.valeur });
    await prevenirDesReferents(c, cat, [r.role, lu.valeur.role]);
    await suivreReferents(c, [
      { role: r.role, territoire: r.territoireId },
      { role: lu.valeur.role, territoire: lu.valeur.territoire },
    ]);
    return x.venus.length > 0 ? page(mergedPage(dans, f, x, f.retour)) : redirige(f.retour);
  }),
];
