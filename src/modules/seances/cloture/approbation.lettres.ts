/** Letters that go at once: to a president for whom an approval is noted, to who noted it when they contest it. */
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege, nomEntier } from '../../instances/index.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import type { LigneDApprobation } from './cloture.rules.ts';
import type { Approbation } from './contenu.queries.ts';

type Ici = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
/** Of a restricted body, that there was a meeting. */
const dite = ({ instance, catalogue, seance }: SeanceChargee) =>
  discrete(instance)
    ? { nom: 'réunion', quoi: 'd’une réunion d’une instance dont vous êtes membre' }
    : {
        nom: nomEntier(instance, catalogue),
        quoi: `de la séance « ${seance.titre} »${seance.jour ? ` du ${jour(seance.jour)}` : ''} (${nomEntier(instance, catalogue)})`,
      };
const lien = (origine: string, s: SeanceChargee): string => `${origine}/seances/${s.seance.id}/clore#approbations`;

/** To whoever sits in the chair, holder and substitute: who has an account answers there, who has none answers to the person who noted it. */
export async function ecrireALaPresidence(
  c: Ici,
  s: SeanceChargee,
  o: { president: LigneDApprobation['participant']; piece: string; par: Utilisateur; origine: string },
): Promise<void> {
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const comptes = new Set(ouverts.map((u) => u.courriel.toLowerCase()));
  const { nom, quoi } = dite(s);
  const adresses = [...new Set([o.president.courriel, o.president.suppleantCourriel].map((a) => a.toLowerCase()))];
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    adresses
      .filter((a) => a !== '' && !fermees.has(a) && a !== c.utilisateur?.courriel.toLowerCase())
      .map((a) => ({
        a,
        sujet: `Approbation en votre nom : ${nom}`,
        texte: [
          'Madame, Monsieur,',
          `${o.par.nom}, ${s.catalogue.nomActeur(o.par.organisationId)}, vient de noter que la présidence approuve le relevé ${quoi}.`,
          ...(discrete(s.instance) ? [] : [`Pièce citée : « ${o.piece} ».`]),
          comptes.has(a)
            ? `Confirmez cette approbation, ou contestez-la :\n${lien(o.origine, s)}`
            : `Si vous ne l’avez pas donnée, dites-le à ${o.par.nom} : ${o.par.courriel}`,
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}

/** To the body's secretary, and to who noted it. */
export async function ecrireAQuiANote(
  c: Ici,
  s: SeanceChargee,
  o: { approbation: Approbation; fonction: string; motif: string; origine: string },
): Promise<void> {
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const sieges = await adressesDuSiege(c.db, c.contrat.id, [s.instance.id], 'secretaire', jourDe(c.maintenant));
  const note = ouverts.filter((u) => u.nom === o.approbation.noteePar && u.organisationId === o.approbation.noteeDe);
  const adresses = new Set([...(sieges.get(s.instance.id) ?? []), ...note].map((x) => x.courriel.toLowerCase()));
  const { nom, quoi } = dite(s);
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
            ? `La présidence conteste l’approbation notée en son nom du relevé ${quoi}.`
            : `${o.fonction} conteste l’approbation notée en son nom du relevé ${quoi} : « ${o.motif} ».`,
          fige
            ? 'Le relevé arrêté le dit partout où il se lit. Un rectificatif, que la présidence approuve, le règle :'
            : 'Elle ne compte plus : le relevé attend l’approbation de cette présidence.',
          lien(o.origine, s),
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}
