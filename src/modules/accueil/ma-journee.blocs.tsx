/** What the public pages hold of one's own: the fiches that one steers, the territory of one's mandate. */
import { auTravail } from '../../core/authorize.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Emplacement } from '../../core/module.ts';
import { StatGrid } from '../../ui/Card.tsx';
import { Section } from '../../ui/PageHeader.tsx';
import { choisirFigures, pilote } from '../indicateurs/index.ts';
import { cadrer, etats } from './accueil.contexte.ts';
import { getSuivi } from './accueil.queries.ts';
import { ListeDesFiches } from './pages/ListeDesFiches.tsx';
import { FigureTuile } from './pages/figures.tsx';

export const fichesPilotees: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const k = await cadrer(c, '');
  const siennes = [...k.f.catalogue.fiches.values()].filter((f) => pilote(u, f));
  if (siennes.length === 0) return null;
  const { etats: liste } = await etats(k);
  const corps = (
    <Section titre="Les fiches que vous pilotez">
      <ListeDesFiches catalogue={k.f.catalogue} annee={k.annee} territoireId={k.f.catalogue.racine.id} etats={liste.filter((e) => siennes.includes(e.fiche))} />
    </Section>
  );
  return { rang: 50, corps };
};

const lieuDe = (c: Contexte): string | null => c.utilisateur?.mandats.map((m) => m.territoireId).find((t) => t !== null) ?? null;

export const monTerritoire: Emplacement<null> = async (c) => {
  const lieu = lieuDe(c);
  if (!lieu || !auTravail(c.utilisateur)) return null;
  const k = await cadrer(c, lieu);
  const cat = k.f.catalogue;
  const suivi = await getSuivi(
    k,
    [...cat.mesures.values()].filter((m) => m.obtention === 'calcul'),
  );
  const nom = cat.territoires.get(lieu)?.nom ?? lieu;
  const corps = (
    <Section
      titre={`${nom} en ${k.annee}`}
      actions={
        <a className="govuk-link" href={`/territoires/${lieu}`}>
          Tout sur {nom}
        </a>
      }
    >
      <StatGrid>
        {choisirFigures(cat, suivi, 2).map((f) => (
          <FigureTuile key={f.mesure.id} figure={f} annee={k.annee} territoireId={lieu} catalogue={cat} />
        ))}
      </StatGrid>
    </Section>
  );
  return { rang: 60, corps };
};
