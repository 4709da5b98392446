/** Letters that go at once: to a president for whom an approval is noted, to who noted it when they contest it. */
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege, nomEntier } from '../../instances/index.ts';
import { lienDeParole, POUR_VOUS_SEUL } from '../paroles/lettre.ts';
import { PAR_LIEN } from '../paroles/lien.rules.ts';
import { adressesConvoquees, avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { adressesDe, discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { aNote, type LigneDApprobation } from './cloture.rules.ts';
import type { Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { porteeDe } from '../portee.rules.ts';
import type { Approbation } from './contenu.queries.ts';
import { getEnvoiDuReleve, getEtatDocuments } from './releve.documents.ts';

type Ici = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
/** Of a restricted body, that there was a meeting. */
export const dite = ({ instance, catalogue, seance }: SeanceChargee) =>
  discrete(instance)
    ? { nom: 'réunion', quoi: 'd’une réunion d’une instance dont vous êtes membre' }
    : {
        nom: nomEntier(instance, catalogue),
        quoi: `de la séance « ${seance.titre} »${seance.jour ? ` du ${jour(seance.jour)}` : ''} (${nomEntier(instance, catalogue)})`,
      };
/** « conteste, par le lien qui lui a été envoyé, l’approbation… » */
const direVoie = (parLien: boolean): string => (parLien ? `, ${PAR_LIEN},` : '');
const lien = (origine: string, s: SeanceChargee): string => `${origine}/seances/${s.seance.id}/clore#approbations`;

/** Whom an approval noted for this chair is told to: holder and substitute, where they were convoked and where they read today, and nobody who notes it. */
export async function adressesDeLaPresidence(c: Ici, s: SeanceChargee, president: Participant): Promise<string[]> {
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const [siege] = await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, [president]);
  const adresses = [...new Set([siege?.courriel ?? '', siege?.suppleantCourriel ?? '', ...adressesConvoquees(president)].map((a) => a.toLowerCase()))];
  return adresses.filter((a) => a !== '' && !fermees.has(a) && a !== c.utilisateur?.courriel.toLowerCase());
}

/** Each answers by a link of their own, with an account or without. */
export async function ecrireALaPresidence(
  c: Ici,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  o: { president: LigneDApprobation['participant']; adresses: readonly string[]; empreinte: string; piece: string; par: Utilisateur },
): Promise<void> {
  const { nom, quoi } = dite(s);
  const siege = { seanceId: s.seance.id, participantId: o.president.id };
  const convoquees = adressesConvoquees(o.president);
  const changee = o.adresses.some((a) => !convoquees.includes(a));
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const confirme = (a: string) => convoquees.includes(a) || ouverts.some((u) => u.courriel.toLowerCase() === a);
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    o.adresses.map((a) => ({
      a,
      sujet: `Approbation en votre nom : ${nom}`,
      texte: [
        'Madame, Monsieur,',
        `${discrete(s.instance) ? 'Il vient d’être noté' : `${o.par.nom}, ${s.catalogue.nomActeur(o.par.organisationId)}, vient de noter`} que la présidence approuve le relevé ${quoi}.`,
        ...(discrete(s.instance) ? [] : [`Pièce citée : « ${o.piece} ».`]),
        ...(changee && convoquees.includes(a) ? ['L’adresse de votre siège a changé depuis la séance : la nouvelle reçoit aussi cette lettre.'] : []),
        `${confirme(a) ? 'Confirmez cette approbation, ou contestez-la' : 'Si ce n’est pas exact, contestez cette approbation'}, sans compte :\n${lienDeParole(c, services, siege, { genre: 'approbation', empreinte: o.empreinte }, a)}`,
        POUR_VOUS_SEUL,
      ].join('\n\n'),
      objet: `/seances/${s.seance.id}`,
    })),
    services.coffre,
  );
}

/** To the body's secretary, and to who noted it. */
export async function ecrireAQuiANote(
  c: Ici,
  s: SeanceChargee,
  o: { approbation: Approbation; fonction: string; motif: string; parLien: boolean; origine: string },
): Promise<void> {
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const sieges = await adressesDuSiege(c.db, c.contrat.id, [s.instance.id], 'secretaire', jourDe(c.maintenant));
  const note = ouverts.filter((u) => aNote(o.approbation, u));
  const adresses = new Set([...(sieges.get(s.instance.id) ?? []), ...note].map((x) => x.courriel.toLowerCase()));
  const { nom, quoi } = dite(s);
  const voie = direVoie(o.parLien);
  const fige = s.seance.etat === 'figee';
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [...adresses]
      .filter((a) => a !== c.utilisateur?.courriel.toLowerCase())
      .map((a) => ({
        a,
        sujet: `Approbation contestée : ${nom}`,
        texte: [
          'Madame, Monsieur,',
          discrete(s.instance)
            ? `La présidence conteste${voie} l’approbation notée en son nom du relevé ${quoi}.`
            : `${o.fonction} conteste${voie} l’approbation notée en son nom du relevé ${quoi} : « ${o.motif} ».`,
          fige
            ? 'Le relevé le dit en ligne, et ceux à qui il est parti l’apprennent. Un rectificatif, que la présidence approuve, le règle :'
            : 'Elle ne compte plus : le relevé attend l’approbation de cette présidence.',
          lien(o.origine, s),
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}

/** To those whom the frozen minutes reached: their files say nothing of what the president says since. `acte`: contested, or confirmed after all. */
export async function ecrireAuxDestinataires(
  c: Ici,
  s: SeanceChargee,
  o: {
    version: number;
    numero: string;
    participants: readonly Participant[];
    fonction: string;
    acte: 'contestee' | 'confirmee';
    parLien: boolean;
    origine: string;
  },
): Promise<void> {
  const quel = { seanceId: s.seance.id, version: o.version };
  const parti = (await getEnvoiDuReleve(c.db, c.contrat.id, quel)) ?? (await getEtatDocuments(c.db, c.contrat.id, quel)).etat === 'prets';
  if (s.seance.etat !== 'figee' || !parti) return;
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const { nom, quoi } = dite(s);
  const cache = discrete(s.instance);
  const quelle = o.acte === 'contestee' ? 'l’approbation notée en son nom' : 'l’approbation notée en son nom, qui était contestée,';
  const dit = `${o.acte === 'contestee' ? 'conteste' : 'confirme désormais'}${direVoie(o.parLien)} ${quelle}`;
  const joints = porteeDe(o.participants).joints.flatMap((p) => adressesDe({ ...p, reponse: null }));
  const adresses = new Set(joints.map((x) => x.courriel.toLowerCase()));
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [...adresses]
      .filter((a) => a !== c.utilisateur?.courriel.toLowerCase() && !fermees.has(a))
      .map((a) => ({
        a,
        sujet: `${o.acte === 'contestee' ? 'Approbation contestée' : 'Approbation confirmée'} : ${cache ? nom : `relevé ${o.numero}`}`,
        texte: [
          'Madame, Monsieur,',
          `Vous avez reçu le relevé ${cache ? '' : `${o.numero} `}${quoi}. ${cache ? 'La présidence' : o.fonction} ${dit} de ce relevé.`,
          `${cache ? 'Le' : 'Les fichiers reçus ne le disent pas ; le'} relevé en ligne le dit :\n${lien(o.origine, s)}`,
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}
