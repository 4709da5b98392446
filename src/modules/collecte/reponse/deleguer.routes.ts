/** Entrusting a part of one's figures to a colleague, and taking it back: 303; 422 with what is wrong; 404 nobody that was entrusted. */
import { code, codes } from '../../../core/trace/details.ts';
import { z } from 'zod';
import { acces as qui } from '../../../core/authorize.ts';
import { type ErreurDeChamp, introuvable, invalide } from '../../../core/errors.ts';
import { courriel, ligne } from '../../../core/http/fields.ts';
import { type Contexte, lire, liste, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { listComptes } from '../../comptes/index.ts';
import { addAcces, fermerAcces, getAcces, listAcces } from '../campagnes/campagnes.queries.ts';
import { ecrireAuRepondant } from '../campagnes/lettre.ts';
import type { AccesOuvert } from './acces.tsx';
import { CHEMIN, iciDe } from './chemin.ts';

/** Colleagues that one person entrusts: more is a list of addresses, not a service. */
const DELEGUES_MAX = 10;
/** The name opens a letter: no address hides in it. */
const delegueSchema = z.object({
  nom: ligne('Le nom', 80)
    .min(2, 'Écrivez le nom de votre collègue.')
    .refine((n) => !/[/:@]|www\./i.test(n), 'Écrivez un nom, sans adresse.'),
  courriel,
});

type Ouvrir = (suite: (c: Contexte, o: AccesOuvert) => Promise<Reponse>) => (c: Contexte) => Promise<Reponse>;
type Montrer = (c: Contexte, o: AccesOuvert, plus: { erreurs: readonly ErreurDeChamp[] }) => Promise<Reponse>;

export function deleguerRoutes(services: Pick<Services, 'coffre' | 'adresse' | 'domaineEntrant'>, ouvrir: Ouvrir, montrer: Montrer): Route[] {
  return [
    // A colleague gets a link of their own to what they are entrusted with; it ends with the one it comes from.
    post(
      `${CHEMIN}/deleguer`,
      qui.public,
      ouvrir(async (c, o) => {
        if (o.acces.delegueDe) throw invalide('Ce qui vous a été confié ne se confie pas une seconde fois : dites-le à la personne qui vous l’a confié.');
        const lu = lire(delegueSchema, { nom: texte(c.corps.nom), courriel: texte(c.corps.courriel) });
        if (!lu.ok) return montrer(c, o, { erreurs: lu.erreurs });
        const siennes = [...new Set(o.lignes.map((l) => l.mesureId))];
        const cochees = liste(c.corps.mesures);
        // Nothing ticked: all that is theirs today, and no more.
        const mesures = cochees.length === 0 ? siennes : siennes.filter((m) => cochees.includes(m));
        if (mesures.length === 0) throw invalide('Ces chiffres ne vous sont plus demandés : rechargez la page.');
        const delegues = (await listAcces(c.db, c.contrat.id, o.campagne.id, o.acces.organisationId)).filter((a) => a.delegueDe === o.acces.id && !a.fermeLe);
        if (delegues.length >= DELEGUES_MAX)
          return montrer(c, o, {
            erreurs: [{ champ: 'courriel', message: `Vous avez déjà confié des chiffres à ${DELEGUES_MAX} personnes : retirez-en une d’abord.` }],
          });
        const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
        const compteId = ouverts.find((x) => x.courriel.toLowerCase() === lu.valeur.courriel)?.id ?? null;
        const delegue = {
          ...lu.valeur,
          organisationId: o.acces.organisationId,
          compteId,
          mesures,
          creePar: o.acces.nom,
          creeParId: o.acces.compteId,
          delegueDe: o.acces.id,
        };
        const { acces, neuf } = await addAcces(c.db, c.contrat.id, o.campagne.id, delegue, c.maintenant);
        if (!neuf) return montrer(c, o, { erreurs: [{ champ: 'courriel', message: 'Cette personne a déjà un lien pour cette campagne.' }] });
        await ecrireAuRepondant(c, services, o.campagne, acces, o.catalogue);
        await c.auditer('campagne.delegue', `/collecte/campagnes/${o.campagne.id}`, { de: code(o.acces.id), a: code(acces.id), mesures: codes(mesures) });
        return redirige(`${iciDe(c)}#confier`);
      }),
      { parMinute: 20, secrete: true, creation: true },
    ),
    // Takes back what was entrusted: the colleague's link opens nothing any more.
    post(
      `${CHEMIN}/retirer`,
      qui.public,
      ouvrir(async (c, o) => {
        const delegue = await getAcces(c.db, c.contrat.id, texte(c.corps.delegue));
        if (delegue?.delegueDe !== o.acces.id) throw introuvable('Cette personne, parmi celles à qui vous avez confié des chiffres,');
        if ((await fermerAcces(c.db, c.contrat.id, delegue.id, o.acces.nom, c.maintenant)) > 0)
          await c.auditer('campagne.acces_ferme', `/collecte/campagnes/${o.campagne.id}`, { acces: code(delegue.id), par: code(o.acces.id) });
        return redirige(`${iciDe(c)}#confier`);
      }),
      { parMinute: 20, secrete: true },
    ),
  ];
}
