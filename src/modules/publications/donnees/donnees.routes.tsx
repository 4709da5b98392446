/** Everything of a fiche in one file, for whoever wants to use its figures again. Public. */
import { acces } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { fichier, get, type Route } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { getFormulaire } from '../../indicateurs/index.ts';
import { ecrireArchive } from './archive.ts';
import { getDonnees } from './donnees.lire.ts';
import { nomDuDossier } from './donnees.rules.ts';

/** `adresse`: public address of the platform. */
export const routes = (adresse: string): Route[] => [
  /** 200 a ZIP; 404 unknown fiche. */
  get(
    '/fiches/:numero/donnees.zip',
    acces.public,
    async (c) => {
      const formulaire = await getFormulaire(c.db, c.contrat.id);
      const fiche = formulaire.catalogue.fiches.get(c.params.numero ?? '');
      if (!fiche) throw introuvable('Cette fiche');
      const d = await getDonnees(c.db, c.contrat.id, formulaire, { fiche, maintenant: c.maintenant, adresse, demonstration: c.demonstration });
      return fichier(await ecrireArchive(d), { nom: `${nomDuDossier(d)}.zip`, type: 'application/zip', licence: d.licence });
    },
    { parMinute: 10 },
  ),
];

/** At the foot of the page of a fiche. */
export const reprendreLesDonnees: Emplacement<{ fiche: string }> = async (_, { fiche }) => ({
  rang: 90,
  corps: (
    <Section titre="Reprendre ces chiffres" id="donnees">
      <p className="govuk-body">
        Toutes les années, l’ensemble du contrat et chacune de ses parties, dans un seul dossier : données, dictionnaire, sources, limites, licence, graphiques
        (SVG et PNG) et la phrase pour citer.
      </p>
      <LinkButton variante="secondaire" telecharger href={`/fiches/${fiche}/donnees.zip`}>
        Tout télécharger
      </LinkButton>
    </Section>
  ),
});
