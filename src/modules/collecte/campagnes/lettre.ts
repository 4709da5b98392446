/** The one letter of a campaign: one link, to one page. It waits enciphered, since its link opens something. */
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { jour, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { adresseDeReponse } from '../reception/adresse.rules.ts';
import { cheminDeReponse } from '../reponse/lien.rules.ts';
import { type Acces, type Campagne, listDemandes, noterEnvoi } from './campagnes.queries.ts';

export async function ecrireAuRepondant(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>,
  services: Pick<Services, 'coffre' | 'adresse' | 'domaineEntrant'>,
  campagne: Campagne,
  a: Acces,
  catalogue: Catalogue,
): Promise<void> {
  const demandes = await listDemandes(c.db, c.contrat.id, campagne.id, a.organisationId);
  const siennes = demandes.filter((d) => a.mesures.length === 0 || a.mesures.includes(d.mesureId));
  const mesures = new Set(siennes.map((d) => d.mesureId)).size;
  await ajouterCourriel(
    c.db,
    c.contrat.id,
    {
      a: a.courriel,
      sujet: `${campagne.titre} : ${pluriel(mesures, 'chiffre')} pour le ${jour(campagne.dueLe)}`,
      texte: [
        `Bonjour ${a.nom},`,
        a.delegueDe
          ? `${a.creePar} vous confie ${pluriel(mesures, 'chiffre')} que doit ${catalogue.nomActeur(a.organisationId)} pour « ${campagne.titre} ».`
          : `« ${campagne.titre} » demande à ${catalogue.nomActeur(a.organisationId)} ${pluriel(mesures, 'chiffre')}, pour le ${jour(campagne.dueLe)}.`,
        ...(campagne.message ? [campagne.message] : []),
        `Une seule page, sans compte : vos chiffres, ce que vous aviez donné la dernière fois, leur définition. Ce que vous écrivez est gardé au fur et à mesure.`,
        `${services.adresse}${cheminDeReponse(services.coffre, a)}`,
        ...(services.domaineEntrant
          ? ['Vous préférez un tableur ? Téléchargez votre classeur depuis la page, et joignez-le, rempli, à votre réponse à ce message.']
          : []),
        'Ce lien est pour vous seul : ne le transférez pas. La page permet de confier des chiffres à un collègue, qui reçoit alors le sien.',
      ].join('\n\n'),
      objet: `/collecte/campagnes/${campagne.id}`,
      ...(services.domaineEntrant ? { repondreA: adresseDeReponse(services.coffre, a, services.domaineEntrant) } : {}),
    },
    services.coffre,
  );
  await noterEnvoi(c.db, c.contrat.id, a.id, c.maintenant);
}
