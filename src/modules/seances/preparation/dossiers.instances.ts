/** Sheets of what bodies themselves bring: passed by another one, or followed from one session to the next. */
import { jour, jourDuMoment } from '../../../ui/typographie.ts';
import { aussiOuvertes, estPlusOuverte, ETATS_PROBLEME, getProbleme, listRecues, listSuivis, NATURES_REMONTEE, nomDeRemontee } from '../../instances/index.ts';
import type { DossierDePoint } from '../releve/releve.modele.ts';
import type { Cadre } from './agenda.cadre.ts';

export const dossierVide = (arreteLe: string): DossierDePoint => ({ arreteLe, faits: [], chiffres: [], lieux: [], enregistrements: [], source: null });

/** What the other body wrote; who reads this sheet may not know of a restricted one. */
export async function dossierRemontee(k: Cadre, id: string): Promise<DossierDePoint> {
  const [r] = await listRecues(k.db, k.contratId, k.instance.id, aussiOuvertes(k.instance.confidentialite), id);
  if (!r || r.etat === 'retiree') return { ...dossierVide(k.aujourdhui), faits: ['Ce qui avait été transmis a été retiré.'], retire: true };
  return {
    ...dossierVide(k.aujourdhui),
    faits: [
      `${NATURES_REMONTEE[r.nature]} transmise par ${nomDeRemontee(r)} le ${jourDuMoment(r.creeLe)}.`,
      ...(r.expose ? [r.expose] : []),
      ...(r.reponse ? [`Réponse donnée : ${r.reponse}`] : []),
    ],
    source: { libelle: 'Ce qui a été transmis, et y répondre', href: `/remontees/${r.id}` },
  };
}

/** Where a problem stands, and the last that was done about it. */
export async function dossierProbleme(k: Cadre, id: string): Promise<DossierDePoint> {
  const p = await getProbleme(k.db, k.contratId, id);
  if (p?.instanceId !== k.instance.id || estPlusOuverte(k.instance.confidentialite, p.confidentialite))
    return { ...dossierVide(k.aujourdhui), faits: ['Ce problème n’est plus suivi ici.'], retire: true };
  const suivis = await listSuivis(k.db, k.contratId, id);
  const charge = [p.organisationId ? k.f.catalogue.nomActeurA(p.organisationId, p.territoireId) : '', p.qui].filter((x) => x !== '').join(', ');
  return {
    ...dossierVide(k.aujourdhui),
    faits: [
      `Constat${p.lieu ? `, ${p.lieu}` : ''} : ${p.constat}`,
      ...(p.reponse ? [`Réponse choisie : ${p.reponse}`] : []),
      ...(charge ? [`En charge : ${charge}${p.echeance ? `, pour le ${jour(p.echeance)}` : ''}.`] : []),
      ...(p.critere ? [`Réglé quand : ${p.critere}`] : []),
      ...suivis
        .filter((s) => s.de !== '')
        .slice(0, 3)
        .map((s) => `Le ${jourDuMoment(s.quand)}, ${ETATS_PROBLEME[s.vers]} : ${s.texte}`),
    ],
    source: { libelle: 'Le problème et son histoire', href: `/problemes/${id}` },
  };
}
