/** Letters that go at once: to a president for whom an approval is noted, to who speaks for that chair when another did, to who noted it when it is contested. */
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege } from '../../instances/index.ts';
import { AUSSI_AILLEURS, commentRepondre, lienDeParole, POUR_VOUS_SEUL } from '../paroles/lettre.ts';
import { AILLEURS, EN_QUALITE, laquelle, SANS_NOM, voieDAutre } from '../releve/qualites.rules.ts';
import { PAR_LIEN } from '../paroles/lien.rules.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { type Acte, actesDe, aNote, type Chaise, chaisesDeLaLigne, donneePour, estNotee, type LigneDApprobation } from './cloture.rules.ts';
import type { Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import type { Approbation } from './contenu.queries.ts';
import { dite, ecrireAuxDestinataires } from './destinataires.lettres.ts';

type Requete = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
type Services = Pick<ServicesSeances, 'adresse' | 'coffre'>;
/** « conteste, par le lien envoyé à l'adresse de la convocation, l’approbation… » */
const direVoie = (parLien: boolean): string => (parLien ? `, ${PAR_LIEN},` : '');
const lien = (origine: string, s: SeanceChargee): string => `${origine}/seances/${s.seance.id}/clore#approbations`;

/** What was answered, by whom. */
interface Dite {
  approbation: Approbation;
  parlant: Chaise;
  origine: string;
}
/** Who says it: the chair, or somebody else in its place, in which quality, or from an address that was not convoked. */
function deQui(p: Chaise, chaise: string, cache = false): string {
  const autre = voieDAutre(p.voie);
  if (!autre && !p.depuis) return chaise;
  const ailleurs = p.depuis ? `, ${AILLEURS}` : '';
  if (!cache) return `${p.ligne.participant.fonction} : ${p.par}${EN_QUALITE[p.voie] ?? ''}${ailleurs},`;
  return autre ? `${SANS_NOM[autre]}${ailleurs && `${ailleurs},`}` : `Une personne ${AILLEURS}`;
}

/** Whom what is noted of this chair is told to: everybody who speaks for it, where somebody reads, and nobody who says it. */
export async function aPrevenir(c: Requete, ligne: LigneDApprobation): Promise<Chaise[]> {
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const chaises = chaisesDeLaLigne(ligne, new Map(ouverts.map((u) => [u.courriel.toLowerCase(), u.nom])));
  return chaises.filter(({ adresse }) => !fermees.has(adresse) && adresse !== c.utilisateur?.courriel.toLowerCase());
}

/** What may be said from there, how, and the link that says it. */
export function inviter(c: Requete, services: Services, s: SeanceChargee, x: Chaise, empreinte: string, quoi: string): string {
  const lien = lienDeParole(c, services, { seanceId: s.seance.id, participantId: x.ligne.participant.id }, { genre: 'approbation', empreinte }, x.adresse);
  const dire = x.voie === 'convoque_dabord' ? 'Une autre personne tient ce siège depuis votre convocation. Si ce n’est pas exact, dites-le' : quoi;
  return `${dire}, ${commentRepondre(x)} :\n${lien}`;
}
/** Each answers by a link of their own, with an account or without. */
export async function ecrireALaPresidence(
  c: Requete,
  services: Services,
  s: SeanceChargee,
  o: { chaises: readonly Chaise[]; empreinte: string; piece: string; par: Utilisateur },
): Promise<void> {
  const { nom, quoi } = dite(s);
  const ailleurs = o.chaises.some((x) => x.depuis || x.voie === 'successeur' || x.voie === 'suppleant_successeur');
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    o.chaises.map((x) => ({
      a: x.adresse,
      sujet: `Approbation en votre nom : ${nom}`,
      texte: [
        'Madame, Monsieur,',
        `${discrete(s.instance) ? 'Il vient d’être noté' : `${o.par.nom}, ${s.catalogue.nomActeur(o.par.organisationId)}, vient de noter`} que la présidence approuve le relevé ${quoi}.`,
        ...(discrete(s.instance) ? [] : [`Pièce citée : « ${o.piece} ».`]),
        ...(ailleurs && x.convoquee ? [AUSSI_AILLEURS] : []),
        inviter(c, services, s, x, o.empreinte, 'Confirmez cette approbation, ou contestez-la'),
        POUR_VOUS_SEUL,
      ].join('\n\n'),
      objet: `/seances/${s.seance.id}`,
    })),
    services.coffre,
  );
}

const ACTES = {
  donnee: { verbe: 'd’approuver', quoi: 'le relevé' },
  confirmee: { verbe: 'de confirmer', quoi: 'l’approbation, par la présidence, du relevé' },
  contestee: { verbe: 'de contester', quoi: 'l’approbation, par la présidence, du relevé' },
  reprise: { verbe: 'de ne plus contester', quoi: 'l’approbation, par la présidence, du relevé' },
} as const;
/** « Paul Petit vient d’approuver, en suppléance, le relevé… »; « Ada Neuve, qui préside désormais, vient d’approuver le relevé… ». */
function direActe({ voie, depuis, parLien, par }: Chaise, acte: keyof typeof ACTES, quoi: string, cache: boolean): string {
  const fait = (en: string) => `vient ${ACTES[acte].verbe}${en} ${ACTES[acte].quoi} ${quoi}`;
  const autre = voieDAutre(voie);
  const ailleurs = depuis ? `, ${AILLEURS}` : '';
  if (cache)
    return autre
      ? `${SANS_NOM[autre]}${ailleurs && `${ailleurs},`} ${fait('')}`
      : `Une personne${ailleurs || ', à une autre adresse que celle-ci'}, ${fait('')}`;
  const qui = parLien ? `Une personne, ${PAR_LIEN} de ${par}` : par;
  if (!autre) return `${qui}${ailleurs || ', à une autre adresse que celle-ci'}, ${fait('')}`;
  if (autre === 'successeur' || autre === 'convoque_dabord') return `${qui}${EN_QUALITE[autre]}, ${fait('')}`;
  return `${qui}${ailleurs}${parLien || ailleurs ? ',' : ''} ${fait(`${EN_QUALITE[autre]},`)}`;
}
/**
 * What somebody said of the minutes for this chair, to who held it that day elsewhere, and to who holds it since or was convoked first when it is another than
 * them: each is asked what they may still say. Who gave it is told by another letter (`sauf`). `ligne`: as it stands, once it is said.
 */
export async function ecrireAuxAutres(
  c: Requete,
  services: Services,
  s: SeanceChargee,
  o: { ligne: LigneDApprobation; parlant: Chaise; empreinte: string; acte: keyof typeof ACTES; sauf?: string },
): Promise<void> {
  const { nom, quoi } = dite(s);
  const { parlant: p } = o;
  const [autre, dabord] = [p.voie !== 'titulaire' || p.depuis, p.voie === 'convoque_dabord'];
  const suivants = (await aPrevenir(c, o.ligne)).filter((x) => {
    if (x.adresse === p.adresse || x.adresse === o.sauf || x.voie === 'suppleant') return false;
    return x.voie === 'titulaire' || (autre && (x.voie !== 'convoque_dabord' || (!dabord && actesDe(x).includes('contestee'))));
  });
  const suite = (x: Chaise): string[] => {
    if (dabord) return ['Cela ne change rien à cette approbation : le relevé le dit à côté.'];
    const [vous, sinon] = voieDAutre(p.voie)
      ? ['Si c’est exact', 'Pour dire vous-même si cette approbation est la vôtre']
      : ['Si c’est vous', 'Sinon, dites-le'];
    const rien = `${vous}, vous n’avez rien à faire.`;
    if (actesDe(x).length === 0) return [`${rien} Sinon, écrivez au secrétariat de l’instance.`];
    return [`${rien} ${inviter(c, services, s, x, o.empreinte, sinon)}`, POUR_VOUS_SEUL];
  };
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    suivants.map((x) => ({
      a: x.adresse,
      sujet: `Approbation en votre nom : ${nom}`,
      texte: ['Madame, Monsieur,', `${direActe(p, o.acte, quoi, discrete(s.instance))}.`, ...suite(x)].join('\n\n'),
      objet: `/seances/${s.seance.id}`,
    })),
    services.coffre,
  );
}

/** To the body's secretary, and to who noted it or gave it. */
export async function ecrireAQuiANote(
  c: Requete,
  s: SeanceChargee,
  /** `arrete`: of minutes that were frozen, were they corrected since. */
  o: Dite & { motif: string; arrete: boolean },
): Promise<void> {
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const sieges = await adressesDuSiege(c.db, c.contrat.id, [s.instance.id], 'secretaire', jourDe(c.maintenant));
  const note = ouverts.filter((u) => aNote(o.approbation, u));
  const pour = donneePour(o.approbation);
  // From where it was given, when it was kept.
  const la = o.approbation.adresse;
  const ailleurs = pour && la !== '' ? [la].filter((a) => !fermees.has(a)) : null;
  const donnee = ailleurs ?? (pour && pour !== 'titulaire' ? (await aPrevenir(c, o.parlant.ligne)).filter((x) => x.voie === pour).map((x) => x.adresse) : []);
  const adresses = new Set([...[...(sieges.get(s.instance.id) ?? []), ...note].map((x) => x.courriel.toLowerCase()), ...donnee]);
  const { nom, quoi } = dite(s);
  const voie = direVoie(o.parlant.parLien);
  const quelle = o.parlant.voie === 'convoque_dabord' ? 'l’approbation de cette présidence' : laquelle(pour);
  const conteste = `conteste${voie} ${quelle} du relevé ${quoi}`;
  const regle =
    s.seance.etat === 'figee' ? 'Un rectificatif, que la présidence approuve, le règle' : 'Le rectificatif en cours, que la présidence approuve, le règle';
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
            ? `${deQui(o.parlant, 'La présidence', true)} ${conteste}.`
            : `${deQui(o.parlant, o.parlant.ligne.participant.fonction)} ${conteste} : « ${o.motif} ».`,
          o.parlant.voie === 'convoque_dabord'
            ? 'Cela ne change rien à cette approbation : le relevé le dit à côté.'
            : o.arrete
              ? `Le relevé arrêté le dit en ligne, et ceux à qui il est parti l’apprennent. ${regle} :`
              : 'Elle ne compte plus : le relevé attend l’approbation de cette présidence.',
          lien(o.origine, s),
        ].join('\n\n'),
        objet: `/seances/${s.seance.id}`,
      })),
  );
}

const SUJETS = { contestee: 'Approbation contestée', confirmee: 'Approbation confirmée', reprise: 'Approbation plus contestée' } as const;
/** What an approval is, once somebody took back what they contested of it, or once an address is said not to be theirs. */
function direReste(a: Approbation): string {
  if (a.reponse === 'contestee') return 'elle reste contestée';
  if (a.reponse === 'confirmee') return 'elle reste confirmée';
  return estNotee(a) ? 'elle est notée, ni confirmée ni contestée' : 'elle est donnée, et n’est plus contestée';
}
/** To those whom the frozen minutes reached: contested, confirmed after all, or not contested any more. `apres`: as it stands. */
export async function direAuxDestinataires(
  c: Requete,
  s: SeanceChargee,
  o: Dite & { participants: readonly Participant[]; acte: Acte; apres: Approbation },
): Promise<void> {
  const { acte, parlant: p } = o;
  const quelle = laquelle(donneePour(o.approbation));
  const suite =
    acte === 'reprise' ? ` : ${direReste(o.apres)}` : acte === 'confirmee' && o.apres.reponse === 'contestee' ? ', que conteste encore une autre adresse' : '';
  const verbe = { contestee: 'conteste', confirmee: 'confirme désormais', reprise: 'ne conteste plus' }[acte];
  const dit = (qui: string) => `${qui} ${verbe}${direVoie(p.parLien)} ${quelle}${acte === 'confirmee' ? ', qui était contestée,' : ''} de ce relevé${suite}.`;
  await ecrireAuxDestinataires(c, s, {
    ...o,
    sujet: SUJETS[acte],
    dit: dit(deQui(p, p.ligne.participant.fonction)),
    cache: dit(deQui(p, 'La présidence', true)),
    ancre: 'approbations',
  });
}
