/** To those whom frozen minutes reached: their files say nothing of what is said since. */
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { nomEntier } from '../../instances/index.ts';
import { porteeDe } from '../portee.rules.ts';
import { adressesDe, discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { Participant } from '../seances.queries.ts';
import { getDernierReleve } from './contenu.queries.ts';
import { getEnvoiDuReleve, getEtatDocuments } from './releve.documents.ts';

/** Of a restricted body, that there was a meeting. */
export const dite = ({ instance, catalogue, seance }: SeanceChargee) =>
  discrete(instance)
    ? { nom: 'réunion', quoi: 'd’une réunion d’une instance dont vous êtes membre' }
    : {
        nom: nomEntier(instance, catalogue),
        quoi: `de la séance « ${seance.titre} »${seance.jour ? ` du ${jour(seance.jour)}` : ''} (${nomEntier(instance, catalogue)})`,
      };

/** `dit`: a sentence; of a restricted body, `cache`, which names nobody. `ancre`: where it is read. Nothing, before the latest minutes left. */
export async function ecrireAuxDestinataires(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>,
  s: SeanceChargee,
  o: { participants: readonly Participant[]; sujet: string; dit: string; cache: string; ancre: string; origine: string },
): Promise<void> {
  const releve = await getDernierReleve(c.db, c.contrat.id, s.seance.id);
  if (!releve) return;
  const quel = { seanceId: s.seance.id, version: releve.version };
  const parti = (await getEnvoiDuReleve(c.db, c.contrat.id, quel)) ?? (await getEtatDocuments(c.db, c.contrat.id, quel)).etat === 'prets';
  if (!parti) return;
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const { nom, quoi } = dite(s);
  const cache = discrete(s.instance);
  const joints = porteeDe(o.participants).joints.flatMap((p) => adressesDe({ ...p, reponse: null }));
  const adresses = new Set(joints.map((x) => x.courriel.toLowerCase()));
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [...adresses]
      .filter((a) => a !== c.utilisateur?.courriel.toLowerCase() && !fermees.has(a))
      .map((a) => ({
        a,
        sujet: `${o.sujet} : ${cache ? nom : `relevé ${releve.numero}`}`,
        texte: [
          'Madame, Monsieur,',
          `Vous avez reçu le relevé ${cache ? '' : `${releve.numero} `}${quoi}. ${cache ? o.cache : o.dit}`,
          `${cache ? 'Le' : 'Les fichiers reçus ne le disent pas ; le'} relevé en ligne le dit :\n${o.origine}/seances/${s.seance.id}/clore#${o.ancre}`,
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}
