/** What acts say on the pages of others: a fiche, a body. */
import { auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Bloc, Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { type Attendu, attendusDe, repondent } from './attendus.rules.ts';
import { type Acte, listActes } from './conventions.queries.ts';
import { deLaFiche } from './liste.ts';
import { EtatActeTag } from './pages/EtatActeTag.tsx';

const MONTRES = 8;
interface Montrer {
  titre: string;
  rang: number;
  actes: readonly Acte[];
  /** Those of the contract that no act answers; partners alone are told. */
  vides: readonly Attendu[];
  lien: string;
}
function bloc(c: Contexte, m: Montrer): Bloc | null {
  if (m.actes.length === 0 && m.vides.length === 0) return null;
  const aujourdhui = jourDe(c.maintenant);
  const corps = (
    <Section
      titre={m.titre}
      id="actes"
      actions={
        m.actes.length > MONTRES ? (
          <a className="govuk-link" href={m.lien}>
            Les {m.actes.length} actes
          </a>
        ) : undefined
      }
    >
      <ul className="govuk-list">
        {m.actes.slice(0, MONTRES).map((a) => (
          <li key={a.id}>
            <a className="govuk-link" href={`/conventions/${a.id}`}>
              {a.titre}
            </a>{' '}
            <EtatActeTag acte={a} aujourdhui={aujourdhui} />
          </li>
        ))}
        {m.vides.map((x) => (
          <li key={x.systeme}>
            <a className="govuk-link" href={`/conventions?systeme=${x.systeme}`}>
              {x.nom}
            </a>{' '}
            <Tag ton="garance">texte jamais déposé</Tag>
          </li>
        ))}
      </ul>
      {m.vides.length > 0 && (
        <p className="govuk-body-s">{pluriel(m.vides.length, 'dispositif demande', 'dispositifs demandent')} un acte dont aucun texte n’est ici.</p>
      )}
    </Section>
  );
  return { rang: m.rang, corps };
}

/** Conventions and orders of a fiche: those that are there, and for partners those that the contract calls for. */
export const actesDeFiche: Emplacement<{ fiche: string }> = async (c, { fiche }) => {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const travail = auTravail(c.utilisateur);
  const siens = deLaFiche(cat, fiche);
  const actes = await listActes(c.db, c.contrat.id, { sert: [siens], publiques: !travail });
  const vides = travail ? attendusDe(cat).filter((x) => x.fiches.includes(fiche) && repondent(x, actes).length === 0) : [];
  return bloc(c, { titre: 'Conventions et actes', rang: 15, actes, vides, lien: `/conventions?fiche=${fiche}` });
};

/** Acts that the kind of this body calls for, or that rest on it. */
export const actesDeLInstance: Emplacement<{ type: string | null; territoireId: string; lit: boolean }> = async (c, i) => {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const systeme = i.type ? cat.typesInstance.get(i.type)?.systeme : undefined;
  if (systeme === undefined || !auTravail(c.utilisateur)) return null;
  const places = [...cat.ascendants(i.territoireId).map((t) => t.id), ...cat.descendants(i.territoireId)];
  const actes = await listActes(c.db, c.contrat.id, { sert: [{ systemes: [systeme], lignes: [] }], territoires: places });
  const vides = attendusDe(cat).filter((x) => x.systeme === systeme && repondent(x, actes).length === 0);
  return bloc(c, { titre: 'Conventions et actes', rang: 40, actes, vides, lien: `/conventions?systeme=${systeme}` });
};
