/** State of a territory in one page, for those who work on the contract. GET 200, 404 unknown territory or format. */
import { z } from 'zod';
import { accesMetier, auTravail, territoireDe } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, exiger, fichier, get, page, type Route } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { LinkButton } from '../../../ui/Button.tsx';
import { ecrire } from '../../documents/index.ts';
import { lireLogo } from '../../instances/index.ts';
import { getFormulaire } from '../../indicateurs/index.ts';
import { TYPES } from '../bilan/bilan.modele.ts';
import { getEtat } from './etat.contenu.ts';
import { documentDe } from './etat.document.ts';
import { EtatPage } from './EtatPage.tsx';

async function lireEtat(c: Contexte) {
  if (!c.utilisateur) throw introuvable();
  const formulaire = await getFormulaire(c.db, c.contrat.id);
  return getEtat(c.db, formulaire, { territoireId: c.params.territoire ?? '', u: c.utilisateur, maintenant: c.maintenant, demonstration: c.demonstration });
}

export const routes: Route[] = [
  get('/etat/:territoire', accesMetier, async (c) => {
    const e = await lireEtat(c);
    return page({
      titre: `État : ${e.territoire.nom}`,
      section: 'territoires',
      fil: [{ libelle: e.territoire.nom, href: `/territoires/${e.territoire.id}` }],
      corps: <EtatPage e={e} />,
    });
  }),
  get(
    '/etat/:territoire/:format',
    accesMetier,
    async (c) => {
      const { format } = exiger(z.object({ format: z.enum(['pdf', 'docx', 'html']) }), { format: c.params.format });
      const e = await lireEtat(c);
      return fichier(await ecrire(documentDe(e, await lireLogo(c.db, c.contrat.id, e.entete.logo)), format), {
        nom: `etat-${e.territoire.id}-${e.editeLe}.${format}`,
        type: TYPES[format].type,
      });
    },
    { parMinute: 20 },
  ),
];

const lien = (territoireId: string) => (
  <Section titre="Avant une réunion">
    <LinkButton variante="secondaire" href={`/etat/${territoireId}`}>
      L’état en une page
    </LinkButton>
  </Section>
);

/** On the page of a territory, for partners. */
export const etatDuTerritoire: Emplacement<{ territoireId: string }> = async (c, { territoireId }) =>
  auTravail(c.utilisateur) ? { rang: 10, corps: lien(territoireId) } : null;

/** In the day of whoever works in one place. */
export const etatDeMonTerritoire: Emplacement<null> = async (c) => {
  const lieu = territoireDe(c.utilisateur);
  return lieu && auTravail(c.utilisateur) ? { rang: 55, corps: lien(lieu) } : null;
};
