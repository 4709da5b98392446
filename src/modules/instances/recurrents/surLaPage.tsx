/** On the page of a body: the items that come back. */
import type { Contexte } from '../../../core/http/http.ts';
import { Section } from '../../../ui/PageHeader.tsx';
import { duree } from '../../../ui/typographie.ts';
import { cadreDe } from '../instances.contexte.ts';
import { peutParlerPour } from '../instances.policy.ts';
import type { PageDInstance } from '../reunions.ts';
import { listRecurrents } from './recurrents.queries.ts';
import { direRythme, duContrat } from './recurrents.rules.ts';

export async function recurrentsDeLInstance(c: Contexte, p: PageDInstance) {
  const { instance: i, catalogue } = p;
  if (!p.lit || i.confidentialite === 'nommee') return null;
  const siens = await listRecurrents(c.db, c.contrat.id, i.id);
  const contrat = duContrat(catalogue, i);
  const fixe = i.closeLe === null && peutParlerPour(c.utilisateur, cadreDe(i), catalogue.contient);
  if (siens.length + contrat.length === 0 && !fixe) return null;
  return (
    <Section
      titre="Points qui reviennent"
      id="recurrents"
      actions={
        fixe ? (
          <a className="govuk-link" href={`/instances/${i.id}/recurrents/nouveau`}>
            Ajouter un point qui revient
          </a>
        ) : undefined
      }
    >
      {siens.length + contrat.length === 0 ? (
        <p className="govuk-body">Aucun point ne revient de lui-même à l’ordre du jour.</p>
      ) : (
        <ul className="govuk-list">
          {contrat.map((r) => (
            <li key={r.cle}>
              {r.titre}{' '}
              <span className="c-note">
                {direRythme(r.tousLes)}, {duree(r.minutes)} ; demandé par le contrat
              </span>
            </li>
          ))}
          {siens.map((r) => (
            <li key={r.id}>
              {fixe ? (
                <a className="govuk-link" href={`/instances/${i.id}/recurrents/${r.id}`}>
                  {r.titre}
                </a>
              ) : (
                r.titre
              )}{' '}
              <span className="c-note">{r.arrete ? 'ne revient plus' : `${direRythme(r.tousLes)}, ${duree(r.minutes)}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
