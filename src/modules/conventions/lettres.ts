/** Letters that go at once: to who is said to have signed or said something, to who keeps an act where that is contested, or which another replaces. */
import type { Utilisateur } from '../../core/authorize.ts';
import { ajouterCourriels } from '../../core/courrier/mail.ts';
import type { Contexte } from '../../core/http/http.ts';
import { jour, pluriel } from '../../ui/typographie.ts';
import { listComptes } from '../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { tenuDe } from './conventions.contexte.ts';
import { suivreActes } from './conventions.dus.ts';
import { parlePourElle, peutConfirmer, peutPublier, peutTenir } from './conventions.policy.ts';
import { type Acte, listActes, listParties } from './conventions.queries.ts';
import type { Genre, ParoleDite } from './paroles.queries.ts';

/** Public address of the platform. */
export interface Outils {
  adresse: string;
}
type Ici = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
/** Letters that one act sends, at most. */
const LETTRES_MAX = 10;
interface Lettre {
  qui: (u: Utilisateur) => boolean;
  sujet: string;
  phrases: readonly string[];
  chemin: string;
}
/** Who acts is not written to. */
async function envoyer(c: Ici, o: Outils, lettres: readonly Lettre[]): Promise<void> {
  if (lettres.length === 0) return;
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    lettres.flatMap((l) =>
      ouverts
        .filter((u) => u.id !== c.utilisateur?.id && l.qui(u))
        .slice(0, LETTRES_MAX)
        .map((u) => ({
          a: u.courriel,
          sujet: l.sujet,
          texte: [`Bonjour ${u.nom},`, ...l.phrases, `${o.adresse}${l.chemin}`].join('\n\n'),
          objet: l.chemin.split('#')[0] ?? l.chemin,
        })),
    ),
  );
}
const moi = (c: Ici, cat: Catalogue): string => `${c.utilisateur?.nom ?? ''}, ${cat.nomActeur(c.utilisateur?.organisationId ?? '')},`;
/** Who keeps it, of the organisation that does. */
const quiTient = (cat: Catalogue, a: Acte) => (u: Utilisateur) => u.organisationId === a.porteurId && peutTenir(u, tenuDe(cat, a), cat.contient);

/** Somebody else said that these organisations signed, or what they signed: each is asked whether it is so. */
export async function annoncerSignatures(
  c: Ici,
  o: Outils,
  cat: Catalogue,
  dites: readonly { acte: Acte; organisationId: string; dit: string; partie: string; annulee?: boolean }[],
): Promise<void> {
  const parties = new Set(dites.map((d) => d.organisationId));
  await envoyer(
    c,
    o,
    [...parties].map((organisation): Lettre => {
      const siennes = dites.filter((d) => d.organisationId === organisation);
      const [une] = siennes;
      const peut = (u: Utilisateur) =>
        u.organisationId === organisation && siennes.some((d) => peutConfirmer(u, tenuDe(cat, d.acte), organisation, cat.contient));
      if (siennes.length > 1 || !une)
        return {
          qui: peut,
          sujet: `${pluriel(siennes.length, 'signature')} de votre organisation à confirmer`,
          phrases: [
            `${moi(c, cat)} vient de noter ${pluriel(siennes.length, 'signature')} au nom de ${cat.nomActeur(organisation)}.`,
            'Confirmez chacune, ou contestez-la :',
          ],
          chemin: '/echeances?genre=acte-confirmation',
        };
      return {
        qui: peut,
        sujet: `Signature au nom de votre organisation : ${une.acte.titre}`,
        phrases: [
          `${moi(c, cat)} ${une.dit}, au nom de ${cat.nomActeur(organisation)} : « ${une.acte.titre} ».`,
          une.annulee ? 'Votre signature y est de nouveau attendue :' : 'Confirmez cette signature, ou contestez-la :',
        ],
        chemin: `/conventions/${une.acte.id}/parties/${une.partie}`,
      };
    }),
  );
}
const SUJETS = { contester: 'Signature contestée', corriger: 'Signature corrigée', annuler: 'Signature annulée' } as const;
/** The party named denies it, or changed it: who keeps the act is told, and the coordination where the act may be in force no more. */
export async function annoncerReponse(
  c: Ici,
  o: Outils,
  cat: Catalogue,
  d: { acte: Acte; partie: string; quoi: keyof typeof SUJETS; dit: string; motif: string },
): Promise<void> {
  const garde = quiTient(cat, d.acte);
  await envoyer(c, o, [
    {
      qui: (u) => garde(u) || (d.quoi !== 'corriger' && peutPublier(u)),
      sujet: `${SUJETS[d.quoi]} : ${d.acte.titre}`,
      phrases: [
        `${moi(c, cat)} ${d.dit} : « ${d.acte.titre} ».`,
        `« ${d.motif} »`,
        ...(d.quoi === 'contester' ? ['Tant que ce n’est pas réglé, elle ne compte plus :'] : []),
      ],
      chemin: `/conventions/${d.acte.id}/parties/${d.partie}`,
    },
  ]);
}

const repond = (cat: Catalogue, acte: Acte, organisation: string) => (u: Utilisateur) =>
  u.organisationId === organisation && peutConfirmer(u, tenuDe(cat, acte), organisation, cat.contient);
/** Their word is that of their organisation, wherever what is said holds. */
const engagent = (cat: Catalogue, acte: Acte, d: { genre: Genre; de: string }) => (u: Utilisateur) =>
  u.organisationId === d.de && parlePourElle(u, tenuDe(cat, acte), d.genre, d.de, cat.contient);
/** Something was said in their name, besides a signature: each is asked whether it is so; who acts in one place of the act alone, whether it is not. */
export async function annoncerParoles(
  c: Ici,
  o: Outils,
  cat: Catalogue,
  acte: Acte,
  /** `rejoint`: asked of the others already, and of this one since it came. */
  dites: readonly { parole: string; genre: Genre; de: string; dit: string; rejoint?: boolean }[],
): Promise<void> {
  await envoyer(
    c,
    o,
    dites.flatMap((d): Lettre[] => {
      const [concerne, engage] = [repond(cat, acte, d.de), engagent(cat, acte, d)];
      const chemin = `/conventions/${acte.id}/paroles/${d.parole}`;
      const dit = d.rejoint
        ? `« ${acte.titre} » attend la réponse de ses parties, et celle de ${cat.nomActeur(d.de)} avec elles : ${d.dit}.`
        : `${moi(c, cat)} a noté au nom de ${cat.nomActeur(d.de)}, dans « ${acte.titre} » : ${d.dit}.`;
      return [
        {
          qui: engage,
          sujet: `À confirmer au nom de votre organisation : ${acte.titre}`,
          phrases: [dit, 'Confirmez-le, ou contestez-le. D’ici là, cela ne compte pas comme dit par vous :'],
          chemin,
        },
        {
          qui: (u) => concerne(u) && !engage(u),
          sujet: `Dit au nom de votre organisation : ${acte.titre}`,
          phrases: [
            dit,
            'Votre mandat ne couvre qu’une partie des lieux de l’acte : une autre personne de votre organisation peut le confirmer. Si ce n’est pas votre parole, vous pouvez le contester :',
          ],
          chemin,
        },
      ];
    }),
  );
}
/** It is contested, or taken back: who keeps the act is told, and the party in whose name it was said; the coordination of what is contested. */
export async function annoncerMot(
  c: Ici,
  o: Outils,
  cat: Catalogue,
  d: { acte: Acte; parole: ParoleDite; quoi: 'contester' | 'annuler'; dit: string; motif: string; parElle: boolean },
): Promise<void> {
  const garde = quiTient(cat, d.acte);
  const elle = repond(cat, d.acte, d.parole.de);
  await envoyer(c, o, [
    {
      qui: (u) => (d.parElle ? garde(u) || peutPublier(u) : garde(u) || elle(u)),
      sujet: `${d.quoi === 'contester' ? 'Contesté' : 'Retiré'} : ${d.acte.titre}`,
      phrases: [`${moi(c, cat)} ${d.quoi === 'contester' ? 'conteste' : 'a retiré'} : ${d.dit}, dans « ${d.acte.titre} ».`, `« ${d.motif} »`],
      chemin: `/conventions/${d.acte.id}/paroles/${d.parole.id}`,
    },
  ]);
}
/** What changes the act is told to each of its parties that stays, and to who keeps it; `sauf`: told otherwise already. */
export async function annoncerAuxParties(c: Ici, o: Outils, cat: Catalogue, acte: Acte, sujet: string, dit: string, sauf = ''): Promise<void> {
  const parties = (await listParties(c.db, c.contrat.id, [acte.id])).filter((p) => p.retireeLe === null).flatMap((p) => p.organisationId ?? []);
  await envoyer(
    c,
    o,
    [...new Set([...parties, acte.porteurId])]
      .filter((x) => x !== sauf && x !== c.utilisateur?.organisationId)
      .map((organisation) => ({
        qui: repond(cat, acte, organisation),
        sujet,
        phrases: [`${moi(c, cat)} ${dit}, dans « ${acte.titre} ».`],
        chemin: `/conventions/${acte.id}`,
      })),
  );
}

/** Who keeps it, then those of each of its parties that stays. */
const eux = (cat: Catalogue, a: Acte) => [quiTient(cat, a), ...a.organisations.filter((x) => x !== a.porteurId).map((x) => repond(cat, a, x))];
/**
 * Called before an act is written, with those that it replaces or is about to. What it returns is called after: it brings what is owed of all of
 * them, and tells who keeps one, and each of its parties, when it is said to be replaced, ceases for another, or binds again.
 */
export async function suivreLesRemplaces(c: Ici, o: Outils, remplaces: readonly (string | null)[]) {
  const ids = [...new Set(remplaces)].filter((x) => x !== null);
  const lire = async () => (ids.length > 0 ? listActes(c.db, c.contrat.id, { ids }) : []);
  const avant = new Map((await lire()).map((a) => [a.id, a.remplaceeLe]));
  /** `nomme`: the act that this one says for the first time that it replaces. */
  return async (par: { id: string; titre: string }, nomme: string | null = null): Promise<void> => {
    await suivreActes(c, [par.id, ...ids]);
    const bouges = (await lire()).filter((a) => a.remplaceeLe !== avant.get(a.id) || a.id === nomme);
    if (bouges.length === 0) return;
    const cat = await getCatalogue(c.db, c.contrat.id);
    await envoyer(
      c,
      o,
      bouges.flatMap((a) =>
        eux(cat, a).map((qui) => ({
          qui,
          sujet: a.remplaceeLe || a.id === nomme ? `Votre acte est remplacé : ${a.titre}` : `Votre acte n’est plus remplacé : ${a.titre}`,
          phrases: [
            a.remplaceeLe
              ? `${moi(c, cat)} vient d’écrire dans « ${par.titre} », qui dit remplacer « ${a.titre} ». Celui-ci cesse de lier le ${jour(a.remplaceeLe)}.`
              : a.id === nomme
                ? `${moi(c, cat)} a écrit que « ${par.titre} » remplace « ${a.titre} ». Celui-ci cessera le jour où l’autre sera en vigueur.`
                : `${moi(c, cat)} vient d’écrire dans « ${par.titre} ». « ${a.titre} » n’est plus remplacé par aucun acte.`,
          ],
          chemin: `/conventions/${a.id}`,
        })),
      ),
    );
  };
}
