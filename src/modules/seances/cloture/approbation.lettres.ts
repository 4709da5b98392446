/** Letters that go at once: to a president for whom an approval is noted, to who noted it when they contest it. */
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege } from '../../instances/index.ts';
import { AUSSI_AILLEURS, commentRepondre, lienDeParole, POUR_VOUS_SEUL } from '../paroles/lettre.ts';
import { AILLEURS, EN_QUALITE, laquelle, SANS_NOM, type Voie, type VoieDAutre, voieDAutre } from '../releve/qualites.rules.ts';
import { PAR_LIEN } from '../paroles/lien.rules.ts';
import { avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { adressesAEcrire, estConvoquee, estDabord, estDepuis, type Ici, rangDeLAdresse } from '../paroles/voix.rules.ts';
import { discrete } from '../preparation/convocation.rules.ts';
import type { SeanceChargee } from '../seances.contexte.ts';
import { aNote, donneePour, type LigneDApprobation } from './cloture.rules.ts';
import type { Participant } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import type { Approbation } from './contenu.queries.ts';
import { dite, ecrireAuxDestinataires } from './destinataires.lettres.ts';
import { listTenants } from './tenants.queries.ts';

type Requete = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
/** « conteste, par le lien qui lui a été envoyé, l’approbation… » */
const direVoie = (parLien: boolean): string => (parLien ? `, ${PAR_LIEN},` : '');
const lien = (origine: string, s: SeanceChargee): string => `${origine}/seances/${s.seance.id}/clore#approbations`;

/** What was answered, and from where. */
interface Dite {
  approbation: Approbation;
  president: Chaise;
  par: string;
  voie: Voie;
  depuis: boolean;
  parLien: boolean;
  origine: string;
}
/** Who says it: the chair, or somebody else in its place, in which quality, or from an address that was not convoked. */
function deQui(o: Pick<Dite, 'par' | 'voie' | 'depuis' | 'president'>, chaise: string, cache = false): string {
  const autre = voieDAutre(o.voie);
  if (!autre && !o.depuis) return chaise;
  const ailleurs = o.depuis ? `, ${AILLEURS}` : '';
  if (!cache) return `${o.president.fonction} : ${o.par}${EN_QUALITE[o.voie] ?? ''}${ailleurs},`;
  return autre ? `${SANS_NOM[autre]}${ailleurs && `${ailleurs},`}` : `Une personne ${AILLEURS}`;
}

type Chaise = LigneDApprobation['participant'];
type Assis = 'courriel' | 'suppleantCourriel' | 'tenant';
/**
 * Whom an approval noted for this chair is told to: holder and substitute, or one of them, where they were convoked and where they read today, who holds it
 * since, and nobody who says it.
 */
export async function adressesDeLaPresidence(
  c: Requete,
  s: SeanceChargee,
  president: Chaise,
  qui: readonly Assis[] = ['courriel', 'suppleantCourriel', 'tenant'],
): Promise<string[]> {
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const [siege] = await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, [president]);
  const depuis = qui.includes('tenant') ? (await listTenants(c.db, c.contrat.id, s.seance.id, jourDe(c.maintenant))).get(president.id) : undefined;
  const sieges = siege ? [siege, president] : [president];
  const siennes = qui.flatMap((x) => (x === 'tenant' ? [depuis?.courriel ?? ''] : adressesAEcrire(sieges, x === 'suppleantCourriel')));
  const adresses = [...new Set(siennes.map((a) => a.toLowerCase()))];
  return adresses.filter((a) => a !== '' && !fermees.has(a) && a !== c.utilisateur?.courriel.toLowerCase());
}

/** What may be said from there, how, and the link that says it. */
function inviter(c: Requete, services: Pick<ServicesSeances, 'adresse' | 'coffre'>, s: SeanceChargee, o: { president: Chaise; empreinte: string }, a: string) {
  const lien = lienDeParole(c, services, { seanceId: s.seance.id, participantId: o.president.id }, { genre: 'approbation', empreinte: o.empreinte }, a);
  return (quoi: string): string =>
    `${estDabord(o.president, a) ? 'Une autre personne tient ce siège depuis votre convocation. Si ce n’est pas exact, dites-le' : quoi}, ${commentRepondre(o.president, a)} :\n${lien}`;
}
/** Each answers by a link of their own, with an account or without. */
export async function ecrireALaPresidence(
  c: Requete,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  o: { president: Chaise; adresses: readonly string[]; empreinte: string; piece: string; par: Utilisateur },
): Promise<void> {
  const { nom, quoi } = dite(s);
  const ailleurs = o.adresses.some((a) => estDepuis(o.president, a));
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
        ...(ailleurs && estConvoquee(o.president, a) ? [AUSSI_AILLEURS] : []),
        inviter(c, services, s, o, a)('Confirmez cette approbation, ou contestez-la'),
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
} as const;
/** « Paul Petit vient d’approuver, en suppléance, le relevé… »; « Ada Neuve, qui préside désormais, vient d’approuver le relevé… ». */
function direActe(voie: VoieDAutre, acte: keyof typeof ACTES, qui: { par: string; quoi: string; cache: boolean }): string {
  const { verbe, quoi } = ACTES[acte];
  const fait = (en: string) => `vient ${verbe}${en} ${quoi} ${qui.quoi}`;
  if (qui.cache) return `${SANS_NOM[voie]} ${fait('')}`;
  return voie === 'successeur' || voie === 'convoque_dabord' ? `${qui.par}${EN_QUALITE[voie]}, ${fait('')}` : `${qui.par} ${fait(`${EN_QUALITE[voie]},`)}`;
}
/** To who held the chair that day and who holds it now, what somebody else said of the minutes in their place: they may speak after them. Their own word is told to nobody. */
export async function ecrireAuTitulaire(
  c: Requete,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  o: { president: Chaise; empreinte: string; par: string; voie: Voie; adresse: string; acte: keyof typeof ACTES },
): Promise<void> {
  const voie = voieDAutre(o.voie);
  if (voie === null) return;
  const { nom, quoi } = dite(s);
  const adresses = (await adressesDeLaPresidence(c, s, o.president, ['courriel', 'tenant'])).filter((a) => a !== o.adresse);
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    adresses.map((a) => ({
      a,
      sujet: `Approbation en votre nom : ${nom}`,
      texte: [
        'Madame, Monsieur,',
        `${direActe(voie, o.acte, { par: o.par, quoi, cache: discrete(s.instance) })}.`,
        ...(voie === 'convoque_dabord'
          ? ['Cela ne change rien à cette approbation : le relevé le dit à côté.']
          : [
              `Si c’est exact, vous n’avez rien à faire. ${inviter(c, services, s, o, a)('Pour dire vous-même si cette approbation est la vôtre')}`,
              POUR_VOUS_SEUL,
            ]),
      ].join('\n\n'),
      objet: `/seances/${s.seance.id}`,
    })),
    services.coffre,
  );
}

/**
 * To whoever was convoked to this chair elsewhere, what was said of it from here: who speaks after it, by their link; the others, by the secretary. Who was
 * convoked first to a chair where another person sits is asked of an address given since alone.
 */
export async function ecrireAuxConvoques(
  c: Requete,
  services: Pick<ServicesSeances, 'adresse' | 'coffre'>,
  s: SeanceChargee,
  /** `sauf`: who gave it, whom another letter tells. */
  o: { president: Chaise; empreinte: string; dites: Ici & { par: string }; acte: keyof typeof ACTES; sauf?: string },
): Promise<void> {
  const { nom, quoi } = dite(s);
  const { dites, president } = o;
  const rang = (a: string) => rangDeLAdresse(president, 'titulaire', a);
  const adresses = (await adressesDeLaPresidence(c, s, president, ['courriel'])).filter(
    (a) => a !== dites.adresse && a !== o.sauf && (estDabord(president, a) ? dites.depuis : Number.isFinite(rang(a))),
  );
  const qui = `${discrete(s.instance) ? 'Une personne' : dites.par}${dites.depuis ? `, ${AILLEURS},` : ', à une autre adresse que celle-ci,'}`;
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    adresses.map((a) => ({
      a,
      sujet: `Approbation en votre nom : ${nom}`,
      texte: [
        'Madame, Monsieur,',
        `${qui} vient ${ACTES[o.acte].verbe} ${ACTES[o.acte].quoi} ${quoi}.`,
        ...(estDabord(president, a) || rang(a) < rang(dites.adresse)
          ? [`Si c’est vous, vous n’avez rien à faire. ${inviter(c, services, s, o, a)('Sinon, dites-le')}`, POUR_VOUS_SEUL]
          : ['Si c’est vous, vous n’avez rien à faire. Sinon, écrivez au secrétariat de l’instance.']),
      ].join('\n\n'),
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
  const donnee = ailleurs
    ? ailleurs
    : pour && pour !== 'titulaire'
      ? await adressesDeLaPresidence(c, s, o.president, [pour === 'suppleant' ? 'suppleantCourriel' : 'tenant'])
      : [];
  const adresses = new Set([...[...(sieges.get(s.instance.id) ?? []), ...note].map((x) => x.courriel.toLowerCase()), ...donnee]);
  const { nom, quoi } = dite(s);
  const voie = direVoie(o.parLien);
  const quelle = o.voie === 'convoque_dabord' ? 'l’approbation de cette présidence' : laquelle(pour);
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
          discrete(s.instance) ? `${deQui(o, 'La présidence', true)} ${conteste}.` : `${deQui(o, o.president.fonction)} ${conteste} : « ${o.motif} ».`,
          o.voie === 'convoque_dabord'
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

/** To those whom the frozen minutes reached: contested, or confirmed after all. */
export async function direAuxDestinataires(
  c: Requete,
  s: SeanceChargee,
  o: Dite & { participants: readonly Participant[]; acte: 'contestee' | 'confirmee' },
): Promise<void> {
  const conteste = o.acte === 'contestee';
  const quelle = `${laquelle(donneePour(o.approbation))}${conteste ? '' : ', qui était contestée,'}`;
  const dit = (qui: string) => `${qui} ${conteste ? 'conteste' : 'confirme désormais'}${direVoie(o.parLien)} ${quelle} de ce relevé.`;
  await ecrireAuxDestinataires(c, s, {
    ...o,
    sujet: conteste ? 'Approbation contestée' : 'Approbation confirmée',
    dit: dit(deQui(o, o.president.fonction)),
    cache: dit(deQui(o, 'La présidence', true)),
    ancre: 'approbations',
  });
}
