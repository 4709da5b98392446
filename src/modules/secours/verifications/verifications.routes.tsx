/** Numbers of help, as whoever checks them sees them: GET 200; POST 303, 409 checked meanwhile, 422; 403; 404 unknown number. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, page, post, type Reponse, redirige, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { VerifierPage } from '../pages/VerifierPage.tsx';
import { peutVerifier } from '../secours.policy.ts';
import type { SecoursFichier } from '../secours.schema.ts';
import { addVerification, connaitreNumeros, listVerifications, tenirNumero } from './verifications.queries.ts';
import { suivreNumeros } from './verifications.dus.ts';
import { avecVerifications } from './verifications.rules.ts';

const CHEMIN = '/aide/numeros';
const MOYENS = ['appel', 'page'] as const;

export function buildVerificationsRoutes(s: SecoursFichier | null): Route[] {
  if (!s) return [];
  async function rendre(c: Contexte, erreurs: readonly ErreurDeChamp[] = [], choisi = '', statut = erreurs.length > 0 ? 422 : 200): Promise<Reponse> {
    if (!peutVerifier(c.utilisateur)) throw interdit('Les numéros d’aide sont vérifiés par la coordination du contrat.');
    const verifications = await listVerifications(c.db, c.contrat.id);
    return page({
      titre: 'Numéros d’aide à vérifier',
      largeur: 'travail',
      section: 'orientation',
      fil: [{ libelle: 'Orientation', href: '/aide/professionnels' }],
      statut,
      corps: (
        <VerifierPage
          s={avecVerifications(s ?? { groupes: [], numeros: [], ecartes: [], signaler: [] }, verifications, jourDe(c.maintenant))}
          versions={new Map([...verifications].map(([n, v]) => [n, v.version]))}
          choisi={choisi}
          erreurs={erreurs}
        />
      ),
    });
  }
  const routes: Route[] = [
    get(CHEMIN, accesMetier, (c) => rendre(c)),
    post(`${CHEMIN}/:numeroDAide`, accesMetier, async (c) => {
      const u = c.utilisateur;
      if (!u || !peutVerifier(u)) throw interdit('Les numéros d’aide sont vérifiés par la coordination du contrat.');
      const n = s.numeros.find((x) => x.code === c.params.numeroDAide);
      if (!n) throw introuvable('Ce numéro');
      await tenirNumero(c.db, c.contrat.id, n.code);
      const version = (await listVerifications(c.db, c.contrat.id)).get(n.code)?.version ?? 0;
      const moyen = MOYENS.find((m) => m === texte(c.corps.moyen));
      const juste = { oui: true, non: false }[texte(c.corps.juste)];
      if (texte(c.corps.version) !== String(version))
        return rendre(c, [{ champ: '', message: `${n.nom} : quelqu’un vient de le vérifier. Relisez ce qui en est dit avant de recommencer.` }], n.code, 409);
      const erreurs = [
        ...(moyen ? [] : [{ champ: `moyen-${n.code}`, message: `${n.nom} : dites comment vous l’avez vérifié.` }]),
        ...(juste === undefined ? [{ champ: `juste-${n.code}`, message: `${n.nom} : dites si ce qui est écrit est juste.` }] : []),
      ];
      if (!moyen || juste === undefined) return rendre(c, erreurs, n.code);
      const par = (await getCatalogue(c.db, c.contrat.id)).nomActeur(u.organisationId);
      await connaitreNumeros(
        c.db,
        c.contrat.id,
        s.numeros.map((x) => x.code),
        jourDe(c.maintenant),
      );
      const v = { numero: n.code, version: version + 1, le: jourDe(c.maintenant), par, moyen, juste, organisationId: u.organisationId };
      await addVerification(c.db, c.contrat.id, v);
      await suivreNumeros(c);
      await c.auditer('numero.verifie', CHEMIN, { version: version + 1, juste });
      return redirige(`${CHEMIN}#${n.code}`);
    }),
  ];
  return routes.map((r) => ({ ...r, plan: 'partenariat' as const }));
}
