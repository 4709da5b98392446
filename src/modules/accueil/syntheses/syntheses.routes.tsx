/** The pilot validates the sentences of the day. POST 303; 403 not the pilot; 404 unknown fiche; 409 a figure moved since the page was read. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { nextOf } from '../../../core/house.ts';
import { post, redirige, type Route, texte } from '../../../core/http/http.ts';
import type { House } from '../../../core/module.ts';
import { cadrerEn, figuresDesPhrases } from '../accueil.contexte.ts';
import { peutValiderSynthese } from '../accueil.policy.ts';
import { empreinteDesPhrases, phrasesDeFiche, texteDesPhrases } from '../phrases.rules.ts';
import { addSynthese } from './syntheses.queries.ts';

export const buildSynthesesRoutes = (house: House): Route[] => [
  post('/fiches/:numero/synthese', accesMetier, async (c) => {
    const k = await cadrerEn(c, { annee: texte(c.corps.annee), territoire: texte(c.corps.territoire) });
    const cat = k.f.catalogue;
    const fiche = cat.fiches.get(c.params.numero ?? '');
    if (!fiche) throw introuvable('Cette fiche');
    const u = c.utilisateur;
    if (!u || !peutValiderSynthese(u, { fiche, territoireId: k.territoireId }, cat.contient))
      throw interdit('Ces phrases se valident par le pilote de la fiche.');
    const figures = await figuresDesPhrases(k, fiche.mesures);
    const suites = await nextOf(house, c, { fiche: fiche.numero, aujourdhui: k.aujourdhui, max: 3 });
    const phrases = phrasesDeFiche({ ...k, fiche, figures, suites, nommer: cat.nomActeur });
    const empreinte = empreinteDesPhrases(phrases);
    const page = `/fiches/${fiche.numero}?annee=${k.annee}&territoire=${k.territoireId}`;
    if (texte(c.corps.empreinte) !== empreinte)
      throw conflit('Un chiffre a bougé pendant que vous lisiez : rien n’est validé. Revenez à la fiche et relisez ses phrases avant de les valider.');
    const ou = { fiche: fiche.numero, annee: k.annee, territoireId: k.territoireId };
    await addSynthese(c.db, c.contrat.id, ou, {
      texte: texteDesPhrases(phrases),
      empreinte,
      organisationId: u.organisationId,
      auteur: u.nom,
      quand: c.maintenant,
    });
    await c.auditer('synthese.validee', `/fiches/${fiche.numero}`, { annee: code(k.annee), territoire: code(k.territoireId), empreinte: code(empreinte) });
    return redirige(page);
  }),
];
