/** Problems that a body follows. Read by whoever reads its sessions; written by those who sit there or keep it. GET 200, 404; POST 303, 200, 409, 422; 403; 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable, ouIntrouvable } from '../../../core/errors.ts';
import { type Contexte, get, type Lecture, lire, page, post, redirige, type Route, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import { accorder } from '../../echeances/index.ts';
import { listDecisionsDeSeance } from '../../decisions/index.ts';
import { type Catalogue, nomsConnus } from '../../contrats/index.ts';
import { CADRE, filDe } from '../instances.cadre.ts';
import { cadreDe, type Chargee, chargerInstance, sousPromesse } from '../instances.contexte.ts';
import { peutDemander, peutLireSeances, peutParlerPour } from '../instances.policy.ts';
import { laPlusFermee } from '../instances.rules.ts';
import { listMembres } from '../instance/instance.queries.ts';
import { chercherALier, delier, lier, objetsLies } from '../liens/liens.ts';
import { reunions } from '../reunions.ts';
import { FormulaireProblemePage } from './pages/FormulaireProblemePage.tsx';
import { ProblemePage } from './pages/ProblemePage.tsx';
import { sourceProblemes } from './problemes.dus.ts';
import * as q from './problemes.queries.ts';
import { estClos, nomsDans } from './problemes.rules.ts';
import { nouveauProblemeSchema, problemeSchema, publicSchema, type SaisieProbleme, suiviSchema } from './problemes.schema.ts';

const parDe = (c: Contexte) => ({ nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
const suivre = (c: Contexte, id: string): Promise<number> => accorder(c.db, c.contrat.id, sourceProblemes, [id], c);

interface ProblemeCharge extends Chargee {
  probleme: q.Probleme;
  /** Writes it: sits in the body, or keeps it. `parle`: says what residents are told. */
  ecrit: boolean;
  parle: boolean;
}
async function charger(c: Contexte, verrou = false): Promise<ProblemeCharge> {
  const probleme = await q.getProbleme(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!probleme) throw introuvable('Ce problème');
  const chargee = await chargerInstance(c, probleme.instanceId).catch(ouIntrouvable('Ce problème'));
  const cadre = cadreDe(sousPromesse(chargee.instance, probleme));
  if (!peutLireSeances(c.utilisateur, cadre, chargee.catalogue.contient)) throw introuvable('Ce problème');
  const ouverte = chargee.instance.closeLe === null;
  return {
    ...chargee,
    probleme,
    ecrit: ouverte && peutDemander(c.utilisateur, cadre, chargee.catalogue.contient),
    parle: ouverte && peutParlerPour(c.utilisateur, cadre, chargee.catalogue.contient),
  };
}
async function chargerPourEcrire(c: Contexte): Promise<ProblemeCharge> {
  const s = await charger(c, true);
  if (!s.ecrit) throw interdit('Un problème est écrit par les membres de l’instance qui le suit et par ceux qui la tiennent.');
  return s;
}
async function chargerInstancePourEcrire(c: Contexte): Promise<Chargee> {
  const chargee = await chargerInstance(c);
  const { instance, catalogue } = chargee;
  if (instance.confidentialite === 'nommee' || instance.closeLe !== null || !peutDemander(c.utilisateur, cadreDe(instance), catalogue.contient))
    throw interdit('Un problème est ouvert par les membres d’une instance et par ceux qui la tiennent.');
  return chargee;
}

/** Where the body works: its own place and what lies in it. */
const lieuxDe = ({ catalogue, instance }: Chargee) => catalogue.descendants(instance.territoireId);
function verifier(
  s: Chargee,
  lu: Lecture<SaisieProbleme>,
  champs: Readonly<Record<string, unknown>>,
): { valeur: SaisieProbleme | null; erreurs: ErreurDeChamp[] } {
  const erreurs = lu.ok ? [] : [...lu.erreurs];
  const [territoire, organisation] = [String(champs.territoire ?? ''), String(champs.organisation ?? '')];
  if (territoire && !lieuxDe(s).includes(territoire)) erreurs.push({ champ: 'territoire', message: 'Choisissez un lieu du territoire de l’instance.' });
  if (organisation && !s.catalogue.acteurs.has(organisation)) erreurs.push({ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire.' });
  return { valeur: lu.ok && erreurs.length === 0 ? lu.valeur : null, erreurs };
}

const enregistre = (p: q.Probleme): Enregistre => ({
  version: p.version,
  champs: {
    titre: p.titre,
    lieu: p.lieu,
    territoire: p.territoireId,
    constat: p.constat,
    reponse: p.reponse,
    organisation: p.organisationId ?? '',
    qui: p.qui,
    echeance: p.echeance ?? '',
    critere: p.critere,
  },
  par: p.modifiePar,
  le: p.modifieLe,
});
const phraseEnregistree = (p: q.Probleme): Enregistre => ({
  version: p.version,
  champs: { public_phrase: p.publicPhrase, valider: p.publicValideeLe ? 'oui' : '' },
  par: p.modifiePar,
  le: p.modifieLe,
});
const formulaireDe = (p: q.Probleme, catalogue: Catalogue): FormulairePartage => ({
  objet: p.titre,
  action: `/problemes/${p.id}/modifier`,
  retour: `/problemes/${p.id}`,
  champs: {
    titre: { libelle: 'Le problème' },
    lieu: { libelle: 'Le lieu' },
    territoire: { libelle: 'Arrondissement', dire: (v) => catalogue.territoires.get(v)?.nom ?? v },
    constat: { libelle: 'Le constat', long: true },
    reponse: { libelle: 'La réponse choisie', long: true },
    organisation: { libelle: 'En charge', dire: catalogue.nomActeur },
    qui: { libelle: 'Qui s’en occupe' },
    echeance: { libelle: 'Pour le', dire: (v) => jour(v) },
    critere: { libelle: 'Comment on en jugera', long: true },
  },
});
const formulaireDeLaPhrase = (p: q.Probleme): FormulairePartage => ({
  objet: `Ce qui est dit aux habitants de « ${p.titre} »`,
  action: `/problemes/${p.id}/public`,
  retour: `/problemes/${p.id}#habitants`,
  champs: { public_phrase: { libelle: 'La phrase' }, valider: { libelle: 'Publiée', dire: (v) => (v === 'oui' ? 'oui' : 'non') } },
});

async function pageFormulaire(s: Chargee, p: q.Probleme | null, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  return page({
    ...CADRE,
    fil: filDe(s.instance),
    titre: p ? p.titre : 'Ouvrir un problème',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <FormulaireProblemePage
        instance={s.instance}
        catalogue={s.catalogue}
        lieux={lieuxDe(s)}
        probleme={p}
        enregistre={p ? enregistre(p) : null}
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
}

async function pageProbleme(c: Contexte, s: ProblemeCharge, champs: Record<string, string> = {}, erreurs: readonly ErreurDeChamp[] = []) {
  const { probleme: p, instance } = s;
  const lies = await objetsLies(c, 'probleme', p.id);
  const examens = await reunions().examens(c, instance, `probleme:${p.id}`);
  const decisions = [];
  for (const e of examens)
    decisions.push(...(await listDecisionsDeSeance(c.db, c.contrat.id, e.id)).filter((d) => d.pointId !== null && e.points.includes(d.pointId)));
  const restreint = laPlusFermee(instance.confidentialite, p.confidentialite) === 'restreinte';
  return page({
    ...CADRE,
    fil: filDe(instance),
    titre: p.titre,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <ProblemePage
        {...s}
        phrase={phraseEnregistree(p)}
        publiable={!restreint}
        suivis={await q.listSuivis(c.db, c.contrat.id, p.id)}
        examens={examens}
        decisions={decisions}
        lies={lies}
        recherche={
          s.ecrit
            ? await chercherALier(
                c,
                s.catalogue.aire(instance.territoireId),
                lies.map((l) => l.id),
              )
            : null
        }
        champs={champs}
        erreurs={erreurs}
      />
    ),
  });
}
const surLe = (p: q.Probleme) => ({ porteur: 'probleme', id: p.id, chemin: `/problemes/${p.id}` }) as const;

export const problemesRoutes: Route[] = [
  get('/instances/:id/problemes/nouveau', accesMetier, async (c) => {
    const s = await chargerInstancePourEcrire(c);
    return pageFormulaire(s, null, { territoire: s.instance.territoireId });
  }),
  post(
    '/instances/:id/problemes/nouveau',
    accesMetier,
    async (c) => {
      const s = await chargerInstancePourEcrire(c);
      const { valeur, erreurs } = verifier(s, lire(nouveauProblemeSchema, c.corps), champsDe(c));
      if (!valeur) return pageFormulaire(s, null, champsDe(c), erreurs);
      const id = await q.createProbleme(c.db, c.contrat.id, s.instance, valeur, parDe(c));
      await suivre(c, id);
      await c.auditer('probleme.ouvert', `/problemes/${id}`, {}, { apres: valeur });
      return redirige(`/problemes/${id}`);
    },
    { creation: true },
  ),
  get('/problemes/:id', accesMetier, async (c) => pageProbleme(c, await charger(c)), { sensible: true }),
  get('/problemes/:id/modifier', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    return pageFormulaire(s, s.probleme, enTextes(enregistre(s.probleme).champs));
  }),
  /** 303; 200 both changes kept; 409 both shown; 422 with what was typed; 403; 404. */
  post('/problemes/:id/modifier', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    const { probleme: p } = s;
    const formulaire = formulaireDe(p, s.catalogue);
    const dans = { ...CADRE, fil: filDe(s.instance) };
    const r = rapprocher(c.corps, enregistre(p));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
    const { valeur, erreurs } = verifier(s, lire(problemeSchema, r.champs), r.champs);
    if (!valeur) return pageFormulaire(s, p, { ...champsDe(c), ...enTextes(r.champs) }, erreurs);
    await q.updateProbleme(c.db, { contratId: c.contrat.id, id: p.id, version: p.version }, valeur, parDe(c));
    await suivre(c, p.id);
    await c.auditer('probleme.modifie', `/problemes/${p.id}`, {}, { avant: p, apres: valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
  /** What happened, and where it is now: a line of its history. 303; 422; 403; 404. */
  post('/problemes/:id/suivi', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    const lu = lire(suiviSchema, c.corps);
    if (!lu.ok) return pageProbleme(c, s, champsDe(c), lu.erreurs);
    const { probleme: p } = s;
    const closLe = estClos(lu.valeur.etat) ? (p.etat === lu.valeur.etat ? p.closLe : jourDe(c.maintenant)) : null;
    await q.suivreProbleme(c.db, { ...p, contratId: c.contrat.id }, { ...lu.valeur, closLe }, parDe(c));
    await suivre(c, p.id);
    await c.auditer('probleme.suivi', `/problemes/${p.id}`, { de: p.etat, vers: lu.valeur.etat });
    return redirige(`/problemes/${p.id}#suivi`);
  }),
  /** One sentence for residents, without a name; public once someone who speaks for the body says yes. 303; 200; 409; 422 a name is in it; 403; 404. */
  post('/problemes/:id/public', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    const { probleme: p, instance } = s;
    if (laPlusFermee(instance.confidentialite, p.confidentialite) === 'restreinte') throw interdit('Rien de ce que suit une instance restreinte n’est public.');
    const formulaire = formulaireDeLaPhrase(p);
    const dans = { ...CADRE, fil: filDe(instance) };
    const r = rapprocher(c.corps, phraseEnregistree(p));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r }));
    const champs = enTextes(r.champs);
    const lu = lire(publicSchema, r.champs);
    const membres = await listMembres(c.db, c.contrat.id, instance.id, jourDe(c.maintenant));
    const noms = lu.ok ? nomsDans(lu.valeur.public_phrase, [...membres.flatMap((m) => [m.nom, m.suppleantNom]), p.qui], nomsConnus(s.catalogue)) : [];
    const erreurs = lu.ok ? [] : [...lu.erreurs];
    if (noms.length > 0)
      erreurs.push({ champ: 'public_phrase', message: `Ceci peut désigner une personne : ${noms.map((n) => `« ${n} »`).join(', ')}. Écrivez la phrase sans.` });
    if (!lu.ok || erreurs.length > 0) return pageProbleme(c, s, champs, erreurs);
    const validee = s.parle && champs.valider === 'oui' && lu.valeur.public_phrase !== '';
    await q.setPhrase(c.db, { contratId: c.contrat.id, id: p.id, version: p.version }, lu.valeur.public_phrase, validee, parDe(c));
    await c.auditer(validee ? 'probleme.publie' : 'probleme.phrase', `/problemes/${p.id}`, {}, { avant: { phrase: p.publicPhrase }, apres: lu.valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, formulaire, r, formulaire.retour)) : redirige(formulaire.retour);
  }),
  post('/problemes/:id/liens', accesMetier, async (c) => lier(c, surLe((await chargerPourEcrire(c)).probleme)), { creation: true }),
  post('/problemes/:id/liens/:lienObjet/retirer', accesMetier, async (c) => delier(c, surLe((await chargerPourEcrire(c)).probleme))),
];
