/** Disputing a figure with another: proposed by who is concerned and does not owe it, shown beside it, settled by the pilot or the coordination. */
import { code } from '../../../core/trace/details.ts';
import { z } from 'zod';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { cadrer } from '../cadre.ts';
import { autreQueLAuteur, peutProposer, peutTrancher } from '../indicateurs.policy.ts';
import { garderReponses, noterAvertissements } from '../qualite/qualite.queries.ts';
import { contribuer, tenirLesAns } from '../saisie/contribuer.ts';
import { cleDe, genreDe } from '../saisie/grain.rules.ts';
import { viser } from '../saisie/saisie.cadre.ts';
import { listVersionsVisees } from '../saisie/saisie.queries.ts';
import { lireValeur } from '../saisie/valeur.rules.ts';
import { verifierContreValeur } from './contre-valeurs.qualite.ts';
import { suivreContreValeur } from './contre-valeurs.dus.ts';
import { getContributionVisee, getLigneEnVigueur } from './contre-valeurs.ts';
import { addContreValeur, getContreValeur, reglerContreValeur } from './contre-valeurs.queries.ts';
import { ReglerPage } from './ReglerPage.tsx';
import { concernes } from './signature.ts';
import { refuserSiFige } from './verrous.garde.ts';
import { motifSchema } from './verrous.schema.ts';

const proposeeSchema = z.object({
  motif: motifSchema,
  source: z.string().trim().min(3, 'Dites d’où vient cette valeur : un logiciel, un service, un comptage.').max(500, '500 caractères au plus.'),
});
const SECRET = 'Ce chiffre est couvert par le secret, ou en contient un : une contre-valeur le dévoilerait.';

async function cadrerCollecte(c: Contexte) {
  const k = await cadrer(c);
  if (k.mesure.obtention === 'calcul') throw introuvable('Ce chiffre');
  return { ...k, cat: k.f.catalogue };
}
const retour = (mesure: string, x: { periode: string; territoireId: string }) =>
  redirige(`/chiffres/${mesure}?periode=${x.periode}&territoire=${encodeURIComponent(x.territoireId)}#contre-valeurs`);

export const contreValeursRoutes: Route[] = [
  /** 303 proposed; 403 owes it, or is not concerned; 409 one is open already, or it was corrected; 422 secret, no number, the same number, no reason. */
  post(
    '/chiffres/:mesure/contre-valeurs',
    accesMetier,
    async (c) => {
      const k = await cadrerCollecte(c);
      const u = c.utilisateur;
      const [visee] = await listVersionsVisees(c.db, c.contrat.id, k.mesure.id, [texte(c.corps.contribution)]);
      const ou = visee ?? { debiteur: k.mesure.aupres[0] ?? '', territoireId: k.cat.racine.id };
      if (!u || !peutProposer(u, viser(k.cat, k.mesure, ou), concernes(k.cat, k.mesure), k.cat.contient))
        throw interdit(
          'Proposent une contre-valeur la mairie du lieu, ou une institution pilote ou partenaire de la fiche, pour un chiffre qu’elles ne doivent pas.',
        );
      if (!visee) throw introuvable('Cette contribution');
      if (genreDe(k.mesure) !== 'nombre') throw invalide('Un texte ou un document se conteste : une contre-valeur est un nombre.');
      await tenirLesAns(c, [{ mesureId: k.mesure.id, periode: visee.periode }]);
      const v = await getContributionVisee(c.db, k.cat, k.mesure, visee.periode, visee.id);
      if (!v) throw conflit('Cette contribution a été corrigée entre-temps. Relisez la version en vigueur.');
      if (v.etat === 'secret') throw invalide(SECRET);
      const lu = lire(proposeeSchema, c.corps);
      const nombre = lireValeur(k.mesure, texte(c.corps.contre));
      if (!nombre.ok) throw invalide(`Contre-valeur : ${nombre.message}`);
      if (nombre.valeur === null) throw invalide('Contre-valeur : écrivez le nombre que vous proposez.');
      if (nombre.valeur === v.valeur) throw invalide('Contre-valeur : c’est la valeur déjà donnée.');
      if (!lu.ok) throw invalide(`Contre-valeur : ${lu.erreurs.map((e) => e.message).join(' ')}`, lu.erreurs);
      const cle = { periode: v.periode, territoireId: v.territoireId, debiteur: v.debiteur, ventilation: cleDe(v.ventilation) };
      const id = await addContreValeur(c.db, c.contrat.id, { ...cle, mesureId: k.mesure.id, valeur: nombre.valeur, ...lu.valeur }, u, c.maintenant);
      if (!id) throw conflit('Votre institution a déjà une contre-valeur ouverte pour ce chiffre : retirez-la d’abord, ou attendez qu’elle soit réglée.');
      await suivreContreValeur(c, k.mesure.id);
      await c.auditer(
        'valeur.contre_proposee',
        `/chiffres/${k.mesure.id}`,
        { contre: code(id), valeur: code(v.id) },
        { apres: { valeur: nombre.valeur, ...lu.valeur } },
      );
      return retour(k.mesure.id, v);
    },
    { creation: true },
  ),
  /**
   * 303 settled: kept, with a reason, or taken, which is the debtor's next version, still to be validated by somebody else; 403 neither pilot nor
   * coordination, or one's own proposal; 409 settled or corrected meanwhile, or locked; 422 no choice, no
   * reason, secret since, or a rule of quality that it breaks, to be explained.
   */
  post('/chiffres/:mesure/contre-valeurs/:contre/regler', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    const x = await getContreValeur(c.db, c.contrat.id, k.mesure.id, c.params.contre ?? '');
    if (!u || !peutTrancher(u, { fiche: k.mesure.fiche, territoireId: x?.territoireId ?? k.cat.racine.id }, k.cat.contient))
      throw interdit('Seul le pilote de la fiche ou la coordination centrale règle une contre-valeur.');
    if (!x) throw introuvable('Cette contre-valeur');
    if (!autreQueLAuteur(u, { saisiParId: x.parId, saisiPar: x.par, saisiParOrganisation: x.organisation }))
      throw interdit('Vous l’avez proposée vous-même : quelqu’un d’autre doit la régler.');
    const issue = texte(c.corps.issue);
    if (issue !== 'gardee' && issue !== 'prise') throw invalide('Dites si la valeur donnée est gardée, ou la contre-valeur prise.');
    const motif = motifSchema.safeParse(texte(c.corps.motif));
    if (!motif.success) throw invalide(`Régler : ${motif.error.issues[0]?.message ?? ''}`);
    await tenirLesAns(c, [x]);
    const v = issue === 'prise' ? await getLigneEnVigueur(c.db, k.cat, k.mesure, x) : null;
    const q = issue === 'prise' ? await verifierContreValeur(c, k.cat, x, texte(c.corps.explication)) : null;
    // Told first that it was settled, corrected or made secret: only then that it surprises.
    if (q && q.reste.length > 0 && x.issue === null && v?.id === texte(c.corps.valeur) && v.etat !== 'secret') {
      await refuserSiFige(c, k.cat, [x]);
      await noterAvertissements(c, u, q.avertissements);
      return page({
        titre: 'Régler une contre-valeur',
        statut: 422,
        largeur: 'travail',
        section: 'chiffres',
        fil: [{ libelle: k.mesure.id, href: `/chiffres/${k.mesure.id}` }],
        corps: (
          <ReglerPage
            mesure={k.mesure}
            catalogue={k.cat}
            contre={x}
            valeur={v.id}
            motif={motif.data}
            surprises={q.surprises}
            erreurs={q.reste.map(({ avertissement: w, message }) => ({ champ: w.gravite === 'refus' ? 'motif' : 'explication', message }))}
          />
        ),
      });
    }
    if (!(await reglerContreValeur(c.db, c.contrat.id, { id: x.id, issue, motif: motif.data }, u, c.maintenant)))
      throw conflit('Cette contre-valeur est déjà réglée ou retirée. Relisez la page.');
    if (q) {
      if (!v || v.id !== texte(c.corps.valeur)) throw conflit('La valeur donnée a été corrigée entre-temps. Relisez-la avant de prendre la contre-valeur.');
      if (v.etat === 'secret') throw invalide(SECRET);
      const { ventilation, periode, territoireId, debiteur } = x;
      await contribuer(
        c,
        k.cat,
        u,
        [
          {
            ...{ ventilation, periode, territoireId, debiteur, mesureId: k.mesure.id, derniere: v.version, etat: 'valeur' as const, nombre: x.valeur },
            ...{ texte: '', lien: '', fichierId: null, fichierNom: null, documentLe: '', documentAuteur: '' },
            source: `${x.source} (contre-valeur de ${k.cat.nomActeur(x.organisation)}, retenue par ${k.cat.nomActeur(u.organisationId)})`,
            commentaire: motif.data,
            rectifie: motif.data,
          },
        ],
        { periode, territoire: territoireId, debiteur, contre_valeur: x.id },
      );
      await garderReponses(c, u, q.lot, q.avertissements, q.expliquer);
    }
    await suivreContreValeur(c, k.mesure.id);
    await c.auditer('valeur.contre_reglee', `/chiffres/${k.mesure.id}`, { contre: code(x.id), issue }, { apres: { motif: motif.data } });
    return retour(k.mesure.id, x);
  }),
  /** 303 withdrawn; 403 of another institution; 404 none such; 409 settled already. */
  post('/chiffres/:mesure/contre-valeurs/:contre/retirer', accesMetier, async (c) => {
    const k = await cadrerCollecte(c);
    const u = c.utilisateur;
    const x = await getContreValeur(c.db, c.contrat.id, k.mesure.id, c.params.contre ?? '');
    if (!u || (x && x.organisation !== u.organisationId)) throw interdit('Seule l’institution qui a proposé cette contre-valeur la retire.');
    if (!x) throw introuvable('Cette contre-valeur');
    const vise = viser(k.cat, k.mesure, x);
    if (!peutProposer(u, vise, concernes(k.cat, k.mesure), k.cat.contient))
      throw interdit('Votre mandat ne porte pas sur ce chiffre : adressez-vous à votre coordination.');
    if (!(await reglerContreValeur(c.db, c.contrat.id, { id: x.id, issue: 'retiree', motif: null }, u, c.maintenant)))
      throw conflit('Cette contre-valeur est déjà réglée ou retirée. Relisez la page.');
    await suivreContreValeur(c, k.mesure.id);
    await c.auditer('valeur.contre_retiree', `/chiffres/${k.mesure.id}`, { contre: code(x.id) });
    return retour(k.mesure.id, x);
  }),
];
