/** The real hours of a session, corrected before its minutes are frozen: someone forgot to lift it, or opened it late. */
import { accesMetier } from '../../../core/authorize.ts';
import { instantDe } from '../../../core/clock.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { lire, page, post, redirige, type Route, champsDe } from '../../../core/http/http.ts';
import { enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { CADRE, filDe } from '../../instances/index.ts';
import { heuresReelles } from '../seances.rules.ts';
import { suivreSeance } from '../suivre.ts';
import { pageClore } from './clore.page.tsx';
import { exigerRelecture } from './cloture.contexte.ts';
import { formulaireDesHeures, heuresEnregistrees } from './cloture.formulaires.ts';
import { setHeuresReelles } from './cloture.queries.ts';
import { heuresSchema } from './cloture.schema.ts';

export const heuresRoutes: Route[] = [
  /** 303 to the minutes; 409 changed meanwhile, or frozen; 422 not an hour, in the future, or lifted before it was opened; 403; 404. */
  post('/seances/:id/heures', accesMetier, async (c) => {
    const s = await exigerRelecture(c);
    const { seance } = s;
    const avant = seance.ouverteLe ? heuresReelles(seance.ouverteLe, seance.leveeLe) : null;
    const r = rapprocher(c.corps, heuresEnregistrees(seance, avant));
    if (r.genre === 'heurt') return page(conflictPage({ ...CADRE, fil: filDe(s.instance) }, { formulaire: formulaireDesHeures(seance), r }));
    const champs = { ...champsDe(c), ...enTextes(r.champs) };
    const lu = lire(heuresSchema, champs);
    if (!lu.ok) return pageClore(c, { champs, erreurs: lu.erreurs });
    const v = lu.valeur;
    const [ouverteLe, leveeLe] = [instantDe(v.ouverte_jour, v.ouverte_heure), instantDe(v.levee_jour, v.levee_heure)];
    const erreurs: ErreurDeChamp[] = [
      ...(ouverteLe === null ? [{ champ: 'ouverte_heure', message: 'Cette heure n’existe pas ce jour-là : l’horloge change d’heure.' }] : []),
      ...(leveeLe === null ? [{ champ: 'levee_heure', message: 'Cette heure n’existe pas ce jour-là : l’horloge change d’heure.' }] : []),
      ...(ouverteLe && leveeLe && leveeLe < ouverteLe ? [{ champ: 'levee_heure', message: 'La séance se lève après son ouverture.' }] : []),
      ...(leveeLe && leveeLe > c.maintenant ? [{ champ: 'levee_heure', message: 'Cette heure n’est pas encore passée.' }] : []),
    ];
    if (!ouverteLe || !leveeLe || erreurs.length > 0) return pageClore(c, { champs, erreurs });
    const apres = heuresReelles(ouverteLe, leveeLe);
    if (JSON.stringify(apres) !== JSON.stringify(avant)) {
      await setHeuresReelles(c.db, c.contrat.id, seance.id, { ouverteLe, leveeLe }, { nom: s.u.nom, quand: c.maintenant });
      await suivreSeance(c, seance);
      await c.auditer('seance.heures', `/seances/${seance.id}`, {}, { avant, apres });
    }
    return redirige(`/seances/${seance.id}/clore#heures`);
  }),
];
