/**
 * What was said in the name of a party: it confirms it, contests it, takes it back; who noted it takes it back as long as it does not count.
 * GET 200, 403, 404; POST 303, 409 the act left no room for it meanwhile, 422 with what was typed, 403, 404.
 */
import { accesMetier, auTravail } from '../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../core/errors.ts';
import { champsDe, type Contexte, get, post, type Route, texte } from '../../core/http/http.ts';
import { code } from '../../core/trace/details.ts';
import { CONFIRME, estConfirme } from '../../ui/Confirmer.tsx';
import { auteurDe, type Charge, charger } from './conventions.contexte.ts';
import { parlePourElle, peutConfirmer, peutRepondre, peutTenir } from './conventions.policy.ts';
import { contestationSchema } from './conventions.schema.ts';
import { etonnementsDeFin, refusDeFin } from './fin.ts';
import { ecran, lireOu, vers } from './formulaires.ts';
import { annoncerAuxParties, annoncerMot, type Outils, suivreLesRemplaces } from './lettres.ts';
import { direParoleDite, LIBELLES, PAS_PARTOUT } from './mots.ts';
import { ParolePage } from './pages/ParolePage.tsx';
import { defaire, ecrire, parolesDe, retirees } from './paroles.ts';
import { addMotDeParole, type ParoleDite } from './paroles.queries.ts';
import { type ActeDeParole, apres, estCollectif, peutDire } from './paroles.rules.ts';

interface ChargeDeParole extends Charge {
  parole: ParoleDite;
  /** Of the organisation in whose name it was said. */
  parElle: boolean;
  /** Their word is its own, wherever that holds. */
  engage: boolean;
}
const UNE = ecran('Dit au nom d’une partie', ParolePage);
async function chargerParole(c: Contexte, verrou = false): Promise<ChargeDeParole> {
  const s = await charger(c, verrou);
  const parole = (await parolesDe(c, s)).find((p) => p.id === c.params.paroleDActe);
  if (!parole || !auTravail(c.utilisateur)) throw introuvable('Ce qui a été dit');
  if (!peutRepondre(c.utilisateur, s.tenu, parole.de || null, s.catalogue.contient))
    throw interdit('Ce qui est dit au nom d’une partie est confirmé ou contesté par elle, et retiré par qui tient l’acte.');
  const [u, de, { contient }] = [c.utilisateur, parole.de || null, s.catalogue];
  return { ...s, parole, parElle: peutConfirmer(u, s.tenu, de, contient), engage: parlePourElle(u, s.tenu, parole.genre, de, contient) };
}
/** Said late, it is asked what is asked of who notes it: the act, meanwhile, may have been renewed, or have ended. */
function etonnementsDeLaFin(s: Charge, p: ParoleDite) {
  const le = p.jour ?? s.aujourdhui;
  const refus = refusDeFin(s.acte, le, s.aujourdhui);
  if (refus) throw conflit(refus);
  return etonnementsDeFin(s.acte, le, s.aujourdhui);
}
const ACTES: Readonly<Record<string, ActeDeParole>> = { confirmer: 'confirmee', contester: 'contestee', annuler: 'annulee' };

export const buildParolesRoutes = (o: Outils): Route[] => [
  get('/conventions/:convention/paroles/:paroleDActe', accesMetier, async (c) => UNE.montrer(c, await chargerParole(c))),
  post('/conventions/:convention/paroles/:paroleDActe', accesMetier, async (c) => {
    const s = await chargerParole(c, true);
    const { parole: p } = s;
    const refuser = UNE.refuser(c, s);
    const quoi = texte(c.corps.acte);
    const acte = ACTES[quoi] ?? 'confirmee';
    // Contesting binds nobody, and is said from one place of the act as well.
    const parElle = acte === 'contestee' ? s.parElle : s.engage;
    if (texte(c.corps.vu) !== String(p.rang))
      return refuser([{ champ: acte === 'confirmee' ? '' : 'motif', message: 'Quelqu’un vient d’en dire autre chose : relisez, puis recommencez.' }]);
    if (acte !== 'contestee' && s.parElle && !s.engage && (acte === 'confirmee' || !peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)))
      throw interdit(PAS_PARTOUT);
    if (acte !== 'annulee' && !parElle) throw interdit('Seule l’organisation nommée confirme ou conteste ce qui est dit en son nom.');
    if (!peutDire(p.genre, acte, p, parElle))
      throw conflit(parElle ? 'Cela ne se change plus ainsi. Rechargez la page.' : 'Elle l’a dit elle-même : elle seule peut le reprendre.');
    const tard = p.genre === 'denonciation' && acte === 'confirmee' ? etonnementsDeLaFin(s, p) : [];
    if (!estConfirme(tard, c.corps[CONFIRME])) return refuser([], tard);
    const entiere = acte === 'annulee' && estCollectif(p.genre);
    if (entiere && !peutTenir(c.utilisateur, s.tenu, s.catalogue.contient))
      throw interdit('Ce qui est demandé à toutes les parties est retiré par qui tient l’acte. Si ce n’est pas votre parole, contestez-le.');
    let motif = '';
    if (acte !== 'confirmee') {
      const { valeur: v, erreurs } = lireOu(c, contestationSchema, ['motif']);
      if (!v) return refuser(erreurs);
      motif = v.motif;
    }
    const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
    // Of a name that is in no directory, what is noted counts, and who keeps the act takes it back.
    const comptait = p.etat === 'confirmee' || p.de === '';
    // Each party is asked of the same thing: taken back, it is for all of them.
    for (const x of acte === 'annulee' ? await retirees(c, s, p) : [p]) {
      const delle = parElle && x.id === p.id;
      await addMotDeParole(c.db, c.contrat.id, x, { acte, etat: apres(acte, x, delle).etat, parElle: delle, motif }, auteurDe(c));
    }
    const suite = acte === 'confirmee' ? await ecrire(c, s, p) : null;
    const revenue = comptait && acte === 'annulee' && (await defaire(c, o, s, p));
    await suivre(s.acte);
    const dit = direParoleDite(p);
    if (entiere) await annoncerAuxParties(c, o, s.catalogue, s.acte, `Retiré : ${s.acte.titre}`, `a retiré : ${dit} (« ${motif} »)`);
    else if (revenue)
      await annoncerAuxParties(
        c,
        o,
        s.catalogue,
        s.acte,
        `${p.genre === 'retrait' ? 'Retrait annulé' : 'Dénonciation annulée'} : ${s.acte.titre}`,
        `a retiré : ${dit} (« ${motif} »)`,
        p.de,
      );
    else if (acte !== 'confirmee')
      await annoncerMot(c, o, s.catalogue, { acte: s.acte, parole: p, quoi: acte === 'contestee' ? 'contester' : 'annuler', dit, motif, parElle });
    else if (suite !== null) await annoncerAuxParties(c, o, s.catalogue, s.acte, `${LIBELLES[p.genre]} : ${s.acte.titre}`, `a confirmé : ${dit}${suite}`, p.de);
    await c.auditer(
      'convention.parole',
      `/conventions/${s.acte.id}`,
      { parole: code(p.id), genre: code(p.genre), quoi: code(acte), apres_preavis: tard.length > 0 },
      { apres: champsDe(c) },
    );
    return vers(s, 'paroles');
  }),
];
