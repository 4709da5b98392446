/** Numbers of help, as whoever checks them sees them: GET 200; POST 303, 409 checked meanwhile, 422; 403; 404 unknown number. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, page, post, type Reponse, redirige, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { NumeroAVerifierPage, VerifierPage } from '../pages/VerifierPage.tsx';
import { peutVerifier } from '../secours.policy.ts';
import type { SecoursFichier } from '../secours.schema.ts';
import { addVerification, connaitreNumeros, tenirNumero } from './verifications.queries.ts';
import { suivreNumeros } from './verifications.dus.ts';
import { lireNumeros } from './lire.ts';
import { aConnaitre, empreinteDuNumero, type NumeroLu } from './verifications.rules.ts';

const CHEMIN = '/aide/numeros';
const MOYENS = ['appel', 'page'] as const;
const CADRE = { largeur: 'travail', section: 'orientation' } as const;
const ORIENTATION = { libelle: 'Orientation', href: '/aide/professionnels' };

export function buildVerificationsRoutes(s: SecoursFichier | null): Route[] {
  if (!s) return [];
  const exiger = (c: Contexte) => {
    const u = c.utilisateur;
    if (!u || !peutVerifier(u)) throw interdit('Les numéros d’aide sont vérifiés par la coordination du contrat.');
    return u;
  };
  /** Throws 404. */
  const trouver = async (c: Contexte): Promise<NumeroLu> => {
    const n = (await lireNumeros(c, s)).numeros.find((x) => x.code === c.params.numeroDAide);
    if (!n) throw introuvable('Ce numéro');
    return n;
  };
  const rendre = (n: NumeroLu, erreurs: readonly ErreurDeChamp[] = [], champs = { moyen: '', juste: '' }, statut = 200): Reponse =>
    page({
      ...CADRE,
      titre: `Vérifier ${n.nom}`,
      fil: [ORIENTATION, { libelle: 'Numéros d’aide', href: CHEMIN }],
      statut,
      corps: <NumeroAVerifierPage n={n} erreurs={erreurs} champs={champs} />,
    });
  const routes: Route[] = [
    get(CHEMIN, accesMetier, async (c) => {
      exiger(c);
      return page({ ...CADRE, titre: 'Numéros d’aide à vérifier', fil: [ORIENTATION], corps: <VerifierPage s={await lireNumeros(c, s)} /> });
    }),
    get(`${CHEMIN}/:numeroDAide`, accesMetier, async (c) => {
      exiger(c);
      return rendre(await trouver(c));
    }),
    post(`${CHEMIN}/:numeroDAide`, accesMetier, async (c) => {
      const u = exiger(c);
      await tenirNumero(c.db, c.contrat.id, c.params.numeroDAide ?? '');
      const n = await trouver(c);
      const empreinte = empreinteDuNumero(n);
      const champs = { moyen: texte(c.corps.moyen), juste: texte(c.corps.juste) };
      if (texte(c.corps.vu) !== '' && texte(c.corps.vu) !== empreinte)
        return rendre(
          n,
          [{ champ: '', message: 'Le dossier du contrat vient de changer ce numéro : lisez ce qui en est dit avant de recommencer.' }],
          champs,
          409,
        );
      if (texte(c.corps.version) !== String(n.verification.version))
        return rendre(n, [{ champ: '', message: 'Quelqu’un vient de vérifier ce numéro : lisez ce qui en est dit avant de recommencer.' }], champs, 409);
      const moyen = MOYENS.find((m) => m === champs.moyen);
      const juste = champs.juste === 'oui' ? true : champs.juste === 'non' ? false : null;
      const erreurs = [
        ...(moyen ? [] : [{ champ: 'moyen', message: 'Dites comment vous l’avez vérifié.' }]),
        ...(juste === null ? [{ champ: 'juste', message: 'Dites si ce qui est écrit est juste.' }] : []),
      ];
      if (!moyen || juste === null) return rendre(n, erreurs, champs, 422);
      const par = (await getCatalogue(c.db, c.contrat.id)).nomActeur(u.organisationId);
      await connaitreNumeros(c.db, c.contrat.id, aConnaitre(s), jourDe(c.maintenant));
      const v = {
        numero: n.code,
        version: n.verification.version + 1,
        empreinte,
        le: jourDe(c.maintenant),
        par,
        moyen,
        juste,
        organisationId: u.organisationId,
      };
      await addVerification(c.db, c.contrat.id, v);
      await suivreNumeros(c);
      await c.auditer('numero.verifie', CHEMIN, { version: v.version, juste });
      return redirige(CHEMIN);
    }),
  ];
  return routes.map((r) => ({ ...r, plan: 'partenariat' as const }));
}
