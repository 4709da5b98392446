/** Signing a narrative for the institution that gives it, and reading what comes with it. */
import { code } from '../../../core/trace/details.ts';
import type { z } from 'zod';
import { acces, accesMetier } from '../../../core/authorize.ts';
import { lireFichier } from '../../../core/base/files.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { ligne } from '../../../core/http/fields.ts';
import { type Contexte, fichier, get, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { typeServi } from '../../../core/nature.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { peutSigner, peutVoirSaisie } from '../indicateurs.policy.ts';
import { nommePeutEtreQuelquun } from '../qualite/personne.rules.ts';
import { tenirLesAns } from '../saisie/contribuer.ts';
import { getContributions } from '../saisie/contributions.ts';
import { genreDe } from '../saisie/grain.rules.ts';
import { viser } from '../saisie/saisie.cadre.ts';
import { listVersionsVisees } from '../saisie/saisie.queries.ts';
import { listPieces } from './pieces.queries.ts';
import { suivreSignatures } from './signatures.dus.ts';
import { addSignature } from './signatures.queries.ts';

const PAS_A_VOUS = 'Un bilan se signe par l’institution qui le donne : qui en répond, ou qui signe pour elle.';
const fonctionSchema = ligne('Votre fonction').min(3, 'Dites votre fonction : elle est publiée avec le bilan.');

async function unBilan(c: Contexte) {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const m = cat.mesures.get(c.params.bilan ?? '');
  if (!m || m.obtention === 'calcul' || genreDe(m) !== 'texte') throw introuvable('Ce bilan');
  return { cat, m };
}
const dire = (e: z.ZodError): string => e.issues[0]?.message ?? '';

export const signerRoutes: Route[] = [
  /** 303 signed; 403 not of the institution that gives it; 404 no such version; 409 corrected or signed meanwhile; 422 no function, not confirmed. */
  post('/chiffres/recits/:bilan/signer', accesMetier, async (c) => {
    const { cat, m } = await unBilan(c);
    const u = c.utilisateur;
    const [visee] = await listVersionsVisees(c.db, c.contrat.id, m.id, [texte(c.corps.valeur)]);
    const ou = visee ?? { debiteur: m.aupres[0] ?? '', territoireId: cat.racine.id };
    if (!u || !peutSigner(u, viser(cat, m, ou), cat.contient)) throw interdit(PAS_A_VOUS);
    if (!visee) throw introuvable('Cette version du bilan');
    const fonction = fonctionSchema.safeParse(texte(c.corps.fonction));
    if (!fonction.success) throw invalide(`Signer : ${dire(fonction.error)}`);
    if (nommePeutEtreQuelquun(fonction.data, cat))
      throw invalide('Signer : votre fonction est publiée, et ces mots pourraient nommer quelqu’un. Écrivez-la en minuscules, sans nom de personne.');
    if (texte(c.corps.confirme) !== 'oui') throw invalide('Signer : cochez la case, vous engagez votre institution sur ce qui est écrit.');
    await tenirLesAns(c, [{ mesureId: m.id, periode: visee.periode }]);
    // Read again once nobody else can correct it.
    const [tenue] = await listVersionsVisees(c.db, c.contrat.id, m.id, [visee.id]);
    if (!tenue?.courante || tenue.etat !== 'valeur') throw conflit('Ce bilan a été corrigé entre-temps. Relisez la version en vigueur avant de la signer.');
    if (!(await addSignature(c.db, c.contrat.id, { valeurId: visee.id, fonction: fonction.data }, u, c.maintenant)))
      throw conflit('Ce bilan est déjà signé. Relisez la page.');
    await suivreSignatures(c, m.id);
    await c.auditer('valeur.signee', `/chiffres/${m.id}`, { valeur: code(visee.id) }, { apres: { fonction: fonction.data } });
    return redirige(`/chiffres/${m.id}?periode=${visee.periode}&territoire=${encodeURIComponent(visee.territoireId)}#signatures`);
  }),
  /** 200 a file that comes with a narrative: to everyone once validated, before that to partners; 404 secret, or unknown. */
  get('/chiffres/recits/:bilan/pieces/:valeur/:rang', acces.public, async (c) => {
    const { cat, m } = await unBilan(c);
    const [v] = await listVersionsVisees(c.db, c.contrat.id, m.id, [c.params.valeur ?? '']);
    const x = v && (await getContributions(c.db, cat, m, { periode: v.periode, territoireId: v.territoireId, partenaire: peutVoirSaisie(c.utilisateur) }));
    const lue = x?.versions.find((y) => y.id === v?.id && y.etat === 'valeur');
    const piece = lue && (await listPieces(c.db, c.contrat.id, [lue.id])).find((p) => String(p.rang) === c.params.rang);
    const f = piece ? await lireFichier(c.db, c.contrat.id, piece.fichierId) : null;
    if (!f) throw introuvable('Cette pièce');
    return fichier(f.contenu, { nom: f.nom, type: typeServi(f.type) });
  }),
];
